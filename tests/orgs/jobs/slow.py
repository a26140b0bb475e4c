"""Long acts for tests of real workers: they wait for files in VAR_DIR."""

import os
import time
from pathlib import Path

from django.conf import settings

from accounts.permissions import Permission
from orgs import audit
from orgs.jobs.declared import Asked, Done, Kind
from orgs.models import Installation
from orgs.versions import writing

ACTION = "system.erase"


def mark(name: str) -> Path:
    return Path(settings.VAR_DIR) / name


def wait_at(name: str) -> None:
    """Say that this point is reached, and stay there until `go` lies in the folder."""
    mark(name).write_text(str(os.getpid()))
    until = time.monotonic() + 30
    while not mark("go").exists() and time.monotonic() < until:
        time.sleep(0.02)


def _run(asked: Asked) -> Done:
    with writing():
        installation, _made = Installation.objects.get_or_create(pk=1)
        audit.record([audit.Change(installation, {}, {"rows": 1})], by=asked.by, action=ACTION)
        if asked["waits"] == "within":
            wait_at("within")
    if asked["waits"] == "after":
        wait_at("after")
    return Done("Xong", "/")


SLOW = Kind("test.slow", "Slow", Permission.LOAD, _run, lambda asked: "/", lambda asked: 10**6, is_act=True)
JOBS = (SLOW,)
