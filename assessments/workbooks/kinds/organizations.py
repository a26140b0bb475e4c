"""The workbook of organizations: one entry for all that is said of this kind."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.registers.undoing import registers
from assessments.workbooks.kinds.days import dated, day_of, is_inside, lasted
from assessments.workbooks.kinds.declared import Mapped, Prepared, PreparedRow, Trace, WorkbookKind
from assessments.workbooks.kinds.meanings import FIRST_DAY_NOT_COUNTED, INTO, MOVES
from assessments.workbooks.kinds.roles import ORGANIZATION, PARENT
from orgs.imports import ORGANIZATIONS as COLUMNS
from orgs.loading.levels import Levels
from orgs.models import Form, Level, Organization, Placement
from orgs.rules import chain_of

STRETCH = ("starts_on", "ends_on", "decision")


def _found(unit: Organization, year: int) -> QuerySet:
    """Those that existed in the year or since."""
    return Organization.objects.under(unit).filter(lasted("dissolved_on", date(year, 1, 2)))


def _written(found: QuerySet, unit: Organization, year: int) -> list[PreparedRow]:
    """Each below the one it stands under."""
    current = Placement.objects.under(unit).current().order_by()
    placed = {
        row["organization_id"]: row for row in current.values("organization_id", "starts_on", "decision")
    }
    rows = list(
        found.order_by().values(
            "pk",
            "code",
            "name",
            "form",
            "type_label",
            "path",
            "level",
            "position",
            "dissolution_decision",
            "parent__code",
            "parent__name",
            "merged_into__code",
            "merged_into__path",
            *dated("established", "dissolved"),
        )
    )
    positions = {row["pk"]: row["position"] for row in rows}
    rows.sort(key=lambda row: [(positions.get(pk, 0), pk) for pk in chain_of(row["path"])])
    levels = Levels(lambda code: None)
    return [_row(row, placed[row["pk"]], levels, is_inside(unit, row["merged_into__path"])) for row in rows]


def _row(row: PreparedRow, placed: PreparedRow, levels: Levels, knows_into: bool) -> PreparedRow:
    """Without a level where it follows and is another today than at the start of the latest placement."""
    is_dissolved = row["dissolved_on"] is not None
    is_as_placed = levels.on(row["code"], placed["starts_on"] or row["established_on"]) == row["level"]
    return {
        "code": row["code"],
        "name": row["name"],
        "parent": row["parent__code"],
        "level": Level(row["level"]).label if is_as_placed else "",
        "form": Form(row["form"]).label,
        "type_label": row["type_label"],
        "established_on": day_of(row, "established"),
        "dissolved_on": day_of(row, "dissolved"),
        "merged_into": row["merged_into__code"] if knows_into else None,
        "decision": row["dissolution_decision"] if is_dissolved else placed["decision"],
        "notes": [row["parent__name"]],
    }


ORGANIZATIONS = WorkbookKind(
    name=COLUMNS.name,
    title=_("Organizations"),
    columns=lambda: COLUMNS,
    key=("code",),
    tables=registers.ORGANIZATIONS,
    traces=(Trace(Organization, ("code",)),),
    mapped=Mapped(
        names={"code": ORGANIZATION, "parent": PARENT},
        place="parent",
        within={"code": "parent"},
        words=(
            (r"hinh thuc", "form"),
            (r"^cap(?! tren)", "level"),
            (r"loai hinh", "type_label"),
            (r"thanh lap", "established_on"),
            (r"^(?!ngay).*nhap vao", "merged_into"),
            (r"giai the", "dissolved_on"),
            (r"quyet dinh", "decision"),
        ),
    ),
    prepared=Prepared(
        _found,
        _written,
        meanings={
            "code": _("The organization's own code; it never changes."),
            "name": _("The full name."),
            "parent": _("The code of the organization it stands under."),
            "level": _(
                "Of what stands directly under the province; below it follows, and another one is refused."
            ),
            "form": _("What it is: only cells have members, only committees have organizations below."),
            "type_label": _("The type as the office calls it: commune, agency, enterprise."),
            "established_on": _("The day from which it counts."),
            "dissolved_on": FIRST_DAY_NOT_COUNTED,
            "merged_into": INTO,
            "applies_on": MOVES,
            "decision": _("Of the founding, the move or the dissolution."),
        },
        notes=(_("Stands under"),),
        codes={"parent": "committees"},
        together={"parent": ("level", "decision"), "form": ("decision",), "dissolved_on": ("merged_into",)},
    ),
)
