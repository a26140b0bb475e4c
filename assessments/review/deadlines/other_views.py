"""Whose year closes otherwise: the Board's list, and its changes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import Actor
from accounts.permissions import Permission, require_permission
from assessments.entry.desk import posted
from assessments.review.deadlines.default_actions import add_other_end, remove_other_end
from assessments.review.deadlines.forms import OtherEndForm
from assessments.rules.models.deadlines import OtherYearEnd
from resolution03.lib.errors import Refusal


@require_permission(Permission.MANAGE_YEARS)
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The list, with the form that adds to it."""
    form = OtherEndForm(posted(request))
    if request.method == "POST" and form.is_valid() and _added(request, form):
        return redirect("assessments:other_year_ends")
    rows = OtherYearEnd.objects.select_related("unit").order_by("type_label", "unit__position", "pk")
    return render(request, "assessments/review/deadlines/other_ends.html", {"rows": list(rows), "form": form})


def _added(request: HttpRequest, form: OtherEndForm) -> bool:
    try:
        add_other_end(OtherYearEnd(**form.cleaned_data), by=Actor.of(request.user))
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, _("Stored; open years follow at once."))
    return True


@require_POST
@require_permission(Permission.MANAGE_YEARS)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the list; the day of all holds again."""
    remove_other_end(get_object_or_404(OtherYearEnd, pk=pk), by=Actor.of(request.user))
    messages.success(request, _("Taken out; the day of all units holds again."))
    return redirect("assessments:other_year_ends")
