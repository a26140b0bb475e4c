"""The years, and the latest of them."""

from assessments.models import RatingYear


def all_years() -> list[RatingYear]:
    return list(RatingYear.objects.select_related("scheme", "province").order_by("pk"))


def latest_year() -> RatingYear | None:
    return RatingYear.objects.order_by("-pk").first()
