"""How far each user has read the notices; the notices themselves are rows of the audit trail."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticesRead(models.Model):
    """The last audit entry that a user has seen as a notice."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices_read")
    up_to = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("notices read")
