from accounts.permissions import Permission
from tests.routes import Route


def report(at) -> dict:
    return {"year": at.year, "slug": "steering-committee"}


def office(at) -> dict:
    return {"code": at.unit.code}


ROUTES = {
    "assessments:reports": Route(Permission.EXPORT),
    "assessments:reports_year": Route(Permission.EXPORT, lambda at: {"year": at.year}),
    "assessments:report": Route(Permission.COMPARE_UNITS, report),
    "assessments:unit_report": Route(
        Permission.EXPORT, lambda at: report(at) | {"unit": at.unit.code}
    ),
    "assessments:offices": Route(Permission.EDIT_OFFICE),
    "assessments:office": Route(Permission.EDIT_OFFICE, office),
    "assessments:office_preview": Route(Permission.EDIT_OFFICE, office),
}
