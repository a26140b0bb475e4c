"""How many statements a page asks for."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries(client, page: str) -> int:
    """Open an address, which must answer 200, and count its statements."""
    with CaptureQueriesContext(connection) as found:
        assert client.get(page).status_code == 200
    return len(found)
