"""How members come, change their cell and leave.

Pages call these through `assessments.registers.door.change`, so that open years follow.
"""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from members import rules
from members.actions.bulk import STAY
from members.models import LeavingReason, Member
from members.standing import MEMBERS
from orgs.actions import former, stretches
from orgs.actions.handing_over import pass_on
from orgs.actions.required import require_life
from orgs.actions.writing import require_new_code, store, will_be
from orgs.dated import decided
from orgs.models import Organization
from orgs.rules import unit_of
from orgs.standing import require_bodies
from orgs.versions import writing
from resolution03.lib.dates import PartialDate, Precision
from resolution03.lib.errors import Refusal


@writing()
def enrol(*, by: Actor, code: str, full_name: str, cell: Organization, **values) -> Member:
    """Enter a member who was admitted in a cell or arrived from outside (`arrived_on`)."""
    require_new_code(Member.objects, code)
    _require_cell(cell)
    member = Member()
    _write(member, by, "enrol", code=code, full_name=full_name, cell=cell, **values)
    stretches.make(member.memberships, cell=cell)
    require_bodies([MEMBERS], member, by=by)
    return member


@writing()
def transfer(
    *,
    by: Actor,
    member: Member,
    cell: Organization,
    on: date,
    decision: str = "",
    decided_on: date | None = None,
) -> Member:
    """Let a member belong to another cell from `on` on."""
    member = _locked(member)
    _require_cell(cell)
    _require_presence(member, on)
    require_life(cell, on, field="cell")
    if cell == member.cell:
        raise Refusal(_("The member belongs to this cell already."), field="cell")
    known: dict = {"decision": decision, "decided_on": decided_on}
    stretches.begin(member.memberships, on=on, cell=cell, **known)
    require_bodies([MEMBERS], member, by=by, cell=cell)
    _write(member, by, "transfer", reason=decided(decision, decided_on), cell=cell)
    return member


def hand_over(
    rows: QuerySet, source: Organization, target: Organization, *, by: Actor, on: date, **decision
) -> None:
    """Let who is a member of `source` by the rows (`standing.MEMBERS`) be one of `target` from `on` on, also
    who left it by now, or comes only later."""
    pass_on(MEMBERS, rows, source, target, _transfer, by=by, on=on, **decision)


def _transfer(member: Member, holding, target: Organization, by: Actor, reason: str, is_latest: bool):
    if is_latest:
        _write(member, by, "transfer", reason=reason, cell=target)
    return "member.transfer", unit_of(member.cell.path)


@writing()
def leave(
    *,
    by: Actor,
    member: Member,
    on: date,
    leaving_reason: str,
    decision: str = "",
    decided_on: date | None = None,
) -> Member:
    """Let a member leave the Party's organization; `on` is the first day no longer counted."""
    member = _locked(member)
    _require_presence(member, on)
    _write(
        member,
        by,
        "leave",
        reason=decided(decision, decided_on),
        left_on=PartialDate(on),
        leaving_reason=leaving_reason,
        leaving_decision=decision,
        leaving_decided_on=decided_on,
    )
    return member


@writing()
def recognize(
    *, by: Actor, member: Member, official_on: date, decision: str = "", decided_on: date | None = None
) -> Member:
    """Recognize a probationary member as an official one, from `official_on` on (the party's charter,
    article 5: twelve months after the admission, also when it is decided later)."""
    member = _locked(member)
    if member.official_on:
        words = _("Official member since %(day)s already.")
        raise Refusal(words % {"day": member.official}, field="official_on")
    _require_presence(member, official_on, field="official_on")
    _write(
        member,
        by,
        "recognize",
        reason=decided(decision, decided_on),
        official_on=PartialDate(official_on),
        recognition_decision=decision,
        recognition_decided_on=decided_on,
    )
    return member


@writing()
def come_back(
    *,
    by: Actor,
    member: Member,
    on: date,
    cell: Organization,
    decision: str = "",
    decided_on: date | None = None,
) -> Member:
    """Let a member who left be in the roster again from `on` on; the years between stay as they were
    (INTERFACE, reading 8). Who was put out of the Party, or asked to go, needs a decision."""
    member = _locked(member)
    _require_cell(cell)
    _require_return(member, on, decision)
    require_life(cell, on, field="cell")
    known: dict = {"decision": decision, "decided_on": decided_on}
    stretches.make(member.past_stays, **known, **{name: getattr(member, name) for name in STAY})
    if cell != member.cell:
        stretches.begin(member.memberships, on=on, cell=cell, **known)
    _write(
        member,
        by,
        "return",
        reason=decided(decision, decided_on),
        cell=cell,
        arrived_on=PartialDate(on),
        left_on=None,
        left_precision=Precision.DAY,
        leaving_reason="",
        leaving_decision="",
        leaving_decided_on=None,
    )
    require_bodies([MEMBERS], member, by=by, field="cell")
    return member


