"""The organizations of the demonstration province, with what became of them over the years."""

from datetime import date, timedelta
from random import Random

from assessments.operations.demonstration import offices
from assessments.operations.demonstration.bodies import CELL, COMMITTEE, SECTION, Body, Province
from assessments.operations.demonstration.gazetteer import PROVINCE, UNITS, Commune, Unit, communes_of
from resolution03.lib.dates import PartialDate, Precision

FIRST_YEAR, LAST_YEAR = 2016, 2025


def random_day(chance: Random, first: date, last: date) -> date:
    """A day from `first` to `last`, both included."""
    return first + timedelta(days=chance.randint(0, (last - first).days))


def scaled(number: float, scale: float) -> int:
    """`number` at a scale in (0, 1], at least one."""
    return max(1, round(number * scale))


def plan(chance: Random, scale: float = 1.0) -> Province:
    """The province at a scale in (0, 1], without its villages and their cells."""
    province = Province()
    code, name = PROVINCE
    province.add(Body(code, name, COMMITTEE, None, founded=_year(1930)))
    for unit in UNITS:
        founded = _year(1975) if unit.district else _year(1991)
        province.add(Body(unit.code, unit.name, COMMITTEE, code, founded=founded))
    for unit in UNITS:
        _communes(province, chance, unit, scale)
        _committees(province, chance, unit, scale)
        _cells(province, chance, unit, scale)
    _section(province)
    return province


def _year(year: int) -> PartialDate:
    return PartialDate(date(year, 1, 1), Precision.YEAR)


def _founded(chance: Random) -> PartialDate | None:
    """Founding dates as registers know them: a day, a month, a year, or not at all."""
    day = random_day(chance, date(1985, 1, 1), date(2012, 12, 31))
    precision = chance.choice((Precision.DAY, Precision.MONTH, Precision.YEAR, None))
    return PartialDate(day, precision).first_day() if precision else None


def _communes(province: Province, chance: Random, unit: Unit, scale: float) -> None:
    communes = communes_of(unit)
    for number, commune in enumerate(communes[: scaled(len(communes), scale)], start=1):
        body = province.add(
            Body(
                f"{unit.code}.X{number:02}",
                f"Đảng bộ {commune.kind} {commune.name}",
                COMMITTEE,
                unit.code,
                commune.kind.capitalize(),
                _founded(chance),
                kinh=_share(chance, unit, commune),
                peoples=unit.peoples,
            )
        )
        province.communes[body.code] = commune


def _share(chance: Random, unit: Unit, commune: Commune) -> float:
    share = unit.kinh + chance.uniform(-0.25, 0.15) + (0.2 if commune.is_town else 0)
    return min(max(share, 0.05), 0.95)


def commune_offices(province: Province, chance: Random, commune: Body, first: int) -> None:
    """The cells of a commune's offices and schools, numbered from `first` (after the villages')."""
    kind = province.communes[commune.code].kind
    for number, office in enumerate(offices.COMMUNE_CELLS[: chance.choice((4, 4, 4, 5, 5))]):
        province.add(
            Body(
                f"{commune.code}.{first + number:02}",
                f"Chi bộ {office} {kind}",
                CELL,
                commune.code,
                founded=_founded(chance),
                kinh=min(commune.kinh + 0.2, 0.95),
                peoples=commune.peoples,
                size=1.5 if number == 0 else 0.9,
            )
        )


def _committees(province: Province, chance: Random, unit: Unit, scale: float) -> None:
    names = offices.committees_of(unit.code, bool(unit.district))
    for number in range(1, scaled(unit.committees, scale) + 1):
        name, kind = offices.named(names, number)
        code = f"{unit.code}.D{number:02}"
        province.add(Body(code, f"Đảng bộ {name}", COMMITTEE, unit.code, kind, _founded(chance)))
        _parts(province, chance, code, unit, chance.choice((5, 6, 6, 6, 7, 7, 7)))


def _parts(province: Province, chance: Random, code: str, unit: Unit, count: int) -> None:
    for number in range(1, count + 1):
        province.add(
            Body(
                f"{code}.{number:02}",
                f"Chi bộ {offices.PARTS[number - 1]}",
                CELL,
                code,
                founded=_founded(chance),
                kinh=0.85,
                peoples=unit.peoples,
                size=chance.uniform(0.8, 1.4),
            )
        )


def _cells(province: Province, chance: Random, unit: Unit, scale: float) -> None:
    names = offices.cells_of(unit.code, bool(unit.district))
    for number in range(1, scaled(unit.cells, scale) + 1):
        name, kind = offices.named(names, number)
        province.add(
            Body(
                f"{unit.code}.C{number:02}",
                f"Chi bộ {name}",
                CELL,
                unit.code,
                kind,
                _founded(chance),
                kinh=min(unit.kinh + 0.2, 0.9),
                peoples=unit.peoples,
                size=chance.uniform(0.7, 1.5),
            )
        )


def _section(province: Province) -> None:
    """The one section committee, with the cells that stand below it."""
    hospital = next(
        (body for body in province.grassroots() if "Bệnh viện" in body.name),
        next(body for body in province.grassroots() if body.code.startswith("KC.D")),
    )
    parts = province.children(hospital.code)[-3:]
    section = Body(
        f"{hospital.code}.B1",
        "Đảng bộ bộ phận Khối chuyên môn",
        SECTION,
        hospital.code,
        founded=PartialDate(date(2008, 12, 28)),
    )
    before = {code: province.bodies.pop(code) for code in [part.code for part in parts]}
    province.add(section)
    for number, part in enumerate(before.values(), start=1):
        part.code, part.parent = f"{section.code}.{number:02}", section.code
        province.add(part)
