"""The four registers: how a record is found in the user's scope, what leads to it, which values of it the
trail tells. For its page and for every act on it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.shortcuts import get_object_or_404

from members.models import Member, VillageHead
from members.trail import HEAD, MEMBER
from orgs.models import Organization, Village
from orgs.trail.declared import ORGANIZATION, VILLAGE
from orgs.trail.words import Of
from resolution03.lib.phrases import Phrase

Record = Organization | Village | VillageHead | Member
Crumb = tuple[Phrase, str]
"""A name and its address; the address is empty for the page itself, and outside the user's scope."""


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """`name` begins the names of its addresses and of its acts in the trail; `find` gives the record or
    404, `way` what leads to it, itself the last."""

    name: str
    folder: str
    about: Of
    find: Callable[..., Record]
    way: Callable[..., list[Crumb]]
    subtitle: Callable[..., str] = lambda record: ""


def find_organization(user, pk: int) -> Organization:
    visible = Organization.objects.visible_to(user).select_related("parent")
    return get_object_or_404(visible, pk=pk)


def find_village(user, pk: int) -> Village:
    visible = Village.objects.visible_to(user).select_related("committee", "cell")
    return get_object_or_404(visible, pk=pk)


def find_head(user, pk: int) -> VillageHead:
    visible = VillageHead.objects.visible_to(user).select_related("village__committee")
    return get_object_or_404(visible, pk=pk)


def find_member(user, pk: int) -> Member:
    visible = Member.objects.visible_to(user).select_related("cell")
    return get_object_or_404(visible, pk=pk)


def way_to_organization(user, shown: Organization) -> list[Crumb]:
    """All above it, within the user's scope as links."""
    above = Organization.objects.ancestors_of(shown)
    rows = Organization.objects.visible_to(user).filter(pk__in=[one.pk for one in above])
    visible = set(rows.values_list("pk", flat=True))
    way = [(one.name, one.get_absolute_url() if one.pk in visible else "") for one in above]
    return [*way, (shown.name, shown.get_absolute_url())]


def _way_to_village(user, shown: Village) -> list[Crumb]:
    return [(one.name, one.get_absolute_url()) for one in (shown.committee, shown)]


def _way_to_head(user, shown: VillageHead) -> list[Crumb]:
    return _way_to_village(user, shown.village)


def _way_to_member(user, shown: Member) -> list[Crumb]:
    return [*way_to_organization(user, shown.cell), (shown.full_name, shown.get_absolute_url())]


ORGANIZATIONS = Register(
    "organization", "organizations", ORGANIZATION, find_organization, way_to_organization
)
VILLAGES = Register("village", "villages", VILLAGE, find_village, _way_to_village)
HEADS = Register("head", "heads", HEAD, find_head, _way_to_head, lambda head: head.village.name)
MEMBERS = Register("member", "members", MEMBER, find_member, _way_to_member)

PROVINCE = replace(ORGANIZATIONS, name="province")


def here(way: list[Crumb]) -> list[Crumb]:
    """The way on the page to which it leads."""
    return [*way[:-1], (way[-1][0], "")]
