"""Codes: what a new one may be made of, and which letter only looks like one of them.

Source: INTERFACE, "Workbooks that load and the upload page take". Codes in use stay as they are.
"""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

LONGEST = 60
LONGEST_NUMBER = 15
"""Excel keeps no more digits of a number."""

_NEW = re.compile(r"[A-ZĐ0-9][A-ZĐ0-9._-]*")
_MEANT = {
    **dict(zip("АВЕЅІЈКМНОРСТУХԌԚԜ", "ABESIJKMHOPCTYXGQW", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
    **dict.fromkeys("․。．·‧∙⋅", "."),
    **dict.fromkeys("‐‑‒–—―−﹣－⁃", "-"),
    **dict.fromkeys("＿﹍﹎", "_"),
    **dict.fromkeys("ÐƉ", "Đ"),
    **{chr(ord(letter) + 0xFEE0): letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"},
}
"""Letters and signs of other alphabets (upper case) that look like one of ours."""


def fault_of_new(code: str) -> str:
    """Why `code` (as `lib.text.code` makes it) may not be a new one, in words; empty when it may."""
    if len(code) > LONGEST:
        return _("a code has at most 60 characters")
    if _NEW.fullmatch(code):
        return ""
    return _(
        "a code is made of the letters A to Z and Đ, digits, “.”, “-” and “_” and begins with a "
        "letter or digit"
    ) + lookalike(code)


def fault_of_number(number: int | float) -> str:
    """Why a number in a column of codes is no code; empty when it is one."""
    if number % 1 or not abs(number) < 10**LONGEST_NUMBER:
        return _("Excel has lost digits of this number: format the column as text and type the code again")
    return ""


def lookalike(code: str, knows: Callable[[str], bool] = lambda _code: False) -> str:
    """What only looks like one of our letters, as the end of a sentence: which, where, what is meant, and
    the code that was then meant, if the asker `knows` it. Empty where there is nothing of the kind."""
    place = next((n for n, letter in enumerate(code) if letter in _MEANT), None)
    if place is None:
        return ""
    meant = _MEANT[code[place]]
    words = (
        _("; the letter “%(found)s” in place %(place)s is not the Latin letter %(meant)s")
        if meant.isalnum()
        else _("; the sign “%(found)s” in place %(place)s is not the usual sign “%(meant)s”")
    ) % {"found": code[place], "place": place + 1, "meant": meant}
    nearest = "".join(_MEANT.get(letter, letter) for letter in code)
    return words + (_("; nearest code: %(code)s") % {"code": nearest} if knows(nearest) else "")
