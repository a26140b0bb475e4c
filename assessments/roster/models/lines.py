"""The yearly roster: who is rated, and where they stood on 31 December.

Lines follow the registers while the year is open and are frozen by closing. A line whose subject
left the roster but that carries a rating is kept, marked `dropped`, and counts for nothing.
"""

from django.db import models
from django.db.models import F, Value
from django.utils.translation import gettext_lazy as _

from assessments.roster.models.line import Kind, RatedLine, RatedLineQuerySet
from assessments.roster.models.tallies import Subject
from assessments.roster.querysets import MemberLineQuerySet
from assessments.rules.models.schemes import RatedSubject
from members.models import Member
from orgs.models import Form, Organization


class OrganizationLine(RatedLine):
    is_member, is_exempt = False, False
    letter, link, listed = "o", "organization_line", "organization"
    CELL_PATH = "organization"
    subjects, levels = tuple(Kind.values), RatedSubject.ORGANIZATION
    code_path, name_path, place_path = "code", "name", "organization_id"
    above_path = "parent_id"
    exempt, subject_at = Value(False), F("kind")
    admitted_at, awarded_at = Value(None, models.DateField()), F("awarded")
    joined = ("grassroots",)
    office_order = ("grassroots__position", "grassroots_id", "position", "pk")
    also = ("awarded",)

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
    awarded = models.BooleanField(_("awarded the title “exemplary”"), default=False)

    objects = RatedLineQuerySet.as_manager()  # type: ignore[assignment, misc]  # a manager has the methods of its queryset

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

    is_member, awarded = True, False
    letter, link, listed = "m", "member_line", "member"
    subject = Subject.MEMBER.value
    subjects, levels = (subject,), RatedSubject.MEMBER
    code_path, name_path, place_path = "member__code", "member__full_name", "cell_id"
    above_path = "cell_id"
    exempt, subject_at = F("is_exempt"), Value(subject)
    admitted_at, awarded_at = F("member__admitted_on"), Value(False)
    joined = ("member", "cell")
    office_order = (
        "grassroots__position", "grassroots_id", "cell__position", "cell_id", "member__sort_key", "pk",
    )  # fmt: skip
    also = ()

    member = models.ForeignKey(Member, models.PROTECT, related_name="lines")
    cell = models.ForeignKey(Organization, models.PROTECT, related_name="+", db_index=False)
    is_exempt = models.BooleanField(default=False)
    is_probationary = models.BooleanField(default=False)

    objects = MemberLineQuerySet.as_manager()  # type: ignore[assignment, misc]  # a manager has the methods of its queryset

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
