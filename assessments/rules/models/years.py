"""Years, their revisions, and each unit's submission."""

from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.rules.models.schemes import Scheme
from assessments.rules.querysets import SubmissionQuerySet
from orgs.models import Organization


class YearState(models.TextChoices):
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    REPORTED = "reported", _("reported totals only")


class RatingYear(models.Model):
    """A year with its own roster. `frozen` holds the crosswalk, targets and caps of a closed one;
    `closed_without` the units that were not complete when a reason closed it
    (`{"code", "name", "missing": {kind: rows}}`, no person's name); `is_shown`: viewers begin with it
    although it is open."""

    year = models.PositiveSmallIntegerField(_("year"), primary_key=True)
    state = models.CharField(_("state"), max_length=8, choices=YearState, default=YearState.OPEN)
    scheme = models.ForeignKey(Scheme, models.PROTECT, null=True, related_name="years")
    province = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    province_name = models.CharField(max_length=255, blank=True)
    revision = models.PositiveSmallIntegerField(_("revision"), default=0)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    reopened_reason = models.CharField(_("reason for reopening"), max_length=500, blank=True)
    frozen = models.JSONField(default=dict)
    closed_without = models.JSONField(default=list)
    is_shown = models.BooleanField(_("first page of viewers"), default=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["year"]
        verbose_name = _("year")

    def __str__(self) -> str:
        return str(self.year)

    @property
    def is_open(self) -> bool:
        return self.state == YearState.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == YearState.CLOSED


class RevisionKind(models.TextChoices):
    CLOSING = "closing", _("closing")
    SUPPLEMENT = "supplement", _("supplement")


class YearRevision(models.Model):
    """The figures of a year as they stood when it was closed or supplemented; never changed.

    `missing`: what was still missing when a written reason overrode it, without any person's name.
    """

    year = models.ForeignKey(RatingYear, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=10, choices=RevisionKind, default=RevisionKind.CLOSING)
    by_name = models.CharField(max_length=120)
    reason = models.CharField(max_length=500, blank=True)
    missing = models.JSONField(default=list)
    rules = models.JSONField()
    tallies = models.JSONField()

    class Meta:
        ordering = ["year", "number"]
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="year_revision_one_number")]


class SubmissionState(models.TextChoices):
    NOT_BEGUN = "not_begun", _("not begun")
    IN_PROGRESS = "in_progress", _("in progress")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")


LOCKED = (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED)
"""Handed to the Board: the unit's rows are locked for the unit."""


class Submission(models.Model):
    """A unit's year: its name and place in the lists that year, and who holds it now."""

    year = models.ForeignKey(RatingYear, models.CASCADE, related_name="submissions")
    unit = models.ForeignKey(Organization, models.PROTECT, related_name="submissions")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=255)
    position = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=SubmissionState, default=SubmissionState.NOT_BEGUN)
    since = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    message = models.CharField(_("message"), max_length=500, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    changes_since: datetime | None
    """Only on rows `with_changes`."""

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["year", "position", "pk"]
        verbose_name = _("submission")
        constraints = [
            models.UniqueConstraint(fields=["year", "unit"], name="submission_one_a_unit"),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False),
                name="submission_knows_when",
            ),
        ]

    @property
    def is_locked(self) -> bool:
        return self.state in LOCKED

    @cached_property
    def changes_waiting(self) -> int:
        """How many rows of the list changed since the Board holds it and wait for the Board's word;
        a query, unless the rows were read `with_changes`."""
        return self.list_changes.waiting().named().count() if self.is_locked else 0
