"""To what a row of a mapped sheet belongs, as columns, group rows and titles say.

Each of them is a claim: a set of organizations in one of which the record must lie. A name that is
the only one of its kind in the unit still has to lie where the sheet says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from assessments.workbooks.kinds.declared import WorkbookKind
from assessments.workbooks.kinds.roles import ABOVE, GROUPS, HIGHER, TITLES
from assessments.workbooks.layouts.directory import Directory, Entry, Register
from assessments.workbooks.layouts.spelling import CELL, chain, is_of_party, named_in, rank
from resolution03.lib.text import match_key
from resolution03.lib.workbooks.table import Row

Names = tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Place:
    """What one part of the sheet says. `text`: the lowest name, as written; `outer`: the names
    around it, joined; `codes`: what it may mean, none where nothing is so called; `answer`: what the
    user said of such a text."""

    text: str
    outer: str = ""
    codes: frozenset[str] = frozenset()
    answer: str | None = None


@dataclass
class Places:
    """The places of the rows of one table. `register`: of what its rows are; `answers`: what the
    user said a text means, by `answer_key`."""

    directory: Directory
    register: Register
    kind: WorkbookKind
    answers: Mapping[str, str]
    _known: dict = field(default_factory=dict)
    _said: dict = field(default_factory=dict)

    def of(self, row: Row) -> list[Place]:
        """What must hold of the record of a row; a title counts where nothing nearer does."""
        said = (row.text(ABOVE), row.text(HIGHER), row.texts(GROUPS), row.texts(TITLES))
        if said not in self._said:
            self._said[said] = self._of(*said)
        return self._said[said]

    def _of(self, above: str | None, higher: str | None, groups: Names, titles: Names) -> list[Place]:
        column = (*self._chain(above), *self._chain(higher))
        groups = tuple(name for text in groups or () for name in self._chain(text))
        nearer = [place for place in (self._column(column, groups), self._group(groups)) if place]
        titles = titles or ()
        return [self._within_titles(place, titles) for place in nearer] or self._titles(titles)

    def meant_by(self, names: tuple[str, ...]) -> frozenset[str]:
        """The organizations that the first of some names may mean, the others standing around it."""
        return self._place(names).codes

    def _chain(self, text: object) -> tuple[str, ...]:
        """The names in one text; one where it is a name as a whole."""
        if not text:
            return ()
        return (str(text),) if self.directory.organizations.called(str(text)) else chain(str(text))

    def _column(self, names: tuple[str, ...], groups: tuple[str, ...]) -> Place | None:
        if not names:
            return None
        outer = tuple(name for name in groups if self._is_place(name) and _rank(name) < _rank(names[0]))
        return self._place((*names, *outer))

    def _group(self, names: tuple[str, ...]) -> Place | None:
        """The nearest group that names a place; of any other nothing is known."""
        places = [name for name in names if self._is_place(name)]
        return self._place(tuple(places)) if places else None

    def _is_place(self, name: str) -> bool:
        """Whether a group's text names that under which the table's rows may stand."""
        if self._is_above(name):
            return True
        stand_under_cells = self.kind.names_persons or self.kind.register == "villages"
        return is_of_party(name) and (stand_under_cells or rank(name) != CELL)

    def _is_above(self, name: str) -> bool:
        return any(map(self._holds, self.directory.organizations.around(name)))

    def _holds(self, entry: Entry) -> bool:
        """Whether the table's rows may stand under it: members under any organization, organizations
        under what is above some."""
        return self.register is not self.directory.organizations or entry.code in self.register.tops

    def _titles(self, titles: tuple[str, ...]) -> list[Place]:
        found = self._known.get(titles)
        if found is None:
            names = [name for text in titles for name in named_in(text)]
            places = [Place(name, codes=self._called(name)) for name in names]
            places = list({place.codes: place for place in reversed(places) if place.codes}.values())[::-1]
            found = self._known[titles] = [
                replace(place, codes=self._inside(place.codes, places)) for place in places
            ]
        return found

    def _within_titles(self, place: Place, titles: tuple[str, ...]) -> Place:
        return replace(place, codes=self._inside(place.codes, self._titles(titles)))

    def _inside(self, codes: frozenset[str], places: Iterable[Place]) -> frozenset[str]:
        """Those of `codes` that lie in the places too; all where none does."""
        for place in places:
            codes = self._lying_in(codes, place.codes) or codes
        return codes

    def _called(self, text: str) -> frozenset[str]:
        """What a title names with its full name, or by the sort and name of its place."""
        register = self.directory.organizations
        entries = register.called(text) if rank(text) is None else register.around(text)
        return frozenset(entry.code for entry in entries if self._holds(entry))

    def _place(self, names: tuple[str, ...]) -> Place:
        """What the first name may mean where each further one names what is around it."""
        if names not in self._known:
            outer = " · ".join(names[1:])
            answer = self.answers.get(answer_key(names[0], outer))
            codes = frozenset([answer]) if answer in self.directory.organizations.by_code else None
            self._known[names] = Place(names[0], outer, codes or self._meant(names), answer)
        return self._known[names]

    def _meant(self, names: tuple[str, ...]) -> frozenset[str]:
        entries = self.directory.organizations.around(names[0])
        codes = frozenset(entry.code for entry in entries if self._holds(entry))
        for place in range(1, len(names)):
            codes = self._lying_in(codes, self._place(names[place:]).codes)
        return codes

    def _lying_in(self, codes: frozenset[str], places: frozenset[str]) -> frozenset[str]:
        by_code = self.directory.organizations.by_code
        return frozenset(code for code in codes if by_code[code].lies_in(places))


def answer_key(text: str, above: str) -> str:
    """Under which an answer is kept: once for all rows with this text in this place."""
    return f"{match_key(text)}|{match_key(above)}"


def _rank(name: str) -> int:
    found = rank(name)
    return CELL if found is None else found
