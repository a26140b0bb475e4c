"""A plan composed on a page."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.permissions import Permission, require_permission, user_of
from assessments.workbooks.batches.views import answer_or_say, batch_of, planned, redirect_kept
from assessments.workbooks.layouts.jobs import DECIDE
from assessments.workbooks.reorganizing.composing import NEW_ROWS, Composed, NewBody
from assessments.workbooks.reorganizing.forms import PlanForm
from assessments.workbooks.reorganizing.lines import lines_under
from assessments.workbooks.reorganizing.parts import parts_of
from orgs.models import Form, Organization
from orgs.scoping import posted_organization
from resolution03.lib.errors import Refusal
from resolution03.lib.text import code as as_code

MOST_PLACES = 12
"""Under so many superiors bodies are chosen at once."""


@require_permission(Permission.REORGANIZE)
def compose(request: HttpRequest) -> HttpResponse:
    """Say of bodies what becomes of them; the plan is then read as the workbook that it is."""
    user = user_of(request)
    places = _places(request)
    plan = Composed(
        lines_under(user, places, request.POST),
        parts_of(user, places, request.POST),
        [NewBody.read(number, request.POST) for number in NEW_ROWS],
    )
    form = PlanForm(request.POST or None)
    faults: list[str] = []
    if request.method == "POST":
        faults = list(plan.faults)
        if form.is_valid() and not faults:
            try:
                return planned(request, [plan.workbook(**form.cleaned_data)])
            except Refusal as refusal:
                faults = list(refusal.reasons)
    context = {"form": form, "plan": plan, "places": places, "faults": faults, "known": _known(user)}
    return render(request, "assessments/workbooks/reorganizing/compose.html", context)


@require_POST
@require_permission(Permission.LOAD)
def leave(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Confirm that what no row places stays where it is; the plan is made anew."""
    batch_of(request, batch)
    return answer_or_say(request, batch, DECIDE, {"do": "leave"})


@require_POST
@require_permission(Permission.LOAD)
def wait_no_longer(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Take back that a plan waits for its day."""
    return redirect_kept(request, batch_of(request, batch), None)


def _places(request: HttpRequest) -> list[Organization]:
    """Under which organizations bodies are chosen: as asked, by key or by the code that was added, else where
    the user stands."""
    keys = [int(key) for key in request.GET.getlist("under") if key.isdecimal()][:MOST_PLACES]
    asked = Q(pk__in=keys) | Q(code=as_code(request.GET.get("add", "")))
    found = list(Organization.objects.visible_to(request.user).filter(asked).select_related("parent"))
    posted = posted_organization(request.user)
    return found or ([posted] if posted else [])


def _known(user) -> list[Organization]:
    """What may be chosen as a superior, or as the place where to look."""
    seen = Organization.objects.visible_to(user).exclude(form=Form.CELL)
    return list(seen.filter(dissolved_on=None).only("pk", "code", "name", "level"))
