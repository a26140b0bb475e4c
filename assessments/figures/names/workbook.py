"""The Excel of a list of names: the rows of the page, persons by their codes only."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from django.db.models import QuerySet

from assessments.figures.indicator import PERSONAL
from assessments.figures.names.cells import Column, Row
from assessments.figures.names.lines import lines_before, loaded
from assessments.roster.models.tallies import Subject
from assessments.rules.models.years import RatingYear
from orgs.jobs.declared import File
from orgs.jobs.phases import Count
from resolution03.lib import xlsx
from resolution03.lib.attachments import dump

_AT_ONCE = 2000
_WIDTHS = {"name": 40, "unit": 30, "above": 30, "cell": 30, "committee": 30, "document": 26}


class Listed(Protocol):
    """A table of lines: of one subject, its columns, and a row for each line. `listed`: a key of
    table.POPULATIONS."""

    subject: Subject

    @property
    def listed(self) -> str: ...

    @property
    def columns(self) -> list[Column]: ...

    def rows(self, found: Iterable, before: dict | None = None) -> list[Row]: ...


def made(
    table: Listed, found: QuerySet, user, before: RatingYear | None, *, title: str, name: str, written: Count
) -> File:
    """All rows of `found`, whatever page was shown; `name`: of the file, without its ending."""
    sheet = xlsx.ListSheet(title, tuple(_columns(table)), _rows(table, found, user, before, written))
    return File(f"{name}.xlsx", dump(sheet))


def _columns(table: Listed) -> Iterator[xlsx.Column]:
    for column in table.columns:
        if column.key == "name" and table.subject in PERSONAL:
            continue
        fmt = {"number": "number", "day": "date"}.get(column.kind, "text")
        yield xlsx.Column(str(column.label), _cell(column), _WIDTHS.get(column.key, 16), fmt)


def _cell(column: Column):
    def value(row: Row):
        found = row.cell(column)
        return str(found) if column.kind in ("level", "change") and found else found

    return value


def _rows(table: Listed, found: QuerySet, user, before: RatingYear | None, written: Count) -> Iterator[Row]:
    """A few thousand at a time, each with its line of the year before."""
    start = 0
    while chunk := loaded(found, table.listed, start, start + _AT_ONCE, are_many=True):
        yield from table.rows(chunk, lines_before(user, before, table.subject, chunk, are_many=True))
        start += _AT_ONCE
        written.add(len(chunk))
