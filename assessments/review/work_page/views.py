"""The first screen of an officer or clerk: what is mine, until when, what is missing, who holds it."""

from dataclasses import astuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.models import Role
from accounts.permissions import Permission, require_permission, user_of
from assessments.entry.desk import Desk, desk_or_404
from assessments.entry.grid.kinds import kinds_for
from assessments.entry.records.answered import owed_by
from assessments.entry.records.models import Record
from assessments.figures.steps import with_first
from assessments.figures.year_choice import year_picker, year_to_work_on
from assessments.review.notices import told
from assessments.review.submitting import list_changes
from assessments.review.submitting.transitions import can
from assessments.review.work_page import ended, start
from assessments.review.work_page.tasks import MEMBERS, Task, owed_reasons, returned_rows, tasks
from assessments.roster import lacking
from assessments.roster.models.list_changes import ListChange
from assessments.roster.models.tallies import Subject
from assessments.roster.progress import Progress, progress
from assessments.rules import deadlines
from assessments.rules.models.reviews import ReviewDue
from assessments.rules.models.years import SubmissionState
from orgs.aftermath import has_ended
from orgs.scoping import posted_organization

NOTHING = Progress()
MOST_RETURNED, MOST_NOTICES, MOST_CHANGES = 20, 5, 20


@require_permission(Permission.ENTER_RATINGS)
def latest(request: HttpRequest) -> HttpResponse:
    """The year to enter, of two open ones both, the old one first; a page that says so without any. Who
    stands at what ended sees what became of it."""
    user = user_of(request)
    if (place := posted_organization(user)) and has_ended(place):
        return render(request, "assessments/review/work_page/ended.html", ended.context(user, place))
    if found := start.both(request.user):
        return _start(request, found)
    year = year_to_work_on()
    if year is None:
        return render(request, "assessments/review/work_page/no_year.html")
    return redirect("assessments:work_year", year.pk)


def _start(request: HttpRequest, found: list[start.OpenYear]) -> HttpResponse:
    news = told.unread(request.user).select_related("unit").order_by("-pk")[:MOST_NOTICES]
    context = {
        "title": start.title(found),
        "open_years": found,
        "steps": with_first(start.steps(found)),
        "notices": told.told(news, request.user),
    }
    return render(request, "assessments/review/work_page/start.html", context)


@require_permission(Permission.ENTER_RATINGS)
def work(request: HttpRequest, year: int) -> HttpResponse:
    """What is the user's to do, what was returned and why, and the lists with their progress."""
    desk, kinds = desk_or_404(request.user, year), kinds_for(request.user)
    members = progress(desk.members, "grassroots_id")
    lists = _lists(desk, members)
    is_clerk = user_of(request).role == Role.CLERK
    news = told.unread(request.user).select_related("unit").order_by("-pk")[:MOST_NOTICES]
    return render(
        request,
        "assessments/review/work_page/work.html",
        {
            "desk": desk,
            "lists": lists,
            "groups": _groups(desk, members) if MEMBERS in kinds else [],
            "kinds": kinds,
            "tasks": _tasks(desk, lists, is_clerk),
            "returned": returned_rows(year, desk.organizations, desk.members, MOST_RETURNED),
            "returned_count": sum(part.returned for part in lists.values()),
            "mended_count": sum(part.mended for part in lists.values()),
            "changes": list_changes.told(_changes(desk)[:MOST_CHANGES], request.user),
            "stages": deadlines.of_year(desk.year).stages(desk.submission.unit_id),
            "dropped": lacking.dropped(*desk.all_lines),
            "notices": told.told(news, request.user),
            "can_submit": not is_clerk and can(desk.submission, "submit"),
            "is_clerk": is_clerk,
            "reviews": [] if is_clerk else _reviews(request.user, desk),
            "is_returned": desk.submission.state == SubmissionState.RETURNED,
            "years": year_picker(
                desk.year, lambda y: reverse("assessments:work_year", args=[y]), unit=desk.submission.unit_id
            ),
        },
    )


def _changes(desk: Desk):
    """What changed in the unit's list since the Board holds it; nothing for who stands below."""
    rows = ListChange.objects.visible_to(desk.user).filter(submission=desk.submission)
    return rows.waiting().named().select_related("submission") if desk.year.is_open else rows.none()


def _lists(desk: Desk, members: dict[tuple, Progress]) -> dict[str, Progress]:
    organizations = progress(desk.organizations, "kind")
    return {
        "grassroots": organizations.get((Subject.GRASSROOTS.value,), NOTHING),
        "affiliated": organizations.get((Subject.AFFILIATED.value,), NOTHING),
        MEMBERS: _sum(members.values()),
    }


def _tasks(desk: Desk, lists: dict[str, Progress], is_clerk: bool) -> list[Task]:
    """None while the rows are locked. A clerk sees a part of the unit, by which no cap is counted:
    the unit's officer learns which reasons are owed."""
    if desk.is_locked:
        return []
    owed = {} if is_clerk else owed_reasons(desk.year, desk.organizations, desk.members)
    return tasks(desk.year.pk, lists, owed)


def _reviews(user, desk: Desk) -> list[ReviewDue]:
    """What the Board asked the unit to review in the year and nobody entered; none while it is locked."""
    if desk.is_locked:
        return []
    return owed_by(Record.objects.visible_to(user), desk.year.pk, desk.submission.unit_id)


def _groups(desk: Desk, members: dict) -> list[tuple]:
    """Grassroots organizations with the progress of their members."""
    lines = desk.organizations.filter(kind=Subject.GRASSROOTS)
    return [(line, members.get((line.organization_id,), NOTHING)) for line in lines]


def _sum(parts) -> Progress:
    return Progress(*(sum(counts) for counts in zip(*map(astuple, parts), strict=True)))
