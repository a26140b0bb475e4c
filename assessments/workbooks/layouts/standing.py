"""Which of a sheet's columns of names is the row itself, and which names what stands above it.

A superior is never proposed as the row, nor the row as its superior. Headings say something and so
do the values: where they contradict each other, or say nothing, nothing is proposed. Pure.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, permutations

from assessments.workbooks.layouts.directory import Register
from assessments.workbooks.layouts.spelling import CELL, rank, words
from resolution03.lib.text import clean, code, fold, match_key

LOOKED_AT = 200
MOST_OF, SOME_OF = 0.6, 0.2
LOWEST, LOW, PLAIN, BODY, HIGH, SUPERIOR = range(6)
"""How high a heading says that its column stands; PLAIN and BODY do not say ("Tên tổ chức đảng",
"Đơn vị")."""

_ABBREVIATED = (
    (r"\btccs\s*d(ang)?\b", "to chuc co so dang"),
    (r"\btcd\b|\btc dang\b", "to chuc dang"),
    (r"\bdbcs\b", "dang bo co so"),
    (r"\bcbcs\b", "chi bo co so"),
    (r"\bducs\b", "dang uy co so"),
    (r"\bdb\b", "dang bo"),
    (r"\bcb\b", "chi bo"),
    (r"\bdu\b", "dang uy"),
    (r"\btdp\b", "to dan pho"),
    (r"\bd\.b\b", "dang bo"),
    (r"\bc\.b\b", "chi bo"),
)
_ROW_NOUN = r"(?:(?:ten|cac|danh sach)\s+)*(?:chi bo|to chuc dang|to chuc|don vi|chi,? dang bo|thon|lang)"
_SUPERIOR = re.compile(
    r"\bcap tren\b|\bchu quan\b|^\W*(?:noi\s+|ten\s+)?(?:truc )?thuoc\b|\bquan ly\b|"
    r"^(?:huyen|thanh pho|thi xa)\b|\b(?:tinh|huyen|thanh|thi) uy\b|"
    r"\bdang bo (?:tinh|huyen|thanh pho|thi xa)\b"
)
_BELONGS = re.compile(rf"^{_ROW_NOUN}\b.*\bthuoc\b")
_VILLAGE = re.compile(r"\b(?:thon|lang|to dan pho|khu pho|buon)\b")
_COMMUNE = re.compile(r"\b(?:xa|phuong|thi tran)\b")
_COMMITTEE = re.compile(r"\bdang bo\b|\bdang uy\b|\bto chuc co so dang\b")
_CELL = re.compile(r"\bchi bo\b")
_EITHER = re.compile(r"\bchi,? (?:va |hoac )?dang bo\b")
_PLAIN = re.compile(r"\bto chuc\b|^ten\b")
_BODY = re.compile(r"\bdon vi\b|\bco quan\b|\bnoi (?:sinh hoat|cong tac)\b|\bsinh hoat\b|\bdia ban\b")
_OTHER = re.compile(
    r"\bchuc vu\b|\bbi thu\b|\bso luong\b|\btong so\b|\bngay\b|\bquyet dinh\b|\bghi chu\b|\bly do\b|"
    r"danh gia|xep loai|phan loai|\bmuc\b|ket qua|\bde nghi\b|dia chi|dien thoai|\bma\b|^so\b|hinh thuc|"
    r"loai hinh|^loai\b|^cap(?: to chuc)?$|ho.* ten|\bdang vien\b"
)
_NUMERAL = re.compile(r"\s*[(]?(?:\d+|[IVXLC]+|[A-ZĐa-z])[.)]*\s*")
_FORMS = {
    match_key(word)
    for word in (
        "Chi bộ",
        "Đảng bộ",
        "Đảng bộ bộ phận",
        "Chi bộ cơ sở",
        "Đảng bộ cơ sở",
        "CB",
        "ĐB",
        "CBCS",
        "ĐBCS",
        "Thôn",
        "Làng",
        "Tổ dân phố",
        "Xã",
        "Phường",
        "Thị trấn",
    )
}
_LEVEL = re.compile(
    r"^(?:[kđ]?ht\w*|hoàn thành|không hoàn thành|đủ tư cách|vi phạm|trong sạch|tsvm\w*|xuất sắc|tốt|khá|"
    r"trung bình|yếu|yk|loại|chưa xếp|không xếp|[a-d]$|\d$)"
)

_LEVEL_NAME = re.compile(
    r"^(?:hoàn thành|không hoàn thành|đủ tư cách|vi phạm|trong sạch|k?ht(?:xs|t)?nv\b|tsvm|yếu kém|xuất sắc)"
)
_CODE = re.compile(r"^ma\b(?: so)?\s*|\bma so\b\s*")
_NEVER = re.compile(r"\bcu tru\b|\bten (?:goi|khac)\b|\bbi danh\b|\bque quan\b|\bdan toc\b|\bton giao\b")
"""Headings of columns that name an organization or a name, but not the row's own."""


