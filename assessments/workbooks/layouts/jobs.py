"""What a user decides about the sheets of a batch as a job: each decision reads the files and plans anew.

A decision that is made again is the same decision, so it is simply begun again.
"""

from collections.abc import Callable

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from assessments.workbooks.batches.found import find_batch, find_file
from assessments.workbooks.batches.jobs import page_of_batch, rows_of_batch
from assessments.workbooks.batches.told import Batch
from assessments.workbooks.layouts import actions
from assessments.workbooks.layouts.asking import asked_names
from assessments.workbooks.layouts.mapping import Mapping
from assessments.workbooks.models import Upload
from orgs.jobs.declared import Asked, Done, Kind
from resolution03.lib.workbooks.reading import Sheet


def sheet_or_404(sheets: list[Sheet], index: int) -> Sheet:
    if index >= len(sheets) or not sheets[index].rows:
        raise Http404
    return sheets[index]


def _map(asked: Asked, found: Batch) -> None:
    upload, sheet = _sheet(asked, found)
    mapping = Mapping.of_json(asked.typed["mapping"])
    name = asked.typed["name"]
    actions.map_sheet(
        by=asked.by, uploads=found.uploads, upload=upload, sheet=sheet, mapping=mapping, name=name
    )


def _skip(asked: Asked, found: Batch) -> None:
    upload, sheet = _sheet(asked, found)
    actions.skip_sheet(by=asked.by, uploads=found.uploads, upload=upload, sheet=sheet)


def _say_encoding(asked: Asked, found: Batch) -> None:
    file, said = find_file(found, asked["upload"]), asked.typed
    actions.say_encoding(
        by=asked.by, uploads=found.uploads, upload=file, sheet=said["sheet"], encoding=said["encoding"]
    )


def _convert(asked: Asked, found: Batch) -> None:
    file, said = find_file(found, asked["upload"]), asked.typed
    actions.convert_cells(
        by=asked.by, uploads=found.uploads, upload=file, sheet=said["sheet"], cells=said["cells"]
    )


def _answer_names(asked: Asked, found: Batch) -> None:
    actions.answer_names(by=asked.by, uploads=found.uploads, answers=_by_upload(asked))


def _settle_persons(asked: Asked, found: Batch) -> None:
    actions.settle_persons(by=asked.by, uploads=found.uploads, answers=_by_upload(asked))


def _leave(asked: Asked, found: Batch) -> None:
    actions.leave_behind(by=asked.by, uploads=found.uploads, upload=found.first)


DECISIONS: dict[str, Callable[[Asked, Batch], None]] = {
    "map": _map,
    "skip": _skip,
    "encoding": _say_encoding,
    "cells": _convert,
    "names": _answer_names,
    "persons": _settle_persons,
    "leave": _leave,
}


def _decide(asked: Asked) -> Done:
    found = find_batch(asked.user, asked["batch"])
    DECISIONS[asked["do"]](asked, found)
    if asked["do"] == "names" and asked_names(find_batch(asked.user, asked["batch"]).uploads):
        return Done("", reverse("assessments:upload_layout_names", args=[asked["batch"]]))
    return Done("", page_of_batch(asked))


def _sheet(asked: Asked, found: Batch) -> tuple[Upload, Sheet]:
    upload = find_file(found, asked["upload"])
    return upload, sheet_or_404(actions.sheets_of(upload), asked["index"])


def _by_upload(asked: Asked) -> dict[int, dict]:
    """JSON holds no numbers as keys."""
    return {int(pk): answers for pk, answers in asked.typed["answers"].items()}


DECIDE = Kind(
    "upload.decide",
    gettext_lazy("Plan a load anew"),
    Permission.LOAD,
    _decide,
    page=page_of_batch,
    rows=rows_of_batch,
)
JOBS = (DECIDE,)
