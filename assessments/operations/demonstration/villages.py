"""The villages: 768 before the merging of 2019, 756 after, and the cells that cover them."""

from datetime import date, timedelta
from random import Random

from assessments.operations.demonstration.bodies import CELL, Body, Province, decision
from assessments.operations.demonstration.people import syllable
from assessments.operations.demonstration.province import commune_offices, random_day, scaled
from assessments.operations.demonstration.village import Absence, Stretch, Village, Villages
from resolution03.lib.dates import PartialDate

VILLAGES, MERGED, SHARED = 756, 12, 4
# One in twelve hardly grows: a village at risk.
VILLAGE_CELL_SIZES = (0.1, 0.4, 0.6, 0.7, 0.8, 0.8, 0.9, 0.9, 1.0, 1.0, 1.1, 1.2)
MERGED_ON = date(2019, 7, 1)
FIRST_CELL_ON = (
    date(2016, 5, 19),
    date(2017, 2, 3),
    date(2017, 9, 2),
    date(2018, 5, 19),
    date(2018, 11, 7),
    date(2019, 2, 3),
    date(2019, 10, 10),
    date(2020, 2, 3),
)
BLANK_AGAIN = (
    (date(2017, 5, 4), date(2019, 3, 26)),
    (date(2018, 3, 15), date(2020, 2, 3)),
    (date(2022, 9, 6), date(2024, 5, 19)),
    (date(2024, 11, 11), None),
)
MEMBERS_GONE = ((date(2018, 8, 20), date(2019, 11, 7)), (date(2021, 8, 16), date(2023, 4, 10)))


def plan(province: Province, chance: Random, scale: float = 1.0) -> Villages:
    """The villages at a scale in (0, 1]; their cells are added to `province`."""
    villages = Villages()
    wanted = scaled(VILLAGES + MERGED, scale)
    for code, count in _spread(chance, list(province.communes), wanted).items():
        commune = province.bodies[code]
        for number in range(1, count + 1):
            village = _village(province, chance, commune, number)
            villages.by_code[village.code] = village
        commune_offices(province, chance, commune, count + 1)
    _Story(province, villages, chance, scale).tell()
    return villages


def _spread(chance: Random, communes: list[str], wanted: int) -> dict[str, int]:
    """Four to eleven villages a commune, `wanted` in all where that is possible."""
    counts = {code: chance.randint(5, 10) for code in communes}
    while (missing := wanted - sum(counts.values())) and _can_change(counts, missing):
        code = chance.choice(communes)
        if missing > 0 and counts[code] < 11:
            counts[code] += 1
        elif missing < 0 and counts[code] > 4:
            counts[code] -= 1
    return counts


def _can_change(counts: dict[str, int], missing: int) -> bool:
    return any(count < 11 if missing > 0 else count > 4 for count in counts.values())


def _village(province: Province, chance: Random, commune: Body, number: int) -> Village:
    name, kind = _name(province, chance, commune, number)
    kinh = commune.kinh if kind != "lang" else 0.05
    cell = province.add(
        Body(
            f"{commune.code}.{number:02}",
            f"Chi bộ {name[0].lower()}{name[1:]}",
            CELL,
            commune.code,
            kinh=kinh,
            peoples=commune.peoples,
            size=chance.choice(VILLAGE_CELL_SIZES),
        )
    )
    founded = PartialDate(random_day(chance, date(1991, 1, 1), date(2011, 12, 31)))
    return Village(
        f"{commune.code}.T{number:02}",
        name,
        kind,
        commune.code,
        [Stretch(None, cell.code)],
        founded if chance.random() < 0.5 else None,
    )


def _name(province: Province, chance: Random, commune: Body, number: int) -> tuple[str, str]:
    if province.communes[commune.code].is_town:
        return f"Tổ dân phố {number}", "to_dan_pho"
    if chance.random() < commune.kinh + 0.3:
        return f"Thôn {number}", "thon"
    head = "Plei" if commune.peoples[0] == "Gia Rai" else chance.choice(("Kon", "Đăk", "Kon"))
    return f"Làng {head} {syllable(chance)} {number}", "lang"


