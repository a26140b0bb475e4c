"""The Board's page of the groups of units."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actors import Actor
from accounts.permissions import Permission, require_permission
from assessments.review.groups.actions import group_units
from assessments.rules.models.groups import UnitGroup
from orgs.models import Organization
from resolution03.lib.errors import Refusal
from resolution03.lib.figures import number


@require_permission(Permission.MANAGE_YEARS)
def groups(request: HttpRequest) -> HttpResponse:
    """Each unit with its group, former ones too; a refusal keeps what was typed."""
    units = list(Organization.objects.visible_to(request.user).units())
    stored = dict(UnitGroup.objects.visible_to(request.user).values_list("unit_id", "name"))
    typed = {unit.pk: request.POST.get(f"group-{unit.pk}", stored.get(unit.pk, "")) for unit in units}
    refused: list[str] = []
    if request.method == "POST":
        try:
            changed = group_units(by=Actor.of(request.user), names=typed)
        except Refusal as refusal:
            refused = refusal.reasons
        else:
            messages.success(request, _told(changed))
            return redirect("assessments:unit_groups")
    context = {
        "units": [(unit, typed[unit.pk]) for unit in units],
        "names": list(dict.fromkeys(name for unit in units if (name := stored.get(unit.pk)))),
        "refused": refused,
    }
    return render(request, "assessments/review/groups/groups.html", context)


def _told(changed: int) -> str:
    if not changed:
        return _("Nothing was changed.")
    words = ngettext("The group of %(n)s unit is stored.", "The groups of %(n)s units are stored.", changed)
    return words % {"n": number(changed)}
