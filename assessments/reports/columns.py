"""Columns and words that several forms share: what is missing to a target, how rules are written."""

from assessments.figures import Figure
from assessments.reports import formulas
from assessments.rules import is_met, shortfall
from assessments.year_rules import ReadingRule, TargetRule
from resolution03.lib.forms_xlsx import TOTAL, Form, FormColumn

PARTLY = '#,##0"*"'
PARTLY_NOTE = "(*) Cộng chưa đủ: còn nơi chưa có số ở cột này; chỗ chưa có số để trống, không tính là 0."
_SIGNS = {">=": "≥", "<=": "≤", ">": ">"}


def short_column(key: str, part: str, whole: str, target: TargetRule, group: str) -> FormColumn:
    """How many are missing to a target, by unit."""
    comparison, value = target.comparison, target.value
    return FormColumn(
        key, "Thiếu", group=group, width=6, total="formula",
        formula=formulas.shortfall(f"{{{part}}}", f"{{{whole}}}", comparison, value),
        compute=lambda values: None if values.get(whole) is None else shortfall(
            values.get(part) or 0, values[whole], comparison, value
        ),
    )


def verdict_column(
    key: str, part: str, whole: str, target: TargetRule, group: str, *, not_yet: bool = False
) -> FormColumn:
    """Met or not, by unit; `not_yet`: what is not met is a milestone of a later year."""
    comparison, value = target.comparison, target.value
    missed = formulas.NOT_YET if not_yet else formulas.MISSED

    def judged(values: dict) -> str | None:
        met = is_met(values.get(part) or 0, values.get(whole) or 0, comparison, value)
        return None if met is None else formulas.MET if met else missed

    return FormColumn(
        key, "Đạt/chưa", "mark", 14 if not_yet else 9, group=group, total="formula", compute=judged,
        formula=formulas.verdict(f"{{{part}}}", f"{{{whole}}}", comparison, value, missed),
    )


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


def goal(target: TargetRule, unit: str = "%") -> str:
    """`≥ 50%`."""
    return f"{_SIGNS[target.comparison]} {plain(target.value)}{unit}"


def plain(value) -> str:
    """A decimal as forms write it: `12,5`."""
    return f"{value.normalize():f}".replace(".", ",")


def reading_basis(reading: ReadingRule) -> str:
    """The document of a reading, or that it still awaits one."""
    return reading.document or "cách hiểu mặc định, chưa có quyết định"


def goal_format(figure: Figure) -> str:
    """The number format of a target: `"≥ "#,##0"%"`."""
    sign = "=" if figure.comparison == "<=" and not figure.target else figure.comparison
    sign = {">=": "≥", "<=": "≤"}.get(sign, sign)
    places = "#,##0" if figure.target == figure.target.to_integral_value() else "#,##0.00"
    return f'"{sign} "{places}' + ('"%"' if figure.denominator is not None else "")
