"""By when the units hold the interim and the final reviews of the resolution (part III.4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.rules.models.schemes import Document


class ReviewKind(models.TextChoices):
    INTERIM = "interim", _("interim review")
    FINAL = "final", _("final review")


class ReviewDue(Document):
    """A review that the Board asks of every unit of the year of its day; no figure rests on it."""

    kind = models.CharField(_("kind of review"), max_length=8, choices=ReviewKind)
    name = models.CharField(_("name"), max_length=120)
    due_on = models.DateField(_("to be held by"))

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("day of a review")
        constraints = [models.UniqueConstraint(fields=["kind", "due_on"], name="review_due_one_a_day")]

    def __str__(self) -> str:
        return self.name
