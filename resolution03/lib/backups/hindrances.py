"""Why the machine did not let a backup be written or put back: each cause in its own words."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from django.db import Error
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from resolution03.lib.errors import NotPossible

FULL = _t("the disk is full")
_RIGHTS = _t("this account may not write there")
_BUSY = _t("others are at work in the database; try again when it is calm")
_ROLE = _t("the database's role lacks the right for it")
_TOO_LARGE = _t("a file became larger than this system allows")
_SYSTEM = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
    errno.EFBIG: _TOO_LARGE,
}
_SQLITE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: _RIGHTS,
    sqlite3.SQLITE_CANTOPEN: _RIGHTS,
    sqlite3.SQLITE_PERM: _RIGHTS,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
}
_POSTGRESQL = {"53100": FULL, "42501": _ROLE, "55P03": _BUSY, "40P01": _BUSY}
_TOLD_BY_TOOLS = {
    "No space left on device": FULL,
    "server version mismatch": _t(
        "the client tools of PostgreSQL are older than the server; install its version"
    ),
    "unsupported version": _t("it was written by newer client tools of PostgreSQL; install their version"),
    "permission denied": _ROLE,
    "Permission denied": _RIGHTS,
}


@contextmanager
def named() -> Iterator[None]:
    """NotPossible, naming the cause, for whatever disk, rights or database refuse."""
    try:
        yield
    except OSError as error:
        raise NotPossible(_of_system(error)) from error
    except (Error, sqlite3.Error, psycopg2.Error) as error:
        raise NotPossible(_of_database(error)) from error


def is_damage(error: Exception) -> bool:
    """Whether SQLite says that its file is damaged, or none of its own."""
    code = getattr(error.__cause__ or error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def of_tool(tool: str, told: str) -> str:
    """What a tool of PostgreSQL said, in words where the cause is known, else as it stands."""
    lines = told.strip().splitlines()
    known = (words for sign, words in _TOLD_BY_TOOLS.items() if sign in told)
    words = next(known, None) or (lines[-1] if lines else "?")
    return _("%(tool)s: %(words)s") % {"tool": tool, "words": words}


def _of_system(error: OSError) -> str:
    words = _SYSTEM.get(error.errno or 0, error.strerror or error)
    return _("“%(path)s”: %(why)s") % {"path": error.filename, "why": words} if error.filename else str(words)


def _of_database(error: Exception) -> str:
    cause = error.__cause__ or error
    known = _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    known = known or _POSTGRESQL.get(getattr(cause, "pgcode", ""))
    told = str(cause).strip().splitlines() or ["?"]
    if not known:
        return _("the database does not answer: %(words)s") % {"words": told[0]}
    return _("%(known)s (%(words)s)") % {"known": known, "words": told[0]}
