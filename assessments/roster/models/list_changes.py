"""What became of a unit's list of a year after the unit had handed it to the Board (ADR 30)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import stores_names
from assessments.rules.models.years import Submission
from orgs.scoping import PostedQuerySet


class ChangeState(models.TextChoices):
    WAITING = "waiting", _("waiting for the Board's word")
    SENT = "sent", _("goes to the Board with the unit's next submission")
    CONFIRMED = "confirmed", _("confirmed by the Board")
    RETURNED = "returned", _("returned to the unit")
    TAKEN_BACK = "taken_back", _("taken back: as it was accepted")
    FOLLOWED = "followed", _("followed by another change of the same row")


UNSEEN = (ChangeState.WAITING, ChangeState.SENT)
"""The Board has not said anything to it yet."""


class Listed(models.TextChoices):
    """Whose row it is; the letters are those of `RatedLine.key`."""

    ORGANIZATION = "o", _("organization")
    MEMBER = "m", _("member")
    VILLAGE = "v", _("village")


class ListChangeQuerySet(PostedQuerySet):
    def inside(self, organization) -> Q:
        """As of what belongs to the unit as a whole: who stands below it does not see them."""
        return Q(submission__unit=organization)

    def waiting(self) -> Self:
        """Those that wait for the Board's word."""
        return self.filter(state=ChangeState.WAITING)

    def unseen(self) -> Self:
        return self.filter(state__in=UNSEEN)

    def named(self) -> Self:
        """Those that may be shown: of members none where no names are stored."""
        return self if stores_names() else self.exclude(listed=Listed.MEMBER)


class ListChange(models.Model):
    """What one act did to one row of the list of a submitted or accepted unit.

    `before` and `after`: the values of the row in each table of the roster that tells of it
    (`organization`, `member`, `admission`, …), null where it was not there; `before` is how the Board
    last saw it. A row has at most one change that waits: a further act follows it. No person's name.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="list_changes")
    listed = models.CharField(max_length=1, choices=Listed)
    who = models.BigIntegerField()
    code = models.CharField(max_length=60)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    batch = models.UUIDField(null=True)
    action = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)
    after_acceptance = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ChangeState, default=ChangeState.WAITING)
    answered_by_name = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    objects: ClassVar[ListChangeQuerySet] = ListChangeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["pk"]
        verbose_name = _("change of a list")
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "listed", "who"],
                name="list_change_waits_once",
                condition=Q(state="waiting"),
            )
        ]
        indexes = [models.Index(fields=["submission", "state"], name="list_change_state")]

    @property
    def is_waiting(self) -> bool:
        return self.state == ChangeState.WAITING
