"""What offices are asked to count: all may read the list, the Board edits it."""

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
from assessments.review.rulebook.counted_actions import (
    move_activity,
    remove_activity,
    save_activity,
    switch_activities,
)
from assessments.review.rulebook.counted_forms import ActivityForm, SwitchForm, with_one_more
from assessments.review.rulebook.counted_read import groups
from assessments.review.rulebook.counts_turned import Turning
from assessments.review.rulebook.done import done_rules
from assessments.review.rulebook.history import history
from assessments.review.rulebook.read import find
from assessments.rules.counts_of_year import arranged
from assessments.rules.models.counts import Activity, CountCheck
from orgs.models import AuditEntry
from resolution03.lib.forms import BaseForm

SHOWN_CHANGES = 50
TOLD = [model._meta.label_lower for model in (Activity, CountCheck)]


@require_permission(Permission.VIEW_RULES)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    trail = AuditEntry.objects.visible_to(request.user).filter(object_type__in=TOLD)
    return render(
        request,
        "assessments/review/rulebook/activities.html",
        {
            "groups": groups(),
            "may_edit": may(request.user, Permission.MANAGE_RULES),
            "done_acts": done_rules(request.user, [Activity]),
            "history": history(trail[:SHOWN_CHANGES]),
        },
    )


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One count with its checks; without a key a new one."""
    activity = find(Activity, pk) if pk else Activity()
    title = activity.short_name or _("New yearly count")
    if "more" in request.POST:
        form = with_one_more(request.POST, activity)
    else:
        form = ActivityForm(posted(request), instance=activity)
        turning = Turning(lambda by: save_activity(activity, by=by, checks=form.check_rules))
        if answer := send(request, form, Change(activity, turning, more=turning.sentences), _saved(request)):
            return answer
    remove = reverse("assessments:activity_remove", args=[pk]) if pk else ""
    context = {"title": title, "form": form, "activity": activity, "remove_url": remove}
    return _page(request, "assessments/review/rulebook/activity.html", context, _("Save the yearly count"))


@require_permission(Permission.MANAGE_RULES)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Shown first; only what nobody gave goes."""
    activity = find(Activity, pk)
    turning = Turning(lambda by: remove_activity(activity, by=by))
    form = BaseForm(request.POST)
    change = Change(activity, turning, told="rules.remove", more=turning.sentences)
    if answer := send(request, form, change, _saved(request)):
        return answer
    context = {"title": _("Remove: %(rule)s") % {"rule": activity.short_name}, "form": form}
    return _page(request, "form_page.html", context, _("Remove this yearly count"))


@require_permission(Permission.MANAGE_RULES)
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """One count, or all of a group, off or on again; shown first."""
    form = SwitchForm(request.POST)
    rows = _switched(form)
    if not rows:
        messages.error(request, _("Nothing was chosen to switch."))
        return redirect("assessments:activities")
    is_off = form.cleaned_data["off"]
    turning = Turning(lambda by: switch_activities([row.pk for row in rows], by=by, is_off=is_off))
    change = Change(rows[0], turning, more=turning.sentences)
    if answer := send(request, form, change, _saved(request)):
        return answer
    name = rows[0].short_name if form.cleaned_data["one"] else rows[0].group
    words = _("Switch off: %(name)s") if is_off else _("Switch on again: %(name)s")
    title = words % {"name": name}
    return _page(request, "form_page.html", {"title": title, "form": form}, title)


def _switched(form: SwitchForm) -> list[Activity]:
    """The counts that are meant."""
    if not form.is_valid() or not {"one", "group"} & form.data.keys():
        return []
    one, group = form.cleaned_data["one"], form.cleaned_data["group"]
    return [find(Activity, one)] if one else arranged(Activity.objects.filter(group=group))


def _page(request: HttpRequest, template: str, context: dict, submit: str) -> HttpResponse:
    crumbs = [
        (_("Levels and targets"), reverse("assessments:schemes")),
        (_("What is counted"), reverse("assessments:activities")),
        (context["title"], ""),
    ]
    page = {"submit": submit, "crumbs": crumbs, "cancel_url": reverse("assessments:activities")}
    return render(request, template, context | page | preview_of(context["form"]))


def _saved(request: HttpRequest):
    def answer() -> HttpResponse:
        messages.success(request, _("Saved. Tables, forms and workbooks of its years follow at once."))
        return redirect("assessments:activities")

    return answer


@require_permission(Permission.MANAGE_RULES)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Up or down by one place in its group."""
    move_activity(find(Activity, pk), by=Actor.of(request.user), up="up" in request.POST)
    return redirect("assessments:activities")
