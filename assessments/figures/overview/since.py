"""A year beside the year before: signed whole numbers and points, or why the two are not compared.

Up is not good and down is not bad: nothing here judges (assessments/figures/judge.py does).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import urlencode

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.permissions import Permission, may
from assessments.figures.board import Board
from assessments.figures.figure import Figure
from assessments.figures.indicator import Indicator
from assessments.figures.judge import state_of
from assessments.figures.pages import address_of, sees_all_units
from assessments.figures.past import Break, Past
from assessments.figures.words import counted, fraction, value
from assessments.rules.models.years import RatingYear
from resolution03.lib.figures import points, signed

NOT = "none"


@dataclass(frozen=True, slots=True)
class Way:
    """With what to compare: a link, and whether it is what the page shows."""

    label: str
    url: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A figure now and the year before; `why` says what stands against comparing, where something does."""

    now: Figure
    before: Figure
    why: str

    @property
    def count(self) -> int | None:
        """How many more, or with a minus fewer; None where the two are not compared."""
        if self.why or self.now.numerator is None or self.before.numerator is None:
            return None
        return self.now.numerator - self.before.numerator

    @property
    def points(self) -> Decimal | None:
        """The difference of two shares in per cent, exact, rounded once; None of counts and averages."""
        have, had = self.now.numerator, self.before.numerator
        whole, of = self.now.denominator, self.before.denominator
        if self.now.indicator.counted.is_average:
            return None
        if self.why or have is None or had is None or not whole or not of:
            return None
        return points((have, whole), (had, of))

    @property
    def icon(self) -> str:
        return {1: "arrow-up-right", -1: "arrow-down-right"}.get(_sign(self.count), "")

    @property
    def words(self) -> str:
        """`+24 villages`, `no change`."""
        if self.count is None:
            return _("not comparable")
        if not self.count:
            return _("no change")
        noun = counted(self.now.indicator.words.noun, abs(self.count))
        return signed(self.count)[0] + noun

    @property
    def brief(self) -> str:
        """`+24`, `−1`, `±0`."""
        return "–" if self.count is None else signed(self.count) if self.count else "±0"

    @property
    def detail(self) -> str:
        """Points, or the count of the year before; the reason where nothing is compared."""
        if self.count is None:
            return self.why
        return self.told_points or _("%(year)s: %(value)s") % {
            "year": self.before.year,
            "value": value(self.before),
        }

    @property
    def told_points(self) -> str:
        return "" if self.points is None else _("%(n)s points") % {"n": signed(self.points)}

    @property
    def told_before(self) -> str:
        """`652/753` of the year before."""
        if self.before.numerator is None or self.before.denominator is None:
            return value(self.before)
        return fraction(self.before.numerator, self.before.denominator).replace(" ", "")


def _sign(count: int | None) -> int:
    return 0 if not count else 1 if count > 0 else -1


@dataclass(frozen=True)
class Since:
    """`year` beside `before`, as one board knows both; `parted`: what the tree changed of units."""

    board: Board
    year: RatingYear
    before: RatingYear
    past: Past
    parted: Mapping[int, Break] = field(default_factory=dict)

    @cached_property
    def heading(self) -> str:
        """`Since 2024`, and whether that year may still change."""
        words = {"year": self.before.pk}
        if state_of(self.before).is_provisional:
            return _("Since %(year)s (provisional)") % words
        return _("Since %(year)s") % words

    def of(self, indicator: Indicator, unit_id: int | None = None) -> Change:
        now, before = (
            self.board.figure(indicator.code, year.pk, unit_id) for year in (self.year, self.before)
        )
        return Change(now, before, self._why(indicator, now, before))

    def compares(self, indicator: Indicator) -> bool:
        """Whether the two years are compared at all in what an indicator counts."""
        return not self._cuts(indicator)

    @property
    def reasons(self) -> list[Break]:
        """What parts the two years."""
        return [cut for cut in self.past.breaks if self.before.pk < cut.year <= self.year.pk]

    def _cuts(self, indicator: Indicator) -> list[Break]:
        return self.past.between(indicator, self.before.pk, self.year.pk)

    def _why(self, indicator: Indicator, now: Figure, before: Figure) -> str:
        if cuts := self._cuts(indicator):
            return "; ".join(f"{cut.year}: {cut.why}" for cut in cuts)
        apart = self.parted.get(now.unit_id) if now.unit_id else None
        if apart and apart.parts(indicator):
            return _("the unit was not the same in %(year)s") % {"year": self.before.pk}
        for figure in (before, now):
            if figure.numerator is None or figure.denominator == 0:
                return _("no figures of %(year)s") % {"year": figure.year}
            if figure.is_partial:
                return _("the sum of %(year)s is not complete") % {"year": figure.year}
        return ""


def since_last_year(board: Board, year: RatingYear, past: Past, asked: str = "") -> Since | None:
    """The year before beside `year`; None where there is none, or it is not `asked` for (NOT). The same
    statements in each case."""
    span = year.pk - 1, year.pk
    parted = past.of_units(*span)
    before = board.years.get(span[0])
    if before is None or asked == NOT:
        return None
    return Since(board, year, before, past, parted)


def ways(
    user, year: RatingYear, years: Iterable[RatingYear], asked: str, of: str = "", unit: str = ""
) -> list[Way]:
    """What a sheet, judged by the set `of`, may be compared with: the year before, the last report that
    was issued of it (a page of its own), or nothing; none where there is no year before."""
    reported = ""
    if may(user, Permission.EXPORT) and (unit or sees_all_units(user)):
        reported = address_of("unit_changes", year.pk, unit) if unit else address_of("changes", year.pk)
    before = year.pk - 1
    if all(one.pk != before for one in years):
        return []
    is_not, kept = asked == NOT, urlencode({"set": of}) if of else ""
    return [
        Way(_("year %(year)s") % {"year": before}, f"?{kept}", not is_not),
        *([Way(_("the last report"), reported)] if reported else []),
        Way(_("nothing"), f"?since={NOT}{kept and '&'}{kept}", is_not),
    ]


def told(changes: Iterable[Change]) -> str:
    """The first share of a sheet that went up or down, to end its headline: `village heads who are members
    up by 24 since 2024`; empty where none did."""
    for change in changes:
        if change.count and change.points is not None:
            way = _("%(name)s up by %(n)s since %(year)s")
            if change.count < 0:
                way = _("%(name)s down by %(n)s since %(year)s")
            name = str(change.now.indicator.words.name)
            if name[1:2].islower():
                name = name[:1].lower() + name[1:]
            words = {"name": name, "n": signed(abs(change.count))[1:]}
            return way % (words | {"year": change.before.year})
    return ""
