"""Typing what only an office counts: one table for a unit's grassroots organizations."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.actors import Actor
from accounts.permissions import Permission, may, require_permission
from assessments.entry.counting.judging import Outcome
from assessments.entry.counting.table import entries, not_saved
from assessments.entry.counts.actions import save_counts
from assessments.entry.counts.sheet import Counts
from assessments.entry.desk import Desk, desk_or_404
from assessments.figures.year_choice import year_picker
from assessments.roster.models.line import Kind
from assessments.roster.models.lines import OrganizationLine
from assessments.roster.querysets import RatedLineQuerySet
from resolution03.lib.paging import numbered

FIELDS_A_PAGE = 900
"""Django takes no more than a thousand fields from one page."""


@require_permission(Permission.ENTER_RATINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def enter_counts(request: HttpRequest, year: int) -> HttpResponse:
    """The counts of the unit, or of the clerk's organization; each row is saved for itself."""
    desk = desk_or_404(request.user, year)
    counts = Counts(desk.year, _lines(desk))
    sent, outcome = counts.table.typed(request.POST), Outcome()
    if request.method == "POST":
        outcome = _saved(request, desk, sent)
        if not not_saved(sent, outcome):
            return redirect(request.get_full_path())
    page = _page(request, counts)
    rows = counts.rows([*page, *_strayed(request, desk, page, not_saved(sent, outcome))])
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
            "years": year_picker(desk.year, lambda y: reverse("assessments:enter_counts", args=[y])),
        },
    )


def _lines(desk: Desk) -> RatedLineQuerySet:
    found = desk.organizations.filter(kind=Kind.GRASSROOTS)
    return found.order_by("position", "pk")


def _page(request: HttpRequest, counts: Counts):
    rows = FIELDS_A_PAGE // (len(counts.activities) + 1)
    return numbered(counts.lines, request.GET.get("page"), rows)


def _all_lines(request: HttpRequest, desk: Desk):
    """The unit's lines in the user's scope, those that left the roster as well."""
    lines = OrganizationLine.objects.visible_to(request.user)
    return lines.filter(year=desk.year, unit=desk.submission.unit_id, kind=Kind.GRASSROOTS)


def _saved(request: HttpRequest, desk: Desk, sent: dict) -> Outcome:
    outcome = save_counts(
        by=Actor.of(request.user),
        year=desk.year.pk,
        lines=_all_lines(request, desk),
        entries=entries(sent),
    )
    if count := len(outcome.saved):
        words = ngettext(
            "Yearly counts of %(count)d organization saved.",
            "Yearly counts of %(count)d organizations saved.",
            count,
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
