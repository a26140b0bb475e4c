"""Members in cells and heads of villages, as `orgs.standing` judges what stands in a body that ended."""

from datetime import date

from django.db.models import Case, DateField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from members.models import Member, Membership, PastStay, VillageHead
from orgs import standing
from orgs.standing import Holding

_LATEST = Coalesce("member__arrived_on", "member__admitted_on")


def _past_stays() -> QuerySet:
    stays = PastStay.objects.filter(member=OuterRef("member"))
    return stays.annotate(joined_on=Coalesce("arrived_on", "member__admitted_on"))


def _joined() -> Coalesce:
    """The first day of the first stay that lasts into the row."""
    began = Coalesce(OuterRef("starts_on"), Value(date.min, DateField()))
    lasting = _past_stays().filter(left_on__gt=began)
    return Coalesce(Subquery(lasting.order_by("left_on").values("joined_on")[:1]), _LATEST)


def _gone() -> Case:
    """The end of the last stay that begins within the row; None while it lasts."""
    begun = _past_stays().filter(joined_on__lt=OuterRef("ends_on")).order_by("-left_on")
    is_last = Q(ends_on__isnull=True) | Q(ends_on__gt=_LATEST)
    return Case(When(is_last, then="member__left_on"), default=Subquery(begun.values("left_on")[:1]))


MEMBERS = Holding(
    Membership,
    "member",
    "cell",
    starts=("starts_on", "joined_on"),
    ends=(("ends_on", "gt"), ("gone_on", "gt")),
    body_starts="cell__established_on",
    body_ends=("cell__dissolved_on", "gt"),
    things=Member,
    names=("member__code", "member__full_name"),
    counted=lambda count: ngettext("%(count)d member", "%(count)d members", count) % {"count": count},
    alias=lambda rows: rows.annotate(joined_on=_joined(), gone_on=_gone()),
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
