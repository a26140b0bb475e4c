"""The Vietnamese catalog: made of the rooms' own translations, never committed."""

import os
import tempfile
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[2] / "locale" / "vi"
PARTS = LOCALE / "parts"
COMPILED = LOCALE / "LC_MESSAGES" / "django.mo"
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "vi",
    "MIME-Version": "1.0",
    "Plural-Forms": "nplurals=1; plural=0;",
}


def make_catalog(parts: Path = PARTS, compiled: Path = COMPILED) -> None:
    """Compile `parts/*.po` into `compiled` where one of them is newer or one went away."""
    if compiled.exists() and compiled.stat().st_mtime_ns > _changed(parts):
        return
    compiled.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=compiled.parent, suffix=".mo", delete=False) as made:
        made.write(_merged(parts))
    os.chmod(made.name, 0o644)
    os.replace(made.name, compiled)


def _changed(parts: Path) -> int:
    return max(path.stat().st_mtime_ns for path in [parts, *parts.rglob("*")])


def _merged(parts: Path) -> bytes:
    import polib

    catalog = polib.POFile()
    catalog.metadata = HEADER
    for part in sorted(parts.rglob("*.po")):
        catalog.extend(polib.pofile(str(part)))
    return catalog.to_binary()
