"""What a rule of entry is: what it looks at, on what it rests, in which years."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from resolution03.lib.phrases import Phrase


class Code(StrEnum):
    """The name of a rule in the code, in `RuleSwitch` and in what closing froze."""

    YEAR_CLOSED = "year_closed"
    LEFT_ROSTER = "left_roster"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    FOREIGN_LEVEL = "foreign_level"
    EXEMPT_RATED = "exempt_rated"
    TITLE_AS_LEVEL = "title_as_level"
    BESIDE_TOTAL = "beside_total"
    DRAFTS_ONLY = "drafts_only"
    TEXT_TOO_LONG = "text_too_long"
    FUTURE_DATE = "future_date"
    EXEMPLARY_NOT_STRONG = "exemplary_not_strong"
    BLANK = "blank"
    ABOVE_SELF = "above_self"
    OVER_CAP = "over_cap"
    RECENT_RATED = "recent_rated"
    DISCIPLINE = "discipline"
    JUMP = "jump"
    TOTALS_SUM = "totals_sum"
    TOTALS_ROSTER = "totals_roster"
    TOTALS_BETWEEN = "totals_between"


class LooksAt(StrEnum):
    """What a rule looks at, and so when it is judged."""

    CHANGE = "change"
    READING = "reading"
    LINE = "line"
    GROUP = "group"
    TOTALS = "totals"

    @property
    def label(self) -> Phrase:
        return _LOOKS[self]


_LOOKS = {
    LooksAt.CHANGE: _("each entry, when it is saved"),
    LooksAt.READING: _("a reading of the levels, when the Board saves or chooses it"),
    LooksAt.LINE: _("each row, when the unit submits"),
    LooksAt.GROUP: _("each group under a cap, when the unit submits"),
    LooksAt.TOTALS: _("reported totals, when they are typed"),
}


@dataclass(frozen=True, slots=True)
class Basis:
    """On what a rule rests in some years; without a first or last year, from or for ever."""

    document: Phrase
    first_year: int | None = None
    last_year: int | None = None

    def holds(self, year: int) -> bool:
        return (self.first_year or year) <= year <= (self.last_year or year)


OFFICE = _("practice of the office")
SYSTEM = _("the system's own rule")
ALWAYS_OFFICE, ALWAYS_SYSTEM = (Basis(OFFICE),), (Basis(SYSTEM),)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in words; `bases` say on which document it rests in which years."""

    code: Code
    looks_at: LooksAt
    title: Phrase
    words: Phrase
    bases: tuple[Basis, ...] = ALWAYS_OFFICE
    is_soft: bool = False

    def basis(self, year: int) -> Basis | None:
        """What it rests on in `year`; None when it does not hold."""
        return next((basis for basis in self.bases if basis.holds(year)), None)

    def document(self, year: int) -> Phrase:
        """The document of `year`; empty when the rule does not hold."""
        basis = self.basis(year)
        return basis.document if basis else ""
