"""The rows of a prepared workbook: a unit's own, written as reading them gives what is stored.

A row is a dict by the keys of its kind's columns; `notes` holds what stands beside it and is read
past. Codes of what lies outside the unit are left out: an empty cell changes nothing.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.permissions import stores_names
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.tallies import Subject, Tally
from assessments.roster.tallies import TOTAL
from members.models import LeavingReason, Member, Sex, VillageHead
from orgs.models import Form, Level, Organization, Placement, Village, VillageKind
from orgs.rules import chain_of
from resolution03.lib.dates import PartialDate, Precision

Row = dict[str, object]


def find_organizations(unit: Organization, year: int) -> QuerySet:
    """Those that existed in the year or since."""
    return Organization.objects.under(unit).filter(_lasted("dissolved_on", date(year, 1, 2)))


def organizations(found: QuerySet, unit: Organization, year: int) -> list[Row]:
    """Each below the one it stands under."""
    decisions = dict(
        Placement.objects.under(unit).current().order_by().values_list("organization_id", "decision")
    )
    rows = list(
        found.order_by().values(
            "pk",
            "code",
            "name",
            "form",
            "type_label",
            "path",
            "position",
            "dissolution_decision",
            "parent__code",
            "parent__name",
            *_dated("established", "dissolved"),
        )
    )
    positions = {row["pk"]: row["position"] for row in rows}
    rows.sort(key=lambda row: [(positions.get(pk, 0), pk) for pk in chain_of(row["path"])])
    return [_organization(row, decisions) for row in rows]


def _organization(row: Row, decisions: dict[int, str]) -> Row:
    is_dissolved = row["dissolved_on"] is not None
    return {
        "code": row["code"],
        "name": row["name"],
        "parent": row["parent__code"],
        "level": Level.at_depth(len(chain_of(row["path"]))).label,
        "form": Form(row["form"]).label,
        "type_label": row["type_label"],
        "established_on": _date(row, "established"),
        "dissolved_on": _date(row, "dissolved"),
        "decision": row["dissolution_decision"] if is_dissolved else decisions.get(row["pk"], ""),
        "notes": [row["parent__name"]],
    }


def find_villages(unit: Organization, year: int) -> QuerySet:
    """Those that existed in the year or since."""
    return Village.objects.under(unit).filter(_lasted("ends_on", date(year, 1, 1)))


def villages(found: QuerySet, unit: Organization, year: int) -> list[Row]:
    rows = found.order_by("position", "pk").values(
        "code",
        "name",
        "kind",
        "committee__code",
        "cell__code",
        "cell__name",
        "cell__path",
        *_dated("starts", "ends"),
    )
    return [_village(row, _is_inside(unit, row["cell__path"])) for row in rows]


def _village(row: Row, knows_cell: bool) -> Row:
    return {
        "code": row["code"],
        "name": row["name"],
        "kind": VillageKind(row["kind"]).label if row["kind"] else None,
        "committee": row["committee__code"],
        "cell": row["cell__code"] if knows_cell else None,
        "starts_on": _date(row, "starts"),
        "ends_on": _date(row, "ends"),
        "notes": [row["cell__name"] if knows_cell else None],
    }


def find_heads(unit: Organization, year: int) -> QuerySet:
    """Terms that lasted into the year or began since."""
    return VillageHead.objects.under(unit).filter(_lasted("ends_on", date(year, 1, 1)))


def village_heads(found: QuerySet, unit: Organization, year: int) -> list[Row]:
    rows = found.order_by("village__position", "village_id", "starts_on").values(
        "village__code",
        "village__name",
        "full_name",
        "is_member",
        "is_secretary",
        "member__code",
        "member__cell__path",
        *_dated("starts", "ends"),
    )
    return [_head(row, stores_names() and _is_inside(unit, row["member__cell__path"])) for row in rows]


def _head(row: Row, knows_member: bool) -> Row:
    return {
        "village": row["village__code"],
        "full_name": row["full_name"] if stores_names() else _("name not stored"),
        "is_member": row["is_member"] or None,
        "member": row["member__code"] if knows_member else None,
        "is_secretary": row["is_secretary"] or None,
        "starts_on": _date(row, "starts"),
        "ends_on": _date(row, "ends"),
        "notes": [row["village__name"]],
    }


def find_members(unit: Organization, year: int) -> QuerySet:
    """Those who were there in the year or came since."""
    return Member.objects.under(unit).named().filter(_lasted("left_on", date(year, 1, 2)))


def members(found: QuerySet, unit: Organization, year: int) -> list[Row]:
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
        *_dated("born", "admitted", "arrived", "official", "left"),
    )
    return [_member(row) for row in rows]


def _member(row: Row) -> Row:
    reason = row["leaving_reason"]
    return {
        "code": row["code"],
        "full_name": row["full_name"],
        "born_on": _date(row, "born"),
        "sex": Sex(row["sex"]).label if row["sex"] else None,
        "admitted_on": _date(row, "admitted"),
        "admitted_outside": row["admitted_outside"] or None,
        "arrived_on": _date(row, "arrived"),
        "official_on": _date(row, "official"),
        "cell": row["cell__code"],
        "is_exempt": row["is_exempt"] or None,
        "left_on": _date(row, "left"),
        "leaving_reason": LeavingReason(reason).label if reason else None,
        "notes": [row["cell__name"]],
    }


def find_organization_lines(unit: Organization, year: int) -> QuerySet:
    """The year's roster."""
    return OrganizationLine.objects.filter(year=year).under(unit).in_roster()


