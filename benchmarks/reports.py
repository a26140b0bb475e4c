"""B11: the report of a year and a list of 31,000 members, beside XlsxWriter writing the same cells
from memory."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import openpyxl
from xlsxwriter import Workbook

from assessments import reports
from assessments.models import RatingYear
from benchmarks.measure import in_turn, table

_FLOOR = "XlsxWriter, the same cells from memory"
_DATE = {"num_format": "dd/mm/yyyy", "border": 1}

Sheets = list[tuple[str, list[tuple]]]
"""Name → (row, column, value, formula or None, style)."""


def report(runs: int) -> str:
    """Budget: the report at most 3 times the floor, the list at most 1.5 times."""
    year = RatingYear.objects.filter(state="closed").order_by("year").last()
    return "\n".join(_beside(slug, year, runs) for slug in ("steering-committee", "members-list"))


def _beside(slug: str, year: RatingYear, runs: int) -> str:
    build = _builder(slug, year)
    sheets = _cells(build())
    name = f"report {slug} {year.pk}"
    measured = in_turn({name: build, _FLOOR: lambda: _write(sheets)}, runs)
    cells = sum(len(found) for _name, found in sheets)
    lines = (f"{cells} cells on {len(sheets)} sheets.",)
    return table(f"B11 {name}", measured, to=_FLOOR, lines=lines)


def _builder(slug: str, year: RatingYear) -> Callable[[], bytes]:
    """Read from the database anew each time."""
    found = reports.BY_SLUG[slug]
    return lambda: found.build(reports.matter_of(year, year.province, None))


def _cells(content: bytes) -> Sheets:
    formulas = openpyxl.load_workbook(BytesIO(content))
    kept = openpyxl.load_workbook(BytesIO(content), data_only=True)
    return [
        (sheet.title, [
            (cell.row - 1, cell.column - 1, kept[sheet.title][cell.coordinate].value,
             cell.value if cell.data_type == "f" else None, cell.style_id)
            for row in sheet.iter_rows() for cell in row
            if cell.has_style or cell.value is not None
        ])
        for sheet in formulas
    ]


def _write(sheets: Sheets) -> bytes:
    stream = BytesIO()
    book = Workbook(stream, {"in_memory": True})
    date_look, looks = book.add_format(_DATE), {}
    for name, cells in sheets:
        sheet = book.add_worksheet(name)
        for row, col, value, formula, style in cells:
            if style not in looks:
                looks[style] = book.add_format({"border": 1, "font_size": 10 + style % 2})
            if formula is not None:
                sheet.write_formula(row, col, formula, looks[style], value)
            elif value is None:
                sheet.write_blank(row, col, None, looks[style])
            elif isinstance(value, str):
                sheet.write_string(row, col, value, looks[style])
            elif isinstance(value, datetime):
                sheet.write_datetime(row, col, value, date_look)
            else:
                sheet.write_number(row, col, value, looks[style])
    book.close()
    return stream.getvalue()
