"""The marks of a workbook that is given back, and where it may be written."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from assessments.workbooks.loading.plan import Plan
from resolution03.lib.workbooks.marking.marked import CannotMark, mark_workbook, write_list
from resolution03.lib.workbooks.marking.marks import Mark


class NoPlace(Exception):
    """The marked workbook cannot be written where it was asked for."""


def marks_of(plan: Plan, file: str) -> list[Mark]:
    """The marks of one file of a plan; none for a file of which nothing could be read."""
    return [
        Mark(sheet.sheet or "", fault, is_error)
        for sheet in plan.sheets
        if sheet.file == file and not sheet.is_unreadable
        for faults, is_error in ((sheet.errors, True), (sheet.warnings, False))
        for fault in faults
    ]


def is_unreadable(plan: Plan, file: str) -> bool:
    return any(sheet.is_unreadable for sheet in plan.sheets if sheet.file == file)


def give_back(source: Path, target: Path, marks: Sequence[Mark]) -> list[str]:
    """Write the marked workbook; what a person must know of it, in lines.

    A file that cannot be marked is replaced by the list of its errors alone.
    """
    try:
        return mark_workbook(source, target, marks)
    except CannotMark as why:
        write_list(target, marks, str(why))
        written = _("The list of errors was written in its place.")
        return [f"{why} {written}"]


def require_place(target: Path, inputs: Iterable[Path]) -> None:
    """Raise NoPlace unless `target` can be written and is none of the files that are read."""
    if target.is_dir():
        raise NoPlace(_("%(path)s is a folder, not a file.") % {"path": target})
    if not target.resolve().parent.is_dir():
        raise NoPlace(_("%(path)s: there is no such folder.") % {"path": target.parent})
    if not os.access(target.resolve().parent, os.W_OK):
        raise NoPlace(_("%(path)s: nothing can be written into this folder.") % {"path": target.parent})
    if target.resolve() in {path.resolve() for path in inputs} or _is_one_of(target, inputs):
        raise NoPlace(_("%(path)s is one of the files to load; choose another name.") % {"path": target})


def _is_one_of(target: Path, inputs: Iterable[Path]) -> bool:
    return target.exists() and any(path.exists() and target.samefile(path) for path in inputs)
