"""A first proposal for a sheet of no known layout; the user sees and corrects it. Pure."""

import re
from collections.abc import Iterable
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

from assessments.workbooks.layouts.directory import Register
from assessments.workbooks.layouts.mapping import (
    ABOVE,
    BORN,
    BORN_PARTS,
    BY_NAME,
    HIGHER,
    KINDS_BY_NAME,
    LEVEL_KEYS,
    RATED,
    SEXES,
    Mapping,
    name_key,
)
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
from resolution03.lib.workbooks.headings import HEADER_WITHIN, is_numbering
from resolution03.lib.workbooks.kinds import Kind
from resolution03.lib.workbooks.reading import Cell, Sheet

_WORDS = {
    "members": (
        (r"ma (so )?dang vien|ma dv", "code"),
        (r"ho.* ten|^ten dang vien", "full_name"),
        (r"gioi tinh|^nam / nu|^nu$", "sex"),
        (r"ngoai tinh", "admitted_outside"),
        (r"ket nap|vao dang", "admitted_on"),
        (r"chinh thuc", "official_on"),
        (r"chuyen den", "arrived_on"),
        (r"ma chi bo", "cell"),
        (r"mien sinh hoat", "is_exempt"),
        (r"ra khoi", "left_on"),
        (r"ly do", "leaving_reason"),
    ),
    "village_heads": (
        (r"ma thon", "village"),
        (r"ho.* ten|thon truong|to truong|truong thon", "full_name"),
        (r"ma dang vien", "member"),
        (r"la dang vien|dang vien", "is_member"),
        (r"bi thu", "is_secretary"),
        (r"tu ngay|ngay bat dau|bau ngay|ngay bau", "starts_on"),
        (r"den ngay|ngay thoi|ket thuc", "ends_on"),
    ),
    "villages": (
        (r"ma thon", "code"),
        (r"ma dang bo", "committee"),
        (r"ma chi bo", "cell"),
        (r"^loai", "kind"),
        (r"thanh lap|tu ngay", "starts_on"),
        (r"den ngay|sap nhap", "ends_on"),
    ),
    "organizations": (
        (r"hinh thuc", "form"),
        (r"^cap(?! tren)", "level"),
        (r"loai hinh", "type_label"),
        (r"thanh lap", "established_on"),
        (r"giai the", "dissolved_on"),
        (r"quyet dinh", "decision"),
    ),
    "organization_ratings": (
        (r"^nam$", "year"),
        (r"ly do", "reason"),
    ),
    "member_ratings": (
        (r"^nam$", "year"),
        (r"ma (so )?dang vien|ma dv", "code"),
        (r"ly do", "reason"),
        (r"ho.* ten|^ten\b(?!.*(chi bo|dang bo|to chuc|don vi))|^dang vien$", "name"),
    ),
    "reported_totals": (
        (r"^nam$", "year"),
        (r"doi tuong", "subject"),
        (r"so luong", "count"),
        (r"tong", "total"),
    ),
}
"""What headings say of columns that name no organization and no village, and hold no level."""
_ROW = {
    "organizations": "name",
    "villages": "name",
    "village_heads": "village" + BY_NAME,
    "organization_ratings": "name",
    "reported_totals": "code" + BY_NAME,
}
"""The role of the row itself, where that is an organization or a village."""
_UPPER = {
    "organizations": ("parent" + BY_NAME, ABOVE),
    "villages": ("committee" + BY_NAME, ABOVE),
    "members": ("cell" + BY_NAME, ABOVE),
}
"""The roles of what stands above the row, the nearest first."""
_RATED_WORDS = re.compile(r"muc|xep loai|danh gia|ket qua|phan loai|\bkq\b|\bxl\b")
_SELF_RATED = re.compile(r"\btu (danh gia|xep|nhan|phan)|ca nhan (danh gia|xep|nhan)")
_BIRTH = re.compile(r"ngay,? thang,? nam,? sinh|ngay sinh|nam sinh|sinh ngay|^sinh\b(?! hoat)|sinh nam")
_PART_WORDS = ("Ngày", "Tháng", "Năm")
_BIRTH_PARTS = dict(zip(map(match_key, _PART_WORDS), BORN_PARTS, strict=True))
_SEXES = {match_key(word): role for role, word in SEXES.items()}
_OF_SEX = re.compile(r"\b(?:nam|nữ)\b")
_OF_BIRTHS = {"members", "member_ratings"}
_BY_CODE = {"organizations", "organization_ratings", "reported_totals"}
_OF_LEVELS = {"organization_ratings", "member_ratings", "reported_totals"}
_OF_PERSONS = {"members", "member_ratings", "village_heads"}
_NONE = {match_key(word) for word in ("STT", "TT", "Số TT", "Ghi chú")}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


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
    rows = rows or _header_rows(sheet, row)
    found = headings(sheet, row, rows)
    values = values_under(sheet.rows, row + rows - 1)
    titles = year_in_titles(sheet, row)
    tried = {
        name: _Roles(KINDS_BY_NAME[name], found, values, titles, tree) for name in ([kind] if kind else kinds)
    }
    best = max(tried, key=lambda name: _score(name, tried[name].as_named, found))
    return Guess(Mapping(best, row, rows, tried[best].as_named), tuple(tried[best].unclear))


