"""The Vietnamese catalog: made of the rooms' own translations, never committed.

It lies below `var`, which the system may write also where its code is another's. It names the SHA-256
of the parts of which it was made: what a copy or an unpacking does to the times of files says nothing.
"""

import os
import tempfile
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARTS = ROOT / "locale" / "vi" / "parts"
LOCALE = ROOT / "var" / "locale"
COMPILED = LOCALE / "vi" / "LC_MESSAGES" / "django.mo"
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "vi",
    "MIME-Version": "1.0",
    "Plural-Forms": "nplurals=1; plural=0;",
}


class NoCatalog(Exception):
    """The catalog cannot be made; says, in one line, of which file or why."""


def make_catalog(parts: Path = PARTS, compiled: Path = COMPILED) -> None:
    """Compile `parts/*.po` into `compiled` unless it was made of the very same ones. Raises NoCatalog."""
    texts = {path: path.read_bytes() for path in sorted(parts.rglob("*.po"))}
    mark = _mark(texts)
    if compiled.exists() and mark.encode() in compiled.read_bytes():
        return
    content = _merged(texts, mark)
    try:
        _put(content, compiled)
    except OSError as error:
        raise NoCatalog(f"{compiled}: {error.strerror or error}") from error


def _mark(texts: dict[Path, bytes]) -> str:
    digest = sha256()
    for path, text in texts.items():
        digest.update(b"%s %d\n" % (path.name.encode(), len(text)))
        digest.update(text)
    return digest.hexdigest()


def _put(content: bytes, compiled: Path) -> None:
    """At once and whole, whoever else is making it."""
    compiled.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=compiled.parent, suffix=".mo", delete=False) as made:
        try:
            made.write(content)
            made.flush()
            os.chmod(made.name, 0o644)
        except OSError:
            os.unlink(made.name)
            raise
    os.replace(made.name, compiled)


def _merged(texts: dict[Path, bytes], mark: str) -> bytes:
    import polib

    catalog = polib.POFile()
    catalog.metadata = HEADER | {"X-Parts": mark}
    for path, text in texts.items():
        try:
            catalog.extend(polib.pofile(text.decode()))
        except (OSError, ValueError) as error:
            raise NoCatalog(f"{path}: {str(error).replace(' in po file', '')}") from error
    return catalog.to_binary()
