"""A first proposal for a sheet of no known layout; the user sees and corrects it. Reads nothing but
the columns of kinds that follow a list."""

import re
from collections.abc import Iterable
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

from assessments.workbooks.kinds.declared import WorkbookKind
from assessments.workbooks.kinds.listed import kind_of
from assessments.workbooks.kinds.roles import (
    ABOVE,
    BORN,
    BORN_PARTS,
    HIGHER,
    LEVEL_KEYS,
    SEXES,
)
from assessments.workbooks.layouts.directory import Register
from assessments.workbooks.layouts.header_rows import YEAR, header_row_of, header_rows, score, year_in_titles
from assessments.workbooks.layouts.mapping import Mapping
from assessments.workbooks.layouts.reading import JOINED, headings
from assessments.workbooks.layouts.standing import (
    HIGH,
    LOW,
    LOWEST,
    PLAIN,
    SUPERIOR,
    Place,
    Values,
    code_places,
    names_level,
    ordered,
    places_of,
    spelled_heading,
    values_under,
)
from resolution03.lib.text import clean, fold, match_key
from resolution03.lib.workbooks.kinds import BY_NAME
from resolution03.lib.workbooks.reading import Sheet

_RATED_WORDS = re.compile(r"muc|xep loai|danh gia|ket qua|phan loai|\bkq\b|\bxl\b")
_SELF_RATED = re.compile(r"\btu (danh gia|xep|nhan|phan)|ca nhan (danh gia|xep|nhan)")
_BIRTH = re.compile(r"ngay,? thang,? nam,? sinh|ngay sinh|nam sinh|sinh ngay|^sinh\b(?! hoat)|sinh nam")
_PART_WORDS = ("Ngày", "Tháng", "Năm")
_BIRTH_PARTS = dict(zip(map(match_key, _PART_WORDS), BORN_PARTS, strict=True))
_SEXES = {match_key(word): role for role, word in SEXES.items()}
_OF_SEX = re.compile(r"\b(?:nam|nữ)\b")
_NONE = {match_key(word) for word in ("STT", "TT", "Số TT", "Ghi chú")}


@dataclass(frozen=True, slots=True)
class Guess:
    """A mapping to begin with; `unclear`: the columns of which some may be the row and some what
    stands above it, but nothing says which."""

    mapping: Mapping
    unclear: tuple[int, ...] = ()


def guess(
    sheet: Sheet,
    kinds: Iterable[str],
    kind: str = "",
    row: int = 0,
    rows: int = 0,
    tree: Register | None = None,
) -> Guess:
    """A mapping to begin with; what is given is taken as given. `tree`: the organizations of the
    unit, by which columns of names are told apart."""
    row = row or header_row_of(sheet)
    rows = rows or header_rows(sheet, row)
    found = headings(sheet, row, rows)
    values = values_under(sheet.rows, row + rows - 1)
    titles = year_in_titles(sheet, row)
    tried = {name: _Roles(kind_of(name), found, values, titles, tree) for name in ([kind] if kind else kinds)}
    best = max(tried, key=lambda name: score(name, tried[name].as_named, found))
    return Guess(Mapping(best, row, rows, tried[best].as_named), tuple(tried[best].unclear))


