"""Kept files of a backup put in the place of those that are here, so that files and database agree
whenever the work is cut off.

Names of kept files are random and never used twice. Before the database is replaced the new files
lie beside the old ones, afterwards the old ones go: whichever database stands, its files are there.
What is superfluous is written down first in `var/.restoring`, and removed at the next start.
"""

import json
import os
import shutil
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from resolution03.lib.keeping import STORES

FOLDERS = [store.name for store in STORES]
"""Folders of kept files below `var`; the secret key is of the machine and stays there."""
_NOTES = "notes.json"


def kept_files(var: Path) -> Iterator[tuple[str, Path]]:
    """`folder/name` and path of each kept file."""
    for folder in FOLDERS:
        for path in sorted((var / folder).glob("*")):
            if path.is_file():
                yield f"{folder}/{path.name}", path


@dataclass(frozen=True)
class Placing:
    """Files below `source` on their way to `var`; `token` is what the new database knows it by."""

    var: Path
    token: str

    @property
    def _notes(self) -> Path:
        return _notes_of(self.var)

    def lay_out(self, source: Path, names: Collection[str]) -> None:
        """Put the files in place, the old ones still beside them; before the database is replaced."""
        here = {name for name, _path in kept_files(self.var)}
        self._write_down(
            added=sorted(set(names) - here),
            gone=sorted(here - set(names)),
            changed=sorted(name for name in here & set(names) if self._differs(source, name)),
        )
        for name in names:
            place = self.var / name
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            place.parent.chmod(0o700)
            (source / name).replace(place)
        if hasattr(os, "sync"):
            os.sync()

    def _differs(self, source: Path, name: str) -> bool:
        return (source / name).read_bytes() != (self.var / name).read_bytes()

    def _write_down(self, **lists: list[str]) -> None:
        """What to remove, whichever database stands; of changed files the old ones are kept."""
        made = self._notes.with_suffix(".new")
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(mode=0o700)
        for place, name in enumerate(lists["changed"]):
            shutil.copy2(self.var / name, made / str(place))
        (made / _NOTES).write_text(json.dumps({"token": self.token, **lists}))
        made.replace(self._notes)


def settle(var: Path, is_stored: Callable[[str], bool]) -> None:
    """End a replacing that was cut off, forward where the database with its token stands
    (`is_stored`), else back. Nobody may be replacing at the moment."""
    notes = _notes_of(var)
    shutil.rmtree(notes.with_suffix(".new"), ignore_errors=True)
    if not (notes / _NOTES).exists():
        shutil.rmtree(notes, ignore_errors=True)
        return
    told = json.loads((notes / _NOTES).read_text())
    if is_stored(told["token"]):
        superfluous = told["gone"]
    else:
        superfluous = told["added"]
        for place, name in enumerate(told["changed"]):
            if (notes / str(place)).exists():
                (notes / str(place)).replace(var / name)
    for name in superfluous:
        (var / name).unlink(missing_ok=True)
    (notes / _NOTES).unlink()
    shutil.rmtree(notes)


def is_unsettled(var: Path) -> bool:
    """Whether a replacing was cut off, or is going on."""
    return _notes_of(var).exists()


def _notes_of(var: Path) -> Path:
    return var / ".restoring"
