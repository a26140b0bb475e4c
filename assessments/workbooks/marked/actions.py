"""Handing a workbook back with its errors marked: it leaves its trace, as every download does."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from accounts.actors import Actor
from assessments.workbooks.batches.kept import path_of
from assessments.workbooks.marked.annotating import give_back
from assessments.workbooks.models import Upload
from orgs import audit
from orgs.versions import writing
from resolution03.lib.workbooks.marking.marks import Mark


def hand_back(upload: Upload, marks: Sequence[Mark], *, by: Actor) -> bytes:
    """The marked workbook, or the list of its errors where it cannot be marked. Refusal when the
    file is no longer kept."""
    with TemporaryDirectory() as folder:
        made = Path(folder) / "marked.xlsx"
        give_back(path_of(upload), made, marks)
        content = made.read_bytes()
    _record(upload, sha256(content).hexdigest(), by=by)
    return content


@writing()
def _record(upload: Upload, digest: str, *, by: Actor) -> None:
    after = {"file": upload.file_name, "sha256": digest}
    change = audit.Change(upload, {}, after, upload.unit_id, str(upload.pk))
    audit.record([change], by=by, action="upload.mark", batch=upload.batch)
