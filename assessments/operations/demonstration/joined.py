"""The other 56 communes of the larger province: units since 1 July 2025, with their cells, villages, members
and village heads, who all came on that day."""

from datetime import date, timedelta
from functools import cache
from random import Random

from assessments.operations.demonstration import offices
from assessments.operations.demonstration.bodies import CELL, COMMITTEE, Body
from assessments.operations.demonstration.gazetteer import PROVINCE, NewCommune, neighbors
from assessments.operations.demonstration.heads import Head
from assessments.operations.demonstration.people import person
from assessments.operations.demonstration.population import Fellow, Stay
from assessments.operations.demonstration.province import random_day, scaled
from assessments.operations.demonstration.village import Stretch, Village
from assessments.operations.demonstration.world import World
from resolution03.lib.dates import PartialDate

SINCE = date(2025, 7, 1)
VILLAGES, MEMBERS = (11, 16), (28, 58)
"""So many villages in a commune, so many members in a cell; about 58,000 in all."""
SCHOOLS = ("Trường Mầm non", "Trường Trung học phổ thông", "Hợp tác xã", "Mặt trận Tổ quốc", "Xây dựng Đảng")
OFFICES = (*offices.COMMUNE_CELLS, *SCHOOLS)
HEAD_IS_MEMBER = 0.88


def is_joined(code: str) -> bool:
    """Whether an organization stands in one of these communes, or is one."""
    return code.split(".")[0] in _codes()


@cache
def _codes() -> frozenset[str]:
    return frozenset(commune.code for commune in neighbors())


def add(world: World, chance: Random, scale: float = 1.0) -> None:
    """Let the communes join the invented province, at a scale in (0, 1]."""
    communes = neighbors()
    for commune in communes[: scaled(len(communes), scale)]:
        _Commune(world, chance, commune, scale).tell()
    for number, fellow in enumerate((one for one in world.fellows if not one.code), start=1):
        fellow.code = f"QN{number:06}"


class _Commune:
    def __init__(self, world: World, chance: Random, commune: NewCommune, scale: float):
        self.world, self.chance, self.scale, self.commune = world, chance, scale, commune
        self.kind = commune.name.split(maxsplit=1)[0].lower()

    def tell(self) -> None:
        code = self.commune.code
        unit = Body(code, self.commune.body, COMMITTEE, PROVINCE[0], founded=PartialDate(SINCE))
        self.world.province.add(unit)
        count = self.chance.randint(*VILLAGES)
        for number in range(1, count + 1):
            self._village(number)
        for number, office in enumerate(OFFICES, start=count + 1):
            self._members(self._cell(number, f"{office} {self.commune.name}"))

    def _cell(self, number: int, name: str) -> Body:
        code = f"{self.commune.code}.{number:02}"
        cell = Body(code, f"Chi bộ {name}", CELL, self.commune.code, founded=PartialDate(SINCE))
        return self.world.province.add(cell)

    def _village(self, number: int) -> None:
        name, kind = ("Tổ dân phố", "to_dan_pho") if self.kind == "phường" else ("Thôn", "thon")
        cell = self._cell(number, f"{name[0].lower()}{name[1:]} {number}")
        village = Village(
            f"{self.commune.code}.T{number:02}",
            f"{name} {number}",
            kind,
            self.commune.code,
            [Stretch(None, cell.code)],
            PartialDate(SINCE),
        )
        self.world.villages.by_code[village.code] = village
        fellows = self._members(cell)
        fellow = self.chance.choice(fellows) if self.chance.random() < HEAD_IS_MEMBER else None
        head = fellow.name if fellow else person(self.chance, None, women=0.2).name
        self.world.heads.append(Head(village.code, head, fellow, SINCE))

    def _members(self, cell: Body) -> list[Fellow]:
        wanted = scaled(self.chance.randint(*MEMBERS), max(self.scale, 0.1))
        fellows = [self._fellow(cell) for _ in range(max(wanted, 3))]
        self.world.fellows.extend(fellows)
        return fellows

    def _fellow(self, cell: Body) -> Fellow:
        """Admitted where this province was not yet, and official before it came."""
        chance = self.chance
        admitted = random_day(chance, date(1990, 1, 1), date(2024, 3, 31))
        someone, age = person(chance, None), chance.randint(19, 38)
        born = random_day(chance, date(admitted.year - age, 1, 1), date(admitted.year - age, 12, 31))
        return Fellow(
            someone.name,
            someone.sex,
            PartialDate(born),
            PartialDate(admitted),
            admitted + timedelta(days=366 + chance.randint(0, 50)),
            [Stay(None, cell.code)],
            chance.gauss(0, 1),
            admitted_outside=True,
            arrived_on=SINCE,
            is_exempt=2025 - admitted.year + age > 66,
        )
