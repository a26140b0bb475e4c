"""Why somebody is not rated: all may read the list, the Board edits it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import Actor
from accounts.permissions import Permission, may, require_permission
from assessments.entry.desk import posted
from assessments.review.rulebook.changing_views import Change, preview_of, send
from assessments.review.rulebook.done import done_rules
from assessments.review.rulebook.history import history
from assessments.review.rulebook.read import find
from assessments.review.rulebook.reason_actions import move_reason, save_reason
from assessments.review.rulebook.reason_forms import ReasonForm
from assessments.rules.models.reasons import UnratedReason
from orgs.models import AuditEntry

SHOWN_CHANGES = 50


@require_permission(Permission.VIEW_RULES)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    trail = AuditEntry.objects.visible_to(request.user).filter(object_type=UnratedReason._meta.label_lower)
    return render(
        request,
        "assessments/review/rulebook/reasons.html",
        {
            "reasons": list(UnratedReason.objects.all()),
            "may_edit": may(request.user, Permission.MANAGE_RULES),
            "done_acts": done_rules(request.user, [UnratedReason]),
            "history": history(trail[:SHOWN_CHANGES]),
        },
    )


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One reason; without a key a new one."""
    reason = find(UnratedReason, pk) if pk else UnratedReason()
    title = reason.text or _("New reason")
    form = ReasonForm(posted(request), instance=reason)
    change = Change(reason, lambda by: save_reason(reason, by=by))
    if answer := send(request, form, change, lambda: _saved(request)):
        return answer
    crumbs = [
        (_("Levels and targets"), reverse("assessments:schemes")),
        (_("Reasons when not rated"), reverse("assessments:reasons")),
        (title, ""),
    ]
    context = {
        "title": title,
        "form": form,
        "submit": _("Save the reason"),
        "crumbs": crumbs,
        "cancel_url": reverse("assessments:reasons"),
    }
    return render(request, "form_page.html", context | preview_of(form))


def _saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Saved. Grids and workbooks offer the list as it is now."))
    return redirect("assessments:reasons")


@require_permission(Permission.MANAGE_RULES)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Up or down by one place."""
    move_reason(find(UnratedReason, pk), by=Actor.of(request.user), up="up" in request.POST)
    return redirect("assessments:reasons")
