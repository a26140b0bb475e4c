from accounts.permissions import Permission
from assessments.rules.models.years import RatingYear
from assessments.rules.of_year import rules_of
from tests.routes import Route


def _year(at) -> dict:
    return {"year": at.year}


def _revision(at) -> dict:
    year = RatingYear.objects.get(pk=at.year)
    for number in (1, 2):
        year.revisions.get_or_create(
            number=number,
            defaults={
                "by_name": "Ban",
                "reason": "Huyện ủy Beta gửi muộn",
                "missing": [{"unit": "Huyện ủy Beta", "kind": "grassroots", "rows": [["B.X01", "Xã Beta"]]}],
                "rules": rules_of(year).frozen(),
                "tallies": [],
            },
        )
    return {"year": at.year, "number": 2}


SEES = Permission.VIEW_FIGURES
ROUTES = {
    "assessments:year_revisions": Route(SEES, lambda at: _revision(at) and _year(at)),
    "assessments:year_revision": Route(SEES, _revision),
    "assessments:year_revision_changes": Route(SEES, _revision),
}
