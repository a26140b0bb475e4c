"""Caps on levels, who is counted together under them, exceptions: data that the Board edits, with history."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.rules.models.schemes import Document
from orgs.models import Organization
from orgs.scoping import UnitQuerySet
from resolution03.lib.figures import number

CAPPED = [
    ("grassroots", _("grassroots organizations")),
    ("affiliated", _("affiliated organizations")),
    ("member", _("members")),
]


class CapBase(models.TextChoices):
    LEVEL = "level", _("of those rated at another level")
    RATED = "rated", _("of those rated")


class CapGroup(models.TextChoices):
    """Who is counted together. By unit and by type the grassroots organizations directly under the
    province, each of which is a unit of its own, are one group together."""

    GRASSROOTS = "grassroots", _("in each grassroots organization")
    UNIT = "unit", _("in each unit")
    UNIT_TYPE = "unit_type", _("in each unit, each group of types by itself")
    NAMED = "named", _("in each group that the Board names; the others in each unit")


class Cap(Document):
    """How many of a group may be given a level at most; over it a reason is asked for. Groups of fewer
    rated than `least_size` are not limited."""

    subject = models.CharField(_("subject"), max_length=12, choices=CAPPED)
    level_code = models.CharField(_("level"), max_length=12)
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2)
    base = models.CharField(_("base"), max_length=8, choices=CapBase)
    base_level_code = models.CharField(_("level of the base"), max_length=12, blank=True)
    group = models.CharField(_("group"), max_length=12, choices=CapGroup)
    least_size = models.PositiveSmallIntegerField(_("least size of a group"), null=True, blank=True)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    article = models.CharField(_("article"), max_length=80, blank=True)
    is_default = models.BooleanField(_("a default that awaits the Board's decision"), default=False)

    class Meta:
        ordering = ["first_year", "subject"]
        verbose_name = _("cap")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "level_code", "first_year"], name="cap_one_a_first_year"
            ),
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="cap_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return f"{self.level_code} ≤ {number(self.percent.normalize() + 0)}%, {self.get_subject_display()}"

    def holds(self, year: int) -> bool:
        return self.first_year <= year <= (self.last_year or year)


class CapException(Document):
    """Another percentage for the groups of one unit in one year, by decision of the competent level
    (QĐ 366-QĐ/TW, art. 11: up to 25%)."""

    unit = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("unit"))
    year = models.PositiveSmallIntegerField(_("year"))
    subject = models.CharField(_("subject"), max_length=12, choices=CAPPED)
    level_code = models.CharField(_("level"), max_length=12)
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["year", "subject", "unit"]
        verbose_name = _("exception from a cap")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "subject", "level_code"], name="cap_exception_one_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100), name="cap_exception_is_a_percentage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level_code} ≤ {number(self.percent.normalize() + 0)}%, {self.unit.name}, {self.year}"


class LikeBy(models.TextChoices):
    TYPE = "type", _("by types")
    ORGANIZATION = "organization", _("by organizations")


class LikeGroup(Document):
    """Like bodies that are counted together under a cap: some types, or some organizations by name.

    `entries`: one a line, a type as it stands in the register or the code of an organization.
    """

    name = models.CharField(_("name"), max_length=120)
    by = models.CharField(_("how it is drawn"), max_length=12, choices=LikeBy)
    entries = models.TextField(_("types or codes, one a line"))

    class Meta:
        ordering = ["by", "name"]
        verbose_name = _("group of like bodies")
        constraints = [models.UniqueConstraint(fields=["by", "name"], name="like_group_one_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def listed(self) -> list[str]:
        return [line.strip() for line in self.entries.splitlines() if line.strip()]
