"""Reports that left the system: kept as they were, with the figures that they told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.reports.issued.querysets import IssuedReportQuerySet
from assessments.rules.models.years import RatingYear
from orgs.models import Organization
from orgs.scoping import UnitQuerySet


class IssuedReport(models.Model):
    """One issued workbook or document: its number in the year, the revision of the figures, who,
    when, its hash; the file lies in the keeping under `stored_as`.

    `figures`: what it told, with the codes of the organizations and villages behind each figure
    (never persons), to be compared with today's. `standing`: the levels and states of the lines that
    it rested on, members by their keys (issued/standing.py); empty of what was issued before it was
    kept, and again after PERSON_LIST_YEARS. `unit` None: the province's.
    """

    number = models.PositiveIntegerField(_("number"))
    year = models.ForeignKey(RatingYear, models.PROTECT, related_name="issued_reports")
    unit = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    slug = models.CharField(max_length=60)
    revision = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    file_name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80)
    is_of_persons = models.BooleanField(default=False)
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
    figures = models.JSONField(default=dict)
    standing = models.JSONField(default=dict)

    objects = IssuedReportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("issued report")
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="issued_report_one_number")]

    @property
    def mark(self) -> str:
        """`12/2018`: the number in its year, as the file itself tells it."""
        return f"{self.number}/{self.year_id}"


class DocumentKind(models.TextChoices):
    INTERIM = "interim", _("interim review")
    FINAL = "final", _("final review")


class DocumentTemplate(models.Model):
    """An office's own Word template of a review report; the latest of a kind is used."""

    unit = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=DocumentKind)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("document template")
