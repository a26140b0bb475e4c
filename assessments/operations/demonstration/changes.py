"""What became of organizations between 2016 and 2025: founded, renamed, moved, dissolved."""

from datetime import date
from random import Random

from assessments.operations.demonstration.bodies import CELL, Body, Move, Province, decision
from assessments.operations.demonstration.province import random_day, scaled
from resolution03.lib.dates import PartialDate


def apply(province: Province, chance: Random, scale: float) -> None:
    """Let the organizations beside those of villages change as they do over ten years."""
    _rename(province, chance)
    _move(province, chance)
    _found(province, chance, scaled(14, scale))
    _dissolve(province, chance, scaled(16, scale))


def _rename(province: Province, chance: Random) -> None:
    renamed = [
        ("Đảng bộ thị trấn Măng Đen", "Đảng bộ xã Đắk Long", date(2019, 4, 1)),
        ("Đảng bộ Trung tâm Y tế huyện", "Đảng bộ Bệnh viện Đa khoa huyện", date(2018, 7, 1)),
        ("Chi bộ Văn phòng cấp ủy", "Chi bộ Văn phòng", date(2017, 3, 1)),
    ]
    for body in province.bodies.values():
        for name, former, until in renamed:
            if body.name == name:
                unit = body.code.split(".")[0]
                body.former_names.append((former, until, decision(chance, f"{unit}U")))


def _move(province: Province, chance: Random) -> None:
    """Between units in 2020, within a unit in 2018, and below a committee in 2021."""
    cells = [body for body in province.grassroots() if body.form == CELL]
    agency = [body for body in cells if body.code.startswith("KC.")]
    city = [body for body in cells if body.code.startswith("TP.")]
    committee = province.bodies["KC.D02" if "KC.D02" in province.bodies else "KC.D01"]
    agency[0].moves.append(Move(date(2020, 3, 1), "TP", decision(chance, "TU")))
    city[-1].moves.append(Move(date(2018, 6, 1), "KC", decision(chance, "TU")))
    if len(agency) > 2:
        agency[2].moves.append(Move(date(2021, 1, 15), committee.code, decision(chance, "ĐU")))


def _changeable(province: Province) -> list[Body]:
    """Small cells that nothing else of the story needs."""
    return [
        body
        for body in province.bodies.values()
        if body.form == CELL
        and not body.moves
        and not body.former_names
        and ".X" not in body.code
        and ".B1" not in body.code
        and not body.code.endswith(".01")
    ]


def _found(province: Province, chance: Random, count: int) -> None:
    for body in chance.sample(_changeable(province), count):
        body.founded = PartialDate(random_day(chance, date(2016, 3, 1), date(2024, 10, 31)))


def _dissolve(province: Province, chance: Random, count: int) -> None:
    """Beside the planned number, so that the planned size stands at the end."""
    candidates = [body for body in _changeable(province) if not _is_new(body)]
    for model in chance.sample(candidates, count):
        stem, number = model.code[:-2], int(model.code[-2:])
        taken = [int(code[-2:]) for code in province.bodies if code[:-2] == stem]
        province.add(
            Body(
                f"{stem}{max(taken) + 1:02}",
                f"{model.name} (cũ)",
                CELL,
                model.parent,
                model.type_label,
                model.founded,
                dissolved_on=random_day(chance, date(2017, 2, 1), date(2024, 11, 30)),
                decision=decision(chance, "ĐU"),
                kinh=model.kinh,
                peoples=model.peoples,
                size=0.4 + 0.01 * number,
            )
        )


def _is_new(body: Body) -> bool:
    return body.founded is not None and body.founded.day.year >= 2016
