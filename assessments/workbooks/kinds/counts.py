"""The workbook of yearly counts: one entry for all that is said of this kind. Its columns are what
the Board asks offices to count."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.entry.counts.actions import MOST
from assessments.entry.imports import YEARLY_COUNTS as NAME
from assessments.entry.imports import YEARLY_COUNTS_BY_ALL
from assessments.registers.undoing.tables import Table
from assessments.roster.counts.given import YearCounts
from assessments.roster.models.counts import ActivityCount
from assessments.roster.models.line import Kind as LineKind
from assessments.roster.models.line import RatedLineQuerySet
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.counts_of_year import counts_of
from assessments.rules.models.counts import Activity
from assessments.rules.models.years import RatingYear
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
    """The grassroots organizations in the year's roster."""
    return OrganizationLine.objects.filter(year=year, **_GRASSROOTS).under(unit).in_roster()


def _written(found: Any, unit: Organization, year: int) -> list[PreparedRow]:
    """With what was given so far, and what the lists count; blank where nobody gave anything."""
    known = YearCounts(RatingYear.objects.get(pk=year), found).known()
    rows = found.order_by("unit__position", "unit_id", "position", "pk").values(
        "organization_id", "code", "name", "parent__name"
    )
    return [
        {
            "year": year,
            "code": row["code"],
            "name": row["name"],
            **known[row["organization_id"]].counts,
            "notes": [row["parent__name"]],
        }
        for row in rows
    ]


def _by_short_name() -> Mapping[str, str]:
    """The columns by the names under which the trail tells them."""
    return dict(Activity.objects.values_list("short_name", "code"))


YEARLY_COUNTS = WorkbookKind(
    name=NAME,
    title=_("Yearly counts"),
    columns=_columns,
    key=("year", "code"),
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
        Trace(
            OrganizationLine,
            ("year_id", "organization__code"),
            action="activity.count",
            columns=_by_short_name,
        ),
        Trace(ActivityCount, ("year_id", "organization__code"), column="activity__code"),
    ),
    mapped=Mapped(names={"code": ORGANIZATION}, once=True, words=((r"^nam$", "year"),)),
    prepared=Prepared(
        _found,
        _written,
        meanings={
            "year": _("The year of which it is counted."),
            "code": _("The organization's code."),
            "name": READ_PAST,
        },
        notes=(_("Stands under"),),
        needs_roster=True,
        is_of_year=True,
        most=MOST,
    ),
)
