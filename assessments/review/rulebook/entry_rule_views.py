"""The rules of entry: all who work with figures read them, the Board switches the soft ones."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import Actor
from accounts.permissions import Permission, may, require_permission
from assessments.entry.desk import posted
from assessments.figures.year_choice import year_or_404, year_picker, year_to_work_on
from assessments.review.rulebook import switches as book
from assessments.review.rulebook.changing_views import Change, preview_of, send
from assessments.review.rulebook.done import done_rules
from assessments.review.rulebook.switch_actions import switch_rule
from assessments.review.rulebook.switch_forms import SwitchForm
from assessments.rules.catalog import RULES, soft_codes
from assessments.rules.models.switches import RuleSwitch
from assessments.rules.of_year import rules_of


@require_permission(Permission.VIEW_RULES)
@require_safe
def entry_rules(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Every rule in words, with its document and years, and whether it is on in the year."""
    found = year_or_404(year) if year else year_to_work_on()
    switched = book.history(found)
    lines = book.lines(found, switched)
    return render(
        request,
        "assessments/review/rulebook/entry_rules.html",
        {
            "year": found,
            "hard": [line for line in lines if not line.rule.is_soft],
            "soft": [line for line in lines if line.rule.is_soft],
            "done_acts": done_rules(request.user, [RuleSwitch]),
            "off": sum(line.is_on is False for line in lines),
            "may_switch": found is not None and found.is_open and may(request.user, Permission.MANAGE_RULES),
            "history": [(entry, RULES[entry.object_code]) for entry in switched],
            "years": year_picker(found, lambda y: reverse("assessments:entry_rules_year", args=[y]))
            if found
            else [],
        },
    )


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def entry_rule(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Switch one soft rule of a year off, or on again, with a reason."""
    found = year_or_404(year)
    if code not in soft_codes(year):
        raise Http404
    turn_on, rule, form = code not in rules_of(found).asked, RULES[code], SwitchForm(posted(request))
    back = f"{reverse('assessments:entry_rules_year', args=[year])}#{code}"
    row = book.switch_of(found, code)
    change = Change(row, lambda by: _switch(row, by, form), told="rules.switch")
    if answer := send(request, form, change, lambda: _saved(request, back)):
        return answer
    form.initial["is_on"] = turn_on
    title = _("Ask again: %(rule)s") if turn_on else _("Ask no longer: %(rule)s")
    return render(
        request,
        "assessments/review/rulebook/entry_rule.html",
        {
            "title": title % {"rule": rule.title},
            "year": found,
            "rule": rule,
            "form": form,
            "submit": _("Switch the rule on") if turn_on else _("Switch the rule off"),
            "cancel_url": back,
        }
        | preview_of(form),
    )


def _switch(row: RuleSwitch, by: Actor, form: SwitchForm) -> None:
    row.pk = switch_rule(by=by, year=row.year_id, rule=row.rule, **form.cleaned_data).pk


def _saved(request: HttpRequest, back: str) -> HttpResponse:
    messages.success(request, _("Saved. The lists of the year follow when they are next opened."))
    return redirect(back)
