"""How many decisions on discipline a year brought: one table for all organizations of a list."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actors import Actor
from accounts.permissions import Permission, require_permission
from assessments.entry.counting.judging import Outcome
from assessments.entry.counting.table import Typed, entries, not_saved
from assessments.entry.desk import Desk, desk_or_404
from assessments.entry.discipline.actions import counts_of, save_discipline
from assessments.entry.discipline.table import COLUMNS, TABLE
from assessments.figures.year_choice import year_picker
from assessments.roster.models.line import Kind
from assessments.roster.models.lines import OrganizationLine
from resolution03.lib.paging import numbered

ROWS_A_PAGE = 100
"""Seven counts a row: Django takes no more than a thousand fields from one page."""


@require_permission(Permission.ENTER_RATINGS)
def discipline(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """The counts of one list; each organization is saved for itself."""
    if kind not in Kind.values:
        raise Http404
    desk = desk_or_404(request.user, year)
    page = numbered(_lines(desk, kind), request.GET.get("page"), ROWS_A_PAGE)
    sent, outcome = TABLE.typed(request.POST), Outcome()
    if request.method == "POST":
        outcome = _saved(request, desk, sent)
        if not not_saved(sent, outcome):
            return redirect(request.get_full_path())
    lines = [*page, *_strayed(request, desk, page, not_saved(sent, outcome))]
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
            "years": year_picker(desk.year, lambda y: reverse("assessments:discipline", args=[y, kind])),
        },
    )


def _lines(desk: Desk, kind: str):
    found = desk.organizations.filter(kind=kind).select_related("parent", "decided")
    return found.in_office_order()


def _all_lines(request: HttpRequest, desk: Desk):
    """The unit's lines in the user's scope, those that left the roster as well."""
    lines = OrganizationLine.objects.visible_to(request.user)
    return lines.filter(year=desk.year, unit=desk.submission.unit_id)


def _saved(request: HttpRequest, desk: Desk, sent: dict[int, Typed]) -> Outcome:
    outcome = save_discipline(
        by=Actor.of(request.user),
        year=desk.year.pk,
        lines=_all_lines(request, desk),
        entries=entries(sent),
    )
    if count := len(outcome.saved):
        words = ngettext(
            "Counts of %(count)d organization saved.", "Counts of %(count)d organizations saved.", count
        )
        messages.success(request, words % {"count": count})
    elif not not_saved(sent, outcome):
        messages.info(request, _("Nothing was changed."))
    return outcome


def _strayed(request: HttpRequest, desk: Desk, page, left: set[int]) -> list[OrganizationLine]:
    """Lines whose counts could not be saved and that the page no longer lists."""
    missing = left - {line.pk for line in page}
    found = list(_all_lines(request, desk).filter(pk__in=missing)) if missing else []
    if len(found) < len(missing):
        messages.error(request, _("Not in the roster of this year."))
    return found
