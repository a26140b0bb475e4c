"""The province organization of an empty database, which the administrator makes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role
from accounts.permissions import Permission, require_permission
from assessments.registers import door
from assessments.registers.forms import FoundProvince
from orgs import once
from orgs.actions import beginning
from orgs.scoping import province
from resolution03.lib.errors import Refusal


@require_permission(Permission.MANAGE_ACCOUNTS)
def province_found(request: HttpRequest) -> HttpResponse:
    """Name and code of the province; then the Board's account. Once there is a tree, the accounts."""
    back = reverse("orgs:account_list")
    if province() and not once.was_sent(request):
        if request.method == "POST":
            messages.error(request, _("There is a provincial organization already."))
        return redirect(back)
    form = FoundProvince(request.POST or None, user=request.user)
    if request.method == "POST" and (form.is_valid() or once.was_sent(request)):
        try:
            once.act(request, lambda by: door.change(beginning.found_province, by=by, **form.cleaned_data))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The province organization is made. Next: the Board's account."))
            return redirect(reverse("orgs:account_add") + f"?role={Role.BOARD}")
    return render(
        request,
        "form_page.html",
        {
            "form": form,
            "title": _("The province organization"),
            "submit": _("Make it"),
            "subtitle": _("All other organizations hang below it; its name stands on every report."),
            "crumbs": [(_("Accounts"), back), (_("The province organization"), "")],
            "cancel_url": back,
        },
    )
