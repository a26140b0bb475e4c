"""From which age on a village's members are not counted on for the year to come."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.rules.models.schemes import Document


class RiskAge(Document):
    """The age of the page of villages at risk, from a year on; without a row the default holds."""

    age = models.PositiveSmallIntegerField(_("age in years"))
    first_year = models.PositiveSmallIntegerField(_("first year"), unique=True)

    class Meta:
        ordering = ["first_year"]
        verbose_name = _("age for villages at risk")

    def __str__(self) -> str:
        return f"{self.age}"
