"""Blank forms: headings, number row and empty numbered rows, to be filled by hand."""

from dataclasses import replace

from django.utils import translation

from assessments.reports.building import workbook
from assessments.reports.building.matter import Matter
from assessments.reports.building.sheets import known
from assessments.reports.building.sources import Check, Sources
from resolution03.lib.forms_xlsx import Form, FormRow

FORMS = (
    "targets",
    "grassroots",
    "affiliated",
    "member",
    "villages",
    "movements",
    "changes",
    "village_changes",
    "progress",
    "tasks",
    "inspection",
    "organized",
)
_ROWS = 16
_HEIGHT = 26
"""Points: room to write by hand."""
_STATE = "Biểu trống, điền tay"
_PRINTED = ("tt", "label", "rule", "goal")
"""What the target sheet says before anybody has counted anything."""


def build(matter: Matter) -> bytes:
    """The workbook of all forms without a figure."""
    with translation.override("vi"):
        sheets = [part for key in FORMS for part in known()[key].parts(matter)]
        sources = Sources(matter, (), {**known(), **{sheet.key: sheet for sheet in sheets}})
        forms = [_blank(sheet.key, sources.form(sheet.key)) for sheet in sheets]
        for sheet, form in zip(sheets, forms, strict=True):
            form.code = workbook.code(matter, f"{sheet.tag}-T")
        unchecked: list[tuple[Form, list[Check]]] = [(form, []) for form in forms]
        return workbook.write(matter, f"Biểu trống, năm {matter.year.pk}", unchecked, state=_STATE)


def _blank(key: str, form: Form) -> Form:
    if key == "targets":
        rows = [_labelled(row) for row in form.rows if isinstance(row.key, str)]
    else:
        rows = [FormRow(number, {"tt": number}, is_blank=True) for number in range(1, _ROWS + 1)]
    columns = [replace(column, formula="", compute=None) for column in form.columns]
    return Form(
        name=form.name,
        number=form.number,
        title=form.title,
        unit_line=form.unit_line,
        columns=columns,
        rows=rows,
        has_total=form.has_total,
        on_one_page=True,
        row_height=_HEIGHT,
    )


def _labelled(row: FormRow) -> FormRow:
    values = {key: row.values.get(key) for key in _PRINTED}
    formats = {key: look for key, look in row.formats.items() if key == "goal"}
    return FormRow(row.key, values, is_blank=True, formats=formats)
