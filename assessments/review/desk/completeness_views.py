"""How complete each unit's year is: a page, its Excel, its print."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission, require_permission
from assessments.entry.completeness import Gap, Line, completeness
from assessments.figures.year_choice import year_or_404, year_picker
from assessments.rules.models.years import RatingYear, Submission
from resolution03.lib.attachments import respond
from resolution03.lib.xlsx import Column, ListSheet


@dataclass(frozen=True, slots=True)
class Row:
    """One unit with a line for each Gap."""

    submission: Submission
    lines: list[Line]


@require_permission(Permission.REVIEW)
def listing(request: HttpRequest, year: int) -> HttpResponse:
    """All units in the office's order; with `export=xlsx` as a workbook."""
    found = year_or_404(year)
    submissions = Submission.objects.visible_to(request.user).filter(year=found).order_by("position", "pk")
    held = list(submissions.with_changes())
    lines = completeness(found, held)
    rows = [Row(row, lines[row.unit_id]) for row in held]
    if request.GET.get("export") == "xlsx":
        return respond(f"muc-day-du-{year}.xlsx", _sheet(found, rows))
    context = {
        "year": found,
        "rows": rows,
        "gaps": list(Gap),
        "years": year_picker(found, lambda y: reverse("assessments:review_completeness", args=[y])),
    }
    return render(request, "assessments/review/desk/completeness.html", context)


def _sheet(year: RatingYear, rows: list[Row]) -> ListSheet:
    """How many and of how many, in columns of their own, so that they can be added up."""
    columns = [Column(_("Unit"), "submission.name", 34)]
    for place, gap in enumerate(Gap):
        label = str(gap.label)
        columns.append(Column(label[:1].upper() + label[1:], _number(place, "count"), 16, "number"))
        if gap != Gap.LATE:
            columns.append(Column(_("of"), _number(place, "of"), 9, "number"))
    return ListSheet(_("Completeness of the submissions of %(year)s") % {"year": year}, tuple(columns), rows)


def _number(place: int, name: str) -> Callable[[Row], int]:
    return lambda row: getattr(row.lines[place], name)
