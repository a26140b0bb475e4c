"""The rules: schemes, readings, targets, caps, the term. All may read, the Board edits."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import Actor
from accounts.permissions import Permission, may, require_permission
from assessments.entry.desk import posted
from assessments.figures.indicators import INDICATORS
from assessments.review.rulebook import actions, forms, read, target_actions
from assessments.rules.models.schemes import Level, Meaning, Reading, Scheme
from assessments.rules.models.targets import Cap, Target, Term
from orgs import once
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
from resolution03.lib.forms import BaseForm, BaseModelForm

GET_POST = ["GET", "HEAD", "POST"]
SHOWN_CHANGES = 50


@require_permission(Permission.VIEW_RULES)
@require_safe
def schemes(request: HttpRequest) -> HttpResponse:
    trail = AuditEntry.objects.visible_to(request.user).filter(object_type__in=read.TYPES)
    context = read.everything() | {
        "may_edit": may(request.user, Permission.MANAGE_RULES),
        "history": [read.told(entry) for entry in trail[:SHOWN_CHANGES]],
    }
    return render(request, "assessments/review/rulebook/list.html", context)


@require_permission(Permission.VIEW_RULES)
@require_safe
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """An indicator in words: article, document, the years of its targets, what counts."""
    if code not in INDICATORS:
        raise Http404
    context = read.of_indicator(INDICATORS[code]) | {"words": INDICATORS[code].words}
    return render(request, "assessments/review/rulebook/rule.html", context)


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(GET_POST)
def target(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = read.find(Target, pk) if pk else Target()
    form = forms.TargetForm(posted(request), instance=row)
    return _edit(
        request,
        form,
        _("Target"),
        lambda by: target_actions.save_target(row, by=by),
        remove=reverse("assessments:target_remove", args=[pk]) if pk else None,
    )


@require_permission(Permission.MANAGE_RULES)
@require_POST
def target_remove(request: HttpRequest, pk: int) -> HttpResponse:
    target_actions.remove_target(read.find(Target, pk), by=Actor.of(request.user))
    return _done(request)


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(GET_POST)
def cap(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = read.find(Cap, pk) if pk else Cap()
    form = forms.CapForm(posted(request), instance=row)
    return _edit(
        request,
        form,
        _("Cap"),
        lambda by: target_actions.save_cap(row, by=by),
        remove=reverse("assessments:cap_remove", args=[pk]) if pk else None,
    )


@require_permission(Permission.MANAGE_RULES)
@require_POST
def cap_remove(request: HttpRequest, pk: int) -> HttpResponse:
    target_actions.remove_cap(read.find(Cap, pk), by=Actor.of(request.user))
    return _done(request)


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(GET_POST)
def term(request: HttpRequest, pk: int) -> HttpResponse:
    row = read.find(Term, pk)
    form = forms.TermForm(posted(request), instance=row)
    return _edit(request, form, _("Term"), lambda by: actions.save_term(row, by=by))


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(GET_POST)
def scheme(request: HttpRequest, pk: int) -> HttpResponse:
    row = read.find(Scheme, pk)
    form = forms.SchemeForm(posted(request), instance=row)
    return _edit(request, form, _("Rating scheme"), lambda by: actions.save_scheme(row, by=by))


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(GET_POST)
def scheme_add(request: HttpRequest) -> HttpResponse:
    row = Scheme()
    form = forms.NewSchemeForm(posted(request), instance=row)

    def act(by: Actor) -> None:
        actions.add_scheme(row, by=by, like=form.cleaned_data["like"])

    return _edit(request, form, _("New rating scheme"), act)


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(GET_POST)
def level(request: HttpRequest, pk: int) -> HttpResponse:
    row = read.find(Level, pk)
    form = forms.LevelForm(posted(request), instance=row)
    title = _("Level %(code)s") % {"code": row.code}
    return _edit(request, form, title, lambda by: actions.rename_level(row, by=by))


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(GET_POST)
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit_reading(request, read.find(Reading, pk), _("Reading"))


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(GET_POST)
def reading_add(request: HttpRequest, pk: int, meaning: str) -> HttpResponse:
    if meaning not in Meaning.values:
        raise Http404
    row = Reading(scheme=read.find(Scheme, pk), meaning=meaning)
    return _edit_reading(request, row, _("New reading"))


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(GET_POST)
def reading_choose(request: HttpRequest, pk: int) -> HttpResponse:
    row = read.find(Reading, pk)
    form = forms.DecisionForm(posted(request))
    title = _("Put in use: %(reading)s") % {"reading": row.name}

    def act(by: Actor) -> None:
        actions.choose_reading(row, by=by, **form.cleaned_data)

    return _edit(request, form, title, act, submit=_("Put this reading in use"))


def _edit_reading(request: HttpRequest, row: Reading, title: str) -> HttpResponse:
    form = forms.ReadingForm(posted(request), instance=row)

    def act(by: Actor) -> None:
        actions.save_reading(row, by=by, levels=form.cleaned_data["levels"])

    return _edit(request, form, title, act)


def _edit(
    request: HttpRequest,
    form: BaseForm | BaseModelForm,
    title: str,
    act: Callable[[Actor], None],
    *,
    submit: str = "",
    remove: str | None = None,
) -> HttpResponse:
    """Bind, act, go back; a refusal stands beside the field it is about."""
    if request.method == "POST" and (form.is_valid() or once.was_sent(request)):
        try:
            once.act(request, act)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _done(request)
    context = {
        "title": title,
        "form": form,
        "submit": submit or _("Save the rule"),
        "cancel_url": reverse("assessments:schemes"),
        "remove_url": remove,
    }
    return render(request, "assessments/review/rulebook/form.html", context)


def _done(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Saved. Open years follow at once; closed years keep their rules."))
    return redirect("assessments:schemes")
