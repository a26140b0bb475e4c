"""The workbook of a plan that reorganizes: one entry for all that is said of this kind."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.registers.undoing import registers
from assessments.registers.undoing.tables import Table
from assessments.rules.models.years import Submission
from assessments.workbooks.kinds.declared import Mapped, Prepared, PreparedRow, WorkbookKind
from assessments.workbooks.kinds.judging.reorganizations import Reorganizations
from assessments.workbooks.kinds.roles import ORGANIZATION, PARENT
from orgs.imports import REORGANIZATIONS as COLUMNS
from orgs.models import Organization

_SUBMISSIONS, _LIST_CHANGES = registers.LISTS


def _found(unit: Organization, year: int) -> QuerySet:
    return Organization.objects.under(unit)


def _written(found: QuerySet, unit: Organization, year: int) -> list[PreparedRow]:
    return [{"old": code, "old_name": name, "notes": []} for code, name in found.values_list("code", "name")]


REORGANIZATIONS = WorkbookKind(
    name=COLUMNS.name,
    title=_("Reorganizations"),
    columns=lambda: COLUMNS,
    key=("old",),
    code="old",
    book=Reorganizations,
    is_tried=True,
    tables=(
        *registers.ORGANIZATIONS,
        *registers.VILLAGES,
        *registers.MEMBERS,
        *registers.POSTINGS,
        Table(Submission, _SUBMISSIONS.columns, ("year_id", "code"), code="code"),
        _LIST_CHANGES,
    ),
    traces=(),
    mapped=Mapped(
        names={"old": ORGANIZATION, "parent": PARENT},
        words=(
            (r"^(ma|ten)? ?cu$", "old"),
            (r"cap tren", "parent"),
            (r"^cap moi", "level"),
            (r"hinh thuc", "form"),
            (r"hieu luc", "on"),
            (r"quyet dinh", "decision"),
        ),
    ),
    prepared=Prepared(
        _found,
        _written,
        meanings={
            "old": _("The code of a body that stands; it goes whole into the new one."),
            "old_name": _("For your orientation; another name is told."),
            "new": _("The code of the new or standing body; the same code renames, moves or changes it."),
            "name": _("The name from that day on; of a new body it is required."),
            "parent": _("The code of what it stands under from that day on."),
            "level": _("Only of what stands directly under the province."),
            "form": _("What it is from that day on; of a new body it is required."),
            "on": _("The first day of the new order."),
            "decision": _("By which decision."),
        },
        notes=(),
        is_offered=False,
    ),
)
