"""A backup of a running system, and back: whole, verified first, on both databases."""

import json
import shutil
import stat
import zipfile

import pytest
from django.core.management import call_command
from django.db import connection

from assessments.actions.periods import open_year
from assessments.models import RatingYear
from orgs.models import AuditEntry, Organization
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


def damaged_database(place):
    return rewritten(place, {"database": b"broken"})


def without_a_file(place):
    return rewritten(place, {"files/reports/abc": None})


def escaping(place):
    with zipfile.ZipFile(place) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    manifest["members"]["files/reports/../../evil"] = "0"
    return rewritten(place, {"manifest.json": json.dumps(manifest).encode()})


def of_a_newer_program(place):
    with zipfile.ZipFile(place) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    manifest["migrations"].append("assessments.9999_later")
    return rewritten(place, {"manifest.json": json.dumps(manifest).encode()})


def of_another_database(place):
    with zipfile.ZipFile(place) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    return rewritten(place, {"manifest.json": json.dumps(manifest | {"vendor": "oracle"}).encode()})


@pytest.mark.parametrize("spoil", [
    damaged_database, without_a_file, escaping, of_a_newer_program, of_another_database,
])
def test_a_backup_that_is_not_whole_replaces_nothing(spoil, world, place):
    backup(place)
    factories.organization(world.province, code="LATER")
    spoil(place)
    with pytest.raises(Refused):
        restore(place)
    assert Organization.objects.filter(code="LATER").exists()


@pytest.mark.parametrize("name", ["missing.zip", ".", "text.zip"])
def test_what_is_no_backup_is_wrong_usage(name, world, place):
    place.with_name("text.zip").write_text("no zip")
    with pytest.raises(UsageError):
        restore(place.with_name(name) if name != "." else place.parent)


def test_a_backup_needs_a_folder_to_stand_in(world, place):
    with pytest.raises(UsageError):
        backup(place / "nowhere" / "copy.zip")
