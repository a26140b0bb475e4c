"""What changed since a chosen issued report, of the province and of a unit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, require_permission
from assessments.figures import pages
from assessments.reports.changed.compared import PARTS
from assessments.reports.changed.jobs import ROWS
from assessments.reports.changed.page import Page
from assessments.reports.issued.names import title_of
from assessments.reports.issued.told import state_then
from orgs.jobs.answering import answer

_LABELS = (_("Organizations"), _("Villages"), _("Members"))


@require_permission(Permission.EXPORT)
@require_safe
def changes(request: HttpRequest, year: int, unit: str = "") -> HttpResponse:
    page = Page(request.user, request.GET, year, unit)
    if request.GET.get("format") == "xlsx":
        return answer(request, ROWS, {"year": year, "unit": unit}, {"query": request.GET.urlencode()})
    rows_page, rows = page.shown()
    issued = page.issued
    context = {
        "year": page.year,
        "unit": page.unit,
        "shown": page,
        "issued": issued,
        "title": title_of(issued.slug) if issued else "",
        "state": state_then(issued) if issued else "",
        "since": page.since,
        "units": list(page.since.units()) if page.since else [],
        "parts": [
            {"part": part, "label": label, "n": len(page.moved.get(part, []))}
            for part, label in zip(PARTS, _LABELS, strict=True)
        ],
        "counts": page.counts(page.part),
        "page": rows_page,
        "rows": rows,
        "marks": pages.marks(page.year),
    }
    return render(request, "assessments/reports/changed/page.html", context)
