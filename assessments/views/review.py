"""The Board's review desk: fourteen units, one opened, rows returned or accepted."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.permissions import Permission, require_permission
from assessments import deadlines
from assessments.actions import submissions
from assessments.figures import figures
from assessments.forms.entry import ReasonForm
from assessments.models import RatingYear, Stage, Submission, SubmissionState, Supplement
from assessments.review.desk import UnitReview, unit_rows
from assessments.views.year_choice import year_or_404, year_picker, year_to_work_on
from resolution03.lib.errors import Refusal

TABS = ("exceptions", "changed", "all", "members")
PER_PAGE = 100
WITH_THE_BOARD = (SubmissionState.SUBMITTED, SubmissionState.RETURNED)


@require_permission(Permission.REVIEW)
def latest(request: HttpRequest) -> HttpResponse:
    year = year_to_work_on()
    return redirect("assessments:review_year", year.pk) if year else redirect("assessments:years")


@require_permission(Permission.REVIEW)
def desk(request: HttpRequest, year: int, pk: int | None = None) -> HttpResponse:
    """The units of a year; with `pk` one of them opened beside the list."""
    found = year_or_404(year)
    dues = deadlines.of_year(found)
    units = Submission.objects.visible_to(request.user).filter(year=found)
    rows = unit_rows(found, units, dues)
    context = {
        "year": found,
        "due": dues.of(Stage.SUBMISSION),
        "units": rows,
        "states": _states(rows),
        "exceptions": sum(row.exceptions for row in rows if row.submission.state in WITH_THE_BOARD),
        "years": year_picker(found, lambda y: reverse("assessments:review_year", args=[y])),
        "supplements": Supplement.objects.visible_to(request.user).waiting().count(),
    }
    if pk is not None:
        context |= _opened(request, found, _submission(request, found, pk))
    return render(request, "assessments/review/desk.html", context)


def _opened(request: HttpRequest, year: RatingYear, submission: Submission) -> dict:
    unit = UnitReview(year, submission)
    tab = request.GET.get("tab") if request.GET.get("tab") in TABS else TABS[0]
    changed = unit.changed()
    page = None
    if tab in ("all", "members"):
        lines = unit.organizations if tab == "all" else unit.members
        page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "unit": unit,
        "submission": submission,
        "tab": tab,
        "changed": changed,
        "sections": unit.sections() if tab == "exceptions" else [],
        "page": page,
        "rows": unit.rows(page.object_list) if page else changed if tab == "changed" else [],
        "can_return": submissions.can(submission, "return"),
        "can_accept": submissions.can(submission, "accept"),
        "waiting": _waiting(unit),
        "figures": _figures(unit),
    }


def _waiting(unit: UnitReview) -> int:
    """How many rows accepting would accept."""
    return sum(
        lines.filter(accepted=False, return_reason="").count()
        for lines in (unit.organizations, unit.members)
    )


def _figures(unit: UnitReview) -> list:
    wanted = ("grassroots_strong", "affiliated_strong", "members_well")
    return [f for f in figures(unit.year, unit.submission.unit) if f.code in wanted]


@require_POST
@require_permission(Permission.REVIEW)
def give_back(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Return the chosen rows with one reason."""
    submission = _submission(request, year_or_404(year), pk)
    form = ReasonForm(request.POST)
    chosen = request.POST.getlist("row")
    if not form.is_valid():
        messages.error(request, _("Write the reason for returning: the unit reads it as it stands."))
        return _back(submission)
    _try(request, lambda: submissions.return_lines(
        by=Actor.of(request.user), submission=submission, reason=form.cleaned_data["reason"],
        organizations=dict.fromkeys(_ids(chosen, "o"), ""),
        members=dict.fromkeys(_ids(chosen, "m"), ""),
    ), ngettext("%(count)d row returned.", "%(count)d rows returned.", len(chosen)) % {"count": len(chosen)})
    return _back(submission)


@require_POST
@require_permission(Permission.REVIEW)
def accept(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Accept every row that is not returned."""
    submission = _submission(request, year_or_404(year), pk)
    _try(
        request, lambda: submissions.accept(by=Actor.of(request.user), submission=submission),
        _("Accepted what was not returned."),
    )
    return _back(submission)


def _submission(request: HttpRequest, year: RatingYear, pk: int) -> Submission:
    rows = Submission.objects.visible_to(request.user).select_related("unit", "changed_by")
    submission = get_object_or_404(rows, pk=pk, year=year)
    submission.year = year
    return submission


def _ids(chosen: list[str], letter: str) -> list[int]:
    return [int(value[1:]) for value in chosen if value[:1] == letter and value[1:].isdecimal()]


def _try(request: HttpRequest, action, done: str) -> None:
    try:
        action()
    except Refusal as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
    else:
        messages.success(request, done)


def _back(submission: Submission) -> HttpResponse:
    return redirect("assessments:review_unit", submission.year_id, submission.pk)


def _states(rows) -> list[tuple[str, int]]:
    """How many units stand in each state, for the line below the title."""
    words = {
        SubmissionState.ACCEPTED: _("accepted"),
        SubmissionState.SUBMITTED: _("waiting for review"),
        SubmissionState.RETURNED: _("returned"),
        SubmissionState.IN_PROGRESS: _("in progress"),
        SubmissionState.NOT_BEGUN: _("not begun"),
    }
    counts = {state: sum(row.submission.state == state for row in rows) for state in words}
    return [(words[state], count) for state, count in counts.items() if count]
