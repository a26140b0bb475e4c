"""A backup is one zip: the database, the kept files, and a manifest by which both are verified."""

import json
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from resolution03.lib.backups import databases
from resolution03.lib.errors import NotPossible, Refusal

FORMAT = 1
FOLDERS = ("uploads", "reports", "documents")
"""Folders of kept files below `var`; the secret key is of the machine and stays there."""
_MANIFEST, _DATABASE = "manifest.json", "database"
_MEMBER = re.compile(r"files/(?:uploads|reports|documents)/[\w.-]+")


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: SHA-256 by member, rows by table, applied migrations as `app.name`."""

    format: int
    made_at: str
    vendor: str
    migrations: list[str]
    rows: dict[str, int]
    members: dict[str, str]


def write_backup(target: Path) -> Manifest:
    """Write a backup beside the target and move it there when it is whole; 0600."""
    with _workroom(target.parent) as room:
        copy, made = room / _DATABASE, room / "backup"
        rows = databases.rows_by_table()
        databases.dump(copy)
        members = {_DATABASE: copy} | {f"files/{name}": path for name, path in _kept_files()}
        manifest = Manifest(
            FORMAT, timezone.now().isoformat(), connection.vendor, _applied(), rows,
            {name: _digest(path) for name, path in members.items()},
        )
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False))
            for name, path in members.items():
                archive.write(path, name)
        made.chmod(0o600)
        made.replace(target)
    return manifest


@contextmanager
def opened_backup(source: Path) -> Iterator["Backup"]:
    """A backup unpacked for reading. NotPossible for what is none."""
    with _workroom(settings.VAR_DIR) as room:
        try:
            with zipfile.ZipFile(source) as archive:
                manifest = Manifest(**json.loads(archive.read(_MANIFEST)))
                yield Backup(archive, manifest, room)
        except (zipfile.BadZipFile, KeyError, TypeError, ValueError) as error:
            raise NotPossible(_("“%(file)s” is no backup of this system.") % {"file": source}) from error


@dataclass(frozen=True)
class Backup:
    """An opened backup: verified first, then put back."""

    archive: zipfile.ZipFile
    manifest: Manifest
    room: Path

    def verify(self) -> None:
        """Refusal, saying why, unless all of it is there, unchanged, and fits this installation."""
        if self.manifest.format != FORMAT or set(self.manifest.migrations) - _known():
            raise Refusal(_("it was made by a newer version of the program"))
        if self.manifest.vendor != connection.vendor:
            raise Refusal(_("it holds a database of %(its)s, this one is of %(ours)s") % {
                "its": self.manifest.vendor, "ours": connection.vendor,
            })
        for name, digest in self.manifest.members.items():
            if not (name == _DATABASE or _MEMBER.fullmatch(name)) or self._unpack(name) != digest:
                raise Refusal(_("its part “%(part)s” is missing or damaged") % {"part": name})
        databases.check(self.room / _DATABASE)

    def put_back(self) -> None:
        """Replace database and kept files; call it after `verify`."""
        databases.put_back(self.room / _DATABASE)
        for folder in FOLDERS:
            unpacked = self.room / "files" / folder
            unpacked.mkdir(mode=0o700, parents=True, exist_ok=True)
            unpacked.chmod(0o700)
            _exchange(unpacked, settings.VAR_DIR / folder)

    def _unpack(self, name: str) -> str:
        """The SHA-256 of a member as it now lies in the workroom; empty when it cannot be read."""
        path = self.room / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self.archive.open(name) as stream, path.open("wb") as written:
                shutil.copyfileobj(stream, written)
        except (KeyError, zipfile.BadZipFile, OSError, EOFError):
            return ""
        path.chmod(0o600)
        return _digest(path)


def _exchange(new: Path, place: Path) -> None:
    """Put a folder in the place of another; the old one goes only when the new one stands."""
    old = place.with_name(f".{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.replace(old)
    new.replace(place)
    shutil.rmtree(old, ignore_errors=True)


def _kept_files() -> Iterator[tuple[str, Path]]:
    """`folder/name` and path of each kept file."""
    for folder in FOLDERS:
        for path in sorted((settings.VAR_DIR / folder).glob("*")):
            if path.is_file():
                yield f"{folder}/{path.name}", path


def _applied() -> list[str]:
    return sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())


def _known() -> set[str]:
    return {".".join(key) for key in MigrationExecutor(connection).loader.disk_migrations}


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


@contextmanager
def _workroom(beside: Path) -> Iterator[Path]:
    """A folder on the same disk, gone afterwards, that nobody else may enter."""
    os.makedirs(beside, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=beside) as name:
        yield Path(name)
