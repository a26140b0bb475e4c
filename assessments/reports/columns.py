"""Columns and words that several forms share: what is missing to a target, how rules are written."""

from assessments.judge import Aim, Standing
from assessments.reports import formulas
from assessments.year_rules import ReadingRule
from resolution03.lib.figures import number
from resolution03.lib.forms_xlsx import TOTAL, Form, FormColumn

PARTLY = '#,##0"*"'
PARTLY_NOTE = "(*) Cộng chưa đủ: còn nơi chưa có số ở cột này; chỗ chưa có số để trống, không tính là 0."


def short_column(key: str, part: str, whole: str, aim: Aim, group: str) -> FormColumn:
    """How many are missing to a target, by unit."""
    return FormColumn(
        key, "Thiếu", group=group, width=6, total="formula",
        formula=formulas.shortfall(f"{{{part}}}", f"{{{whole}}}", aim),
        compute=lambda values: None if values.get(whole) is None else aim.short(
            values.get(part) or 0, values[whole]
        ),
    )


def verdict_column(key: str, part: str, whole: str, aim: Aim, group: str) -> FormColumn:
    """Met, not met or not due yet, by unit."""
    return FormColumn(
        key, "Đạt/chưa", "mark", 14 if aim.missed == Standing.WAIT else 9, group=group, total="formula",
        formula=formulas.verdict(f"{{{part}}}", f"{{{whole}}}", aim),
        compute=lambda values: formulas.written(
            aim.standing(values.get(part) or 0, values.get(whole) or 0)
        ),
    )


def partly_words(given: int, of: int, whose: str) -> str:
    """`cộng chưa đủ: 10/14 đơn vị có số`: what stands beside a sum to which some gave nothing."""
    return f"cộng chưa đủ: {number(given)}/{number(of)} {whose} có số"


def starred(form: Form) -> Form:
    """The form, its totals marked where some row has no number: blank is not 0."""
    rows, total = form.rows[:-1], form.row(TOTAL)
    partly = [
        column.key for column in form.columns
        if column.total == "sum" and total.values.get(column.key) is not None
        and any(row.values.get(column.key) is None for row in rows)
    ]
    for key in partly:
        total.formats[key] = {"num_format": PARTLY}
    if partly or any(PARTLY in look.values() for row in rows for look in row.formats.values()):
        form.notes = [*form.notes, PARTLY_NOTE]
    return form


def reading_basis(reading: ReadingRule) -> str:
    """The document of a reading, or that it still awaits one."""
    return reading.document or "cách hiểu mặc định, chưa có quyết định"


def goal_format(aim: Aim, *, is_share: bool) -> str:
    """The number format of a target, which shows what `aim.goal` says: `"≥ "#,##0"%"`."""
    places = max(0, -aim.value.normalize().as_tuple().exponent)
    shown = f"#,##0.{'0' * places}" if places else "#,##0"
    return f'"{aim.sign} "{shown}' + ('"%"' if is_share else "")
