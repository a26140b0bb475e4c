"""As reported against now: which figures changed since, and through which organizations.

Both sides are made by `told`; nothing here counts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.figures.counted import PARTS
from assessments.figures.indicator import Indicator, Words
from assessments.figures.indicators import INDICATORS
from assessments.reports.declared import Matter
from assessments.reports.issued.side import Side
from assessments.reports.issued.told import Told, told
from assessments.roster.models.lines import OrganizationLine
from assessments.roster.models.village_lines import VillageLine
from orgs.models import Organization, Village
from resolution03.lib.figures import number, points, signed

_COMPARED = ("numerator", "denominator", "rated", "roster", "target", "comparison", "met")
Moved = tuple[str, str, str]
"""A code, and what it was counted as then and now."""


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """An organization or village whose part in a figure is another one now."""

    code: str
    name: str
    unit: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """One figure as reported and now; `moved`: codes with their words then and now."""

    indicator: Indicator
    then: Side
    now: Side
    moved: list[Moved] = field(default_factory=list)

    @property
    def words(self) -> Words:
        return self.indicator.words

    @property
    def is_changed(self) -> bool:
        return bool(self.moved) or self.is_other_figure

    @property
    def is_other_figure(self) -> bool:
        return any(self.then.told[key] != self.now.told[key] for key in _COMPARED)

    @property
    def told_count(self) -> str:
        """`+24`, `−1`; empty where nothing moved or one side is not known."""
        then, now = self.then.told["numerator"], self.now.told["numerator"]
        return "" if then is None or now in (None, then) else signed(now - then)

    @property
    def told_points(self) -> str:
        """How far the share moved, exact and rounded once; empty of counts and where it did not."""
        sides = [(side.told["numerator"], side.told["denominator"]) for side in (self.now, self.then)]
        if any(None in side or not side[1] for side in sides) or sides[0] == sides[1]:
            return ""
        return _("%(n)s points") % {"n": signed(points(*sides))}

    @property
    def is_of_persons(self) -> bool:
        """Whether only counts in grassroots organizations are told."""
        return "counts" in self.now.told

    @property
    def is_of_villages(self) -> bool:
        return self.indicator.is_of_villages


def since_then(year: int, then: Told, matter: Matter) -> list[FigureDifference]:
    """As it was told and as it stands, with the counts that are targets now."""
    return differences(year, then, told(matter), matter.indicators)


def differences(
    year: int, then: Told, now: Told, indicators: Iterable[Indicator] | None = None
) -> list[FigureDifference]:
    """Every indicator (of `indicators`, without them of the resolution's) that both sides know, in the order
    of the target sheet."""
    return [
        _difference(one, year, then["figures"][one.code], now["figures"][one.code])
        for one in indicators or INDICATORS.values()
        if one.code in then["figures"]
    ]


def _difference(indicator: Indicator, year: int, then: Told, now: Told) -> FigureDifference:
    noun = indicator.words.noun
    moved = _moved_counts if "counts" in now else _moved_lists
    return FigureDifference(
        indicator,
        Side(then, noun, year, then.get("due", now["due"])),
        Side(now, noun, year, now["due"]),
        list(moved(indicator, then, now)),
    )


def _moved_lists(indicator: Indicator, then: Told, now: Told) -> Iterator[Moved]:
    words = dict(zip(PARTS, indicator.counted.parts_called.inside, strict=True))
    before, after = _parts(then), _parts(now)
    for code in sorted(before.keys() | after.keys()):
        if before.get(code) != after.get(code):
            yield code, str(words.get(before.get(code, ""), "")), str(words.get(after.get(code, ""), ""))


def _parts(told: Told) -> dict[str, str]:
    return {code: part for part, codes in told["lists"].items() for code in codes}


def _moved_counts(indicator: Indicator, then: Told, now: Told) -> Iterator[Moved]:
    before, after = then["counts"], now["counts"]
    is_share = indicator.counted.is_share
    for code in sorted(before.keys() | after.keys()):
        if before.get(code) != after.get(code):
            yield code, *(_count_words(side.get(code), is_share) for side in (before, after))


def _count_words(counts: list[int] | None, is_share: bool) -> str:
    if counts is None:
        return ""
    met, missed, unrated = counts
    if not is_share:
        return number(met)
    words = _("%(met)s of %(rated)s rated") % {"met": number(met), "rated": number(met + missed)}
    return words + (_(", %(n)s not rated") % {"n": number(unrated)} if unrated else "")


class Names:
    """Codes of organizations and villages by the names of the year's roster.

    What the roster no longer lists has today's name; what lies outside the report's scope by now
    keeps its code alone. Four queries at most, for any number of codes.
    """

    def __init__(self, matter: Matter, moved: Iterable[tuple[FigureDifference, list[Moved]]]):
        codes: dict[bool, set[str]] = {True: set(), False: set()}
        for figure, rows in moved:
            codes[figure.is_of_villages].update(code for code, _then, _now in rows)
        self._units = {place.id: place.name for place in matter.places}
        self._names = {
            True: _names(matter, VillageLine, Village, codes[True]),
            False: _names(matter, OrganizationLine, Organization, codes[False]),
        }

    def of(self, figure: FigureDifference, moved: Iterable[Moved]) -> list[PlaceChange]:
        names = self._names[figure.is_of_villages]
        return [
            PlaceChange(code, name, self._units.get(unit, ""), then, now)
            for code, then, now in moved
            for name, unit in [names.get(code, ("", None))]
        ]


def _names(matter: Matter, lines, things, codes: set[str]) -> dict[str, tuple[str, int | None]]:
    if not codes:
        return {}
    listed = lines.objects.under(matter.scope).filter(year=matter.year, code__in=codes)
    found = {code: (name, unit) for code, name, unit in listed.values_list("code", "name", "unit_id")}
    if missing := codes - found.keys():
        today = things.objects.under(matter.scope).filter(code__in=missing)
        found |= {code: (name, None) for code, name in today.values_list("code", "name")}
    return found
