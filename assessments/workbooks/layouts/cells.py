"""Single cells of an old font among Unicode ones: offered one by one, converted where chosen. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from itertools import islice

from resolution03.lib.encodings import Encoding, decode, old_font
from resolution03.lib.text import clean
from resolution03.lib.workbooks.doubts import OLD_FONT
from resolution03.lib.workbooks.faults import cell_name
from resolution03.lib.workbooks.reading import Cell, Sheet
from resolution03.lib.workbooks.table import Table

MOST_OFFERED = 300


@dataclass(frozen=True, slots=True)
class OldCell:
    """A cell (`B19`) with its text in the file and in Unicode."""

    cell: str
    row: int
    column: str
    before: str
    after: str
    font: str
    is_converted: bool


def converted(sheet: Sheet, chosen: Mapping[str, str]) -> Sheet:
    """The sheet with the chosen cells in Unicode; `chosen`: their fonts by cell."""
    if not chosen:
        return sheet
    return replace(
        sheet,
        rows=[
            (number, [_text(cell, chosen.get(cell_name(number, at))) for at, cell in enumerate(cells)])
            for number, cells in sheet.rows
        ],
    )


def offers(sheet: Sheet, table: Table, chosen: Mapping[str, str]) -> list[dict]:
    """What the page offers of a sheet as it stands in the file: the cells that are converted, and the
    first MOST_OFFERED others of which the table warns."""
    told = (fault for row in table.rows for fault in row.warnings if fault.code == OLD_FONT)
    fonts = ((fault.cell, old_font(fault.value or "")) for fault in islice(told, MOST_OFFERED))
    left: dict[str, str] = {cell: font for cell, font in fonts if cell and font}
    return [asdict(one) for one in _cells(sheet, table, left | dict(chosen), set(chosen))]


def _cells(sheet: Sheet, table: Table, fonts: Mapping[str, str], chosen: set[str]) -> Iterable[OldCell]:
    headings = {index: column.heading for index, column in table.header.columns}
    for number, cells in sheet.rows:
        for at, text in enumerate(cells) if fonts else ():
            cell = cell_name(number, at)
            if cell in fonts and type(text) is str:
                font = Encoding(fonts[cell])
                after = clean(decode(text, font))
                yield OldCell(cell, number, headings.get(at, ""), clean(text), after, font, cell in chosen)


def _text(cell: Cell, font: str | None) -> Cell:
    return decode(cell, Encoding(font)) if font and isinstance(cell, str) else cell
