from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.schemes import Level


class RatingRevision(models.Model):
    """A rating as it stood before it was changed; never changed itself."""

    organization_line = models.ForeignKey(
        OrganizationLine, models.CASCADE, null=True, related_name="revisions"
    )
    member_line = models.ForeignKey(MemberLine, models.CASCADE, null=True, related_name="revisions")
    version = models.PositiveIntegerField()
    self_rated = models.ForeignKey(Level, models.PROTECT, null=True, related_name="+")
    proposed = models.ForeignKey(Level, models.PROTECT, null=True, related_name="+")
    decided = models.ForeignKey(Level, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    awarded = models.BooleanField(default=False)
    deciding_body = models.CharField(max_length=160, blank=True)
    decision_number = models.CharField(max_length=80, blank=True)
    decided_on = models.DateField(null=True)
    replaced_at = models.DateTimeField(auto_now_add=True)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    why = models.CharField(_("reason for the change"), max_length=300, blank=True)

    class Meta:
        ordering = ["version", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organization_line__isnull=False, member_line__isnull=True)
                | Q(organization_line__isnull=True, member_line__isnull=False),
                name="rating_revision_of_one_line",
            )
        ]
