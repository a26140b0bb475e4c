"""The ratings of all from whom an organization comes, year by year: never added up, never inherited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from assessments.figures.past import Past
from assessments.registers import histories
from assessments.registers.lineage.family import Body, Family
from assessments.registers.lineage.kinds import Kind
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.schemes import Level
from orgs.models import Level as TreeLevel
from resolution03.lib.dates import year_end


@dataclass(frozen=True, slots=True)
class Cell:
    """One year of one body: its level, or in `words` why there is none; both empty where it was not there.
    `is_old`: levels of an earlier scheme, no chips."""

    level: Level | None = None
    is_old: bool = False
    words: str = ""
    is_break: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    body: Body
    is_shown: bool
    cells: list[Cell]
    first: int | None
    last: int | None

    @property
    def years(self) -> str:
        """`2016–2024`: in whose rosters it stands; empty for none."""
        return f"{self.first}–{self.last}" if self.first != self.last else str(self.first or "")


@dataclass(frozen=True, slots=True)
class Ratings:
    """`years` with the mark of a break before each; a row a body, itself the last."""

    years: list[tuple[int, bool]]
    rows: list[Row]


def ratings_of(family: Family, kinds: Sequence[Kind], user) -> Ratings | None:
    """Of what the user sees; None where nobody was ever in a roster. The same statements for all."""
    oldest = sorted(family.ancestors, key=lambda body: (body.gone_on or date.max, body.code))
    bodies = [*oldest, family.shown]
    lines = OrganizationLine.objects.visible_to(user).in_roster()
    lines = lines.filter(organization__in=[body.pk for body in bodies]).select_related("decided", "year")
    held = {(line.organization_id, line.year_id): line for line in lines.defer("year__frozen").order_by()}
    if not held:
        return None
    first = min(year for _body, year in held)
    years = [year for year in histories.years_with_lists() if year.pk >= first]
    apart, levels = Past(years).years_apart(), histories.level_codes()
    latest = next(reversed(levels.values()))

    def cell(body: Body, year) -> Cell:
        line, is_break = held.get((body.pk, year.pk)), year.pk in apart and year.pk != first
        if line and line.decided:
            return Cell(line.decided, levels[year.scheme_id] != latest, "", is_break)
        words = _("not rated") if line else _words(body, year.pk, kinds if body is family.shown else ())
        return Cell(None, False, words, is_break)

    rows = [_row(body, family, [cell(body, year) for year in years], held) for body in bodies]
    return Ratings([(year.pk, year.pk in apart and year.pk != first) for year in years], rows)


def _row(body: Body, family: Family, cells: list[Cell], held: Mapping[tuple[int, int], object]) -> Row:
    years = [year for pk, year in held if pk == body.pk]
    return Row(body, body is family.shown, cells, min(years, default=None), max(years, default=None))


def _words(body: Body, year: int, kinds: Sequence[Kind]) -> str:
    """Why a body is in no roster of a year; empty where it was not there at all, or nobody can say."""
    if body.gone_on and body.gone_on <= year_end(year):
        return _("ended") if body.gone_on.year == year else ""
    if body.begun_on and body.begun_on > year_end(year):
        return ""
    kind = next((one for one in reversed(kinds) if one.since is None or one.since <= year_end(year)), None)
    return kind.words if kind and kind.level in (TreeLevel.UNIT, TreeLevel.PROVINCE) else ""
