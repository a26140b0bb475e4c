"""Why somebody in the roster is not rated: a list that the Board edits; free words remain possible."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.rules.models.schemes import Document


class Known(models.TextChoices):
    """What the registers tell by themselves, so that the reason stands there before it is typed."""

    RECENT = "recent", _("admitted less than six months before 31 December")


class UnratedReason(Document):
    """A reason that grid, forms and prepared workbooks offer from a year on, in the Board's words."""

    text = models.CharField(_("reason when not rated"), max_length=120, unique=True)
    for_organizations = models.BooleanField(_("for organizations"), default=False)
    for_members = models.BooleanField(_("for members"), default=False)
    first_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position in lists"), default=0)
    is_offered = models.BooleanField(_("offered"), default=True)
    known = models.CharField(
        _("stands there by itself for"), max_length=12, choices=Known, blank=True, default=""
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("reason when not rated")
        constraints = [
            models.UniqueConstraint(
                fields=["known"], condition=~Q(known=""), name="unrated_reason_one_known"
            ),
            models.CheckConstraint(
                condition=Q(for_organizations=True) | Q(for_members=True), name="unrated_reason_for_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.text
