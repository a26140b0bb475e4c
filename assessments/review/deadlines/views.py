"""The Board's deadlines: of all units by stage, and the units with a day of their own."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.permissions import Permission, require_permission
from assessments.entry.desk import posted
from assessments.figures.year_choice import year_or_404, year_picker
from assessments.review.deadlines.actions import extend_deadline, set_deadlines
from assessments.review.deadlines.forms import DeadlinesForm, ExtensionForm
from assessments.rules import deadlines
from assessments.rules.models.deadlines import Stage
from assessments.rules.models.years import RatingYear, Submission
from resolution03.lib.errors import Refusal


@require_permission(Permission.MANAGE_YEARS)
def of_all(request: HttpRequest, year: int) -> HttpResponse:
    """The last day of each stage, and beside it the days that single units have."""
    found = year_or_404(year)
    dues = deadlines.of_year(found)
    initial = {due.stage.value: due.on for due in dues.stages()}
    form = DeadlinesForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid() and _stored(request, found, form):
        return redirect("assessments:year_deadlines", year)
    submissions = Submission.objects.visible_to(request.user).filter(year=found)
    return render(
        request,
        "assessments/review/deadlines/deadlines.html",
        {
            "year": found,
            "form": form,
            "has_defaults": year >= deadlines.FIRST_WITH_DEFAULTS,
            "next_year": year + 1,
            "stages": dues.stages(),
            "units": [(submission, dues.stages(submission.unit_id)) for submission in submissions],
            "years": year_picker(found, lambda y: reverse("assessments:year_deadlines", args=[y])),
        },
    )


def _stored(request: HttpRequest, year: RatingYear, form: DeadlinesForm) -> bool:
    """All days or none; the refusal of one stands beside its field."""
    try:
        set_deadlines(by=Actor.of(request.user), year=year, days=form.days)
    except Refusal as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return False
    messages.success(request, _("The deadlines are stored."))
    return True


@require_permission(Permission.MANAGE_YEARS)
def of_unit(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """The stages as one unit has them; gives it another day."""
    found = year_or_404(year)
    submission = _submission(request, found, pk)
    dues = deadlines.of_year(found)
    now = dues.now(submission)
    form = ExtensionForm(posted(request), initial={"stage": now.stage if now else Stage.SUBMISSION})
    if request.method == "POST" and form.is_valid() and _extended(request, submission, form):
        return redirect("assessments:year_deadlines", year)
    return render(
        request,
        "assessments/review/deadlines/deadlines_unit.html",
        {
            "year": found,
            "submission": submission,
            "form": form,
            "stages": [(dues.of(stage), dues.of(stage, submission.unit_id)) for stage in Stage],
        },
    )


def _extended(request: HttpRequest, submission: Submission, form: ExtensionForm) -> bool:
    try:
        extend_deadline(by=Actor.of(request.user), submission=submission, **form.cleaned_data)
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    words = _("%(unit)s has until %(day)s.")
    day = f"{form.cleaned_data['due_on']:%d/%m/%Y}"
    messages.success(request, words % {"unit": submission.name, "day": day})
    return True


@require_POST
@require_permission(Permission.MANAGE_YEARS)
def take_back(request: HttpRequest, year: int, pk: int, stage: str) -> HttpResponse:
    """A unit's own day goes; the day of all holds for it again."""
    submission = _submission(request, year_or_404(year), pk)
    if stage not in Stage:
        raise Http404
    try:
        extend_deadline(by=Actor.of(request.user), submission=submission, stage=Stage(stage), due_on=None)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("The day of all units holds for %(unit)s again.") % {"unit": submission.name}
        )
    return redirect("assessments:year_deadlines", year)


def _submission(request: HttpRequest, year: RatingYear, pk: int) -> Submission:
    rows = Submission.objects.visible_to(request.user).select_related("unit")
    return get_object_or_404(rows, pk=pk, year=year)