@dataclass(frozen=True)
class Values:
    """The first texts under the heading of one column, row by row; `numbers`: how many cells of it
    hold a number."""

    texts: dict[int, str] = field(default_factory=dict)
    numbers: int = 0

    @property
    def are_names(self) -> bool:
        """Most begin like the name of an organization or its place, and go on."""
        return self._share(lambda text: rank(text) is not None and match_key(text) not in _FORMS) >= MOST_OF

    def are_known(self, tree: Register) -> bool:
        """Most name what the unit knows, if only in part ("Măng Ri")."""
        return self._share(lambda text: bool(tree.around(text))) >= MOST_OF

    def named_by_code(self, tree: Register | None) -> "Values":
        """The names of what the texts are the codes of; the texts where nothing is known."""
        known = tree.by_code if tree else {}
        names = {row: known[code(text)].name for row, text in self.texts.items() if code(text) in known}
        return Values(names) if names else self

    @property
    def are_forms(self) -> bool:
        return self._share(lambda text: match_key(text) in _FORMS) >= MOST_OF

    @property
    def are_levels(self) -> bool:
        return self._share(lambda text: _LEVEL.match(clean(text).lower()) is not None) >= MOST_OF

    @property
    def are_numbers(self) -> bool:
        return self.numbers > len(self.texts)

    @property
    def are_texts(self) -> bool:
        return self.numbers < len(self.texts)

    @property
    def is_empty(self) -> bool:
        return not self.texts and not self.numbers

    @property
    def height(self) -> int | None:
        """LOWEST of villages, LOW of cells, HIGH of committees; None where the texts are mixed."""
        if not self.are_names:
            return None
        for height, test in (
            (LOW, lambda text: words(text).startswith("chi bộ")),
            (LOWEST, lambda text: rank(text) == CELL and not words(text).startswith("chi bộ")),
            (HIGH, lambda text: rank(text) not in (CELL, None)),
        ):
            if self._share(test) >= MOST_OF:
                return height
        return None

    @property
    def are_different(self) -> bool:
        """Each row has a text of its own."""
        return len(set(map(match_key, self.texts.values()))) == len(self.texts)

    def _share(self, test) -> float:
        return sum(map(bool, map(test, self.texts.values()))) / max(1, len(self.texts) + self.numbers)


@dataclass(frozen=True)
class Place:
    """A column that names organizations or villages."""

    index: int
    said: int | None
    values: Values
    names_cell: bool = False
    are_names: bool = True

    @property
    def height(self) -> int | None:
        """What its values say, else its heading."""
        return self.said if self.values.height is None else self.values.height


def names_level(heading: str) -> bool:
    """Whether a heading is a level itself: marks or counts stand under it."""
    return _LEVEL_NAME.match(clean(heading).lower()) is not None


def spelled_heading(heading: str) -> str:
    """A heading without marks, in small letters, its abbreviations spelled out."""
    found = fold(heading)
    for short, full in _ABBREVIATED:
        found = re.sub(short, full, found)
    return found


def said_height(heading: str) -> int | None:
    """How high a heading says that its column stands; None where it is about something else."""
    found = spelled_heading(heading)
    if _BELONGS.search(found):
        if _BODY.search(found):
            return BODY
        return LOWEST if _VILLAGE.search(found) else LOW if _CELL.search(found) else PLAIN
    if _SUPERIOR.search(found):
        return SUPERIOR
    if _VILLAGE.search(found):
        return LOWEST
    if _CELL.search(found):
        return PLAIN if _COMMITTEE.search(found) else LOW
    if _EITHER.search(found):
        return PLAIN
    if _COMMITTEE.search(found) or _COMMUNE.search(found):
        return HIGH
    if _BODY.search(found) and "to chuc" not in found:
        return BODY
    return PLAIN if _PLAIN.search(found) else None


def is_about_else(heading: str) -> bool:
    """Whether a heading is about levels, dates, posts, numbers: then only its values tell a place."""
    return _OTHER.search(spelled_heading(heading)) is not None