class _Roles:
    """A role for each heading that says one; no role twice. Exact headings come first."""

    def __init__(
        self,
        entry: WorkbookKind,
        found: MappingOf[int, str],
        values: MappingOf[int, Values],
        year: int | None,
        tree: Register | None,
    ):
        self.entry, self.kind = entry, entry.columns()
        self.found, self.values, self.year = found, values, year
        self.roles: dict[int, str] = {}
        self.unclear: list[int] = []
        if entry.is_of_persons:
            self._births()
        self._exact(tree)
        self._levels()
        if self._is_by_code:
            self._codes(tree)
        self._words()
        self._listed()
        self._places(tree)

    @property
    def as_named(self) -> dict[int, str]:
        """Where no column holds the code, the name stands for it."""
        given = {role.removesuffix(BY_NAME) for role in self.roles.values()}
        if self.kind.code_key != "code" or "code" in given:
            return self.roles
        named = self.kind.name_key
        return {index: "code" + BY_NAME if role == named else role for index, role in self.roles.items()}

    def _births(self) -> None:
        """The birth, whole or in columns of its own for its parts or for the sexes."""
        for index, heading in self._open:
            last = match_key(heading.rpartition(JOINED)[2])
            is_birth = _BIRTH.search(fold(heading))
            if last in _SEXES:
                self._give(index, _SEXES[last])
            elif is_birth and len(sexes := _OF_SEX.findall(clean(heading).lower())) == 1:
                self._give(index, _SEXES[match_key(sexes[0])])
            elif is_birth and JOINED in heading and last in _BIRTH_PARTS:
                self._give(index, _BIRTH_PARTS[last])
            elif is_birth:
                self._give(index, BORN)

    def _exact(self, tree: Register | None) -> None:
        later = {self._row} | (LEVEL_KEYS if self.entry.subjects else set())
        for index, heading in self._open:
            column = self.kind.by_heading.get(match_key(heading.rpartition(JOINED)[2]))
            if column is None or column.key in later:
                continue
            if not (column.key == "code" and self._holds_codes_above(index, tree)):
                self._give(index, column.key)

    def _levels(self) -> None:
        """The decided level is the last that the sheet gives: what is proposed stands before it."""
        if not self.entry.subjects:
            return
        key = "decided" if "decided" in self.kind.by_key else "level"
        rated = [(index, heading) for index, heading in self._open if self._is_level(index, heading)]
        for index, heading in rated:
            if _SELF_RATED.search(fold(heading)) and "self_rated" in self.kind.by_key:
                self._give(index, "self_rated")
        others = self._of_year([pair for pair in rated if pair[0] not in self.roles])
        for index, _heading in sorted(others, key=lambda pair: self._is_exact(pair[1], key)):
            self.roles = {place: role for place, role in self.roles.items() if role != key}
            self._give(index, key)

    def _is_exact(self, heading: str, key: str) -> bool:
        column = self.kind.by_heading.get(match_key(heading.rpartition(JOINED)[2]))
        return column is not None and column.key == key

    def _is_level(self, index: int, heading: str) -> bool:
        values = self.values.get(index, Values())
        if values.are_names or values.are_numbers or re.search(r"ly do", fold(heading)):
            return False
        if JOINED in heading and names_level(heading.rpartition(JOINED)[2]):
            return False
        return _RATED_WORDS.search(fold(heading)) is not None

    def _of_year(self, rated: list[tuple[int, str]]) -> list[tuple[int, str]]:
        """Without the levels of earlier years, where headings name years."""
        years = {index: max(map(int, YEAR.findall(heading)), default=None) for index, heading in rated}
        wanted = self.year or max(filter(None, years.values()), default=None)
        return [(index, heading) for index, heading in rated if years[index] in (None, wanted)]

    def _words(self) -> None:
        for pattern, role in self.entry.mapped.words:
            for index, heading in self._open:
                is_so = re.search(pattern, spelled_heading(heading))
                if is_so and not self.values.get(index, Values()).are_names:
                    self._give(index, role)
                    break

    def _listed(self) -> None:
        """A column that follows a list: all words of its name, or of its short one, are said; a column of
        texts counts nothing."""
        names = [
            (_words_of(name), column.key)
            for column in self.entry.listed(self.kind)
            for name in (column.heading, *column.aliases)
        ]
        for wanted, key in sorted(names, key=lambda pair: -len(pair[0])):
            for index, heading in self._open:
                are_texts = self.values.get(index, Values()).are_texts
                if len(wanted) > 1 and wanted <= _words_of(heading) and not are_texts:
                    self._give(index, key)
                    break

    def _codes(self, tree: Register | None) -> None:
        """The row's own code is the lowest that the sheet gives; a superior's is none."""
        places = code_places(dict(self._open), self.values, tree)
        order = ordered(places) if len(places) > 1 else places
        if order is None:
            self.unclear += [place.index for place in places]
            return
        above = "parent" if "parent" in self.kind.by_key else ABOVE
        roles = (above,) if order and self._is_code_above(order[0], tree) else ("code", "parent")
        for place, role in zip(order, roles, strict=False):
            if role in (above, *self.kind.by_key):
                self._give(place.index, role)

    def _holds_codes_above(self, index: int, tree: Register | None) -> bool:
        """Whether a column that is headed as the row's own code holds the superiors' codes."""
        if not self._is_by_code:
            return False
        codes = self.values.get(index, Values()).named_by_code(tree)
        return self._is_code_above(Place(index, PLAIN, codes), tree)

    def _is_code_above(self, code: Place, tree: Register | None) -> bool:
        """Whether the lowest code is a committee's where the names are those of cells."""
        if code.said == SUPERIOR:
            return True
        others = {index: heading for index, heading in self._open if index != code.index}
        heights = [place.height for place in places_of(others, self.values, tree)]
        return code.height == HIGH and any(height in (LOWEST, LOW) for height in heights)

    def _places(self, tree: Register | None) -> None:
        """The row and what stands above it; nothing where it is not clear which is which."""
        places = places_of(dict(self._open), self.values, tree)
        order = ordered(places, tree)
        if order is None:
            self.unclear += [place.index for place in places]
            return
        place = self.entry.mapped.place
        uppers = iter((*([place + BY_NAME] if place else []), ABOVE, HIGHER))
        if self.entry.fills == "villages":
            order = self._without_cell(order)
        if order and self._row and _may_be_row(order[0], self.entry):
            self._give(order.pop(0).index, self._row)
        if order and place == "cell" and not _may_be_cell(order[0]):
            next(uppers)
        for column, role in zip(order, uppers, strict=False):
            if _may_be_above(column):
                self._give(column.index, role)

    def _without_cell(self, order: list[Place]) -> list[Place]:
        """In a list of villages, a column of cells is the village's cell."""
        cells = [place for place in order if LOW in (place.said, place.values.height)]
        for place in cells[:1]:
            self._give(place.index, "cell" + BY_NAME)
        return [place for place in order if place not in cells]

    @property
    def _is_by_code(self) -> bool:
        """Whether the codes of superiors may stand beside the row's own."""
        return self.entry.register == "organizations"

    @property
    def _row(self) -> str:
        """The role of the row itself, where that is an organization or a village."""
        if self.entry.register == "members":
            return ""
        return "name" if "name" in self.kind.by_key else self.entry.code + BY_NAME

    @property
    def _open(self) -> list[tuple[int, str]]:
        """The columns without a role."""
        return [
            (index, heading)
            for index, heading in self.found.items()
            if index not in self.roles and match_key(heading) not in _NONE
        ]

    def _give(self, index: int, role: str) -> None:
        taken = {value.removesuffix(BY_NAME) for value in self.roles.values()}
        if role.removesuffix(BY_NAME) not in taken:
            self.roles[index] = role


def _words_of(heading: str) -> set[str]:
    return set(re.findall(r"\w+", spelled_heading(heading)))


def _may_be_row(place: Place, kind: WorkbookKind) -> bool:
    """A superior is never the row, and neither a cell nor a committee is a village."""
    if kind.register == "villages":
        return place.said not in (LOW, HIGH, SUPERIOR) and place.values.height in (LOWEST, None)
    return place.said != SUPERIOR


def _may_be_cell(place: Place) -> bool:
    """Members live in a cell: a committee is never proposed as one."""
    if place.values.height is not None:
        return place.values.height <= LOW
    return place.names_cell or place.said is None or place.said < HIGH


def _may_be_above(place: Place) -> bool:
    """Whether it is likely enough that a column names organizations to ask about its texts."""
    return place.are_names or place.said in (LOW, HIGH, SUPERIOR)
