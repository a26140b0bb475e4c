"""Villages as they stood on 31 December of a year."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.roster.models.line import Line
from assessments.roster.querysets import VillageLineQuerySet
from members.models import VillageHead
from orgs.models import Organization, Village, VillageKind


class HeadState(models.TextChoices):
    MEMBER = "member", _("member")
    NOT_MEMBER = "not_member", _("not a member")
    VACANT = "vacant", _("vacant")


class VillageLine(Line):
    """A village on 31 December: its committee, cell and head that day, and what it had before."""

    listed = "village"
    urgency: int
    """Only on lines `with_urgency` (registers)."""

    village = models.ForeignKey(Village, models.PROTECT, related_name="lines")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=12, choices=VillageKind, blank=True)
    committee = models.ForeignKey(Organization, models.PROTECT, related_name="+", db_index=False)
    cell = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    cell_is_shared = models.BooleanField(default=False)
    had_cell = models.BooleanField(default=False)
    has_member = models.BooleanField(default=False)
    had_member = models.BooleanField(default=False)
    official_members = models.PositiveIntegerField(default=0)
    head = models.ForeignKey(
        VillageHead,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    head_state = models.CharField(max_length=12, choices=HeadState, default=HeadState.VACANT)
    head_is_secretary = models.BooleanField(default=False)
    head_is_probationary = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)

    objects = VillageLineQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("village in the roster")
        constraints = [
            models.UniqueConstraint(fields=["year", "village"], name="village_line_key"),
            models.CheckConstraint(
                condition=Q(head__isnull=False) | Q(head_state=HeadState.VACANT),
                name="village_line_vacant_without_head",
            ),
        ]
        indexes = [models.Index(fields=["year", "unit"], name="village_line_unit")]
