"""Targets and the term of the resolution: data that the Board edits, with history."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.rules.models.schemes import Document
from assessments.rules.models.target_sets import TargetScope, TargetSet


class Comparison(models.TextChoices):
    AT_LEAST = ">=", "≥"
    MORE_THAN = ">", ">"
    AT_MOST = "<=", "≤"


class Target(Document):
    """What an indicator has to reach in some years, by a set of targets. `value` is a percentage or a
    count; None where each unit has a quota of its own.

    A document of its own is named only where it is not that of the set.
    """

    set = models.ForeignKey(
        TargetSet, models.PROTECT, related_name="targets", verbose_name=_("set of targets")
    )
    indicator = models.CharField(_("indicator"), max_length=40)
    comparison = models.CharField(_("comparison"), max_length=2, choices=Comparison)
    scope = models.CharField(_("whom it binds"), max_length=8, choices=TargetScope, default=TargetScope.UNITS)
    value = models.DecimalField(_("value"), max_digits=9, decimal_places=2, null=True, blank=True)
    first_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    due = models.PositiveSmallIntegerField(_("due by the end of"), null=True, blank=True)
    is_guiding = models.BooleanField(_("as a direction, not binding"), default=False)
    article = models.CharField(_("article"), max_length=80, blank=True)

    class Meta:
        ordering = ["set_id", "indicator", "scope", F("first_year").asc(nulls_first=True)]
        verbose_name = _("target")
        constraints = [
            models.UniqueConstraint(
                fields=["set", "indicator", "scope", "first_year"], name="target_one_of_a_set"
            ),
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="target_years_in_order"),
            models.CheckConstraint(condition=Q(value__gte=0), name="target_not_negative"),
            models.CheckConstraint(
                condition=Q(scope="quota", value__isnull=True) | ~Q(scope="quota") & Q(value__isnull=False),
                name="target_value_unless_quota",
            ),
        ]

    def __str__(self) -> str:
        value = "…" if self.value is None else f"{self.value.normalize():f}"
        return f"{self.indicator} {self.comparison} {value}"


class Term(Document):
    """The term over which admissions are counted, both days included."""

    name = models.CharField(_("name"), max_length=80)
    starts_on = models.DateField(_("first day"), unique=True)
    ends_on = models.DateField(_("last day"))
    is_target_term = models.BooleanField(_("the resolution's term"), default=False)

    class Meta:
        ordering = ["starts_on"]
        verbose_name = _("term")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="term_days_in_order"),
            models.UniqueConstraint(
                fields=["is_target_term"],
                condition=Q(is_target_term=True),
                name="term_one_of_the_resolution",
            ),
        ]

    def __str__(self) -> str:
        return self.name
