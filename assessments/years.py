"""The years, and by what one can tell that anything of them changed."""

from django.db.models import Max, Sum

from assessments.models import RatingYear
from orgs.models import AuditEntry


def all_years() -> list[RatingYear]:
    return list(RatingYear.objects.select_related("scheme", "province").order_by("pk"))


def latest_year() -> RatingYear | None:
    return RatingYear.objects.order_by("-pk").first()


def data_version() -> tuple[int | None, int | None]:
    """Changes with every change of data: each leaves an audit row or raises a year's version."""
    trail = AuditEntry.objects.order_by().aggregate(Max("pk"))
    years = RatingYear.objects.order_by().aggregate(Sum("version"))
    return trail["pk__max"], years["version__sum"]
