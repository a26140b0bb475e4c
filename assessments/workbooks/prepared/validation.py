"""What Excel itself checks while a prepared workbook is filled in.

It stops what can never be right and only warns of what may be: a code that a row of the same file
brings, a date in an unusual form.
"""

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from assessments.workbooks.prepared.lists import Options
from resolution03.lib.workbooks.cells import DATE, LAST_DAY, NUMBER
from resolution03.lib.workbooks.kinds import Column


def rule_of(
    column: Column,
    options: Options | None,
    *,
    source: str,
    cell: tuple[int, int],
    last: int,
    is_key: bool,
    year: int,
    most: int,
) -> dict | None:
    """The validation of a column as XlsxWriter takes it; None where anything may stand.

    `source`: where the list stands; `cell`: the first one below the header; `last`: its last row;
    `is_key`: the column alone says which row this is; `year`: the one of a workbook of ratings;
    `most`: above it a number can never be right.
    """
    if options and options.rows:
        return _list(column, options, source)
    if column.type in (DATE, LAST_DAY):
        return _date(column, xl_rowcol_to_cell(*cell))
    if column.key == "year":
        return _year(year)
    if column.type is NUMBER:
        return _number(column, most)
    if is_key:
        return _unique(column, cell, last)
    return _filled(column, xl_rowcol_to_cell(*cell)) if column.required else None


def _list(column: Column, options: Options, source: str) -> dict:
    rule = {"validate": "list", "source": source, "ignore_blank": not column.required}
    if options.is_free:
        return rule | {"show_error": False}
    if options.is_all:
        text = _("Choose from the list; the sheet with the lists shows all.")
        return rule | _told("stop", column, text)
    text = _("This code is not among those of the unit. Keep it only when this file brings it as new.")
    return rule | _told("warning", column, text)


def _date(column: Column, at: str) -> dict:
    """A date, or text that is one: `31/12/2018`, `12/2018`, `2018`, `xoá`; also with - or a dot."""
    year = f"ABS(RIGHT({at},4)-2000)<101"
    day = f"LEFT({at},1+ISNUMBER(-MID({at},2,1)))*1<32"
    month = f'SUBSTITUTE(SUBSTITUTE(MID("0"&{at},LEN({at})-5,2),"/",""),".","")*1<13'
    written = f"IF(LEN({at})=4,{year},AND({year},{day},{month}))"
    text = _("Write 31/12/2018, or 12/2018, or 2018. Keep what stands here all the same?")
    rule = f'=IF(ISNUMBER({at}),{at}<60001,IF(OR({at}="xoá",{at}="xóa"),TRUE,{written}))'
    return {"validate": "custom", "value": rule} | _told("warning", column, text)


def _year(year: int) -> dict:
    text = _("This workbook is of %(year)s.") % {"year": year}
    return {
        "validate": "integer",
        "criteria": "==",
        "value": year,
        "ignore_blank": False,
        "error_type": "stop",
        "error_title": _("Year"),
        "error_message": text,
    }


def _number(column: Column, most: int) -> dict:
    rule = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": most}
    text = _("Write a whole number from 0.")
    return rule | {"ignore_blank": not column.required} | _told("stop", column, text)


def _unique(column: Column, cell: tuple[int, int], last: int) -> dict:
    first = xl_rowcol_to_cell(*cell, row_abs=True, col_abs=True)
    end = xl_rowcol_to_cell(last, cell[1], row_abs=True, col_abs=True)
    text = _("This code stands in another row already.")
    rule = f"=COUNTIF({first}:{end},{xl_rowcol_to_cell(*cell)})<2"
    return {"validate": "custom", "value": rule, "ignore_blank": False} | _told("warning", column, text)


def _filled(column: Column, at: str) -> dict:
    rule = {"validate": "custom", "value": f"=LEN(TRIM({at}))>0", "ignore_blank": False}
    return rule | _told("stop", column, _("This cell must not be empty."))


def _told(kind: str, column: Column, text: str) -> dict:
    """Excel takes 32 characters of a title and 255 of a message."""
    return {"error_type": kind, "error_title": column.heading[:32], "error_message": text[:255]}
