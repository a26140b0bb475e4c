"""Sets of targets, and what units are assigned: entered and changed by the Board."""

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Permission, require_permission
from assessments.entry.desk import posted
from assessments.figures.count_indicators import indicator_of
from assessments.review.rulebook import set_actions
from assessments.review.rulebook.changing_views import Change, back_to_rules, edit, preview_of, remove, send
from assessments.review.rulebook.read import find, named
from assessments.review.rulebook.set_forms import MOST, QuotasForm, SetForm
from assessments.rules.models.target_sets import Quota, TargetScope, TargetSet
from assessments.rules.models.targets import Target
from orgs.models import Organization

GET_POST = ["GET", "HEAD", "POST"]


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(GET_POST)
def target_set(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = find(TargetSet, pk) if pk else TargetSet()
    return edit(
        request,
        SetForm(posted(request), instance=row),
        _("Set of targets %(code)s") % {"code": row.code} if pk else _("New set of targets"),
        Change(row, lambda by: set_actions.save_set(row, by=by), at_once=True),
        remove=reverse("assessments:target_set_remove", args=[pk]) if pk and not row.is_default else None,
    )


@require_permission(Permission.MANAGE_RULES)
@require_POST
def target_set_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = find(TargetSet, pk)
    return remove(request, row, lambda by: set_actions.remove_set(row, by=by))


@require_permission(Permission.MANAGE_RULES)
@require_http_methods(GET_POST)
def quotas(request: HttpRequest, pk: int) -> HttpResponse:
    """What each unit is assigned of a target, in one table."""
    row = find(Target, pk)
    if row.scope != TargetScope.QUOTA:
        raise Http404
    indicator = indicator_of(row.indicator)
    if indicator is None:
        raise Http404
    stored = list(Quota.objects.visible_to(request.user).filter(target=row))
    form = QuotasForm(
        posted(request),
        units=_units(request.user, stored),
        stored=stored,
        most=100 if indicator.counted.is_share else MOST,
    )
    change = Change(row, lambda by: set_actions.save_quotas(row, form.assigned, by=by))
    if answer := send(request, form, change, lambda: back_to_rules(request)):
        return answer
    context = {
        "title": _("Quotas of units: %(target)s") % {"target": named(row)},
        "form": form,
        "row": row,
        "cancel_url": reverse("assessments:schemes"),
    }
    return render(request, "assessments/review/rulebook/quotas.html", context | preview_of(form))


def _units(user, stored: list[Quota]):
    """The units of today, and those that were assigned something."""
    now = Q(parent__parent=None, parent__isnull=False, dissolved_on=None)
    found = Organization.objects.visible_to(user).filter(now | Q(pk__in=[row.unit_id for row in stored]))
    return found.order_by("position", "code")
