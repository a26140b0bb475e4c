"""What a plan warns of, in words: counted at its top, and a choice of its rows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

WORDS = {
    "name_differs": _("another name than the record"),
    "doubtful_date": _("doubtful date"),
    "old_font": _("typed with an old font"),
    "hidden_rows": _("hidden rows"),
    "before_cell": _("admitted before the cell was founded"),
    "early_official": _("official under twelve months"),
    "mark_differs": _("the mark differs from the member's dates"),
    "left_behind": _("an ended organization still holds something"),
    "total_differs": _("a total that does not add up"),
    "hidden_sheet": _("hidden sheet"),
    "foreign_workbook": _("prepared elsewhere"),
}
OTHER = _("to be looked at")
ON_ROWS = ("name_differs", "doubtful_date", "old_font", "left_behind")
"""What is a choice of rows; the others are found among the faults."""


@dataclass(frozen=True, slots=True)
class Warned:
    """How many warnings there are with one code."""

    code: str
    label: str
    count: int

    @property
    def is_on_rows(self) -> bool:
        return self.code == ON_ROWS[0]


def counted(codes: Iterable[str]) -> list[Warned]:
    """The warnings of a batch by code, in the order of WORDS, what has no words of its own last."""
    found = Counter(codes)
    order = [*(code for code in WORDS if code in found), *sorted(found.keys() - WORDS.keys())]
    return [Warned(code, str(WORDS.get(code, OTHER)), found[code]) for code in order]


def marks_of(codes: Iterable[str]) -> str:
    """The codes of a row's warnings as they are kept and searched."""
    return " ".join(dict.fromkeys(codes))


def in_words(marks: str) -> list[str]:
    """The kept codes of a row as a person reads them."""
    return [str(WORDS.get(code, OTHER)) for code in marks.split()]
