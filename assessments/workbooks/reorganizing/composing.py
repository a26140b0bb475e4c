"""A plan composed on a page: what is typed becomes the same workbook that an office could send."""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from openpyxl import Workbook

from assessments.workbooks.reorganizing.lines import Line
from assessments.workbooks.reorganizing.parts import Part, unplaced
from members.imports import MEMBERS
from orgs.imports import ORGANIZATIONS, REORGANIZATIONS, VILLAGES
from resolution03.lib.workbooks.kinds import Kind

NEW_ROWS = range(1, 5)
"""So many new bodies a page founds beside those into which others merge."""


@dataclass(frozen=True)
class NewBody:
    """A body that the page founds: parts of others go there."""

    number: int
    code: str = ""
    name: str = ""
    parent: str = ""
    level: str = ""
    form: str = ""

    @classmethod
    def read(cls, number: int, posted: Mapping[str, str]) -> "NewBody":
        names = [field.name for field in fields(cls)][1:]
        return cls(number, **{name: posted.get(f"found-{name}-{number}", "").strip()[:255] for name in names})


@dataclass(frozen=True)
class Composed:
    """All that is typed on the page."""

    lines: list[Line]
    parts: list[Part]
    news: list[NewBody]

    @property
    def faults(self) -> Iterator[str]:
        """What is not typed yet, body by body; that there is nothing at all."""
        chosen = [line for line in self.lines if line.what]
        if not chosen and not any(part.goes for part in self.parts):
            yield _("Say of at least one body what becomes of it.")
        for line in chosen:
            if line.missing:
                yield _("%(name)s: type %(missing)s.") % {"name": line.body, "missing": line.missing}
        yield from unplaced(self.lines, self.parts)

    def workbook(self, on: date, decision: str) -> SimpleUploadedFile:
        """The plan as a workbook of the kinds that it needs."""
        day = {"applies_on": f"{on:%d/%m/%Y}", "decision": decision}
        villages = [part for part in self.parts if part.goes and part.is_village]
        members = [part for part in self.parts if part.goes and not part.is_village]
        return _book(
            f"sap-xep-{on:%d-%m-%Y}.xlsx",
            [
                (ORGANIZATIONS, [_founded(new, on, decision) for new in self.news if new.code]),
                (VILLAGES, [_village(part) | day for part in villages]),
                (MEMBERS, [_member(part) | day for part in members]),
                (REORGANIZATIONS, [line.cells(on, decision) for line in self.lines if line.what]),
            ],
        )


def _founded(new: NewBody, on: date, decision: str) -> dict[str, str]:
    known = {field.name: getattr(new, field.name) for field in fields(new)}
    return known | {"established_on": f"{on:%d/%m/%Y}", "decision": decision}


def _village(part: Part) -> dict[str, str]:
    village = part.thing
    committee = part.committee or village.committee.code  # type: ignore[union-attr]  # a village has one
    known = {"code": village.code, "name": str(village), "committee": committee}
    return known | ({"cell": part.cell} if part.cell else {})


def _member(part: Part) -> dict[str, str]:
    member = part.thing
    admitted = member.admitted  # type: ignore[union-attr]  # a member has the day
    return {"code": member.code, "full_name": str(member), "admitted_on": str(admitted), "cell": part.cell}


def _book(name: str, sheets: Iterable[tuple[Kind, list[dict[str, str]]]]) -> SimpleUploadedFile:
    book = Workbook()
    book.remove(book.active)
    for kind, rows in sheets:
        if rows:
            sheet = book.create_sheet(kind.name)
            sheet.append([column.heading for column in kind.columns])
            for row in rows:
                sheet.append([row.get(column.key) or None for column in kind.columns])
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile(name, stream.getvalue())
