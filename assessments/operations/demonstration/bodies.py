"""The invented organizations, as they are planned."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from assessments.operations.demonstration.gazetteer import Commune
from resolution03.lib.dates import PartialDate

COMMITTEE, CELL, SECTION = "committee", "cell", "section"


@dataclass(frozen=True, slots=True)
class Move:
    """From `on` the organization stands under `parent` (a code)."""

    on: date
    parent: str
    decision: str


@dataclass(slots=True)
class Body:
    """One party organization; `parent` is its first parent, later ones stand in `moves`. `is_merged`: at its
    end it goes into the one that takes its members."""

    code: str
    name: str
    form: str
    parent: str | None
    type_label: str = ""
    founded: PartialDate | None = None
    dissolved_on: date | None = None
    decision: str = ""
    is_merged: bool = False
    merged_into: str | None = None
    moves: list[Move] = field(default_factory=list)
    former_names: list[tuple[str, date, str]] = field(default_factory=list)
    kinh: float = 0.5
    peoples: tuple[str, ...] = ()
    size: float = 1.0

    def exists_through(self, year: int) -> bool:
        """Founded before `year` and not dissolved in it."""
        founded = self.founded is None or self.founded.day.year < year
        return founded and (self.dissolved_on is None or self.dissolved_on.year > year)


@dataclass(slots=True)
class Province:
    """All organizations by code, parents before children, in the office's order."""

    bodies: dict[str, Body] = field(default_factory=dict)
    communes: dict[str, Commune] = field(default_factory=dict)

    def add(self, body: Body) -> Body:
        self.bodies[body.code] = body
        return body

    def children(self, code: str) -> list[Body]:
        return [body for body in self.bodies.values() if body.parent == code]

    def grassroots(self) -> Iterator[Body]:
        return (body for body in self.bodies.values() if body.code.count(".") == 1)


def decision(chance: Random, sign: str) -> str:
    return f"Số {chance.randint(12, 980)}-QĐ/{sign}"
