"""Names of persons who are gone, mentioned in free text about something else: reasons, messages,
purposes, names of files. None belongs there (the pages say so); where one stands it goes with the
others, unless somebody who is here bears it too."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping

from django.apps import apps
from django.db.models import CharField, Model, Q

from assessments.operations import erasable
from assessments.workbooks.models import PlannedRow
from members.models import Member, VillageHead
from orgs.models import AuditEntry

FREE = {
    "reason",
    "message",
    "answer",
    "purpose",
    "text",
    "why",
    "note",
    "reopened_reason",
    "file_name",
    "return_reason",
    "file",
    "title",
}
"""Fields, and values of the trail, that people fill as they like."""
_CHUNK = 5_000
_WORDS = re.compile(r"\w+")


class Mentions:
    """Finds any of many names in a text at the cost of its length. `codes`: what stands for each."""

    def __init__(self, codes: Mapping[str, str]):
        self._codes = {key: (name, code) for name, code in codes.items() if len(key := _words(name)) > 1}
        self._lengths = sorted({len(key) for key in self._codes})

    def __bool__(self) -> bool:
        return bool(self._codes)

    def without(self, text: str) -> str:
        """The text with codes in the place of the names."""
        words = _words(text) if text else ()
        for length in self._lengths:
            for start in range(len(words) - length + 1):
                if found := self._codes.get(words[start : start + length]):
                    text = erasable.without(text, found[:1], found[1])
        return text

    def in_values(self, values: dict) -> dict:
        """The values of an entry of the trail, its free text without names."""
        return {
            name: self.without(value) if name in FREE and isinstance(value, str) else value
            for name, value in values.items()
        }


def borne_by_nobody(codes: Mapping[str, str]) -> dict[str, str]:
    """Those of the names that nobody bears who is here, or has not been gone for long enough."""
    past = (
        (Member.objects, erasable.past_members()),
        (VillageHead.objects, erasable.past_heads()),
    )
    borne: set[str] = set()
    for everybody, gone in past:
        here = everybody.exclude(pk__in=gone.order_by().values("pk")).order_by()
        borne.update(here.values_list("full_name", flat=True))
    return {name: code for name, code in codes.items() if name not in borne}


def texts(model: type[Model], mentions: Mentions) -> Iterator[tuple]:
    """Rows of one of `TEXTS` with a name in them: key and new values of the fields."""
    fields = TEXTS[model]
    empty = Q(**dict.fromkeys(fields, ""))
    rows = model._base_manager.exclude(empty).order_by().values_list("pk", *fields)
    for pk, *found in rows:
        values = [mentions.without(text) for text in found]
        if values != found:
            yield pk, *values


def entries(mentions: Mentions) -> Iterator[tuple[int, dict, dict, str]]:
    """Entries of the trail with a name in their free text: key, before, after, reason."""
    rows = AuditEntry.objects.order_by().values_list("pk", "before", "after", "reason")
    for pk, before, after, reason in rows.iterator(_CHUNK):
        values = mentions.in_values(before), mentions.in_values(after), mentions.without(reason)
        if values != (before, after, reason):
            yield pk, *values


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(unicodedata.normalize("NFC", text).lower()))


def _free_fields(model: type[Model]) -> tuple[str, ...]:
    fields = model._meta.concrete_fields
    return tuple(one.name for one in fields if isinstance(one, CharField) and one.name in FREE)


def _tables(rooms: Collection[str]) -> Iterator[tuple[type[Model], tuple[str, ...]]]:
    for model in apps.get_models():
        if model._meta.app_label in rooms and model not in (AuditEntry, PlannedRow):
            if fields := _free_fields(model):
                yield model, fields


TEXTS = dict(_tables(("accounts", "orgs", "members", "assessments")))
"""Free text by table; rows of a plan go with their upload."""
