"""Workbooks that come in: the ledger of batches and their plans."""

import uuid
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.rules.models.years import RatingYear
from assessments.workbooks.querysets import PlannedRowQuerySet, UploadQuerySet
from orgs.models import Organization
from orgs.scoping import UnitQuerySet


class PreparedWorkbook(models.Model):
    """A workbook handed out filled with a unit's own rows, to be completed without the system.

    `codes`: the keys of its rows by kind; `trail_position`: the last audit entry when it was
    made, so that what others entered since is known when it comes back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    unit = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    year = models.ForeignKey(RatingYear, models.PROTECT, null=True, related_name="+")
    codes = models.JSONField(default=dict)
    trail_position = models.BigIntegerField(default=0)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        verbose_name = _("prepared workbook")


class BatchState(models.TextChoices):
    PLANNED = "planned", _("planned")
    STORED = "stored", _("stored")
    UNDONE = "undone", _("undone")


class Upload(models.Model):
    """One loaded file of a batch: its hash, who, when, counts, scope; kept as the ledger says.

    `choices`: what the user decided about the file after seeing it (layout, encoding, persons). `due_on`: the
    plan is confirmed and carried out on or after this day.
    """

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    unit = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80, blank=True)
    plan_hash = models.CharField(max_length=64, blank=True)
    counts = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    prepared = models.ForeignKey(PreparedWorkbook, models.SET_NULL, null=True, related_name="+")
    batch = models.UUIDField(null=True)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by_name = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(_("kept until"), null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("loaded workbook")
        indexes = [models.Index(fields=["batch"], name="upload_of_batch")]

    @property
    def of_batch(self) -> UUID:
        """Its batch; LookupError for a file older than batches."""
        if self.batch is None:
            raise LookupError(self.pk)
        return self.batch

    @property
    def state(self) -> BatchState:
        """How far the batch has come of which this is a file."""
        if self.undone_at:
            return BatchState.UNDONE
        return BatchState.STORED if self.applied_at else BatchState.PLANNED


class PlannedStatus(models.TextChoices):
    CREATED = "created", _("new")
    UPDATED = "updated", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    SKIPPED = "skipped", _("skipped")
    CONFLICT = "conflict", _("in conflict")
    ABSENT = "absent", _("not in the file")


class PlannedRow(models.Model):
    """What would become of one row of an upload. `changes`: [heading, before, after] a column;
    `label`: what the file calls it; `record`, `place`: the name that is stored under its code, and
    where that stands; `warned`: the codes of its warnings.

    Made anew with each plan, gone with its upload.
    """

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="planned_rows")
    sheet = models.CharField(max_length=120)
    kind = models.CharField(max_length=30)
    number = models.PositiveIntegerField(null=True)
    code = models.CharField(max_length=120, blank=True)
    label = models.CharField(max_length=255, blank=True)
    record = models.CharField(max_length=255, blank=True)
    place = models.CharField(max_length=300, blank=True)
    warned = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=10, choices=PlannedStatus)
    changes = models.JSONField(default=list)
    note = models.CharField(max_length=300, blank=True)
    search_key = models.CharField(max_length=400, blank=True)

    objects = PlannedRowQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["upload", "status", "id"], name="planned_by_status")]


class Layout(models.Model):
    """How an office's own sheet is read: mapped once, recognized by its headings afterwards.

    `signature`: SHA-256 of the match keys of its headings; `mapping`: which column is what, which
    values stand for which level, and how its text is encoded.
    """

    unit = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(max_length=30)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("layout of a workbook")
        constraints = [models.UniqueConstraint(fields=["unit", "signature"], name="layout_once_an_office")]
