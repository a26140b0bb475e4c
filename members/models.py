from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members import rules
from members.querysets import MemberQuerySet
from orgs.dated import Dated, Former, dated_constraints, decided
from orgs.models import Organization, Village
from orgs.rules import in_order
from orgs.scoping import ScopedQuerySet
from resolution03.lib.dates import Precision, partial
from resolution03.lib.text import name_sort_key, search_key


class Sex(models.TextChoices):
    MALE = "m", "Nam"
    FEMALE = "f", "Nữ"


class LeavingReason(models.TextChoices):
    """Only expelled and struck off count as removed from the Party (DESIGN, figures)."""

    DIED = "died", "Từ trần"
    EXPELLED = "expelled", "Khai trừ"
    STRUCK_OFF = "struck_off", "Xoá tên"
    WITHDREW = "withdrew", "Xin ra"
    TRANSFERRED = "transferred", "Chuyển đi"


class Member(models.Model):
    """A party member. `cell` is the latest, earlier ones: Membership; `is_exempt` likewise:
    FormerExemption.

    `left_on` is the first day no longer counted; `arrived_on` the first day in the roster of one
    who came from outside (default: the admission date). Of who came back they tell the latest stay;
    earlier ones: PastStay.
    """

    SCOPE_PATHS = ("cell__path",)

    code = models.CharField(_("code"), max_length=60, unique=True)
    full_name = models.CharField(_("full name"), max_length=120)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    born_precision = models.CharField(max_length=1, choices=Precision, default=Precision.DAY)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    admitted_on = models.DateField(_("admission"))
    admitted_precision = models.CharField(max_length=1, choices=Precision, default=Precision.DAY)
    admitted_outside = models.BooleanField(_("admitted outside the province"), default=False)
    arrived_on = models.DateField(_("arrival"), null=True, blank=True)
    arrived_precision = models.CharField(max_length=1, choices=Precision, default=Precision.DAY)
    official_on = models.DateField(_("official member since"), null=True, blank=True)
    official_precision = models.CharField(max_length=1, choices=Precision, default=Precision.DAY)
    cell = models.ForeignKey(Organization, models.PROTECT, related_name="members", verbose_name=_("cell"))
    is_exempt = models.BooleanField(_("exempt from party work and meetings"), default=False)
    left_on = models.DateField(_("left"), null=True, blank=True)
    left_precision = models.CharField(max_length=1, choices=Precision, default=Precision.DAY)
    leaving_reason = models.CharField(
        _("reason for leaving"), max_length=12, choices=LeavingReason, blank=True
    )
    leaving_decision = models.CharField(_("decision number"), max_length=120, blank=True)
    leaving_decided_on = models.DateField(_("decision date"), null=True, blank=True)
    recognition_decision = models.CharField(_("decision number"), max_length=120, blank=True)
    recognition_decided_on = models.DateField(_("decision date"), null=True, blank=True)
    search_key = models.CharField(max_length=200, editable=False, default="")
    sort_key = models.CharField(max_length=200, editable=False, default="", db_index=True)

    born = partial("born")
    admitted = partial("admitted")
    arrived = partial("arrived")
    official = partial("official")
    left = partial("left")

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("member")
        constraints = [
            models.CheckConstraint(
                condition=Q(official_on__gte=F("admitted_on")),
                name="member_official_after_admission",
            ),
            models.CheckConstraint(
                condition=Q(left_on__gte=F("admitted_on")), name="member_left_after_admission"
            ),
        ]
        # Lists count who is found and present: from the index alone.
        indexes = [
            models.Index(fields=["search_key", "left_on", "arrived_on", "admitted_on"], name="member_found")
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("registers:member", args=[self.pk])

    def refresh_keys(self) -> None:
        """Make the member findable and sortable by the present name."""
        self.search_key = search_key(self.code, self.full_name)[:200]
        self.sort_key = name_sort_key(self.full_name)

    @property
    def official_due(self) -> date:
        """The day on which the probation ends."""
        return rules.earliest_official(self.admitted_on)

    @property
    def leaving(self) -> str:
        """The decision by which the member left."""
        return decided(self.leaving_decision, self.leaving_decided_on)

    @property
    def recognition(self) -> str:
        """The decision by which the member was recognized as an official one."""
        return decided(self.recognition_decision, self.recognition_decided_on)

    @property
    def joined_on(self):
        """The first day in the roster, of the latest stay."""
        return self.arrived_on or self.admitted_on

    @property
    def stays(self) -> list[rules.Stay]:
        """From when to when the member was in the roster, the latest last; one query."""
        past = [(stay.arrived_on, stay.left_on) for stay in self.past_stays.all()]
        return rules.stays(self.admitted_on, [*past, (self.arrived_on, self.left_on)])

    def is_present_on(self, day: date) -> bool:
        """In the roster that day, in this stay or an earlier one (INTERFACE, reading 8)."""
        return rules.is_present(day, self.stays)


class Membership(Dated):
    """In which cell a member was, from when to when."""

    SCOPE_PATHS = ("member__cell__path",)

    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    cell = models.ForeignKey(Organization, models.PROTECT, related_name="memberships")

    class Meta(Dated.Meta):
        verbose_name = _("membership")
        constraints = dated_constraints("membership", "member")


class FormerExemption(Former):
    """Whether a member was exempt until the day before `until`."""

    SCOPE_PATHS = ("member__cell__path",)
    held = "is_exempt"

    member = models.ForeignKey(Member, models.CASCADE, related_name="former_exemptions")
    is_exempt = models.BooleanField(_("exempt from party work and meetings"))

    class Meta(Former.Meta):
        verbose_name = _("former exemption")
        constraints = [models.UniqueConstraint(fields=["member", "until"], name="former_exemption_one_a_day")]


class PastStay(models.Model):
    """A stay that ended before the member came back: as Member tells the latest one.

    `decision`: that by which the member came back.
    """

    SCOPE_PATHS = ("member__cell__path",)

    member = models.ForeignKey(Member, models.CASCADE, related_name="past_stays")
    arrived_on = models.DateField(_("arrival"), null=True, blank=True)
    arrived_precision = models.CharField(max_length=1, choices=Precision, default=Precision.DAY)
    left_on = models.DateField(_("left"))
    left_precision = models.CharField(max_length=1, choices=Precision, default=Precision.DAY)
    leaving_reason = models.CharField(
        _("reason for leaving"), max_length=12, choices=LeavingReason, blank=True
    )
    leaving_decision = models.CharField(_("decision number"), max_length=120, blank=True)
    leaving_decided_on = models.DateField(_("decision date"), null=True, blank=True)
    decision = models.CharField(_("decision number"), max_length=120, blank=True)
    decided_on = models.DateField(_("decision date"), null=True, blank=True)

    arrived = partial("arrived")
    left = partial("left")

    class Meta:
        ordering = ["left_on"]
        verbose_name = _("past stay")
        constraints = [
            models.UniqueConstraint(fields=["member", "left_on"], name="past_stay_one_end"),
            models.CheckConstraint(condition=Q(left_on__gte=F("arrived_on")), name="past_stay_in_order"),
        ]

    @property
    def decided(self) -> str:
        return decided(self.decision, self.decided_on)

    @property
    def leaving(self) -> str:
        return decided(self.leaving_decision, self.leaving_decided_on)


class VillageHead(models.Model):
    """One term of a village head. `ends_on` is the last day counted.

    With `member` the member's own dates decide whether the head is a member on a day; without,
    `is_member` decides for the whole term (INTERFACE, reading 4).
    """

    SCOPE_PATHS = ("village__committee__path",)

    village = models.ForeignKey(Village, models.PROTECT, related_name="heads")
    full_name = models.CharField(_("full name"), max_length=120)
    is_member = models.BooleanField(_("party member"), default=False)
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="headships")
    is_secretary = models.BooleanField(_("secretary of the cell"), default=False)
    starts_on = models.DateField(_("from"))
    starts_precision = models.CharField(max_length=1, choices=Precision, default=Precision.DAY)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    ends_precision = models.CharField(max_length=1, choices=Precision, default=Precision.DAY)
    search_key = models.CharField(max_length=200, editable=False, default="")

    starts = partial("starts")
    ends = partial("ends")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["village", "starts_on"]
        verbose_name = _("village head")
        constraints = [
            models.UniqueConstraint(fields=["village", "starts_on"], name="village_head_key"),
            models.UniqueConstraint(
                fields=["village"], condition=Q(ends_on__isnull=True), name="village_head_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="village_head_term_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        """A head has no page but the village's."""
        return self.village.get_absolute_url()

    def is_in_post_on(self, day: date) -> bool:
        """The last day counts (INTERFACE, reading 2)."""
        return in_order(self.starts_on, day) and in_order(day, self.ends_on)

    def refresh_keys(self) -> None:
        """Make the head findable by the present name."""
        self.search_key = search_key(self.full_name)[:200]
