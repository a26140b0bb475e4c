"""Vietnamese text: one stored form, one form for searching, one for sorting."""

import unicodedata

_HATS = {"\u0306": "1", "\u0302": "2", "\u031b": "3"}
_WITH_HATS = set("aeou")


def clean(text: str) -> str:
    """The form in which text is stored: NFC, Ð as Đ, trimmed, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00d0", "\u0110").split())


def fold(text: str) -> str:
    """The form in which text is searched: lower case, without diacritics, single spaces."""
    bare = "".join(char for char in _decomposed(text) if not unicodedata.combining(char))
    return " ".join(bare.replace("đ", "d").split())


def search_key(*parts: str) -> str:
    """What `fold(query)` is looked up in, for example of a code and a name."""
    return " ".join(filter(None, map(fold, parts)))


def name_sort_key(full_name: str) -> str:
    """A key that sorts persons as the office does: by given name, then family and middle names.

    Letters follow the Vietnamese alphabet (a, ă, â, …, d, đ); tones decide last.
    """
    words = clean(full_name).split()
    ordered = " ".join(words[-1:] + words[:-1])
    return f"{_alphabetic(ordered)} {_tones(ordered)}"[:200].strip()


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", clean(text).casefold())


def _alphabetic(text: str) -> str:
    """Letters with their hats as digits, so that `ă` stands between `a` and `b`."""
    key = ""
    for char in _decomposed(text):
        if char in _HATS:
            key = key[:-1] + _HATS[char]
        elif char in "dđ":
            key += "d1" if char == "đ" else "d0"
        elif not unicodedata.combining(char):
            key += f"{char}0" if char in _WITH_HATS else char
    return key


def _tones(text: str) -> str:
    """One digit a letter: none, grave, hook, tilde, acute, dot below."""
    tones = "\u0300\u0309\u0303\u0301\u0323"
    key = ""
    for char in _decomposed(text):
        if char in tones:
            key = key[:-1] + str(tones.index(char) + 1)
        elif not unicodedata.combining(char):
            key += "0"
    return key
