"""Where the headings of a sheet stand, and the year in the titles above."""

import re
from collections.abc import Mapping as MappingOf

from assessments.roster.models.counts import Period
from assessments.workbooks.kinds.listed import kind_of
from assessments.workbooks.kinds.roles import SEXES
from assessments.workbooks.layouts.mapping import Mapping
from resolution03.lib.text import fold, match_key
from resolution03.lib.workbooks.headings import HEADER_WITHIN, is_numbering
from resolution03.lib.workbooks.reading import Cell, Sheet

_HALF = re.compile(r"\b(?:6|sau) thang\b")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def year_in_titles(sheet: Sheet, header_row: int) -> int | None:
    """The one year that the titles above the header name, or None."""
    years = {int(year) for text in _titles(sheet, header_row) for year in YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


def period_in_titles(sheet: Sheet, mapping: Mapping) -> str:
    """The half-year, where the titles above the header name it and no column gives the period; "" of the
    year, and of kinds that know no periods."""
    is_asked = "period" in mapping.of_kind.by_key and "period" not in mapping.keys
    is_half = is_asked and any(_HALF.search(fold(text)) for text in _titles(sheet, mapping.header_row))
    return Period.HALF if is_half else ""


def _titles(sheet: Sheet, header_row: int) -> list[str]:
    titles = [cells for number, cells in sheet.rows if number < header_row]
    return [cell for cells in titles for cell in cells if type(cell) is str]


def score(name: str, roles: dict[int, str], found: MappingOf[int, str]) -> int:
    """How well a kind fits: what is recognized, less twice what it would lack; a column of full
    names speaks for a list of persons, and a list of ratings has a column of levels."""
    mapping, kind = Mapping(name, 1, 1, roles), kind_of(name)
    about = kind.about(mapping.of_kind)
    lacks = len([column for column in mapping.missing if column.key != "year"])
    lacks += bool(about) and not mapping.keys & about
    about_persons = any(re.search(r"\bho\b.* ten", fold(heading)) for heading in found.values())
    return len(roles) - 2 * lacks + (about_persons == kind.names_persons)


def header_row_of(sheet: Sheet) -> int:
    """The early row with the most different texts; the first such."""
    best = (0, sheet.rows[0][0] if sheet.rows else 1)
    for number, cells in sheet.rows:
        if number > HEADER_WITHIN:
            break
        texts = {cell for cell in cells if type(cell) is str and not cell[:1].isdigit()}
        if len(texts) > best[0] and not is_numbering(cells):
            best = (len(texts), number)
    return best[1]


def header_rows(sheet: Sheet, row: int) -> int:
    """Two where a cell is merged over both rows, or a caption stands over several columns; merged or
    not, "Nam" and "Nữ" below a birth are headings."""
    below = next((cells for number, cells in sheet.rows if number == row + 1), [])
    if not _is_words(below):
        return 1
    spans = any(top == row and (bottom > row or right > left) for top, left, bottom, right in sheet.merged)
    sexes = {match_key(cell) for cell in below if type(cell) is str} >= {
        match_key(word) for word in SEXES.values()
    }
    return 2 if spans or sexes else 1


def _is_words(cells: list[Cell]) -> bool:
    filled = [cell for cell in cells if cell is not None]
    return bool(filled) and all(type(cell) is str for cell in filled) and not is_numbering(cells)