class _Roles:
    """A role for each heading that says one; no role twice. Exact headings come first."""

    def __init__(
        self,
        kind: Kind,
        found: MappingOf[int, str],
        values: MappingOf[int, Values],
        year: int | None,
        tree: Register | None,
    ):
        self.kind, self.found, self.values, self.year = kind, found, values, year
        self.roles: dict[int, str] = {}
        self.unclear: list[int] = []
        if kind.name in _OF_BIRTHS:
            self._births()
        self._exact(tree)
        self._levels()
        if kind.name in _BY_CODE:
            self._codes(tree)
        self._words()
        self._places(tree)

    @property
    def as_named(self) -> dict[int, str]:
        """Where no column holds the code, the name stands for it."""
        given = {role.removesuffix(BY_NAME) for role in self.roles.values()}
        if self.kind.code_key != "code" or "code" in given:
            return self.roles
        named = name_key(self.kind)
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
        later = {_ROW.get(self.kind.name)} | (LEVEL_KEYS if self.kind.name in _OF_LEVELS else set())
        for index, heading in self._open:
            column = self.kind.by_heading.get(match_key(heading.rpartition(JOINED)[2]))
            is_said = column and column.key not in later
            if is_said and not (column.key == "code" and self._holds_codes_above(index, tree)):
                self._give(index, column.key)

    def _levels(self) -> None:
        """The decided level is the last that the sheet gives: what is proposed stands before it."""
        if self.kind.name not in _OF_LEVELS:
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
        years = {index: max(map(int, _YEAR.findall(heading)), default=None) for index, heading in rated}
        wanted = self.year or max(filter(None, years.values()), default=None)
        return [(index, heading) for index, heading in rated if years[index] in (None, wanted)]

    def _words(self) -> None:
        for pattern, role in _WORDS[self.kind.name]:
            for index, heading in self._open:
                is_so = re.search(pattern, spelled_heading(heading))
                if is_so and not self.values.get(index, Values()).are_names:
                    self._give(index, role)
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
        if self.kind.name not in _BY_CODE:
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
        uppers = iter((*_UPPER.get(self.kind.name, (ABOVE,)), HIGHER))
        if self.kind.name == "villages":
            order = self._without_cell(order)
        if order and self.kind.name in _ROW and _may_be_row(order[0], self.kind.name):
            self._give(order.pop(0).index, _ROW[self.kind.name])
        if order and self.kind.name == "members" and not _may_be_cell(order[0]):
            next(uppers)
        for place, role in zip(order, uppers, strict=False):
            if _may_be_above(place):
                self._give(place.index, role)

    def _without_cell(self, order: list[Place]) -> list[Place]:
        """In a list of villages, a column of cells is the village's cell."""
        cells = [place for place in order if LOW in (place.said, place.values.height)]
        for place in cells[:1]:
            self._give(place.index, "cell" + BY_NAME)
        return [place for place in order if place not in cells]

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


def _may_be_row(place: Place, kind: str) -> bool:
    """A superior is never the row, and neither a cell nor a committee is a village."""
    if kind in ("villages", "village_heads"):
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


def year_in_titles(sheet: Sheet, header_row: int) -> int | None:
    """The one year that the titles above the header name, or None."""
    titles = [cells for number, cells in sheet.rows if number < header_row]
    texts = [cell for cells in titles for cell in cells if type(cell) is str]
    years = {int(year) for text in texts for year in _YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


def _score(name: str, roles: dict[int, str], found: MappingOf[int, str]) -> int:
    """How well a kind fits: what is recognized, less twice what it would lack; a column of full
    names speaks for a list of persons, and a list of ratings has a column of levels."""
    mapping = Mapping(name, 1, 1, roles)
    lacks = len([column for column in mapping.missing if column.key != "year"])
    lacks += name in RATED and not mapping.keys & LEVEL_KEYS
    about_persons = any(re.search(r"\bho\b.* ten", fold(heading)) for heading in found.values())
    return len(roles) - 2 * lacks + (about_persons == (name in _OF_PERSONS))


def header_row_of(sheet: Sheet) -> int:
    """The early row with the most different texts; the first such."""
    best = (0, sheet.rows[0][0] if sheet.rows else 1)
    for number, cells in sheet.rows:
        if number > HEADER_WITHIN:
            break
        texts = {cell for cell in cells if type(cell) is str and not cell[:1].isdigit()}
        if len(texts) > best[0] and not is_numbering(cells):
            best = (len(texts), number)
    return best[1]


def _header_rows(sheet: Sheet, row: int) -> int:
    """Two where a cell is merged over both rows, or a caption stands over several columns; merged or
    not, "Nam" and "Nữ" below a birth are headings."""
    below = next((cells for number, cells in sheet.rows if number == row + 1), [])
    if not _is_words(below):
        return 1
    spans = any(top == row and (bottom > row or right > left) for top, left, bottom, right in sheet.merged)
    sexes = {match_key(cell) for cell in below if type(cell) is str} >= _SEXES.keys()
    return 2 if spans or sexes else 1


def _is_words(cells: list[Cell]) -> bool:
    filled = [cell for cell in cells if cell is not None]
    return bool(filled) and all(type(cell) is str for cell in filled) and not is_numbering(cells)
