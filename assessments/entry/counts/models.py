"""Yearly counts that no register holds: what only an office counts (the resolution's part II)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.rules.models.years import RatingYear
from orgs.models import Organization
from orgs.scoping import YearScopedQuerySet

MOST = 99_999
"""The largest number that one count may be."""


class Activity(models.Model):
    """One thing that offices count; `form`: the report form that shows it, if any."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=60)
    form = models.CharField(max_length=10, blank=True)
    position = models.PositiveSmallIntegerField()
    first_year = models.PositiveSmallIntegerField(null=True)
    last_year = models.PositiveSmallIntegerField(null=True)
    document = models.CharField(_("document"), max_length=200, blank=True)

    class Meta:
        ordering = ["position"]
        verbose_name = _("yearly count")


class ActivityCount(models.Model):
    """A count of one grassroots organization in one year; what nobody gave has no row.

    `unit` and `grassroots` as in the roster of the year.
    """

    year = models.ForeignKey(RatingYear, models.PROTECT, related_name="activity_counts")
    grassroots = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="counts")
    count = models.PositiveIntegerField(_("count"))
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = YearScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "grassroots", "activity"], name="activity_count_once")
        ]
