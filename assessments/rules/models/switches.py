"""Which soft rules the Board has switched off in a year; without a row a rule is on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.rules.models.years import RatingYear


class RuleSwitch(models.Model):
    """One soft rule of `assessments.rules.catalog` in one year."""

    year = models.ForeignKey(RatingYear, models.CASCADE, related_name="rule_switches")
    rule = models.CharField(_("rule"), max_length=40)
    is_on = models.BooleanField(_("asked for"), default=True)

    class Meta:
        ordering = ["year", "rule"]
        verbose_name = _("switch of a rule")
        constraints = [models.UniqueConstraint(fields=["year", "rule"], name="rule_switch_one_a_year")]
