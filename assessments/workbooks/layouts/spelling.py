"""How offices write the names of Party organizations: abbreviated, with a numeral or a count of
members around them, two in one cell. Pure.

Only the Party's own abbreviations are spelled out; a letter or a mark is never guessed.
"""

import re
from functools import lru_cache

from resolution03.lib.text import clean, match_key

COMMITTEE, SECTION, CELL = 0, 1, 2
"""How far down an organization stands, as far as its name says."""

_HEADS = {
    "cb": "chi bộ",
    "cbcs": "chi bộ",
    "chi bộ cơ sở": "chi bộ",
    "cb cơ sở": "chi bộ",
    "đb": "đảng bộ",
    "đbcs": "đảng bộ",
    "đu": "đảng bộ",
    "đucs": "đảng bộ",
    "đảng ủy": "đảng bộ",
    "đảng bộ cơ sở": "đảng bộ",
    "đảng ủy cơ sở": "đảng bộ",
    "đb cơ sở": "đảng bộ",
    "bch đảng bộ": "đảng bộ",
    "ban chấp hành đảng bộ": "đảng bộ",
    "bch đb": "đảng bộ",
    "đbbp": "đảng bộ bộ phận",
    "đb bộ phận": "đảng bộ bộ phận",
    "đảng ủy bộ phận": "đảng bộ bộ phận",
    "tỉnh ủy": "đảng bộ tỉnh",
    "thành ủy": "đảng bộ thành phố",
    "thị ủy": "đảng bộ thị xã",
    "huyện ủy": "đảng bộ huyện",
    "hu": "đảng bộ huyện",
}
_WITHIN = {
    "tdp": "tổ dân phố",
    "tdp.": "tổ dân phố",
    "tt": "thị trấn",
    "tt.": "thị trấn",
    "p.": "phường",
    "x.": "xã",
    "th.": "thôn",
    "tp.": "thành phố",
    "h.": "huyện",
}
_DASHES = str.maketrans({"–": "-", "—": "-", "‑": "-", ":": " "})
_DOTTED = re.compile(r"\b([^\W\d_])\.(?=[^\W\d_]\b)")
_PREFIX = re.compile(r"^(?:đảng bộ bộ phận|đảng bộ|chi bộ)\s+")
_OF_PLACE = re.compile(
    r"^(?:(?:các xã|xã|phường|thị trấn|thị xã|thành phố|huyện|tỉnh)\s+|"
    r"(?:thôn|làng|tổ dân phố|khu phố|bản|buôn)\s+(?=\D))"
)
_COMMITTEE = re.compile(r"^(?:đảng bộ|xã|phường|thị trấn|huyện|thành phố|thị xã|ban chấp hành)\b")
_CELL = re.compile(r"^(?:chi bộ|thôn|làng|tổ dân phố|khu phố|bản|buôn|tổ)\b")
_PARTY = re.compile(r"^(?:đảng bộ|chi bộ)\b")
_NUMBERED = re.compile(r"^[(]?(?:[IVXLC]+|\d+(?:\.\d+)*|[A-ZĐ])\s*[.)/:–-]+\s*")
_BULLET = re.compile(r"^[-–—+*•●○▪►]+\s*")
_LABEL = re.compile(r"^([^:]{2,30}):\s*(?=\S)")
_COUNTED = re.compile(
    r"\s*[(:,;–-]*\s*(?:có\s+|gồm\s+|tổng số:?\s*)?\d+\s*"
    r"(?:đảng viên|đồng chí|đ/c|đ\.c|đc|đv|người|chi bộ|tccs)\b.*$",
    re.I,
)
_INSIDE = re.compile(r"\b(?:đảng bộ|đảng ủy|đảng uỷ|chi bộ|huyện ủy|huyện uỷ|thành ủy|thành uỷ)\b", re.I)
_ONE_INSIDE = re.compile(rf"(?<!các )(?<!khối )(?<!những ){_INSIDE.pattern}(?:\s+\S+){{2}}", re.I)
_PLACE_INSIDE = re.compile(r"\b(?:thôn|làng|tổ dân phố|khu phố|xã|phường|thị trấn)\s", re.I)
_ENDS = re.compile(r"\s[-–—]\s|[,(;]")
_YEAR = re.compile(r"[\s,(-]*\bnăm\s+(?:19|20)\d\d\b.*$", re.I)
_BRACKET = re.compile(r"\s*\(\s*((?:(?:trực )?thuộc\s+)?([^()]+?))\s*\)\s*$", re.I)
_NEXT = re.compile(
    r"\s*(?:[,;(/\n]|\s[-–—]|\btrực thuộc\b|\bthuộc\b)\s*"
    r"(?=(?:đảng bộ|đảng ủy|đảng uỷ|đb|đu|huyện ủy|huyện uỷ|thành ủy|thành uỷ|đảng bộ bộ phận|đbbp|"
    r"chi bộ|cb|xã|phường|thị trấn|huyện|thị xã|thành phố)\b)",
    re.I,
)


