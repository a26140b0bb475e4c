"""What offices are asked to count: all may read the list, the Board edits it."""

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import Actor
from accounts.permissions import Permission, may, require_permission
from assessments.entry.desk import posted
from assessments.review.rulebook.changing_views import Change, preview_of, send
from assessments.review.rulebook.counted_actions import move_activity, save_activity
from assessments.review.rulebook.counted_forms import ActivityForm
from assessments.review.rulebook.done import done_rules
from assessments.review.rulebook.history import history
from assessments.review.rulebook.read import find
from assessments.rules.models.counts import Activity
from orgs.models import AuditEntry

SHOWN_CHANGES = 50


def everything() -> QuerySet[Activity]:
    """All that is or was counted, with how many years have counts of it."""
    years = Count("counts__year", distinct=True)
    return Activity.objects.annotate(years_given=years).order_by("position", "pk")


@require_permission(Permission.VIEW_RULES)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    trail = AuditEntry.objects.visible_to(request.user).filter(object_type=Activity._meta.label_lower)
    return render(
        request,
        "assessments/review/rulebook/activities.html",
        {
            "activities": everything(),
            "may_edit": may(request.user, Permission.MANAGE_RULES),
            "done_acts": done_rules(request.user, [Activity]),
            "history": history(trail[:SHOWN_CHANGES]),
        },
    )


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One count; without a key a new one."""
    activity = find(Activity, pk) if pk else Activity()
    title = activity.short_name or _("New yearly count")
    form = ActivityForm(posted(request), instance=activity)
    change = Change(activity, lambda by: save_activity(activity, by=by))
    if answer := send(request, form, change, lambda: _saved(request)):
        return answer
    crumbs = [
        (_("Levels and targets"), reverse("assessments:schemes")),
        (_("What is counted"), reverse("assessments:activities")),
        (title, ""),
    ]
    return render(
        request,
        "form_page.html",
        {
            "title": title,
            "form": form,
            "submit": _("Save the yearly count"),
            "crumbs": crumbs,
            "cancel_url": reverse("assessments:activities"),
        }
        | preview_of(form),
    )


def _saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Saved. Tables, forms and workbooks of its years follow at once."))
    return redirect("assessments:activities")


@require_permission(Permission.MANAGE_RULES)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Up or down by one place."""
    move_activity(find(Activity, pk), by=Actor.of(request.user), up="up" in request.POST)
    return redirect("assessments:activities")