def organization_ratings(found: QuerySet, unit: Organization, year: int) -> list[Row]:
    """With last year's level beside."""
    earlier = OrganizationLine.objects.filter(year=year - 1).under(unit).in_roster().rated()
    levels = dict(earlier.order_by().values_list("organization_id", "decided__code"))
    rows = found.order_by("grassroots__position", "grassroots_id", "position", "pk").values(
        "organization_id", "code", "name", "parent__name", *_RATED
    )
    return [
        {
            "code": row["code"],
            "name": row["name"],
            **_rated(row, year),
            "notes": [row["parent__name"], levels.get(row["organization_id"])],
        }
        for row in rows
    ]


def find_member_lines(unit: Organization, year: int) -> QuerySet:
    """The members of the year's roster who are rated."""
    return MemberLine.objects.filter(year=year, is_exempt=False).under(unit).named().in_roster()


def member_ratings(found: QuerySet, unit: Organization, year: int) -> list[Row]:
    """With their cell and last year's level beside."""
    earlier = MemberLine.objects.filter(year=year - 1).under(unit).in_roster().rated()
    levels = dict(earlier.order_by().values_list("member_id", "decided__code"))
    rows = found.order_by("cell__position", "cell_id", "member__sort_key", "pk").values(
        "member_id", "member__code", "member__full_name", "cell__name", *_RATED
    )
    return [
        {
            "code": row["member__code"],
            "name": row["member__full_name"],
            **_rated(row, year),
            "notes": [row["cell__name"], levels.get(row["member_id"])],
        }
        for row in rows
    ]


_RATED = ("self_rated__code", "decided__code", "reason")


def _rated(row: Row, year: int) -> Row:
    return {
        "year": year,
        "self_rated": row["self_rated__code"],
        "decided": row["decided__code"],
        "reason": row["reason"],
    }


def find_totals(unit: Organization, year: int) -> QuerySet:
    """The counts that were reported, level by level."""
    return Tally.objects.filter(year=year, is_reported=True).under(unit).exclude(key=TOTAL)


def reported_totals(found: QuerySet, unit: Organization, year: int) -> list[Row]:
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


def _lasted(end: str, day: date) -> Q:
    return Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": day})


def _dated(*names: str) -> Iterator[str]:
    for name in names:
        yield from (f"{name}_on", f"{name}_precision")


def _date(row: Row, name: str) -> date | str | None:
    """A day as a date; a month or a year as the text that reads back with its precision."""
    day, precision = row[f"{name}_on"], row[f"{name}_precision"]
    if day is None or precision == Precision.DAY:
        return day
    return str(PartialDate(day, Precision(precision)))


def _is_inside(unit: Organization, path: str | None) -> bool:
    return path is not None and path.startswith(unit.path)
