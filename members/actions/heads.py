"""Terms of village heads: at no time two of one village, checked under the village's lock."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.actors import Actor
from members import rules
from members.models import Member, VillageHead
from orgs.actions.writing import store, will_be
from orgs.models import Village
from orgs.rules import in_order, unit_of
from orgs.versions import writing
from resolution03.lib.dates import PartialDate
from resolution03.lib.errors import Refusal


@writing()
def appoint(
    *,
    by: Actor,
    village: Village,
    full_name: str,
    starts_on: PartialDate,
    is_member: bool = False,
    member: Member | None = None,
    is_secretary: bool = False,
    ends_on: PartialDate | None = None,
) -> VillageHead:
    """Put a head in post. With `member` that member's dates decide whether the head is one."""
    village = _locked(village)
    head = VillageHead(village=village)
    _require_term(head, starts_on.day, ends_on.day if ends_on else None)
    ends: dict[str, Any] = {"ends_on": ends_on} if ends_on else {}
    _write(
        head,
        by,
        "appoint",
        full_name=full_name,
        is_member=is_member,
        member=member,
        is_secretary=is_secretary,
        starts_on=starts_on,
        **ends,
    )
    return head


@writing()
def end_term(*, by: Actor, head: VillageHead, on: date) -> VillageHead:
    """End a term; `on` is the last day counted. The post is vacant until a successor starts."""
    _locked(head.village)
    head.refresh_from_db()
    _require_term(head, head.starts_on, on)
    _write(head, by, "end", ends_on=PartialDate(on))
    return head


@writing()
def correct(*, by: Actor, head: VillageHead, reason: str = "", **values) -> VillageHead:
    """Correct what was entered wrongly about a term."""
    _locked(head.village)
    head.refresh_from_db()
    term = [will_be(head, name, values) for name in TERM]
    if term != [getattr(head, name) for name in TERM]:
        _require_term(head, *term)
    _write(head, by, "correct", reason=reason, **values)
    return head


TERM = ("starts_on", "ends_on")


def _locked(village: Village) -> Village:
    return (
        Village.objects.select_for_update(of=("self",), no_key=True)
        .select_related("committee")
        .get(pk=village.pk)
    )


def _write(head: VillageHead, by: Actor, action: str, reason: str = "", **values) -> None:
    store(
        head,
        by=by,
        action=f"head.{action}",
        unit_id=unit_of(head.village.committee.path),
        reason=reason,
        **values,
    )


def _require_term(head: VillageHead, starts_on: date, ends_on: date | None) -> None:
    """Refuse a term that ends before it starts, outlives the village, or meets another one."""
    village = head.village
    if not in_order(starts_on, ends_on):
        raise Refusal(_("The term would end before it starts."), field="ends_on")
    if not (in_order(village.starts_on, starts_on) and in_order(starts_on, village.ends_on)):
        raise Refusal(_("The village does not exist on that day."), field="starts_on")
    if village.ends_on and (ends_on is None or ends_on > village.ends_on):
        words = _("The village ends on %(day)s: so does the term, at the latest.")
        raise Refusal(words % {"day": f"{village.ends_on:%d/%m/%Y}"}, field="ends_on")
    for other in village.heads.exclude(pk=head.pk):
        if rules.terms_clash((starts_on, ends_on), (other.starts_on, other.ends_on)):
            raise Refusal(_clash(other), field="starts_on")


def _clash(other: VillageHead) -> str:
    until = f"{other.ends_on:%d/%m/%Y}" if other.ends_on else _("today")
    return _("There is a head in post from %(start)s to %(end)s. End that term first.") % {
        "start": f"{other.starts_on:%d/%m/%Y}",
        "end": until,
    }
