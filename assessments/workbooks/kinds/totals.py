"""The workbook of reported totals: one entry for all that is said of this kind."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.entry.imports import REPORTED_TOTALS as COLUMNS
from assessments.registers.undoing.tables import Table
from assessments.roster.keys import TOTAL
from assessments.roster.models.tallies import Subject, Tally
from assessments.rules.models.schemes import RatedSubject
from assessments.rules.models.years import RatingYear
from assessments.workbooks.kinds.declared import Mapped, Prepared, PreparedRow, Trace, WorkbookKind
from assessments.workbooks.kinds.judging.totals import Totals
from assessments.workbooks.kinds.meanings import YEAR
from assessments.workbooks.kinds.roles import ORGANIZATION
from orgs.models import Organization

_KEPT = ("year_id", "organization_id", "subject", "key", "unit_id", "count")


def _found(unit: Organization, year: int) -> QuerySet:
    """The counts that were reported, level by level."""
    return Tally.objects.filter(year=year, is_reported=True).under(unit).exclude(key=TOTAL)


def _written(found: QuerySet, unit: Organization, year: int) -> list[PreparedRow]:
    """Each with how many there are in all of its subject."""
    in_all = Tally.objects.filter(year=year, is_reported=True, key=TOTAL).under(unit)
    totals = {row[:2]: row[2] for row in in_all.values_list("organization_id", "subject", "count")}
    rows = found.order_by("organization__position", "organization_id", "subject", "pk").values(
        "organization_id", "organization__code", "organization__name", "subject", "key", "count"
    )
    return [
        {
            "year": year,
            "code": row["organization__code"],
            "subject": Subject(row["subject"]).label,
            "level": row["key"],
            "count": row["count"],
            "total": totals.get((row["organization_id"], row["subject"])),
            "notes": [row["organization__name"]],
        }
        for row in rows
    ]


REPORTED_TOTALS = WorkbookKind(
    name=COLUMNS.name,
    title=_("Reported totals"),
    columns=lambda: COLUMNS,
    key=("year", "code", "subject", "level"),
    book=Totals,
    subjects=(RatedSubject.ORGANIZATION, RatedSubject.MEMBER),
    tables=(
        Table(
            Tally,
            _KEPT,
            _KEPT[:3],
            only={"is_reported": True},
            code="organization__code",
            path="unit__path",
            year="year_id",
            unit="unit_id",
            is_counted=True,
        ),
        Table(RatingYear, (), ("year",)),
    ),
    traces=(Trace(Tally, ("year_id", "organization__code", "subject", "key")),),
    mapped=Mapped(
        names={"code": ORGANIZATION},
        words=((r"^nam$", "year"), (r"doi tuong", "subject"), (r"so luong", "count"), (r"tong", "total")),
    ),
    prepared=Prepared(
        _found,
        _written,
        meanings={
            "year": YEAR,
            "code": _("The code of the unit, or of an organization in it, that reports."),
            "subject": _("Who is counted."),
            "level": _("Which level is counted; each is counted once, the levels exclude each other."),
            "count": _("How many stand at this level. Empty is not zero."),
            "total": _("How many there are in all, once for a subject."),
        },
        notes=(_("Name"),),
        is_of_year=True,
        is_whole=True,
    ),
)
