"""Text of an old font in a sheet: suspected, shown before and after, never converted unasked. Pure."""

from itertools import islice

from assessments.workbooks.layouts.header_rows import header_row_of
from assessments.workbooks.layouts.reading import headings
from resolution03.lib.encodings import Encoding, decode, detect, old_font
from resolution03.lib.text import clean
from resolution03.lib.workbooks.reading import Sheet

LOOKED_AT, SHOWN = 2_000, 10


def suspected(sheet: Sheet) -> Encoding | None:
    """The encoding in which the texts of a sheet seem to be typed; None for Unicode."""
    return detect(_texts(sheet), sheet.fonts)


def has_old_headings(sheet: Sheet) -> bool:
    """Whether the headings are of an old font as well, so that nothing can be read before the sheet is
    converted; else its cells are offered one by one."""
    found = headings(sheet, header_row_of(sheet))
    return any(old_font(heading) for heading in found.values())


def samples(sheet: Sheet, encoding: Encoding) -> list[list[str]]:
    """The first different texts that would change: [before, after] each."""
    changed = (
        [clean(text)[:80], clean(decode(text, encoding))[:80]]
        for text in _texts(sheet)
        if decode(text, encoding) != text
    )
    return list(islice(changed, SHOWN))


def _texts(sheet: Sheet) -> list[str]:
    """The first different texts of a sheet."""
    cells = (cell for _number, cells in sheet.rows for cell in cells if type(cell) is str)
    return list(dict.fromkeys(islice(cells, LOOKED_AT)))
