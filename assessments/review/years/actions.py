"""Opening, closing and reopening a year."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.review.deadlines.default_actions import set_defaults
from assessments.roster import closed_without, following, lacking
from assessments.roster.changes import RosterChange
from assessments.roster.kept import keep_revision
from assessments.rules.count_rule import freeze_counts
from assessments.rules.counts_of_year import FROZEN, counts_of
from assessments.rules.holding import hold_year, hold_years
from assessments.rules.models.years import RatingYear, RevisionKind, YearState
from assessments.rules.of_year import rules_of
from assessments.rules.years import never_opened, scheme_to_begin
from orgs import audit
from orgs.versions import writing
from resolution03.lib.errors import NotPossible, Refusal


@writing()
def open_year(year: int, *, by: Actor) -> RatingYear:
    """Open `year`; an open one stays as it is."""
    found = next((held for held in hold_years() if held.pk == year), None)
    if found and found.is_open:
        return found
    if found and found.is_closed:
        raise Refusal(_("Year %(year)s is closed; reopen it with a reason.") % {"year": year})
    before = found.state if found else "absent"
    found = found or RatingYear(pk=year)
    found.state, found.scheme = YearState.OPEN, scheme_to_begin(year)
    found.save()
    following.refresh(found, by=by)
    set_defaults(found)
    _record(found, before, by=by, action="year.open")
    return found


@writing()
def close_year(year: int, *, by: Actor, reason: str = "") -> RatingYear:
    """Freeze `year`; refuses, naming them, while something is missing and no reason is given."""
    found = _locked(year)
    if found.is_closed:
        return found
    following.refresh(found, by=by)
    missing = lacking.lacking(found)
    if missing and not reason:
        raise Refusal(*map(str, missing))
    found.frozen = rules_of(found).frozen() | {FROZEN: freeze_counts(counts_of(found))}
    found.state, found.closed_at = YearState.CLOSED, timezone.now()
    found.revision += 1
    found.reopened_reason, found.is_shown = "", False
    by_unit = lacking.by_unit(found, missing)
    found.closed_without = closed_without.counted(found, by_unit)
    found.save()
    kept = lacking.kept(by_unit)
    keep_revision(found, by=by, kind=RevisionKind.CLOSING, reason=reason, missing=kept)
    _record(found, YearState.OPEN, by=by, action="year.close", reason=reason)
    return found


def reopen_year(year: int, *, by: Actor, reason: str, seen: str = "") -> RatingYear:
    """Open a closed year again; its earlier figures stay readable as a revision. `seen`: the mark of what
    the user was shown that it would change; refused where it is something else by now."""
    return reopening(year, by=by, reason=reason, seen=seen)[0]


@writing()
def reopening(year: int, *, by: Actor, reason: str, seen: str = "") -> tuple[RatingYear, RosterChange]:
    """As `reopen_year`, with what became of its lines."""
    if not reason.strip():
        raise NotPossible(_("Reopening a year needs a reason."))
    found = _locked(year)
    if found.is_open:
        return found, RosterChange()
    found.state, found.reopened_reason, found.closed_at = YearState.OPEN, reason, None
    found.closed_without = []
    found.save()
    change = following.refresh(found, by=by)
    if seen and seen != change.mark:
        raise Refusal(_("The registers changed since this was shown: see again what it would change."))
    _record(found, YearState.CLOSED, by=by, action="year.reopen", reason=reason)
    return found, change


def _locked(year: int) -> RatingYear:
    found = hold_year(year)
    if found.state == YearState.REPORTED:
        raise never_opened(year)
    return found


def _record(year: RatingYear, before: str, *, by: Actor, action: str, reason: str = "") -> None:
    change = audit.Change(year, {"state": str(before)}, {"state": str(year.state)}, code=str(year))
    audit.record([change], by=by, action=action, reason=reason)


@writing()
def show_year(year: int, *, by: Actor, is_shown: bool) -> RatingYear:
    """Let viewers begin with an open year, or with the last closed one again. Refusal for a year that is
    not open: viewers see a closed one as it is. The same again changes nothing."""
    found = _locked(year)
    if not found.is_open:
        raise Refusal(_("Year %(year)s is not open.") % {"year": year})
    if found.is_shown == is_shown:
        return found
    found.is_shown = is_shown
    found.save()
    change = audit.Change(found, {"is_shown": not is_shown}, {"is_shown": is_shown}, code=str(found))
    audit.record([change], by=by, action="year.show")
    return found
