"""How many decisions on discipline a year brought: one table for all organizations of a list."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from accounts.permissions import Permission, require_permission
from assessments.entry.counting.judging import Outcome
from assessments.entry.counting.pages import saved, with_strayed
from assessments.entry.counting.table import not_saved
from assessments.entry.desk import Desk, desk_or_404
from assessments.entry.discipline.actions import counts_of, save_discipline
from assessments.entry.discipline.table import COLUMNS, TABLE
from assessments.figures.year_choice import year_picker
from assessments.roster.models.line import Kind
from resolution03.lib.paging import numbered

ROWS_A_PAGE = 90
"""Eight counts a row: Django takes no more than a thousand fields from one page."""


@require_permission(Permission.ENTER_RATINGS)
def discipline(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """The counts of one list; each organization is saved for itself."""
    if kind not in Kind.values:
        raise Http404
    desk = desk_or_404(request.user, year)
    page = numbered(_lines(desk, kind), request.GET.get("page"), ROWS_A_PAGE)
    found, _members = desk.all_lines
    sent, outcome = TABLE.typed(request.POST), Outcome()
    if request.method == "POST":
        outcome = saved(request, desk, save_discipline, found, sent, _words)
        if not not_saved(sent, outcome):
            return redirect(request.get_full_path())
    lines = with_strayed(request, page, found, not_saved(sent, outcome))
    rows = TABLE.answered(TABLE.rows(lines, counts_of(line.pk for line in lines)), sent, outcome)
    return render(
        request,
        "assessments/entry/discipline/discipline.html",
        {
            "desk": desk,
            "kind": kind,
            "rows": rows,
            "page": page,
            "columns": COLUMNS,
            "not_saved": sum(bool(row.why) for row in rows),
            "years": year_picker(
                desk.year,
                lambda y: reverse("assessments:discipline", args=[y, kind]),
                unit=desk.submission.unit_id,
            ),
        },
    )


def _lines(desk: Desk, kind: str):
    found = desk.organizations.filter(kind=kind).select_related("parent", "decided")
    return found.in_office_order()


def _words(count: int) -> str:
    return ngettext(
        "Counts of %(count)d organization saved.", "Counts of %(count)d organizations saved.", count
    )
