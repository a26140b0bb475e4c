"""What must be known of a single figure before it is read beside others (INTERFACE, `flags`)."""

from collections.abc import Iterable
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.figures.figure import Figure
from assessments.figures.judge import State
from assessments.figures.past import Cause, Past
from resolution03.lib.phrases import Phrase


class Flag(StrEnum):
    """In the order in which they are told.

    `PROVISIONAL`: its year is open. `REVISED`: a supplement or an opening came after its first closing.
    `SCHEME_BREAK`, `TREE_BREAK`: it is not compared with the year before (assessments/figures/past.py).
    `PARTIAL`: some units gave nothing to it, or the year was closed without some of what it counts.
    """

    PROVISIONAL = "provisional"
    REVISED = "revised"
    SCHEME_BREAK = "scheme_break"
    TREE_BREAK = "tree_break"
    PARTIAL = "partial"

    @property
    def words(self) -> Phrase:
        return _WORDS[self][1]

    @property
    def sign(self) -> str:
        """A letter or two behind the number, where words find no room; a legend tells them."""
        return str(_WORDS[self][0])


def told(flags: Iterable[Iterable[Flag]]) -> list[Flag]:
    """Those that occur, each once, in their order: what a legend tells."""
    found = {flag for some in flags for flag in some}
    return [flag for flag in Flag if flag in found]


def signs(flags: Iterable[Flag]) -> str:
    """`t ≠m`: behind a number where words find no room."""
    return " ".join(flag.sign for flag in flags)


def brief(flags: Iterable[Flag]) -> str:
    """`t≠mc`: over a year of a chart, where the next year begins close by."""
    found = [flag.sign for flag in flags]
    apart = "".join(sign[1:] for sign in found if sign.startswith("≠"))
    return "".join(sign for sign in found if not sign.startswith("≠")) + (f"≠{apart}" if apart else "")


_WORDS: dict[Flag, tuple[Phrase, Phrase]] = {
    Flag.PROVISIONAL: (pgettext_lazy("flag", "p"), _("provisional figure")),
    Flag.REVISED: (pgettext_lazy("flag", "r"), _("revised after the year was closed")),
    Flag.SCHEME_BREAK: (pgettext_lazy("flag", "≠l"), _("other levels than the year before, not compared")),
    Flag.TREE_BREAK: (pgettext_lazy("flag", "≠t"), _("another tree than the year before, not compared")),
    Flag.PARTIAL: (pgettext_lazy("flag", "i"), _("incomplete: units are missing")),
}


def flags_of(figure: Figure, past: Past) -> list[Flag]:
    """The flags of a figure; `past`: of its own place, or of the province for that of a unit."""
    causes = {cut.cause for cut in past.cuts(figure.indicator, figure.year, figure.unit_id)}
    held = {
        Flag.PROVISIONAL: figure.state.is_provisional,
        Flag.REVISED: figure.state == State.REVISED,
        Flag.SCHEME_BREAK: Cause.SCHEME in causes,
        Flag.TREE_BREAK: bool(causes & {Cause.TREE, Cause.PLACE}),
        Flag.PARTIAL: figure.is_partial or (figure.numerator is not None and figure.without > 0),
    }
    return [flag for flag, holds in held.items() if holds]
