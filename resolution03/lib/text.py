"""Vietnamese text: how it is stored, compared, searched and put in order.

Stored text passes through `clean`, codes through `code`. Headings, choices and
levels are compared by `match_key`; searches run over `fold`; lists are ordered
by `sort_key` and `name_sort_key`, which both databases sort alike.
"""

import re
import unicodedata
from functools import lru_cache

_ONE_LETTER = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"})
_UNSEEN = re.compile(
    "[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Control and format characters, halves of pairs, fillers: what nobody sees and no database needs."""
_LEADING = "'’"
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´")
_NO_SPACE_NO_COMMA = re.compile(r"[\s,]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE_ON_FIRST_VOWEL = re.compile(f"(?<!q)(?:(o)([{_TONES}])([ae])|(u)([{_TONES}])(y))")
_PAIRS_FIRST = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split()
_PAIRS_LAST = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split()
_TO_FIRST = dict(zip(_PAIRS_LAST + _PAIRS_FIRST, _PAIRS_FIRST * 2, strict=True))
_TO_LAST = dict(zip(_PAIRS_FIRST + _PAIRS_LAST, _PAIRS_LAST * 2, strict=True))
_OPEN_PAIR = re.compile(rf"(?<!q)(?:{'|'.join(_TO_FIRST)})(?!\w)", re.I)
_PIECES = re.compile(r"\d+|[^\W\d_]+")
_COMBINING = re.compile(r"[\u0300-\u036f]+")

# Tones in the order of Vietnamese dictionaries: none, huyền, hỏi, ngã, sắc, nặng.
_TONE_ORDER = {
    "\u0300": "1",
    "\u0309": "2",
    "\u0303": "3",
    "\u0301": "4",
    "\u0323": "5",
}
# Letters that stand on their own after their base letter: ă â, đ, ê, ô ơ, ư.
_LETTER_ORDER = {
    letter: base + str(place)
    for base, letters in {
        "a": "aăâ",
        "d": "dđ",
        "e": "eê",
        "o": "oôơ",
        "u": "uư",
    }.items()
    for place, letter in enumerate(letters)
}


def clean(text: str) -> str:
    """`text` as it is stored: NFC, Ð→Đ, without characters that nobody sees and without a leading
    apostrophe (by which Excel marks text), trimmed, single spaces; case and tones as typed."""
    if not (text.isascii() and text.isprintable()):
        text = seen(text).translate(_ONE_LETTER)
    text = " ".join(text.split())
    return text.lstrip(_LEADING).lstrip() if text[:1] in _LEADING else text


def code(text: str) -> str:
    """A code as it is stored and matched: NFC, without characters that nobody sees and without a
    leading apostrophe, trimmed, upper case."""
    if not (text.isascii() and text.isprintable()):
        text = seen(text)
    return text.strip().lstrip(_LEADING).lstrip().upper()


def seen(text: str) -> str:
    """NFC of the characters that somebody sees."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def match_key(text: str) -> str:
    """What two spellings of one heading, choice or level have in common.

    NFC, Ð→Đ, tone placement (uỷ = ủy, hoà = hòa), case, spaces, line breaks
    and commas do not count.
    """
    squeezed = _NO_SPACE_NO_COMMA.sub("", clean(text).lower())
    return unicodedata.normalize("NFC", _tone_on_last_vowel(squeezed))


def same_name_key(name: str) -> str:
    """What two spellings of one name have in common: case, spaces and tone placement do not count."""
    bare = clean(name).lower().replace(" ", "")
    return bare if bare.isascii() else unicodedata.normalize("NFC", _tone_on_last_vowel(bare))


def is_in_capitals_alone(typed: str, stored: str) -> bool:
    """Whether a name typed all in capitals is the stored one otherwise; none of the two is empty."""
    return typed.isupper() and same_name_key(typed) == same_name_key(stored)


def _tone_on_last_vowel(text: str) -> str:
    return _TONE_ON_FIRST_VOWEL.sub(
        lambda found: "".join((found[1] or found[4], found[3] or found[6], found[2] or found[5])),
        unicodedata.normalize("NFD", text),
    )


def tones_placed(text: str, *, first: bool) -> str:
    """`text`, NFC, with the tone of oa, oe, uy on the first vowel (hóa, ủy) or the last (hoá, uỷ).

    Only where a word ends with them: "hoàn" and "quý" are written in one way.
    """
    wanted = _TO_FIRST if first else _TO_LAST
    return _OPEN_PAIR.sub(lambda found: _like(found[0], wanted[found[0].lower()]), text)


def _like(model: str, text: str) -> str:
    """`text` with the capitals of `model`, letter by letter."""
    return "".join(letter.upper() if of.isupper() else letter for of, letter in zip(model, text, strict=True))


def fold(text: str) -> str:
    """`text` for searching without diacritics: lower case, đ→d, no apostrophes.

    "Đăk Hà" and "dak ha" fold to the same; the folded text has only letters
    without marks, digits, signs and single spaces.
    """
    bare = unicodedata.normalize("NFD", clean(text.translate(_APOSTROPHES)))
    return _COMBINING.sub("", bare).lower().replace("đ", "d")


def search_key(*parts: str) -> str:
    """What `fold(query)` is looked up in, for example of a code and a name."""
    return " ".join(filter(None, [fold(part) for part in parts if part]))


def sort_key(text: str) -> str:
    """A key of digits and small letters whose order is that of Vietnamese lists.

    Words count before letters' tones (a ă â … đ, then huyền hỏi ngã sắc nặng);
    numbers count by value: thôn 2 comes before thôn 10.
    """
    pieces = [_weigh(piece) for piece in _PIECES.findall(clean(text).lower())]
    letters = "01".join(weight for weight, _ in pieces)
    return f"{letters}00{''.join(tones for _, tones in pieces).rstrip('0')}"


def name_sort_key(full_name: str) -> str:
    """`sort_key` of a person's name: by given name (the last word), then the rest."""
    family_and_middle, _, given = clean(full_name).rpartition(" ")
    return f"{sort_key(given)}00{sort_key(family_and_middle)}"[:200]


@lru_cache(maxsize=20_000)
def _weigh(piece: str) -> tuple[str, str]:
    """(weights of the letters, their tones) of one word or number."""
    if piece[0].isdecimal():
        number = "".join(str(unicodedata.decimal(digit)) for digit in piece).lstrip("0")
        return f"1{min(len(number), 9)}{number}", ""
    letters = [_weigh_letter(letter) for letter in piece]
    return "".join(w for w, _ in letters), "".join(t for _, t in letters)


def _weigh_letter(letter: str) -> tuple[str, str]:
    base, *marks = list(unicodedata.normalize("NFD", letter))
    tone = next((_TONE_ORDER[mark] for mark in marks if mark in _TONE_ORDER), "0")
    untoned = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in _TONE_ORDER))
    if untoned in _LETTER_ORDER:
        return _LETTER_ORDER[untoned], tone
    return (f"{base}0" if "a" <= base <= "z" else f"z9{ord(base):05x}"), tone
