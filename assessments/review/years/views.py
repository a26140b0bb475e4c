"""The Board's years: opening, closing, reopening."""

from collections.abc import Mapping
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.permissions import Permission, require_permission
from assessments.entry.desk import posted
from assessments.figures.year_choice import year_or_404
from assessments.review.supplements.models import Supplement
from assessments.review.years import actions, jobs, reopening
from assessments.review.years.forms import CloseForm, OpenYearForm, ReasonForm
from assessments.roster import lacking
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules import deadlines
from assessments.rules.models.deadlines import Stage
from assessments.rules.models.years import RatingYear
from assessments.rules.years import all_years, first_of_viewers
from orgs.jobs.answering import answer
from orgs.jobs.declared import Kind
from resolution03.lib.errors import Refusal


@require_permission(Permission.MANAGE_YEARS)
def years(request: HttpRequest) -> HttpResponse:
    """All years with their state; opens another one."""
    form = OpenYearForm(posted(request), initial={"year": timezone.localdate().year})
    if request.method == "POST" and form.is_valid():
        if answered := _answer(request, form, jobs.OPEN, form.cleaned_data["year"], {}, field="year"):
            return answered
    found = all_years()[::-1]
    dues = deadlines.of_years(found)
    rows = [(row, dues[row.pk].of(Stage.SUBMISSION)) for row in found]
    waiting = Supplement.objects.visible_to(request.user).waiting().count()
    return render(
        request,
        "assessments/review/years/years.html",
        {
            "rows": rows,
            "form": form,
            "supplements": waiting,
            "first_of_viewers": first_of_viewers(found),
        },
    )


@require_permission(Permission.MANAGE_YEARS)
def close(request: HttpRequest, year: int) -> HttpResponse:
    """What is missing, and closing: without a reason only when nothing is."""
    found = year_or_404(year)
    form = CloseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        typed = {"reason": form.cleaned_data["reason"].strip()}
        if answered := _answer(request, form, jobs.CLOSE, year, typed):
            return answered
    missing = lacking.lacking(found) if found.is_open else []
    lines = (
        model.objects.visible_to(request.user).filter(year=found) for model in (OrganizationLine, MemberLine)
    )
    return render(
        request,
        "assessments/review/years/close.html",
        {
            "year": found,
            "form": form,
            "count": len(missing),
            "missing": lacking.by_unit(found, missing),
            "dropped": lacking.dropped(*lines),
        },
    )


@require_permission(Permission.MANAGE_YEARS)
def reopen(request: HttpRequest, year: int) -> HttpResponse:
    """Open a closed year again, with a reason, once it was seen what that would change."""
    found = year_or_404(year)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        typed = {"reason": form.cleaned_data["reason"], "seen": request.POST.get("seen", "")}
        if answered := _answer(request, form, jobs.REOPEN, year, typed):
            return answered
    context = {"year": found, "form": form}
    if found.is_closed:
        context["prospect"] = _prospect(found, request)
    return render(request, "assessments/review/years/reopen.html", context)


@require_POST
@require_permission(Permission.MANAGE_YEARS)
def show(request: HttpRequest, year: int) -> HttpResponse:
    """Let viewers begin with an open year, or with the last closed one again."""
    is_shown = request.POST.get("shown") == "on"
    try:
        actions.show_year(year_or_404(year).pk, by=Actor.of(request.user), is_shown=is_shown)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Viewers begin with the year %(year)s.") % {"year": first_of_viewers()})
    return redirect("assessments:years")


def _prospect(year: RatingYear, request: HttpRequest) -> reopening.Prospect:
    """Found by doing it; the reason is for the trail that goes with it."""
    by, reason = Actor.of(request.user), "–"
    act = partial(actions.reopening, year.pk, by=by, reason=reason)
    return reopening.prospect(year, request.user, act)


def _answer(
    request: HttpRequest, form, kind: Kind, year: int, typed: Mapping[str, str], field: str | None = None
) -> HttpResponse | None:
    """What came of it; None where it is refused, which becomes the form's error. A list of what is
    missing stands on the page already, so it is named in one sentence."""
    try:
        return answer(request, kind, {"year": year}, typed)
    except Refusal as refusal:
        many = len(refusal.reasons) > 3
        missing = _("Something is missing, see the list: write why the year is closed all the same.")
        form.add_error(field, missing if many else str(refusal))
        return None
