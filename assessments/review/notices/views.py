"""The page of notices, and the mark of having read them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assessments.review.notices import told
from assessments.review.notices.actions import mark_read
from resolution03.lib.figures import whole
from resolution03.lib.paging import page_of

SORTS = {"at": "id"}
PER_PAGE = 30


def listing(request: HttpRequest) -> HttpResponse:
    """What others did that concerns the user, the newest first; with `new` what is not read yet."""
    only_new = bool(request.GET.get("new"))
    found = told.unread(request.user) if only_new else told.notices_for(request.user)
    rows = found.select_related("unit")
    page = page_of(rows, request.GET, SORTS, size=PER_PAGE, default="-at")
    newest = told.unread(request.user).order_by("-pk").values_list("pk", flat=True).first()
    return render(
        request,
        "assessments/review/notices/list.html",
        {
            "page": page,
            "notices": told.told(page.rows, request.user),
            "newest": newest,
            "shown": told.unread(request.user).filter(pk__lte=newest or 0).order_by().count(),
            "only_new": only_new,
        },
    )


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Marks as read what the page showed; what came meanwhile stays unread. Nothing is marked where an
    action that began earlier has ended since: its entry has a lower key and was not shown (ADR 22)."""
    up_to, shown = (whole(request.POST.get(name, "")) or 0 for name in ("up_to", "shown"))
    newest = told.unread(request.user).filter(pk__lte=up_to)
    if shown and newest.order_by().count() > shown:
        return redirect("assessments:notices")
    if (found := newest.order_by("-pk").values_list("pk", flat=True).first()) is not None:
        mark_read(user=request.user, up_to=found)
    return redirect("assessments:notices")
