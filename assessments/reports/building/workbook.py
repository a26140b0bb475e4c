"""A workbook of forms: made, checked, headed and written. The forms are Vietnamese by design."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.utils import translation

from assessments.reports.building.matter import Matter
from assessments.reports.building.sheets import known
from assessments.reports.building.sources import Check, Sheet, Sources
from assessments.reports.offices.letterhead import letterhead
from assessments.reports.sheets.control import Control
from resolution03.lib.forms_xlsx import Form
from resolution03.lib.xlsx import Book

CONTROL_TAG = "KT"


def of_forms(matter: Matter, title: str, forms: Callable[[], Iterable[Sheet]]) -> bytes:
    """The workbook with `forms` and a control sheet, whatever the reader's language."""
    with translation.override("vi"):
        sources = Sources(matter, forms(), known())
        made = [(sheet, sources.form(sheet.key)) for sheet in sources.sheets]
        for sheet, form in made:
            form.code = code(matter, sheet.tag)
        checked = [(form, [*sheet.checks(sources, form)]) for sheet, form in made]
        words = title.format(name=matter.rules.default_set.name)
        return write(matter, f"{words}, năm {matter.year.pk}", checked)


def write(matter: Matter, title: str, forms: list[tuple[Form, list[Check]]], *, state: str = "") -> bytes:
    """The bytes of a workbook of finished forms, with what the system says of their cells, under the
    office's letterhead, and of the control sheet; `state` stands for what the letterhead says of the
    figures."""
    book = Book(f"{title}, {matter.unit.name}" if matter.unit else title, matter.stamp)
    head, control = letterhead(matter), Control(matter)
    if state:
        head = replace(head, state=state)
    for form, checks in forms:
        control.add(form, checks, head)
    summary = control.summary()
    for form, _checks in forms:
        form.closing = summary
        form.write_to(book, book.add_sheet(form.name), head)
    control.write(book, head, code(matter, CONTROL_TAG))
    return book.finish()


def code(matter: Matter, tag: str) -> str:
    """`Mã biểu: KT-2018-B01-L2, sổ 12/2018`: whose, of which year, which form, of which closing of
    the year, and where the ledger keeps it."""
    whose = matter.unit.code if matter.unit else matter.scope.code
    code = f"{whose}-{matter.year.pk}-{tag}-L{matter.year.revision}"
    return f"Mã biểu: {code}{matter.ledger_mark}"
