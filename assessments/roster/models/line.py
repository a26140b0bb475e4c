"""The one face of lines: code, name, who, place; and how a line is rated."""

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from assessments.rules.models.schemes import Level, RatedSubject
from assessments.rules.models.years import RatingYear
from orgs.models import Organization
from orgs.scoping import YearScopedQuerySet

OneLine = TypeVar("OneLine", bound="RatedLine")
RETURNED = ~Q(return_reason="")
"""What the Board gave back and the unit has not sent again."""

MENDED = RETURNED & Q(version__gt=F("returned_version"))
"""Of those: written into since; it waits to be sent again."""

CARRYING = Q(decided__isnull=False) | Q(self_rated__isnull=False) | Q(proposed__isnull=False) | ~Q(reason="")
"""Carries a rating: somebody gave it a level or wrote a reason."""

AWARDED = Q(awarded=True)
"""Of organizations: awarded the title “tiêu biểu” of the year (HD 06-HD/TW, 9/6/2025)."""


class Kind(models.TextChoices):
    """Which target a rated organization falls under; follows from its parent's level."""

    GRASSROOTS = "grassroots", _("grassroots organization")
    AFFILIATED = "affiliated", _("affiliated organization")


class Line(models.Model):
    """A row of a year's roster, placed as on 31 December of that year.

    Hundreds of thousands of lines are written at a time: only what is searched has an index.
    `listed` names the field of whoever or whatever stands in the line.
    """

    listed: ClassVar[str]
    CELL_PATH: ClassVar[str] = "cell"

    year = models.ForeignKey(RatingYear, models.CASCADE, related_name="+", db_index=False)
    unit = models.ForeignKey(Organization, models.PROTECT, related_name="+", db_index=False)
    grassroots = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )

    class Meta:
        abstract = True

    @property
    def listed_id(self) -> int:
        return getattr(self, f"{self.listed}_id")


class RatedLineQuerySet(YearScopedQuerySet[OneLine, OneLine]):
    def in_roster(self) -> Self:
        """Lines that count; dropped ones are kept but count for nothing."""
        return self.filter(dropped=False)

    def of(self, subject: str) -> Self:
        """Lines of one of the model's subjects."""
        return self.filter(self.model.holding(subject))

    def to_rate(self) -> Self:
        """Lines that are rated at all; an exempt member is not."""
        return self

    def in_office_order(self) -> Self:
        """Grassroots organization by grassroots organization, inside by cell."""
        return self.order_by(*self.model.office_order)

    def with_names(self) -> Self:
        """With what the face of a line tells: code, name and place."""
        return self.select_related(*self.model.joined)

    def named(self) -> Self:
        """Lines that may be shown one by one; of organizations all."""
        return self

    def with_rating(self) -> Self:
        """With names and the levels that lists show."""
        return self.with_names().select_related("self_rated", "decided")

    def rated(self) -> Self:
        """Lines with a decided level (INTERFACE, reading 6)."""
        return self.filter(decided__isnull=False)

    def unrated(self) -> Self:
        """The other lines, whatever the reason."""
        return self.filter(decided__isnull=True)

    def unexplained(self) -> Self:
        """Lines with neither a level nor a reason."""
        return self.filter(decided__isnull=True, reason="")

    def to_answer(self) -> Self:
        """Returned lines that nobody has mended yet."""
        return self.filter(RETURNED).exclude(MENDED)


class RatedLine(Line):
    """A line with its rating; figures use `decided`.

    Organizations and members show one face: `subject`, `code`, `name`, `place` (what a list says of
    where it stands), `is_exempt`, `key` (a row of the unit by one text: `o12`, `m34`). Of each model:
    the `subjects` it holds, the `levels` it is rated by, `link` (its field in what points at a
    line), the paths of code, name, of the organization that it stands in or is (`place_path`) and
    of the one that lists show with it (`above_path`), what must be
    `joined` to show a line, the order in which the office lists them, and what is `also` stored of a
    rating that the other model does not have.
    """

    is_member: ClassVar[bool]
    letter: ClassVar[str]
    link: ClassVar[str]
    subjects: ClassVar[tuple[str, ...]]
    levels: ClassVar[RatedSubject]
    code_path: ClassVar[str]
    place_path: ClassVar[str]
    above_path: ClassVar[str]
    exempt: ClassVar[Combinable]
    subject_at: ClassVar[Combinable]
    name_path: ClassVar[str]
    joined: ClassVar[tuple[str, ...]]
    office_order: ClassVar[tuple[str, ...]]
    also: ClassVar[tuple[str, ...]]
    admitted_at: ClassVar[Combinable]
    awarded_at: ClassVar[Combinable]
    is_exempt: bool
    awarded: bool

    if TYPE_CHECKING:
        objects: ClassVar[RatedLineQuerySet["RatedLine"]]

        @property
        def subject(self) -> str: ...

        @property
        def code(self) -> str: ...

        @property
        def name(self) -> str: ...

        @property
        def place(self) -> str: ...

    self_rated = models.ForeignKey(
        Level,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("self-rated"),
        db_index=False,
    )
    proposed = models.ForeignKey(
        Level,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("proposed"),
        db_index=False,
    )
    decided = models.ForeignKey(
        Level,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided"),
        db_index=False,
    )
    reason = models.CharField(_("reason when not rated"), max_length=200, blank=True)
    note = models.CharField(_("reason for a warning"), max_length=200, blank=True)
    deciding_body = models.CharField(_("deciding body"), max_length=160, blank=True)
    decision_number = models.CharField(_("decision number"), max_length=80, blank=True)
    decided_on = models.DateField(_("decision date"), null=True, blank=True)
    return_reason = models.CharField(_("returned because"), max_length=300, blank=True)
    returned_version = models.PositiveIntegerField(default=0)
    accepted = models.BooleanField(_("accepted"), default=False)
    dropped = models.BooleanField(_("no longer in the roster"), default=False)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(null=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )

    class Meta:
        abstract = True

    @classmethod
    def holding(cls, subject: str) -> Q:
        """Lines of one of the model's subjects."""
        return Q(kind=subject) if len(cls.subjects) > 1 else Q()

    @property
    def key(self) -> str:
        return f"{self.letter}{self.pk}"

    @property
    def is_mended(self) -> bool:
        """Returned and written into since, not sent again (`MENDED`)."""
        return bool(self.return_reason) and self.version > self.returned_version
