"""What acts and loads wrote, as long as it can be taken back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchRows(models.Model):
    """What a batch wrote into one table, for undoing it: `created` keys, and `changed` rows as
    key → [values before, values after], both of `columns`."""

    batch = models.UUIDField()
    model = models.CharField(max_length=60)
    columns = models.JSONField(default=list)
    created = models.JSONField(default=list)
    changed = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "model"], name="batch_rows_one_a_table")]


class ActDone(models.Model):
    """An act that was done on a register or a rule: which one, on what, by whom, and whether it was
    taken back. `batch`: that of its entries in the trail, and of its `BatchRows`."""

    batch = models.UUIDField(unique=True)
    code = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_back_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("act")
        indexes = [models.Index(fields=["object_type", "object_id"], name="act_of_object")]
