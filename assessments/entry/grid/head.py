"""What stands above the grid: targets with what is still missing, caps with what is allowed."""

from collections import Counter
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from assessments.entry.grid.kinds import Kind
from assessments.figures.caps import reach_words
from assessments.figures.judge import Aim, Standing, aim_of
from assessments.rules.cap_rule import CapRule
from assessments.rules.ceilings import UNRATED, Ceiling
from assessments.rules.models.caps import CapGroup
from assessments.rules.models.schemes import Meaning
from assessments.rules.target_rules import ANY_UNIT
from assessments.rules.year_rules import YearRules
from resolution03.lib.figures import hundredths, number


@dataclass(frozen=True)
class Goal:
    """A target with the counts of the list, and what is still missing to it; `cap`: the place of the
    ceiling on its one level, where the whole unit is under one."""

    label: object
    aim: Aim
    codes: tuple[str, ...]
    counts: Counter
    cap: int | None = None
    ceiling: Ceiling | None = None

    @property
    def rule(self) -> str:
        return self.aim.goal()

    @property
    def numerator(self) -> int:
        return sum(self.counts[code] for code in self.codes)

    @property
    def rated(self) -> int:
        return rated_of(self.counts)

    @property
    def roster(self) -> int:
        return self.counts.total()

    @property
    def standing(self) -> Standing:
        return self.aim.standing(self.numerator, self.rated)

    @property
    def short(self) -> int | None:
        return self.aim.short(self.numerator, self.rated)

    @property
    def needed(self) -> int:
        return self.aim.needed(self.rated) or 0

    @property
    def needed_in_full(self) -> int:
        return self.aim.needed(self.roster) or 0

    @property
    def reach(self) -> str:
        """Whether the cap lets what is missing be reached; empty where it does, or nothing is."""
        if self.ceiling is None or not self.short:
            return ""
        further = self.ceiling.further(self.needed)
        if further == 0:
            return ""
        told = {"n": number(further or 0), "possible": number(self.ceiling.possible)}
        return reach_words(self.ceiling.rule)[further is not None].format(**told)

    def under(self, ceilings: list[Ceiling]) -> "Goal":
        """With the ceiling that stands in its way."""
        for place, ceiling in enumerate(ceilings):
            if ceiling.rule.group == CapGroup.UNIT and self.codes == (ceiling.rule.level_code,):
                return replace(self, cap=place, ceiling=ceiling)
        return self

    def as_data(self) -> dict:
        return {
            "cap": self.cap,
            "reach": reach_words(self.ceiling.rule) if self.ceiling else (),
            "codes": self.codes,
            "comparison": self.aim.comparison,
            "value": hundredths(self.aim.sought),
            "missed": self.aim.missed,
        }


_MEANINGS = {
    Meaning.STRONG: _("Strong"),
    Meaning.EXEMPLARY: _("Exemplary"),
    Meaning.WELL: _("Performing well"),
}


def goals_of(kind: Kind, year: int, rules: YearRules, counts: Counter) -> list[Goal]:
    """The targets of a list that have a value for its unit and a reading in the year."""
    found = []
    for indicator in kind.indicators:
        aim = aim_of(rules, indicator, year, ANY_UNIT)
        reading = indicator.counted.level_reading(rules)
        if aim.value is not None and reading:
            found.append(Goal(_MEANINGS[indicator.counted.meaning], aim, reading.codes, counts))
    return found


def cap_data(cap: CapRule) -> dict:
    """A cap as the page's script reckons with it."""
    return {
        "level": cap.level_code,
        "percent": hundredths(cap.percent),
        "base": cap.base_level_code if cap.is_beside else None,
        "leastSize": cap.least_size or 0,
        "byGroup": cap.group == CapGroup.GRASSROOTS,
    }


def bars_of(counts: Counter, levels) -> list[dict]:
    """The parts of the bar of levels, of 1000 wide; the last one is what is not rated."""
    parts = [(level.code, counts[level.code], level.rank) for level in levels]
    parts.append((_("not rated"), counts[UNRATED], 0))
    total, bars, x = counts.total(), [], 0
    for code, count, rank in parts:
        width = count * 1000 // total if total else 0
        bars.append({"code": code, "count": count, "rank": rank, "x": x, "width": width})
        x += width
    return bars


def rated_of(counts: Counter) -> int:
    return counts.total() - counts[UNRATED]
