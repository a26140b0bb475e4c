"""Pages of accounts and their postings, for the administrator."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.models import Role, User
from accounts.permissions import Permission, require_permission
from orgs import once
from orgs.actions import accounts, unit_accounts
from orgs.forms import ChangeAccountForm, NewAccountForm
from orgs.models import AuditEntry, Level, Organization
from orgs.rules import may_stand
from orgs.scoping import accounts_visible_to, province
from orgs.unit_accounts_form import UnitAccountsForm
from resolution03.lib.errors import Refusal


@require_permission(Permission.MANAGE_ACCOUNTS)
def account_list(request: HttpRequest) -> HttpResponse:
    found, today = accounts_visible_to(request.user), timezone.localdate()
    at_ended = found.filter(is_active=True, posting__organization__dissolved_on__lte=today)
    return render(
        request,
        "orgs/account_list.html",
        {
            "accounts": found,
            "has_province": province() is not None,
            "unserved": Organization.objects.units().existing_on(today).without_officer().count(),
            "left": set(at_ended.values_list("pk", flat=True)),
            "has_board": found.filter(role=Role.BOARD, is_active=True).exists(),
        },
    )


@never_cache
@require_permission(Permission.MANAGE_ACCOUNTS)
def account_add(request: HttpRequest) -> HttpResponse:
    """Make an account; its one-time password stands on the answer to this request alone. Sent twice,
    the second answer has one anew, for the first was never seen."""
    form = NewAccountForm(request.POST or None, user=request.user, initial=_asked(request))
    if request.method == "POST" and (form.is_valid() or once.was_sent(request)):
        try:
            made = once.act(request, lambda by: accounts.add(by=by, **form.cleaned_data))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if isinstance(made, AuditEntry):
                return _made_before(request, made)
            return _password_page(request, *made)
    return _form_page(request, form, _("Add an account"), _("Add the account"))


def _asked(request: HttpRequest) -> dict:
    """A role named in the address, with the province where it stands there."""
    role = request.GET.get("role", "")
    if role not in Role.values:
        return {}
    return {
        "role": role,
        "organization": province() if may_stand(role, [Level.PROVINCE], is_cell=False) else None,
    }


def _made_before(request: HttpRequest, entry: AuditEntry) -> HttpResponse:
    """The account that the first sending made, with a password anew: nobody has seen the first one.
    Its owner, once signed in, keeps the own one."""
    user = get_object_or_404(accounts_visible_to(request.user), pk=entry.object_id)
    if user.last_login:
        return redirect("orgs:account_change", user.pk)
    return _password_page(request, user, accounts.reset(by=Actor.of(request.user), user=user))


def _password_page(request: HttpRequest, user: User, password: str) -> HttpResponse:
    return render(request, "orgs/account_password.html", {"account": user, "password": password})


@require_permission(Permission.MANAGE_ACCOUNTS)
def account_change(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(accounts_visible_to(request.user), pk=pk)
    posting = getattr(account, "posting", None)
    initial = {name: getattr(account, name) for name in accounts.FIELDS}
    initial["organization"] = posting and posting.organization
    form = ChangeAccountForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.change(by=Actor.of(request.user), user=account, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The account %s is changed.") % account.username)
            return redirect("orgs:account_list")
    return _form_page(request, form, _("Account %s") % account.username, _("Save the account"))


@never_cache
@require_POST
@require_permission(Permission.MANAGE_ACCOUNTS)
def account_reset(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(accounts_visible_to(request.user), pk=pk)
    password = accounts.reset(by=Actor.of(request.user), user=account)
    return _password_page(request, account, password)


@require_POST
@require_permission(Permission.MANAGE_ACCOUNTS)
def account_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(accounts_visible_to(request.user), pk=pk)
    accounts.unlock(by=Actor.of(request.user), user=account)
    messages.success(request, _("The account %s may sign in again.") % account.username)
    return redirect("orgs:account_list")


@never_cache
@require_permission(Permission.MANAGE_ACCOUNTS)
def account_units(request: HttpRequest) -> HttpResponse:
    """Make the accounts of many units; the sheet of their one-time passwords is the answer to this request
    alone. Sent twice, the second sheet has passwords anew."""
    form = UnitAccountsForm(request.POST if request.method == "POST" else None)
    is_sound = request.method == "POST" and form.is_sound()
    is_to_see = form.is_renamed or "fill" in request.POST
    if request.method == "POST" and not is_to_see and (is_sound or once.was_sent(request)):
        try:
            made = once.act(request, lambda by: unit_accounts.add(by=by, wanted=form.wanted))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if isinstance(made, AuditEntry):
                made = unit_accounts.again(by=Actor.of(request.user), batch=made.batch)
            return _sheet(request, made)
    context = {"form": form, "is_named_anew": form.is_renamed}
    return render(request, "orgs/account_units.html", context)


def _sheet(request: HttpRequest, made: list[unit_accounts.Made]) -> HttpResponse:
    address = request.build_absolute_uri("/")
    context = {"made": made, "address": address, "now": timezone.now()}
    return render(request, "orgs/account_sheet.html", context)


def _form_page(request: HttpRequest, form, title: str, submit: str) -> HttpResponse:
    crumbs = [(_("Accounts"), reverse("orgs:account_list")), (title, "")]
    context = {"form": form, "title": title, "submit": submit, "crumbs": crumbs}
    return render(request, "form_page.html", context | {"cancel_url": reverse("orgs:account_list")})
