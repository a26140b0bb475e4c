"""The control sheet notices whatever is changed in a workbook that has left: one cell of each kind."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO

import openpyxl
import pytest
from django.db import transaction
from openpyxl.utils import get_column_letter, range_boundaries

from assessments.reports import declared
from orgs.versions import writing
from resolution03.lib.checksums import Strip, Sums
from tests.assessments import hostile
from tests.assessments.office_files import recalculated_together, values

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NAME, FLAT = "Kiểm tra", "Bảng số liệu"
SLUGS = ("steering-committee", "return", "blank", "flat", "members-list", "left", "not-rated-members")
"""Between them every form of every report; `admitted` differs from `left` by a column less."""

Cell = tuple[str, str]
Spoil = Callable[[openpyxl.Workbook, openpyxl.Workbook], set[Cell]]
"""Changes a workbook, of which the second argument has the values, and names the cells it changed."""


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker) -> dict[str, bytes]:
    """The reports of a closed year of the province, built once."""
    with django_db_blocker.unblock(), writing():
        hostile.build()
        files = {slug: declared.BY_SLUG[slug].build(hostile.matter(2018)) for slug in SLUGS}
        transaction.set_rollback(True)
    return files


def columns(sheet) -> Iterator[list]:
    """The cells of each column of a form's table, below its headings: they are the ones with a
    border; the flat table has none, and no heading but the first row."""
    first = 2 if sheet.title == FLAT else 11
    for column in sheet.iter_cols(min_row=first, max_col=sheet.max_column):
        cells = [cell for cell in column if sheet.title == FLAT or cell.border.left.style]
        if cells:
            yield cells


def forms(book) -> list:
    return [sheet for sheet in book if sheet.title != NAME]


def other(value):
    """Another value of the same kind; of a text one as long that ends otherwise."""
    if isinstance(value, datetime):
        return value + timedelta(days=1)
    if isinstance(value, (int, float)):
        return value + 1
    return value[:-1] + ("a" if value[-1] != "a" else "b") if value else 7


def at(place: int, change: Callable) -> Spoil:
    """Change the cell of each column at a place; 0 the first, -1 the last, 0.5 in the middle."""

    def spoil(book, kept):
        found = set()
        for sheet in forms(book):
            for cells in columns(sheet):
                cell = cells[len(cells) // 2] if place == 0.5 else cells[place]
                value = kept[sheet.title][cell.coordinate].value
                value = None if value == "" else value
                if change(value) != value:
                    cell.value = change(value)
                    found.add((sheet.title, cell.coordinate))
        return found

    return spoil


def exchanged(book, kept):
    """Two cells of a column that differ: the sum stays."""
    found = set()
    for sheet in forms(book):
        for cells in columns(sheet):
            plain = [cell for cell in cells if cell.data_type != "f" and cell.value not in (None, "")]
            another = next((cell for cell in plain[1:] if cell.value != plain[0].value), None)
            if another:
                plain[0].value, another.value = another.value, plain[0].value
                found |= {(sheet.title, cell.coordinate) for cell in (plain[0], another)}
    return found


def moved(book, kept):
    """One from a number to the number right of it: totals of the row stay."""
    found = set()
    for sheet in forms(book):
        for cells in columns(sheet):
            cell = cells[0]
            right = sheet.cell(cell.row, cell.column + 1)
            if (sheet.title, cell.coordinate) not in found and _counts(cell) and _counts(right):
                cell.value, right.value = cell.value - 1, right.value + 1
                found |= {(sheet.title, one.coordinate) for one in (cell, right)}
    return found


def frozen(book, kept):
    """Formulas overwritten by what they gave, and a number beside them changed."""
    found = set()
    for sheet in forms(book):
        for cells in columns(sheet):
            for cell in cells:
                if cell.data_type == "f":
                    cell.value = kept[sheet.title][cell.coordinate].value
            if _counts(cells[0]):
                cells[0].value += 1
                found.add((sheet.title, cells[0].coordinate))
    return found


def _counts(cell) -> bool:
    return isinstance(cell.value, int) and cell.column > 2


QUICK: dict[str, Spoil] = {
    "changed-first": at(0, other),
    "exchanged": exchanged,
    "emptied-last": at(-1, lambda value: None),
}
KINDS: dict[str, Spoil] = QUICK | {
    "changed-middle": at(0.5, other),
    "changed-last": at(-1, other),
    "moved": moved,
    "frozen": frozen,
    "emptied-first": at(0, lambda value: None),
    "emptied-middle": at(0.5, lambda value: None),
}


SINGLES = (
    ("DS 01 TCCSĐ", "C11", "khác", "C11"),
    ("DS 05 Thôn trưởng", "C12", "khác", "C12"),
    ("DS 04 Thôn trắng", "C12", "漢", "C8:"),
    ("06 Biến động", "C11", "x", "C11"),
    ("01 TCCSĐ", "E12", 7, "E12"),
    ("05 Kết nạp", "G11", "2", "G8:"),
    ("07 Tiến độ", "P11", 1, "P11"),
    ("03 Đảng viên", "D9", "Chính thức", "D9"),
    ("04 Thôn", "A5", "TÊN KHÁC", "A5"),
    ("02 Trực thuộc", "A15", "Ghi chú khác.", "A15"),
)
"""(sheet, cell, what is typed, what the control sheet names): to the cell, also where a total changes
with it, but where a text takes a number's place or has a letter that no form had."""


@pytest.mark.once
def test_a_changed_cell_of_the_whole_report_is_noticed(made, tmp_path):
    """A few kinds, and single changes; the long test has all kinds and forms."""
    kinds = QUICK | {"single": _singles}
    computed = _notices({"steering-committee": made["steering-committee"]}, kinds, tmp_path)
    named = wrong(computed["steering-committee-single"])
    for sheet, _cell, _value, place in SINGLES:
        assert any(one.startswith(f"{sheet}!{place}") for one in named), (sheet, place, named)


