"""Supplements (báo cáo bổ sung): what a unit adds to or corrects in a closed year."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.review.supplements.querysets import SupplementLineQuerySet, SupplementQuerySet
from assessments.roster.models.counts import Period
from assessments.roster.models.lines import MemberLine, OrganizationLine, RatedLine
from assessments.rules.models.counts import Activity
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear
from orgs.models import Organization


class SupplementState(models.TextChoices):
    FILED = "filed", _("waiting for the Board")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")


class Supplement(models.Model):
    """Late or revised ratings of one unit in a closed year, by one decision.

    The unit files it, the Board accepts or declines it; accepted, it becomes a revision of the
    year. Only then do the lines and the figures change.
    """

    year = models.ForeignKey(RatingYear, models.PROTECT, related_name="supplements")
    unit = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=8, choices=SupplementState, default=SupplementState.FILED)
    reason = models.CharField(_("reason"), max_length=300)
    deciding_body = models.CharField(_("deciding body"), max_length=160)
    decision_number = models.CharField(_("decision number"), max_length=80)
    decided_on = models.DateField(_("decision date"))
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    filed_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)

    objects = SupplementQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("supplement")
        constraints = [
            models.UniqueConstraint(fields=["year", "unit", "number"], name="supplement_one_number"),
            models.CheckConstraint(
                condition=Q(state="filed", answered_at__isnull=True)
                | (~Q(state="filed") & Q(answered_at__isnull=False)),
                name="supplement_answered_when_decided",
            ),
        ]

    @property
    def is_filed(self) -> bool:
        return self.state == SupplementState.FILED


class SupplementLine(models.Model):
    """What a supplement makes of one line, on top of the version that the unit saw."""

    supplement = models.ForeignKey(Supplement, models.CASCADE, related_name="lines")
    organization_line = models.ForeignKey(
        OrganizationLine, models.PROTECT, null=True, related_name="supplements"
    )
    member_line = models.ForeignKey(MemberLine, models.PROTECT, null=True, related_name="supplements")
    version = models.PositiveIntegerField()
    self_rated = models.ForeignKey(Level, models.PROTECT, null=True, related_name="+")
    decided = models.ForeignKey(Level, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason when not rated"), max_length=200, blank=True)
    awarded = models.BooleanField(_("awarded the title “exemplary”"), default=False)

    objects = SupplementLineQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("line of a supplement")
        constraints = [
            models.CheckConstraint(
                condition=Q(organization_line__isnull=False, member_line__isnull=True)
                | Q(organization_line__isnull=True, member_line__isnull=False),
                name="supplement_line_of_one_line",
            ),
            models.UniqueConstraint(
                fields=["supplement", "organization_line"],
                name="supplement_line_once",
                condition=Q(organization_line__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["supplement", "member_line"],
                name="supplement_member_line_once",
                condition=Q(member_line__isnull=False),
            ),
        ]

    @property
    def key(self) -> str:
        """The line by one text, as `RatedLine.key`."""
        model = OrganizationLine if self.organization_line_id else MemberLine
        return f"{model.letter}{getattr(self, model.link + '_id')}"

    @property
    def line(self) -> RatedLine:
        """The line; LookupError without one, which the database refuses."""
        found = self.organization_line or self.member_line
        if found is None:
            raise LookupError(self.pk)
        return found


class SupplementCount(models.Model):
    """What a supplement makes of one count; `before`: what stood there when it was filed, kept to be read.
    None is blank. `organization_code`: as the year's list has it."""

    supplement = models.ForeignKey(Supplement, models.CASCADE, related_name="counts")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    organization_code = models.CharField(max_length=60)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+")
    period = models.CharField(_("period"), max_length=4, choices=Period, default=Period.YEAR)
    before = models.PositiveIntegerField(null=True)
    count = models.PositiveIntegerField(_("count"), null=True)

    objects = SupplementLineQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("count of a supplement")
        constraints = [
            models.UniqueConstraint(
                fields=["supplement", "organization", "activity", "period"], name="supplement_count_once"
            )
        ]
