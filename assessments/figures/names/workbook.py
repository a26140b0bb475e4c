"""The Excel of a list of names: the rows of the page, persons by their codes only."""

from collections.abc import Iterator

from django.db.models import QuerySet

from assessments.figures.indicator import PERSONAL
from assessments.figures.names.cells import Column, Row
from assessments.figures.names.lines import lines_before, loaded
from assessments.figures.names.table import Table
from assessments.rules.models.years import RatingYear
from orgs.jobs.declared import File
from orgs.jobs.phases import Count
from resolution03.lib import xlsx
from resolution03.lib.attachments import dump

_AT_ONCE = 2000
_WIDTHS = {"name": 40, "unit": 30, "above": 30, "cell": 30, "committee": 30, "document": 26}


def made(
    table: Table, found: QuerySet, user, before: RatingYear | None, *, place: str, written: Count
) -> File:
    """All rows of `found`, whatever page was shown."""
    figure = table.figure
    words = figure.indicator.words
    title = " · ".join(part for part in (str(words.short), place, str(figure.year)) if part)
    sheet = xlsx.ListSheet(title, tuple(_columns(table)), _rows(table, found, user, before, written))
    return File(f"{figure.code}-{figure.year}-{table.part}.xlsx", dump(sheet))


def _columns(table: Table) -> Iterator[xlsx.Column]:
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


def _rows(table: Table, found: QuerySet, user, before: RatingYear | None, written: Count) -> Iterator[Row]:
    """A few thousand at a time, each with its line of the year before."""
    start = 0
    while chunk := loaded(found, table.subject, start, start + _AT_ONCE, are_many=True):
        yield from table.rows(chunk, lines_before(user, before, table.subject, chunk, are_many=True))
        start += _AT_ONCE
        written.add(len(chunk))
