"""The yearly roster: who is rated, and where they stood on 31 December.

Lines follow the registers while the year is open and are frozen by closing. A line whose subject
left the roster but that carries a rating is kept, marked `dropped`, and counts for nothing.
"""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from assessments.roster.models.tallies import Subject
from assessments.roster.querysets import (
    MemberLineQuerySet,
    MovementQuerySet,
    RatedLineQuerySet,
    VillageLineQuerySet,
)
from assessments.rules.models.schemes import Level, RatedSubject
from assessments.rules.models.years import RatingYear
from members.models import LeavingReason, Member, VillageHead
from orgs.models import Form, Organization, Village, VillageKind


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


class RatedLine(Line):
    """A line with its rating; figures use `decided`.

    Organizations and members show one face: `subject`, `code`, `name`, `place` (what a list says of
    where it stands), `is_exempt`, `key` (a row of the unit by one text: `o12`, `m34`). Of each model:
    the `subjects` it holds, the `levels` it is rated by, `link` (its field in what points at a
    line), the paths of code, name and of the organization that it stands in or is, what must be
    `joined` to show a line, and the order in which the office lists them.
    """

    is_member: ClassVar[bool]
    letter: ClassVar[str]
    link: ClassVar[str]
    subjects: ClassVar[tuple[str, ...]]
    levels: ClassVar[RatedSubject]
    code_path: ClassVar[str]
    place_path: ClassVar[str]
    exempt: ClassVar[Combinable]
    name_path: ClassVar[str]
    joined: ClassVar[tuple[str, ...]]
    office_order: ClassVar[tuple[str, ...]]
    is_exempt: bool

    if TYPE_CHECKING:

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
        """Returned and written into since, not sent again (`querysets.MENDED`)."""
        return bool(self.return_reason) and self.version > self.returned_version


class OrganizationLine(RatedLine):
    is_member, is_exempt = False, False
    letter, link, listed = "o", "organization_line", "organization"
    subjects, levels = tuple(Kind.values), RatedSubject.ORGANIZATION
    code_path, name_path, place_path = "code", "name", "organization_id"
    exempt = Value(False)
    joined = ("grassroots",)
    office_order = ("grassroots__position", "grassroots_id", "position", "pk")

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="lines")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=12, choices=Kind)
    form = models.CharField(max_length=12, choices=Form)
    type_label = models.CharField(max_length=120, blank=True)
    parent = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    position = models.PositiveIntegerField(default=0)

    objects = RatedLineQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("organization in the roster")
        constraints = [models.UniqueConstraint(fields=["year", "organization"], name="organization_line_key")]
        indexes = [
            models.Index(fields=["year", "unit", "kind", "decided"], name="organization_line_count"),
            models.Index(fields=["year", "grassroots"], name="organization_line_group"),
        ]

    @property
    def subject(self) -> str:
        return self.kind

    @property
    def place(self) -> str:
        """The grassroots organization above an affiliated one."""
        return self.grassroots.name if self.kind == Kind.AFFILIATED and self.grassroots else ""


class MemberLine(RatedLine):
    """An exempt member is in the roster, not rated, whatever level was entered before."""

    is_member = True
    letter, link, listed = "m", "member_line", "member"
    subject = Subject.MEMBER.value
    subjects, levels = (subject,), RatedSubject.MEMBER
    code_path, name_path, place_path = "member__code", "member__full_name", "cell_id"
    exempt = F("is_exempt")
    joined = ("member", "cell")
    office_order = (
        "grassroots__position", "grassroots_id", "cell__position", "cell_id", "member__sort_key", "pk",
    )  # fmt: skip

    member = models.ForeignKey(Member, models.PROTECT, related_name="lines")
    cell = models.ForeignKey(Organization, models.PROTECT, related_name="+", db_index=False)
    is_exempt = models.BooleanField(default=False)
    is_probationary = models.BooleanField(default=False)

    objects = MemberLineQuerySet.as_manager()

    class Meta:
        ordering = ["cell__position", "member__sort_key", "pk"]
        verbose_name = _("member in the roster")
        constraints = [
            models.UniqueConstraint(fields=["year", "member"], name="member_line_key"),
        ]
        indexes = [
            models.Index(
                fields=["year", "unit", "decided", "is_exempt", "dropped"], name="member_line_count"
            ),
            models.Index(fields=["year", "grassroots", "decided"], name="member_line_group"),
            models.Index(fields=["year", "cell"], name="member_line_cell"),
        ]

    @property
    def code(self) -> str:
        return self.member.code

    @property
    def name(self) -> str:
        return self.member.full_name

    @property
    def place(self) -> str:
        return self.cell.name


RATED_LINES: tuple[type[RatedLine], ...] = (OrganizationLine, MemberLine)
BY_LETTER = {model.letter: model for model in RATED_LINES}


def lines_of(subject: str) -> RatedLineQuerySet:
    """The lines of a rated subject, of all years."""
    model = MemberLine if subject in MemberLine.subjects else OrganizationLine
    return model.objects.of(subject)


class HeadState(models.TextChoices):
    MEMBER = "member", _("member")
    NOT_MEMBER = "not_member", _("not a member")
    VACANT = "vacant", _("vacant")


class VillageLine(Line):
    """A village on 31 December: its committee, cell and head that day, and what it had before."""

    listed = "village"

    village = models.ForeignKey(Village, models.PROTECT, related_name="lines")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=12, choices=VillageKind, blank=True)
    committee = models.ForeignKey(Organization, models.PROTECT, related_name="+", db_index=False)
    cell = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    cell_is_shared = models.BooleanField(default=False)
    had_cell = models.BooleanField(default=False)
    has_member = models.BooleanField(default=False)
    had_member = models.BooleanField(default=False)
    official_members = models.PositiveIntegerField(default=0)
    head = models.ForeignKey(
        VillageHead,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    head_state = models.CharField(max_length=12, choices=HeadState, default=HeadState.VACANT)
    head_is_secretary = models.BooleanField(default=False)
    head_is_probationary = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)

    objects = VillageLineQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("village in the roster")
        constraints = [
            models.UniqueConstraint(fields=["year", "village"], name="village_line_key"),
            models.CheckConstraint(
                condition=Q(head__isnull=False) | Q(head_state=HeadState.VACANT),
                name="village_line_vacant_without_head",
            ),
        ]
        indexes = [models.Index(fields=["year", "unit"], name="village_line_unit")]


class MovementKind(models.TextChoices):
    ADMISSION = "admission", _("admission")
    ARRIVAL = "arrival", _("arrival")
    LEAVING = "leaving", _("leaving")


class Movement(Line):
    """An admission of the term, or an admission, arrival or leaving of the year."""

    listed = "member"

    member = models.ForeignKey(Member, models.PROTECT, related_name="movements")
    cell = models.ForeignKey(Organization, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=MovementKind)
    on = models.DateField()
    in_province = models.BooleanField(default=True)
    in_term = models.BooleanField(default=False)
    leaving_reason = models.CharField(max_length=12, choices=LeavingReason, blank=True)

    objects = MovementQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("movement")
        constraints = [models.UniqueConstraint(fields=["year", "member", "kind"], name="movement_key")]
        indexes = [models.Index(fields=["year", "unit", "kind"], name="movement_unit")]
