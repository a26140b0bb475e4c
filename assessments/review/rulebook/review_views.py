"""By when units review the resolution: all may read it, the Board edits it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission, may, require_permission
from assessments.entry.desk import posted
from assessments.review.rulebook.changing_views import Change, preview_of, remove, send
from assessments.review.rulebook.done import done_rules
from assessments.review.rulebook.history import history
from assessments.review.rulebook.read import find
from assessments.review.rulebook.review_actions import remove_review_due, save_review_due
from assessments.review.rulebook.review_forms import ReviewDueForm
from assessments.rules.models.reviews import ReviewDue
from orgs.models import AuditEntry

SHOWN_CHANGES = 50


@require_permission(Permission.VIEW_RULES)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    trail = AuditEntry.objects.visible_to(request.user).filter(object_type=ReviewDue._meta.label_lower)
    return render(
        request,
        "assessments/review/rulebook/reviews.html",
        {
            "reviews": list(ReviewDue.objects.all()),
            "may_edit": may(request.user, Permission.MANAGE_RULES),
            "done_acts": done_rules(request.user, [ReviewDue]),
            "history": history(trail[:SHOWN_CHANGES]),
        },
    )


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One review; without a key a new one."""
    due = find(ReviewDue, pk) if pk else ReviewDue()
    title = due.name or _("New review")
    form = ReviewDueForm(posted(request), instance=due)
    change = Change(due, lambda by: save_review_due(due, by=by))
    if answer := send(request, form, change, lambda: _saved(request)):
        return answer
    crumbs = [
        (_("Levels and targets"), reverse("assessments:schemes")),
        (_("Days of the reviews"), reverse("assessments:review_dues")),
        (title, ""),
    ]
    context = {
        "title": title,
        "form": form,
        "submit": _("Save the review"),
        "crumbs": crumbs,
        "cancel_url": reverse("assessments:review_dues"),
    }
    return render(request, "form_page.html", context | preview_of(form))


@require_permission(Permission.MANAGE_RULES)
@require_POST
def take_away(request: HttpRequest, pk: int) -> HttpResponse:
    due = find(ReviewDue, pk)
    return remove(request, due, lambda by: remove_review_due(due, by=by))


def _saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Saved. Units find it in the list when they enter a review."))
    return redirect("assessments:review_dues")
