"""The page on which a user says what the open names of a batch mean."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.workbooks.layouts.directory import MOST_SUGGESTED, Directory, Entry, Register
from assessments.workbooks.layouts.naming import ABOVE_KEY, ANYWHERE, LEFT_OUT, NEW, register_of
from assessments.workbooks.layouts.placing import answer_key
from assessments.workbooks.models import Upload
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
    place: str = ""
    named: list[str] = field(default_factory=list)
    why: str = ""
    suggestions: list[Entry] = field(default_factory=list)
    chosen: str = ""
    typed: str = ""
    error: str = ""

    @property
    def key(self) -> str:
        return answer_key(self.text, self.above) + self.place

    @property
    def is_place(self) -> bool:
        """Whether it is what rows stand under, so that they may be looked up everywhere instead."""
        return self.column.endswith(f".{ABOVE_KEY}")

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
        elif (self.chosen == NEW and self.may_be_new) or (self.chosen == ANYWHERE and self.is_place):
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
                one = AskedName(upload, register=register, **name)
                found.setdefault(one.id, one)
    asked = list(found.values())
    for one in asked[:A_PAGE]:
        one.suggestions = _suggested(one)
    return asked


def _suggested(name: AskedName) -> list[Entry]:
    """Those that bear the name, then those with the nearest ones; never one of them chosen."""
    named = [name.register.by_code[code] for code in name.named if code in name.register.by_code]
    near = name.register.suggest(name.text, above=name.above.rpartition(" · ")[2])
    return [*named, *(entry for entry in near if entry not in named)][: max(MOST_SUGGESTED, len(named))]


def answers_of(asked: Iterable[AskedName]) -> dict[int, dict[str, dict[str, str]]]:
    """What is chosen, by upload, column and text."""
    found: dict[int, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for name in asked:
        if name.answer is not None:
            found[name.upload.pk][name.column][name.key] = name.answer
    return found
