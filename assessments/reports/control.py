"""The control sheet: what the formulas give, what the cells keep, and what the system counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assessments.figures import Figure
from assessments.indicators import INDICATORS, HeadShare, LevelShare
from assessments.reports import formulas
from assessments.reports.lists import NameList
from assessments.reports.matter import Matter
from assessments.reports.targets import Sources
from resolution03.lib.forms_xlsx import TOTAL, Form, FormColumn, FormRow

AGREES = "khớp"
NAME = "Kiểm tra"


@dataclass(frozen=True)
class Check:
    """One cell and what the system says should stand there."""

    form: Form
    row: Any
    column: str
    words: str
    system: Any

    @property
    def cached(self) -> Any:
        return self.form.value(self.row, self.column)

    @property
    def agrees(self) -> bool:
        return (self.cached if self.cached != "" else None) == self.system


def checks(
    matter: Matter, target_form: Form, by_unit: Form, sources: Sources, lists: list[NameList]
) -> list[Check]:
    """Every figure of the target sheet, every unit's share, every list's length."""
    found = [*_targets(matter, target_form), *_units(matter, by_unit, sources)]
    return found + [
        Check(listed.form, TOTAL, "code", "Số dòng của danh sách", listed.expected)
        for listed in lists
    ]


def _targets(matter: Matter, form: Form) -> Iterator[Check]:
    for indicator in INDICATORS:
        figure = matter.figure(indicator.code)
        words = str(indicator.label)
        system = {
            "have": figure.numerator, "base": figure.denominator, "share": figure.percent,
            "needed": figure.needed if figure.is_known else None, "short": figure.short,
        }
        if isinstance(indicator, LevelShare):
            system["unrated"] = figure.unrated if figure.is_known else None
        if not figure.is_known:
            system |= {"base": None, "share": None}
        for column, value in system.items():
            yield Check(form, indicator.code, column, f"{words}: {_WORDS[column]}", value)
        yield Check(form, indicator.code, "verdict", f"{words}: đánh giá", _verdict(form, figure))
        if figure.is_known:
            yield from _others(form, figure, words)


def _others(form: Form, figure: Figure, words: str) -> Iterator[Check]:
    number = form.value(figure.code, "tt")
    for place, other in enumerate(figure.other):
        key = (figure.code, f"{number}{chr(ord('a') + place)}")
        for column, value in (
            ("have", other.numerator), ("base", other.denominator), ("share", other.percent),
        ):
            yield Check(form, key, column, f"{words}, {other.reading}: {_WORDS[column]}", value)


def _verdict(form: Form, figure: Figure) -> str | None:
    if figure.met is None:
        return None
    shown = form.value(figure.code, "verdict")
    return formulas.MET if figure.met else shown if shown != formulas.MET else formulas.MISSED


def _units(matter: Matter, by_unit: Form, sources: Sources) -> Iterator[Check]:
    for indicator in INDICATORS:
        if not isinstance(indicator, (LevelShare, HeadShare)):
            continue
        for place in matter.places:
            figure = matter.figure(indicator.code, place)
            known = figure.is_known
            words = f"{place.name}: {indicator.label}"
            for column, value in (
                (indicator.code, figure.numerator),
                (f"{indicator.code}_base", figure.denominator if known else None),
                (f"{indicator.code}_share", figure.percent if known else None),
                (f"{indicator.code}_short", figure.short),
            ):
                if by_unit.has(column):
                    yield Check(by_unit, place.id, column, words, value)


_WORDS = {
    "have": "có", "base": "cơ sở", "share": "tỷ lệ (%)", "needed": "cần", "short": "thiếu",
    "unrated": "chưa xếp loại",
}


def build(matter: Matter, found: list[Check]) -> Form:
    """The control sheet of the workbook."""
    return Form(
        name=NAME,
        number="Biểu kiểm tra/NQ03",
        title=f"KIỂM TRA SỐ LIỆU TRONG TỆP, NĂM {matter.year.pk}",
        unit_line="Giá trị công thức tính lại trong tệp; giá trị lưu và giá trị hệ thống ghi khi lập biểu",
        columns=(
            FormColumn("tt", "TT", width=6),
            FormColumn("sheet", "Biểu", "text", 18),
            FormColumn("cell", "Ô", "mark", 9),
            FormColumn("words", "Nội dung", "text", 70),
            FormColumn("formula", "Công thức", width=15),
            FormColumn("cached", "Giá trị lưu", width=15),
            FormColumn("system", "Hệ thống", width=15),
            FormColumn(
                "result", "Kết quả", "text", 16,
                formula='IF(AND({formula}={cached},{cached}={system}),"' + AGREES
                + '","lệch: "&{sheet}&"!"&{cell})',
                compute=lambda values: values["outcome"],
            ),
        ),
        rows=[_row(number, check) for number, check in enumerate(found, start=1)],
        has_total=False,
    )


def _row(number: int, check: Check) -> FormRow:
    cell, ref = check.form.cell(check.row, check.column), check.form.ref(check.row, check.column)
    general = {"num_format": "General", "align": "center"}
    return FormRow(
        number,
        {
            "tt": number, "sheet": check.form.name, "cell": cell, "words": check.words,
            "formula": check.cached, "cached": check.cached, "system": check.system,
            "outcome": AGREES if check.agrees else f"lệch: {check.form.name}!{cell}",
        },
        formulas={"formula": f'IF({ref}="","",{ref})'},
        formats={key: general for key in ("formula", "cached", "system")},
    )


def summary(control: Form, found: list[Check]) -> tuple[str, str]:
    """The line at the foot of every form, as a formula and as it stands."""
    span = f"{control.ref(1, 'result')}:{control.cell(len(found), 'result')}"
    agreeing = sum(check.agrees for check in found)
    return (
        f'"Kiểm tra số liệu: khớp "&COUNTIF({span},"{AGREES}")&"/"&ROWS({span})',
        f"Kiểm tra số liệu: khớp {agreeing}/{len(found)}",
    )
