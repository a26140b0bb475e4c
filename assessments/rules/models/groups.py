"""Groups of units, by which the province's tables are folded: the Board's words, not a rule."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import Organization
from orgs.scoping import UnitQuerySet


class UnitGroup(models.Model):
    """The group of one unit (an old district, an area, a type); a unit without a row is in none."""

    unit = models.OneToOneField(Organization, models.CASCADE, related_name="unit_group")
    name = models.CharField(_("group"), max_length=120)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("group of a unit")

    def __str__(self) -> str:
        return self.name
