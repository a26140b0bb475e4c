"""The sheets of a prepared workbook: which kinds there are for a year, each with its columns then."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.permissions import Permission, may, stores_names
from assessments.entry.totals.overview import possible_years
from assessments.rules.models.years import RatingYear
from assessments.workbooks.kinds.declared import Persons, Prepared, PreparedRow, WorkbookKind
from assessments.workbooks.kinds.listed import every
from assessments.workbooks.prepared.keys import key_written
from orgs.models import Organization
from resolution03.lib.workbooks.kinds import Kind

ALL = "all"


@dataclass(frozen=True, eq=False)
class PreparedSheet:
    """One kind, with its columns as they are in a year."""

    entry: WorkbookKind
    kind: Kind

    @property
    def prepared(self) -> Prepared:
        return self.entry.prepared

    @property
    def title(self) -> str:
        return str(self.entry.title)

    @property
    def slug(self) -> str:
        """Its part of an address."""
        return self.kind.name.replace("_", "-")

    def count(self, unit: Organization, year: int) -> int:
        """How many rows of the unit it would hold."""
        if self.prepared.counted:
            return self.prepared.counted(unit, year)
        return self.prepared.found(unit, year).order_by().count()

    def read(self, unit: Organization, year: int) -> list[PreparedRow]:
        return self.prepared.written(self.prepared.found(unit, year), unit, year)

    def key_of(self, row: PreparedRow) -> str:
        """What names a row in the list of those that were handed out."""
        return key_written(self.entry, self.kind, row)


def offered(user, number: int, year: RatingYear | None) -> list[PreparedSheet]:
    """The sheets that `user` may take for the year `number`; None for one that was never opened."""
    found = [kind for kind in every() if _is_of(kind, year) and _may_take(user, kind)]
    sheets = [PreparedSheet(kind, kind.of_year(kind.columns(), number)) for kind in found]
    return [sheet for sheet in sheets if not sheet.entry.common or any(sheet.entry.listed(sheet.kind))]


def years(stored: Iterable[RatingYear]) -> list[int]:
    """The years that a workbook may be made for."""
    return sorted({year.pk for year in stored} | set(possible_years()))


def _may_take(user, kind: WorkbookKind) -> bool:
    """Heads without their names are nobody's secret."""
    if kind.persons == Persons.NAMED and not stores_names():
        return True
    return not kind.names_persons or may(user, Permission.VIEW_PERSONS)


def _is_of(kind: WorkbookKind, year: RatingYear | None) -> bool:
    """A closed year takes nothing more; ratings need a roster; a plan is nobody's to fill in."""
    if not kind.prepared.is_offered:
        return False
    if kind.prepared.needs_roster:
        return year is not None and year.is_open
    return not kind.prepared.is_of_year or year is None or not year.is_closed
