from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.rules.models.schemes import RatedSubject
from assessments.rules.models.years import RatingYear
from orgs.models import Organization
from orgs.scoping import UnitQuerySet


class Subject(models.TextChoices):
    GRASSROOTS = "grassroots", "Tổ chức cơ sở đảng"
    AFFILIATED = "affiliated", "Trực thuộc đảng uỷ cơ sở"
    MEMBER = "member", "Đảng viên"
    VILLAGE = "village", _("villages")
    HEAD = "head", _("village heads")
    ADMISSION = "admission", _("admissions")
    TITLE = "title", _("titles awarded")

    @property
    def levels(self) -> RatedSubject:
        """By whose levels the subject is rated."""
        return RatedSubject.MEMBER if self == Subject.MEMBER else RatedSubject.ORGANIZATION

    @property
    def list(self) -> str:
        """The list of entry in which the subject stands, as addresses call it."""
        return "members" if self == Subject.MEMBER else self.value


RATED = {
    Subject.GRASSROOTS: _("grassroots organizations"),
    Subject.AFFILIATED: _("affiliated organizations"),
    Subject.MEMBER: _("members"),
}
"""The subjects that are rated, as a sentence calls their lists."""


class Tally(models.Model):
    """How many of a year's subjects stand under one key: a level's code (upper case) or a state.

    Counted ones belong to a unit and are written in the transaction that changes the rows;
    reported ones (`is_reported`) are typed or loaded for a unit or any organization in it.
    """

    year = models.ForeignKey(RatingYear, models.CASCADE, related_name="tallies")
    unit = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=12, choices=Subject)
    key = models.CharField(max_length=24)
    count = models.IntegerField(default=0)
    is_reported = models.BooleanField(default=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("tally")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "organization", "subject", "key", "is_reported"], name="tally_key"
            ),
            models.CheckConstraint(condition=models.Q(count__gte=0), name="tally_not_negative"),
        ]


class ReportedNote(models.Model):
    """Why an organization's reported totals of one subject do not add up, in its own words."""

    year = models.ForeignKey(RatingYear, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=12, choices=Subject)
    text = models.CharField(_("reason for a warning"), max_length=300)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("note on reported totals")
        constraints = [
            models.UniqueConstraint(fields=["year", "organization", "subject"], name="reported_note_key")
        ]
