"""What was given of a count in one place, as it is shown: the share, part and whole, how many gave it.

Part and whole are added up, the share is told of the sums; blank is neither 0 nor “has none”.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from assessments.roster.counts.given import Given
from assessments.rules.count_rule import CountRule
from resolution03.lib.figures import number


class State(StrEnum):
    """Why a place has a number, or none."""

    GIVEN = "given"
    SILENT = "silent"
    NO_VILLAGES = "no_villages"
    NOTHING = "nothing"


def share(part: int, whole: int, *, is_average: bool, places: int) -> Decimal | None:
    """So many for each one of the whole, or per cent; half up, for display only. None of nothing."""
    if not whole:
        return None
    times = part if is_average else part * 100
    return (Decimal(times) / Decimal(whole)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Cell:
    """The sum of a count over some organizations; `gave`: how many of them gave what makes its share, of a
    count without a share the count itself."""

    rule: CountRule
    given: Given = Given()
    gave: int = 0

    @classmethod
    def of(cls, rule: CountRule, given: Given) -> "Cell":
        """Of one organization."""
        return cls(rule, given, int(given.part is not None) if rule.has_share else given.given)

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(self.rule, self.given + other.given, self.gave + other.gave)

    @property
    def asked(self) -> int:
        """How many are asked for it."""
        return self.given.of

    @property
    def state(self) -> State:
        if self.given.given:
            return State.GIVEN
        if self.asked:
            return State.SILENT
        return State.NO_VILLAGES if self.rule.of_villages and not self.rule.is_of_event else State.NOTHING

    @property
    def is_partly(self) -> bool:
        """Whether it is the sum of some only of those that are asked."""
        return bool(self.given.given) and self.gave < self.asked

    @property
    def gave_words(self) -> str:
        """`gave 57/60`, of a sum of some only."""
        words = _("gave %(n)s/%(of)s")
        return words % {"n": number(self.gave), "of": number(self.asked)} if self.is_partly else ""

    @property
    def value(self) -> Decimal | int | None:
        """What is shown: the share in one place, an average in two, else the count."""
        return self._value(1)

    @property
    def shown(self) -> str:
        return number(self.value)

    @property
    def exact(self) -> Decimal | int | None:
        """The share in two places, where its organizations stand below."""
        return self._value(2)

    @property
    def opened(self) -> str:
        """The same with its sign."""
        is_percent = self.rule.has_share and not self.rule.is_average and self.exact is not None
        return number(self.exact) + ("%" if is_percent else "")

    @property
    def fraction(self) -> str:
        """`292/307`: of those that gave both; empty of a count without a share."""
        if not self.rule.has_share or not self.given.given:
            return ""
        if self.given.part is None:
            return f"{number(self.given.count)}/–"
        return f"{number(self.given.part)}/{number(self.given.whole)}"

    def _value(self, places: int) -> Decimal | int | None:
        if not self.rule.has_share:
            return self.given.count
        if self.given.part is None or self.given.whole is None:
            return None
        is_average = self.rule.is_average
        return share(
            self.given.part, self.given.whole, is_average=is_average, places=2 if is_average else places
        )


@dataclass(frozen=True, slots=True)
class Beside:
    """The year before, of a place and of those merged into it since: one number where the count adds up."""

    cells: tuple[Cell, ...] = ()

    @classmethod
    def of(cls, cells: Iterable[Cell], *, adds_up: bool) -> "Beside":
        found = [cell for cell in cells if cell.given.given]
        return cls((added(found[0].rule, found),) if found and adds_up else tuple(found))

    @property
    def shown(self) -> str:
        return "; ".join(cell.shown for cell in self.cells)

    @property
    def value(self) -> Decimal | int | str | None:
        """For a workbook: a number where there is one."""
        return self.cells[0].value if len(self.cells) == 1 else self.shown or None


def added(rule: CountRule, cells: Iterable[Cell]) -> Cell:
    """The sum of cells of one count."""
    return sum(cells, Cell(rule))
