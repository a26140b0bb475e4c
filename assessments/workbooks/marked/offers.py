"""The files of a batch that can be given back with their errors marked."""

from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _

from assessments.workbooks.batches.kept import has_file, path_of
from assessments.workbooks.batches.told import Batch
from assessments.workbooks.models import Upload
from resolution03.lib.workbooks.faults import UNDECIDED, Fault
from resolution03.lib.workbooks.marking.marked import CannotMark, not_kept
from resolution03.lib.workbooks.marking.marks import Mark


@dataclass(frozen=True, slots=True)
class Offer:
    """A file with faults; `notes` say before what a marked copy cannot keep."""

    upload: Upload
    errors: int
    notes: list[str]


def offers(batch: Batch) -> list[Offer]:
    """What can be downloaded: files with errors that are still kept, of a batch not yet stored."""
    if batch.first.applied_at:
        return []
    found = []
    for upload in batch.uploads:
        errors = sum(mark.is_error for mark in marks_of(batch, upload))
        if errors and has_file(upload):
            found.append(Offer(upload, errors, _notes(upload)))
    return found


def marks_of(batch: Batch, upload: Upload) -> list[Mark]:
    """The faults of one file as the batch's page tells them to its user; what the user is asked
    first is no fault of the file."""
    return [
        Mark(sheet["sheet"], Fault(**fault), kind == "error")
        for kind, sheet, fault in batch.faults
        if sheet["upload"].pk == upload.pk and not sheet["is_unreadable"] and fault["code"] != UNDECIDED
    ]


def file_name(upload: Upload) -> str:
    """Under which name the marked copy of a file is handed out; a workbook with macros keeps its
    suffix, without which Excel would not open it."""
    name = PurePath(upload.file_name)
    suffix = ".xlsm" if name.suffix.lower() == ".xlsm" else ".xlsx"
    return _("%(name)s - errors marked") % {"name": name.stem} + suffix


def _notes(upload: Upload) -> list[str]:
    try:
        return not_kept(path_of(upload))
    except CannotMark as why:
        return [_("%(why)s The download holds the list of errors alone.") % {"why": why}]
