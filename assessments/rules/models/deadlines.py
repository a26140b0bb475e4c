"""The last day of each stage of a year, for all units or for one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.rules.models.years import RatingYear
from orgs.models import Organization


class Stage(models.TextChoices):
    """The stages of a unit's year that have a deadline, in their order."""

    DRAFT = "draft", _("drafts of the grassroots organizations")
    SUBMISSION = "submission", _("submission by the unit")
    ANSWER = "answer", _("returned rows sent again")
    REVIEW = "review", _("review by the Board")


class Deadline(models.Model):
    """The last day of one stage: of every unit, or (with `unit`) one unit's own instead."""

    year = models.ForeignKey(RatingYear, models.CASCADE, related_name="deadlines")
    stage = models.CharField(_("stage"), max_length=12, choices=Stage)
    unit = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(_("deadline"))
    reason = models.CharField(_("reason for the extension"), max_length=300, blank=True)

    class Meta:
        ordering = ["year", "stage", "pk"]
        verbose_name = _("deadline")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "stage"], condition=Q(unit__isnull=True), name="deadline_of_all"
            ),
            models.UniqueConstraint(
                fields=["year", "stage", "unit"],
                condition=Q(unit__isnull=False),
                name="deadline_of_a_unit",
            ),
        ]


class OtherYearEnd(models.Model):
    """A unit, or a type of organizations (`Loại hình`), whose year does not close on 31 December, as that
    of schools: it is rated until mid-January (HD 43-HD/BTCTW, part 4)."""

    unit = models.OneToOneField(Organization, models.CASCADE, null=True, blank=True, related_name="+")
    type_label = models.CharField(_("type"), max_length=120, blank=True)

    class Meta:
        ordering = ["type_label", "pk"]
        verbose_name = _("year that closes otherwise")
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, type_label="") | (Q(unit__isnull=True) & ~Q(type_label="")),
                name="other_year_end_of_one",
            ),
            models.UniqueConstraint(
                fields=["type_label"], condition=~Q(type_label=""), name="other_year_end_type_once"
            ),
        ]

    def __str__(self) -> str:
        return self.unit.name if self.unit else self.type_label
