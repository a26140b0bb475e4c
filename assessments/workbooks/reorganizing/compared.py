"""One open year's figures on the old and the new tree, and why they differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.figures.indicators import BUILT_IN
from assessments.figures.kinds_moved import Moved
from assessments.figures.ways import LevelShare
from assessments.roster.models.line import Kind
from assessments.rules.models.schemes import Meaning
from resolution03.lib.figures import number, percentage
from resolution03.lib.phrases import Phrase


@dataclass(frozen=True)
class RowCompared:
    """One indicator before and after, as `indicators` tells it."""

    before: Mapping
    after: Mapping
    moved: list[Moved]

    @property
    def name(self) -> Phrase:
        return BUILT_IN[self.before["code"]].words.short

    @property
    def target(self) -> str:
        if self.before["target"] is None:
            return ""
        unit = "" if self.before["denominator"] is None else "%"
        return f"{SIGNS[self.before['comparison']]} {self.before['target']}{unit}"

    @property
    def shown(self) -> list[tuple[str, str]]:
        """(count, percent) before and after."""
        return [(_count(one), _percent(one)) for one in (self.before, self.after)]

    @property
    def is_same(self) -> bool:
        return all(self.before[key] == self.after[key] for key in ("numerator", "denominator"))

    @property
    def standing(self) -> str:
        """The sign that its page cell bears."""
        met = self.after["met"]
        return "none" if met is None else "met" if met else "unmet"

    @property
    def verdict(self) -> str:
        words = {None: "–", True: _("met"), False: _("not met")}
        return f"{words[self.before['met']]} → {words[self.after['met']]}"

    @property
    def why(self) -> str:
        """What makes them differ, in whole numbers that add up; the same figure needs no reason."""
        if self.is_same:
            return _("unchanged")
        return "; ".join(self._reasons())

    def _reasons(self) -> Iterator[str]:
        share = BUILT_IN[self.before["code"]].counted
        if not isinstance(share, LevelShare) or share.subject not in Kind.values:
            return
        kind = share.subject
        for one in self.moved:
            counted = one.exemplary if share.meaning == Meaning.EXEMPLARY else one.strong
            known = {"n": number(one.rated), "counted": number(counted)}
            if one.before == kind:
                yield _("%(n)s rated ones count here no more (−%(counted)s)") % known
            elif one.after == kind:
                yield _("%(n)s rated ones come to count here (+%(counted)s)") % known


SIGNS = {">=": "≥", ">": ">", "<=": "≤"}


@dataclass(frozen=True)
class YearCompared:
    year: int
    before: list[Mapping]
    after: list[Mapping]
    moved: list[Moved]

    @property
    def rows(self) -> list[RowCompared]:
        pairs = zip(self.before, self.after, strict=True)
        return [RowCompared(old, new, self.moved) for old, new in pairs]

    @property
    def is_changed(self) -> bool:
        return not all(row.is_same for row in self.rows)


def _count(entry: Mapping) -> str:
    whole = entry["denominator"]
    if entry["numerator"] is None:
        return ""
    return number(entry["numerator"]) + ("" if whole is None else f"/{number(whole)}")


def _percent(entry: Mapping) -> str:
    return "" if entry["percent"] is None else percentage(Decimal(entry["percent"]))
