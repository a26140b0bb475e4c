"""The control sheet: what the formulas give, what the cells keep, and what the system counts."""

from assessments.reports.matter import Matter
from assessments.reports.sources import Check
from resolution03.lib.forms_xlsx import Form, FormColumn, FormRow

AGREES = "khớp"
NAME = "Kiểm tra"


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
