from datetime import date

from accounts.permissions import Permission
from assessments.review.supplements.models import Supplement
from tests.routes import Route


def _year(at) -> dict:
    return {"year": at.year}


def _filed(at) -> dict:
    found, _created = Supplement.objects.get_or_create(
        year_id=at.year,
        unit=at.unit,
        number=1,
        defaults={
            "reason": "Bổ sung",
            "deciding_body": "Ban Thường vụ",
            "decision_number": "12-QĐ/HU",
            "decided_on": date(2019, 2, 20),
            "filed_by": at.account,
        },
    )
    found.lines.get_or_create(organization_line=at.line, defaults={"version": 0, "reason": "Chờ"})
    found.lines.get_or_create(member_line=at.member_line, defaults={"version": 0, "reason": "Chờ"})
    return {"pk": found.pk}


SUBMIT, REVIEW = Permission.SUBMIT, Permission.REVIEW
ROUTES = {
    "assessments:supplements": Route(SUBMIT, _year),
    "assessments:supplement_new": Route(SUBMIT, _year),
    "assessments:supplement": Route(SUBMIT, lambda at: _year(at) | _filed(at)),
    "assessments:review_supplements": Route(REVIEW),
    "assessments:review_supplement": Route(REVIEW, _filed),
}
