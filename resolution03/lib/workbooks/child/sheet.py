"""One sheet: its rows with content, said in batches.

Rows of the common shape go through `plain.PlainRows`; expat reads whatever else there is. Both make
the same cells.
"""

import re

from careful import CarefulRows
from cells import Cells
from limits import say
from parts import Part
from places import UsedColumns
from plain import PlainRows

OPENING = re.compile(rb"<sheetData(?: [^<>]*[^/<>])?>")


def read_sheet(workbook, name, *, is_careful):
    """Say the rows of a sheet; `is_careful`: leave all of it to expat."""
    cells, used = Cells(workbook), UsedColumns()
    plain, careful = PlainRows(cells, used), CarefulRows(cells, used)
    with workbook.archive.open(name) as stream:
        part = Part(stream, OPENING, b"</row>", is_plain=not is_careful)
        for block in part.blocks():
            rows = part.cut(block)
            read = _read(rows, plain, careful)
            if read < len(rows):
                part.put_back(rows[read:])
        plain.flush()
        _follow(plain, careful)
        for _read_so_far in part.finish(careful.parser()):
            careful.flush()
    hidden = sorted({*plain.hidden, *careful.hidden})
    say(
        {
            "merged": careful.merged,
            "fonts": cells.fonts_of_texts(),
            "hidden": hidden,
            "epoch": workbook.epoch,
        }
    )


def _read(rows, plain, careful):
    """How many of the rows, which have lost their end tags, were read."""
    for position, row in enumerate(rows):
        if plain.take(row):
            continue
        plain.flush()
        _follow(plain, careful)
        if not careful.read_one(row):
            return position
        careful.flush()
    return len(rows)


def _follow(plain, careful):
    """A row without a number of its own comes after the last one, however that was read."""
    if plain.last:
        careful.row, plain.last = int(plain.last[1]), None
