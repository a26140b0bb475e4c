"""Checking a unit's year and handing it to the Board."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.actors import Actor
from accounts.permissions import Permission, require_permission
from assessments.actions import submissions
from assessments.forms.entry import SubmitForm
from assessments.models import MemberLine
from assessments.review.reading import whole_review
from assessments.review_rules import Exceptional
from assessments.views.desk import Desk, desk_or_404, posted
from assessments.views.year_choice import year_picker
from resolution03.lib.errors import Refusal

SHOWN = 50


@require_permission(Permission.SUBMIT)
def submit(request: HttpRequest, year: int) -> HttpResponse:
    """What blocks, what needs a reason, and the button when nothing does."""
    desk = desk_or_404(request.user, year)
    form = SubmitForm(posted(request))
    if request.method == "POST" and form.is_valid() and _submitted(request, desk, form):
        return redirect("assessments:work_year", year)
    organizations, members = whole_review(desk.year, desk.organizations, desk.members)
    checks = [
        *_check(desk, desk.organizations, organizations),
        *_check(desk, desk.members, members),
    ]
    return render(request, "assessments/entry/submit.html", {
        "desk": desk,
        "form": form,
        "checks": checks,
        "is_ready": not checks,
        "can_submit": submissions.can(desk.submission, "submit"),
        "years": year_picker(desk.year, lambda y: reverse("assessments:submit", args=[y])),
    })


def _submitted(request: HttpRequest, desk: Desk, form: SubmitForm) -> bool:
    try:
        submissions.submit(
            by=Actor.of(request.user), submission=desk.submission,
            message=form.cleaned_data["message"],
        )
    except Refusal as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
        return False
    return True


def _check(desk: Desk, lines, review) -> list[dict]:
    """The kinds that block, each with its count and the first of its rows."""
    wanted = {Exceptional.BLANK: [line.id for line in review.blanks]}
    for pk, kind in review.unexplained.items():
        wanted.setdefault(kind, []).append(pk)
    return [
        {
            "kind": kind,
            "is_members": lines.model is MemberLine,
            "count": len(ids),
            "rows": _rows(desk, lines, ids[:SHOWN]),
            "more": max(0, len(ids) - SHOWN),
        }
        for kind, ids in wanted.items() if ids
    ]


def _rows(desk: Desk, lines, ids: list[int]) -> list[tuple]:
    """Code, name and the address of each row."""
    if lines.model is MemberLine:
        found = lines.filter(pk__in=ids).select_related("member")
        rows = [("members", line.pk, line.member.code, line.member.full_name) for line in found]
    else:
        rows = [(line.kind, line.pk, line.code, line.name) for line in lines.filter(pk__in=ids)]
    return [
        (code, name, reverse("assessments:entry_row", args=[desk.year.pk, kind, pk]))
        for kind, pk, code, name in rows
    ]
