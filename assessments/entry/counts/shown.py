"""A count as a page shows it on which it is typed; several of them, and how many are given."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.entry.counting.cells import shown
from assessments.entry.counts.registers import register_url
from assessments.entry.counts.stored import Stored
from assessments.entry.counts.told import Told
from assessments.rules.count_rule import CountRule
from resolution03.lib.figures import number


@dataclass(frozen=True, slots=True)
class Body:
    """Whose counts are typed; `pk`: of its line, of a unit of its submission; `place`: the organization."""

    pk: int
    place: int
    code: str
    name: str
    level: str
    is_cell: bool = False
    is_locked: bool = False


@dataclass(slots=True)
class Cell:
    """One count of one organization as a page shows it. `last`: of the year before, one number or none;
    `last_words`: as it stands there, also what merged organizations gave apart. `typed`: what was sent and
    not stored, with `fault`.

    `is_told`: by the registers; `is_open`: it is typed; `is_asked`: blank is something still to give;
    `is_part`: it stands in below the count before; `is_yes_no`: it can only be one or none.
    """

    body: Body
    rule: CountRule
    stored: Stored
    count: int | None
    last: int | None
    told: Told
    year: int
    hint: str = ""
    last_words: str = "–"
    is_told: bool = False
    is_open: bool = True
    is_asked: bool = True
    is_part: bool = False
    is_yes_no: bool = False
    typed: str | None = None
    typed_reason: str | None = None
    fault: str = ""
    is_paper: bool = False

    @property
    def pk(self) -> int:
        return self.body.pk

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def key(self) -> str:
        return f"{self.body.pk}:{self.rule.code}"

    @property
    def text(self) -> str:
        return self.stored.text if self.typed is None else self.typed

    @property
    def reason(self) -> str:
        return self.stored.reason if self.typed_reason is None else self.typed_reason

    @property
    def name(self) -> str:
        return f"{self.body.name}: {self.rule.name}"

    @property
    def data(self) -> str:
        """As the page's script reads it (static/js/entry/counts/cell.js)."""
        told = {
            "name": self.name,
            "code": self.body.code,
            "version": self.stored.mark,
            "count": self.stored.text,
            "reason": self.stored.reason,
            "last": shown(self.last),
            "isAsked": self.is_asked,
            "told": self.told.as_data(),
        }
        return json.dumps(told, ensure_ascii=False)

    @property
    def seen(self) -> str:
        """As a whole form carries what it showed."""
        return f"{self.stored.mark} {self.stored.reason}"

    @property
    def shows_reason(self) -> bool:
        return bool(self.told.asks or self.reason)

    @property
    def sign(self) -> tuple[str, str]:
        """Kind and words of what is said of it; the words are empty where nothing is wrong."""
        if self.fault:
            return "error", _("Not saved: %(why)s") % {"why": self.fault}
        return (self.told.kind, self.told.words) if self.told.words else ("met", "")

    @property
    def register_url(self) -> str:
        """Where the rows stand from which it is told; empty where it is typed."""
        if not self.is_told:
            return ""
        return register_url(self.rule.register, self.year, self.body.place, self.body.name)

    @property
    def small(self) -> str:
        """What stands under its name."""
        told = _("counted from the registers, not typed") if self.is_told else ""
        return " · ".join(filter(None, (self.hint, told)))

    @property
    def is_blank(self) -> bool:
        return self.count is None

    @property
    def is_owed(self) -> bool:
        return self.told.asks and not self.stored.reason

    @property
    def is_wrong(self) -> bool:
        return bool(self.fault) or self.told.kind == "error"


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of what is asked for is given."""

    asked: int
    given: int
    wrong: int
    owed: int

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> "Progress":
        cells = list(cells)
        asked = [cell for cell in cells if cell.is_asked]
        return cls(
            len(asked),
            sum(not cell.is_blank for cell in asked),
            sum(cell.is_wrong for cell in cells),
            sum(cell.is_owed for cell in cells),
        )

    @property
    def blank(self) -> int:
        return self.asked - self.given

    @property
    def thousandths(self) -> int:
        return self.given * 1000 // self.asked if self.asked else 0

    @property
    def parts(self) -> list[str]:
        """`2 blank`, `1 wrong`, `1 without a reason`: those that there are."""
        told = {
            _("%(count)s cells blank"): self.blank,
            _("%(count)s cells wrong"): self.wrong,
            _("%(count)s cells without a reason"): self.owed,
        }
        return [words % {"count": number(count)} for words, count in told.items() if count]

    @property
    def left(self) -> str:
        return ", ".join(self.parts)

    @property
    def finding(self) -> str:
        """`left: 2 cells blank, 1 cell wrong`, or that all is given."""
        if not self.asked:
            return _("nothing is counted")
        return _("left: %(parts)s") % {"parts": self.left} if self.parts else _("everything is given")

    @property
    def sign(self) -> tuple[str, str]:
        """Kind and words of the sign of how it stands."""
        kind = "error" if self.wrong else "unmet" if self.owed else "none" if self.parts else "met"
        return kind, self.left or (_("given") if self.asked else "")


@dataclass(frozen=True, slots=True)
class Group:
    """What is counted under one heading, of one or of many organizations."""

    name: str
    cells: list[Cell]

    @property
    def clauses(self) -> str:
        return ", ".join(dict.fromkeys(cell.rule.clause for cell in self.cells if cell.rule.clause))

    @property
    def progress(self) -> Progress:
        return Progress.of(self.cells)


def groups(cells: Iterable[Cell]) -> list[Group]:
    """By the group of what is counted, in the order of the Board."""
    found: dict[str, list[Cell]] = {}
    for cell in cells:
        found.setdefault(cell.rule.group, []).append(cell)
    return [Group(name, own) for name, own in found.items()]
