"""Checking a unit's year and handing it to the Board."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from accounts.actors import Actor
from accounts.permissions import Permission, require_permission
from assessments.entry.desk import Desk, desk_or_404, posted
from assessments.entry.grid.kinds import kinds_for
from assessments.entry.part_two.contrary import unexplained
from assessments.entry.totals.owed import notes_owed
from assessments.figures.year_choice import year_picker
from assessments.review.submitting import actions as submissions
from assessments.review.submitting import checks, transitions
from assessments.review.submitting.forms import SubmitForm
from assessments.review.submitting.unit_rows import UnitRows
from assessments.roster.counts.given import YearCounts
from orgs import once
from resolution03.lib.errors import Refusal


@require_permission(Permission.SUBMIT)
def submit(request: HttpRequest, year: int) -> HttpResponse:
    """What blocks, what needs a reason and the fields for it, and the button when nothing does."""
    desk = desk_or_404(request.user, year)
    saved, written = checks.Saved(), checks.read_written(request.POST)
    is_reasons = "reasons" in request.POST
    form = SubmitForm(None if is_reasons else posted(request))
    if is_reasons:
        saved = _explained(request, desk, written)
        if saved.is_whole:
            return redirect("assessments:submit", year)
    elif request.method == "POST" and form.is_valid() and _submitted(request, desk, form):
        return redirect("assessments:work_year", year)
    unit, counts = UnitRows(desk.year, desk.submission), YearCounts(desk.year, desk.organizations)
    found, totals = checks.checks(unit), notes_owed(desk.year, desk.submission.unit_id)
    return render(
        request,
        "assessments/review/submitting/submit.html",
        {
            "desk": desk,
            "kinds": kinds_for(request.user),
            "form": form,
            "strayed": checks.put_back(found, unit, written, saved),
            "not_saved": len(saved.why) + len(saved.same),
            "hard": [check for check in found if not check.rule.is_soft],
            "soft": [check for check in found if check.rule.is_soft],
            "last_year": unit.last_year,
            "totals": totals,
            "uncounted": counts.lacking,
            "contrary": len(unexplained(counts)),
            "missing": sum(check.count for check in found) + len(totals),
            "is_ready": not found and not totals,
            "can_submit": transitions.can(desk.submission, "submit"),
            "years": year_picker(
                desk.year, lambda y: reverse("assessments:submit", args=[y]), unit=desk.submission.unit_id
            ),
        },
    )


def _submitted(request: HttpRequest, desk: Desk, form: SubmitForm) -> bool:
    try:
        once.act(
            request,
            lambda by: submissions.submit(
                by=by,
                submission=desk.submission,
                message=form.cleaned_data["message"],
            ),
        )
    except Refusal as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
        return False
    return True


def _explained(request: HttpRequest, desk: Desk, written: checks.Written) -> checks.Saved:
    unit = UnitRows(desk.year, desk.submission)
    saved = checks.save(Actor.of(request.user), unit, written)
    if saved.count:
        words = ngettext("%(count)d reason saved.", "%(count)d reasons saved.", saved.count)
        messages.success(request, words % {"count": saved.count})
    return saved
