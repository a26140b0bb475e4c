"""The page on which a user says what the open names of a batch mean."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.layouts.directory import Directory, Entry, Register
from assessments.layouts.naming import LEFT_OUT, NEW, answer_key, register_of
from assessments.models import Upload
from resolution03.lib.text import code

A_PAGE = 40
OTHER, LEAVE = "other", "-"


@dataclass(slots=True)
class AskedName:
    """A distinct text, what it may mean, and what the user chose or typed so far."""

    upload: Upload
    column: str
    heading: str
    text: str
    above: str
    rows: list[int]
    count: int
    register: Register
    may_be_new: bool = False
    suggestions: list[Entry] = field(default_factory=list)
    chosen: str = ""
    typed: str = ""
    error: str = ""

    @property
    def key(self) -> str:
        return answer_key(self.text, self.above)

    @property
    def id(self) -> str:
        """Names the fields of the form: the same text has the same name on the next page too."""
        told = f"{self.upload.pk}|{self.column}|{self.key}"
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    def take(self, sent: Mapping[str, str]) -> None:
        """What the form says; a code that is not inside the unit is as unknown as any other."""
        self.typed = sent.get(f"t{self.id}", "").strip()
        self.chosen = sent.get(f"n{self.id}") or (OTHER if self.typed else "")
        wanted = code(self.typed) if self.chosen == OTHER else self.chosen
        if self.chosen == OTHER and not wanted:
            self.error = _("Type the code.")
        elif self.chosen == NEW and self.may_be_new:
            return
        elif wanted and wanted != LEAVE and wanted not in self.register.by_code:
            self.error = _("There is no such code in your unit.")

    @property
    def answer(self) -> str | None:
        """The code, LEFT_OUT, or None where nothing is chosen."""
        if self.chosen == LEAVE:
            return LEFT_OUT
        return (code(self.typed) if self.chosen == OTHER else self.chosen) or None


def asked_names(uploads: Iterable[Upload]) -> list[AskedName]:
    """What is open in the files of a batch, each text once; suggestions for the first of them."""
    uploads = list(uploads)
    unit = uploads[0].unit
    directory = Directory(unit.code if unit else None)
    found: dict[str, AskedName] = {}
    for upload in uploads:
        for sheet in upload.counts.get("sheets", ()):
            for name in sheet.get("note", {}).get("names", ()):
                register = getattr(directory, register_of(name["column"]))
                asked = AskedName(upload, register=register, **name)
                found.setdefault(asked.id, asked)
    asked = list(found.values())
    for name in asked[:A_PAGE]:
        name.suggestions = name.register.suggest(name.text, above=name.above)
    return asked


def answers_of(asked: Iterable[AskedName]) -> dict[int, dict[str, dict[str, str]]]:
    """What is chosen, by upload, column and text."""
    found: dict[int, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for name in asked:
        if name.answer is not None:
            found[name.upload.pk][name.column][name.key] = name.answer
    return found
