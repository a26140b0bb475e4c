"""Workers as processes of their own: killed, told to stop, left alone, one for each slot."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest
from django.db import connections

from accounts.models import Role
from orgs.jobs import actions, slots, workers
from orgs.jobs.models import Job, State
from orgs.jobs.slots import is_held
from orgs.jobs.worker import STOPPED
from orgs.models import AuditEntry
from tests import factories
from tests.at_once import database_url
from tests.killing import wait_for
from tests.orgs.jobs.slow import ACTION, SLOW, mark
from tests.places import ROOT

pytestmark = pytest.mark.usefixtures("reference")


@pytest.fixture
def officer(settings, tmp_path):
    settings.VAR_DIR, settings.JOBS = tmp_path, ["tests.orgs.jobs.slow"]
    (tmp_path / "settings_of_worker.py").write_text(
        "from pathlib import Path\nfrom tests.settings import *\n"
        f"VAR_DIR = Path({str(tmp_path)!r})\nJOBS = ['tests.orgs.jobs.slow']\n"
        f"DATABASES['default']['NAME'] = {str(connections['default'].settings_dict['NAME'])!r}\n"
    )
    return factories.user(Role.OFFICER, factories.organization(factories.province()))


def environment(folder) -> dict:
    settings = {"DJANGO_SETTINGS_MODULE": "settings_of_worker", "DATABASE_URL": database_url()}
    return os.environ | settings | {"PYTHONPATH": f"{folder}:{ROOT}"}


@contextmanager
def worker(folder, *options: str):
    """`manage.py worker`; whatever becomes of it, it is gone afterwards."""
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "manage.py", "worker", "--idle", "0", *options], cwd=ROOT, env=environment(folder)
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def asked(officer, waits: str) -> Job:
    return actions.ask(officer, SLOW, {"waits": waits}, {})


def state(job: Job) -> str:
    job.refresh_from_db()
    return job.state


def entries() -> int:
    return AuditEntry.objects.filter(action=ACTION).count()


def test_a_killed_worker_leaves_nothing_and_the_next_one_does_it_whole(officer, tmp_path):
    job = asked(officer, "within")
    with worker(tmp_path) as first:
        wait_for(mark("within").exists)
        assert is_held(1) and state(job) == State.RUNNING
        first.send_signal(signal.SIGKILL)
        first.wait()
    wait_for(lambda: not is_held(1))
    assert entries() == 0 and state(job) == State.RUNNING
    mark("go").touch()
    with worker(tmp_path) as second:
        assert second.wait(30) == 0
    assert (state(job), job.attempt, entries()) == (State.DONE, 2, 1)


@pytest.mark.long
def test_a_worker_killed_after_its_act_stood_does_not_act_again(officer, tmp_path):
    job = asked(officer, "after")
    with worker(tmp_path) as first:
        wait_for(mark("after").exists)
        first.send_signal(signal.SIGKILL)
        first.wait()
    wait_for(lambda: not is_held(1))
    with worker(tmp_path) as second:
        assert second.wait(30) == 0
    assert (state(job), job.attempt, entries()) == (State.DONE, 1, 1)


@pytest.mark.long
def test_a_job_told_to_stop_is_rolled_back_and_the_rest_goes_on(officer, tmp_path):
    job = asked(officer, "within")
    with worker(tmp_path) as first:
        wait_for(mark("within").exists)
        job.refresh_from_db()
        actions.cancel(job)
        assert first.wait(30) == STOPPED
    wait_for(lambda: not is_held(1))
    other = asked(officer, "no")
    with worker(tmp_path) as second:
        assert second.wait(30) == 0
    assert (state(job), state(other), entries()) == (State.CANCELLED, State.DONE, 1)


@pytest.mark.long
def test_as_many_workers_as_there_are_slots(officer, tmp_path):
    asked(officer, "within")
    with worker(tmp_path) as first:
        wait_for(mark("within").exists)
        with worker(tmp_path) as second:
            held = [slot for slot in slots.all_slots() if is_held(slot)]
            assert second.wait(30) == 0 and 1 in held
        mark("go").touch()
        assert first.wait(30) == 0


@pytest.mark.long
def test_who_serves_pages_starts_a_worker_and_another_one_when_it_is_killed(
    officer, tmp_path, settings, monkeypatch
):
    """And the worker ends when who started it is gone."""
    settings.JOBS_WORKER = True
    started = []

    def popen(*given, env, **options):
        process = subprocess.Popen(*given, env=environment(tmp_path), cwd=ROOT, **options)  # noqa: S603
        started.append(process)
        return started[-1]

    monkeypatch.setattr(workers, "_popen", popen)
    job = asked(officer, "within")
    workers.ensure()
    workers.ensure()
    wait_for(mark("within").exists)
    assert len(started) == 1
    mark("within").unlink()
    started[0].kill()
    wait_for(mark("within").exists)
    mark("go").touch()
    wait_for(lambda: state(job) == State.DONE)
    assert entries() == 1 and len(started) == 2
    started[1].stdin.close()
    assert started[1].wait(30) == 0
