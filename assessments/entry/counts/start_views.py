"""Where one begins to type counts; blank ones are filled as last year, and taken back."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.permissions import Permission, may, require_permission
from assessments.entry.counts import filling
from assessments.entry.counts.asked import context_of, period_of, typing_of
from assessments.entry.counts.overview import Start
from assessments.entry.counts.saving_actions import save
from assessments.entry.counts.sent import SAVED
from assessments.entry.counts.shown import Cell
from assessments.entry.counts.typed import Typing
from assessments.entry.desk import desk_or_404
from assessments.roster.models.counts import Period
from assessments.rules.count_rule import CountRule


@require_permission(Permission.ENTER_RATINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def enter_counts(request: HttpRequest, year: int) -> HttpResponse:
    """Organizations and counts, each with how much is given; blank ones can be filled as last year."""
    desk, period = desk_or_404(request.user, year), period_of(request)
    typing = typing_of(desk, period)
    if request.method == "POST":
        return _filled(request, typing) if request.POST.get("act") == "fill" else _taken_back(request, typing)
    start, moments = Start(typing), _moments(request)
    filled = filling.filled(start.cells, moments, desk.user.pk) if moments else []
    return render(
        request,
        "assessments/entry/counts/start.html",
        context_of(request, typing, "enter_counts")
        | {
            "start": start,
            "filled": len(filled),
            "filled_by_rule": _by_rule(filled),
            "moments": request.GET.getlist("filled"),
            "may_read": may(request.user, Permission.VIEW_FIGURES),
        },
    )


def _filled(request: HttpRequest, typing: Typing) -> HttpResponse:
    sent = filling.like_last(typing.all())
    answers = save(typing.desk, typing.period, sent, with_unit=typing.with_unit)
    left = [answer for answer in answers if answer.state != SAVED]
    for answer in left[:5]:
        messages.error(request, f"{answer.key}: {answer.why}")
    return redirect(_address(request, {"filled": [at.isoformat() for at in filling.moments(answers)]}))


def _taken_back(request: HttpRequest, typing: Typing) -> HttpResponse:
    found = filling.filled(typing.all(), _moments(request), typing.desk.user.pk)
    answers = save(typing.desk, typing.period, filling.blanked(found), with_unit=typing.with_unit)
    saved = sum(answer.state == SAVED for answer in answers)
    words = ngettext("%(count)d count taken back.", "%(count)d counts taken back.", saved)
    messages.success(request, words % {"count": saved})
    return redirect(_address(request, {}))


def _address(request: HttpRequest, asked: dict) -> str:
    period = {"period": Period.HALF} if period_of(request) == Period.HALF else {}
    query = urlencode(period | asked, doseq=True)
    return f"{request.path}?{query}" if query else request.path


def _moments(request: HttpRequest) -> list[datetime]:
    texts = request.POST.getlist("filled") or request.GET.getlist("filled")
    return [moment for text in texts if (moment := _moment(text))]


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def _by_rule(cells: Sequence[Cell]) -> list[tuple[CountRule, int]]:
    found: dict[str, list[Cell]] = {}
    for cell in cells:
        found.setdefault(cell.code, []).append(cell)
    return [(own[0].rule, len(own)) for own in found.values()]
