"""The rules: schemes, readings, targets, the term. All may read, the Board edits."""

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import Actor
from accounts.permissions import Permission, may, require_permission
from assessments.entry.desk import posted
from assessments.figures import pages
from assessments.figures.count_indicators import indicator_of
from assessments.review.rulebook import actions, forms, read, target_actions
from assessments.review.rulebook.changing_views import Change, edit, remove
from assessments.review.rulebook.done import done_rules
from assessments.review.rulebook.history import history
from assessments.rules.models.risk import RiskAge
from assessments.rules.models.schemes import Level, Meaning, Reading, Scheme
from assessments.rules.models.target_sets import TargetSet
from assessments.rules.models.targets import Target, Term
from orgs.models import AuditEntry

GET_POST = ["GET", "HEAD", "POST"]
SHOWN_CHANGES = 50


@require_permission(Permission.VIEW_RULES)
@require_safe
def schemes(request: HttpRequest) -> HttpResponse:
    trail = AuditEntry.objects.visible_to(request.user).filter(object_type__in=read.TYPES)
    context = read.everything(request.user) | {
        "may_edit": may(request.user, Permission.MANAGE_RULES),
        "sees_all": pages.sees_all_units(request.user),
        "done_acts": done_rules(request.user),
        "history": history(trail[:SHOWN_CHANGES]),
    }
    return render(request, "assessments/review/rulebook/list.html", context)


@require_permission(Permission.VIEW_RULES)
@require_safe
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """An indicator in words: article, document, the years of its targets, what counts."""
    indicator = indicator_of(code)
    if indicator is None:
        raise Http404
    context = read.of_indicator(indicator) | {"words": indicator.words}
    return render(request, "assessments/review/rulebook/rule.html", context)


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(GET_POST)
def target(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = read.find(Target, pk) if pk else Target(set=_set_asked(request))
    form = forms.TargetForm(posted(request), instance=row)
    return edit(
        request,
        form,
        _("Target of %(set)s") % {"set": row.set.name},
        Change(row, lambda by: target_actions.save_target(row, by=by)),
        remove=reverse("assessments:target_remove", args=[pk]) if pk else None,
    )


def _set_asked(request: HttpRequest) -> TargetSet:
    """The set to which a target is added: `?set=CODE`, else the default one."""
    code = request.GET.get("set")
    found = TargetSet.objects.filter(Q(code=code) if code else Q(is_default=True)).first()
    if found is None:
        raise Http404
    return found


@require_permission(Permission.MANAGE_RULES)
@require_POST
def target_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = read.find(Target, pk)
    return remove(request, row, lambda by: target_actions.remove_target(row, by=by))


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(GET_POST)
def risk_age(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = read.find(RiskAge, pk) if pk else RiskAge()
    form = forms.RiskAgeForm(posted(request), instance=row)
    return edit(
        request,
        form,
        _("Age for villages at risk"),
        Change(row, lambda by: actions.save_risk_age(row, by=by)),
        remove=reverse("assessments:risk_age_remove", args=[pk]) if pk else None,
    )


@require_permission(Permission.MANAGE_RULES)
@require_POST
def risk_age_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = read.find(RiskAge, pk)
    return remove(request, row, lambda by: actions.remove_risk_age(row, by=by))


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(GET_POST)
def term(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = read.find(Term, pk) if pk else Term()
    form = forms.TermForm(posted(request), instance=row)
    return edit(
        request,
        form,
        _("Term"),
        Change(row, lambda by: actions.save_term(row, by=by)),
        remove=reverse("assessments:term_remove", args=[pk]) if pk and not row.is_target_term else None,
    )


@require_permission(Permission.MANAGE_RULES)
@require_POST
def term_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = read.find(Term, pk)
    return remove(request, row, lambda by: actions.remove_term(row, by=by))


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(GET_POST)
def scheme(request: HttpRequest, pk: int) -> HttpResponse:
    row = read.find(Scheme, pk)
    form = forms.SchemeForm(posted(request), instance=row)
    return edit(
        request,
        form,
        _("Rating scheme"),
        Change(row, lambda by: actions.save_scheme(row, by=by), at_once=True),
    )


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(GET_POST)
def scheme_add(request: HttpRequest) -> HttpResponse:
    row = Scheme()
    form = forms.NewSchemeForm(posted(request), instance=row)

    def act(by: Actor) -> None:
        actions.add_scheme(row, by=by, like=form.cleaned_data["like"])

    return edit(request, form, _("New rating scheme"), Change(row, act))


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(GET_POST)
def level(request: HttpRequest, pk: int) -> HttpResponse:
    row = read.find(Level, pk)
    form = forms.LevelForm(posted(request), instance=row)
    title = _("Level %(code)s") % {"code": row.code}
    return edit(request, form, title, Change(row, lambda by: actions.rename_level(row, by=by), at_once=True))


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

    change = Change(row, act, told="rules.choose")
    return edit(request, form, title, change, submit=_("Put this reading in use"))


def _edit_reading(request: HttpRequest, row: Reading, title: str) -> HttpResponse:
    form = forms.ReadingForm(posted(request), instance=row)

    def act(by: Actor) -> None:
        actions.save_reading(row, by=by, levels=form.cleaned_data["levels"])

    return edit(request, form, title, Change(row, act))
