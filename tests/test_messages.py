"""The Vietnamese catalog: complete, fresh, with the placeholders of its messages."""

import polib
import pytest

from tools import messages


def test_the_catalog_is_complete_and_fresh():
    assert messages.faults() == []


@pytest.mark.parametrize(
    ("translation", "fault"),
    [("Năm %(year)s", None), ("", "fuzzy or empty"), ("Năm %(nam)s", "other placeholders")],
)
def test_a_translation_is_there_and_keeps_its_placeholders(translation, fault):
    entry = polib.POEntry(msgid="Year %(year)s", msgstr=translation)
    found = list(messages.entry_faults(entry))
    assert [line.partition(": ")[2].startswith(fault) for line in found] == ([True] if fault else [])


def test_two_rooms_may_not_translate_one_message_differently(tmp_path, monkeypatch):
    (tmp_path / "parts").mkdir()
    for room, translation in (("a", "Huỷ"), ("b", "Bỏ")):
        part = polib.POFile()
        part.append(polib.POEntry(msgid="Cancel", msgstr=translation))
        part.save(str(tmp_path / "parts" / f"{room}.po"))
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    catalog, conflicts = messages.merged()
    assert [entry.msgstr for entry in catalog] == ["Huỷ"]
    assert conflicts == ["b.po: another translation of 'Cancel'"]


def test_messages_are_found_in_code_and_templates():
    used = messages.used_messages()
    assert used[None, "To the overview"].startswith("templates")
    assert used[None, "Account name"].startswith(("accounts", "templates"))
    assert (None, "Not saved. %(count)d place to correct:") in used