@writing()
def exempt(*, by: Actor, member: Member, is_exempt: bool, on: date | None = None, reason: str = "") -> Member:
    """Exempt a member from party work and meetings from `on` on (default: today), or end that."""
    member, day = _locked(member), on or timezone.localdate()
    if is_exempt == member.is_exempt:
        words = _("The member is exempt already.") if is_exempt else _("The member is not exempt.")
        raise Refusal(words, field="is_exempt")
    _require_presence(member, day)
    former.begin(member.former_exemptions, now=member.is_exempt, value=is_exempt, on=day)
    _write(member, by, "exempt", reason=reason, is_exempt=is_exempt)
    return member


@writing()
def correct(*, by: Actor, member: Member, reason: str = "", **values) -> Member:
    """Correct what was entered wrongly; a cell from the latest change's own day."""
    member = _locked(member)
    if values.get("code", member.code) != member.code:
        require_new_code(Member.objects.exclude(pk=member.pk), values["code"])
    if "cell" in values:
        _require_cell(values["cell"])
        stretches.correct(member.memberships, cell=values["cell"])
    _require_day_of_leaving(member, values)
    _require_after_past_stays(member, values)
    values |= _decisions_of_nothing(member, values)
    days = {name: getattr(member, name) for name in PRESENCE}
    _write(member, by, "correct", reason=reason, **values)
    if changed := [name for name in PRESENCE if getattr(member, name) != days[name]]:
        require_bodies([MEMBERS], member, by=by, field=changed[-1])
    elif "cell" in values:
        require_bodies([MEMBERS], member, by=by, cell=values["cell"])
    return member


def _decisions_of_nothing(member: Member, values: dict) -> dict:
    """A leaving or a recognition that is taken off takes its decision along."""
    over: dict = {}
    if not will_be(member, "left_on", values):
        over |= {"leaving_decision": "", "leaving_decided_on": None}
    if not will_be(member, "official_on", values):
        over |= {"recognition_decision": "", "recognition_decided_on": None}
    return over


PRESENCE = ("admitted_on", "arrived_on", "left_on")


def _locked(member: Member) -> Member:
    """Hold the member's row until the transaction ends."""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    return Member.objects.select_related("cell").get(pk=member.pk)


def _write(member: Member, by: Actor, action: str, reason: str = "", **values) -> bool:
    """Check the dates as they will stand, then store and record."""
    cell = values.get("cell") or member.cell
    _require_order(
        *(will_be(member, f"{name}_on", values) for name in ("admitted", "arrived", "official", "left"))
    )
    return store(
        member,
        by=by,
        action=f"member.{action}",
        unit_id=unit_of(cell.path),
        reason=reason,
        **values,
    )


def _require_order(admitted: date, arrived: date | None, official: date | None, left: date | None) -> None:
    if not rules.is_official_in_order(admitted, official):
        raise Refusal(_("Official before the admission."), field="official_on")
    if arrived and arrived < admitted:
        raise Refusal(_("The arrival is before the admission."), field="arrived_on")
    if not rules.counted_until_in_order(arrived or admitted, left):
        raise Refusal(_("The leaving is before the first day in the roster."), field="left_on")


def _require_day_of_leaving(member: Member, values: dict) -> None:
    """A reason without a day is no leaving; one that stood there before stops no other correction."""
    stood = member.leaving_reason and not member.left_on
    if values.get("leaving_reason") and not stood and not will_be(member, "left_on", values):
        raise Refusal(_("A reason for leaving needs its day."), field="left_on")


def _require_after_past_stays(member: Member, values: dict) -> None:
    """Who came back arrived after the stay before ended."""
    last = member.past_stays.last() if "arrived_on" in values else None
    arrived = will_be(member, "arrived_on", values)
    if last and (arrived is None or arrived <= last.left_on):
        raise Refusal(
            _("The member left on %(day)s and came back: the arrival comes after that day.")
            % {"day": f"{last.left_on:%d/%m/%Y}"},
            field="arrived_on",
        )


def _require_return(member: Member, on: date, decision: str) -> None:
    if not member.left_on:
        raise Refusal(_("The member has not left."), field="on")
    if member.leaving_reason == LeavingReason.DIED:
        raise Refusal(_("The member died."), field="on")
    if not rules.comes_back(on, member.left_on):
        raise Refusal(
            _("The member left on %(day)s; the return comes after that day.")
            % {"day": f"{member.left_on:%d/%m/%Y}"},
            field="on",
        )
    if rules.needs_readmission(member.leaving_reason) and not decision.strip():
        raise Refusal(
            _("Who left by “%(reason)s” is admitted again by a decision: give its number.")
            % {"reason": member.get_leaving_reason_display()},
            field="decision",
        )


def _require_cell(cell: Organization) -> None:
    if not cell.is_cell:
        raise Refusal(_("%(name)s is not a cell.") % {"name": cell}, field="cell")


def _require_presence(member: Member, on: date, field: str = "on") -> None:
    if member.is_present_on(on):
        return
    raise Refusal(_("The member is not in the roster on %(day)s.") % {"day": f"{on:%d/%m/%Y}"}, field=field)
