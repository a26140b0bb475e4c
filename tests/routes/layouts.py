from accounts.permissions import Permission
from assessments.workbooks.models import Layout, Upload
from tests.routes import Route
from tests.routes.entry import batch


def file(at) -> dict:
    found = batch(at)
    return found | {"upload": Upload.objects.get(**found).pk}


def sheet(at) -> dict:
    return file(at) | {"index": 0}


def layout(at) -> dict:
    made, _ = Layout.objects.get_or_create(
        unit=at.unit, signature=str(at.unit.pk), name=at.unit.name, kind="organization_ratings"
    )
    return {"pk": made.pk}


ROUTES = {
    "assessments:upload_layout_list": Route(Permission.LOAD),
    "assessments:upload_layout_delete": Route(Permission.LOAD, layout),
    "assessments:upload_layout_sheet": Route(Permission.LOAD, sheet),
    "assessments:upload_layout_encoding": Route(Permission.LOAD, file),
    "assessments:upload_layout_cells": Route(Permission.LOAD, file),
    "assessments:upload_layout_names": Route(Permission.LOAD, batch),
    "assessments:upload_layout_persons": Route(Permission.LOAD, batch),
    "assessments:upload_layout_skip": Route(Permission.LOAD, sheet),
}
