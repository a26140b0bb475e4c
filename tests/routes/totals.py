from accounts.permissions import Permission
from tests.routes import Route


def _year(at) -> dict:
    return {"year": at.year}


def _unit(at) -> dict:
    return {"year": at.year, "unit": at.unit.code}


LOAD = Permission.LOAD
ROUTES = {
    "assessments:totals": Route(LOAD),
    "assessments:totals_year": Route(LOAD, _year),
    "assessments:totals_unit": Route(LOAD, _unit),
    "assessments:totals_check": Route(LOAD, _unit),
}
