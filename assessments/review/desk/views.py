"""The Board's review desk: fourteen units, one opened, rows returned or accepted."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import condition

from accounts.actors import Actor
from accounts.permissions import Permission, may, require_permission
from assessments.entry.records.answered import reviews_of
from assessments.figures import pages
from assessments.figures.board import figures
from assessments.figures.indicators import leads
from assessments.figures.overview import open_years
from assessments.figures.steps import with_first
from assessments.figures.year_choice import year_or_404, year_picker
from assessments.review.desk import list_tab, start
from assessments.review.desk.forms import Typed
from assessments.review.desk.unit import LIST, TABS, UnitReview
from assessments.review.desk.units import WITH_THE_UNIT, part_of, unit_rows, waiting
from assessments.review.notices import told
from assessments.review.submitting import actions as submissions
from assessments.review.submitting import change_actions as changes
from assessments.review.submitting import transitions
from assessments.review.supplements.models import Supplement
from assessments.rules import deadlines
from assessments.rules.models.deadlines import Stage
from assessments.rules.models.years import RatingYear, Submission, SubmissionState
from assessments.rules.years import all_years, to_work_on
from orgs import once
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
from resolution03.lib.figures import whole

NOTICES = 6


@require_permission(Permission.REVIEW)
def latest(request: HttpRequest) -> HttpResponse:
    """The year to review; while two are open both, the old one first."""
    years = all_years()
    if found := open_years.both(request.user, years):
        return _start(request, found)
    year = to_work_on(years)
    return redirect("assessments:review_year", year.pk) if year else redirect("assessments:years")


def _start(request: HttpRequest, found: list[open_years.OpenYear]) -> HttpResponse:
    supplements = Supplement.objects.visible_to(request.user).waiting().select_related("unit").order_by("pk")
    news = told.unread(request.user).select_related("unit").order_by("-pk")[:NOTICES]
    context = {
        "title": start.title(found),
        "open_years": found,
        "steps": with_first(start.steps(found, supplements)),
        "notices": told.told(news, request.user),
    }
    return render(request, "assessments/review/desk/start.html", context)


@require_permission(Permission.REVIEW)
@condition(etag_func=pages.version)
def desk(request: HttpRequest, year: int, pk: int | None = None) -> HttpResponse:
    """The units of a year; with `pk` one of them opened beside the list."""
    found = year_or_404(year)
    return _page(request, found, _submission(request, found, pk) if pk else None, Typed())


def _page(
    request: HttpRequest, year: RatingYear, submission: Submission | None, typed: Typed
) -> HttpResponse:
    dues = deadlines.of_year(year)
    held = Submission.objects.visible_to(request.user).filter(year=year).with_changes()
    rows = unit_rows(year, held, dues)
    supplements = Supplement.objects.visible_to(request.user).waiting()
    context = {
        "year": year,
        "due": dues.of(Stage.SUBMISSION),
        "units": part_of(rows, request.GET.get("state", "")),
        "states": _states(rows),
        "part": request.GET.get("state", ""),
        "exceptions": sum(row.exceptions for row in rows if row.submission.state not in WITH_THE_UNIT),
        "changed": sum(1 for row in rows if row.submission.changes_waiting),
        "years": year_picker(year, lambda y: reverse("assessments:review_year", args=[y])),
        "supplements": supplements.count(),
    }
    if submission:
        context |= _opened(request, year, submission, typed)
    else:
        news = told.unread(request.user).select_related("unit").order_by("-pk")[:NOTICES]
        context |= {
            "waiting": waiting(year, rows, supplements.select_related("unit")),
            "notices": told.told(news, request.user),
            "reviews": [one for one in reviews_of(request.user, year) if one.missing],
        }
    return render(request, "assessments/review/desk/desk.html", context)


def _opened(request: HttpRequest, year: RatingYear, submission: Submission, typed: Typed) -> dict:
    unit = UnitReview(year, submission)
    asked = request.GET.get("tab", "")
    tab = asked if asked in TABS else _first_tab(submission)
    context = {
        "unit": unit,
        "submission": submission,
        "tab": tab,
        "sees_persons": may(request.user, Permission.VIEW_PERSONS),
        "typed": typed,
        "can_return": transitions.can(submission, "return"),
        "only_accepted": submission.state in WITH_THE_UNIT,
        "can_accept": transitions.can(submission, "accept"),
        "open_rows": _open_rows(unit),
        "figures": _figures(unit),
        "changes": list_tab.waiting(year, submission),
    }
    if tab == LIST:
        return context | list_tab.context(request, year, submission, typed.changes)
    shown = unit.page(tab, request.GET.get("page"), request.GET.get("group", ""))
    for section in shown.sections:
        typed.mark(section.rows)
    return context | {"page": shown.page, "sections": shown.sections}


def _first_tab(submission: Submission) -> str:
    """What an accepted unit is opened for is what changed since."""
    is_for_changes = submission.state == SubmissionState.ACCEPTED and submission.changes_waiting
    return LIST if is_for_changes else TABS[0]


def _open_rows(unit: UnitReview) -> int:
    """How many rows accepting would accept."""
    return sum(
        lines.filter(accepted=False, return_reason="").count() for lines in (unit.organizations, unit.members)
    )


def _figures(unit: UnitReview) -> list:
    """Of each list that the unit rates."""
    wanted = leads()
    return [f for f in figures(unit.year, unit.submission.unit) if f.indicator in wanted]


@require_permission(Permission.REVIEW)
def give_back(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Return the ticked rows, each with its reason; refused, the page keeps ticks and reasons."""
    typed = Typed.of(request.POST)

    def done(given: int | AuditEntry) -> str:
        count = given.after["rows"] if isinstance(given, AuditEntry) else given
        return ngettext("%(count)d row returned.", "%(count)d rows returned.", count) % {"count": count}

    return _act(
        request,
        year,
        pk,
        typed,
        lambda submission, by: submissions.return_lines(
            by=by,
            submission=submission,
            organizations=typed.of_kind("o"),
            members=typed.of_kind("m"),
            reason=typed.common,
        ),
        done,
    )


