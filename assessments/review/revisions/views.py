"""The revisions of a year: when and why, the figures of each, what changed between two."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, may, require_permission
from assessments.figures import pages
from assessments.figures.changes import changed, figure_changes
from assessments.figures.kept import board_at
from assessments.figures.overview import sheet
from assessments.figures.overview.matrix import Unit, matrix
from assessments.figures.past import Past
from assessments.figures.year_choice import year_or_404, year_picker
from assessments.review.revisions.lines import between
from assessments.review.revisions.listed import Event, events
from assessments.roster import lacking
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.years import RatingYear, Submission, YearRevision
from assessments.rules.years import all_years
from orgs.scoping import posted_organization
from resolution03.lib.figures import whole
from resolution03.lib.paging import numbered

PAGE = 100


@require_permission(Permission.VIEW_FIGURES)
@require_safe
def revisions(request: HttpRequest, year: int) -> HttpResponse:
    """Every closing, supplement and reopening of a year."""
    found = year_or_404(year)
    return render(
        request,
        "assessments/review/revisions/list.html",
        {
            "year": found,
            "rows": [_told(request.user, event) for event in events(found)],
            "years": year_picker(found, lambda y: reverse("assessments:year_revisions", args=[y])),
        },
    )


@require_permission(Permission.VIEW_FIGURES)
@require_safe
def revision(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The figures of one revision, of the province or of one unit (`unit` in the address)."""
    found = year_or_404(year)
    shown = _revision(found, number)
    submissions = pages.visible_submissions(request.user, found)
    unit = _unit(request, submissions)
    board = board_at(shown)
    unit_id = unit.unit_id if unit else None
    past = Past(all_years(), unit_id)
    rows = sheet.rows(board, year, _nowhere, unit_id, past=past, beside=unit is not None)
    page = reverse("assessments:year_revision", args=[year, number])
    units = [Unit(s.unit_id, s.name, f"{page}?{urlencode({'unit': s.code})}") for s in submissions]
    return render(
        request,
        "assessments/review/revisions/revision.html",
        {
            "year": found,
            "revision": shown,
            "unit": unit,
            "rows": rows,
            "title": sheet.headline(rows, year),
            "sees_all": pages.sees_all_units(request.user),
            "matrix": None if unit else matrix(board, year, units, _nowhere, found.province_name, past),
        },
    )


@require_permission(Permission.VIEW_FIGURES)
@require_safe
def changes(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """What changed from an earlier revision (`since`; the one before) to this one."""
    found = year_or_404(year)
    after = _revision(found, number)
    before = _revision(found, _since(request, number))
    boards = board_at(before), board_at(after)
    lines, hidden = _lines(request.user, before, after)
    submissions = pages.visible_submissions(request.user, found)
    moved = ((s.name, changed(figure_changes(*boards, year, s.unit_id))) for s in submissions)
    return render(
        request,
        "assessments/review/revisions/changes.html",
        {
            "year": found,
            "before": before,
            "after": after,
            "others": range(1, number),
            "province": changed(figure_changes(*boards, year)),
            "units": [(name, rows) for name, rows in moved if rows],
            "page": numbered(lines, request.GET.get("page"), PAGE),
            "hidden": hidden,
            "is_old": boards[1].rules[year].is_old("organization"),
        },
    )


def _revision(year: RatingYear, number: int) -> YearRevision:
    found = get_object_or_404(year.revisions, number=number)
    found.year = year
    return found


def _unit(request: HttpRequest, submissions: list[Submission]) -> Submission | None:
    if code := request.GET.get("unit"):
        return pages.unit_or_404(submissions, code)
    return None


def _since(request: HttpRequest, number: int) -> int:
    return whole(request.GET.get("since", ""), most=number - 1) or number - 1


def _nowhere(figure, part: str) -> str:
    """The names behind a figure of an earlier revision are not kept."""
    return ""


def _told(user, event: Event) -> dict:
    """An event as the user may read it: a reason may name another unit, a supplement is one's."""
    sees_all, own = pages.sees_all_units(user), posted_organization(user)
    supplement = event.supplement
    is_own = supplement is not None and supplement.unit_id == own.pk
    reads = sees_all or is_own or event.revision is None
    url = ""
    if supplement and may(user, Permission.REVIEW):
        url = reverse("assessments:review_supplement", args=[supplement.pk])
    elif supplement and is_own and may(user, Permission.SUBMIT):
        url = reverse("assessments:supplement", args=[supplement.year_id, supplement.pk])
    return {
        "event": event,
        "reason": event.reason if reads else "",
        "url": url,
        "unit": supplement.unit.name if supplement and (sees_all or is_own) else "",
        "missing": lacking.read(event.revision.missing) if event.revision and sees_all else [],
    }


def _lines(user, before: YearRevision, after: YearRevision) -> tuple[list, int]:
    """Changed lines in the user's scope; of persons who may not be seen only how many."""
    found = between(before, after, OrganizationLine.objects.visible_to(user), False)
    sees_persons = may(user, Permission.VIEW_PERSONS)
    members = between(before, after, MemberLine.objects.visible_to(user), sees_persons)
    return (found + members, 0) if sees_persons else (found, len(members))
