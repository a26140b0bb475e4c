from datetime import date

from accounts.permissions import Permission
from assessments.entry.records.models import FileKind, Record, RecordKind
from resolution03.lib.keeping import RECORDS
from tests.routes import Route


def year(at) -> dict:
    return {"year": at.year}


def unit(at) -> dict:
    return {"year": at.year, "unit": at.unit.code}


def record(at) -> dict:
    held = {"organization": at.unit, "year_id": at.year, "kind": RecordKind.PLAN, "number": "1-KH/HU"}
    found = Record.objects.filter(**held).first()
    if found is None:
        stored = RECORDS.keep(b"%PDF-1.4")
        file = {"file_kind": FileKind.PDF, "stored_as": stored.stored_as, "sha256": stored.sha256}
        found = Record.objects.create(on=date(2018, 2, 1), **held, **file)
    return unit(at) | {"pk": found.pk}


SEES, KEEPS = Permission.VIEW_FIGURES, Permission.KEEP_RECORDS
ROUTES = {
    "assessments:records": Route(SEES, year),
    "assessments:unit_records": Route(SEES, unit),
    "assessments:record_add": Route(KEEPS, lambda at: unit(at) | {"kind": "training"}),
    "assessments:record": Route(KEEPS, record),
    "assessments:record_remove": Route(KEEPS, record),
    "assessments:record_file": Route(KEEPS, record),
}
