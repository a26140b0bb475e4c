"""A backup is one zip: the database, the kept files, and a manifest by which both are verified."""

import json
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from hashlib import file_digest
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from resolution03.lib.backups import databases, hindrances
from resolution03.lib.backups.placing import FOLDERS, Placing, kept_files
from resolution03.lib.backups.rooms import at_work, sweep, usual_places, workroom
from resolution03.lib.errors import NotPossible, Refusal

FORMAT = 2
_COUNTED_EXACTLY = 2
"""Before this format the rows were counted beside the copy, while others wrote."""
_MANIFEST, _DATABASE = "manifest.json", "database"
_MEMBER = re.compile(rf"files/(?:{'|'.join(FOLDERS)})/(?!\.)[\w.-]+")


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: SHA-256 by member, rows by table, applied migrations as `app.name`."""

    format: int
    made_at: str
    vendor: str
    migrations: list[str]
    rows: dict[str, int]
    members: dict[str, str]

    @property
    def exact_rows(self) -> dict[str, int] | None:
        return self.rows if self.format >= _COUNTED_EXACTLY else None


def write_backup(target: Path) -> Manifest:
    """Write a backup beside the target and move it there when it is whole; 0600. NotPossible,
    naming the cause, where the machine does not let it."""
    with hindrances.named(), at_work(settings.VAR_DIR, alone=False):
        for place in usual_places(settings.VAR_DIR):
            sweep(place)
        return write_backup_alone(target)


def write_backup_alone(target: Path) -> Manifest:
    """`write_backup` for a caller who holds the kept files already."""
    with workroom(target.parent) as room:
        copy, made = room / _DATABASE, room / "backup"
        applied = _applied()
        rows = databases.dump(copy)
        members = {_DATABASE: copy} | {f"files/{name}": path for name, path in kept_files(settings.VAR_DIR)}
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            digests = dict(_packed(archive, members))
            manifest = Manifest(
                FORMAT,
                timezone.now().isoformat(),
                connection.vendor,
                applied,
                rows,
                digests,
            )
            archive.writestr(_MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False))
        made.chmod(0o600)
        made.replace(target)
    return manifest


@contextmanager
def opened_backup(source: Path) -> Iterator["Backup"]:
    """A backup unpacked for reading. NotPossible for what is none."""
    with workroom(settings.VAR_DIR) as room:
        try:
            archive = zipfile.ZipFile(source)
            manifest = _manifest(archive)
        except (zipfile.BadZipFile, KeyError, TypeError, ValueError, RuntimeError, zlib.error) as error:
            raise NotPossible(_("it is no backup of this system")) from error
        with archive:
            yield Backup(archive, manifest, room)


@dataclass(frozen=True)
class Backup:
    """An opened backup: verified first, then put back."""

    archive: zipfile.ZipFile
    manifest: Manifest
    room: Path

    def verify(self) -> None:
        """Refusal, saying why, unless all of it is there, unchanged, and fits this installation."""
        if set(self.manifest.migrations) - _known():
            raise Refusal(_newer())
        if self.manifest.vendor != connection.vendor:
            raise Refusal(
                _("it holds a database of %(its)s, this one is of %(ours)s")
                % {
                    "its": self.manifest.vendor,
                    "ours": connection.vendor,
                }
            )
        self._require_room()
        for name, digest in self.manifest.members.items():
            if not (name == _DATABASE or _MEMBER.fullmatch(name)) or self._unpack(name) != digest:
                raise Refusal(_("its part “%(part)s” is missing or damaged") % {"part": name})
        databases.check(self.room / _DATABASE, self.manifest.exact_rows)

    def put_back(self, finish: Callable[[], Collection[str]], token: str, step: databases.Step) -> None:
        """Replace database and kept files; call it after `verify`. `finish` completes the restored
        database before anybody sees it, `token` in it included, and tells which kept files, as
        `folder/name`, are not wanted any more. `step` is the transaction of whoever writes."""
        unwanted: set[str] = set()
        placing = Placing(settings.VAR_DIR, token)
        names = {name.removeprefix("files/") for name in self.manifest.members} - {_DATABASE}
        databases.put_back(
            self.room / _DATABASE,
            self.manifest.exact_rows,
            lambda: unwanted.update(finish()),
            lambda: placing.lay_out(self.room / "files", names - unwanted),
            step,
        )

    def _require_room(self) -> None:
        needed = sum(info.file_size for info in self.archive.infolist())
        free = shutil.disk_usage(self.room).free
        if needed > free:
            words = _("%(full)s: %(needed)s MB are needed, %(free)s MB are free")
            numbers = {"needed": -(-needed // 10**6), "free": free // 10**6}
            raise NotPossible(words % {"full": hindrances.FULL, **numbers})

    def _unpack(self, name: str) -> str:
        """The SHA-256 of a member as it now lies in the workroom; empty when it cannot be read."""
        path = self.room / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self.archive.open(name) as stream, path.open("wb") as written:
                shutil.copyfileobj(stream, written)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError):
            return ""
        path.chmod(0o600)
        return _digest(path)


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    """A newer program may have written what this one does not know."""
    told = json.loads(archive.read(_MANIFEST))
    if told["format"] > FORMAT:
        raise Refusal(_newer())
    return Manifest(**{field.name: told[field.name] for field in fields(Manifest)})


def _newer() -> str:
    return _("it was made by a newer version of the program")


def _packed(archive: zipfile.ZipFile, members: dict[str, Path]) -> Iterator[tuple[str, str]]:
    """Write members and give their SHA-256; a kept file that just went is left out."""
    for name, path in members.items():
        try:
            archive.write(path, name)
        except FileNotFoundError:
            continue
        with archive.open(name) as stream:
            yield name, file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]  # it has readinto


def _applied() -> list[str]:
    return sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())


def _known() -> set[str]:
    return {".".join(key) for key in MigrationLoader(None).disk_migrations}


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
