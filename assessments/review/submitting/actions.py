"""A unit's year on its way: in progress, submitted, returned, accepted."""

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.entry.totals.owed import notes_owed
from assessments.review.submitting.refused import NotComplete, ReasonsMissing
from assessments.review.submitting.transitions import IN_PROGRESS, NOT_BEGUN, NOT_NOW, TRANSITIONS
from assessments.roster import answering
from assessments.roster.facts import whole_review
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.list_changes import ChangeState
from assessments.rules.holding import hold_open_year
from assessments.rules.models.years import Submission
from orgs import audit
from orgs.versions import writing
from resolution03.lib import bulk
from resolution03.lib.errors import Refusal
from resolution03.lib.text import clean

NO_LINES: Mapping[int, str] = MappingProxyType({})
LONGEST_REASON = 300


@writing()
def submit(*, by: Actor, submission: Submission, message: str = "") -> Submission:
    """Hand the unit's year to the Board; its rows are locked from then on."""
    locked = _locked(submission, "submit")
    parts = whole_review(locked.year, *lines_of_unit(locked))
    blank = sum(len(part.blanks) for part in parts)
    contradictory = sum(len(part.contradictions) for part in parts)
    unexplained = sum(len(part.unexplained) for part in parts)
    totals = len(notes_owed(locked.year, locked.unit_id))
    if blank or contradictory or unexplained or totals:
        raise NotComplete(blank, contradictory, unexplained, totals)
    for lines in lines_of_unit(locked):
        lines.exclude(return_reason="").update(return_reason="")
    locked.submitted_at = timezone.now()
    answering.send_with_the_year(locked)
    return move(locked, "submit", by=by, message=message)


@writing()
def return_lines(
    *,
    by: Actor,
    submission: Submission,
    organizations: Mapping[int, str] = NO_LINES,
    members: Mapping[int, str] = NO_LINES,
    reason: str = "",
) -> int:
    """Give rows back to the unit, each with its reason; they and the rows not accepted open again.
    How many rows that were.

    The mappings tell the reason of each row; `reason` stands for those without one. While a unit
    is still entering, only rows accepted before can be given back.
    """
    locked = _locked(submission, "return")
    wanted = (organizations, members)
    found = [_found(lines, ids) for lines, ids in zip(lines_of_unit(locked), wanted, strict=True)]
    if locked.state in (NOT_BEGUN, IN_PROGRESS):
        found = [[line for line in lines if line.accepted] for lines in found]
    if not any(found):
        raise Refusal(_("Choose at least one row to return."))
    why = _reasons(found, wanted, clean(reason))
    count = give_back(found, why, by)
    answering.send_with_the_year(locked)
    move(locked, "return", by=by, message=reason, rows=count)
    return count


def _found(lines, ids: Mapping[int, str]) -> list:
    return list(lines.filter(pk__in=list(ids)).with_names())


def _reasons(found: list[list], wanted: tuple, common: str) -> dict[str, str]:
    """The reason of each row by its key; refuses, naming the rows, where one has none."""
    why = {
        line.key: clean(reasons[line.pk]) or common
        for lines, reasons in zip(found, wanted, strict=True)
        for line in lines
    }
    without = [line for lines in found for line in lines if not why[line.key]]
    if without:
        raise ReasonsMissing(without)
    if max(map(len, why.values())) > LONGEST_REASON:
        raise Refusal(_("A reason for returning has at most %(most)s characters.") % {"most": LONGEST_REASON})
    return why


@writing()
def accept(*, by: Actor, submission: Submission, seen: int | None = None) -> Submission:
    """Accept every row that is not returned; the unit's year is accepted when none is, and with it the
    changes of its list up to `seen`, the newest that the page showed (None: all); later ones wait."""
    locked = _locked(submission, "accept")
    waiting = False
    for lines in lines_of_unit(locked):
        waiting = waiting or lines.exclude(return_reason="").exists()
        lines.filter(return_reason="", accepted=False).update(accepted=True)
    if waiting:
        change = audit.Change(
            locked,
            {"state": locked.state},
            {"state": locked.state, "rest": "accepted"},
            locked.unit_id,
            locked.code,
        )
        audit.record([change], by=by, action="submission.accept_rest")
        return locked
    changes = answering.answer(answering.unseen(locked, seen), ChangeState.CONFIRMED, by=by)
    return move(locked, "accept", by=by, message="", **({"changes": changes} if changes else {}))


def of_open_year(submission: Submission) -> Submission:
    """The submission, locked after its year, which must be open."""
    year = hold_open_year(submission.year_id)
    locked = Submission.objects.select_for_update(no_key=True).get(pk=submission.pk)
    locked.year = year
    return locked


def _locked(submission: Submission, step: str) -> Submission:
    """Of an open year, and at which the step may be taken."""
    locked = of_open_year(submission)
    if locked.state not in TRANSITIONS[step][0]:
        raise Refusal(NOT_NOW[step] % {"state": locked.get_state_display()})
    return locked


def lines_of_unit(submission: Submission):
    """The unit's rows in the roster of the year: organizations and members."""
    return [
        lines.filter(year=submission.year_id, unit=submission.unit_id).in_roster()
        for lines in (OrganizationLine.objects.all(), MemberLine.objects.named())
    ]


def give_back(found: list[list], why: dict[str, str], by: Actor) -> int:
    """Open rows for the unit again, each with its reason by its key; how many."""
    batch = uuid4()
    for lines in found:
        _give_back(lines, why, by, batch)
    return sum(map(len, found))


def _give_back(lines: list, why: dict[str, str], by: Actor, batch: UUID) -> None:
    by_reason = defaultdict(list)
    for line in lines:
        by_reason[why[line.key]].append(line)
    for reason, returned in by_reason.items():
        audit.record(
            [
                audit.Change(
                    line,
                    {"accepted": line.accepted, "return_reason": line.return_reason},
                    {"accepted": False, "return_reason": reason},
                    line.unit_id,
                    _code(line),
                )
                for line in returned
            ],
            by=by,
            action="rating.return",
            reason=reason,
            batch=batch,
        )
    if lines:
        rows = [(line.pk, False, why[line.key], line.version) for line in lines]
        bulk.update(type(lines[0]), ["accepted", "return_reason", "returned_version"], rows)


def _code(line) -> str:
    return str(line.member_id) if line.is_member else line.code


def move(submission: Submission, step: str, *, by: Actor, message: str, **told) -> Submission:
    before = submission.state
    submission.state = TRANSITIONS[step][1]
    submission.since, submission.changed_by = timezone.now(), by.user
    submission.message = message
    submission.save()
    _record(
        submission,
        {"state": before},
        {"state": submission.state} | told,
        by,
        f"submission.{step}",
        message,
    )
    return submission


def _record(submission, before: dict, after: dict, by: Actor, action: str, reason: str = "") -> None:
    change = audit.Change(submission, before, after, submission.unit_id, submission.code)
    audit.record([change], by=by, action=action, reason=reason)
