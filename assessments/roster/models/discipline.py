"""Discipline as the rules of rating need it: how many, of which form; never who."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.roster.models.lines import OrganizationLine
from assessments.roster.querysets import DisciplineQuerySet

MOST = 999
"""The largest number that one count may be."""


class Disciplined(models.TextChoices):
    ORGANIZATION = "organization", _("the organization itself")
    MEMBER = "member", _("members of the organization")
    COMMITTEE = "committee", _("of them members of the committee")


class DisciplineForm(models.TextChoices):
    """Forms of discipline; dissolution is of organizations, removal and expulsion of members. Members of
    the committee are counted in all forms together."""

    REPRIMAND = "reprimand", _("reprimand")
    WARNING = "warning", pgettext_lazy("discipline", "warning")
    REMOVAL = "removal", _("removal from office")
    EXPULSION = "expulsion", _("expulsion")
    DISSOLUTION = "dissolution", _("dissolution")
    ANY = "any", _("all forms")


FORMS_OF = {
    Disciplined.ORGANIZATION: (
        DisciplineForm.REPRIMAND,
        DisciplineForm.WARNING,
        DisciplineForm.DISSOLUTION,
    ),
    Disciplined.MEMBER: (
        DisciplineForm.REPRIMAND,
        DisciplineForm.WARNING,
        DisciplineForm.REMOVAL,
        DisciplineForm.EXPULSION,
    ),
    Disciplined.COMMITTEE: (DisciplineForm.ANY,),
}
CELLS: dict[str, tuple[Disciplined, DisciplineForm]] = {
    f"{of}_{form}": (of, form) for of, forms in FORMS_OF.items() for form in forms
}
"""Every count that an organization can have in a year, by the name of its field."""


class Discipline(models.Model):
    """How many decisions of one form a year brought in one organization of its roster.

    No row: nobody gave the count; a row with 0: there was none.
    """

    line = models.ForeignKey(OrganizationLine, models.CASCADE, related_name="discipline")
    of = models.CharField(max_length=12, choices=Disciplined)
    form = models.CharField(_("form"), max_length=12, choices=DisciplineForm)
    count = models.PositiveSmallIntegerField(_("count"))

    objects = DisciplineQuerySet.as_manager()

    class Meta:
        ordering = ["line", "of", "form"]
        verbose_name = _("discipline")
        constraints = [
            models.UniqueConstraint(fields=["line", "of", "form"], name="discipline_one_a_form"),
            models.CheckConstraint(
                condition=Q(of="organization", form__in=["reprimand", "warning", "dissolution"])
                | Q(of="member", form__in=["reprimand", "warning", "removal", "expulsion"])
                | Q(of="committee", form="any"),
                name="discipline_form_of_its_kind",
            ),
        ]
