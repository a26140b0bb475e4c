"""Checksums of cells that the formulas of a workbook compute again.

A cell that is changed, emptied, moved or exchanged with another changes the sum: each counts by its
row, each character of a text by its place. Only functions that Excel 2010 and LibreOffice both know.
Characters are numbered by an alphabet that stands in a cell of the same workbook: CODE depends on the
machine's code page, and UNICODE is newer than 2010.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import mul
from typing import Any

from xlsxwriter.utility import xl_col_to_name

_WEIGHTS, _FROM = 4091, 30
"""The n-th row, or character, weighs (n + 29) cubed, modulo 4091: a prime that leaves 2 when divided
by 3, so that cubes all differ, and no three rows in a line balance each other."""
_NUMBER, _TEXT = 7919, 104729
"""What a number, and each character of a text, adds for being there: 0 is not blank."""
_VIETNAMESE = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ–“”…≥≤✓▲○"
_ALWAYS = tuple(
    dict.fromkeys(
        " 0123456789.,-+" + "".join(map(chr, range(0x21, 0x7F))) + _VIETNAMESE + _VIETNAMESE.upper()
    )
)
"""A blank fills texts up and counts 0; formulas read numbers as texts of digits."""
_LAST, _STAND_INS, _HOW_MANY = "\uffff", 0xE000, 6400
"""Excel counts characters above the last as two, LibreOffice as one: of so many for private use, one
stands in for them. Tabs and line breaks, which LibreOffice reads in its own way, do not count."""
_LONGEST = 16_000
_EPOCH = date(1899, 12, 30)
_MOST_ODD = 40
"""Formulas may stand in each other 64 deep."""
BLOCK = 1000
"""So many cells have one sum: sums stay exact (below 2 to the 53) and quick to compute."""

_weights = [(n + _FROM) ** 3 % _WEIGHTS for n in range(_LONGEST)]


@dataclass(frozen=True)
class Strip:
    """Neighbouring cells of one column, from the row `first` (1 is the top) down, with what is
    written into them: texts, numbers, dates, None. `adds_up`: the last is a sum of the others."""

    sheet: str
    column: str
    first: int
    values: Sequence[Any]
    adds_up: bool = False

    @property
    def cells(self) -> str:
        """`D8:D25`."""
        last = self.first + len(self.values) - 1
        return f"{self.column}{self.first}:{self.column}{last}"

    @property
    def ref(self) -> str:
        return f"'{self.sheet}'!{self.cells}"

    def blocks(self) -> Iterator["Strip"]:
        """The same in pieces of at most BLOCK cells."""
        if len(self.values) <= BLOCK:
            yield self
            return
        for start in range(0, len(self.values), BLOCK):
            part = self.values[start : start + BLOCK]
            yield Strip(self.sheet, self.column, self.first + start, part)


@dataclass(frozen=True, slots=True)
class Sum:
    """`weighted` by rows, and `plain`: what both differ by tells the row of a single change."""

    weighted: int
    plain: int


class Sums:
    """Computes sums, and writes the formulas that do; `alphabet` is the address of its cell."""

    def __init__(self, alphabet: str):
        self.alphabet = alphabet
        self._numbers = {character: number for number, character in enumerate(_ALWAYS)}
        self._known: dict[str, int] = {}

    @property
    def letters(self) -> str:
        """What stands in the alphabet's cell, once all sums are made."""
        return "".join(self._numbers)

    def of(self, strip: Strip) -> Sum:
        """The sums of what is written, as the formulas give them."""
        each = [self._cell(value) for value in strip.values]
        return Sum(sum(map(mul, each, _weights)), sum(each))

    def weighted(self, strip: Strip) -> str:
        """The formula of the weighted sum."""
        return self._formula(strip, _row_weights(strip))

    def place(self, strip: Strip, cell: str, system: Sum) -> str:
        """A formula for the address of the one cell by which the sum in `cell` differs from the
        system's, be it alone or with the total; of the whole strip where several differ."""
        weights, differs = _row_weights(strip), f"{cell}-({system.weighted})"
        plain = f"({self._formula(strip, '')}-({system.plain}))"
        is_at = f"({weights}*{plain}={differs})"
        if strip.adds_up:
            total = _weights[len(strip.values) - 1]
            is_at += f"+({weights}<>{total})*(({weights}+{total})*{plain}/2={differs})"
        row = f"SUMPRODUCT(({is_at})*ROW({strip.ref}))"
        return f'IFERROR("{strip.column}"&1/(1/{row}),"{strip.cells}")'

    def _formula(self, strip: Strip, weights: str) -> str:
        ref, told, times = strip.ref, self._told(strip), f"*{weights}" if weights else ""
        amounts = f"SUMPRODUCT({ref},{weights})" if weights else f"SUM({ref})"
        kinds = f"({_NUMBER}*ISNUMBER({ref})+{_TEXT}*ISTEXT({ref})*LEN({told})){times}"
        return f"ROUND(100*{amounts},0)+SUMPRODUCT({kinds})" + self._texts(strip, told, times)

    def _texts(self, strip: Strip, told: str, times: str) -> str:
        longest = max((len(value) for value in strip.values if isinstance(value, str)), default=0)
        if not longest:
            return ""
        longest = min(longest, _LONGEST)
        places = f"COLUMN($A$1:${xl_col_to_name(longest - 1)}$1)"
        found = f'FIND(MID({told}&REPT(" ",{longest}),{places},1),{self.alphabet})-1'
        weights = f"MOD(({places}+{_FROM - 1})^3,{_WEIGHTS})"
        return f"+SUMPRODUCT(ISTEXT({strip.ref}){times}*{weights}*({found}))"

    def _told(self, strip: Strip) -> str:
        """The texts, without what does not count and with what stands in for other characters."""
        odd = _odd("".join(value for value in strip.values if isinstance(value, str)))
        return reduce(
            lambda told, one: f'SUBSTITUTE({told},{_quoted(one)},"{_stand_in(one)}")', odd, strip.ref
        )

    def _cell(self, value: Any) -> int:
        if value is None or value == "":
            return 0
        if isinstance(value, str):
            if value not in self._known:
                self._known[value] = self._text(value)
            return self._known[value]
        number = (value - _EPOCH).days if isinstance(value, date) else value
        return round(100 * number) + _NUMBER

    def _text(self, text: str) -> int:
        counted, numbers = "".join(map(_stand_in, text)) if _odd(text) else text, self._numbers
        for character in sorted(set(counted).difference(numbers)):
            numbers[character] = len(numbers)
        each = map(numbers.__getitem__, counted)
        return _TEXT * len(counted) + sum(map(mul, each, _weights))


def _odd(text: str) -> list[str]:
    """The characters of a text that Excel and LibreOffice count differently."""
    if not text or min(text) >= " " and max(text) <= _LAST:
        return []
    found = {character for character in text if not " " <= character <= _LAST}
    return sorted(found | {"\n"} if "\r" in found else found)[:_MOST_ODD]


def _stand_in(character: str) -> str:
    """One character for two, and nothing for tabs, line breaks and their like."""
    if character < " ":
        return ""
    if character <= _LAST:
        return character
    return chr(_STAND_INS + ord(character) % _HOW_MANY)


def _quoted(character: str) -> str:
    return f"CHAR({ord(character)})" if character < " " else f'"{character}"'


def _row_weights(strip: Strip) -> str:
    return f"MOD((ROW({strip.ref}){_FROM - strip.first:+d})^3,{_WEIGHTS})"
