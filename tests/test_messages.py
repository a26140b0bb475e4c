"""The Vietnamese catalog: complete, each message once, with the placeholders of its messages."""

import os

import polib
import pytest

from resolution03.lib.catalog import NoCatalog, make_catalog
from tools import messages


def test_the_catalog_is_complete():
    assert messages.faults() == []


@pytest.mark.parametrize(
    ("translation", "fault"),
    [("Năm %(year)s", None), ("", "fuzzy or empty"), ("Năm %(nam)s", "other placeholders")],
)
def test_a_translation_is_there_and_keeps_its_placeholders(translation, fault):
    entry = polib.POEntry(msgid="Year %(year)s", msgstr=translation)
    found = list(messages.entry_faults(entry))
    assert [line.partition(": ")[2].startswith(fault) for line in found] == ([True] if fault else [])


def part(folder, name: str, **translations: str) -> None:
    found = polib.POFile()
    found.extend(polib.POEntry(msgid=msgid, msgstr=text) for msgid, text in translations.items())
    found.save(str(folder / f"{name}.po"))


def test_a_message_is_translated_once(tmp_path):
    part(tmp_path, "a", Cancel="Huỷ")
    part(tmp_path, "b", Cancel="Bỏ", Unheard="Lạ")
    faults = messages.faults(tmp_path)
    assert "b.po: 'Cancel' stands in a.po too" in faults
    assert "b.po: nothing uses 'Unheard'" in faults


def test_the_catalog_is_compiled_when_a_part_changes_comes_or_goes(tmp_path):
    parts, compiled = tmp_path / "parts", tmp_path / "made" / "django.mo"
    parts.mkdir()
    for name, expected in (("a", {"One"}), ("b", {"One", "Two"})):
        part(parts, name, **({"One": "Một"} if name == "a" else {"Two": "Hai"}))
        assert words(parts, compiled) == expected
    (parts / "a.po").unlink()
    assert words(parts, compiled) == {"Two"}


def test_the_catalog_is_not_compiled_again_without_a_change(tmp_path):
    parts, compiled = tmp_path / "parts", tmp_path / "django.mo"
    parts.mkdir()
    part(parts, "a", One="Một")
    words(parts, compiled)
    before = compiled.stat()
    words(parts, compiled)
    assert compiled.stat() == before


def test_old_times_of_files_hide_no_change(tmp_path):
    """As after `rsync -a` or an unpacking: the new part is older than the compiled catalog."""
    parts, compiled = tmp_path / "parts", tmp_path / "django.mo"
    parts.mkdir()
    part(parts, "a", One="Một")
    words(parts, compiled)
    part(parts, "a", Two="Hai")
    for path in (parts, parts / "a.po"):
        os.utime(path, (1, 1))
    assert words(parts, compiled) == {"Two"}


@pytest.mark.parametrize("text", [b'msgid "One"\n<<<<<<< HEAD\n', b'msgid "One"\nmsgstr "\xff"\n'])
def test_a_part_that_cannot_be_read_is_named(tmp_path, text):
    (tmp_path / "wrong.po").write_bytes(text)
    with pytest.raises(NoCatalog, match=r"wrong\.po: .*\d"):
        make_catalog(tmp_path, tmp_path / "made" / "django.mo")


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    part(tmp_path, "a", One="Một")
    (tmp_path / "made").write_text("no folder")
    with pytest.raises(NoCatalog, match="made"):
        make_catalog(tmp_path, tmp_path / "made" / "django.mo")


def words(parts, compiled) -> set[str]:
    make_catalog(parts, compiled)
    return {entry.msgid for entry in polib.mofile(str(compiled))}


def test_messages_are_found_in_code_and_templates():
    used = messages.used_messages()
    assert used[None, "To the overview"].startswith("templates")
    assert used[None, "Account name"].startswith(("accounts", "templates"))
    assert (None, "Not saved. %(count)d place to correct:") in used
