"""The formulas of the workbook and the rules of the application give the same, cell by cell."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import translation
from xlsxwriter import Workbook

from assessments.figures.judge import Aim
from assessments.reports.building import formulas
from assessments.rules import arithmetic
from resolution03.lib.figures import percent
from resolution03.lib.form_columns import share_formula
from tests.assessments.office_files import recalculated

TARGETS = [
    (">=", Decimal(50)),
    (">", Decimal(15)),
    (">", Decimal("33.33")),
    (">=", Decimal("12.5")),
    ("<=", Decimal(20)),
]
SHARES = [
    (0, 0),
    (0, 1),
    (1, 2),
    (329, 658),
    (329, 659),
    (330, 659),
    (3, 20),
    (4, 20),
    (10, 30),
    (1, 8),
    (201, 20000),
    (1, 3),
    (2, 3),
    (96, 640),
    (5, 40),
    (3333, 10000),
    (3334, 10000),
]
COUNTS = [(0, 0), (1, 0), (5000, 5000), (5001, 5000), (3, 4)]


def cases():
    """(formula, what the rule gives) over part in A and whole in B."""
    for part, whole in SHARES:
        yield part, whole, share_formula("{a}", "{b}"), percent(part, whole)
        for comparison, value in TARGETS:
            against = (comparison, value)
            met = arithmetic.is_met(part, whole, *against)
            due = Aim(*against, 2018, 2020 if part % 2 else 2018)
            yield (
                part,
                whole,
                formulas.shortfall("{a}", "{b}", due),
                arithmetic.shortfall(part, whole, *against),
            )
            yield (
                part,
                whole,
                formulas.verdict("{a}", "{b}", due),
                (None if met is None else "✓ Đạt" if met else "○ Chưa đến hạn" if part % 2 else "▲ Chưa đạt"),
            )
            yield (
                part,
                whole,
                formulas.needed_or_blank("{b}", due),
                (arithmetic.needed(whole, *against) if whole else None),
            )
            yield part, whole, formulas.allowance("{b}", value), arithmetic.cap_allowance(whole, value)
            yield part, whole, formulas.most_beside("{b}", value), arithmetic.most_beside(whole, value)
            cell = f"{value}+0*{{a}}"
            yield part, whole, formulas.most_beside("{b}", f"({cell})"), arithmetic.most_beside(whole, value)
    for part, value in COUNTS:
        for comparison in (">", ">=", "<="):
            against = (comparison, Decimal(value))
            aim = Aim(*against, 2018)
            yield part, 0, formulas.shortfall("{a}", None, aim), arithmetic.shortfall(part, None, *against)
            yield part, 0, formulas.needed(None, aim), arithmetic.needed(None, *against)


@pytest.mark.once
@translation.override("vi")
def test_formulas_give_what_the_rules_give(tmp_path):
    stream = BytesIO()
    book = Workbook(stream)
    sheet = book.add_worksheet("s")
    expected = {}
    for row, (part, whole, formula, wanted) in enumerate(cases(), start=1):
        sheet.write_number(row - 1, 0, part)
        sheet.write_number(row - 1, 1, whole)
        sheet.write_formula(row - 1, 2, "=" + formula.format(a=f"A{row}", b=f"B{row}"), None, -987)
        if wanted is not None:
            expected[f"C{row}"] = float(wanted) if isinstance(wanted, Decimal) else wanted
    book.close()
    found = recalculated(stream.getvalue(), tmp_path)
    computed = {cell: value for (_sheet, cell), value in found.items() if cell[0] == "C"}
    assert computed == expected
