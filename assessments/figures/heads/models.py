"""The way that a unit chose for a village whose head is no member."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.roster.models.village_lines import VillageLine


class Way(models.TextChoices):
    """What a unit may choose for a village."""

    ADMIT = "a", _("A: admit the village head")
    STAND = "b", _("B: put forward a member")


class HeadWay(models.Model):
    """The way for one village of a year's list, without anybody's name; no row: still open."""

    line = models.OneToOneField(VillageLine, models.CASCADE, related_name="way", verbose_name=_("village"))
    way = models.CharField(_("way"), max_length=1, choices=Way)
    chosen_on = models.DateField(_("chosen on"))

    class Meta:
        verbose_name = _("way for a village")
