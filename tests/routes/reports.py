from accounts.permissions import Permission
from tests.routes import Route


def report(at) -> dict:
    return {"year": at.year, "slug": "steering-committee"}


def office(at) -> dict:
    return {"code": at.unit.code}


def person_report(at) -> dict:
    return {"year": at.year, "slug": "members-list"}


ROUTES = {
    "assessments:reports": Route(Permission.EXPORT),
    "assessments:reports_year": Route(Permission.EXPORT, lambda at: {"year": at.year}),
    "assessments:report": Route(Permission.COMPARE_UNITS, report),
    "assessments:person_report": Route(Permission.EXPORT_PERSONS, person_report),
    "assessments:unit_person_report": Route(
        Permission.EXPORT_PERSONS, lambda at: person_report(at) | {"unit": at.unit.code}
    ),
    "assessments:unit_report": Route(Permission.EXPORT, lambda at: report(at) | {"unit": at.unit.code}),
    "assessments:offices": Route(Permission.EDIT_OFFICE),
    "assessments:office": Route(Permission.EDIT_OFFICE, office),
    "assessments:office_preview": Route(Permission.EDIT_OFFICE, office),
}
