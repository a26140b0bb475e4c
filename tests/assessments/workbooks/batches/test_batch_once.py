"""A batch is applied wholly or not at all, once: two people at once, a server that is killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings as conf
from django.db import connection

from accounts.actors import Actor
from assessments.registers.undoing.models import BatchRows
from assessments.roster import tallies
from assessments.rules.models.years import RatingYear
from assessments.workbooks.batches.actions import apply
from assessments.workbooks.models import Upload
from assessments.workbooks.undoing.actions import undo
from members.models import Member
from orgs.models import AuditEntry
from tests.assessments.workbooks.batches.test_plan_page import members
from tests.assessments.workbooks.batches.test_upload import confirm, shown, upload
from tests.assessments.year import opened

KILLED = """
import sys, time
from pathlib import Path
import django
django.setup()
from django.conf import settings
from accounts.actors import Actor
from assessments.workbooks.batches import actions as uploads
from assessments.workbooks.loading import run
from assessments.workbooks.models import Upload
from members.models import Member

var, mark, plan_hash = sys.argv[1:]
settings.VAR_DIR = Path(var)

def stall(*_touched, by):
    Path(mark).write_text(str(Member.objects.filter(code__startswith="M").count()))
    time.sleep(120)

run.follow = run.follow_registers = stall
uploads.apply(by=Actor(name="máy chủ"), uploads=list(Upload.objects.all()), plan_hash=plan_hash)
"""


@pytest.fixture
def entry(reference, world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return opened(world)


@pytest.fixture
def planned(client, entry):
    """A batch of members that is planned: its answer, and the hash of its plan."""
    answer = upload(client, entry.officer, members(*range(1, 31)))
    return answer, shown(client, answer)["first"].plan_hash


def together(*works):
    """What each gives, all run at the same time in threads of their own."""
    given = []

    def run(work):
        try:
            given.append(work())
        except Exception as failure:  # noqa: BLE001
            given.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def written():
    return Member.objects.filter(code__startswith="M").count()


def is_clean():
    return tallies.recount(*RatingYear.objects.all(), check=True) == []


def test_two_people_confirm_at_once_and_it_is_stored_once(planned, entry):
    _answer, plan_hash = planned
    uploads = list(Upload.objects.all())
    works = [
        lambda user=user: apply(by=Actor.of(user), uploads=uploads, plan_hash=plan_hash)
        for user in (entry.officer, entry.board, entry.officer)
    ]
    assert sorted(together(*works)) == [False, False, True]
    assert written() == 30 and is_clean()
    assert AuditEntry.objects.filter(action="upload.apply").count() == 1
    assert BatchRows.objects.filter(model="members.member").count() == 1


def test_two_people_undo_at_once_and_it_is_undone_once(planned, entry):
    _answer, plan_hash = planned
    uploads = list(Upload.objects.all())
    apply(by=Actor.of(entry.officer), uploads=uploads, plan_hash=plan_hash)
    works = [
        lambda user=user: undo(by=Actor.of(user), uploads=uploads) for user in (entry.officer, entry.board)
    ]
    assert sorted(together(*works)) == [False, True]
    assert written() == 0 and is_clean()


def test_a_server_killed_in_the_middle_leaves_nothing(client, planned, tmp_path):
    answer, plan_hash = planned
    before = AuditEntry.objects.count()
    mark = tmp_path / "mark"
    environment = os.environ | {
        "DATABASE_URL": _address(),
        "DJANGO_SETTINGS_MODULE": "resolution03.settings",
    }
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", KILLED, str(tmp_path), str(mark), plan_hash],
        cwd=conf.BASE_DIR,
        env=environment,
    )
    try:
        _wait_for(mark, child)
        assert mark.read_text() == "30"
    finally:
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    assert written() == 0 and AuditEntry.objects.count() == before
    assert not BatchRows.objects.exists() and Upload.objects.get().applied_at is None
    confirm(client, answer, plan_hash)
    assert written() == 30 and is_clean()
    assert Upload.objects.get().applied_at


def _wait_for(mark: Path, child: subprocess.Popen) -> None:
    until = time.monotonic() + 60
    while not (mark.exists() and mark.read_text()):
        assert child.poll() is None and time.monotonic() < until
        time.sleep(0.05)


def _address() -> str:
    """The test's own database, as DATABASE_URL writes it."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    port, password = found["PORT"] or 5432, f":{found['PASSWORD']}" if found["PASSWORD"] else ""
    return f"postgres://{found['USER']}{password}@{found['HOST']}:{port}/{found['NAME']}"
