from accounts.permissions import Permission
from assessments.reports.issued.models import IssuedReport
from tests.routes import Route


def issued(at) -> dict:
    found, _ = IssuedReport.objects.get_or_create(
        year_id=at.year, unit=at.unit, defaults={"number": at.unit.pk, "slug": "steering-committee"}
    )
    return {"pk": found.pk}


READS = Permission.EXPORT
ROUTES = {
    "assessments:issued_reports": Route(READS),
    "assessments:issued": Route(READS, issued),
    "assessments:issued_file": Route(READS, issued),
    "assessments:issued_anew": Route(READS, issued),
    "assessments:changes": Route(READS, lambda at: {"year": at.year}),
    "assessments:unit_changes": Route(READS, lambda at: {"year": at.year, "unit": at.unit.code}),
}
