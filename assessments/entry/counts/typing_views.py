"""Typing counts: all of one organization, or one over all organizations."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.permissions import Permission, require_permission
from assessments.entry.counts.asked import context_of, holds_unit, period_of, typing_of
from assessments.entry.counts.paper import Paper
from assessments.entry.counts.saving_actions import save
from assessments.entry.counts.sending import put_back, sent_fields
from assessments.entry.counts.sent import SAVED, Answer
from assessments.entry.counts.sheets import CountSheet, OrganizationSheet
from assessments.entry.counts.shown import Cell
from assessments.entry.counts.typed import Typing
from assessments.entry.desk import Desk, desk_or_404
from assessments.roster.models.line import Kind
from assessments.rules.models.counts import CountLevel


@require_permission(Permission.ENTER_RATINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def enter_organization(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """All counts of one organization, or of the unit itself; a script saves each by itself."""
    desk, period = desk_or_404(request.user, year), period_of(request)
    sheet = _organization_or_404(desk, period, code)
    if request.method == "POST":
        answers, sent = _stored(request, sheet.typing, sheet.cells)
        if all(answer.state == SAVED for answer in answers):
            return redirect(request.get_full_path())
        sheet = _organization_or_404(desk, period, code)
        put_back(sheet.cells, sent, answers, desk.user)
    return render(
        request,
        "assessments/entry/counts/organization.html",
        context_of(request, sheet.typing, "enter_counts_of", code)
        | {
            "sheet": sheet,
            "next": _next_organization(desk, sheet),
            "not_saved": sum(bool(cell.fault) for cell in sheet.cells),
        },
    )


@require_permission(Permission.ENTER_RATINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def enter_count(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """One count over all organizations that give it, with the sum and the total on paper."""
    desk, period = desk_or_404(request.user, year), period_of(request)
    sheet = _count_or_404(request, desk, period, code)
    if request.method == "POST":
        answers, sent = _stored(request, sheet.typing, sheet.cells)
        if all(answer.state == SAVED for answer in answers):
            return redirect(request.get_full_path())
        sheet = _count_or_404(request, desk, period, code)
        put_back(sheet.cells, sent, answers, desk.user)
    before, after = sheet.neighbors
    return render(
        request,
        "assessments/entry/counts/count.html",
        context_of(request, sheet.typing, "enter_count", code)
        | {
            "sheet": sheet,
            "before": before,
            "after": after,
            "chosen": request.GET.get("grassroots", ""),
            "choices": _grassroots(desk) if sheet.rule.level == CountLevel.CELL else [],
            "not_saved": sum(bool(cell.fault) for cell in sheet.cells),
        },
    )


def _organization_or_404(desk: Desk, period: str, code: str) -> OrganizationSheet:
    lines = desk.organizations.filter(code=code)
    line, is_unit = lines.first(), holds_unit(desk) and code == desk.submission.code
    if line is None and not is_unit:
        raise Http404
    typing = typing_of(desk, period, None if line is None else lines)
    place = desk.submission.unit_id if line is None else line.organization_id
    return OrganizationSheet(typing, place, code, desk.submission.name if line is None else line.name)


def _count_or_404(request: HttpRequest, desk: Desk, period: str, code: str) -> CountSheet:
    lines, place = desk.organizations, desk.submission.unit if holds_unit(desk) else None
    if asked := request.GET.get("grassroots"):
        line = lines.filter(kind=Kind.GRASSROOTS, code=asked).select_related("organization").first()
        if line is None:
            raise Http404
        place, lines = line.organization, lines.filter(grassroots=line.organization)
    typing = typing_of(desk, period, lines)
    rule = next((rule for rule in typing.rules if rule.code == code), None)
    if rule is None:
        raise Http404
    return CountSheet(typing, rule, place)


def _grassroots(desk: Desk) -> list[tuple[str, str]]:
    lines = desk.organizations.filter(kind=Kind.GRASSROOTS).order_by("position", "pk")
    return list(lines.values_list("code", "name"))


def _next_organization(desk: Desk, sheet: OrganizationSheet) -> tuple[str, str] | None:
    """Code and name of the one after it: after a unit its first organization, after a cell the next cell."""
    rows = desk.organizations.in_office_order().values_list("code", "name", "kind")
    kinds = {code: kind for code, _name, kind in rows}
    kind = kinds.get(sheet.code, Kind.GRASSROOTS)
    names = [(code, name) for code, name, own in rows if own == kind]
    at = next((at for at, (code, _name) in enumerate(names) if code == sheet.code), -1)
    return names[at + 1] if at + 1 < len(names) else None


def _stored(request: HttpRequest, typing: Typing, cells: Sequence[Cell | Paper]) -> tuple[list[Answer], list]:
    """What became of a whole form, and what was sent."""
    sent = sent_fields(request.POST, cells)
    answers = save(typing.desk, typing.period, sent, with_unit=typing.with_unit)
    saved = sum(answer.state == SAVED for answer in answers)
    words = ngettext("%(count)d count saved.", "%(count)d counts saved.", saved)
    if saved or not answers:
        messages.success(request, words % {"count": saved})
    return answers, sent
