"""What was issued and held under the resolution: programmes and plans, reviews, contests, classes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.rules.models.reviews import ReviewDue
from assessments.rules.models.years import RatingYear
from orgs.models import Organization
from orgs.scoping import PostedQuerySet


class RecordKind(models.TextChoices):
    PROGRAMME = "programme", _("programme")
    PLAN = "plan", _("plan of the year")
    INTERIM = "interim", _("interim review")
    FINAL = "final", _("final review")
    CONTEST = "contest", _("contest of good secretaries")
    TRAINING = "training", _("training class")


class ContestLevel(models.TextChoices):
    """At which level a contest is held."""

    PROVINCE = "province", _("the province")
    UNIT = "unit", _("the level above the grassroots")
    GRASSROOTS = "grassroots", _("the grassroots")


class FileKind(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"
    JPG = "jpg", "JPEG"
    PNG = "png", "PNG"


class RecordQuerySet(PostedQuerySet):
    def inside(self, organization) -> Q:
        """What the unit itself holds: who stands below it sees none of it."""
        return Q(organization=organization)


class Record(models.Model):
    """A document or an event of a unit, or of the province, in the year of its day; which of the numbers it
    has is said by its kind (`kinds.KINDS`). `organization` stays who held it. Of a file only its kind, its
    size in bytes and where it is kept are known: the name under which it came may name somebody."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="records")
    year = models.ForeignKey(RatingYear, models.PROTECT, related_name="records")
    kind = models.CharField(_("kind"), max_length=10, choices=RecordKind)
    on = models.DateField(_("day"))
    number = models.CharField(_("document number"), max_length=80, blank=True)
    title = models.CharField(_("what it is about, in short"), max_length=200, blank=True)
    answers = models.ForeignKey(
        ReviewDue,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="records",
        verbose_name=_("review that the Board asked for"),
    )
    level = models.CharField(_("level of the contest"), max_length=10, choices=ContestLevel, blank=True)
    participants = models.PositiveIntegerField(_("secretaries who took part"), null=True, blank=True)
    prizes = models.PositiveIntegerField(_("prizes"), null=True, blank=True)
    classes = models.PositiveIntegerField(_("classes"), null=True, blank=True)
    persons = models.PositiveIntegerField(_("persons trained"), null=True, blank=True)
    school_persons = models.PositiveIntegerField(_("of them by the Political School"), null=True, blank=True)
    funds = models.PositiveIntegerField(_("funds, in million dong"), null=True, blank=True)
    file_kind = models.CharField(_("file"), max_length=4, choices=FileKind, blank=True)
    file_size = models.PositiveIntegerField(default=0)
    stored_as = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("document or event")
        indexes = [models.Index(fields=["year", "kind"], name="record_of_year")]
        constraints = [
            models.CheckConstraint(condition=Q(prizes__lte=F("participants")), name="record_prizes_of_those"),
            models.CheckConstraint(
                condition=Q(school_persons__lte=F("persons")), name="record_school_of_all"
            ),
            models.CheckConstraint(
                condition=Q(stored_as="", file_kind="", sha256="")
                | ~Q(stored_as="") & ~Q(file_kind="") & ~Q(sha256=""),
                name="record_file_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.on:%d/%m/%Y}"
