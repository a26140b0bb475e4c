"""What a table holds that can be read and is probably not meant: warnings, never faults.

Asked once for each distinct value of a column, so that a long sheet costs little more.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from resolution03.lib.dates import PartialDate, Precision, too_early
from resolution03.lib.encodings import Encoding, decode, old_font
from resolution03.lib.text import clean
from resolution03.lib.workbooks.cells import CODE, DATE, LAST_DAY, MARK, NUMBER
from resolution03.lib.workbooks.faults import Fault
from resolution03.lib.workbooks.headings import Header
from resolution03.lib.workbooks.kinds import Column
from resolution03.lib.workbooks.reading import Cell, Formula, Sheet

DATES = "doubtful_date"
OLD_FONT = "old_font"
HIDDEN = "hidden_rows"
YEARS = range(1900, 2101)
NO_YEAR_FROM = date(1910, 1, 1)
"""No number of YEARS is a day from here on, however a workbook counts its days."""
SHOWN = 30
_SWAPPED_UNTIL = 12


Known = Mapping[type, Mapping[Cell, object]]
"""The distinct cells of a column by their types, each with what was read from it."""


def doubt_rows(rows: Iterable, columns: Iterable[tuple[Column, Known]], sheet: Sheet) -> None:
    """Warn at the cells of data rows."""
    for column, known in columns:
        found = _doubts(column, known, sheet)
        for row in rows if found else ():
            cell = row.cells.get(column.key)
            if told := found.get((type(cell), cell)):
                row.warn(*told)


def doubts_of_sheet(
    rows: list, header: Header, columns: Iterable[tuple[int, Column, Known]], sheet: Sheet
) -> Iterator[Fault]:
    """What is told once of a whole sheet: columns whose days and months changed places, hidden rows."""
    for index, column, known in columns:
        if _is_date(column) and len(known) > 1 and _is_swapped(_said(known)):
            yield Fault(
                header.row, column.heading, None, DATES, _swapped(rows, column.key), header.cell_of(index)
            )
    hidden = [row.number for row in rows if row.number in sheet.hidden] if sheet.hidden else []
    if hidden:
        yield Fault(hidden[0], None, None, HIDDEN, _hidden(hidden))


def _doubts(column: Column, known: Known, sheet: Sheet) -> dict[tuple[type, Cell], tuple[str, str, str]]:
    """The warnings about the cells of a column, by the type and the value of the cell."""
    if _is_date(column):
        today = timezone.localdate()
        unlikely = _unlikely(column, known, today)
        told = ((cell, _of_day(column, sheet, today, cell, value)) for cell, value in unlikely)
        return {(type(cell), cell): (DATES, column.key, text) for cell, text in told if text}
    if column.type in (CODE, NUMBER, MARK):
        return {}
    fonts = ((cell, old_font(cell)) for cell in known.get(str, ()) if isinstance(cell, str))
    return {(str, cell): (OLD_FONT, column.key, _of_font(cell, font)) for cell, font in fonts if font}


def _said(known: Known) -> Iterator[tuple[Cell, object]]:
    return (pair for cells in known.values() for pair in cells.items())


def _unlikely(column: Column, known: Known, today: date) -> Iterable[tuple[Cell, PartialDate]]:
    """The dates of a column, unless they lie all where no doubt is."""
    days = [value.day for cells in known.values() for value in cells.values() if type(value) is PartialDate]
    likely_from = max(column.earliest or NO_YEAR_FROM, NO_YEAR_FROM)
    if not days or (min(days) >= likely_from and max(days) <= today):
        return ()
    return [(cell, value) for cell, value in _said(known) if type(value) is PartialDate]


def _of_day(column: Column, sheet: Sheet, today: date, cell: Cell, value: PartialDate) -> str:
    real = _real(cell)
    serial = real.toordinal() - sheet.epoch if real else None
    if serial in YEARS:
        text = _("%(day)s is the number %(year)s shown as a date: was the year %(year)s meant?")
        return text % {"day": value, "year": serial}
    if text := too_early(value, column.earliest):
        return text
    if value.day > today and not column.may_lie_ahead:
        return _("%(day)s: this day is still to come") % {"day": value}
    return ""


def _of_font(cell: str, font: Encoding) -> str:
    text = _("typed with an old font (%(font)s)? It would be “%(text)s”")
    return text % {"font": font.upper(), "text": clean(decode(cell, font))}


def _is_swapped(said: Iterable[tuple[Cell, object]]) -> bool:
    """Whether all real dates have a day up to 12 while all dates in text have one above."""
    seen = set()
    for cell, value in said:
        if type(value) is PartialDate and value.precision == Precision.DAY:
            is_real = _real(cell) is not None
            if is_real == (value.day.day > _SWAPPED_UNTIL):
                return False
            seen.add(is_real)
    return len(seen) > 1


def _swapped(rows: list, key: str) -> str:
    numbers = [row.number for row in rows if _real(row.cells.get(key))]
    text = _(
        "day and month may have changed places: all real dates have a day up to 12, all dates in "
        "text one above; the real ones stand in rows %(rows)s"
    )
    return text % {"rows": _listed(numbers)}


def _hidden(numbers: list[int]) -> str:
    text = _("hidden rows are read too: %(rows)s")
    return text % {"rows": _listed(numbers)}


def _listed(numbers: list[int]) -> str:
    """`2, 4, 6`; of many rows the first."""
    shown = ", ".join(map(str, numbers[:SHOWN]))
    if len(numbers) > SHOWN:
        more = _("%(rows)s … and %(count)s more")
        return more % {"rows": shown, "count": len(numbers) - SHOWN}
    return shown


def _is_date(column: Column) -> bool:
    return column.type in (DATE, LAST_DAY)


def _real(cell: Cell) -> date | None:
    """The day of a real date, or of a formula that gives one."""
    cell = cell.cached if isinstance(cell, Formula) else cell
    return cell if isinstance(cell, date) and not isinstance(cell, datetime) else None
