"""What only offices count (the resolution's parts II and III): what they are asked for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST = 99_999
"""The largest number that one count may be."""


class Activity(models.Model):
    """One thing that offices count; `form`: the report form that shows it, if any."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=60)
    form = models.CharField(max_length=10, blank=True)
    position = models.PositiveSmallIntegerField()
    first_year = models.PositiveSmallIntegerField(null=True)
    last_year = models.PositiveSmallIntegerField(null=True)
    document = models.CharField(_("document"), max_length=200, blank=True)

    class Meta:
        ordering = ["position"]
        verbose_name = _("yearly count")
