from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import Organization
from orgs.scoping import UnitQuerySet


class Upload(models.Model):
    """The ledger of loaded workbooks: file and hash, who, when, counts, scope."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    unit = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80, blank=True)
    plan_hash = models.CharField(max_length=64, blank=True)
    counts = models.JSONField(default=dict)
    batch = models.UUIDField(null=True)
    applied_at = models.DateTimeField(null=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("loaded workbook")
