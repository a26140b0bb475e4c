"""The table of the names behind a figure: for each subject how its lines are found and what a row shows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from assessments.figures.count_ways import COUNT, UNIT_COUNT
from assessments.figures.figure import Figure
from assessments.figures.names.cells import Change, Column, Level, Row, document
from assessments.roster.counts.given import Given
from assessments.roster.models.tallies import Subject
from assessments.roster.models.village_lines import HeadState
from assessments.rules.models.years import Submission
from resolution03.lib.figures import average, percent, percentage, plain
from resolution03.lib.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Population:
    """`searched`: the key in which words are looked for; `joined`: what is read with a line;
    `heading` stands over its names; `columns` and `row` are asked for a table of the list."""

    searched: str
    joined: tuple[str, ...]
    heading: Phrase
    columns: Callable[["Table"], Iterable[Column]]
    row: Callable[["Table", object, object], Row]


def _above(table: "Table") -> Iterable[Column]:
    yield Column("above", _("Grassroots organization"))
    yield from _rating_columns(table)


def _of_members(table: "Table") -> Iterable[Column]:
    yield Column("cell", _("Cell"))
    yield from _rating_columns(table)


def _rating_columns(table: "Table") -> Iterable[Column]:
    year = table.figure.year - 1
    if table.before is not None:
        yield Column("before", _("Year %(year)s") % {"year": year}, "level")
    yield Column("self_rated", _("Self-rated"), "level")
    yield Column("decided", _("Decided"), "level")
    if table.figure.shows_title and table.part != "unrated":
        yield Column("awarded", _("Title"))
    if table.part == "unrated":
        yield Column("reason", _("Reason"))
        return
    if table.before is not None and table.is_compared:
        yield Column("change", _("Against %(year)s") % {"year": year}, "change")
    yield Column("document", _("Document"), "cap")


def _of_admissions(table: "Table") -> Iterable[Column]:
    yield Column("cell", _("Cell"))
    yield Column("on", _("Admitted"), "day")


def _of_villages(table: "Table") -> Iterable[Column]:
    yield Column("committee", _("Committee"))
    yield Column("cell", _("Cell"))
    yield Column("head_state", _("Head"))
    more = {"members": Column("members", _("Official members"), "number")}
    if table.names:
        more["head"] = Column("head", _("Head's name"))
    yield from (more[key] for key in table.figure.indicator.columns if key in more)


def _of_counts(table: "Table") -> Iterable[Column]:
    yield Column("count", _("Number given"), "number")
    counted = table.figure.indicator.counted
    if counted.is_share or counted.is_average:
        yield Column("whole", _("Of"), "number")
        yield Column("share", _("Share") if counted.is_share else _("For each one"))


def _organization(table: "Table", line, before) -> Row:
    cells = _rating(table, line, before) | {"above": line.place}
    page = ("registers:organization", line.organization_id)
    return Row(line.code, line.name, table.unit_of(line), cells, page)


def _counting(table: "Table", line, before) -> Row:
    return Row(
        line.code, line.name, table.unit_of(line), _numbers(table, line.organization_id),
        ("registers:organization", line.organization_id),
    )  # fmt: skip


def _counting_unit(table: "Table", line, before) -> Row:
    page = ("registers:organization", line.unit_id)
    return Row(line.code, line.name, line.name, _numbers(table, line.unit_id), page)


def _numbers(table: "Table", organization: int) -> dict:
    given = table.given(organization)
    told = "–"
    if given.part is not None and given.whole:
        counted = table.figure.indicator.counted
        each = average(given.part, given.whole) if counted.is_average else None
        told = percentage(percent(given.part, given.whole)) if each is None else plain(each)
    return {"count": given.count, "whole": given.whole, "share": told}


def _member(table: "Table", line, before) -> Row:
    cells = _rating(table, line, before) | {"cell": line.cell.name}
    if line.is_exempt:
        cells |= {"decided": None, "reason": _("exempt from party work and meetings")}
    return _person(table, line, cells)


def _admission(table: "Table", line, before) -> Row:
    return _person(table, line, {"cell": line.cell.name, "on": line.on})


def _person(table: "Table", line, cells: dict) -> Row:
    page = ("registers:member", line.member_id)
    return Row(line.member.code, line.member.full_name, table.unit_of(line), cells, page)


def _village(table: "Table", line, before) -> Row:
    cells = {
        "committee": line.committee.name,
        "cell": line.cell.name if line.cell else _("none"),
        "head_state": HeadState(line.head_state).label,
        "head": line.head.full_name if table.names and line.head else "–",
        "members": line.official_members,
    }
    page = ("registers:village", line.village_id)
    return Row(line.code, line.name, table.unit_of(line), cells, page)


def _rating(table: "Table", line, before) -> dict:
    return {
        "self_rated": _level(table, line.self_rated),
        "decided": _level(table, line.decided),
        "before": _level(table, before.decided, old=True) if before else None,
        "change": _change(table, before),
        "awarded": "x" if line.awarded else "",
        "reason": line.reason or _("no reason given"),
        "document": document(line.decision_number, line.decided_on),
    }


def _level(table: "Table", level, *, old: bool = False) -> Level | None:
    if level is None:
        return None
    return Level(level.code, level.name, level.rank, table.is_old or old)


def _change(table: "Table", before) -> Change:
    """How the line stood against the same target the year before."""
    if before is None or before.decided is None or table.before is None:
        return Change(_("not rated then"))
    reading = table.before.indicator.counted.level_reading(table.before.rules)
    counted_then = reading is not None and before.decided.code in reading.codes
    is_met = table.part == "met"
    return Change(str(_CHANGES[counted_then, is_met]), counted_then and not is_met)


_CHANGES = {
    (True, True): _t("still counts"),
    (False, True): _t("counts now"),
    (True, False): _t("counts no longer"),
    (False, False): _t("still does not count"),
}


_LEVELS = ("self_rated", "decided")
_VILLAGES = Population(
    "village__search_key", ("committee", "cell", "head"), _t("Village"), _of_villages, _village
)
POPULATIONS: dict[str, Population] = {
    Subject.GRASSROOTS: Population(
        "organization__search_key", _LEVELS, _t("Organization"), _rating_columns, _organization
    ),
    Subject.AFFILIATED: Population(
        "organization__search_key",
        (*_LEVELS, "grassroots"),
        _t("Organization"),
        _above,
        _organization,
    ),
    Subject.MEMBER: Population(
        "member__search_key", (*_LEVELS, "member", "cell"), _t("Member"), _of_members, _member
    ),
    Subject.VILLAGE: _VILLAGES,
    Subject.HEAD: _VILLAGES,
    Subject.ADMISSION: Population(
        "member__search_key", ("member", "cell"), _t("Member"), _of_admissions, _admission
    ),
    COUNT: Population("organization__search_key", (), _t("Organization"), _of_counts, _counting),
    UNIT_COUNT: Population("unit__search_key", (), _t("Unit"), _of_counts, _counting_unit),
}


class Table:
    """Columns and rows of a list, for one year, subject and part."""

    def __init__(
        self,
        figure: Figure,
        part: str,
        units: dict[int, Submission],
        *,
        names: bool,
        all_units: bool,
        before: Figure | None = None,
        is_compared: bool = True,
        given: Callable[[int], Given] = lambda organization: Given(),
    ):
        """`given`: what an organization gave, of a count."""
        self.figure, self.part, self.units, self.names = figure, part, units, names
        self.all_units, self.before, self.is_compared = all_units, before, is_compared
        self.given = given
        self.subject = figure.indicator.subject
        self.listed = figure.indicator.counted.population
        self.population = POPULATIONS[self.listed]
        self.is_old = figure.rules.is_old(self.subject.levels)

    @property
    def columns(self) -> list[Column]:
        name = Column("name", str(self.population.heading), "name")
        shown = [Column("code", _("Code"), "code"), name]
        if self.all_units and self.listed != UNIT_COUNT:
            shown.append(Column("unit", _("Unit")))
        return [*shown, *self.population.columns(self)]

    def rows(self, found: Iterable, before: dict | None = None) -> list[Row]:
        """`before`: last year's line of each organization or member."""
        make, past = self.population.row, before or {}
        return [make(self, line, past.get(line.listed_id) if past else None) for line in found]

    def unit_of(self, line) -> str:
        """The name of a line's unit in its year."""
        unit = self.units.get(line.unit_id)
        return unit.name if unit else ""
