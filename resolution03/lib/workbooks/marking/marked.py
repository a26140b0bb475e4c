"""A workbook given back with its errors marked; the work is done in a limited child process.

The child splices the marks into the parts of the file, so that all else of it stays as it was.
"""

import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter import Workbook

from resolution03.lib.children.process import MB, Child, ChildDied
from resolution03.lib.workbooks.marking.marks import WIDTHS, Mark, rows_of

CHILD = Child(Path(__file__).with_name("child"), memory=600 * MB, cpu_seconds=18, seconds=60)
NOTES = {
    "signature": gettext_lazy("the digital signature of the file no longer holds"),
    "threaded": gettext_lazy("cells with a conversation keep it: their error stands in the list alone"),
    "comments": gettext_lazy("only the first 10,000 marked cells have a comment"),
    "formats": gettext_lazy("the file has too many formats: some cells have a comment but no color"),
}
REASONS = {
    "shared": gettext_lazy("it is a shared workbook with a history of changes"),
    "died": gettext_lazy("it takes too much memory or time"),
}


class CannotMark(Exception):
    """The file itself cannot be marked; the message says why."""


def mark_workbook(source: Path, target: Path, marks: Sequence[Mark]) -> list[str]:
    """Write `source` to `target` with its faults marked; what could not be kept, in words.

    Earlier marks are taken away. Without faults the file is copied, and an earlier list says so.
    Raises CannotMark and OSError, with `target` as it was before.
    """
    with _beside(target) as folder:
        made = Path(folder) / "marked.xlsx"
        notes = _ask(_job(source, made, marks))
        os.replace(made, target)
    return notes


def not_kept(source: Path) -> list[str]:
    """What a marked copy of `source` would not keep, in words. Raises CannotMark."""
    return _ask(_job(source, None, ()))


def write_list(target: Path, marks: Sequence[Mark], reason: str) -> None:
    """In place of a file that cannot be marked: a workbook with the list of errors alone."""
    with _beside(target) as folder:
        made = Path(folder) / "list.xlsx"
        _write_list(made, marks, reason)
        os.replace(made, target)


def _beside(target: Path) -> tempfile.TemporaryDirectory:
    """A folder on the same disk, so that the finished file is moved in one step."""
    return tempfile.TemporaryDirectory(dir=target.resolve().parent, prefix=".marked-")


def _write_list(path: Path, marks: Sequence[Mark], reason: str) -> None:
    with Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Lỗi")
        font = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
        forms = {
            "text": book.add_format(font | {"text_wrap": True}),
            "bold": book.add_format(font | {"bold": True}),
            "head": book.add_format(font | {"bold": True, "text_wrap": True, "bg_color": "#D9D9D9"}),
        }
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        rows = [*rows_of(marks), ("text", [], None), ("bold", [reason], None)]
        for number, (form, texts, _mark) in enumerate(rows):
            for column, text in enumerate(texts):
                sheet.write_string(number, column, text, forms[form])


def _job(source: Path, target: Path | None, marks: Iterable[Mark]) -> dict:
    marks = list(marks)
    return {
        "source": str(source.resolve()),
        "target": str(target) if target else None,
        "marks": [
            [mark.sheet, *_place(mark.fault.cell), "error" if mark.is_error else "warning", mark.comment]
            for mark in marks
            if mark.fault.cell
        ],
        "rows": [
            (form, texts, [mark.sheet, *_place(mark.link)] if mark and mark.link else None)
            for form, texts, mark in rows_of(marks)
        ],
        "widths": WIDTHS,
        "is_clean": not marks,
    }


def _ask(job: dict) -> list[str]:
    """What the child answers; one that dies or takes too long has met a hostile file."""
    try:
        answer = CHILD.answers(job)
    except ChildDied as error:
        raise CannotMark(_reason("died")) from error
    if "problem" in answer:
        raise CannotMark(_reason(answer["problem"]))
    return [str(NOTES[note]) for note in answer["notes"]]


def _reason(problem: str) -> str:
    why = REASONS.get(problem, gettext_lazy("its parts are not as they should be"))
    return _("The file cannot be marked: %(why)s.") % {"why": why}


def _place(cell: str) -> tuple[int, int]:
    """`B19` → (19, 2)."""
    found = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    if found is None:
        raise ValueError(cell)
    letters, digits = found.groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits), column
