"""Taking back an act on a register: by one sending; refused with what rests on it by name."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actors import Actor
from accounts.permissions import require, user_of
from assessments.registers import acts
from assessments.registers.acts.act import Act
from assessments.registers.preview.shown import asked_of_the_board
from assessments.registers.records import Record
from assessments.registers.undoing import done_actions
from assessments.registers.undoing.models import ActDone
from assessments.registers.undoing.registers import BY_ACTS
from resolution03.lib.errors import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Taken back when it is sent; before, and where it is refused, what it was and what rests on it."""
    found = get_object_or_404(ActDone, pk=pk)
    act = _act(request, found)
    record = _record(request, found, act)
    if record is None:
        messages.success(request, _("This was undone before."))
        return redirect(act.begin.back(None))
    context = _context(request, found, act, record)
    if request.method == "POST":
        try:
            return _undone(request, found, act, record)
        except Refusal as refusal:
            context["refusal"] = refusal
    elif found.taken_back_at is None:
        by = Actor.of(request.user)
        asked = done_actions.asks_again(found, by=by, told=act.told_back, tables=BY_ACTS)
        context["asks"] = asked_of_the_board(asked, user_of(request))
    return render(request, "assessments/registers/undoing/undo.html", context)


def _act(request: HttpRequest, found: ActDone) -> Act:
    act = acts.find(found.code)
    if act is None:
        raise Http404
    require(request.user, act.needs)
    return act


def _record(request: HttpRequest, found: ActDone, act: Act) -> Record | None:
    """What it was done on, in the user's scope; None where taking it back took that away."""
    register, user = act.on or act.register, user_of(request)
    rows = register.about.model._base_manager.filter(pk=found.object_id)
    if found.taken_back_by_id == user.pk and not rows.exists():
        return None
    record = register.find(user, found.object_id)
    if not act.allowed(user, record if act.on else None):
        raise PermissionDenied
    return record


def _context(request: HttpRequest, found: ActDone, act: Act, record: Record) -> dict:
    register = act.on or act.register
    return {
        "title": _("Undo: %(act)s") % {"act": act.label},
        "words": act.label,
        "found": found,
        "crumbs": [*register.way(request.user, record), (_("Undo"), "")],
        "back": record.get_absolute_url(),
        "refusal": None,
    }


def _undone(request: HttpRequest, found: ActDone, act: Act, record: Record) -> HttpResponse:
    is_new = done_actions.undo(found, by=Actor.of(request.user), told=act.told_back, tables=BY_ACTS)
    words = _("Undone: all is as it was before.") if is_new else _("This was undone before.")
    messages.success(request, words)
    is_there = type(record)._base_manager.filter(pk=record.pk).exists()
    return redirect(record.get_absolute_url() if is_there else act.begin.back(None))
