"""Columns and words that several forms share: what is missing to a target, how rules are written."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from assessments.figures.indicator import Indicator
from assessments.figures.judge import Aim, Standing
from assessments.reports.building import formulas
from assessments.rules.year_rules import ReadingRule
from resolution03.lib.figures import number, places
from resolution03.lib.forms_xlsx import TOTAL, Form, FormColumn, FormRow

PARTLY_MARK = "*"
PARTLY = f'#,##0"{PARTLY_MARK}"'
PARTLY_NOTE = "(*) Cộng chưa đủ: còn nơi chưa có số ở cột này; chỗ chưa có số để trống, không tính là 0."
SHOWN_PLACES = 20
_ADDS = re.compile(r"[\w{}()+-]+")
"""The formula of a column that only adds and takes away."""


def short_column(key: str, part: str, whole: str, aim: Aim, group: str) -> FormColumn:
    """How many are missing to a target, by unit."""
    return FormColumn(
        key,
        "Thiếu",
        group=group,
        width=6,
        total="formula",
        formula=formulas.shortfall(f"{{{part}}}", f"{{{whole}}}", aim),
        compute=lambda values: (
            None if values.get(whole) is None else aim.short(values.get(part) or 0, values[whole])
        ),
    )


def verdict_column(key: str, part: str, whole: str, aim: Aim, group: str) -> FormColumn:
    """Met, not met or not due yet, by unit."""
    return FormColumn(
        key,
        "Đạt/chưa",
        "mark",
        14 if aim.missed == Standing.WAIT else 9,
        group=group,
        total="formula",
        formula=formulas.verdict(f"{{{part}}}", f"{{{whole}}}", aim),
        compute=lambda values: formulas.written(aim.standing(values.get(part) or 0, values.get(whole) or 0)),
    )


def partly_words(given: int, of: int, whose: str) -> str:
    """`cộng chưa đủ: 10/14 đơn vị có số`: what stands beside a sum to which some gave nothing."""
    return f"cộng chưa đủ: {number(given)}/{number(of)} {whose} có số"


def givers(indicator: Indicator) -> str:
    """Who gives what a sum adds up."""
    return {"organization": "tổ chức", "cell": "chi bộ"}.get(indicator.counted.givers, "đơn vị")


def starred(form: Form, whose: Mapping[str, str] = MappingProxyType({})) -> Form:
    """The form, its sums marked where some row has no number or only a part, and how many gave; `whose`: who
    gives the numbers of a column, of a form with so many columns that one note tells all sums."""
    rows, total = form.rows[:-1], form.row(TOTAL)
    told: list[str] = []
    for place, column in enumerate(form.columns, start=1):
        lacking = [row for row in rows if _is_partial(row, column.key)]
        if not lacking or not _is_sum(column) or total.values.get(column.key) is None:
            continue
        total.formats[column.key] = {"num_format": PARTLY}
        given, of, by = _given(rows, column.key)
        by = whose.get(column.key, by)
        form.partly[column.key] = partly_words(given, of, by)
        if whose:
            told.append(f"cột {place}: {number(given)}/{number(of)} {by}")
        else:
            where = _places(lacking, column.key)
            form.notes = [*form.notes, f"Cột {place}: {form.partly[column.key]}{where}."]
    if told:
        form.notes = [*form.notes, f"Cộng chưa đủ, nơi đã có số: {'; '.join(told)}."]
    if form.partly:
        form.notes = [*form.notes, PARTLY_NOTE]
    return form


def _is_sum(column: FormColumn) -> bool:
    adds = column.total == "formula" and _ADDS.fullmatch(column.formula)
    return column.fmt == "number" and (column.total == "sum" or bool(adds))


def _is_partial(row: FormRow, key: str) -> bool:
    if key not in row.given:
        return row.values.get(key) is None
    given, of = row.given[key]
    return given < of


def _given(rows: list[FormRow], key: str) -> tuple[int, int, str]:
    """How many gave, of how many, and of whom: grassroots organizations where they counted."""
    if any(key in row.given for row in rows):
        parts = [row.given.get(key, (0, 0)) for row in rows]
        return sum(given for given, _of in parts), sum(of for _given, of in parts), "tổ chức cơ sở đảng"
    return sum(row.values.get(key) is not None for row in rows), len(rows), "đơn vị"


def _places(rows: list[FormRow], key: str) -> str:
    """Which rows lack something: `; còn thiếu ở Huyện ủy Đăk Hà (20/31)`."""
    named = [
        f"{row.values.get('name')} ({row.given[key][0]}/{row.given[key][1]})"
        if key in row.given
        else str(row.values.get("name"))
        for row in rows
    ]
    more = "; …" if len(named) > SHOWN_PLACES else ""
    return f"; còn thiếu ở {'; '.join(named[:SHOWN_PLACES])}{more}"


def reading_basis(reading: ReadingRule) -> str:
    """The document of a reading, or that it still awaits one."""
    return reading.document or "cách hiểu mặc định, chưa có quyết định"


def goal_format(aim: Aim, *, is_share: bool) -> str:
    """The number format of a target, which shows what `aim.goal` says: `"≥ "#,##0"%"`."""
    after = places(aim.value) if aim.value is not None else 0
    shown = f"#,##0.{'0' * after}" if after else "#,##0"
    return f'"{aim.sign} "{shown}' + ('"%"' if is_share else "")
