"""A code for each request, shown on error pages and written in the log."""

import logging
import secrets
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

_request_id: ContextVar[str] = ContextVar("request_id", default="-")


def request_id(get_response):
    """Give the request an `id` like `7F3A-0412`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        code = secrets.token_hex(4).upper()
        request.id = f"{code[:4]}-{code[4:]}"
        _request_id.set(request.id)
        return get_response(request)

    return middleware


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
