"""Vietnamese text typed with fonts from before Unicode, TCVN3 (.VnTime) and VNI-Windows (VNI-Times).

Such text looks right only in its font: `Thµnh phè` is `Thành phố` in TCVN3. `detect` suspects it,
`decode` turns it into Unicode; whether to convert is decided by the person who sees both.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from resolution03.lib.old_alphabets import (
    ACUTE,
    DOT,
    GRAVE,
    HOOK,
    TCVN3,
    TILDE,
    VNI,
    VNI_LETTERS,
    VNI_MARKS,
)


class Encoding(StrEnum):
    TCVN3 = "tcvn3"
    VNI = "vni"


_ONLY_IN_UNICODE = re.compile("[ăĂđĐơƠưƯĩĨũŨ\u0300-\u036f\u1ea0-\u1ef9]")
_WORD = re.compile(r"[^\s\d.,;:()/\"'’!?+_-]+")
_LETTER = re.compile("[A-Za-z]")
_VOWELS = (
    "iêu yêu oai oao oay oeo uây uôi ươi ươu uya uyê uyu "
    "ai ao au ay âu ây eo êu ia iê iu oa oă oe oi oo ôi ơi ua uâ uê ui uô uơ uy ưa ươ ưi ưu ya yê "
    "a ă â e ê i o ô ơ u ư y"
)
_SYLLABLE = re.compile(
    f"(?:ngh?|nh|[cgkpt]h|gi|qu|tr|[bcdđghklmnpqrstvx])?(?:{_VOWELS.replace(' ', '|')})(?:ch|ng|nh|[ckmnpt])?"
)
_SPLIT = re.compile(
    "(ngh?|nh|[cgkpt]h|gi(?=[aeouăâêôơư])|qu|tr|[bcdđghklmnpqrstvx])?([aeiouyăâêôơư]+)(ch|ng|nh|[ckmnpt])?"
)
_NEVER_IN_UNICODE = re.compile(
    "[A-Za-z][¨©«¬®¸¶¹»¼½¾¡¢£¤¥¦ª\u00ad][A-Za-z]|^§(?:[^\\W\\d_]|[¨©«¬®¸¶·¹»¼½¾ª])"
)
_OF_BOTH = "àáâãèéêìíòóôõùúý"
_SURELY_OLD = {
    Encoding.TCVN3: re.compile(f"[a-z][{_OF_BOTH.upper()}]|[^A-Za-z{_OF_BOTH}{_OF_BOTH.upper()}]"),
    Encoding.VNI: re.compile(f"[aeoAEO][áàåãäéèúüë]|[^A-Za-z{_OF_BOTH}{_OF_BOTH.upper()}]", re.IGNORECASE),
}
_SIGNS = "“”‘’–—…•"
_TONES = re.compile(f"[{ACUTE}{GRAVE}{HOOK}{TILDE}{DOT}]")


def detect(text_samples: Iterable[str], font_names: Iterable[str]) -> Encoding | None:
    """How the texts of a sheet seem to be encoded; None for Unicode, and when in doubt.

    VNI is told only where a font says so: its letters are common in Unicode text too.
    """
    fonts = [name.strip().casefold() for name in font_names]
    samples = list(text_samples)
    if any(name.startswith("vni") for name in fonts) and _is_likely(samples, Encoding.VNI, 1):
        return Encoding.VNI
    enough = 1 if any(name.startswith(".vn") for name in fonts) else 3
    return Encoding.TCVN3 if _is_likely(samples, Encoding.TCVN3, enough) else None


def old_font(text: str) -> Encoding | None:
    """The encoding in which a single text is typed, told by its spelling alone: as it stands some
    word is none that Vietnamese has, and decoded all are spelled rightly; None when in doubt.

    Names of the peoples of the highlands are no Vietnamese words as they stand nor decoded.
    """
    if text.isascii() or _ONLY_IN_UNICODE.search(text):
        return None
    words = [word.strip(_SIGNS) for word in _WORD.findall(text)]
    words = [word for word in words if not word.isascii()]
    return next((one for one in Encoding if _is_typed_in(words, one)), None)


def _is_typed_in(words: list[str], encoding: Encoding) -> bool:
    """Whether the encoding explains all words, one of them surely or, in VNI, two perhaps."""
    sorts = [_sort_of(word, encoding) for word in words]
    is_enough = "old" in sorts or (encoding is Encoding.VNI and sorts.count("weak") > 1)
    return is_enough and "other" not in sorts


@lru_cache(maxsize=20_000)
def _sort_of(word: str, encoding: Encoding) -> str:
    """`old`; `weak` where all letters are of Vietnamese too; `either` for a word that is one both ways;
    `other` for what the encoding does not explain."""
    decoded = decode(word, encoding)
    if decoded == word:
        return "either" if _is_syllable(word) else "other"
    if encoding is Encoding.TCVN3 and _NEVER_IN_UNICODE.search(word) and decoded.isalpha():
        return "old"
    if not _LETTER.search(word) or not _is_spelled(decoded):
        return "other"
    if _is_syllable(word):
        return "either"
    return "old" if _SURELY_OLD[encoding].search(word) else "weak"


def _is_spelled(word: str) -> bool:
    """Whether a word is a syllable with its tone over the right vowel, and no ă or â at its end."""
    if not _is_syllable(word):
        return False
    plain = unicodedata.normalize("NFD", word.lower())
    tone = _TONES.search(plain)
    bare = unicodedata.normalize("NFC", _TONES.sub("", plain))
    parts = _SPLIT.fullmatch(bare)
    if parts is None:
        return False
    onset, vowels, end = parts.groups()
    if vowels[-1] in "ăâ" and not end:
        return False
    if not tone:
        return True
    before = unicodedata.normalize("NFC", plain[: tone.start()])
    return len(before) - len(onset or "") - 1 in _places(vowels, end)


def _places(vowels: str, end: str) -> set[int]:
    """Over which of the vowels the tone may stand, counted from 0."""
    marked = [place for place, letter in enumerate(vowels) if letter in "ăâêôơư"]
    if marked:
        return {marked[0] if vowels[:2] in ("ưa", "ưi", "ưu") else marked[-1]}
    if len(vowels) == 1:
        return {0}
    if vowels == "oo" and not end:
        return set()
    if len(vowels) == 3 or (end and vowels in ("oa", "oe", "uy", "oo")):
        return {1}
    return {0, 1} if vowels in ("oa", "oe", "uy") else {0}


def decode(text: str, encoding: Encoding) -> str:
    """`text` in Unicode (NFC). One that holds letters of Unicode Vietnamese stays as it is."""
    if text.isascii() or _ONLY_IN_UNICODE.search(text):
        return text
    if encoding is Encoding.VNI:
        return unicodedata.normalize("NFC", VNI.sub(_vni_letter, text))
    return _raised(text.translate(TCVN3))


def _vni_letter(found: re.Match) -> str:
    base, mark = found[0][0], found[0][1:].lower()
    letter = VNI_LETTERS.get(base.lower(), base.lower())
    if mark:
        letter += VNI_MARKS[base.lower()][mark]
    return letter if base.islower() else letter.upper()


def _raised(text: str) -> str:
    """TCVN3 has no capitals with tones, fonts such as .VnTimeH draw them: TRƯờNG is TRƯỜNG."""
    if _is_in_capitals(text):
        return text.upper()
    return _WORD.sub(lambda word: word[0].upper() if _is_in_capitals(word[0]) else word[0], text)


def _is_in_capitals(text: str) -> bool:
    """Whether all letters without a tone are capitals, and some word has two of them."""
    plain = [letter for letter in text if letter.isalpha() and not _has_tone(letter)]
    return not any(letter.islower() for letter in plain) and any(
        sum(letter.isupper() for letter in word) > 1 for word in _WORD.findall(text)
    )


def _has_tone(letter: str) -> bool:
    return bool(_TONES.search(unicodedata.normalize("NFD", letter)))


def _is_likely(samples: list[str], encoding: Encoding, enough: int) -> bool:
    """Whether decoding makes most of the odd words Vietnamese, and few of them were before."""
    odd = [
        word
        for sample in samples
        for word in _WORD.findall(sample)
        if not word.isascii() and _LETTER.search(word)
    ]
    before = sum(map(_is_syllable, odd))
    after = sum(_is_syllable(decode(word, encoding)) for word in odd)
    return len(odd) - before >= enough and before * 2 <= len(odd) and after * 5 >= len(odd) * 4


def _is_syllable(word: str) -> bool:
    """Whether a word is spelled as Vietnamese is: one syllable with at most one tone."""
    bare, tones = _TONES.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None
