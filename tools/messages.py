#!/usr/bin/env python3
"""The Vietnamese catalog, without the gettext tools.

    python tools/messages.py check     status 1, with a line for each fault, unless all is in order

Each desk keeps its translations in a file of its own under parts/; what Django reads is compiled
of them (resolution03/lib/catalog.py) when one of them has changed.
"""

import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from resolution03.lib.catalog import PARTS  # noqa: E402

ROOMS = ["resolution03", "accounts", "orgs", "members", "assessments"]
KEYWORDS = (
    DEFAULT_KEYWORDS
    | {"_t": None}
    | {
        name + suffix: DEFAULT_KEYWORDS[name]
        for name in ("gettext", "ngettext", "pgettext", "npgettext")
        for suffix in ("_lazy", "_noop")
    }
)
# The indents of a template mean nothing; those of Python, as which it is read here, would.
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

Key = tuple[str | None, str]


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resolution03.settings")
    if arguments == ["check"]:
        return report(faults())
    sys.stderr.write(__doc__)
    return 2


def report(lines: list[str]) -> int:
    for line in lines:
        sys.stderr.write(line + "\n")
    return 1 if lines else 0


def faults(parts: Path = PARTS) -> list[str]:
    """Everything that `check` refuses, a line each."""
    used = used_messages()
    entries, found = read(parts)
    found += [f"{place}: no translation of {key[1]!r}" for key, place in used.items() if key not in entries]
    for key, (part, entry) in entries.items():
        if key not in used:
            found.append(f"{part}: nothing uses {entry.msgid!r}")
        found += [f"{part}: {fault}" for fault in entry_faults(entry)]
    return found


def read(parts: Path) -> tuple[dict[Key, tuple[str, polib.POEntry]], list[str]]:
    """Each entry with the part where it stands, and what stands twice."""
    entries: dict[Key, tuple[str, polib.POEntry]] = {}
    twice = []
    for path in sorted(parts.rglob("*.po")):
        part = path.relative_to(parts).as_posix()
        for entry in polib.pofile(str(path)):
            key = (entry.msgctxt, entry.msgid)
            if key in entries:
                twice.append(f"{part}: {entry.msgid!r} stands in {entries[key][0]} too")
            entries.setdefault(key, (part, entry))
    return entries, twice


def entry_faults(entry: polib.POEntry) -> Iterator[str]:
    translations = list(entry.msgstr_plural.values()) or [entry.msgstr]
    if entry.fuzzy or not all(translations):
        yield f"{entry.msgid!r}: fuzzy or empty"
    expected = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    for translation in translations:
        if translation and set(PLACEHOLDER.findall(translation)) != expected:
            yield f"{entry.msgid!r}: other placeholders in {translation!r}"


@cache
def used_messages() -> dict[Key, str]:
    """Each message of the code and the templates, with one place where it stands."""
    used: dict[Key, str] = {}
    for path in sources():
        text = path.read_text("utf-8")
        if path.suffix == ".html":
            text = INDENT.sub("", templatize(text, origin=str(path)))
        for _line, message, _comments, context in extract("python", BytesIO(text.encode()), KEYWORDS):
            msgid = message if isinstance(message, str) else message[0]
            used.setdefault((context, msgid), str(path.relative_to(ROOT)))
    return used


def sources() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((ROOT / room).rglob("*.py"))
    for folder in ["templates", *ROOMS]:
        yield from sorted((ROOT / folder).rglob("*.html"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
