"""What stands between a request and its page: the end of a session, the one-time
password, the language."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from resolution03.lib.addresses import view_name
from resolution03.lib.contention import impatient

LANGUAGE_COOKIE = "language"
_BEGAN, _SEEN = "began", "seen"
_SEEN_EVERY = 60


def session_limits(get_response):
    """End a session after SESSION_IDLE seconds without a request, or SESSION_ABSOLUTE in all."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and _has_run_out(request.session):
            logout(request)
            messages.warning(request, _("Your session has ended. Sign in again."))
        return get_response(request)

    return middleware


def _has_run_out(session) -> bool:
    now = int(time.time())
    began, seen = session.setdefault(_BEGAN, now), session.setdefault(_SEEN, now)
    if now - began > settings.SESSION_ABSOLUTE or now - seen > settings.SESSION_IDLE:
        return True
    if now - seen >= _SEEN_EVERY:
        _note_seen(session, now)
    return False


def _note_seen(session, now: int) -> None:
    """Store that somebody is there. While a long act writes, SQLite would let the page wait for its end:
    then the next page stores it."""
    was_modified, before = session.modified, session[_SEEN]
    session[_SEEN] = now
    try:
        with impatient():
            session.save()
    except (OperationalError, UpdateError):
        session[_SEEN] = before
    session.modified = was_modified


def one_time_password(get_response):
    """Let an account with a one-time password do nothing but change it."""
    allowed = {"accounts:password", "accounts:sign_out", "accounts:language"}

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        must = request.user.is_authenticated and request.user.must_change_password
        if must and view_name(request) not in allowed:
            return redirect("accounts:password")
        return None

    middleware.process_view = process_view  # type: ignore[attr-defined]  # Django looks for it there
    return middleware


def language(get_response):
    """Speak the account's language, else the cookie's, else Vietnamese; never the browser's."""
    known = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.user.language if request.user.is_authenticated else ""
        chosen = chosen or request.COOKIES.get(LANGUAGE_COOKIE, "")
        request.LANGUAGE_CODE = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(request.LANGUAGE_CODE):
            response = get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return middleware
