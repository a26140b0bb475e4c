import os
import sys
import threading

from django.conf import settings
from django.utils.translation import gettext as _

from orgs.jobs.actions import has_waiting
from orgs.jobs.worker import Worker
from resolution03.lib.commands import HouseCommand

LOWER = 3
"""So much lower in priority: pages come first, but a year that is held is not held much longer for it."""


class Command(HouseCommand):
    help = _("Does the jobs that wait, and ends when there are none; servers start it by themselves.")
    has_json = acts = False

    def add_arguments(self, parser):
        parser.add_argument("--idle", type=float, default=settings.JOBS_IDLE, metavar="SECONDS")
        parser.add_argument("--while-open", action="store_true", help=_("end when standard input ends"))

    def handle(self, *, idle, while_open, **options):
        if hasattr(os, "nice"):
            os.nice(LOWER)
        gone = threading.Event()
        if while_open:
            threading.Thread(target=_wait_for_end, args=[gone], daemon=True).start()
        worker = Worker(idle, is_orphaned=gone.is_set)
        while worker.work() and has_waiting() and not gone.is_set():
            continue


def _wait_for_end(gone: threading.Event) -> None:
    sys.stdin.buffer.read()
    gone.set()
