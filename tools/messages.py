#!/usr/bin/env python3
"""The Vietnamese catalog, without the gettext tools.

    python tools/messages.py update    merge locale/vi/parts/*.po into django.po, compile django.mo
    python tools/messages.py check     status 1, with a line for each fault, unless all is in order

Each room keeps its translations in a file of its own under parts/; django.po holds what
the code and the templates use of them. Both results are committed.
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
LOCALE = ROOT / "locale" / "vi"
CATALOG = LOCALE / "LC_MESSAGES" / "django.po"
ROOMS = ["resolution03", "accounts", "orgs", "members", "assessments"]
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "vi",
    "MIME-Version": "1.0",
    "Plural-Forms": "nplurals=1; plural=0;",
}
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
    sys.path.insert(0, str(ROOT))
    if arguments == ["update"]:
        return update()
    if arguments == ["check"]:
        return report(faults())
    sys.stderr.write(__doc__)
    return 2


def update() -> int:
    catalog, conflicts = merged()
    CATALOG.parent.mkdir(parents=True, exist_ok=True)
    CATALOG.write_text(str(catalog) + "\n", "utf-8")
    CATALOG.with_suffix(".mo").write_bytes(catalog.to_binary())
    return report([*conflicts, *untranslated(catalog)])


def report(lines: list[str]) -> int:
    for line in lines:
        sys.stderr.write(line + "\n")
    return 1 if lines else 0


def faults() -> list[str]:
    """Everything that `check` refuses, a line each."""
    catalog, found = merged()
    if not CATALOG.exists() or CATALOG.read_text("utf-8") != str(catalog) + "\n":
        found.append("django.po is not what parts/*.po give: run tools/messages.py update")
    compiled = CATALOG.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != catalog.to_binary():
        found.append("django.mo is not compiled from django.po: run tools/messages.py update")
    found += untranslated(catalog)
    return found + [line for entry in catalog for line in entry_faults(entry)]


def untranslated(catalog: polib.POFile) -> list[str]:
    known = {(entry.msgctxt, entry.msgid) for entry in catalog}
    return [
        f"{place}: no translation of {key[1]!r}" for key, place in used_messages().items() if key not in known
    ]


def entry_faults(entry: polib.POEntry) -> Iterator[str]:
    translations = list(entry.msgstr_plural.values()) or [entry.msgstr]
    if entry.fuzzy or not all(translations):
        yield f"{entry.msgid!r}: fuzzy or empty"
    expected = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    for translation in translations:
        if translation and set(PLACEHOLDER.findall(translation)) != expected:
            yield f"{entry.msgid!r}: other placeholders in {translation!r}"


def merged() -> tuple[polib.POFile, list[str]]:
    """The catalog of what is used, in the order of its messages, and the conflicts of parts."""
    used = used_messages()
    entries: dict[Key, polib.POEntry] = {}
    conflicts = []
    for part in sorted((LOCALE / "parts").glob("*.po")):
        for entry in polib.pofile(str(part)):
            key = (entry.msgctxt, entry.msgid)
            first = entries.setdefault(key, entry)
            if translations_of(first) != translations_of(entry):
                conflicts.append(f"{part.name}: another translation of {entry.msgid!r}")
    catalog = polib.POFile(wrapwidth=98)
    catalog.metadata = HEADER
    for key in sorted(used.keys() & entries.keys(), key=lambda key: (key[1], key[0] or "")):
        catalog.append(plain(entries[key]))
    return catalog, conflicts


def translations_of(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def plain(entry: polib.POEntry) -> polib.POEntry:
    """The entry without comments and places, which change with every edit."""
    return polib.POEntry(
        msgctxt=entry.msgctxt,
        msgid=entry.msgid,
        msgid_plural=entry.msgid_plural,
        msgstr=entry.msgstr,
        msgstr_plural=entry.msgstr_plural,
        flags=[flag for flag in entry.flags if flag == "fuzzy"],
    )


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
