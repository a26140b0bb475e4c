"""The years, and by what one can tell that anything of them changed."""

from django.db import connection

from assessments.models import RatingYear
from orgs.models import AuditEntry

# Asked before every page, also before one that is not sent again: one statement, written out.
_VERSION = (
    f"SELECT (SELECT MAX(id) FROM {AuditEntry._meta.db_table}), "  # noqa: S608
    f"(SELECT SUM(version) FROM {RatingYear._meta.db_table})"
)


def all_years() -> list[RatingYear]:
    return list(RatingYear.objects.select_related("scheme", "province").order_by("pk"))


def latest_year() -> RatingYear | None:
    return RatingYear.objects.order_by("-pk").first()


def data_version() -> tuple[int | None, int | None]:
    """Changes with every change of data: each leaves an audit row or raises a year's version."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSION)
        return cursor.fetchone()
