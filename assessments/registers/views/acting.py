"""The page of every act on a register: form, one action, open years follow, back."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.actors import Actor
from accounts.permissions import require_permission
from assessments.registers.acts.act import Act
from assessments.registers.door import Doing, change_if
from assessments.registers.preview.asking import Asking, NotYet
from assessments.registers.records import Crumb, Record, find_organization
from assessments.registers.register_form import RegisterForm
from assessments.registers.undoing.done import UNDONE_SINCE, was_undone
from orgs import once
from orgs.models import AuditEntry, Organization
from resolution03.lib.errors import Refusal
from resolution03.lib.figures import whole
from resolution03.lib.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Asked:
    """An act as it is asked for: on which record, or opened at which place; whence one comes."""

    act: Act
    record: Record | None
    place: Organization | None

    @property
    def back(self) -> str:
        return self.record.get_absolute_url() if self.record else self.act.begin.back(self.place)

    @property
    def title(self) -> Phrase:
        return self.act.words.title % self.record if self.record else self.act.words.title


def page(act: Act) -> Callable[..., HttpResponse]:
    """The view of an act."""

    @require_permission(act.needs)
    def view(request: HttpRequest, pk: int | None = None) -> HttpResponse:
        record = act.on.find(request.user, pk) if act.on else None
        if not act.allowed(request.user, record):
            raise PermissionDenied
        asked = Asked(act, record, _place(request, act))
        if (over := act.begin.over()) and not once.was_sent(request):
            return _over(request, asked, over)
        return _answer(request, asked)

    return view


def _place(request: HttpRequest, act: Act) -> Organization | None:
    """The organization that the address names for the form to begin with."""
    named = whole(request.GET.get(act.begin.parameter, "")) if act.begin.parameter else None
    return None if named is None else find_organization(request.user, named)


def _over(request: HttpRequest, asked: Asked, words: str) -> HttpResponse:
    """The act cannot be done any more: who tries it is told so."""
    if request.method == "POST":
        messages.error(request, words)
    return redirect(asked.back)


def _answer(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Show the form; when it is right, what it will do; when that was confirmed, act on the record and say
    so. Sent a second time, it leads to what the first made."""
    form, preview = _form(request, asked), None
    if request.method == "POST" and (form.is_valid() or once.was_sent(request)):
        try:
            return _done(request, asked, once.act(request, lambda by: _act(asked, form, by)))
        except NotYet as shown:
            preview = shown.preview
        except Refusal as refusal:
            form.refuse(refusal)
    return render(request, "form_page.html", _context(request, asked, form) | {"preview": preview})


def _form(request: HttpRequest, asked: Asked) -> RegisterForm:
    act = asked.act
    initial = {act.begin.field: asked.place} if asked.place else {}
    subject = asked.record if act.on == act.register else None
    return act.form(request.POST or None, user=request.user, subject=subject, initial=initial)


def _act(asked: Asked, form: RegisterForm, by: Actor) -> Record:
    """The record as the act left it; NotYet, with nothing stored, before what it will do was confirmed. What
    is doubtful stands beside a refusal, too: it may be why."""
    act, doubts = asked.act, form.doubts()
    subject = {act.argument or act.on.name: asked.record} if act.on else {}
    asking = Asking(
        by,
        confirmed=form.data.get("sure", ""),
        doubts=doubts,
        effects=[*form.chosen(), *act.effect(form)],
        at_once=act.at_once,
        detail=act.detail(form),
    )
    doing = Doing(act.told, asked.record)
    try:
        found = change_if(asking, act.action, by=by, doing=doing, **subject, **form.cleaned_data)
    except Refusal:
        for words in doubts:
            form.add_error(None, words)
        raise
    if not asking.stands:
        raise NotYet(asking.preview)
    return found.result.record


def _done(request: HttpRequest, asked: Asked, result: Record | AuditEntry) -> HttpResponse:
    act = asked.act
    if isinstance(result, AuditEntry) and was_undone(result.batch):
        messages.error(request, UNDONE_SINCE)
        return redirect(asked.back)
    messages.success(request, act.words.done)
    if act.begin.next:
        return redirect(act.begin.next())
    if isinstance(result, AuditEntry):
        return redirect(once.address_of(result) or asked.back)
    return redirect(result.get_absolute_url())


def _context(request: HttpRequest, asked: Asked, form: RegisterForm) -> dict:
    act = asked.act
    return {
        "form": form,
        "title": asked.title,
        "subtitle": act.on.subtitle(asked.record) if act.on else act.words.subtitle,
        "submit": act.words.submit,
        "crumbs": _crumbs(request, asked),
        "cancel_url": asked.back,
    }


def _crumbs(request: HttpRequest, asked: Asked) -> list[Crumb]:
    act = asked.act
    way = act.on.way(request.user, asked.record) if act.on else act.begin.way()
    return [*way, (act.words.page or act.words.title.partition(":")[0], "")] if way else []
