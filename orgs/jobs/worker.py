"""The loop of one worker: one job after the other, as long as there are any."""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import OperationalError

from orgs.jobs import actions, beside
from orgs.jobs.models import Job
from orgs.jobs.slots import all_slots, held
from resolution03.lib.contention import is_contention

LOOKS_EVERY = 0.2
STOPPED = 75
"""Exit status of a worker that was to stop its job."""


def stop_here() -> None:
    """The end of the process rolls back whatever is being written."""
    os._exit(STOPPED)


@dataclass
class Worker:
    """`idle`: seconds without a job after which it ends; `stop`: ends the process for a job that is to
    stop; `is_orphaned`: who started it is gone."""

    idle: float
    stop: Callable[[], None] = stop_here
    is_orphaned: Callable[[], bool] = lambda: False
    _doing: UUID | None = field(default=None, init=False)

    def work(self) -> bool:
        """Work in the first free slot until there is nothing to do; False where none is free."""
        for slot in all_slots():
            with held(slot) as is_ours:
                if is_ours:
                    self._work(slot)
            if is_ours:
                return True
        return False

    def _work(self, slot: int) -> None:
        actions.recover(slot)
        with _watching(self._look):
            last = time.monotonic()
            while not self.is_orphaned():
                if self.do_next(slot):
                    last = time.monotonic()
                elif time.monotonic() - last >= self.idle:
                    return
                else:
                    time.sleep(LOOKS_EVERY)

    def do_next(self, slot: int) -> bool:
        """Do one job, if there is any to do."""
        job = patiently(lambda: actions.take(slot))
        if job is None:
            return False
        self._doing = job.token
        try:
            actions.perform(job)
        finally:
            self._doing = None
        return True

    def _look(self) -> None:
        doing = self._doing
        if doing and beside.is_to_stop(doing):
            self.stop()


class _watching:
    """Look again and again, beside the work."""

    def __init__(self, look: Callable[[], None]):
        self.look, self.is_over = look, threading.Event()

    def __enter__(self) -> None:
        threading.Thread(target=self._run, daemon=True).start()

    def __exit__(self, *_exception) -> None:
        self.is_over.set()

    def _run(self) -> None:
        while not self.is_over.wait(LOOKS_EVERY):
            self.look()


def patiently(step: Callable[[], Job | None]) -> Job | None:
    """A step of the queue; nothing where somebody writes for so long that SQLite gives up waiting."""
    try:
        return step()
    except OperationalError as error:
        if not is_contention(error):
            raise
        return None
