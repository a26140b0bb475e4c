"""Admissions and departures of a year."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.roster.models.line import Line
from assessments.roster.querysets import MovementQuerySet
from members.models import LeavingReason, Member
from orgs.models import Organization


class MovementKind(models.TextChoices):
    ADMISSION = "admission", _("admission")
    ARRIVAL = "arrival", _("arrival")
    LEAVING = "leaving", _("leaving")


class Movement(Line):
    """An admission of the resolution's term or of one that has days in the year (`in_current_term`: the
    one of its last day, `in_ended_term`: the one that ended before), or an admission, arrival or leaving
    of the year."""

    listed = "member"

    member = models.ForeignKey(Member, models.PROTECT, related_name="movements")
    cell = models.ForeignKey(Organization, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=MovementKind)
    on = models.DateField()
    in_province = models.BooleanField(default=True)
    in_term = models.BooleanField(default=False)
    in_current_term = models.BooleanField(default=False)
    in_ended_term = models.BooleanField(default=False)
    leaving_reason = models.CharField(max_length=12, choices=LeavingReason, blank=True)

    objects = MovementQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("movement")
        constraints = [models.UniqueConstraint(fields=["year", "member", "kind"], name="movement_key")]
        indexes = [models.Index(fields=["year", "unit", "kind"], name="movement_unit")]
