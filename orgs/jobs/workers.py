"""Workers, started by whoever serves pages: processes of the same service, below it in priority.

A worker ends by itself when there was nothing to do for a while, or when who started it is gone.
"""

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection

from orgs.jobs.actions import unended_places
from orgs.jobs.models import State
from orgs.jobs.slots import all_slots, is_held

STARTING = 10
"""Seconds after which a worker that was started holds its slot, or never will."""


@dataclass(slots=True)
class _Child:
    process: subprocess.Popen
    began: float


_popen = subprocess.Popen
_children: list[_Child] = []
_lock = threading.Lock()


def ensure() -> None:
    """Start a worker where jobs wait, or lie there broken off, and a slot is free."""
    if not settings.JOBS_WORKER:
        return
    with _lock:
        if not _is_starting() and _is_wanting():
            _start()


def begin() -> None:
    """At the start of a server: what an earlier one left is taken up; a database that does not answer
    is told by the pages."""
    try:
        ensure()
    except DatabaseError:
        return
    finally:
        connection.close()


def _is_starting() -> bool:
    """Whether one that we started has had no time yet to hold a slot."""
    now = time.monotonic()
    _children[:] = [one for one in _children if one.process.poll() is None or now - one.began < 1]
    return any(now - one.began < STARTING for one in _children) and not _all_hold()


def _all_hold() -> bool:
    return sum(map(is_held, all_slots())) >= len([one for one in _children if one.process.poll() is None])


def _is_wanting() -> bool:
    states = unended_places()
    if not states:
        return False
    free = [slot for slot in all_slots() if not is_held(slot)]
    broken_off = any(state == State.RUNNING and slot in free for state, slot in states)
    held = settings.JOBS_AT_ONCE - len(free)
    return bool(free) and (broken_off or len(states) > held)


def _start() -> None:
    """The worker hears on its standard input that we are gone."""
    below = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
    process = _popen(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker", "--while-open"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE},
        start_new_session=os.name != "nt",
        creationflags=below,
    )
    _children.append(_Child(process, time.monotonic()))
    threading.Thread(target=_see_to, args=[process], daemon=True).start()


def _see_to(process: subprocess.Popen) -> None:
    """A worker that was killed, or stopped its job, leaves the rest to another one."""
    status = process.wait()
    if process.stdin:
        process.stdin.close()
    if status:
        time.sleep(1)
        begin()
