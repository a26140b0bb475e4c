"""Possible doubles among the new members of a batch, each beside whom they may be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.workbooks.layouts.persons import ANOTHER
from members.models import Member
from resolution03.lib.dates import written

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Person:
    """One side: a row of the file or a member in the system, who may have left."""

    code: str
    name: str
    born: str
    admitted: str
    cell: str
    where: str


@dataclass(frozen=True, slots=True)
class Case:
    """A row of the file and who it may be; `field` names its choice in the form."""

    upload: int
    sheet: str
    row: int
    person: Person
    others: list[Person]

    @property
    def field(self) -> str:
        return f"p{self.upload}-{self.person.code}"


def cases_of(sheets: Iterable[dict], user) -> list[Case]:
    """The open cases of a batch, the first SHOWN, beside members whom the user may see."""
    found = [(sheet, double) for sheet in sheets for double in sheet["note"].get("persons", ())]
    shown = found[:SHOWN]
    codes = {code for _sheet, double in shown for code in double["members"]}
    stored = _stored(user, codes) if codes else {}
    return [_case(sheet, double, stored) for sheet, double in shown]


def chosen(cases: Iterable[Case], sent: Mapping[str, str]) -> dict[int, dict[str, str]]:
    """What the form decides, by upload and the code in the file; nothing else than it offered."""
    answers: dict[int, dict[str, str]] = {}
    for case in cases:
        value = sent.get(case.field, "")
        if value == ANOTHER or value in {person.code for person in case.others}:
            answers.setdefault(case.upload, {})[case.person.code] = value
    return answers


def _case(sheet: dict, double: dict, stored: dict[str, Person]) -> Case:
    others = [stored[code] for code in double["members"] if code in stored]
    others += [_of_file(other) for other in double["rows"]]
    return Case(sheet["upload"].pk, sheet["sheet"], double["row"], _of_file(double), others)


def _of_file(double: dict) -> Person:
    code, name, born, admitted, cell = (double[key] for key in ("code", "name", "born", "admitted", "cell"))
    return Person(code, name, born, admitted, cell, "file")


def _stored(user, codes: set[str]) -> dict[str, Person]:
    fields = (
        "code",
        "full_name",
        "born_on",
        "born_precision",
        "admitted_on",
        "admitted_precision",
        "cell__name",
        "cell__code",
        "left_on",
    )
    found = Member.objects.visible_to(user).filter(code__in=codes).values_list(*fields)
    return {
        code: Person(
            code,
            name,
            written(born, born_as),
            written(admitted, admitted_as),
            f"{cell} ({cell_code})",
            "left" if left else "system",
        )
        for code, name, born, born_as, admitted, admitted_as, cell, cell_code, left in found
    }
