"""Who signed in or failed to, as django-axes logs it."""

from dataclasses import dataclass
from datetime import datetime

from axes.models import AccessFailureLog, AccessLog
from axes.utils import reset

SHOWN = 200


@dataclass(frozen=True, slots=True)
class SignIn:
    at: datetime
    username: str
    address: str
    succeeded: bool
    signed_out_at: datetime | None


def recent(name: str = "", *, failed_only: bool = False) -> list[SignIn]:
    """The latest sign-ins and failures, the newest first, of the names that begin with `name`."""
    logs = (
        [AccessFailureLog.objects] if failed_only else [AccessLog.objects, AccessFailureLog.objects]
    )
    found = [
        _read(row)
        for log in logs
        for row in log.filter(username__istartswith=name).order_by("-attempt_time")[:SHOWN]
    ]
    return sorted(found, key=lambda signin: signin.at, reverse=True)[:SHOWN]


def forget_failures(username: str) -> None:
    """Let a locked name be tried again at once."""
    reset(username=username)


def _read(row) -> SignIn:
    return SignIn(
        at=row.attempt_time,
        username=row.username or "–",
        address=row.ip_address or "–",
        succeeded=isinstance(row, AccessLog),
        signed_out_at=getattr(row, "logout_time", None),
    )
