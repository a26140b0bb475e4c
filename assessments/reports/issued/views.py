"""The ledger of issued reports: its list, one issue as reported and now, its file again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import Actor
from accounts.permissions import Permission, require_permission
from assessments.reports import declared
from assessments.reports.forms import PurposeForm
from assessments.reports.issued.actions import hand_out
from assessments.reports.issued.differences import FigureDifference, Names, since_then
from assessments.reports.issued.forms import IssuedFilter
from assessments.reports.issued.jobs import ISSUE, find_issued, matter_today
from assessments.reports.issued.keeping import content_of
from assessments.reports.issued.models import IssuedReport
from assessments.reports.issued.names import content_type_of, issuable, title_of
from assessments.reports.issued.told import state_then
from orgs.jobs.answering import answer
from resolution03.lib.attachments import attachment
from resolution03.lib.errors import Refusal
from resolution03.lib.keeping import Lost
from resolution03.lib.paging import numbered, page_of

NAMES = 50
"""So many names stand under a figure on the page of an issue; more have a page of their own."""


@require_permission(Permission.EXPORT)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every issued report in the reader's scope, the latest first."""
    rows = IssuedReport.objects.visible_to(request.user).select_related("year", "unit")
    filters = IssuedFilter(request.GET, rows.defer("figures", "standing"), user=request.user)
    page = page_of(filters.qs, request.GET, {"at": "id"}, default="-at")
    return render(
        request,
        "assessments/reports/issued/list.html",
        {
            "filters": filters,
            "page": page,
            "rows": [{"issued": row, "title": title_of(row.slug)} for row in page.rows],
        },
    )


@require_permission(Permission.EXPORT)
@require_safe
def issued(request: HttpRequest, pk: int) -> HttpResponse:
    """One issue: who, when, its file, and what changed since; `figure` shows all names of one."""
    found = find_issued(request.user, pk)
    matter = matter_today(request.user, found)
    changes = since_then(found.year_id, found.figures, matter) if matter and _tells(found) else []
    changed = [one for one in changes if one.is_changed]
    asked = [one for one in changed if one.indicator.code == request.GET.get("figure")]
    return render(
        request,
        "assessments/reports/issued/issued.html",
        {
            "issued": found,
            "state": state_then(found),
            "title": title_of(found.slug),
            "fault": _fault(found),
            "is_comparable": bool(changes),
            "changes": changes,
            "shown": _named(request, asked or changed, matter, bool(asked)),
            "is_whole": bool(asked),
            "can_issue": matter is not None and found.slug in issuable(),
            "form": PurposeForm() if found.is_of_persons else None,
        },
    )


@require_permission(Permission.EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file once more, equal byte for byte to what left; of persons only for a purpose."""
    found = find_issued(request.user, pk)
    purpose = _purpose(request, found)
    if purpose is None:
        return redirect("assessments:issued", pk)
    try:
        content = hand_out(found, by=Actor.of(request.user), purpose=purpose)
    except Lost as lost:
        messages.error(request, _("Nothing was handed out. %(fault)s") % {"fault": lost})
        return redirect("assessments:issued", pk)
    return attachment(found.file_name, content, content_type_of(found.file_name))


@require_permission(Permission.EXPORT)
@require_POST
def anew(request: HttpRequest, pk: int) -> HttpResponse:
    """The same report with today's figures and date, under a number of its own."""
    found = find_issued(request.user, pk)
    if issuable().get(found.slug) is None or matter_today(request.user, found) is None:
        raise Http404
    purpose = _purpose(request, found)
    if purpose is None:
        return redirect("assessments:issued", pk)
    try:
        return answer(request, ISSUE, {"issued": pk}, {"purpose": purpose} if purpose else {})
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("assessments:issued", pk)


def _purpose(request: HttpRequest, found: IssuedReport) -> str | None:
    """What a list of persons is needed for, empty for another report; None, and said, when a list
    of persons is asked for without one."""
    if not found.is_of_persons:
        return ""
    form = PurposeForm(request.POST)
    if form.is_valid():
        return form.cleaned_data["purpose"]
    messages.error(request, _("Not issued: say for which work the list of persons is needed."))
    return None


def _tells(found: IssuedReport) -> bool:
    return bool(found.figures.get("figures"))


def _named(
    request: HttpRequest,
    changed: list[FigureDifference],
    matter: declared.Matter | None,
    is_whole: bool,
) -> list[dict]:
    """The figures with the first names of each, or with a page of all of them."""
    if matter is None:
        return []
    size, number = (4 * NAMES, request.GET.get("page")) if is_whole else (NAMES, 1)
    pages = [(one, numbered(one.moved, number, size)) for one in changed]
    names = Names(matter, ((one, list(page.rows)) for one, page in pages))
    return [{"figure": one, "page": page, "rows": names.of(one, list(page.rows))} for one, page in pages]


def _fault(found: IssuedReport) -> str:
    """What is wrong with the kept file; empty when it is as it was."""
    try:
        content_of(found)
    except Lost as lost:
        return str(lost)
    return ""