def places_of(found: Mapping[int, str], columns: Mapping[int, Values], tree: Register | None) -> list[Place]:
    """The columns of names of organizations or villages, as headings and values say."""
    places = []
    for index, heading in found.items():
        values = columns.get(index, Values())
        said = said_height(heading)
        is_other = _NEVER.search(spelled_heading(heading))
        if is_other or values.are_levels or values.are_numbers or values.are_forms:
            continue
        are_names = values.are_names or (tree is not None and said is not None and values.are_known(tree))
        if are_names or (said is not None and not is_about_else(heading)):
            names_cell = _CELL.search(spelled_heading(heading)) is not None
            places.append(Place(index, said, values, names_cell, are_names))
    return places


def code_places(
    found: Mapping[int, str], columns: Mapping[int, Values], tree: Register | None
) -> list[Place]:
    """The columns of codes of organizations, as high as what the unit knows by these codes."""
    places = []
    for index, heading in found.items():
        words_of = spelled_heading(heading)
        if _CODE.search(words_of) and not _NEVER.search(words_of):
            values = columns.get(index, Values()).named_by_code(tree)
            places.append(Place(index, said_height(_CODE.sub("", words_of)) or PLAIN, values))
    return places


def ordered(places: Sequence[Place], tree: Register | None = None) -> list[Place] | None:
    """Columns from the lowest to the highest; None where headings and values do not say it, or
    contradict each other."""
    found = [
        order
        for order in islice(permutations(places), 24)
        if all(_stands_under(*pair, tree) for pair in zip(order, order[1:], strict=False))
    ]
    return list(found[0]) if len(found) == 1 else None


def _stands_under(lower: Place, upper: Place, tree: Register | None) -> bool:
    """Whether all that is said agrees that one column stands under another, and something says it."""
    told = [_by_tree(lower, upper, tree), _by_values(lower, upper)]
    content = next((one for one in told if one is not None), None)
    heading = _by_headings(lower, upper)
    return True in (content, heading) and False not in (content, heading)


def _by_headings(lower: Place, upper: Place) -> bool | None:
    if lower.said is None or upper.said is None:
        return None
    said = {lower.said, upper.said}
    return None if len(said) == 1 or said == {BODY, HIGH} else lower.said < upper.said


def _by_values(lower: Place, upper: Place) -> bool | None:
    """By what they name; of two columns of committees, whose names do not recur, by which is
    different in each row."""
    heights = below, above = lower.values.height, upper.values.height
    if below is not None and above is not None and below != above:
        return below < above
    if heights != (HIGH, HIGH) or min(len(lower.values.texts), len(upper.values.texts)) < 3:
        return None
    if lower.values.are_different == upper.values.are_different:
        return None
    return lower.values.are_different


def _by_tree(lower: Place, upper: Place, tree: Register | None) -> bool | None:
    """By where the named organizations stand."""
    if tree is None:
        return None
    rows = list(islice(lower.values.texts.keys() & upper.values.texts.keys(), 50))
    pairs = [(lower.values.texts[row], upper.values.texts[row]) for row in rows]
    up = sum(_lies_in(one, other, tree) for one, other in pairs)
    down = sum(_lies_in(other, one, tree) for one, other in pairs)
    return None if up == down or min(up, down) > SOME_OF * len(pairs) else up > down


def _lies_in(text: str, above: str, tree: Register) -> bool:
    places = {entry.code for entry in tree.around(above)}
    return any(not entry.above.isdisjoint(places) for entry in tree.around(text))


def _is_data(cells: list) -> bool:
    """Whether a row holds more than a numeral and one text, as groups and titles do."""
    filled = [cell for cell in cells if cell is not None]
    numerals = sum(type(cell) in (int, float) or _NUMERAL.fullmatch(str(cell)) is not None for cell in filled)
    return numerals > 1 or len(filled) - numerals > 1


def values_under(rows: Iterable[tuple[int, list]], below: int) -> dict[int, Values]:
    """The values of all columns under a header's last row; rows of one text (groups) say nothing."""
    texts: dict[int, dict[int, str]] = {}
    numbers: dict[int, int] = {}
    for number, cells in islice((pair for pair in rows if pair[0] > below), LOOKED_AT):
        if not _is_data(cells):
            continue
        for index, cell in enumerate(cells):
            if type(cell) is str and cell.strip():
                texts.setdefault(index, {})[number] = cell
            elif type(cell) in (int, float):
                numbers[index] = numbers.get(index, 0) + 1
    return {
        index: Values(texts.get(index, {}), numbers.get(index, 0)) for index in texts.keys() | numbers.keys()
    }
