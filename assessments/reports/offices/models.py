"""How an office signs its forms: names of bodies, place, signers, spelling."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models import Organization
from orgs.scoping import PostedQuerySet


class Spelling(models.TextChoices):
    AS_WRITTEN = "", _("as written")
    U_TONE = "ủy", "ủy, hóa"
    Y_TONE = "uỷ", "uỷ, hoá"


class OfficeQuerySet(PostedQuerySet):
    def inside(self, organization) -> models.Q:
        """The office of a unit itself."""
        return models.Q(organization=organization)


class Office(models.Model):
    """What stands around the forms of the province's or a unit's office.

    A blank field has the default of the office's kind, never a made-up name.
    """

    organization = models.OneToOneField(Organization, models.CASCADE, related_name="office")
    body_above = models.CharField(_("body above"), max_length=160, blank=True)
    body = models.CharField(_("body"), max_length=160, blank=True)
    number = models.CharField(_("document number"), max_length=60, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    signs_for = models.CharField(_("signs for"), max_length=120, blank=True)
    signs_as = models.CharField(_("signs as"), max_length=120, blank=True)
    signer = models.CharField(_("signer"), max_length=120, blank=True)
    preparer = models.CharField(_("prepared by"), max_length=120, blank=True)
    spelling = models.CharField(_("spelling"), max_length=4, choices=Spelling, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
