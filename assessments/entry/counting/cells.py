"""One typed count: its cell as it is shown, and how what was typed in it is read; blank is not zero.

The tables of discipline, of yearly counts and of reported totals are made of these cells, which
`templates/assessments/entry/counting/_number.html` shows.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from resolution03.lib.figures import typed_whole, whole


@dataclass(slots=True)
class Cell:
    """`name`: in the form; `text`: what is stored, or what was typed and not saved; `fault`: why that
    is no count; `is_fixed`: it comes from the lists, nobody types it.

    `seen`: what the page showed when it was typed; `stored`: what is stored now.
    """

    name: str
    text: str
    label: str = ""
    fault: str = ""
    is_fixed: bool = False
    seen: int | None = None
    stored: int | None = None

    @property
    def key(self) -> str:
        return self.name.partition("-")[2]

    @property
    def count(self) -> int | None:
        return whole(self.text) if not self.fault else None


@dataclass(frozen=True, slots=True)
class Read:
    """What was typed as one count: `number` is None for blank, and where it is no count (`fault`)."""

    text: str
    number: int | None
    fault: str


def read(typed: str, most: int) -> Read:
    """A whole number from 0 to `most`, or blank."""
    text = typed.strip()
    number = typed_whole(text, most)
    if not text or number is not None:
        return Read(text, number, "")
    words = _("write a whole number from 0 to %(most)s, or leave it blank") % {"most": f"{most}"}
    return Read(text, None, words)


def shown(count: int | None) -> str:
    """A stored count as its cell shows it."""
    return "" if count is None else str(count)


def word(count: int | None) -> str:
    """A count as it stands in a sentence."""
    return _("blank") if count is None else str(count)
