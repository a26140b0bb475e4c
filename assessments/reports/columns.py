"""Columns and words that several forms share: what is missing to a target, how rules are written."""

from assessments.reports import formulas
from assessments.rules import shortfall
from assessments.year_rules import ReadingRule, TargetRule
from resolution03.lib.forms_xlsx import FormColumn

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


def goal(target: TargetRule, unit: str = "%") -> str:
    """`≥ 50%`."""
    return f"{_SIGNS[target.comparison]} {plain(target.value)}{unit}"


def plain(value) -> str:
    """A decimal as forms write it: `12,5`."""
    return f"{value.normalize():f}".replace(".", ",")


def reading_basis(reading: ReadingRule) -> str:
    """The document of a reading, or that it still awaits one."""
    return reading.document or "cách hiểu mặc định, chưa có quyết định"
