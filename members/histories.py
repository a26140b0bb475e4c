"""What the page of a member tells of coming, leaving and exemption over time."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from members.models import LeavingReason, Member
from resolution03.lib.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Standing:
    """What began on a day, as precise as known; `decision`: number and date of the one it rests on."""

    day: PartialDate
    words: str
    decision: str = ""
    is_latest: bool = False


def standing_of(member: Member) -> list[Standing]:
    """The latest first; empty where there was never a change that the head of the page does not tell."""
    past = list(member.past_stays.all())
    exemptions = [*_exemptions(member)]
    if not past and not exemptions:
        return []
    told = sorted([*_stays(member, past), *exemptions], key=lambda one: one.day.day)
    return [Standing(one.day, one.words, one.decision, one == told[-1]) for one in told[::-1]]


def _stays(member: Member, past: list) -> Iterator[Standing]:
    """Coming and leaving; a decision stands with the return that it was about."""
    decision = ""
    for number, stay in enumerate([*past, member]):
        words = _("came back") if number else _("arrived") if stay.arrived else _("admitted")
        yield Standing(stay.arrived or member.admitted, words, decision)
        if stay.left:
            yield Standing(stay.left, _left(stay.leaving_reason), stay.leaving)
        decision = getattr(stay, "decided", "")


def _left(reason: str) -> str:
    if not reason:
        return _("left")
    return _("left: %(reason)s") % {"reason": LeavingReason(reason).label}


def _exemptions(member: Member) -> Iterator[Standing]:
    """Only where another value begins: a row that a correction made equal to the next tells nothing."""
    rows = list(member.former_exemptions.all())
    later: list[bool] = [*(row.is_exempt for row in rows[1:]), member.is_exempt]
    for row, is_exempt in zip(rows, later, strict=False):
        if row.is_exempt != is_exempt:
            words = _("exempt from then on") if is_exempt else _("no longer exempt")
            yield Standing(PartialDate(row.until), words)
