"""The workbook of members: one entry for all that is said of this kind."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.registers.undoing import registers
from assessments.workbooks.kinds.days import dated, day_of, lasted
from assessments.workbooks.kinds.declared import Mapped, Persons, Prepared, PreparedRow, Trace, WorkbookKind
from assessments.workbooks.kinds.meanings import FIRST_DAY_NOT_COUNTED, MOVES
from assessments.workbooks.kinds.roles import CELL, PERSON
from members.imports import MEMBERS as COLUMNS
from members.models import LeavingReason, Member, Sex
from orgs.models import Organization


def _found(unit: Organization, year: int) -> QuerySet:
    """Those who were there in the year or came since."""
    return Member.objects.under(unit).named().filter(lasted("left_on", date(year, 1, 2)))


def _written(found: QuerySet, unit: Organization, year: int) -> list[PreparedRow]:
    """Cell by cell."""
    rows = found.order_by("cell__position", "cell_id", "sort_key", "pk").values(
        "code",
        "full_name",
        "sex",
        "admitted_outside",
        "is_exempt",
        "leaving_reason",
        "cell__code",
        "cell__name",
        *dated("born", "admitted", "arrived", "official", "left"),
    )
    return [_row(row) for row in rows]


def _row(row: PreparedRow) -> PreparedRow:
    reason = row["leaving_reason"]
    return {
        "code": row["code"],
        "full_name": row["full_name"],
        "born_on": day_of(row, "born"),
        "sex": Sex(row["sex"]).label if row["sex"] else None,
        "admitted_on": day_of(row, "admitted"),
        "admitted_outside": row["admitted_outside"] or None,
        "arrived_on": day_of(row, "arrived"),
        "official_on": day_of(row, "official"),
        "cell": row["cell__code"],
        "is_exempt": row["is_exempt"] or None,
        "left_on": day_of(row, "left"),
        "leaving_reason": LeavingReason(reason).label if reason else None,
        "notes": [row["cell__name"]],
    }


MEMBERS = WorkbookKind(
    name=COLUMNS.name,
    title=_("Members"),
    columns=lambda: COLUMNS,
    key=("code",),
    persons=Persons.LISTED,
    tables=registers.MEMBERS,
    traces=(Trace(Member, ("code",)),),
    mapped=Mapped(
        names={"code": PERSON, "cell": CELL},
        registers={"code": "members"},
        place="cell",
        within={"code": "cell"},
        words=(
            (r"ma (so )?dang vien|ma dv", "code"),
            (r"ho.* ten|^ten dang vien", "full_name"),
            (r"gioi tinh|^nam / nu|^nu$", "sex"),
            (r"ngoai tinh", "admitted_outside"),
            (r"ket nap|vao dang", "admitted_on"),
            (r"chinh thuc", "official_on"),
            (r"chuyen den", "arrived_on"),
            (r"ma chi bo", "cell"),
            (r"mien sinh hoat", "is_exempt"),
            (r"ra khoi", "left_on"),
            (r"ly do", "leaving_reason"),
        ),
    ),
    prepared=Prepared(
        _found,
        _written,
        meanings={
            "code": _("The member's own code; it never changes."),
            "full_name": _("Family name, middle name, given name."),
            "born_on": _("A day, a month or only a year."),
            "sex": _("Male or female."),
            "admitted_on": _("The day of admission."),
            "admitted_outside": _("Admitted in another province; not counted as an admission here."),
            "arrived_on": _(
                "The first day here of one who came from outside; a day after the leaving: came back."
            ),
            "official_on": _("The day from which the member is official."),
            "cell": _("The code of the member's cell."),
            "is_exempt": _("Exempt from party work and meetings; exempt members are not rated."),
            "left_on": FIRST_DAY_NOT_COUNTED,
            "leaving_reason": _("Why the member left."),
            "applies_on": MOVES,
        },
        notes=(_("Name of the cell"),),
        codes={"cell": "cells"},
    ),
)
