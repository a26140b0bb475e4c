"""A house made ready to be walked: on a scratch copy, at a standing clock, with known tokens."""

import atexit
import hashlib
import itertools
import logging
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import uuid
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from sameness.reading import TOKEN

ROOMS = ("resolution03", "accounts", "orgs", "members", "assessments")
FILES = ".files"


class House:
    """The Django application at `path`, with a scratch copy of `database` and of its kept files."""

    def __init__(self, path: Path, database: Path | None, now: str):
        self.path, self.now = path.resolve(), datetime.fromisoformat(now)
        self.source = (database or self.path / "var" / "demo.sqlite3").resolve()
        self.scratch = Path(tempfile.mkdtemp(prefix="same-house-"))
        owner = os.getpid()
        atexit.register(lambda: os.getpid() == owner and shutil.rmtree(self.scratch, ignore_errors=True))
        self.database = self.scratch / "house.sqlite3"
        shutil.copyfile(self.source, self.database)

    def open(self, *, is_walked: bool = True) -> None:
        """Set Django up and bring the copy's tables to the state of the code."""
        os.chdir(self.path)
        sys.path.insert(0, str(self.path))
        # Compiles the catalog, where this house does not keep it with its code.
        subprocess.run([sys.executable, "manage.py", "version"], check=False, capture_output=True)  # noqa: S603
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "resolution03.settings",
            "HTTPS": "off",
            "COLUMNS": "100",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "LOG_LEVEL": "CRITICAL",
        }
        _patient_with_children()
        if is_walked:
            _known_tokens()
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.test.utils import setup_test_environment

        logging.disable(logging.CRITICAL)
        setup_test_environment(debug=False)
        settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
        self._keep_files(settings)
        call_command("migrate", verbosity=0, interactive=False)
        self._stop_the_clock()

    def _keep_files(self, settings) -> None:
        kept, beside = self.scratch / "var", self.source.with_name(self.source.name + FILES)
        if beside.exists():
            shutil.copytree(beside, kept)
        kept.mkdir(exist_ok=True)
        settings.VAR_DIR = kept

    def _stop_the_clock(self) -> None:
        from django.urls import get_resolver
        from django.utils import timezone

        moment = self.now
        timezone.now = lambda: moment.astimezone(timezone.get_fixed_timezone(0))
        get_resolver()._populate()
        today = moment.date()

        class Days(type):
            def __instancecheck__(cls, found):
                return isinstance(found, date)

        class StandingDay(date, metaclass=Days):
            def __new__(cls, *given):
                return date(*given)

            @classmethod
            def today(cls):
                return today

        for name, module in list(sys.modules.items()):
            if name.split(".")[0] in ROOMS and getattr(module, "date", None) is date:
                module.date = StandingDay

    def digest(self) -> str:
        with self.source.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()[:12]

    def close(self) -> None:
        """Everything written into the copy stands in its file."""
        from django.db import connection

        connection.close()

    def use_own_copy(self) -> None:
        """In a child process: a copy of the database of its own."""
        from django.db import connection

        own = self.scratch / f"house-{os.getpid()}.sqlite3"
        shutil.copyfile(self.database, own)
        connection.settings_dict["NAME"] = str(own)


@contextmanager
def nothing_stays():
    """Whatever is written inside is undone."""
    from django.db import transaction

    atomic = transaction.atomic()
    atomic._from_testcase = True
    with atomic:
        try:
            yield
        finally:
            transaction.set_rollback(True)


def _patient_with_children() -> None:
    """A child that reads or fills a document is given ten times its seconds: the machine may be busy."""
    run = subprocess.run

    def patient(*words, timeout: float | None = None, **given):
        return run(*words, timeout=timeout and timeout * 10, **given)

    class PatientTimer(threading.Timer):
        def __init__(self, interval: float, *given, **named):
            super().__init__(interval * 10, *given, **named)

    subprocess.run, threading.Timer = patient, PatientTimer


def _known_tokens() -> None:
    """Random names and numbers begin with TOKEN, so that they are known again in any answer; no two
    walkers make the same."""
    count = itertools.count(1)

    def own() -> int:
        return (os.getpid() << 24) + next(count)

    def uuid4() -> uuid.UUID:
        return uuid.UUID(hex=f"{TOKEN}0000400080{own():014x}")

    def token_hex(length: int | None = None) -> str:
        width = 2 * (length or 32)
        return (TOKEN + f"{own():x}".rjust(max(width - len(TOKEN), 0), "0"))[:width]

    uuid.uuid4, secrets.token_hex = uuid4, token_hex
