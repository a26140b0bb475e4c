"""Handing out report workbooks: every one leaves its trace."""

from hashlib import sha256

from django.db import transaction

from accounts.actors import Actor
from assessments import reports
from orgs import audit


@transaction.atomic
def download(report: reports.Report, matter: reports.Matter, *, by: Actor) -> bytes:
    """The workbook's bytes; the audit trail keeps whose figures left, and the file's hash."""
    content = report.build(matter)
    after = {
        "report": report.slug,
        "unit": matter.unit.code if matter.unit else "",
        "revision": matter.year.revision,
        "sha256": sha256(content).hexdigest(),
    }
    change = audit.Change(matter.year, {}, after, matter.unit_id, code=str(matter.year))
    audit.record([change], by=by, action="report.download")
    return content
