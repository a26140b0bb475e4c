"""Typing what only an office counts: one table for a unit's grassroots organizations."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.permissions import Permission, may, require_permission
from assessments.entry.counting.judging import Outcome
from assessments.entry.counting.pages import saved, with_strayed
from assessments.entry.counting.table import not_saved
from assessments.entry.counts.actions import save_counts
from assessments.entry.counts.sheet import Counts
from assessments.entry.desk import Desk, desk_or_404
from assessments.figures.year_choice import year_picker
from assessments.roster.models.line import Kind, RatedLineQuerySet
from resolution03.lib.paging import numbered

FIELDS_A_PAGE = 900
"""Django takes no more than a thousand fields from one page."""


@require_permission(Permission.ENTER_RATINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def enter_counts(request: HttpRequest, year: int) -> HttpResponse:
    """The counts of the unit, or of the clerk's organization; each row is saved for itself."""
    desk = desk_or_404(request.user, year)
    counts = Counts(desk.year, _lines(desk))
    found = desk.all_lines[0].filter(kind=Kind.GRASSROOTS)
    sent, outcome = counts.table.typed(request.POST), Outcome()
    if request.method == "POST":
        outcome = saved(request, desk, save_counts, found, sent, _words)
        if not not_saved(sent, outcome):
            return redirect(request.get_full_path())
    page = _page(request, counts)
    rows = counts.rows(with_strayed(request, page, found, not_saved(sent, outcome)))
    return render(
        request,
        "assessments/entry/counts/entry.html",
        {
            "desk": desk,
            "page": page,
            "counts": counts,
            "rows": counts.table.answered(rows, sent, outcome),
            "not_saved": sum(bool(row.why) for row in rows),
            "may_read": may(request.user, Permission.VIEW_FIGURES),
            "years": year_picker(
                desk.year,
                lambda y: reverse("assessments:enter_counts", args=[y]),
                unit=desk.submission.unit_id,
            ),
        },
    )


def _lines(desk: Desk) -> RatedLineQuerySet:
    found = desk.organizations.filter(kind=Kind.GRASSROOTS)
    return found.order_by("position", "pk")


def _page(request: HttpRequest, counts: Counts):
    rows = FIELDS_A_PAGE // (len(counts.activities) + 1)
    return numbered(counts.lines, request.GET.get("page"), rows)


def _words(count: int) -> str:
    return ngettext(
        "Yearly counts of %(count)d organization saved.",
        "Yearly counts of %(count)d organizations saved.",
        count,
    )
