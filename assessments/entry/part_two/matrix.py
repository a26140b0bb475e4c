"""Places beside each other: the units of the province, or the grassroots organizations of a unit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.entry.part_two.aims import Aims
from assessments.entry.part_two.asked import Asked, address
from assessments.entry.part_two.cells import Beside, Cell
from assessments.entry.part_two.columns import Head
from assessments.entry.part_two.read import GRASSROOTS, UNIT, Before, Read
from assessments.figures.judge import Standing
from assessments.roster.models.line import Kind
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.years import Submission
from resolution03.lib.figures import number


@dataclass(frozen=True, slots=True)
class Shown:
    """A count of a place, the year before beside; `url`: the organizations behind it, where one may see
    them; `standing`: against a target on the count, where there is one."""

    now: Cell
    before: Beside
    url: str = ""
    standing: Standing | None = None

    @property
    def is_silent(self) -> bool:
        return not self.now.given.given


@dataclass(frozen=True, slots=True)
class Row:
    """`full` of `of`: of a unit the grassroots organizations that gave all that is shown; of an organization
    the counts that it gave."""

    code: str
    name: str
    cells: tuple[Shown, ...]
    full: int = 0
    of: int = 0
    url: str = ""

    @property
    def sign(self) -> str:
        """All of them, some, none; empty where nobody is asked."""
        if not self.of:
            return ""
        return "met" if self.full == self.of else "wait" if self.full else "none"

    @property
    def reported(self) -> str:
        return f"{number(self.full)}/{number(self.of)}"

    @property
    def missing(self) -> int:
        return self.of - self.full


@dataclass(frozen=True)
class Matrix:
    """Rows in the office's order, their total, and beside a unit's the province."""

    heads: list[Head]
    rows: list[Row]
    total: Row
    province: Row | None = None
    lacking: list[Row] = field(default_factory=list)
    goals: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> list[tuple[Head, str]]:
        """The heads, each with the target on it."""
        return [(head, self.goals.get(head.rule.code, "")) for head in self.heads]

    @property
    def is_partly(self) -> bool:
        """Whether a sum shown is of some only."""
        shown = [*self.rows, self.total, *([self.province] if self.province else [])]
        return any(cell.now.is_partly for row in shown for cell in row.cells)

    @property
    def notes(self) -> list[str]:
        """Which columns are not per cent."""
        averages = [head.rule.short_name for head in self.heads if head.rule.is_average]
        counts = [head.rule.short_name for head in self.heads if not head.rule.has_share]
        of_averages = _("%(names)s: so many for each one of the whole; the others: %%")
        of_counts = _("%(names)s: counts, no share")
        told = ((averages, of_averages), (counts, of_counts))
        return [words % {"names": "; ".join(names)} for names, words in told if names]


class _Table:
    """The counts of two years, and how a place's row is made of them."""

    def __init__(self, asked: Asked):
        self.asked, self.heads = asked, asked.columns.heads
        rules = [head.rule for head in self.heads]
        self.now = Read(asked.year, rules, asked.period, asked.every)
        self.before = Before(asked.year, rules, asked.period)
        self.aims = None if asked.is_half else Aims(asked.year)

    def cells(self, place: str, at: int, unit: str = "", body: str = "") -> tuple[Shown, ...]:
        """Of a unit, or of a grassroots organization; `unit`: the code of a unit whose organizations may be
        seen, `body`: that of one of them."""
        found = []
        for head in self.heads:
            cell = self.now.by(place, head.rule).get(at, Cell(head.rule))
            url = self.behind(head.rule.code, unit, body) if unit and cell.given.is_asked else ""
            before = self.before.at(place, head.rule.code, at)
            found.append(Shown(cell, before, url, self._standing(cell, at) if place == UNIT else None))
        return tuple(found)

    def _standing(self, cell: Cell, unit: int | None) -> Standing | None:
        return self.aims.standing(cell, unit) if self.aims else None

    @property
    def goals(self) -> dict[str, str]:
        """The targets of the province, by code."""
        told = {head.rule.code: self.aims.goal(head.rule) for head in self.heads} if self.aims else {}
        return {code: goal for code, goal in told.items() if goal}

    def behind(self, code: str, unit: str = "", body: str = "") -> str:
        period = self.asked.period if self.asked.is_half else ""
        return address("counts_behind", self.asked.year.pk, code, unit=unit, q=body, period=period)

    def province(self, *, is_open: bool) -> Row:
        cells = tuple(
            Shown(
                self.now.total(head.rule),
                self.before.total(head.rule.code),
                self.behind(head.rule.code) if is_open else "",
                self._standing(self.now.total(head.rule), None),
            )
            for head in self.heads
        )
        by_unit = self.now.reported_by_unit.values()
        return Row("", "", cells, sum(full for full, _of in by_unit), sum(of for _full, of in by_unit))

    def unit_row(self, unit: Submission, url: str = "") -> Row:
        full, of = self.now.reported_by_unit.get(unit.unit_id, (0, 0))
        return Row(unit.code, unit.name, self.cells(UNIT, unit.unit_id, unit.code), full, of, url)


def of_units(asked: Asked) -> Matrix:
    """A row for each unit."""
    table = _Table(asked)
    table.before.hold(unit.unit_id for unit in asked.units)
    rows = [
        table.unit_row(unit, address("counts_unit", asked.year.pk, unit.code, **_kept(asked)))
        for unit in asked.units
    ]
    lacking = [row for row in rows if row.missing]
    return Matrix(table.heads, rows, table.province(is_open=True), None, lacking, table.goals)


def of_organizations(asked: Asked, unit: Submission) -> Matrix:
    """A row for each grassroots organization of a unit; the unit's total, the province beside."""
    table = _Table(asked)
    lines = list(_listed(asked, unit))
    table.before.hold([unit.unit_id, *(pk for pk, _code, _name in lines)])
    rows = [
        Row(
            code,
            name,
            table.cells(GRASSROOTS, pk, unit.code, code),
            *table.now.reported.get(pk, (0, 0)),
            address("counts_missing", asked.year.pk, unit=unit.code, q=code, **_kept(asked)),
        )
        for pk, code, name in lines
    ]
    province = table.province(is_open=asked.sees_all)
    return Matrix(table.heads, rows, table.unit_row(unit), province, goals=table.goals)


def _listed(asked: Asked, unit: Submission) -> Iterable[tuple[int, str, str]]:
    lines = OrganizationLine.objects.filter(year=asked.year, unit=unit.unit_id, kind=Kind.GRASSROOTS)
    return lines.in_roster().order_by("position", "pk").values_list("organization_id", "code", "name")


def _kept(asked: Asked) -> dict[str, str]:
    return {name: value for name in ("period", "group") if (value := asked.query.get(name, ""))}
