"""How every page that changes a register runs: form, one action, open years follow, back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.actors import Actor
from assessments import registers
from assessments.forms.registers import RegisterForm
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
    """Show `form`; when it is right, run `action` on `subject` and say that it is `done`."""
    if request.method == "POST" and form.is_valid():
        try:
            values = subject | form.cleaned_data
            result = registers.change(action, by=Actor.of(request.user), **values)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, done)
            return redirect(result.get_absolute_url())
    context = {"form": form, "title": title, "submit": submit, "subtitle": subtitle}
    return render(request, "form_page.html", context | {"cancel_url": back, "crumbs": crumbs})