@require_permission(Permission.REVIEW)
def accept(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Accept every row that is not returned; not while rows are ticked for returning."""
    typed = Typed.of(request.POST)

    def act(submission: Submission, by: Actor) -> None:
        if typed.chosen:
            raise Refusal(_("Rows are ticked to be returned: return them first, or untick them."))
        submissions.accept(by=by, submission=submission, seen=typed.seen)

    return _act(request, year, pk, typed, act, lambda _done: _("Accepted what was not returned."))


@require_permission(Permission.REVIEW)
def confirm(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Confirm one change of the list, the ticked ones, or all that the page showed."""
    typed = Typed.of(request.POST)
    one = whole(request.POST.get("one", ""))
    chosen = {one} if one is not None else typed.changes
    is_all = request.POST.get("all") == "on" and one is None

    def act(submission: Submission, by: Actor) -> int:
        if not chosen and not is_all:
            raise Refusal(_("Choose at least one change."))
        return changes.confirm_changes(
            by=by, submission=submission, chosen=None if is_all else chosen, seen=typed.seen
        )

    def done(given: int | AuditEntry) -> str:
        count = given.after["changes"] if isinstance(given, AuditEntry) else given
        words = ngettext("%(count)d change confirmed.", "%(count)d changes confirmed.", count)
        return words % {"count": count} + ("" if is_all else _passed_over(len(chosen) - count))

    return _act(request, year, pk, typed, act, done)


def _passed_over(count: int) -> str:
    if count <= 0:
        return ""
    words = ngettext(
        "%(count)d was changed or answered meanwhile and is not confirmed.",
        "%(count)d were changed or answered meanwhile and are not confirmed.",
        count,
    )
    return " " + words % {"count": count}


@require_permission(Permission.REVIEW)
def return_changes(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Return the unit because of the ticked changes of its list, or of all that the page showed."""
    typed = Typed.of(request.POST)

    def act(submission: Submission, by: Actor) -> int:
        chosen = typed.changes or None
        return changes.return_changes(
            by=by, submission=submission, reason=typed.common, chosen=chosen, seen=typed.seen
        )

    def done(given: int | AuditEntry) -> str:
        count = given.after["changes"] if isinstance(given, AuditEntry) else given
        words = ngettext(
            "The unit has its year back because of %(count)d change.",
            "The unit has its year back because of %(count)d changes.",
            count,
        )
        return words % {"count": count}

    return _act(request, year, pk, typed, act, done)


def _act(
    request: HttpRequest,
    year: int,
    pk: int,
    typed: Typed,
    action: Callable[[Submission, Actor], object],
    done: Callable[[Any], str],
) -> HttpResponse:
    """One step, and what is `done` by what it gave; refused, the page comes back with what was typed.
    Links of that page lead here too, with another part or page: they only look."""
    found = year_or_404(year)
    submission = _submission(request, found, pk)
    if request.method != "POST":
        return _back(request, year, pk)
    try:
        result = once.act(request, lambda by: action(submission, by))
    except Refusal as refusal:
        typed.refused(refusal)
        return _page(request, found, submission, typed)
    messages.success(request, done(result))
    return _back(request, year, pk)


def _back(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """The unit's page at the part and page that the address names."""
    address = reverse("assessments:review_unit", args=[year, pk])
    return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)


def _submission(request: HttpRequest, year: RatingYear, pk: int) -> Submission:
    rows = Submission.objects.visible_to(request.user).select_related("unit", "changed_by")
    submission = get_object_or_404(rows, pk=pk, year=year)
    submission.year = year
    return submission


def _states(rows) -> list[tuple[str, str, int]]:
    """State, its words and how many units stand in it, for the line below the title."""
    words = {
        SubmissionState.ACCEPTED: _("accepted"),
        SubmissionState.SUBMITTED: _("waiting for review"),
        SubmissionState.RETURNED: _("returned"),
        SubmissionState.IN_PROGRESS: _("in progress"),
        SubmissionState.NOT_BEGUN: _("not begun"),
    }
    counts = {state: sum(row.submission.state == state for row in rows) for state in words}
    return [(state.value, words[state], count) for state, count in counts.items() if count]
