"""The page of a change of a rule: the form, what the change will do, the change, back."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actors import Actor
from accounts.permissions import Permission, require_permission
from assessments.registers.preview.asking import NotYet
from assessments.registers.undoing.done import UNDONE_SINCE, was_undone
from assessments.registers.undoing.models import ActDone
from assessments.review.rulebook.asking import AskingRule, Sentences, nothing_more
from assessments.review.rulebook.done import address_of, words_of
from assessments.review.rulebook.door import Action, change_if
from assessments.review.rulebook.read import named
from assessments.review.rulebook.undo_actions import undo
from orgs import once
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
from resolution03.lib.forms import BaseForm, BaseModelForm

CHANGED = "rules.change"


@dataclass(frozen=True, slots=True)
class Change:
    """What is changed, and how; `at_once`: words alone need no confirmation. `told`: which act it is; `more`:
    what else it does, in words, once it was done."""

    row: Model
    action: Action
    at_once: bool = False
    told: str = CHANGED
    more: Sentences = nothing_more


def edit(
    request: HttpRequest,
    form: BaseForm | BaseModelForm,
    title: str,
    change: Change,
    *,
    submit: str = "",
    remove: str | None = None,
) -> HttpResponse:
    """Bind, show what will follow, act when that was confirmed, go back; a refusal stands beside the field it
    is about."""
    context = {
        "title": title,
        "form": form,
        "submit": submit or _("Save the rule"),
        "cancel_url": reverse("assessments:schemes"),
        "remove_url": remove,
    }
    answer = send(request, form, change, lambda: back_to_rules(request))
    return answer or render(request, "assessments/review/rulebook/form.html", context | preview_of(form))


def remove(request: HttpRequest, row: Model, action: Action) -> HttpResponse:
    """As `edit`, with nothing to type."""
    form = BaseForm(request.POST)
    context = {
        "title": _("Remove: %(rule)s") % {"rule": named(row)},
        "form": form,
        "submit": _("Remove this rule"),
        "cancel_url": reverse("assessments:schemes"),
    }
    answer = send(request, form, Change(row, action, told="rules.remove"), lambda: back_to_rules(request))
    return answer or render(request, "assessments/review/rulebook/form.html", context | preview_of(form))


def send(
    request: HttpRequest, form: BaseForm | BaseModelForm, change: Change, done: Callable[[], HttpResponse]
) -> HttpResponse | None:
    """The answer to a form that was sent and is right and confirmed; None where there is something to read
    first, which then stands on the form."""
    if request.method != "POST" or not (form.is_valid() or once.was_sent(request)):
        return None
    try:
        result = once.act(request, lambda by: _act(form, change, by))
    except NotYet as shown:
        form.preview = shown.preview  # type: ignore[union-attr]  # for the page alone
    except Refusal as refusal:
        form.refuse(refusal)
    else:
        return _undone(request) if _is_undone(result) else done()
    return None


def preview_of(form: BaseForm | BaseModelForm) -> dict:
    return {"preview": getattr(form, "preview", None)}


def _act(form: BaseForm | BaseModelForm, change: Change, by: Actor) -> None:
    asking = AskingRule(by, confirmed=form.data.get("sure", ""), at_once=change.at_once, more=change.more)
    kept = type(change.row)(pk=change.row.pk)
    told = change.told if kept.pk or change.told != CHANGED else "rules.add"
    change_if(asking, change.action, by=by, told=told, on=lambda: change.row if change.row.pk else kept)
    if not asking.stands:
        raise NotYet(asking.preview)


def _is_undone(result: AuditEntry | None) -> bool:
    return isinstance(result, AuditEntry) and was_undone(result.batch)


def _undone(request: HttpRequest) -> HttpResponse:
    messages.error(request, UNDONE_SINCE)
    return redirect("assessments:schemes")


def back_to_rules(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Saved. Open years follow at once; closed years keep their rules."))
    return redirect("assessments:schemes")


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def undo_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Taken back when it is sent; before, and where it is refused, what it was and what rests on it."""
    found = get_object_or_404(ActDone, pk=pk, code__startswith="rules.")
    back, words, refusal = address_of(found), words_of(found), None
    if request.method == "POST":
        try:
            is_new = undo(found, by=Actor.of(request.user))
        except Refusal as refused:
            refusal = refused
        else:
            done, before = _("Undone: all is as it was before."), _("This was undone before.")
            messages.success(request, done if is_new else before)
            return redirect(back)
    context = {
        "title": _("Undo: %(act)s") % {"act": words},
        "words": words,
        "found": found,
        "crumbs": [(_("Levels and targets"), reverse("assessments:schemes")), (_("Undo"), "")],
        "back": back,
        "refusal": refusal,
    }
    return render(request, "assessments/registers/undoing/undo.html", context)
