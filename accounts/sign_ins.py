"""The sign-in log: who signed in, when and from where, and which attempts failed.

django-axes writes both tables; they are read here together.
"""

from axes.models import AccessFailureLog, AccessLog
from axes.utils import reset
from django.db.models import BooleanField, DateTimeField, F, QuerySet, Value

_COLUMNS = ("attempt_time", "username", "ip_address", "failed", "locked", "left")


def sign_ins(*, only_failed: bool = False) -> QuerySet:
    """Attempts, latest first: dicts of `attempt_time`, `username`, `ip_address`, `failed`,
    `locked` (this failure locked the name) and `left` (when the account signed out)."""
    failures = AccessFailureLog.objects.annotate(
        failed=Value(True, BooleanField()),
        locked=F("locked_out"),
        left=Value(None, DateTimeField()),
    )
    if only_failed:
        return failures.order_by("-attempt_time").values(*_COLUMNS)
    successes = AccessLog.objects.annotate(
        failed=Value(False, BooleanField()),
        locked=Value(False, BooleanField()),
        left=F("logout_time"),
    )
    both = failures.order_by().values(*_COLUMNS).union(successes.order_by().values(*_COLUMNS), all=True)
    return both.order_by("-attempt_time")


def forget_failures(username: str) -> None:
    """Let a locked name be tried again at once."""
    reset(username=username)
