"""What a user decides about the sheets of an upload, and the layouts that an office keeps.

A decision stands in `Upload.choices` alone; each makes the plan anew.
"""

from collections.abc import Callable, Collection
from collections.abc import Mapping as MappingOf
from copy import deepcopy
from functools import partial

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.workbooks.batches import kept
from assessments.workbooks.batches.actions import replan
from assessments.workbooks.layouts.mapping import Mapping
from assessments.workbooks.layouts.reading import headings, signature
from assessments.workbooks.layouts.sheets import SKIP
from assessments.workbooks.models import Layout, Upload
from orgs import audit
from orgs.versions import writing
from resolution03.lib.encodings import Encoding
from resolution03.lib.errors import Refusal
from resolution03.lib.workbooks.reading import Sheet, read_workbook


def sheets_of(upload: Upload) -> list[Sheet]:
    """The sheets of a kept file. Refusal when it is kept no more."""
    return read_workbook(kept.path_of(upload))


def map_sheet(
    *, by: Actor, uploads: Collection[Upload], upload: Upload, sheet: Sheet, mapping: Mapping, name: str = ""
) -> None:
    """Read a sheet as the mapping says; with a name, so are others of its layout from now on."""
    chosen = {"mapping": mapping.as_json(), "layout": name}
    decide(by=by, uploads=uploads, upload=upload, change=lambda choices: _put(choices, sheet, chosen))
    if name:
        found = signature(headings(sheet, mapping.header_row, mapping.header_rows))
        _remember(by=by, unit=upload.unit, name=name, signature=found, mapping=mapping.remembered())


def skip_sheet(*, by: Actor, uploads: Collection[Upload], upload: Upload, sheet: Sheet) -> None:
    """Leave a sheet out, whatever its headings."""
    decide(
        by=by,
        uploads=uploads,
        upload=upload,
        change=lambda choices: _put(choices, sheet, {"mapping": SKIP}),
    )


def say_encoding(
    *, by: Actor, uploads: Collection[Upload], upload: Upload, sheet: str, encoding: str
) -> None:
    """Read a sheet's text as of an old font, or "" as it stands."""
    if encoding and encoding not in list(Encoding):
        raise Refusal(_("There is no such encoding."))

    def change(choices: dict) -> None:
        choices.setdefault("sheets", {}).setdefault(sheet, {})["encoding"] = encoding

    decide(by=by, uploads=uploads, upload=upload, change=change)


def convert_cells(
    *, by: Actor, uploads: Collection[Upload], upload: Upload, sheet: str, cells: MappingOf[str, str]
) -> None:
    """Read these cells of a sheet as of an old font, each its own; all others as they stand."""

    def change(choices: dict) -> None:
        choices.setdefault("sheets", {}).setdefault(sheet, {})["cells"] = dict(cells)

    decide(by=by, uploads=uploads, upload=upload, change=change)


def answer_names(
    *, by: Actor, uploads: Collection[Upload], answers: MappingOf[int, MappingOf[str, MappingOf[str, str]]]
) -> None:
    """Say which code each text means: by upload, column and text; "" leaves its rows out."""
    for upload in uploads:
        if upload.pk in answers:
            change = partial(_put_names, answers[upload.pk])
            decide(by=by, uploads=uploads, upload=upload, change=change)


def settle_persons(
    *, by: Actor, uploads: Collection[Upload], answers: MappingOf[int, MappingOf[str, str]]
) -> None:
    """Say who is the same person: by upload and the code in the file, the existing code or
    ANOTHER."""
    for upload in uploads:
        if upload.pk in answers:
            change = partial(_put_persons, answers[upload.pk])
            decide(by=by, uploads=uploads, upload=upload, change=change)


def decide(*, by: Actor, uploads: Collection[Upload], upload: Upload, change: Callable[[dict], None]) -> None:
    """Change what is decided about a file, and plan anew. Refusal, with nothing decided, once
    the file is stored or when it cannot be read that way."""
    before = _change(upload, change)
    for row in uploads:
        if row.pk == upload.pk:
            row.choices = upload.choices
    try:
        replan(by=by, uploads=uploads)
    except Refusal:
        Upload.objects.filter(pk=upload.pk).update(choices=before)
        raise


def leave_behind(*, by: Actor, uploads: Collection[Upload], upload: Upload) -> None:
    """Confirm that what no row of a plan places stays where it is."""
    decide(by=by, uploads=uploads, upload=upload, change=lambda choices: choices.update(leaves=True))


@writing()
def delete_layout(*, by: Actor, layout: Layout) -> None:
    """Forget a layout; what was read by it stays."""
    before = audit.state(layout, ("name", "kind"))
    change = audit.Change(layout, before, {}, layout.unit_id, layout.name[:80])
    audit.record([change], by=by, action="layout.delete")
    layout.delete()


@writing()
def _change(upload: Upload, change: Callable[[dict], None]) -> dict:
    """Store a decision; what was decided before."""
    locked = Upload.objects.select_for_update(no_key=True).get(pk=upload.pk)
    if locked.applied_at:
        raise Refusal(_("This batch is stored; its plan no longer changes."))
    before = deepcopy(locked.choices)
    change(locked.choices)
    locked.save(update_fields=["choices"])
    upload.choices = locked.choices
    return before


def _put(choices: dict, sheet: Sheet, chosen: dict) -> None:
    choices.setdefault("sheets", {}).setdefault(sheet.name, {}).update(chosen)


def _put_persons(answers: MappingOf[str, str], choices: dict) -> None:
    choices.setdefault("persons", {}).update(answers)


def _put_names(answers: MappingOf[str, MappingOf[str, str]], choices: dict) -> None:
    names = choices.setdefault("names", {})
    for column, found in answers.items():
        names.setdefault(column, {}).update(found)


@writing()
def _remember(*, by: Actor, unit, name: str, signature: str, mapping: Mapping) -> None:
    values = {"name": name, "kind": mapping.kind, "mapping": mapping.as_json(), "by": by.user}
    layout, is_new = Layout.objects.get_or_create(unit=unit, signature=signature, defaults=values)
    if not is_new:
        Layout.objects.filter(pk=layout.pk).update(**values)
        layout.refresh_from_db()
    after = audit.state(layout, ("name", "kind"))
    change = audit.Change(layout, {}, after, layout.unit_id, layout.name[:80])
    audit.record([change], by=by, action="layout.add" if is_new else "layout.change")
