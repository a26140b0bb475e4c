"""Counts of parts II and III as offices gave them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.rules.models.counts import Activity
from assessments.rules.models.years import RatingYear
from orgs.models import Organization
from orgs.scoping import YearScopedQuerySet


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