def _singles(book, kept):
    for sheet, cell, value, _place in SINGLES:
        book[sheet][cell].value = value
    return {(sheet, cell) for sheet, cell, _value, _place in SINGLES}


@pytest.mark.long
@pytest.mark.once
def test_a_changed_cell_of_each_kind_is_noticed(made, tmp_path):
    """All forms × columns × first, middle and last row, in one run of LibreOffice."""
    _notices(made, KINDS, tmp_path)


def _notices(made: dict[str, bytes], kinds: dict[str, Spoil], tmp_path) -> dict[str, dict]:
    """Every cell changed is named, and every foot says how many do not agree. Gives what was computed
    of each copy."""
    spoiled, changed = dict(made), {}
    for slug, content in made.items():
        for kind, spoil in kinds.items():
            name = f"{slug}-{kind}"
            bad, cells = _spoil(content, spoil)
            if cells:  # not every form has formulas, or two numbers side by side
                spoiled[name], changed[name] = bad, cells
    assert changed and all(f"steering-committee-{kind}" in changed for kind in kinds)
    computed = recalculated_together(spoiled, tmp_path)
    for slug in made:
        assert {said(foot) for foot in feet(computed[slug])} == {0}, slug
    for name, cells in changed.items():
        named = wrong(computed[name])
        missed = [cell for cell in cells if not any(covers(place, cell) for place in named)]
        assert missed == [], (name, missed[:20])
        assert {said(foot) for foot in feet(computed[name])} == {len(named)}, name
    return computed


def _spoil(content: bytes, spoil: Spoil) -> tuple[bytes, set[Cell]]:
    book = openpyxl.load_workbook(BytesIO(content))
    cells = spoil(book, _kept(content))
    for cell in (cell for sheet in book for row in sheet for cell in row):
        if cell.value == "_x000D_":
            cell.value = "_x005F_x000D_"  # openpyxl writes it as a line break
    changed = BytesIO()
    book.save(changed)
    return changed.getvalue(), cells


@cache
def _kept(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content), data_only=True)


def feet(computed: dict) -> list[str]:
    return [text for text in map(str, computed.values()) if text.startswith("Kiểm tra số liệu: ")]


def said(foot: str) -> int:
    """How many things a foot says do not agree."""
    agreeing, every = map(int, foot.rpartition(" ")[2].split("/"))
    return every - agreeing


def wrong(computed: dict) -> list[str]:
    return [
        str(value).removeprefix("lệch: ")
        for (sheet, cell), value in computed.items()
        if sheet == NAME and str(value).startswith("lệch: ")
    ]


def covers(place: str, cell: Cell) -> bool:
    """Whether `01 TCCSĐ!D8:D25` speaks of a cell."""
    sheet, _mark, cells = place.rpartition("!")
    left, top, right, bottom = range_boundaries(cells)
    column, row, *_same = range_boundaries(cell[1])
    return sheet == cell[0] and left <= column <= right and top <= row <= bottom


@pytest.mark.once
def test_the_sums_are_those_of_what_was_written(made):
    """Another reader's cells give what the control sheet says, in every column of every report."""
    for slug, content in made.items():
        book, sums = openpyxl.load_workbook(BytesIO(content), data_only=True), Sums("")
        lines = [
            row
            for row in book[NAME].iter_rows(11, max_col=8, values_only=True)
            if str(row[3]).startswith("Tổng kiểm tra: ")
        ]
        assert len(lines) > 5, slug
        for _tt, sheet, cells, _words, formula, cached, system, result in lines:
            left, top, _right, _bottom = range_boundaries(cells)
            found = [
                cell.value.date() if isinstance(cell.value, datetime) else cell.value
                for (cell,) in book[sheet][cells]
            ]
            read = sums.of(Strip(sheet, get_column_letter(left), top, found)).weighted
            assert (formula, cached, system, result) == (read, read, read, "khớp"), (slug, sheet, cells)


def test_every_printed_cell_is_looked_at(made):
    """Each column of each table lies in a range of the control sheet, from heading to total."""
    for slug, content in made.items():
        book = openpyxl.load_workbook(BytesIO(content))
        places = [
            f"{row[1]}!{row[2]}" for row in book[NAME].iter_rows(11, max_col=8, values_only=True) if row[2]
        ]
        for sheet in forms(book):
            for cells in columns(sheet):
                for cell in (cells[0], cells[-1]):
                    where = (sheet.title, cell.coordinate)
                    assert any(covers(place, where) for place in places), (slug, where)


def test_the_control_sheet_prints_its_summary_alone(made):
    """A line a form: the sums are for the eye of who doubts, not for paper."""
    for slug, content in made.items():
        book = openpyxl.load_workbook(BytesIO(content))
        last = int(re.fullmatch(rf"'{NAME}'!\$A\$1:\$H\$(\d+)", book[NAME].print_area).group(1))
        names = [book[NAME].cell(row, 2).value for row in range(11, last + 1)]
        assert names == [sheet.title for sheet in forms(book)], slug


def test_the_control_sheet_names_no_person(made):
    """Lists of persons are vouched for by sums."""
    for slug, content in made.items():
        kept = values(content)
        persons = {
            value
            for (sheet, cell), value in kept.items()
            if sheet != NAME and cell[0] == "C" and slug in ("members-list", "left") and int(cell[1:]) > 10
        }
        told = " ".join(str(value) for (sheet, _cell), value in kept.items() if sheet == NAME)
        assert [name for name in persons if str(name) in told] == [], slug
