"""A backup of a running system, and back: whole, verified first, on both databases."""

import errno
import json
import shutil
import stat
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from assessments.review.years.actions import open_year
from assessments.rules.models.years import RatingYear
from orgs.models import AuditEntry, Organization
from resolution03.lib.backups import rooms
from resolution03.lib.backups.archive import write_backup
from resolution03.lib.commands import Refused, UsageError
from tests import factories

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("not has_tools()", reason="the client tools of PostgreSQL are missing"),
]


def has_tools() -> bool:
    return connection.vendor == "sqlite" or shutil.which("pg_dump") is not None


@pytest.fixture
def place(tmp_path, settings):
    settings.VAR_DIR = tmp_path / "var"
    (settings.VAR_DIR / "reports").mkdir(parents=True)
    (settings.VAR_DIR / "reports" / "abc").write_bytes(b"kept")
    return tmp_path / "copy.zip"


def restore(path):
    call_command("restore", str(path), verbosity=0)


def backup(path):
    call_command("backup", str(path), verbosity=0)


def rewritten(path, change):
    """The backup with some of its members changed: name → new bytes, None leaves one out."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()} | change
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            if content is not None:
                archive.writestr(name, content)
    return path


def test_what_was_there_comes_back_and_what_came_later_goes(reference, world, actor, place, settings):
    open_year(2018, by=actor)
    backup(place)
    factories.organization(world.province, code="LATER")
    RatingYear.objects.filter(pk=2018).update(revision=7)
    (settings.VAR_DIR / "reports" / "abc").unlink()
    (settings.VAR_DIR / "reports" / "later").write_bytes(b"later")
    restore(place)
    assert not Organization.objects.filter(code="LATER").exists()
    assert RatingYear.objects.get(pk=2018).revision == 0
    assert [path.name for path in (settings.VAR_DIR / "reports").iterdir()] == ["abc"]
    assert AuditEntry.objects.filter(action="system.restore").count() == 1


def test_what_was_replaced_is_kept_and_can_be_put_back(world, place, settings):
    backup(place)
    factories.organization(world.province, code="LATER")
    restore(place)
    (before,) = (settings.VAR_DIR / "backups").iterdir()
    restore(before)
    assert Organization.objects.filter(code="LATER").exists()


def test_a_backup_is_for_its_owner_alone_and_holds_no_secret(world, place, settings):
    (settings.VAR_DIR / "secret_key").write_text("x")
    backup(place)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert not any("secret" in name for name in zipfile.ZipFile(place).namelist())


def manifest_of(place):
    with zipfile.ZipFile(place) as archive:
        return json.loads(archive.read("manifest.json"))


def changed(place, **values):
    return rewritten(place, {"manifest.json": json.dumps(manifest_of(place) | values).encode()})


def damaged_database(place):
    """Its hash is right; the database in it is none."""
    members = manifest_of(place)["members"] | {"database": sha256(b"broken").hexdigest()}
    return changed(rewritten(place, {"database": b"broken"}), members=members)


def exchanged_database(place):
    return rewritten(place, {"database": b"broken"})


def flipped_byte(place):
    content = bytearray(place.read_bytes())
    content[len(content) // 3] ^= 0xFF
    place.write_bytes(content)


def of_fewer_rows(place):
    rows = manifest_of(place)["rows"]
    return changed(place, rows=rows | {"orgs_organization": rows["orgs_organization"] + 1})


def without_a_file(place):
    return rewritten(place, {"files/reports/abc": None})


def escaping(place):
    return changed(place, members=manifest_of(place)["members"] | {"files/reports/../../evil": "0"})


def of_a_newer_program(place):
    return changed(place, migrations=[*manifest_of(place)["migrations"], "assessments.9999_later"])


def of_a_newer_format(place):
    return changed(place, format=99, something="else")


def of_another_database(place):
    return changed(place, vendor="oracle")


SPOILED = (
    damaged_database,
    exchanged_database,
    flipped_byte,
    of_fewer_rows,
    without_a_file,
    escaping,
    of_a_newer_program,
    of_a_newer_format,
    of_another_database,
)


def test_a_backup_that_is_not_whole_replaces_nothing(world, place):
    backup(place)
    whole = place.read_bytes()
    factories.organization(world.province, code="LATER")
    for spoil in SPOILED:
        place.write_bytes(whole)
        spoil(place)
        with pytest.raises((Refused, UsageError)) as refused:
            restore(place)
        words = str(refused.value)
        assert "\n" not in words and place.name in words, (spoil, words)
        assert ("mới hơn" in words) == ("newer" in spoil.__name__), (spoil, words)
        assert Organization.objects.filter(code="LATER").exists(), spoil


@pytest.mark.parametrize("name", ["missing.zip", ".", "text.zip"])
def test_what_is_no_backup_is_wrong_usage(name, world, place):
    place.with_name("text.zip").write_text("no zip")
    with pytest.raises(UsageError):
        restore(place.with_name(name) if name != "." else place.parent)


def test_a_backup_needs_a_folder_to_stand_in(world, place):
    with pytest.raises(UsageError):
        backup(place / "nowhere" / "copy.zip")


def test_a_database_of_a_later_version_gives_way_whole(world, place):
    """Tables that the copy does not know go too, though they refer to ours."""
    backup(place)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE assessments_later (id integer PRIMARY KEY,"
            " organization_id bigint REFERENCES orgs_organization (id))"
        )
        cursor.execute("INSERT INTO assessments_later VALUES (1, %s)", [world.province.pk])
    restore(place)
    assert "assessments_later" not in connection.introspection.table_names()
    assert Organization.objects.filter(pk=world.province.pk).exists()


def test_a_copy_of_an_earlier_version_is_migrated_before_anybody_sees_it(world, place):
    call_command("migrate", "orgs", "0001", verbosity=0)
    try:
        write_backup(place)
        # Rows were counted beside the copy, while others wrote.
        changed(place, format=1, rows=manifest_of(place)["rows"] | {"orgs_organization": 1})
    finally:
        call_command("migrate", verbosity=0)
    restore(place)
    executor = MigrationExecutor(connection)
    assert not executor.migration_plan(executor.loader.graph.leaf_nodes())
    assert Organization.objects.count() == 21
    assert AuditEntry.objects.filter(action="system.restore").count() == 1


def test_a_copy_goes_into_an_empty_database(world, place, settings):
    backup(place)
    is_sqlite = connection.vendor == "sqlite"
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'DROP TABLE "{table}"' + ("" if is_sqlite else " CASCADE"))
    assert not connection.introspection.table_names()
    restore(place)
    assert Organization.objects.count() == 21


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has no file to damage")
def test_a_damaged_database_gives_way_and_is_kept_as_it_is(world, place, settings):
    """It is for this that there are backups; whether pages or the whole file are spoiled."""
    backup(place)
    database = Path(connection.settings_dict["NAME"])
    connection.close()
    whole = database.read_bytes()
    for sound in (4096, 0):
        spoiled = whole[:sound] + b"Z" * (len(whole) - sound)
        connection.close()
        database.write_bytes(spoiled)
        try:
            restore(place)
        except Exception:
            database.write_bytes(whole)
            raise
        assert Organization.objects.count() == 21
        (kept,) = (settings.VAR_DIR / "backups").glob("*.damaged")
        assert (kept / database.name).read_bytes() == spoiled
        shutil.rmtree(kept)


def test_everybody_is_signed_out_by_restoring(world, place, client_as):
    client_as("board", world.province)
    backup(place)
    assert Session.objects.exists()
    restore(place)
    assert not Session.objects.exists()


def test_one_at_a_time(world, place, settings):
    """Backups go beside each other, a restoring or pruning goes alone; what is said is one line."""
    backup(place)
    with rooms.at_work(settings.VAR_DIR, alone=False):
        backup(place)
        for command in (["restore", str(place)], ["prune"]):
            with pytest.raises(Refused) as refused:
                call_command(*command)
            assert "\n" not in str(refused.value)
    with rooms.at_work(settings.VAR_DIR, alone=True), pytest.raises(Refused):
        backup(place)


def test_working_folders_of_killed_runs_go_at_the_next_run_and_by_pruning(world, place, settings, capsys):
    """Those of who still works stay."""

    def leave(beside):
        beside.mkdir(exist_ok=True)
        (beside / ".backup-0123").mkdir()
        (beside / ".backup-0123" / "database").write_bytes(b"x")
        (beside / ".backup-0123.lock").touch()
        (beside / ".backup-of-version-1").mkdir()

    def left(beside):
        return [path.name for path in beside.glob(".backup-*")]

    with rooms.workroom(settings.VAR_DIR) as at_work:
        for folder in (settings.VAR_DIR, settings.VAR_DIR / "backups", place.parent):
            leave(folder)
        call_command("prune", "--json")
        assert json.loads(capsys.readouterr().out)["left_over"] == 4
        assert sorted(left(settings.VAR_DIR)) == [at_work.name, f"{at_work.name}.lock"]
        assert left(settings.VAR_DIR / "backups") == []
        backup(place)
        assert left(place.parent) == []
    for command in (backup, restore):
        leave(settings.VAR_DIR)
        command(place)
        assert left(settings.VAR_DIR) == [], command


def full(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


def forbidden(*_):
    raise PermissionError(errno.EACCES, "Permission denied", "there")


def test_each_cause_is_told_in_its_own_words(world, place, monkeypatch):
    """What the machine refuses is no damage, leaves nothing behind and replaces nothing."""
    backup(place)
    factories.organization(world.province, code="LATER")
    for fault, words in ((full, "đĩa đã đầy"), (forbidden, "không có quyền")):
        for command in (["restore", str(place)], ["backup", str(place.with_name("more.zip"))]):
            with monkeypatch.context() as patch:
                patch.setattr(shutil, "copyfileobj", fault)
                patch.setattr(zipfile.ZipFile, "write", fault)
                with pytest.raises(UsageError, match=words) as refused:
                    call_command(*command)
            assert "hỏng" not in str(refused.value) and "\n" not in str(refused.value), command
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10**9, 10**9, 1))
        with pytest.raises(UsageError, match="đĩa đã đầy: cần . MB, còn trống 0 MB"):
            restore(place)
    assert [path.name for path in place.parent.glob("*.zip")] == [place.name]
    assert Organization.objects.filter(code="LATER").exists()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite needs no tools")
def test_what_the_tools_of_postgresql_lack_is_told_in_words(world, place, monkeypatch, tmp_path):
    backup(place)
    factories.organization(world.province, code="LATER")
    monkeypatch.setenv("PATH", str(tmp_path))
    told = {
        "error: aborting because of server version mismatch": "cũ hơn máy chủ",
        "error: unsupported version (1.99) in file header": "mới hơn ghi",
        "error: could not write: No space left on device": "đĩa đã đầy",
        "error: something else": "something else",
        None: "thiếu pg_",
    }
    for line, words in told.items():
        for tool in ("pg_dump", "pg_restore"):
            (tmp_path / tool).unlink(missing_ok=True)
            if line:
                (tmp_path / tool).write_text(f"#!/bin/sh\necho '{tool}: {line}' >&2; exit 1\n")
                (tmp_path / tool).chmod(0o755)
        for command in ("backup", "restore"):
            with pytest.raises((Refused, UsageError), match=words) as refused:
                call_command(command, str(place))
            assert "\n" not in str(refused.value)
    assert Organization.objects.filter(code="LATER").exists()
