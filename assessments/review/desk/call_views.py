"""The call list: a page, its Excel, its print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.permissions import Permission, require_permission
from assessments.figures.year_choice import year_or_404, year_picker
from assessments.review.desk.calls import NEAR, calls, sheet
from assessments.rules import deadlines
from assessments.rules.models.years import Submission
from resolution03.lib.attachments import respond


@require_permission(Permission.REVIEW)
def listing(request: HttpRequest, year: int) -> HttpResponse:
    """The units late with their stage or near its last day; with `export=xlsx` as a workbook."""
    found = year_or_404(year)
    submissions = Submission.objects.visible_to(request.user).filter(year=found).with_changes()
    dues = deadlines.of_year(found)
    rows = calls(found, submissions.select_related("unit"), dues) if found.is_open else []
    if request.GET.get("export") == "xlsx":
        return respond(f"danh-sach-goi-{year}.xlsx", sheet(found, rows))
    return render(
        request,
        "assessments/review/desk/calls.html",
        {
            "year": found,
            "rows": rows,
            "late": sum(1 for row in rows if row.days_late),
            "near": NEAR,
            "years": year_picker(found, lambda y: reverse("assessments:review_calls", args=[y])),
        },
    )
