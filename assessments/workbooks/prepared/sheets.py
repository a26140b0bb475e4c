"""The sheets of a prepared workbook: a declaration a kind, and which there are for a year."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission, may, stores_names
from assessments.entry.imports import (
    MEMBER_RATINGS,
    MEMBERS,
    ORGANIZATION_RATINGS,
    ORGANIZATIONS,
    REPORTED_TOTALS,
    ROW_KEYS,
    VILLAGE_HEADS,
    VILLAGES,
)
from assessments.entry.totals.overview import possible_years
from assessments.rules.models.years import RatingYear
from assessments.workbooks.prepared import rows
from assessments.workbooks.prepared.keys import key_written
from orgs.models import Organization
from resolution03.lib.workbooks.kinds import Kind

ALL = "all"


@dataclass(frozen=True, eq=False)
class PreparedSheet:
    """One kind. `notes`: what its columns `Ghi chú` tell; `codes`: the columns of which the codes
    are looked up in a list; `is_rated`: it is of the year's roster; `names_persons`: who may not
    see persons does not get it."""

    kind: Kind
    title: str
    found: Callable[[Organization, int], QuerySet]
    written: Callable[[QuerySet, Organization, int], list[rows.Row]]
    notes: tuple[str, ...]
    codes: Mapping[str, str] = field(default_factory=dict)
    is_rated: bool = False
    is_of_year: bool = False
    names_persons: bool = False

    @property
    def slug(self) -> str:
        """Its part of an address."""
        return self.kind.name.replace("_", "-")

    @property
    def keys(self) -> tuple[str, ...]:
        return ROW_KEYS[self.kind.name]

    def count(self, unit: Organization, year: int) -> int:
        """How many rows of the unit it would hold."""
        return self.found(unit, year).order_by().count()

    def read(self, unit: Organization, year: int) -> list[rows.Row]:
        return self.written(self.found(unit, year), unit, year)

    def key_of(self, row: rows.Row) -> str:
        """What names a row in the list of those that were handed out."""
        return key_written(self.kind, row)


SHEETS = (
    PreparedSheet(
        ORGANIZATIONS,
        _("Organizations"),
        rows.find_organizations,
        rows.organizations,
        (_("Stands under"),),
        codes={"parent": "committees"},
    ),
    PreparedSheet(
        VILLAGES,
        _("Villages"),
        rows.find_villages,
        rows.villages,
        (_("Name of the cell"),),
        codes={"committee": "committees", "cell": "cells"},
    ),
    PreparedSheet(
        VILLAGE_HEADS,
        _("Village heads"),
        rows.find_heads,
        rows.village_heads,
        (_("Name of the village"),),
        codes={"village": "villages"},
        names_persons=True,
    ),
    PreparedSheet(
        MEMBERS,
        _("Members"),
        rows.find_members,
        rows.members,
        (_("Name of the cell"),),
        codes={"cell": "cells"},
        names_persons=True,
    ),
    PreparedSheet(
        ORGANIZATION_RATINGS,
        _("Ratings of organizations"),
        rows.find_organization_lines,
        rows.organization_ratings,
        (_("Stands under"), _("Level of %(year)s")),
        is_rated=True,
        is_of_year=True,
    ),
    PreparedSheet(
        MEMBER_RATINGS,
        _("Ratings of members"),
        rows.find_member_lines,
        rows.member_ratings,
        (_("Name of the cell"), _("Level of %(year)s")),
        is_rated=True,
        is_of_year=True,
        names_persons=True,
    ),
    PreparedSheet(
        REPORTED_TOTALS,
        _("Reported totals"),
        rows.find_totals,
        rows.reported_totals,
        (_("Name"),),
        is_of_year=True,
    ),
)
BY_SLUG = {sheet.slug: sheet for sheet in SHEETS}


def offered(user, year: RatingYear | None) -> list[PreparedSheet]:
    """The sheets that `user` may take for a year; None for one that was never opened."""
    return [sheet for sheet in SHEETS if _is_of(sheet, year) and _may_take(user, sheet)]


def _may_take(user, sheet: PreparedSheet) -> bool:
    """Heads without their names are nobody's secret."""
    if sheet.kind is VILLAGE_HEADS and not stores_names():
        return True
    return not sheet.names_persons or may(user, Permission.VIEW_PERSONS)


def _is_of(sheet: PreparedSheet, year: RatingYear | None) -> bool:
    """A closed year takes nothing more; ratings need a roster."""
    if sheet.is_rated:
        return year is not None and year.is_open
    return not sheet.is_of_year or year is None or not year.is_closed


def years(stored: list[RatingYear]) -> list[int]:
    """The years that a workbook may be made for."""
    return sorted({year.pk for year in stored} | set(possible_years()))
