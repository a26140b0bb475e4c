"""Names of what lies inside one office's scope, for finding what a name in a sheet means.

Nothing outside the scope is read, so nothing of it can be matched, suggested or told apart.
"""

import difflib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assessments.workbooks.layouts.spelling import bare, barest, spelled
from members.models import Member
from orgs.models import Organization, Village
from resolution03.lib.dates import PartialDate, Precision
from resolution03.lib.text import code as as_code
from resolution03.lib.text import fold, match_key

MOST_SUGGESTED = 5
COMPARED = 40
NEAR = 0.5
_SHORT = {"cb": "chi bo", "db": "dang bo", "tdp": "to dan pho", "tt": "thi tran"}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a name. `place`: the names above it, nearest first; `above`: their match
    keys and codes; `born`, `admitted`: of a member."""

    code: str
    name: str
    place: tuple[str, ...] = ()
    above: frozenset[str] = frozenset()
    born: PartialDate | None = None
    admitted: PartialDate | None = None

    def lies_in(self, places: Collection[str]) -> bool:
        """Whether it is one of these organizations, by code, or stands under one of them."""
        return self.code in places or not self.above.isdisjoint(places)


class Register:
    """The entries of one register by the ways in which they are looked up."""

    def __init__(self, entries: Iterable[Entry]):
        self.by_code = {entry.code: entry for entry in entries}

    def add(self, entries: Iterable[Entry]) -> None:
        """More entries, before anything is looked up; those that are known stay."""
        for entry in entries:
            self.by_code.setdefault(entry.code, entry)

    @cached_property
    def by_name(self) -> dict[str, list[Entry]]:
        found = defaultdict(list)
        for entry in self.by_code.values():
            found[match_key(entry.name)].append(entry)
        return found

    def called(self, text: str) -> list[Entry]:
        """The entries with exactly this name; failing that, with this name when the Party's
        abbreviations are spelled out."""
        return self.by_name.get(match_key(text)) or self._by_spelled.get(spelled(text), [])

    def around(self, text: str) -> list[Entry]:
        """What a text may name under which something else stands: as `called`, or its code; failing
        that without "Đảng bộ" or "Chi bộ" before it, then without what sort of place it is."""
        if found := self.called(text):
            return found
        if named := self.by_code.get(as_code(text)):
            return [named]
        return self._by_bare.get(bare(text)) or self._by_barest.get(barest(text), [])

    @cached_property
    def _by_spelled(self) -> dict[str, list[Entry]]:
        return self._by(spelled)

    @cached_property
    def _by_bare(self) -> dict[str, list[Entry]]:
        return self._by(bare)

    @cached_property
    def _by_barest(self) -> dict[str, list[Entry]]:
        return self._by(barest)

    def _by(self, key: Callable[[str], str]) -> dict[str, list[Entry]]:
        found = defaultdict(list)
        for entry in self.by_code.values():
            found[key(entry.name)].append(entry)
        return found

    @cached_property
    def tops(self) -> set[str]:
        """The match keys and codes of whatever stands above an entry."""
        return set().union(*(entry.above for entry in self.by_code.values()))

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {code: fold(entry.name) for code, entry in self.by_code.items()}

    @cached_property
    def _by_word(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for code, name in self._folded.items():
            for word in set(name.split()):
                found[word].append(code)
        return found

    def suggest(self, text: str, most: int = MOST_SUGGESTED, above: str = "") -> list[Entry]:
        """The entries with the nearest names, without regard to marks; nearest first, those
        under `above` before all others."""
        wanted, key = _spelled_out(fold(text)), match_key(above)
        ratios = {
            code: difflib.SequenceMatcher(None, wanted, self._folded[code]).ratio()
            for code in self._sharing_words(wanted, key)
        }
        near = [code for code in ratios if ratios[code] >= NEAR]
        near.sort(key=lambda code: (key not in self.by_code[code].above, -ratios[code], code))
        return [self.by_code[code] for code in near][:most]

    def _sharing_words(self, wanted: str, above: str) -> list[str]:
        """The codes of the entries with the most words in common, rare words weighing more."""
        shared: dict[str, float] = defaultdict(float)
        for word in set(wanted.split()):
            codes = self._by_word.get(word, ())
            for code in codes:
                shared[code] += 1 / len(codes) + (above in self.by_code[code].above)
        return sorted(shared, key=lambda code: shared[code], reverse=True)[:COMPARED]

    def suggest_code(self, text: str, most: int) -> list[Entry]:
        """The entries whose codes differ by one sign, or by two that changed places."""
        codes = {code for short in _shortened(text) for code in self._by_shortened.get(short, ())}
        ratios = {code: difflib.SequenceMatcher(None, text, code).ratio() for code in codes}
        return [self.by_code[code] for code in sorted(codes, key=lambda code: (-ratios[code], code))][:most]

    @cached_property
    def _by_shortened(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for code in self.by_code:
            for short in _shortened(code):
                found[short].append(code)
        return found


def _spelled_out(folded: str) -> str:
    return " ".join(_SHORT.get(word, word) for word in folded.replace(".", " ").split())


def _shortened(code: str) -> set[str]:
    """A code, and what is left of it without any one of its signs."""
    return {code, *(code[:place] + code[place + 1 :] for place in range(len(code)))}


class Directory:
    """The three registers inside a unit, by its code; None for the whole province."""

    def __init__(self, unit: str | None):
        self.unit = unit

    def next_code(self, cell: str) -> str:
        """A code for a new member of a cell that nobody bears; `cell`: its code."""
        taken = self._taken.setdefault(
            cell, set(Member.objects.filter(code__startswith=f"{cell}.DV").values_list("code", flat=True))
        )
        number = 1
        while f"{cell}.DV{number:03}" in taken:
            number += 1
        taken.add(f"{cell}.DV{number:03}")
        return f"{cell}.DV{number:03}"

    @cached_property
    def _taken(self) -> dict[str, set[str]]:
        return {}

    @cached_property
    def path(self) -> str:
        """Under which everything lies; nothing lies under a unit that is not there."""
        if self.unit is None:
            return "/"
        found = Organization.objects.filter(code=self.unit).values_list("path", flat=True).first()
        return found or "none"

    @cached_property
    def organizations(self) -> Register:
        return Register(
            Entry(code, name, *self.above(path.rstrip("/").rpartition("/")[0] + "/"))
            for code, name, path in self._rows
        )

    @cached_property
    def villages(self) -> Register:
        rows = Village.objects.filter(committee__path__startswith=self.path).order_by("code")
        fields = ("code", "name", "committee__path", "cell__path")
        return Register(
            Entry(code, name, self.above(path)[0], self.above(path)[1] | self.above(cell or "")[1])
            for code, name, path, cell in rows.values_list(*fields)
        )

    @cached_property
    def member_codes(self) -> set[str]:
        rows = Member.objects.filter(cell__path__startswith=self.path).order_by()
        return set(rows.values_list("code", flat=True))

    @cached_property
    def members(self) -> Register:
        rows = Member.objects.filter(cell__path__startswith=self.path).order_by("code")
        fields = (
            "code",
            "full_name",
            "cell__path",
            "born_on",
            "born_precision",
            "admitted_on",
            "admitted_precision",
        )
        return Register(
            Entry(code, name, *self.above(path), _day(born, born_as), _day(admitted, admitted_as))
            for code, name, path, born, born_as, admitted, admitted_as in rows.values_list(*fields).iterator()
        )

    @cached_property
    def _rows(self) -> list[tuple[str, str, str]]:
        rows = Organization.objects.filter(path__startswith=self.path).order_by("path")
        return list(rows.values_list("code", "name", "path"))

    @cached_property
    def _by_path(self) -> dict[str, tuple[str, str]]:
        return {path: (code, name) for code, name, path in self._rows}

    @cached_property
    def _known_above(self) -> dict[str, tuple[tuple[str, ...], frozenset[str]]]:
        return {}

    def above(self, path: str) -> tuple[tuple[str, ...], frozenset[str]]:
        """The names inside the scope from `path` upward, and their match keys and codes."""
        if path not in self._known_above:
            chain, upward = [], path
            while upward in self._by_path:
                chain.append(self._by_path[upward])
                upward = upward.rstrip("/").rpartition("/")[0] + "/"
            keys = frozenset(key for code, name in chain for key in (code, match_key(name)))
            self._known_above[path] = (tuple(name for _code, name in chain), keys)
        return self._known_above[path]


def _day(day: date | None, precision: str) -> PartialDate | None:
    return PartialDate(day, Precision(precision)) if day else None
