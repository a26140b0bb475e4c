"""Members in cells and heads of villages, as `orgs.standing` judges what stands in a body that ended."""

from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from members.models import Member, Membership, VillageHead
from orgs import standing
from orgs.standing import Holding

MEMBERS = Holding(
    Membership,
    "member",
    "cell",
    starts=("starts_on", "joined_on"),
    ends=(("ends_on", "gt"), ("member__left_on", "gt")),
    body_starts="cell__established_on",
    body_ends=("cell__dissolved_on", "gt"),
    things=Member,
    names=("member__code", "member__full_name"),
    counted=lambda count: ngettext("%(count)d member", "%(count)d members", count) % {"count": count},
    alias=lambda rows: rows.annotate(joined_on=Coalesce("member__arrived_on", "member__admitted_on")),
)
HEADS = Holding(
    VillageHead,
    "pk",
    "village",
    starts=("starts_on",),
    ends=(("ends_on", "gte"),),
    body_starts="village__starts_on",
    body_ends=("village__ends_on", "gte"),
    things=VillageHead,
    names=("village__code", "full_name"),
    counted=lambda count: ngettext("%(count)d head", "%(count)d heads", count) % {"count": count},
)
OF_ORGANIZATIONS = (*standing.HOLDINGS, MEMBERS)
HOLDINGS = (*OF_ORGANIZATIONS, HEADS)
