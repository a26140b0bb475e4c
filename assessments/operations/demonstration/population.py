"""The members: 24,000 in October 2015, some 31,000 in 2025; admitted, arrived, moved, left."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from assessments.operations.demonstration.bodies import CELL, Body, Province
from assessments.operations.demonstration.people import person
from assessments.operations.demonstration.province import FIRST_YEAR, LAST_YEAR, random_day, scaled
from assessments.operations.demonstration.village import Villages
from resolution03.lib.dates import PartialDate, Precision

BEGIN = date(2015, 10, 1)
ALIVE = {
    2015: 24_250,
    2016: 25_050,
    2017: 25_900,
    2018: 26_850,
    2019: 27_850,
    2020: 28_950,
    2021: 29_500,
    2022: 30_050,
    2023: 30_450,
    2024: 30_750,
    2025: 31_020,
}
# Admitted in the province; of 2015 from October on, of 2020 the term's part and the rest.
ADMITTED = {
    2015: 262,
    2016: 985,
    2017: 1_004,
    2018: 1_037,
    2019: 1_051,
    2020: 782 + 236,
    2021: 870,
    2022: 912,
    2023: 965,
    2024: 1_010,
    2025: 1_032,
}
TERM_END, IN_TERM_2020 = date(2020, 9, 30), 782
LEAVING_SHARE = 0.029
REASONS = {"transferred": 46, "died": 36, "struck_off": 9, "withdrew": 5, "expelled": 4}
DIED = "died"
MOVES_A_YEAR = 140


@dataclass(slots=True)
class Stay:
    """From `on` (None: from the beginning) the member belongs to `cell` (a code)."""

    on: date | None
    cell: str
    decision: str = ""


@dataclass(slots=True)
class Fellow:
    """One invented member."""

    name: str
    sex: str
    born: PartialDate
    admitted: PartialDate
    official_on: date | None
    stays: list[Stay]
    quality: float
    admitted_outside: bool = False
    arrived_on: date | None = None
    is_exempt: bool = False
    left_on: date | None = None
    reason: str = ""
    code: str = ""

    @property
    def cell(self) -> str:
        return self.stays[-1].cell

    def cell_on(self, day: date) -> str:
        return [stay for stay in self.stays if stay.on is None or stay.on <= day][-1].cell

    def exists_on(self, day: date) -> bool:
        joined = self.arrived_on or self.admitted.day
        return joined <= day and (self.left_on is None or day < self.left_on)


def plan(province: Province, villages: Villages, chance: Random, scale: float = 1.0) -> list[Fellow]:
    """All members who were in the province after September 2015, ordered by code."""
    history = _History(province, villages, chance, scale)
    history.begin()
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        history.live(year)
    return history.numbered()


class _History:
    def __init__(self, province: Province, villages: Villages, chance: Random, scale: float):
        self.bodies, self.chance, self.scale = province.bodies, chance, scale
        self.cells = [body for body in province.bodies.values() if body.form == CELL]
        self.absences = villages.absences
        self.alive: dict[str, list[Fellow]] = defaultdict(list)
        self.left: list[Fellow] = []

    def begin(self) -> None:
        """The members of October 2015, and those admitted in its last months."""
        cells = self._open_cells(FIRST_YEAR, began=True)
        before = scaled(ALIVE[2015] - ADMITTED[2015], self.scale)
        first = [cell for cell in cells for _ in range(3)]
        for cell in first + self._choose(cells, max(before - len(first), 0)):
            self._join(cell, self._old_member(cell))
        for cell in self._choose(cells, scaled(ADMITTED[2015], self.scale)):
            self._join(cell, self._admitted(cell, random_day(self.chance, BEGIN, date(2015, 12, 31))))

    def live(self, year: int) -> None:
        """What happens in one year, in the order of its consequences."""
        moved = self._follow_cells(year) | self._move_some(year)
        self._leave(year, moved)
        cells = self._open_cells(year)
        days = self._admission_days(year)
        for cell, day in zip(self._choose(cells, len(days)), days, strict=True):
            self._join(cell, self._admitted(cell, day))
        missing = scaled(ALIVE[year], self.scale) - sum(map(len, self.alive.values()))
        for cell in self._choose(cells, max(missing, 0)):
            self._join(cell, self._arrived(cell, year))

    def numbered(self) -> list[Fellow]:
        """Everyone by the first cell; codes follow that order."""
        everyone = [fellow for fellows in self.alive.values() for fellow in fellows] + self.left
        everyone.sort(key=lambda fellow: (fellow.stays[0].cell, fellow.admitted.day, fellow.name))
        for number, fellow in enumerate(everyone, start=1):
            fellow.code = f"DV{number:06}"
        return everyone

    def _open_cells(self, year: int, *, began: bool = False) -> list[Body]:
        """Cells that people may join all through `year`."""
        absent = {
            absence.cell
            for absence in self.absences
            if absence.gone_on.year <= year and (absence.back_on is None or year <= absence.back_on.year)
        }
        return [
            body
            for body in self.cells
            if body.code not in absent
            and (body.founded is None or body.founded.day.year < year)
            and (began or body.exists_through(year))
        ]

    def _choose(self, cells: list[Body], count: int) -> list[Body]:
        return self.chance.choices(cells, [body.size for body in cells], k=count)

    def _join(self, cell: Body, fellow: Fellow) -> None:
        self.alive[cell.code].append(fellow)

    def _fellow(self, cell: Body, admitted: PartialDate, age: int, **more) -> Fellow:
        chance = self.chance
        people = None if chance.random() < cell.kinh else chance.choice(cell.peoples)
        someone = person(chance, people)
        born = random_day(chance, date(admitted.day.year - age, 1, 1), date(admitted.day.year - age, 12, 31))
        precision = Precision.YEAR if chance.random() < 0.15 else Precision.DAY
        official = admitted.day + timedelta(days=366 + chance.randint(0, 50))
        return Fellow(
            someone.name,
            someone.sex,
            PartialDate(born, precision).first_day(),
            admitted,
            official if official < date(LAST_YEAR + 1, 1, 1) and chance.random() < 0.995 else None,
            [Stay(None, cell.code)],
            chance.gauss(0, 1),
            **more,
        )

    def _old_member(self, cell: Body) -> Fellow:
        """Admitted before October 2015, mostly in the years just before."""
        chance = self.chance
        years = min(int(chance.expovariate(1 / 11)), 45)
        day = random_day(chance, date(2014 - years, 10, 1), date(2015 - years, 9, 30))
        precision = Precision.MONTH if years > 15 and chance.random() < 0.1 else Precision.DAY
        age = chance.randint(20, 42)
        return self._fellow(
            cell,
            PartialDate(day, precision).first_day(),
            age,
            admitted_outside=chance.random() < 0.2,
            is_exempt=age + years > 66 or chance.random() < 0.015,
        )

    def _admitted(self, cell: Body, day: date) -> Fellow:
        return self._fellow(cell, PartialDate(day), self.chance.randint(19, 38))

    def _arrived(self, cell: Body, year: int) -> Fellow:
        """Admitted outside the province earlier, arrived in `year`."""
        chance = self.chance
        admitted = random_day(chance, date(year - 15, 1, 1), date(year - 2, 12, 31))
        return self._fellow(
            cell,
            PartialDate(admitted),
            chance.randint(20, 30),
            admitted_outside=True,
            arrived_on=random_day(chance, date(year, 1, 5), date(year, 12, 28)),
        )

    def _admission_days(self, year: int) -> list[date]:
        count = scaled(ADMITTED[year], self.scale)
        if year != TERM_END.year:
            return [random_day(self.chance, date(year, 1, 3), date(year, 12, 27)) for _ in range(count)]
        in_term = scaled(IN_TERM_2020, self.scale)
        after = TERM_END + timedelta(days=1)
        return [
            random_day(self.chance, date(year, 1, 3), TERM_END)
            if number < in_term
            else random_day(self.chance, after, date(year, 12, 27))
            for number in range(count)
        ]

    def _leave(self, year: int, moved: set[str]) -> None:
        """Deaths, transfers and the rest; no cell falls below four by them."""
        cells = [code for code, fellows in self.alive.items() if code not in moved and len(fellows) > 4]
        sizes = [len(self.alive[code]) for code in cells]
        wanted = round(LEAVING_SHARE * sum(map(len, self.alive.values())))
        for code in self.chance.choices(cells, sizes, k=wanted) if cells else ():
            self._leave_one(code, year)

    def _leave_one(self, code: str, year: int) -> None:
        chance, fellows = self.chance, self.alive[code]
        if len(fellows) <= 4:
            return
        reason = chance.choices(list(REASONS), list(REASONS.values()))[0]
        tried = chance.sample(fellows, min(4, len(fellows)))
        leaver = min(tried, key=lambda fellow: fellow.born.day) if reason == DIED else tried[0]
        if (leaver.arrived_on or leaver.admitted.day).year >= year - 1:
            return
        leaver.left_on, leaver.reason = random_day(chance, date(year, 1, 4), date(year, 12, 30)), reason
        fellows.remove(leaver)
        self.left.append(leaver)

    def _move(self, fellow: Fellow, source: str, target: str, on: date, decision: str = "") -> None:
        fellow.stays.append(Stay(on, target, decision))
        self.alive[source].remove(fellow)
        self.alive[target].append(fellow)

    def _move_some(self, year: int) -> set[str]:
        """Some change their cell within the unit; returns the cells concerned."""
        chance, open_codes = self.chance, [body.code for body in self._open_cells(year)]
        by_unit = defaultdict(list)
        for code in open_codes:
            by_unit[code[:2]].append(code)
        touched = set()
        for source in chance.choices(open_codes, k=scaled(MOVES_A_YEAR, self.scale)):
            settled = [one for one in self.alive[source] if self._was_there(one, year)]
            movable = [one for one in settled if len(one.stays) == 1]
            target = chance.choice(by_unit[source[:2]])
            if len(self.alive[source]) > 5 and movable and target != source:
                day = random_day(chance, date(year, 1, 5), date(year, 12, 20))
                self._move(chance.choice(movable), source, target, day)
                touched |= {source, target}
        return touched

    def _was_there(self, fellow: Fellow, year: int) -> bool:
        return (fellow.arrived_on or fellow.admitted.day).year < year

    def _follow_cells(self, year: int) -> set[str]:
        """Members go where their cell goes: merged, dissolved, founded, or left without anyone."""
        touched = set()
        for on, tell, *subject in sorted(self._events(year), key=lambda event: event[0]):
            touched |= tell(*subject, on)
        return touched

    def _events(self, year: int):
        for body in self.cells:
            if body.founded and body.founded.day.year == year:
                yield body.founded.day, self._fill, body
            if body.dissolved_on and body.dissolved_on.year == year:
                yield body.dissolved_on, self._empty, body
        for absence in self.absences:
            body = self.bodies[absence.cell]
            if absence.gone_on.year == year:
                yield absence.gone_on, self._empty, body
            if absence.back_on and absence.back_on.year == year:
                yield absence.back_on, self._fill, body

    def _sibling(self, body: Body, on: date) -> str:
        """The largest other cell of the same parent, else of the same unit, on a day."""
        others = [other for other in self._open_cells(on.year) if other is not body]
        near = [other.code for other in others if other.parent == body.parent]
        near = near or [other.code for other in others if other.code[:2] == body.code[:2]]
        return max(near, key=lambda code: len(self.alive[code]))

    def _fill(self, body: Body, on: date) -> set[str]:
        """A new cell begins with members of its sibling."""
        source = self._sibling(body, on)
        able = [fellow for fellow in self.alive[source] if self._was_there(fellow, on.year)]
        for fellow in able[: max(3, len(able) // 4)]:
            if fellow.stays[-1].on is None or fellow.stays[-1].on < on:
                self._move(fellow, source, body.code, on, body.decision)
        return {source, body.code}

    def _empty(self, body: Body, on: date) -> set[str]:
        """The members of a dissolved cell join its sibling, of a merged one the new cell."""
        founded = [other for other in self.cells if other.founded and other.founded.day == on]
        heirs = [other for other in founded if (other.parent, other.name) == (body.parent, body.name)]
        target = heirs[0].code if heirs else self._sibling(body, on)
        body.merged_into = target if body.is_merged else None
        for fellow in list(self.alive[body.code]):
            self._move(fellow, body.code, target, on, body.decision)
        return {body.code, target}
