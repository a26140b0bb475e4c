import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission, may
from orgs.scoping import posted_organization, stands_at_root


class State(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("being done")
    DONE = "done", _("done")
    FAILED = "failed", _("not done")
    CANCELLED = "cancelled", _("cancelled")


UNENDED = (State.WAITING, State.RUNNING)


def sees_all_jobs(user) -> bool:
    """The Board from the province, and an administrator from wherever."""
    reaches_all = stands_at_root(user) or may(user, Permission.MANAGE_ACCOUNTS)
    return may(user, Permission.SEE_JOBS) and reaches_all


def place_of(user) -> int | None:
    """The key of the organization from which the user asks; None without a posting."""
    posted = posted_organization(user)
    return posted.pk if posted else None


class JobQuerySet(models.QuerySet):
    """Jobs; whose they are is a matter of the account and of where it stands."""

    def of(self, user) -> Self:
        """Those that the user asked for from where they stand today."""
        return self.filter(by=user.pk, place=place_of(user))

    def visible_to(self, user) -> Self:
        """One's own; all, without what came of them, for who looks after the service."""
        return self.all() if sees_all_jobs(user) else self.of(user)

    def unended(self) -> Self:
        return self.filter(state__in=UNENDED)

    def mark(self) -> None:
        """The act of these jobs is about to be committed."""
        self.update(has_acted=True)


class Job(models.Model):
    """One long act: who asked for what, how far it is, what came of it.

    Here stand keys and codes alone. What was typed (`typed_as`), and the file or the reasons that
    came of it (`stored_as`), lie in the store of jobs. `place`: the key of the organization at which
    the user stood; `slot`: which worker does it; `has_acted`: written in the act's own transaction.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    place = models.BigIntegerField(null=True)
    parameters = models.JSONField(default=dict)
    typed_as = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    slot = models.PositiveSmallIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    has_acted = models.BooleanField(default=False)
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    stored_as = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        app_label = "orgs"
        ordering = ["-pk"]
        verbose_name = _("job")
        indexes = [models.Index(fields=["state", "id"], name="job_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["by"], condition=Q(state="running"), name="job_one_running_per_user"
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("orgs:job", args=[self.token])

    @property
    def is_ended(self) -> bool:
        return self.state not in UNENDED
