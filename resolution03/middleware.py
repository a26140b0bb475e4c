"""Around each request: a code for it, shown on error pages and written in the log; its second try,
where others wrote at the same moment; and what no row can hold."""

import logging
import secrets
from contextvars import ContextVar
from itertools import chain

from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from resolution03.lib.contention import is_contention, is_mended_by_another_try, tell_again

_request_id: ContextVar[str] = ContextVar("request_id", default="-")


def request_id(get_response):
    """Give the request an `id` like `7F3A-0412`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        code = secrets.token_hex(4).upper()
        shown = f"{code[:4]}-{code[4:]}"
        request.id = shown  # type: ignore[attr-defined]  # for the error pages
        _request_id.set(shown)
        return get_response(request)

    return middleware


def second_try(get_response):
    """Do a request again, once and whole, that others stopped (lib/contention); the second time the
    page says so, and sends again what was typed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not is_mended_by_another_try(error):
            return None
        tell_again(error)
        if (view := request.resolver_match) is None:
            return None
        for file in chain.from_iterable(files for _name, files in request.FILES.lists()):
            file.seek(0)
        try:
            return view.func(request, *view.args, **view.kwargs)
        except OperationalError as again:
            if not is_contention(again):
                raise
        return _busy(request)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]  # Django looks for it there
    return middleware


def _busy(request: HttpRequest) -> HttpResponse:
    """503. Passwords are not written into a page, and files cannot be: these are entered anew."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    is_sent_again = typed and not request.FILES and not any("password" in name for name, _value in typed)
    context = {"typed": typed if is_sent_again else [], "address": request.get_full_path()}
    return render(request, "503.html", context, status=503)


def without_nul(get_response):
    """No database stores NUL, and nobody types it: nothing is at an address with one (404), a query or
    a form with one cannot be read (400), and a cookie with one is none."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.COOKIES = {name: text for name, text in request.COOKIES.items() if _NUL not in text}
        return get_response(request)

    def process_view(request: HttpRequest, view, args, kwargs) -> None:
        if _NUL in request.path:
            raise Http404
        if any(map(_holds_nul, (request.GET, request.POST))):
            raise BadRequest

    middleware.process_view = process_view  # type: ignore[attr-defined]  # Django looks for it there
    return middleware


_NUL = "\0"


def _holds_nul(sent: QueryDict) -> bool:
    return any(_NUL in name or any(_NUL in text for text in texts) for name, texts in sent.lists())


class RequestIdFilter(logging.Filter):
    """Adds `request_id` to a log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _request_id.get()
        return True


class NamelessFormatter(logging.Formatter):
    """Keeps the values of rows out of the log: a database names them in DETAIL lines."""

    def formatException(self, exc_info) -> str:
        lines = super().formatException(exc_info).splitlines()
        return "\n".join(line for line in lines if not line.startswith("DETAIL:"))
