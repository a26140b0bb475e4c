"""What stands above the grid: targets with what is still missing, caps with what is allowed."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.entry.kinds import Kind
from assessments.judge import Aim, Standing, aim_of
from assessments.models import Meaning
from assessments.year_rules import CapRule, YearRules
from resolution03.lib import figures

UNRATED = ""


@dataclass(frozen=True)
class Goal:
    """A target with the counts of the list, and what is still missing to it."""

    label: object
    aim: Aim
    codes: tuple[str, ...]
    counts: Counter

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

    def as_data(self) -> dict:
        return {
            "codes": self.codes,
            "comparison": self.aim.comparison,
            "value": hundredths(self.aim.value),
            "missed": self.aim.missed,
        }


@dataclass(frozen=True)
class Ceiling:
    """A cap with the counts of its group; `place`: the group's name where the list has several."""

    rule: CapRule
    counts: Counter
    place: str = ""
    groups_over: int = 0

    @property
    def label(self) -> str:
        base = _("of those rated") if self.rule.base == "rated" else self.rule.base_level_code
        return gettext("Cap on %(level)s, %(percent)s%% %(base)s") % {
            "level": self.rule.level_code,
            "percent": figures.plain(self.rule.percent),
            "base": base,
        }

    @property
    def base(self) -> int:
        return self.rule.base_of(self._levels)

    @property
    def allowed(self) -> int:
        return self.rule.allowance(self._levels)

    @property
    def _levels(self) -> dict[str, int]:
        return {key: count for key, count in self.counts.items() if key != UNRATED}

    @property
    def used(self) -> int:
        return self.counts[self.rule.level_code]

    @property
    def over(self) -> int:
        return max(0, self.used - self.allowed)

    def as_data(self) -> dict:
        return {
            "level": self.rule.level_code,
            "percent": hundredths(self.rule.percent),
            "base": self.rule.base_level_code if self.rule.base == "level" else None,
            "byGroup": self.rule.group == "grassroots",
        }


_MEANINGS = {
    Meaning.STRONG: _("Strong"),
    Meaning.EXEMPLARY: _("Exemplary"),
    Meaning.WELL: _("Performing well"),
}


def goals_of(kind: Kind, year: int, rules: YearRules, counts: Counter) -> list[Goal]:
    """The targets of a list that have a value for its unit and a reading in the year."""
    found = []
    for indicator, meaning in kind.indicators:
        aim, reading = aim_of(rules, indicator, year, of_unit=True), rules.reading(meaning)
        if aim.value is not None and reading:
            found.append(Goal(_MEANINGS[meaning], aim, reading.codes, counts))
    return found


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


def hundredths(value: Decimal) -> int:
    return int(value * 100)
