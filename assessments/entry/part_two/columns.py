"""Which counts a page shows: those that tell most of part II, or a group of the Board's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.entry.counts.rules import bound_of
from assessments.rules.count_rule import CheckRule, CountRule

LEADING = (
    "cells_meeting_monthly", "thematic_meetings", "cells_attended", "members_with_tasks",
    "households_covered", "checks_done", "apprentices", "training_attendances",
)  # fmt: skip
"""What is shown first, in this order (design 16)."""
TOLD = ("cells_meeting_monthly", "households_covered")
"""The shares that a title names."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A group of counts that can be shown; the leading ones have no name to ask for."""

    asked: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Columns:
    """The counts of a page. `every`: all of the period, as the year has them."""

    rules: tuple[CountRule, ...]
    choices: tuple[Choice, ...]
    every: tuple[CountRule, ...]

    @classmethod
    def of(cls, rules: Iterable[CountRule], group: str | None) -> "Columns":
        """Those of the group that is asked for; without one the leading, else the first group."""
        every = tuple(rules)
        groups = list(dict.fromkeys(rule.group for rule in every))
        leading = _leading(every)
        chosen = group if group in groups else None if leading else next(iter(groups), None)
        shown = leading if chosen is None else tuple(rule for rule in every if rule.group == chosen)
        choices = [Choice(one, one or _("Other counts"), one == chosen) for one in groups]
        if leading:
            choices.insert(0, Choice("", _("Main tasks"), chosen is None))
        return cls(shown, tuple(choices), every)

    @property
    def names(self) -> Mapping[str, str]:
        return {rule.code: rule.short_name for rule in self.every}

    @property
    def group(self) -> str:
        """As an address asks for what is shown; empty for what is shown unasked."""
        return next((choice.asked for choice in self.choices if choice.is_chosen), "")

    @property
    def heads(self) -> list["Head"]:
        return [Head(rule, whole_of(rule, self.names)) for rule in self.rules]


def _leading(rules: tuple[CountRule, ...]) -> tuple[CountRule, ...]:
    shares = {rule.code: rule for rule in rules if rule.has_share}
    return tuple(shares[code] for code in LEADING if code in shares)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; `whole`: of what it is a share."""

    rule: CountRule
    whole: str

    @property
    def source(self) -> str:
        """`NQ 03-NQ/TU, mục II.3`."""
        clause, document = self.rule.clause, self.rule.document
        words = _("clause %(clause)s") % {"clause": clause} if clause and clause not in document else ""
        return ", ".join(filter(None, (words, document)))

    @property
    def below(self) -> str:
        """`chi bộ / chi bộ có cả năm`."""
        return f"{self.rule.measure} / {self.whole}" if self.whole else self.rule.measure


def whole_of(rule: CountRule, names: Mapping[str, str]) -> str:
    """Of what a count is a share, in words; empty where of nothing."""
    if not rule.has_share:
        return ""
    whole = CheckRule(other=rule.denominator, less=rule.less, size=rule.size, is_monthly=rule.is_monthly)
    return _inside(bound_of(whole, names))


def _inside(words: str) -> str:
    """As inside a line: `hộ` for `Hộ`; what is in capitals stays."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def with_wholes(rules: Iterable[CountRule], every: Iterable[CountRule]) -> tuple[CountRule, ...]:
    """Rules and the counts of which they are shares, in the order of `every`."""
    needed = {code for rule in rules for code in (rule.code, rule.denominator, rule.less) if code}
    return tuple(rule for rule in every if rule.code in needed)


def held_with(rule: CountRule, every: Iterable[CountRule]) -> tuple[CountRule, ...]:
    """A rule, and those whose checks name it."""
    return tuple(one for one in every if one.code == rule.code or rule.code in _named(one))


def _named(rule: CountRule) -> set[str]:
    return {code for check in rule.checks for code in (check.plus, check.other, check.less)}