class _Story:
    """What became of the villages; each tale takes villages that no other tale has taken."""

    def __init__(self, province: Province, villages: Villages, chance: Random, scale: float):
        self.province, self.villages, self.chance, self.scale = province, villages, chance, scale
        self.free = list(villages.by_code.values())
        chance.shuffle(self.free)

    def tell(self) -> None:
        for number in range(scaled(MERGED, self.scale)):
            self._merge(founds_cell=number % 2 == 0)
        for day in FIRST_CELL_ON[: scaled(len(FIRST_CELL_ON), self.scale)]:
            self._first_cell(self.free.pop(), day)
        for _ in range(scaled(SHARED, self.scale)):
            self._share(self.free.pop())
        for gone_on, back_on in BLANK_AGAIN[-scaled(len(BLANK_AGAIN), self.scale) :]:
            self._blank_again(self.free.pop(), gone_on, back_on)
        for gone_on, back_on in MEMBERS_GONE[-scaled(len(MEMBERS_GONE), self.scale) :]:
            cell = self.free.pop().held
            self.villages.absences.append(Absence(cell, gone_on, back_on))

    def _cell(self, village: Village) -> Body:
        return self.province.bodies[village.held]

    def _neighbor(self, village: Village) -> Village:
        neighbor = next(other for other in self.free if other.commune == village.commune)
        self.free.remove(neighbor)
        return neighbor

    def _decision(self, village: Village) -> str:
        return decision(self.chance, f"{village.code.split('.')[0]}U")

    def _found(self, village: Village, on: date) -> Body:
        """A further cell of the village's commune, founded on a day."""
        taken = [body.code for body in self.province.children(village.commune)]
        number = max(int(code[-2:]) for code in taken) + 1
        old = self.province.bodies[f"{village.commune}.{village.code[-2:]}"]
        return self.province.add(
            Body(
                f"{village.commune}.{number:02}",
                old.name,
                CELL,
                village.commune,
                founded=PartialDate(on),
                kinh=old.kinh,
                peoples=old.peoples,
                size=old.size,
            )
        )

    def _merge(self, *, founds_cell: bool) -> None:
        """Of two villages one remains; it keeps its cell, or a new one takes the place of both."""
        ends = self.free.pop()
        stays, number = self._neighbor(ends), self._decision(ends)
        self._merge_cell(ends, number)
        ends.ends_on, ends.decision = MERGED_ON - timedelta(days=1), number
        ends.merged_into = stays.code
        if founds_cell:
            self._merge_cell(stays, number)
            stays.stretches.append(Stretch(MERGED_ON, self._found(stays, MERGED_ON).code, number))

    def _merge_cell(self, village: Village, number: str) -> None:
        cell = self._cell(village)
        cell.dissolved_on, cell.decision, cell.is_merged = MERGED_ON, number, True

    def _first_cell(self, village: Village, day: date) -> None:
        """The village had no cell until `day`."""
        self._cell(village).founded = PartialDate(day)
        cell = village.stretches.pop().cell
        village.stretches += [Stretch(None, None), Stretch(day, cell, self._decision(village))]

    def _share(self, village: Village) -> None:
        """The neighbor's cell serves this village too."""
        self.province.bodies.pop(village.held)
        village.stretches.pop()
        village.stretches.append(Stretch(None, self._neighbor(village).stretches[-1].cell))

    def _blank_again(self, village: Village, gone_on: date, back_on: date | None) -> None:
        """The cell is dissolved on `gone_on`; a new one is founded on `back_on`."""
        number = self._decision(village)
        self._cell(village).dissolved_on, self._cell(village).decision = gone_on, number
        village.stretches.append(Stretch(gone_on, None, number))
        if back_on:
            cell = self._found(village, back_on)
            village.stretches.append(Stretch(back_on, cell.code, self._decision(village)))
