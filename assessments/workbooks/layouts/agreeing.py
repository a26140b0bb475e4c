"""Which of those who bear a name agree with all that a sheet says of it."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assessments.workbooks.kinds.declared import WorkbookKind
from assessments.workbooks.kinds.roles import BORN
from assessments.workbooks.layouts.directory import Entry
from assessments.workbooks.layouts.placing import Place
from assessments.workbooks.layouts.rosters import Rosters
from assessments.workbooks.layouts.standing import spelled_heading
from resolution03.lib.dates import PartialDate, Precision
from resolution03.lib.workbooks.table import Row

_GRASSROOTS = re.compile(r"to chuc co so dang|(?:chi|dang) bo co so")


@dataclass(frozen=True)
class Agreement:
    """For one column of names, which stands for the code `key`, headed by `heading`."""

    kind: WorkbookKind
    key: str
    heading: str
    is_of_persons: bool
    rosters: Rosters

    @property
    def place_key(self) -> str:
        return self.kind.mapped.within.get(self.key, "")

    def among(self, row: Row, named: Sequence[Entry], places: Sequence[Place]) -> list[Entry]:
        """Those who agree with the birth and with every place that the sheet gives; of a member whose
        cell differs it is a move, if both births are full and equal."""
        given = row.text(self.place_key)
        claims: list[Collection[str]] = [place.codes for place in places]
        claims += [{given}] if given else []
        found = [entry for entry in named if self._agrees(row, entry, claims)]
        if not found and self.kind.fills == "members" and self.key == self.kind.code:
            found = [entry for entry in named if _is_same_person(entry, row)]
        for narrow in (self._admitted, self._in_roster, self._grassroots):
            if len(found) > 1:
                found = narrow(row, found) or found
        return found

    def _agrees(self, row: Row, entry: Entry, claims: Sequence[Collection[str]]) -> bool:
        born = row.partial(BORN) if self.is_of_persons else None
        if born is not None and not (agree(entry.born, born) if entry.born else claims):
            return False
        return all(self._lies_in(row, entry, claim) for claim in claims)

    def _lies_in(self, row: Row, entry: Entry, claim: Collection[str]) -> bool:
        """Now, or as the roster of the rated year has it."""
        if entry.lies_in(claim):
            return True
        stood = self._roster(row).get(entry.code)
        return stood is not None and not stood.above.isdisjoint(claim)

    def _roster(self, row: Row) -> dict:
        return self.rosters.of(self.kind, row.whole("year"))

    def _admitted(self, row: Row, found: list[Entry]) -> list[Entry]:
        return [entry for entry in found if _may_be(entry.admitted, row.partial("admitted_on"))]

    def _in_roster(self, row: Row, found: list[Entry]) -> list[Entry]:
        """A year's rating is of who stood in its roster."""
        return [entry for entry in found if entry.code in self._roster(row)]

    def _grassroots(self, row: Row, found: list[Entry]) -> list[Entry]:
        """Under a heading that says so, the grassroots organizations."""
        if not _GRASSROOTS.search(spelled_heading(self.heading)):
            return []
        roster = self._roster(row)
        return [entry for entry in found if entry.code in roster and roster[entry.code].is_grassroots]


def _is_same_person(entry: Entry, row: Row) -> bool:
    """Whether name, full birth and admission leave no doubt, wherever the member was before."""
    born = row.partial(BORN)
    return (
        born is not None
        and entry.born == born
        and born.precision == Precision.DAY
        and _may_be(entry.admitted, row.partial("admitted_on"))
    )


def _may_be(stored: PartialDate | None, given: PartialDate | None) -> bool:
    return stored is None or given is None or agree(stored, given)


def agree(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two dates may be the same day, as far as both are known; nothing agrees with none."""
    if one is None or other is None:
        return False
    if Precision.YEAR in (one.precision, other.precision):
        return one.day.year == other.day.year
    if Precision.MONTH in (one.precision, other.precision):
        return (one.day.year, one.day.month) == (other.day.year, other.day.month)
    return one.day == other.day
