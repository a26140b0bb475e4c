"""The first screen of an officer or clerk: what is mine, until when, what is missing, who holds it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.models import Role
from accounts.permissions import Permission, require_permission
from assessments.actions.submissions import can
from assessments.models import Subject, SubmissionState
from assessments.progress import Progress, progress
from assessments.views.desk import desk_or_404
from assessments.views.year_choice import year_picker, year_to_work_on
from orgs.scoping import posted_organization

NOTHING = Progress(0, 0, 0, 0)


@require_permission(Permission.ENTER_RATINGS)
def latest(request: HttpRequest) -> HttpResponse:
    """The latest open year; a page that says so when there is none."""
    year = year_to_work_on()
    if year is None or posted_organization(request.user) is None:
        return render(request, "assessments/entry/no_year.html")
    return redirect("assessments:work_year", year.pk)


@require_permission(Permission.ENTER_RATINGS)
def work(request: HttpRequest, year: int) -> HttpResponse:
    """The lists of the year with their progress, and the state of the submission."""
    desk = desk_or_404(request.user, year)
    organizations = progress(desk.organizations, "kind")
    members = progress(desk.members, "grassroots_id")
    lists = {
        "grassroots": organizations.get((Subject.GRASSROOTS.value,), NOTHING),
        "affiliated": organizations.get((Subject.AFFILIATED.value,), NOTHING),
        "members": _sum(members.values()),
    }
    return render(request, "assessments/entry/work.html", {
        "desk": desk,
        "lists": lists,
        "groups": _groups(desk, members),
        "returned": _returned(desk),
        "can_submit": request.user.role == Role.OFFICER and can(desk.submission, "submit"),
        "is_clerk": request.user.role == Role.CLERK,
        "is_returned": desk.submission.state == SubmissionState.RETURNED,
        "years": year_picker(desk.year, lambda y: reverse("assessments:work_year", args=[y])),
    })


def _groups(desk, members: dict) -> list[tuple]:
    """Grassroots organizations with the progress of their members."""
    lines = desk.organizations.filter(kind=Subject.GRASSROOTS)
    return [(line, members.get((line.organization_id,), NOTHING)) for line in lines]


def _returned(desk) -> list[tuple]:
    """Lines that the Board gave back: list, name, reason, address of the row."""
    found = []
    for line in desk.organizations.exclude(return_reason=""):
        found.append((line.kind, line.pk, line.name, line.return_reason))
    members = desk.members.exclude(return_reason="").select_related("member")
    found += [("members", line.pk, line.member.full_name, line.return_reason) for line in members]
    return [
        (name, reason, reverse("assessments:entry_row", args=[desk.year.pk, kind, pk]))
        for kind, pk, name, reason in found
    ]


def _sum(parts) -> Progress:
    totals = [0, 0, 0, 0]
    for part in parts:
        own = (part.rated, part.roster, part.blank, part.returned)
        totals = [a + b for a, b in zip(totals, own, strict=True)]
    return Progress(*totals)
