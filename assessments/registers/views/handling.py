"""How every page that changes a register runs: form, one action, open years follow, back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assessments.registers import door
from assessments.registers.register_form import RegisterForm
from orgs import once
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal


def handle(
    request: HttpRequest,
    form: RegisterForm,
    action: Callable,
    *,
    title: str,
    submit: str,
    done: str,
    back: str,
    subtitle: str = "",
    crumbs: list | None = None,
    **subject,
) -> HttpResponse:
    """Show `form`; when it is right and nothing in it is doubtful, or it was confirmed, run `action`
    on `subject` and say that it is `done`. Sent a second time, it leads to what the first made."""
    is_right = request.method == "POST" and form.is_valid() and form.is_sure()
    if is_right or (request.method == "POST" and once.was_sent(request)):
        values = subject | form.cleaned_data
        try:
            result = once.act(request, lambda by: door.change(action, by=by, **values))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, done)
            again = isinstance(result, AuditEntry)
            return redirect(once.address_of(result) or back if again else result.get_absolute_url())
    context = {"form": form, "title": title, "submit": submit, "subtitle": subtitle}
    return render(request, "form_page.html", context | {"cancel_url": back, "crumbs": crumbs})
