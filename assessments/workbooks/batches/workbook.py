"""The planned rows of a batch as a workbook: what its page shows, all rows of the filter."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from resolution03.lib.attachments import dump
from resolution03.lib.xlsx import Column, ListSheet


def planned_workbook(rows: Iterable[Mapping]) -> bytes:
    """`rows` are those of `assessments.workbooks.batches.told.Batch.told`."""
    columns = (
        Column(_("File"), "file", 24),
        Column(_("Sheet"), "sheet", 18),
        Column(_("Row"), "number", 7),
        Column(_("Kind"), "status", 12),
        Column(_("Code"), "code", 16),
        Column(_("Name in the file"), "label", 34),
        Column(_("Record in the system"), "record", 30),
        Column(_("Where it stands"), "place", 38),
        Column(_("To be looked at"), _warned, 24),
        Column(_("Before → after"), _changes, 60),
        Column(_("Note"), "note", 30),
    )
    return dump(ListSheet(_("Plan of the load"), columns, rows))


def _warned(row: Mapping) -> str:
    return "\n".join(row["warned"])


def _changes(row: Mapping) -> str:
    return "\n".join(_change(*change) for change in row["changes"])


def _change(heading: str, before: str, after: str) -> str:
    return f"{heading}: {before} → {after or '–'}" if before else f"{heading}: {after or '–'}"
