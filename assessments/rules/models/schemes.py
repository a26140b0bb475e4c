"""Rating schemes, their levels and what the levels count as: dated data, never constants."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """The document on which a rule rests."""

    document_number = models.CharField(_("document number"), max_length=80, blank=True)
    document_date = models.DateField(_("document date"), null=True, blank=True)
    issuer = models.CharField(_("issuer"), max_length=120, blank=True)

    class Meta:
        abstract = True

    @property
    def document(self) -> str:
        """As it is cited, for example `HD 16-HD/BTCTW, 24/9/2018 của Ban Tổ chức Trung ương`: numbers are
        given again by others and in other years. Empty when no document is recorded."""
        day = self.document_date
        dated = f", {day.day}/{day.month}/{day.year}" if day else ""
        by = f" của {self.issuer}" if self.issuer and self.document_number else ""
        return f"{self.document_number}{dated}{by}"

    def validate_constraints(self, exclude=None) -> None:
        """The actions refuse what contradicts, in words and beside its field."""


class RatedSubject(models.TextChoices):
    ORGANIZATION = "organization", _("organizations")
    MEMBER = "member", _("members")


class Meaning(models.TextChoices):
    """What the resolution's words ask of a level."""

    STRONG = "strong", _("strong")
    EXEMPLARY = "exemplary", _("exemplary")
    WELL = "well", _("performing well")

    @property
    def levels(self) -> RatedSubject:
        """Whose levels are read."""
        return RatedSubject.MEMBER if self == Meaning.WELL else RatedSubject.ORGANIZATION


class SchemeQuerySet(models.QuerySet["Scheme"]):
    def for_year(self, year: int) -> "Scheme | None":
        """The scheme by which `year` is rated, or None before the first."""
        holds = Q(last_year__isnull=True) | Q(last_year__gte=year)
        return self.filter(holds, first_year__lte=year).order_by("-first_year").first()


class Scheme(Document):
    """The levels of some rating years."""

    name = models.CharField(_("name"), max_length=160)
    first_year = models.PositiveSmallIntegerField(_("first rating year"), unique=True)
    last_year = models.PositiveSmallIntegerField(_("last rating year"), null=True, blank=True)
    break_note = models.CharField(
        _("why its figures are not compared with the years before"), max_length=120, blank=True
    )

    objects = SchemeQuerySet.as_manager()

    class Meta:
        ordering = ["first_year"]
        verbose_name = _("rating scheme")
        constraints = [
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="scheme_years_in_order")
        ]

    def __str__(self) -> str:
        return self.name


class Level(models.Model):
    """One level of a scheme, for organizations or for members; rank 1 is the best."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="levels")
    subject = models.CharField(_("subject"), max_length=12, choices=RatedSubject)
    code = models.CharField(_("code"), max_length=12)
    name = models.CharField(_("name"), max_length=120)
    rank = models.PositiveSmallIntegerField(_("rank"))

    class Meta:
        ordering = ["scheme", "subject", "rank"]
        verbose_name = _("level")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "subject", "code"], name="level_one_code"),
            models.UniqueConstraint(fields=["scheme", "subject", "rank"], name="level_one_rank"),
        ]

    def __str__(self) -> str:
        return self.code


class Reading(Document):
    """One way to read a word of the resolution in the levels of a scheme (the crosswalk).

    The one `in_use` decides whether a target is met; the others stand beside it.
    Without a document of the Board it is said to be the default.
    """

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="readings")
    meaning = models.CharField(_("meaning"), max_length=12, choices=Meaning)
    name = models.CharField(_("reading"), max_length=160)
    levels = models.ManyToManyField(Level, related_name="readings", verbose_name=_("levels"))
    in_use = models.BooleanField(_("in use"), default=False)

    class Meta:
        ordering = ["scheme", "meaning", "-in_use", "pk"]
        verbose_name = _("reading")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "meaning"], condition=Q(in_use=True), name="reading_one_in_use"
            )
        ]

    def __str__(self) -> str:
        return self.name
