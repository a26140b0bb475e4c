"""The workbooks of villages and of their heads: an entry each."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.permissions import stores_names
from assessments.registers.undoing import registers
from assessments.workbooks.kinds.days import dated, day_of, is_inside, lasted
from assessments.workbooks.kinds.declared import Mapped, Persons, Prepared, PreparedRow, Trace, WorkbookKind
from assessments.workbooks.kinds.judging.records import Records
from assessments.workbooks.kinds.meanings import INTO, LAST_DAY_COUNTED, MOVES
from assessments.workbooks.kinds.roles import CELL, COMMITTEE, VILLAGE
from members.imports import VILLAGE_HEADS as HEAD_COLUMNS
from members.models import VillageHead
from orgs.imports import VILLAGES as VILLAGE_COLUMNS
from orgs.models import Coverage, Organization, Village, VillageKind

STRETCH = ("starts_on", "ends_on", "decision")


def _villages(unit: Organization, year: int) -> QuerySet:
    """Those that existed in the year or since."""
    return Village.objects.under(unit).filter(lasted("ends_on", date(year, 1, 1)))


def _village_rows(found: QuerySet, unit: Organization, year: int) -> list[PreparedRow]:
    current = Coverage.objects.under(unit).current().order_by()
    decisions = dict(current.values_list("village_id", "decision"))
    rows = found.order_by("position", "pk").values(
        "pk",
        "code",
        "name",
        "kind",
        "committee__code",
        "cell__code",
        "cell__name",
        "cell__path",
        "ending_decision",
        "merged_into__code",
        "merged_into__committee__path",
        *dated("starts", "ends"),
    )
    return [_village(row, unit, decisions.get(row["pk"], "")) for row in rows]


def _village(row: PreparedRow, unit: Organization, decision: str) -> PreparedRow:
    knows_cell = is_inside(unit, row["cell__path"])
    knows_into = is_inside(unit, row["merged_into__committee__path"])
    return {
        "code": row["code"],
        "name": row["name"],
        "kind": VillageKind(row["kind"]).label if row["kind"] else None,
        "committee": row["committee__code"],
        "cell": row["cell__code"] if knows_cell else None,
        "starts_on": day_of(row, "starts"),
        "ends_on": day_of(row, "ends"),
        "merged_into": row["merged_into__code"] if knows_into else None,
        "decision": row["ending_decision"] if row["ends_on"] else decision,
        "notes": [row["cell__name"] if knows_cell else None],
    }


def _heads(unit: Organization, year: int) -> QuerySet:
    """Terms that lasted into the year or began since."""
    return VillageHead.objects.under(unit).filter(lasted("ends_on", date(year, 1, 1)))


def _head_rows(found: QuerySet, unit: Organization, year: int) -> list[PreparedRow]:
    rows = found.order_by("village__position", "village_id", "starts_on").values(
        "village__code",
        "village__name",
        "full_name",
        "is_member",
        "is_secretary",
        "member__code",
        "member__cell__path",
        *dated("starts", "ends"),
    )
    return [_head(row, stores_names() and is_inside(unit, row["member__cell__path"])) for row in rows]


def _head(row: PreparedRow, knows_member: bool) -> PreparedRow:
    return {
        "village": row["village__code"],
        "full_name": row["full_name"] if stores_names() else gettext("name not stored"),
        "is_member": row["is_member"] or None,
        "member": row["member__code"] if knows_member else None,
        "is_secretary": row["is_secretary"] or None,
        "starts_on": day_of(row, "starts"),
        "ends_on": day_of(row, "ends"),
        "notes": [row["village__name"]],
    }


VILLAGES = WorkbookKind(
    name=VILLAGE_COLUMNS.name,
    title=_("Villages"),
    columns=lambda: VILLAGE_COLUMNS,
    key=("code",),
    tables=registers.VILLAGES,
    traces=(Trace(Village, ("code",)),),
    mapped=Mapped(
        names={"code": VILLAGE, "committee": COMMITTEE, "cell": CELL},
        registers={"code": "villages"},
        place="committee",
        within={"code": "committee", "cell": "committee"},
        words=(
            (r"ma thon", "code"),
            (r"ma dang bo", "committee"),
            (r"ma chi bo", "cell"),
            (r"^loai", "kind"),
            (r"thanh lap|tu ngay", "starts_on"),
            (r"^(?!ngay).*nhap vao", "merged_into"),
            (r"den ngay|sap nhap", "ends_on"),
            (r"ap dung", "applies_on"),
            (r"quyet dinh", "decision"),
        ),
    ),
    prepared=Prepared(
        _villages,
        _village_rows,
        meanings={
            "code": _("The village's own code; it never changes."),
            "name": _("The full name."),
            "kind": _("What it is."),
            "committee": _("The code of the commune's committee."),
            "cell": _("The code of the cell that covers it; empty while none does."),
            "starts_on": _("The first day of the village."),
            "ends_on": LAST_DAY_COUNTED,
            "merged_into": INTO,
            "applies_on": MOVES,
            "decision": _("Of its latest committee and cell; where it has ended, of its end."),
        },
        notes=(_("Name of the cell"),),
        codes={"committee": "committees", "cell": "cells", "merged_into": "villages"},
        together={"committee": ("decision",), "cell": ("decision",), "ends_on": ("merged_into",)},
    ),
)

VILLAGE_HEADS = WorkbookKind(
    name=HEAD_COLUMNS.name,
    title=_("Village heads"),
    columns=lambda: HEAD_COLUMNS,
    key=("village", "starts_on"),
    code="village",
    persons=Persons.NAMED,
    record=Records.of_head,
    tables=registers.HEADS,
    traces=(Trace(VillageHead, ("village__code", "starts_on")),),
    mapped=Mapped(
        names={"village": VILLAGE},
        registers={"village": "villages", "member": "members"},
        words=(
            (r"ma thon", "village"),
            (r"ho.* ten|thon truong|to truong|truong thon", "full_name"),
            (r"ma dang vien", "member"),
            (r"la dang vien|dang vien", "is_member"),
            (r"bi thu", "is_secretary"),
            (r"tu ngay|ngay bat dau|bau ngay|ngay bau", "starts_on"),
            (r"den ngay|ngay thoi|ket thuc", "ends_on"),
        ),
    ),
    prepared=Prepared(
        _heads,
        _head_rows,
        meanings={
            "village": _("The code of the village. With the first day it says which term this is."),
            "full_name": _("The head's name."),
            "is_member": _("Whether the head is a party member; with a member's code its dates decide."),
            "member": _("The head's code as a member, when there is one."),
            "is_secretary": _("Whether the head is also secretary of the cell."),
            "starts_on": _("The first day in post; a successor has a row of their own."),
            "ends_on": LAST_DAY_COUNTED,
        },
        notes=(_("Name of the village"),),
        codes={"village": "villages"},
    ),
)
