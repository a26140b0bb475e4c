"""Counts of parts II and III as offices gave them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.rules.models.counts import Activity
from assessments.rules.models.years import RatingYear
from orgs.models import Organization
from orgs.scoping import YearScopedQuerySet


class Period(models.TextChoices):
    """Up to when a year's count is counted."""

    HALF = "half", _("half-year")
    YEAR = "year", _("year")


OF_HALF, OF_YEAR = "6 tháng", "Năm"
"""As workbooks and the trail call the half-year and the year, whatever the reader's language."""


class ActivityCount(models.Model):
    """A count of one organization of the count's level in one year; what nobody gave has no row.

    `grassroots`: where it adds up, the organization itself or the one above a cell; None of a unit's own.
    `unit` and `grassroots` as in the roster of the year. `reason`: why it fails a soft check.
    """

    CELL_PATH = "organization"

    year = models.ForeignKey(RatingYear, models.PROTECT, related_name="activity_counts")
    period = models.CharField(_("period"), max_length=4, choices=Period, default=Period.YEAR)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    grassroots = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="counts")
    count = models.PositiveIntegerField(_("count"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = YearScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "organization", "activity", "period"], name="activity_count_once"
            )
        ]
        indexes = [models.Index(fields=["year", "unit", "activity"], name="activity_count_unit")]


class PaperTotal(models.Model):
    """The sum that stands on the paper of an organization (a unit, or a grassroots organization over its
    cells): what the counts typed below it are compared with."""

    year = models.ForeignKey(RatingYear, models.PROTECT, related_name="+")
    period = models.CharField(_("period"), max_length=4, choices=Period, default=Period.YEAR)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    grassroots = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+")
    total = models.PositiveIntegerField(_("total on paper"))
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = YearScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "organization", "activity", "period"], name="paper_total_once"
            )
        ]
