"""Sets of targets: each a document of its own; and what each unit is assigned of a target."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.rules.models.schemes import Document
from orgs.models import Organization
from orgs.scoping import UnitQuerySet


class TargetSet(Document):
    """A document that sets targets; the default one is what pages, forms and commands speak of.

    `code` stands in commands, addresses and the numbers of forms; `title` in headings ("Nghị quyết số
    03-NQ/TU"), `short_name` where there is little room.
    """

    code = models.CharField(
        _("code"),
        max_length=20,
        unique=True,
        validators=[
            RegexValidator(r"^[A-Z0-9][A-Z0-9._-]*$", _("Letters A to Z, digits, “.”, “-” and “_”."))
        ],
    )
    name = models.CharField(_("name"), max_length=160)
    title = models.CharField(_("name in headings"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=40)
    is_default = models.BooleanField(_("the default set"), default=False)

    class Meta:
        ordering = ["-is_default", "pk"]
        verbose_name = _("set of targets")
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="target_set_one_default"
            )
        ]

    def __str__(self) -> str:
        return self.name


class TargetScope(models.TextChoices):
    """Whom a target binds. One of every unit binds the province too, while none of its own does."""

    PROVINCE = "province", _("the province")
    UNITS = "units", _("every unit")
    QUOTA = "quota", _("a quota of each unit")


class Quota(models.Model):
    """What a unit is assigned of a target: whole, a percentage or a count. Each unit sees its own."""

    target = models.ForeignKey("assessments.Target", models.CASCADE, related_name="quotas")
    unit = models.ForeignKey(Organization, models.PROTECT, related_name="quotas", verbose_name=_("unit"))
    value = models.PositiveIntegerField(_("value"))

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["target_id", "unit_id"]
        verbose_name = _("quota")
        constraints = [models.UniqueConstraint(fields=["target", "unit"], name="quota_one_a_unit")]

    def __str__(self) -> str:
        return str(self.value)
