"""How many statements a page asks for."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries(client, page: str) -> int:
    """Open an address, which must answer 200, and count its statements."""
    with CaptureQueriesContext(connection) as found:
        assert client.get(page).status_code == 200
    return len(found)


def statements(ask: Callable[[], object]) -> int:
    """How many statements asking takes."""
    with CaptureQueriesContext(connection) as found:
        ask()
    return len(found)
