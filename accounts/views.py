from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required as open_to_all
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.forms import ChangePasswordForm, SignInForm
from accounts.middleware import LANGUAGE_COOKIE
from accounts.permissions import Permission, require_permission
from accounts.sign_ins import sign_ins
from resolution03.lib.paging import numbered

_PER_PAGE = 50


@method_decorator(open_to_all, name="dispatch")
class SignIn(auth_views.LoginView):
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "failures": settings.AXES_FAILURE_LIMIT,
            "minutes": int(settings.AXES_COOLOFF_TIME.total_seconds() // 60),
        }


@method_decorator(open_to_all, name="dispatch")
class SignOut(auth_views.LogoutView):
    next_page = "accounts:sign_in"


class ChangePassword(auth_views.PasswordChangeView):
    template_name = "accounts/password.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("home")

    def form_valid(self, form) -> HttpResponse:
        form.user.must_change_password = False
        response = super().form_valid(form)
        messages.success(self.request, _("The new password holds from now on."))
        return response


@sensitive_post_parameters()
def locked_out(request: HttpRequest, *args, **kwargs) -> HttpResponse:
    """What axes answers while a name is locked."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)


@open_to_all
@require_POST
def change_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language with the account, or in a cookie before sign-in."""
    language = request.POST.get("language")
    if language not in dict(settings.LANGUAGES):
        language = settings.LANGUAGE_CODE
    response = HttpResponseRedirect(_page_before(request))
    response.set_cookie(
        LANGUAGE_COOKIE, language, max_age=365 * 86400, samesite="Lax", httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    if request.user.is_authenticated:
        request.user.language = language
        request.user.save(update_fields=["language"])
    return response


@require_permission(Permission.VIEW_SYSTEM)
def sign_in_log(request: HttpRequest) -> HttpResponse:
    only_failed = "failed" in request.GET
    page = numbered(sign_ins(only_failed=only_failed), request.GET.get("page"), _PER_PAGE)
    return render(request, "accounts/sign_ins.html", {"page": page, "only_failed": only_failed})


def _page_before(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()):
        return address
    return "/"