@lru_cache(maxsize=20_000)
def words(text: str) -> str:
    """A name in small letters with the Party's abbreviations spelled out: "CB TDP 2" is "chi bộ tổ
    dân phố 2", "Đảng uỷ xã X" and "ĐB xã X" are "đảng bộ xã x"."""
    plain = _DOTTED.sub(r"\1", clean(text).translate(_DASHES).lower())
    found = plain.replace("uỷ", "ủy").split()
    found = [_WITHIN.get(word, word) for word in found]
    if found:
        found[0] = found[0].rstrip(".")
    for length in (4, 3, 2, 1):
        head = " ".join(found[:length])
        if len(found) > length and head in _HEADS:
            return " ".join([_HEADS[head], *found[length:]])
    return " ".join(found)


@lru_cache(maxsize=20_000)
def spelled(text: str) -> str:
    """What two ways of writing the name of one organization have in common."""
    return match_key(words(text))


def bare(text: str) -> str:
    """As `spelled`, without "Đảng bộ" or "Chi bộ" before it: "xã X", "thôn 2"."""
    return match_key(_PREFIX.sub("", words(text)))


def barest(text: str) -> str:
    """As `bare`, without what sort of place it is: "X"."""
    return match_key(_OF_PLACE.sub("", _PREFIX.sub("", words(text))))


def rank(text: str) -> int | None:
    """COMMITTEE, SECTION or CELL where a text begins like the name of an organization or of its
    place; None for any other ("Khối các cơ quan", "Đảng viên dự bị")."""
    plain = words(text)
    if plain.startswith("đảng bộ bộ phận"):
        return SECTION
    if _COMMITTEE.match(plain):
        return COMMITTEE
    return CELL if _CELL.match(plain) else None


def is_of_party(text: str) -> bool:
    """Whether a text begins as only a Party organization's name does, and goes on."""
    found = _PARTY.match(words(text))
    return found is not None and len(words(text)) > found.end()


def group_name(text: str) -> str:
    """What a group row names, without its numeral, a label, a count of members or a colon: of
    "II. Chi bộ thôn 2 (23 đảng viên):" and "- Đơn vị: Chi bộ thôn 2" it is "Chi bộ thôn 2"."""
    found = _named_part(_NUMBERED.sub("", _BULLET.sub("", clean(text))))
    found = _COUNTED.sub("", found.rstrip(": "))
    behind = _BRACKET.search(found)
    if behind and not _names_place(behind):
        found = found[: behind.start()].rstrip(": ") or found
    return found


def _named_part(text: str) -> str:
    """The organization in a text that begins with something else: "Đảng viên chi bộ thôn 2"."""
    label = _LABEL.match(text)
    if label and rank(f"{label[1]} …") is None:
        return _named_part(text[label.end() :])
    inside = _ONE_INSIDE.search(text) if rank(text) is None else None
    return text[inside.start() :] if inside else text


def _names_place(bracket: re.Match) -> bool:
    """Whether a bracket behind a name tells where that lies: "(xã X)", "(thuộc X)", "(X)"; any other
    is a remark."""
    return bracket[1] != bracket[2] or rank(bracket[2]) is not None or bracket[2][0].isupper()


def named_in(title: str) -> list[str]:
    """The names of organizations and their places in a title, from "DANH SÁCH ĐẢNG VIÊN CHI BỘ THÔN 5
    NĂM 2025" the last words without the year."""
    plain = _YEAR.sub("", title)
    starts = [found.start() for one in (_INSIDE, _PLACE_INSIDE) for found in one.finditer(plain)]
    parts = [plain, *(plain[start:] for start in sorted(starts))]
    parts += [_ENDS.split(part, maxsplit=1)[0] for part in parts]
    return list(dict.fromkeys(name for part in parts for name in chain(part)))


def chain(text: str) -> tuple[str, ...]:
    """The names in one cell, the lowest first: "Chi bộ thôn 2, Đảng bộ xã X" holds two, "Chi bộ thôn 2
    (X)" as well."""
    behind = _BRACKET.search(text)
    split = [*_NEXT.split(text[: behind.start()]), *_NEXT.split(behind[2])] if behind else _NEXT.split(text)
    parts = tuple(filter(None, (part.strip(" ()") for part in split)))
    ranked = [(found, part) for part in parts if (found := rank(part)) is not None]
    if len(ranked) < len(parts):
        return parts
    return tuple(part for _rank, part in sorted(ranked, key=lambda one: one[0], reverse=True))
