"""Village heads: elected for terms; more and more of them are members of the Party."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from assessments.operations.demonstration.bodies import Province
from assessments.operations.demonstration.people import person
from assessments.operations.demonstration.population import Fellow
from assessments.operations.demonstration.province import FIRST_YEAR, LAST_YEAR, random_day
from assessments.operations.demonstration.village import Village, Villages
from resolution03.lib.dates import year_end

ELECTIONS = (date(2014, 10, 18), date(2017, 7, 16), date(2020, 5, 23), date(2023, 2, 12))
REELECTED = 0.62
# The share of heads in post who are members at the end of the year, in percent.
MEMBERS = {
    2016: 55.2,
    2017: 57.8,
    2018: 60.6,
    2019: 65.4,
    2020: 69.8,
    2021: 73.1,
    2022: 77.9,
    2023: 83.0,
    2024: 86.6,
    2025: 89.6,
}
VACANT = {2016: 3, 2017: 1, 2018: 4, 2019: 2, 2020: 0, 2021: 2, 2022: 5, 2023: 1, 2024: 3, 2025: 2}


@dataclass(slots=True)
class Head:
    """One term; `fellow` is the member's record, where the head is or will be one."""

    village: str
    name: str
    fellow: Fellow | None
    starts_on: date
    ends_on: date | None = None
    is_secretary: bool = False

    def is_member_on(self, day: date) -> bool:
        return self.fellow is not None and self.fellow.exists_on(day)


def plan(province: Province, villages: Villages, fellows: list[Fellow], chance: Random) -> list[Head]:
    """All terms, ordered by village and first day."""
    offices = _Offices(province, villages, fellows, chance)
    for year in range(ELECTIONS[0].year, LAST_YEAR + 1):
        offices.live(year)
    return sorted(offices.terms, key=lambda head: (head.village, head.starts_on))


class _Offices:
    def __init__(self, province: Province, villages: Villages, fellows: list[Fellow], chance: Random):
        self.province, self.villages, self.chance = province, villages.by_code, chance
        self.by_cell = _by_cell(fellows)
        self.taken: set[str] = set()
        self.terms: list[Head] = []
        self.now: dict[str, Head] = {}

    def live(self, year: int) -> None:
        for election in ELECTIONS:
            if election.year == year:
                self._elect(election)
        self._end_with_villages(year)
        if year >= FIRST_YEAR:
            self._vacate(year)
            self._approach(year)

    def _elect(self, day: date) -> None:
        for village in self.villages.values():
            if not village.exists_on(day):
                continue
            before = self.now.get(village.code)
            if before and self.chance.random() < REELECTED and self._can_go_on(before):
                self._begin(village, day, before.name, before.fellow)
            elif self.chance.random() < MEMBERS[max(day.year, FIRST_YEAR)] / 100:
                self._appoint(village, day, member=True)
            else:
                self._appoint(village, day, member=False)

    def _can_go_on(self, head: Head) -> bool:
        return head.fellow is None or head.fellow.left_on is None

    def _begin(self, village: Village, day: date, name: str, fellow: Fellow | None) -> None:
        self._end(village.code, day - timedelta(days=1))
        secretary = bool(fellow and fellow.exists_on(day) and self.chance.random() < 0.35)
        head = Head(village.code, name, fellow, day, None, secretary)
        self.terms.append(head)
        self.now[village.code] = head
        if fellow:
            self.taken.add(fellow.code)

    def _end(self, code: str, day: date) -> None:
        if head := self.now.pop(code, None):
            head.ends_on = day

    def _appoint(self, village: Village, day: date, *, member: bool) -> bool:
        """Someone new; false when the village's cell has nobody who could be head."""
        fellow = self._candidate(village, day) if member else self._later_member(village, day)
        if member and not fellow:
            return False
        people = None if self.chance.random() < self._commune(village).kinh else self._people(village)
        name = fellow.name if fellow else person(self.chance, people, women=0.2).name
        self._begin(village, day, name, fellow)
        return True

    def _commune(self, village: Village):
        return self.province.bodies[village.commune]

    def _people(self, village: Village) -> str:
        return self.chance.choice(self._commune(village).peoples)

    def _candidate(self, village: Village, day: date) -> Fellow | None:
        """A member of the cell who is no head elsewhere and stays to the end."""
        return next((one for one in self._able(village, day) if one.exists_on(day)), None)

    def _later_member(self, village: Village, day: date) -> Fellow | None:
        """Now and then a head who is admitted within the term."""
        if self.chance.random() > 0.12:
            return None
        last = day + timedelta(days=900)
        able = (one for one in self._able(village, day) if not one.arrived_on)
        return next((one for one in able if day < one.admitted.day <= last), None)

    def _able(self, village: Village, day: date):
        for fellow in self.by_cell.get(village.cell_on(day) or "", ()):
            age = day.year - fellow.born.day.year
            if fellow.code not in self.taken and not fellow.left_on and 21 <= age <= 62:
                yield fellow

    def _end_with_villages(self, year: int) -> None:
        for village in self.villages.values():
            if village.ends_on and village.ends_on.year == year:
                self._end(village.code, village.ends_on)

    def _vacate(self, year: int) -> None:
        """Some posts stand empty on 31 December; those of the year before are filled."""
        empty = [
            village
            for village in self.villages.values()
            if village.code not in self.now and village.exists_on(year_end(year))
        ]
        for village in empty:
            day = random_day(self.chance, date(year, 1, 20), date(year, 3, 31))
            if not self._appoint(village, day, member=True):
                self._appoint(village, day, member=False)
        for code in self.chance.sample(self._settled(year), min(VACANT[year], len(self.now) // 50)):
            self._end(code, random_day(self.chance, date(year, 10, 1), date(year, 12, 20)))

    def _settled(self, year: int) -> list[str]:
        """Villages whose head took office before October of `year`."""
        return [code for code, head in self.now.items() if head.starts_on < date(year, 10, 1)]

    def _approach(self, year: int) -> None:
        """Replace heads within the year until the wanted share of them are members."""
        day = year_end(year)
        members = [code for code, head in self.now.items() if head.is_member_on(day)]
        others = [code for code in self._settled(year) if not self.now[code].is_member_on(day)]
        wanted = round(MEMBERS[year] * len(self.now) / 100)
        self.chance.shuffle(others)
        while len(members) < wanted and others:
            if self._replace(others.pop(), year, member=True):
                members.append("")
        for code in self.chance.sample(members, max(len(members) - wanted, 0)):
            self._replace(code, year, member=False)

    def _replace(self, code: str, year: int, *, member: bool) -> bool:
        first = max(date(year, 1, 10), self.now[code].starts_on + timedelta(days=1))
        on = random_day(self.chance, first, date(year, 12, 15))
        return self._appoint(self.villages[code], on, member=member)


def _by_cell(fellows: list[Fellow]) -> dict[str, list[Fellow]]:
    """Members who never changed their cell, by that cell."""
    found = defaultdict(list)
    for fellow in fellows:
        if len(fellow.stays) == 1:
            found[fellow.cell].append(fellow)
    return found
