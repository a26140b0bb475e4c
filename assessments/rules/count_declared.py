"""What the declaration of a count may not say (ADR 36), and which counts rest on another one.

Source: DOMAIN-additions E. A whole and a check compare numbers of the same organization: they are of one
level, are counted, and do not lead back to the count itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.rules.count_rule import CheckRule, CountRule
from assessments.rules.models.counts import CountLevel, Register, Size

MOST_TIMES = 366
"""The largest number of times that a check asks a count for: each day of a year."""
NO_SIZE_AT: Mapping[str, frozenset[str]] = {
    CountLevel.CELL: frozenset({Size.GRASSROOTS, Size.ORGANIZATIONS}),
}
"""The sizes that say nothing of an organization of a level."""
NO_REGISTER_AT: Mapping[str, frozenset[str]] = {
    CountLevel.CELL: frozenset({Register.ADMITTED_NOBODY}),
    CountLevel.UNIT: frozenset({Register.ADMITTED_NOBODY}),
}
"""The registers' numbers that are not of an organization of a level."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: with a field of the count, or with one of its checks (`row`, from 0)."""

    field: str
    words: str
    row: int | None = None


@dataclass(frozen=True)
class Declared:
    """The counts beside the one that is judged, by code; `off`: those that are switched off."""

    rules: Mapping[str, CountRule]
    off: frozenset[str] = field(default_factory=frozenset)

    def fault(self, rule: CountRule, code: str) -> str:
        """Why the count `code` cannot be held against `rule`; empty where it can."""
        other = self.rules.get(code)
        if code == rule.code or other is None:
            return _("A count cannot be held against itself.")
        if other.level != rule.level:
            return _("“%(name)s” is counted at another level: %(level)s.") % {
                "name": other.short_name,
                "level": CountLevel(other.level).label,
            }
        if code in self.off and rule.code not in self.off:
            return _("“%(name)s” is switched off.") % {"name": other.short_name}
        return ""

    def way_back(self, rule: CountRule) -> list[str]:
        """The counts through which its whole leads back to the count itself, that one last; empty where it
        does not."""
        ways = [[code] for code in _wholes(rule)]
        for way in ways:
            if way[-1] == rule.code:
                return way
            found = self.rules.get(way[-1])
            ways += [[*way, code] for code in (_wholes(found) if found else ()) if code not in way]
        return []


def _wholes(rule: CountRule) -> list[str]:
    return [code for code in (rule.denominator, rule.less) if code]


def faults(rule: CountRule, declared: Declared) -> Iterator[Fault]:
    """Everything that is wrong with a declaration, in the order of its fields."""
    yield from _faults_of_source(rule)
    yield from _faults_of_whole(rule, declared)
    for row, check in enumerate(rule.checks):
        words = _fault_of_check(rule, check, declared)
        if not words and check in rule.checks[:row]:
            words = _("The same check stands above.")
        if words:
            yield Fault("checks", words, row)


def _faults_of_source(rule: CountRule) -> Iterator[Fault]:
    if rule.source == "typed" and rule.register:
        yield Fault("register", _("A count that is only typed has no number of the registers."))
    if rule.source != "typed" and not rule.register:
        yield Fault("register", _("Say which number the registers tell."))
    if words := _fault_of_register(rule, rule.register):
        yield Fault("register", words)


def _faults_of_whole(rule: CountRule, declared: Declared) -> Iterator[Fault]:
    if rule.denominator and rule.size:
        yield Fault("size", _("The whole is either another count or a size of the list, not both."))
    if rule.less and not rule.denominator:
        yield Fault("less", _("Only a whole that is another count can be lessened."))
    if rule.less and rule.less == rule.denominator:
        yield Fault("less", _("Nothing would be left of the whole."))
    for name in ("denominator", "less"):
        code = getattr(rule, name)
        if code and (words := declared.fault(rule, code)):
            yield Fault(name, words)
        elif code and (words := _cycle(rule, code, declared)):
            yield Fault(name, words)
    if words := _fault_of_size(rule, rule.size):
        yield Fault("size", words)
    if rule.is_monthly and (words := _fault_of_months(rule.size)):
        yield Fault("is_monthly", words)
    if rule.is_average and not rule.has_share:
        yield Fault("is_average", _("So many for each one of what? Choose a whole."))


def _cycle(rule: CountRule, code: str, declared: Declared) -> str:
    way = declared.way_back(rule)
    if not way or way[0] != code:
        return ""
    names = [rule.short_name, *(declared.rules[one].short_name for one in way[:-1]), rule.short_name]
    return _("The count would be a part of itself: %(way)s.") % {"way": " → ".join(names)}


def _fault_of_size(rule: CountRule, size: str) -> str:
    if size in NO_SIZE_AT.get(rule.level, ()):
        return _not_at(rule, Size(size).label)
    return ""


def _fault_of_register(rule: CountRule, register: str) -> str:
    if register in NO_REGISTER_AT.get(rule.level, ()):
        return _not_at(rule, Register(register).label)
    return ""


def _not_at(rule: CountRule, what: object) -> str:
    words = _("“%(what)s” says nothing of one %(level)s.")
    return words % {"what": what, "level": CountLevel(rule.level).label}


def _fault_of_months(size: str) -> str:
    if not size:
        return _("Only a size of the list is taken for each month.")
    return _("These are months already.") if size == Size.CELL_MONTHS else ""


def _fault_of_check(rule: CountRule, check: CheckRule, declared: Declared) -> str:
    """The first thing that is wrong with a check."""
    against = [name for name in (check.other, check.size, check.register) if name]
    if len(against) != 1:
        return _("Say one thing to which it is held: a count, a size of the list or a registers' number.")
    if not 1 <= check.times <= MOST_TIMES:
        return _("How many times: a whole number from 1 to %(most)s.") % {"most": MOST_TIMES}
    if check.less and not check.other:
        return _("Only another count can be lessened.")
    if check.less and check.less in (check.other, check.plus):
        return _("A count stands twice in this check.")
    if check.is_monthly and (words := _fault_of_months(check.size)):
        return words
    of_counts = (declared.fault(rule, code) for code in (check.plus, check.other, check.less) if code)
    of_lists = (_fault_of_size(rule, check.size), _fault_of_register(rule, check.register))
    for words in (*of_counts, *of_lists):
        if words:
            return words
    return ""


def resting_on(code: str, rules: Iterable[CountRule]) -> list[CountRule]:
    """The counts whose whole or checks name the count `code`."""
    return [rule for rule in rules if rule.code != code and code in _named_by(rule)]


def _named_by(rule: CountRule) -> set[str]:
    of_checks = {code for check in rule.checks for code in (check.plus, check.other, check.less)}
    return {rule.denominator, rule.less, *of_checks}
