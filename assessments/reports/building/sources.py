"""How a form is declared, and the forms of one workbook, which take their numbers from each other."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessments.reports.building.matter import Matter
from assessments.reports.building.names import Names
from resolution03.lib.forms_xlsx import TOTAL, Form


@dataclass(frozen=True)
class Check:
    """One cell and what the system says should stand there."""

    form: Form
    row: Any
    column: str
    words: str
    system: Any

    @property
    def cached(self) -> Any:
        return self.form.value(self.row, self.column)

    @property
    def agrees(self) -> bool:
        return (self.cached if self.cached != "" else None) == self.system


@dataclass(frozen=True)
class Part:
    """A number that one form takes from another: where it stands, and what stands there."""

    formula: str
    value: int | None


class Sources:
    """The forms of one workbook, each made once. A form that is asked for but not written, in a
    workbook of one form, gives its numbers without the address of a cell."""

    def __init__(self, matter: Matter, sheets: Iterable["Sheet"], known: Mapping[str, "Sheet"]):
        self.matter = matter
        self.sheets = tuple(part for sheet in sheets for part in sheet.parts(matter))
        self._known = {**known, **{sheet.key: sheet for sheet in self.sheets}}
        self._written = {sheet.key for sheet in self.sheets}
        self._forms: dict[str, Form] = {}
        self._made: dict[Callable, Any] = {}

    @cached_property
    def names(self) -> Names:
        return Names(self.matter)

    def once(self, make: Callable[[Matter], Any]) -> Any:
        """What making and checking a form both need, made the first time."""
        if make not in self._made:
            self._made[make] = make(self.matter)
        return self._made[make]

    def form(self, key: str) -> Form:
        if key not in self._forms:
            self._forms[key] = self._known[key].build(self.matter, self)
        return self._forms[key]

    def part(self, key: str, columns: Iterable[str], row: Any = TOTAL) -> Part:
        """The sum of some columns of a row; nothing where nothing is known."""
        form = self.form(key)
        held = [column for column in columns if form.has(column)]
        known = [value for value in (form.value(row, column) for column in held) if value is not None]
        if not known:
            return Part("", None)
        cells = [form.ref(row, column) for column in held]
        return Part("+".join(cells) if key in self._written else "", sum(known))


def no_checks(sources: Sources, form: Form) -> Iterable[Check]:
    """Of a form for which the system has no figure of its own."""
    return ()


@dataclass(frozen=True)
class Sheet:
    """A form as it is declared. `tag` stands in its code on paper; `checks`: what the system says
    should stand in its cells; `split`: the sheets over which its columns are laid, where one sheet of paper
    does not hold them."""

    key: str
    tag: str
    build: Callable[[Matter, Sources], Form]
    checks: Callable[[Sources, Form], Iterable[Check]] = no_checks
    split: Callable[[Matter], Sequence["Sheet"]] | None = None

    def parts(self, matter: Matter) -> Sequence["Sheet"]:
        """What is written of it: itself, or its sheets."""
        return self.split(matter) if self.split else (self,)
