"""The workbooks of ratings, of organizations and of members: an entry each."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.entry.imports import MEMBER_RATINGS as OF_MEMBERS
from assessments.entry.imports import ORGANIZATION_RATINGS as OF_ORGANIZATIONS
from assessments.registers.undoing.tables import Table
from assessments.roster.models.line import RatedLineQuerySet
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.schemes import RatedSubject
from assessments.rules.reasons import reasons_of
from assessments.rules.recent import is_recent
from assessments.workbooks.kinds.declared import (
    Mapped,
    Persons,
    Prepared,
    PreparedRow,
    Roster,
    Trace,
    WorkbookKind,
)
from assessments.workbooks.kinds.judging.ratings import Ratings
from assessments.workbooks.kinds.meanings import AWARDED, DECIDED, READ_PAST, REASON, SELF_RATED, YEAR
from assessments.workbooks.kinds.roles import BORN, BORN_LABEL, ORGANIZATION, PERSON, SEX_LABELS
from orgs.models import Organization

_RATED = ("self_rated__code", "decided__code", "reason")
_KEPT = ("self_rated_id", "decided_id", "reason")
_STANDING = ("accepted", "version")
_TOGETHER = {"decided": ("reason",), "reason": ("decided",)}
_LEVELS = ("self_rated", "decided")


def _rated(row: PreparedRow, year: int) -> PreparedRow:
    return {
        "year": year,
        "self_rated": row["self_rated__code"],
        "decided": row["decided__code"],
        "reason": row["reason"],
    }


def _organization_lines(unit: Organization, year: int) -> QuerySet:
    """The year's roster."""
    return OrganizationLine.objects.filter(year=year).under(unit).in_roster()


def _organization_rows(found: RatedLineQuerySet, unit: Organization, year: int) -> list[PreparedRow]:
    """With last year's level beside."""
    earlier = OrganizationLine.objects.filter(year=year - 1).under(unit).in_roster().rated()
    levels = dict(earlier.order_by().values_list("organization_id", "decided__code"))
    rows = found.in_office_order().values(
        "organization_id", "code", "name", "parent__name", "awarded", *_RATED
    )
    return [
        {
            "code": row["code"],
            "name": row["name"],
            **_rated(row, year),
            "awarded": row["awarded"] or None,
            "notes": [row["parent__name"], levels.get(row["organization_id"])],
        }
        for row in rows
    ]


def _member_lines(unit: Organization, year: int) -> QuerySet:
    """The members of the year's roster who are rated."""
    return MemberLine.objects.filter(year=year).to_rate().under(unit).named().in_roster()


def _member_rows(found: RatedLineQuerySet, unit: Organization, year: int) -> list[PreparedRow]:
    """With their cell and last year's level beside; who was admitted recently with the reason that stands by
    itself, which is stored when the workbook is loaded."""
    earlier = MemberLine.objects.filter(year=year - 1).under(unit).in_roster().rated()
    levels = dict(earlier.order_by().values_list("member_id", "decided__code"))
    recent = reasons_of(year, RatedSubject.MEMBER).recent
    rows = found.order_by("cell__position", "cell_id", "member__sort_key", "pk").values(
        "member_id", "member__code", "member__full_name", "member__admitted_on", "cell__name", *_RATED
    )
    return [
        {
            "code": row["member__code"],
            "name": row["member__full_name"],
            **_rated(row, year),
            "reason": row["reason"] or _suggested(row, year, recent),
            "notes": [row["cell__name"], levels.get(row["member_id"])],
        }
        for row in rows
    ]


def _suggested(row: PreparedRow, year: int, recent: str) -> str:
    is_blank = not (row["decided__code"] or row["self_rated__code"])
    return recent if is_blank and is_recent(year, row["member__admitted_on"]) else ""


ORGANIZATION_RATINGS = WorkbookKind(
    name=OF_ORGANIZATIONS.name,
    title=_("Ratings of organizations"),
    columns=lambda: OF_ORGANIZATIONS,
    key=("year", "code"),
    book=lambda around, rows: Ratings(OrganizationLine, around.organizations, around, rows),
    roster=Roster(OrganizationLine, RatedSubject.ORGANIZATION),
    subjects=(RatedSubject.ORGANIZATION,),
    tables=(
        Table(
            OrganizationLine,
            (*_KEPT, "awarded", *_STANDING),
            (),
            code="code",
            path="unit__path",
            year="year_id",
            unit="unit_id",
        ),
    ),
    traces=(Trace(OrganizationLine, ("year_id", "organization__code")),),
    mapped=Mapped(
        names={"code": ORGANIZATION},
        about=_LEVELS,
        instead=("reason",),
        once=True,
        words=((r"^nam$", "year"), (r"danh hieu", "awarded"), (r"ly do", "reason")),
    ),
    prepared=Prepared(
        _organization_lines,
        _organization_rows,
        meanings={
            "year": YEAR,
            "code": _("The organization's code."),
            "name": READ_PAST,
            "self_rated": SELF_RATED,
            "decided": DECIDED,
            "awarded": AWARDED,
            "reason": REASON,
        },
        notes=(_("Stands under"), _("Level of %(year)s")),
        together=_TOGETHER,
        needs_roster=True,
        is_of_year=True,
    ),
)

MEMBER_RATINGS = WorkbookKind(
    name=OF_MEMBERS.name,
    title=_("Ratings of members"),
    columns=lambda: OF_MEMBERS,
    key=("year", "code"),
    persons=Persons.LISTED,
    book=lambda around, rows: Ratings(MemberLine, around.members, around, rows),
    roster=Roster(MemberLine, RatedSubject.MEMBER),
    subjects=(RatedSubject.MEMBER,),
    tables=(
        Table(
            MemberLine,
            (*_KEPT, *_STANDING),
            (),
            code="member__code",
            path="unit__path",
            year="year_id",
            unit="unit_id",
        ),
    ),
    traces=(Trace(MemberLine, ("year_id", "member__code")),),
    mapped=Mapped(
        names={"code": PERSON},
        registers={"code": "members"},
        apart={BORN: BORN_LABEL} | SEX_LABELS,
        about=_LEVELS,
        instead=("reason",),
        words=(
            (r"^nam$", "year"),
            (r"ma (so )?dang vien|ma dv", "code"),
            (r"ly do", "reason"),
            (r"ho.* ten|^ten\b(?!.*(chi bo|dang bo|to chuc|don vi))|^dang vien$", "name"),
        ),
    ),
    prepared=Prepared(
        _member_lines,
        _member_rows,
        meanings={
            "year": YEAR,
            "code": _("The member's code."),
            "name": READ_PAST,
            "self_rated": SELF_RATED,
            "decided": DECIDED,
            "reason": REASON,
        },
        notes=(_("Name of the cell"), _("Level of %(year)s")),
        together=_TOGETHER,
        needs_roster=True,
        is_of_year=True,
    ),
)
