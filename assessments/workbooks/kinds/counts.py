"""The workbook of yearly counts: one entry for all that is said of this kind. Its columns are what
the Board asks offices to count."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.entry.counts.actions import told_as
from assessments.entry.imports import YEARLY_COUNTS as NAME
from assessments.entry.imports import YEARLY_COUNTS_BY_ALL
from assessments.registers.undoing.tables import Table
from assessments.roster.counts.given import YearCounts, to_type
from assessments.roster.models.counts import OF_HALF, OF_YEAR, ActivityCount, Period
from assessments.roster.models.line import Kind as LineKind
from assessments.roster.models.line import RatedLineQuerySet
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.counts_of_year import counts_of
from assessments.rules.models.counts import MOST, Activity, CountLevel
from assessments.rules.models.years import RatingYear, Submission
from assessments.workbooks.kinds.declared import Mapped, Prepared, PreparedRow, Roster, Trace, WorkbookKind
from assessments.workbooks.kinds.judging.counts import YearlyCounts
from assessments.workbooks.kinds.meanings import READ_PAST
from assessments.workbooks.kinds.roles import ORGANIZATION
from orgs.models import Organization
from resolution03.lib.workbooks.cells import NUMBER
from resolution03.lib.workbooks.kinds import Column, Kind

_KEPT = (
    "year_id", "period", "organization_id", "grassroots_id", "unit_id", "activity_id", "count", "reason",
    "version",
)  # fmt: skip
_OWN = ("year_id", "organization_id")
_GRASSROOTS = {"kind": LineKind.GRASSROOTS.value}
_PERIODS = {Period.YEAR: OF_YEAR, Period.HALF: OF_HALF}
"""In the order in which a sheet has them, as its rows write them."""
_KEY = ("year", "period", "code")


def _columns() -> Kind:
    """With a column for every count that was ever asked for."""
    asked = tuple(
        Column(one.code, one.name, NUMBER, aliases=(one.short_name,), adds_up=True)
        for one in Activity.objects.all()
    )
    return Kind(NAME, "code", (*YEARLY_COUNTS_BY_ALL, *asked))


def _of_year(kind: Kind, year: int) -> Kind:
    """With what is counted in one year alone."""
    asked = counts_of(RatingYear.objects.get(pk=year))
    keys = {column.key for column in YEARLY_COUNTS_BY_ALL} | {one.code for one in asked}
    return replace(kind, columns=tuple(column for column in kind.columns if column.key in keys))


def _found(unit: Organization, year: int) -> RatedLineQuerySet:
    """The unit's roster of the year."""
    return OrganizationLine.objects.filter(year=year).under(unit).in_roster()


def _counted(unit: Organization, year: int) -> int:
    return len(_written(_found(unit, year), unit, year))


def _written(found: Any, unit: Organization, year: int) -> list[PreparedRow]:
    """Who is asked for something in the year, then in the half-year; each with what was given so far, and
    what the lists count; blank where nobody gave anything."""
    counts = YearCounts(RatingYear.objects.get(pk=year), found)
    return [row for period in _PERIODS for row in _of_period(replace(counts, period=period))]


def _of_period(counts: YearCounts) -> list[PreparedRow]:
    """One row for each organization, whatever the levels at which it stands."""
    rows: dict[int, PreparedRow] = {}
    for level in CountLevel.values:
        asked = [rule for rule in counts.asked if rule.level == level]
        for pk, code, name, above in _told(counts, level) if asked else ():
            known = counts.known(level)[pk]
            open_ = {rule.code for rule in to_type(asked, known)}
            row = rows.setdefault(pk, _row(counts, code, name, above))
            row |= {rule.code: known.counts.get(rule.code) for rule in asked}
            row["closed"] -= open_
    return list(rows.values())


def _row(counts: YearCounts, code: str, name: str, above: str) -> PreparedRow:
    return {
        "year": counts.year.pk,
        "period": _PERIODS[Period(counts.period)],
        "code": code,
        "name": name,
        "closed": {rule.code for rule in counts.rules},
        "notes": [above],
    }


def _told(counts: YearCounts, level: str) -> Iterator[tuple[int, str, str, str]]:
    """(key, code, name, the name above) of each organization of a level, in the office's order."""
    if level == CountLevel.UNIT:
        units = Submission.objects.filter(year=counts.year, unit__in=list(counts.bodies(level)))
        rows = units.order_by("position", "pk").values_list("unit_id", "code", "name")
        yield from ((*row, counts.year.province_name) for row in rows)
    else:
        lines = counts.of_level(level).order_by("unit__position", "unit_id", "position", "pk")
        yield from lines.values_list("organization_id", "code", "name", "parent__name")


def _named(period: Period) -> Mapping[str, str]:
    """The columns by the names under which the trail tells what was given in a period; those of the other
    period are none of its rows."""
    names = dict(Activity.objects.values_list("short_name", "code"))
    others = {told_as(name, other): "" for name in names for other in _PERIODS if other != period}
    return others | {told_as(name, period): code for name, code in names.items()} | {"state": ""}


YEARLY_COUNTS = WorkbookKind(
    name=NAME,
    title=_("Yearly counts"),
    columns=_columns,
    key=_KEY,
    common=frozenset(column.key for column in YEARLY_COUNTS_BY_ALL),
    of_year=_of_year,
    book=YearlyCounts,
    roster=Roster(OrganizationLine, only=_GRASSROOTS),
    tables=(
        Table(
            ActivityCount,
            _KEPT,
            _OWN,
            code="organization__code",
            path="unit__path",
            year="year_id",
            unit="unit_id",
            sole=("year_id", "organization_id", "activity_id", "period"),
            named=Activity,
        ),
    ),
    traces=(
        *(
            Trace(
                model,
                ("year_id", "period", code),
                action="activity.count",
                columns=partial(_named, period),
                fixed={"period": period.value},
            )
            for model, code in ((OrganizationLine, "organization__code"), (Submission, "unit__code"))
            for period in _PERIODS
        ),
        Trace(ActivityCount, ("year_id", "period", "organization__code"), column="activity__code"),
    ),
    mapped=Mapped(
        names={"code": ORGANIZATION},
        once=True,
        words=((r"^nam$", "year"), (r"^ky$|^ky (bao cao|so lieu)", "period")),
    ),
    prepared=Prepared(
        _found,
        _written,
        meanings={
            "year": _("The year of which it is counted."),
            "period": _("Up to when it is counted: the half-year (30/6) or the whole year."),
            "code": _("The organization's code."),
            "name": READ_PAST,
        },
        notes=(_("Stands under"),),
        needs_roster=True,
        is_of_year=True,
        counted=_counted,
        most=MOST,
    ),
)
