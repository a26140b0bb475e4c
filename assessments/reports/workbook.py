"""A workbook of forms: made, checked, headed and written. The forms are Vietnamese by design."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils import translation

from assessments.offices import letterhead
from assessments.reports import control
from assessments.reports.matter import Matter
from assessments.reports.sheets import SHEETS
from assessments.reports.sources import Sheet, Sources
from resolution03.lib.forms_xlsx import Form
from resolution03.lib.xlsx import Book


def of_forms(matter: Matter, title: str, keys: Iterable[str]) -> bytes:
    """The workbook with the forms of `keys` and a control sheet, whatever the reader's language."""
    with translation.override("vi"):
        sources = Sources(matter, [SHEETS[key] for key in keys], SHEETS)
        return write(matter, f"{title}, năm {matter.year.pk}", _forms(sources))


def write(matter: Matter, title: str, forms: list[Form], *, state: str = "") -> bytes:
    """The bytes of a workbook of finished forms under the office's letterhead; `state` stands for
    what the letterhead says of the figures."""
    book = Book(f"{title}, {matter.unit.name}" if matter.unit else title, matter.stamp)
    sheets = [book.add_sheet(form.name) for form in forms]
    head = letterhead(matter)
    if state:
        head = replace(head, state=state)
    for form, sheet in zip(forms, sheets, strict=True):
        form.write_to(book, sheet, head)
    return book.finish()


def _forms(sources: Sources) -> list[Form]:
    matter = sources.matter
    forms = {sheet: sources.form(sheet.key) for sheet in sources.sheets}
    found = [check for sheet, form in forms.items() for check in sheet.checks(sources, form)]
    if found:
        forms[_CONTROL] = control.build(matter, found)
    for sheet, form in forms.items():
        form.code = code(matter, sheet.tag)
        if found:
            form.closing = control.summary(forms[_CONTROL], found)
    return [*forms.values()]


def code(matter: Matter, tag: str) -> str:
    """`Mã biểu: KT-2018-B01-L2, sổ 12/2018`: whose, of which year, which form, of which closing of
    the year, and where the ledger keeps it."""
    whose = matter.unit.code if matter.unit else matter.scope.code
    code = f"{whose}-{matter.year.pk}-{tag}-L{matter.year.revision}"
    return f"Mã biểu: {code}{matter.ledger_mark}"


_CONTROL = Sheet("control", "KT", lambda matter, sources: sources.form("control"))
