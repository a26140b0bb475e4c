"""A first proposal for a sheet of no known layout; the user sees and corrects it. Pure."""

import re
from collections.abc import Iterable
from collections.abc import Mapping as MappingOf

from assessments.layouts.mapping import (
    ABOVE,
    BY_NAME,
    KINDS_BY_NAME,
    LEVEL_KEYS,
    SEXES,
    Mapping,
    name_key,
)
from assessments.layouts.reading import JOINED, headings
from resolution03.lib.text import fold, match_key
from resolution03.lib.workbooks.headings import HEADER_WITHIN, is_numbering
from resolution03.lib.workbooks.kinds import Kind
from resolution03.lib.workbooks.reading import Cell, Sheet

_WORDS = {
    "members": (
        (r"so the|ma (so )?dang vien|ma dv", "code"),
        (r"ho.* ten|^ten dang vien", "full_name"),
        (r"ngay sinh|nam sinh|sinh ngay|^sinh", "born_on"),
        (r"gioi tinh|^nam / nu|^nu$", "sex"),
        (r"ngoai tinh", "admitted_outside"),
        (r"ket nap|vao dang", "admitted_on"),
        (r"chinh thuc", "official_on"),
        (r"chuyen den", "arrived_on"),
        (r"ma chi bo", "cell"),
        (r"chi bo|sinh hoat tai", "cell" + BY_NAME),
        (r"mien sinh hoat", "is_exempt"),
        (r"ra khoi", "left_on"),
        (r"ly do", "leaving_reason"),
    ),
    "village_heads": (
        (r"ma thon", "village"),
        (r"ho.* ten|thon truong|to truong", "full_name"),
        (r"ma dang vien", "member"),
        (r"la dang vien|dang vien", "is_member"),
        (r"bi thu", "is_secretary"),
        (r"tu ngay|ngay bat dau|bau ngay|ngay bau", "starts_on"),
        (r"den ngay|ngay thoi|ket thuc", "ends_on"),
        (r"xa|phuong|cap tren|dang bo|dang uy", ABOVE),
        (r"thon|lang|to dan pho", "village" + BY_NAME),
    ),
    "villages": (
        (r"ma thon", "code"),
        (r"ma dang bo", "committee"),
        (r"ma chi bo", "cell"),
        (r"chi bo", "cell" + BY_NAME),
        (r"dang bo|dang uy|xa|phuong", "committee" + BY_NAME),
        (r"^loai", "kind"),
        (r"thanh lap|tu ngay", "starts_on"),
        (r"den ngay|sap nhap", "ends_on"),
        (r"ten|thon|lang|to dan pho", "name"),
    ),
    "organizations": (
        (r"ma cap tren", "parent"),
        (r"cap tren|truc thuoc dang", "parent" + BY_NAME),
        (r"^ma", "code"),
        (r"hinh thuc", "form"),
        (r"^cap", "level"),
        (r"loai hinh", "type_label"),
        (r"thanh lap", "established_on"),
        (r"giai the", "dissolved_on"),
        (r"quyet dinh", "decision"),
        (r"ten|to chuc", "name"),
    ),
    "organization_ratings": (
        (r"^nam$", "year"),
        (r"^ma|ma so", "code"),
        (r"tu (danh gia|xep|nhan)", "self_rated"),
        (r"ly do", "reason"),
        (r"muc|xep loai|danh gia|ket qua|phan loai", "decided"),
        (r"cap tren", ABOVE),
        (r"ten|to chuc|chi bo|dang bo|don vi", "code" + BY_NAME),
    ),
    "member_ratings": (
        (r"^nam$", "year"),
        (r"so the|ma (so )?dang vien|ma dv", "code"),
        (r"tu (danh gia|xep|nhan)", "self_rated"),
        (r"ly do", "reason"),
        (r"muc|xep loai|danh gia|ket qua|phan loai", "decided"),
        (r"chi bo|cap tren|don vi", ABOVE),
        (r"ho.* ten|^ten|dang vien", "code" + BY_NAME),
    ),
    "reported_totals": (
        (r"^nam$", "year"),
        (r"^ma", "code"),
        (r"doi tuong", "subject"),
        (r"so luong", "count"),
        (r"tong", "total"),
        (r"muc|xep loai", "level"),
        (r"cap tren", ABOVE),
        (r"ten|to chuc|don vi", "code" + BY_NAME),
    ),
}
_SEXES = {match_key(word): role for role, word in SEXES.items()}
_RATED = {"organization_ratings", "member_ratings"}
_OF_PERSONS = {"members", "member_ratings", "village_heads"}
_NONE = {match_key(word) for word in ("STT", "TT", "Số TT", "Ghi chú")}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def guess(sheet: Sheet, kinds: Iterable[str], kind: str = "", row: int = 0, rows: int = 0) -> Mapping:
    """A mapping to begin with; what is given is taken as given."""
    row = row or header_row_of(sheet)
    rows = rows or _header_rows(sheet, row)
    found = headings(sheet, row, rows)
    tried = {name: roles_of(KINDS_BY_NAME[name], found) for name in ([kind] if kind else kinds)}
    best = max(tried, key=lambda name: _score(name, tried[name], found))
    return Mapping(best, row, rows, tried[best])


def roles_of(kind: Kind, found: MappingOf[int, str]) -> dict[int, str]:
    """A role for each heading that says one; no role twice. Exact headings come first."""
    roles: dict[int, str] = {}
    for index, heading in found.items():
        column = kind.by_heading.get(match_key(heading.rpartition(JOINED)[2]))
        if column and column.key not in roles.values():
            roles[index] = column.key
        elif kind.name == "members" and match_key(heading.rpartition(JOINED)[2]) in _SEXES:
            roles[index] = _SEXES[match_key(heading.rpartition(JOINED)[2])]
    for pattern, role in _WORDS[kind.name]:
        taken = {value.removesuffix(BY_NAME) for value in roles.values()}
        for index, heading in found.items():
            if index in roles or match_key(heading) in _NONE or role.removesuffix(BY_NAME) in taken:
                continue
            if re.search(pattern, fold(heading)):
                roles[index] = role
                break
    return _by_name(kind, roles)


def _by_name(kind: Kind, roles: dict[int, str]) -> dict[int, str]:
    """Where no column holds the code, the name stands for it."""
    given = {role.removesuffix(BY_NAME) for role in roles.values()}
    if kind.code_key != "code" or "code" in given:
        return roles
    return {index: "code" + BY_NAME if role == name_key(kind) else role for index, role in roles.items()}


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
    lacks += name in _RATED and not mapping.keys & LEVEL_KEYS
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
    """Two where a cell is merged over both rows, or a caption stands over several columns."""
    below = next((cells for number, cells in sheet.rows if number == row + 1), [])
    if not _is_words(below):
        return 1
    spans = any(top == row and (bottom > row or right > left) for top, left, bottom, right in sheet.merged)
    return 2 if spans else 1


def _is_words(cells: list[Cell]) -> bool:
    filled = [cell for cell in cells if cell is not None]
    return bool(filled) and all(type(cell) is str for cell in filled) and not is_numbering(cells)
