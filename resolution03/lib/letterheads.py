"""What stands around a report form in the Party's layout: header blocks, titles, signatures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from xlsxwriter.worksheet import Worksheet

from resolution03.lib.xlsx import Book

_PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
TITLE, _SUBTITLE, UNIT_LINE = 4, 5, 6
_SIGNED = 6
"""Rows from the signature block's first line to the names: room for hand and seal."""


@dataclass(frozen=True)
class Letterhead:
    """What stands around every form of one workbook; texts ready to print.

    `body`: the body above and the body itself; `signer`: for whom and as what somebody signs;
    `spell` gives a form's own words (title, headings, notes) the office's spelling.
    """

    body: tuple[str, str]
    place_and_date: str
    signer: tuple[str, ...]
    state: str
    number: str = ""
    signer_name: str = ""
    preparer: str = ""
    spell: Callable[[str], str] = str


class Titles(Protocol):
    """What a form says of itself above its table."""

    number: str
    title: str
    unit_line: str


def merge(sheet: Worksheet, top: int, left: int, bottom: int, right: int, text: str, look) -> None:
    """Write a text over some cells, or into the one."""
    if (top, left) != (bottom, right):
        sheet.merge_range(top, left, bottom, right, "", look)
    sheet.write_string(top, left, text, look)


def write_head(
    book: Book, sheet: Worksheet, head: Letterhead, titles: Titles, widths: Sequence[float]
) -> None:
    """The two blocks and the titles over columns of these widths; seven rows."""
    middle, last = _middle(widths), len(widths) - 1
    center = {"align": "center", "font_size": 12}
    rows = (
        (0, head.body[0], center, _PARTY, center | {"bold": True, "underline": 1}),
        (1, head.body[1], center | {"bold": True}, head.place_and_date, center | {"italic": True}),
        (2, "*", center, head.spell(titles.number), {"align": "center", "font_size": 10}),
        (3, head.number, center | {"font_size": 11}, "", center),
    )
    for row, left, left_look, right, right_look in rows:
        merge(sheet, row, 0, row, middle, left, book.format(**left_look))
        merge(sheet, row, middle + 1, row, last, right, book.format(**right_look))
    lines = (
        (TITLE, head.spell(titles.title), {"bold": True, "font_size": 14, "align": "center"}),
        (_SUBTITLE, head.state, {"italic": True, "font_size": 11, "align": "center"}),
        (UNIT_LINE, head.spell(titles.unit_line), {"italic": True, "font_size": 10, "align": "right"}),
    )
    for row, text, look in lines:
        merge(sheet, row, 0, row, last, text, book.format(**look))
    for row, height in {0: 18, 1: 18, 2: 15, 3: 17 if head.number else 6, TITLE: 22, _SUBTITLE: 17}.items():
        sheet.set_row(row, height)


def write_signs(book: Book, sheet: Worksheet, head: Letterhead, widths: Sequence[float], row: int) -> None:
    """Who prepared and who signs, from `row` on."""
    middle, last = _middle(widths), len(widths) - 1
    look = book.format(bold=True, align="center", font_size=12)
    merge(sheet, row, 0, row, middle, "NGƯỜI LẬP BIỂU", look)
    for line, text in enumerate(head.signer):
        merge(sheet, row + line, middle + 1, row + line, last, text, look)
    if head.preparer:
        merge(sheet, row + _SIGNED, 0, row + _SIGNED, middle, head.preparer, look)
    if head.signer_name:
        merge(sheet, row + _SIGNED, middle + 1, row + _SIGNED, last, head.signer_name, look)


def _middle(widths: Sequence[float]) -> int:
    """The last column of the left half, at least one column left for the right."""
    whole, so_far = sum(widths), 0.0
    for col, width in enumerate(widths):
        so_far += width
        if so_far * 2 >= whole:
            return min(col, len(widths) - 2)
    return 0
