"""Supplements of a unit: its list, one being written, one with its answer."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission, require_permission
from assessments.entry.desk import Desk, desk_or_404, posted
from assessments.figures.year_choice import year_picker
from assessments.review.supplements.actions import (
    accept_supplement,
    decline_supplement,
    file_supplement,
)
from assessments.review.supplements.case import Case, Wanted
from assessments.review.supplements.counts import case_of, counts_of
from assessments.review.supplements.draft import Draft
from assessments.review.supplements.effect import effect_of
from assessments.review.supplements.forms import AnswerForm, SupplementForm
from assessments.review.supplements.line_changes import of_supplement
from assessments.review.supplements.models import Supplement, SupplementState
from assessments.review.supplements.rules import year_fault
from assessments.rules.of_year import rules_of
from orgs import once
from orgs.models import AuditEntry
from orgs.scoping import posted_organization
from resolution03.lib.errors import Refusal

ANSWERED = 100
STEPS = ("preview", "file")


@require_permission(Permission.SUBMIT)
def listing(request: HttpRequest, year: int) -> HttpResponse:
    """What the unit filed for a closed year, with state and answer."""
    desk = _unit_desk(request, year)
    return render(
        request,
        "assessments/review/supplements/list.html",
        {
            "desk": desk,
            "rows": _counted(request).filter(year=desk.year, unit=desk.submission.unit_id),
            "fault": _fault(desk.year),
            "years": year_picker(
                desk.year,
                lambda y: reverse("assessments:supplements", args=[y]),
                unit=desk.submission.unit_id,
            ),
        },
    )


@require_permission(Permission.SUBMIT)
def new(request: HttpRequest, year: int) -> HttpResponse:
    """Choose rows, say what they become and by which decision, look at it, file it."""
    desk = _unit_desk(request, year)
    typed = request.POST if request.method == "POST" else request.GET
    draft = Draft(request.user, desk.year, desk.submission.unit_id, typed)
    if draft.is_foreign:
        raise Http404
    step = next((name for name in STEPS if name in request.POST), "")
    form = SupplementForm(request.POST) if step else SupplementForm(initial=typed.dict())
    is_right = bool(step) and form.is_valid() and draft.is_right
    is_ready = step == "file" and (is_right or once.was_sent(request))
    if is_ready and (filed := _filed(request, desk, draft, form)):
        messages.success(request, _("Filed: it waits for the Board. No figure has changed yet."))
        return redirect("assessments:supplement", year, filed.pk)
    return render(
        request,
        "assessments/review/supplements/new.html",
        {
            "desk": desk,
            "draft": draft,
            "form": form,
            "step": step,
            "fault": _fault(desk.year),
            "is_old": rules_of(desk.year).is_old("organization"),
            "is_preview": is_right and not form.errors,
        },
    )


@require_permission(Permission.SUBMIT)
def supplement(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """One supplement of the unit: before and after, state, answer."""
    desk = _unit_desk(request, year)
    rows = _one(request).filter(year=desk.year, unit=desk.submission.unit_id)
    context = _context(request, get_object_or_404(rows, pk=pk))
    back = reverse("assessments:supplements", args=[year])
    return render(request, "assessments/review/supplements/supplement.html", context | {"back": back})


@require_permission(Permission.REVIEW)
def waiting(request: HttpRequest) -> HttpResponse:
    """The supplements that wait for the Board, and those it answered."""
    rows = _counted(request).select_related("year", "unit", "filed_by", "answered_by")
    filed = rows.waiting().order_by("filed_at")
    answered = rows.exclude(state=SupplementState.FILED).order_by("-answered_at")
    return render(
        request,
        "assessments/review/supplements/waiting.html",
        {
            "filed": filed,
            "answered": answered[:ANSWERED],
        },
    )


@require_permission(Permission.REVIEW)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One supplement with its effect on the figures; accepted or declined here."""
    found = get_object_or_404(_one(request), pk=pk)
    form = AnswerForm(posted(request))
    if request.method == "POST" and form.is_valid() and _answered(request, found, form):
        return redirect("assessments:review_supplement", pk)
    context = _context(request, get_object_or_404(_one(request), pk=pk))
    back = reverse("assessments:review_supplements")
    return render(
        request,
        "assessments/review/supplements/supplement.html",
        context
        | {
            "back": back,
            "form": form,
            "is_board": True,
        },
    )


def _unit_desk(request: HttpRequest, year: int) -> Desk:
    """The desk of one who stands at the unit itself; below it supplements do not exist."""
    desk = desk_or_404(request.user, year)
    if posted_organization(request.user).pk != desk.submission.unit_id:
        raise Http404
    return desk


def _counted(request: HttpRequest):
    return Supplement.objects.visible_to(request.user).annotate(
        count=Count("lines", distinct=True) + Count("counts", distinct=True)
    )


def _one(request: HttpRequest):
    return Supplement.objects.visible_to(request.user).select_related(
        "year__scheme", "unit", "filed_by", "answered_by"
    )


def _fault(year) -> str:
    return year_fault(year.pk, is_closed=year.is_closed, is_open=year.is_open)


def _filed(request, desk: Desk, draft: Draft, form: SupplementForm) -> Supplement | None:
    try:
        filed = once.act(
            request,
            lambda by: file_supplement(
                by=by,
                year=desk.year,
                unit=desk.submission.unit,
                wanted=draft.wanted,
                reason=form.cleaned_data["reason"],
                decision=form.decision,
                counts=draft.counts.wanted,
            ),
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    if isinstance(filed, AuditEntry):
        return get_object_or_404(_one(request), pk=filed.object_id)
    return filed


def _answered(request, found: Supplement, form: AnswerForm) -> bool:
    act = accept_supplement if "accept" in request.POST else decline_supplement
    try:
        once.act(request, lambda by: act(by=by, supplement=found, answer=form.cleaned_data["answer"]))
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    done = {
        accept_supplement: _("Accepted: the rows and the figures are changed; a new revision is kept."),
        decline_supplement: _("Declined: nothing has changed; the unit reads your words."),
    }
    messages.success(request, done[act])
    return True


def _context(request: HttpRequest, found: Supplement) -> dict:
    changes = of_supplement(found, request.user)
    is_old = rules_of(found.year).is_old("organization")
    counts = counts_of(found)
    context = {"supplement": found, "changes": changes, "counts": counts, "is_old": is_old}
    context["row_count"] = len(changes) + len(counts)
    if found.is_filed and found.year.is_closed:
        lines = found.lines.select_related("decided", "self_rated")
        case = Case(found.year, found.unit_id, [Wanted.of(line) for line in lines])
        faults = case.reasons() + case_of(found).reasons()
        context |= {"effect": effect_of(found.year, case), "faults": faults}
    return context
