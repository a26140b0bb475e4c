"""Past years summed anew by the units of today: never the figures that a year reported."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from assessments.figures.basis.mapping import OldList, Today, whole
from assessments.figures.board import NOWHERE, Board, Place
from assessments.roster import bodies
from assessments.roster.bodies import Listed, Only, Row
from assessments.roster.keys import COVERED
from assessments.roster.models.tallies import Subject
from assessments.roster.tree import Branches, Tree
from assessments.rules.models.years import RatingYear, YearState
from orgs.models import Form
from resolution03.lib.dates import year_end


class Restated:
    """Figures of some years by the units of today, and how many bodies of each year's list do not map.

    `unit_id`: the one unit of today that is asked for; without it all, and the province. A body maps to a
    unit where it went there whole (assessments/figures/basis/mapping.py). A unit to which a part of one went
    has no figure of the subjects in which that body counts.
    """

    def __init__(self, years: Iterable[RatingYear], today: date, unit_id: int | None = None):
        self.years, self.unit_id = list(years), unit_id
        self._today = Today(bodies.organizations(today))
        self._villages = bodies.villages(today)
        self._of_villages: dict[tuple[int, int], frozenset[int]] = {}

    @cached_property
    def board(self) -> Board:
        """As it would count had the years been listed by the units of today."""
        return Board(self.years, None, None, kept=list(self._kept()), apart=self._apart)

    def _kept(self) -> Iterator[tuple]:
        """Rows of tallies, each under its unit of today; what counts alike is one row."""
        counted: Counter[tuple] = Counter()
        for row in bodies.rows(self.years, self._only):
            unit = self._unit_of(row) or NOWHERE
            if row.is_reported or row.key == COVERED:
                yield row.year, unit, row.body, row.subject, row.key, row.amount, row.is_reported
            else:
                counted[row.year, unit, row.subject, row.key] += row.amount
        for (year, unit, subject, key), amount in counted.items():
            yield year, unit, unit, subject, key, amount, False

    def _unit_of(self, row: Row) -> int | None:
        places = self._village_places if row.is_of_village else self._places
        return whole(places(row.year, row.body))

    def _places(self, year: int, body: int) -> frozenset[int]:
        return self._lists[year].places(body)

    def _village_places(self, year: int, village: int) -> frozenset[int]:
        """Where a village, what it went into, and what was split off it later belong today; one that ended
        and went into none where its committee of that year went."""
        if (year, village) not in self._of_villages:
            parts = self._villages[village].parts if village in self._villages else []
            later = [part for part, first in parts if first and first > year_end(year)]
            found = {self._village_unit(year, one) for one in (village, *later)}
            self._of_villages[year, village] = frozenset(one for one in found if one is not None)
        return self._of_villages[year, village]

    def _village_unit(self, year: int, village: int) -> int | None:
        seen, known = {village}, self._villages.get(village)
        while known and known.has_ended and known.into is not None and known.into not in seen:
            seen.add(known.into)
            known = self._villages.get(known.into)
        if known and not known.has_ended and known.place is not None:
            return self._lists[year].unit(known.place)
        committee = self._committees[year].get(village)
        return None if committee is None else self._lists[year].unit(committee)

    @cached_property
    def _lists(self) -> Mapping[int, OldList]:
        parents: dict[int, dict[int, int | None]] = defaultdict(dict)
        for line in self._lines:
            parents[line.year][line.body] = line.parent
        parents |= self._trees()
        return {year.pk: OldList(year_end(year.pk), parents[year.pk], self._today) for year in self.years}

    def _trees(self) -> dict[int, dict[int, int | None]]:
        """Of years without lists the tree of their last day, from the placements."""
        branches, found = Branches(), {}
        for year in self.years:
            if year.state == YearState.REPORTED:
                tree = Tree(year_end(year.pk), branches)
                alive = {body for body, node in tree.nodes.items() if node.exists_on(tree.day)}
                found[year.pk] = {body: above for body, above in tree.parents.items() if body in alive}
        return found

    @cached_property
    def _lines(self) -> list[Listed]:
        return list(bodies.lists(self.years))

    @cached_property
    def _committees(self) -> dict[int, dict[int, int]]:
        """Year → village → its committee of that year."""
        found: dict[int, dict[int, int]] = defaultdict(dict)
        for year, village, committee in bodies.villages_listed(self.years):
            found[year][village] = committee
        return found

    @cached_property
    def _only(self) -> Only | None:
        """What stands in the unit asked for, wholly or in part; None where all are."""
        if self.unit_id is None:
            return None
        found = [one for one in self._counted if self.unit_id in one.places]
        of_villages = {one.body for one in found if one.is_village}
        return Only({one.body for one in found if not one.is_village}, of_villages)

    @cached_property
    def _apart(self) -> Counter[Place]:
        """Year, unit of today and subject → bodies that stand there in part only."""
        found: Counter[Place] = Counter()
        for one in self._counted:
            if len(one.places) > 1:
                found.update((one.year, unit, subject) for unit in one.places for subject in one.subjects)
        return found

    @cached_property
    def _counted(self) -> list["Counted"]:
        """Every body of the lists, and of the totals reported."""
        found = [
            Counted(line.year, line.body, _subjects(line), self._places(line.year, line.body))
            for line in self._lines
        ]
        of_village = (Subject.VILLAGE.value, Subject.HEAD.value)
        found += [
            Counted(year, village, of_village, self._village_places(year, village), is_village=True)
            for year, committees in self._committees.items()
            for village in committees
        ]
        totals = (row for row in bodies.reported(self.years) if row.is_reported)
        reported = {(row.year, row.body, row.subject) for row in totals}
        return found + [
            Counted(year, body, (subject,), self._places(year, body)) for year, body, subject in reported
        ]


class Counted(NamedTuple):
    """A body of a year's list: in which subjects it counts, and in which units of today it stands."""

    year: int
    body: int
    subjects: tuple[str, ...]
    places: Collection[int]
    is_village: bool = False


def _subjects(line: Listed) -> tuple[str, ...]:
    """Persons count in their cells."""
    persons = (Subject.MEMBER.value, Subject.ADMISSION.value) if line.form == Form.CELL else ()
    return (line.kind, *persons)
