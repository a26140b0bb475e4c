"""A restoring that is killed leaves the old or the new state whole, kept files included."""

import importlib
import os
import shutil
import sys
import time
import uuid
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet

from assessments.operations.restoring import restore, settle
from orgs.models import AuditEntry, Organization
from resolution03.lib.backups.placing import Placing
from resolution03.lib.commands import Refused
from tests import databases, factories
from tests.assessments.operations.test_backup import has_tools
from tests.killing import Process, killed, moments, wait_for

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked"),
    pytest.mark.skipif(not has_tools(), reason="the client tools of PostgreSQL are missing"),
]
NEW = {"reports/new": b"new", "reports/both": b"as it was copied", "documents/new": b"new"}
OLD = {"reports/old": b"old", "reports/both": b"as it is here", "uploads/old": b"old"}


@pytest.fixture
def own_database(transactional_db, tmp_path):
    """A file of SQLite that no thread of this process has open: a fork would take the locks of a
    live server's connection for its own."""
    if connection.vendor != "sqlite":
        yield
        return
    with databases.another("own", databases.fresh_file(tmp_path / "own.sqlite3")):
        yield


@pytest.fixture
def scene(own_database, world, actor, tmp_path, settings):
    """Two backups: of the new state, and of the old one, in which the system is."""
    settings.VAR_DIR = tmp_path / "var"
    made = Scene(settings.VAR_DIR, world, actor, tmp_path / "new.zip", tmp_path / "old.zip")
    made.keep(NEW)
    call_command("backup", str(made.new), verbosity=0)
    factories.organization(world.province, code="OLD")
    made.keep(OLD)
    call_command("backup", str(made.old), verbosity=0)
    return made


class Scene:
    def __init__(self, var, world, actor, new, old):
        self.var, self.world, self.actor, self.new, self.old = var, world, actor, new, old

    def keep(self, files):
        for folder in ("uploads", "reports", "documents"):
            shutil.rmtree(self.var / folder, ignore_errors=True)
            (self.var / folder).mkdir(parents=True)
        for name, content in files.items():
            (self.var / name).write_bytes(content)

    def kept(self):
        paths = [p for folder in ("uploads", "reports", "documents") for p in (self.var / folder).glob("*")]
        return {p.relative_to(self.var).as_posix(): p.read_bytes() for p in paths}

    def restore(self):
        restore(self.new, by=self.actor)

    def is_old(self):
        is_old = Organization.objects.filter(code="OLD").exists()
        assert AuditEntry.objects.filter(action="system.restore").exists() != is_old
        return is_old

    def require_whole(self, moment):
        """The state as it was left, then as the next start finds it."""
        wanted = OLD if self.is_old() else NEW
        kept = self.kept()
        assert {name: kept.get(name) for name in wanted if name != "reports/both"} == {
            name: content for name, content in wanted.items() if name != "reports/both"
        }, moment
        settle()
        assert self.kept() == wanted, moment
        assert not (self.var / ".restoring").exists(), moment

    def go_back(self):
        """To the old state, by the same way; without the entry that says so."""
        if not self.is_old():
            restore(self.old, by=self.actor)
            QuerySet(AuditEntry).filter(action="system.restore").delete()


def telling(told):
    """Around the replacing: the copy is opened, files come, the last one is there, the old ones go."""
    places = [i for i, what in enumerate(told) if what.startswith("os.rename") and "/files/" in what]
    gone = [i for i, what in enumerate(told) if what.startswith("os.remove") and "/var/" in what]
    after = [i for i in gone if i > places[-1]]
    return [places[0], places[-1], after[0], after[-1]]


def test_killed_at_a_telling_moment_the_old_or_the_new_state_is_whole(scene):
    told = moments(scene.restore)
    scene.go_back()
    seen = set()
    for at in telling(told):
        killed(scene.restore, at)
        seen.add(scene.is_old())
        scene.require_whole((at, told[at]))
        scene.go_back()
    assert seen == {True, False}
    scene.restore()
    assert scene.kept() == NEW and not list(scene.var.glob(".backup-*"))


def test_the_next_start_of_server_or_command_ends_what_was_cut_off(scene, tmp_path):
    """Each finds files of a restoring that was killed before its database stood."""
    starts = {
        "server": lambda: importlib.reload(importlib.import_module("resolution03.wsgi")),
        "backup": lambda: call_command("backup", str(tmp_path / "next.zip"), verbosity=0),
        "prune": lambda: call_command("prune", verbosity=0),
        "doctor": lambda: call_command("doctor", verbosity=0),
    }
    for name, start in starts.items():
        unpacked = tmp_path / name
        for kept, content in NEW.items():
            (unpacked / kept).parent.mkdir(parents=True, exist_ok=True)
            (unpacked / kept).write_bytes(content)
        Placing(scene.var, str(uuid.uuid4())).lay_out(unpacked, NEW)
        assert scene.kept() != OLD
        with suppress(Refused):
            start()
        assert scene.kept() == OLD, name


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite needs no other process")
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it ends when it next prints")
def test_no_child_outlives_who_was_killed(scene, tmp_path, monkeypatch):
    """Not even one that only waits."""
    told, waiting = tmp_path / "pid", tmp_path / "pg_dump"
    waiting.write_text(f"#!/bin/sh\necho $$ > {told}.new; mv {told}.new {told}; exec sleep 60\n")
    waiting.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with Process(tmp_path, scene.var).begun("backup", str(tmp_path / "next.zip")) as parent:
        wait_for(told.exists)
        child = Path(f"/proc/{told.read_text().strip()}")
        assert child.exists()
        parent.kill()
        parent.wait()
        wait_for(lambda: not child.exists() or "Z" in (child / "stat").read_text().split(")")[1])


@pytest.mark.long
def test_killed_at_any_moment_the_old_or_the_new_state_is_whole(scene):
    told = moments(scene.restore)
    scene.go_back()
    for at in range(len(told)):
        killed(scene.restore, at)
        scene.require_whole((at, told[at]))
        scene.go_back()


@pytest.mark.long
def test_killed_after_any_time_the_old_or_the_new_state_is_whole(scene, tmp_path):
    process = Process(tmp_path, scene.var)
    started = time.monotonic()
    process.run("restore", str(scene.new))
    span = time.monotonic() - started
    scene.go_back()
    for step in range(20):
        process.run("restore", str(scene.new), kill_after=span * (step + 1) / 20)
        scene.require_whole(step)
        scene.go_back()
