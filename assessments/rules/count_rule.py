"""One thing that is counted as a value: its whole, its checks, and what a count fails of them.

Sources: DOMAIN-additions E; Charter, art. 24 (monthly meetings, a committee from nine official members on).
Whole numbers compare; a count, a size or a number that nobody knows fails nothing.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import asdict, dataclass

Numbers = Mapping[str, int]
"""Whole numbers by the codes of counts, of sizes or of the registers' numbers; what is unknown has no key."""

MONTHS = {"half": 6, "year": 12}
"""Months of a period."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one organization in a period: its counts, its sizes, its registers' numbers."""

    counts: Numbers
    sizes: Numbers
    registers: Numbers
    period: str = "year"

    @property
    def months(self) -> int:
        return MONTHS[self.period]

    def count(self, code: str, less: str = "") -> int | None:
        """A count, less another one where that is named."""
        whole, part = self.counts.get(code), self.counts.get(less) if less else 0
        return None if whole is None or part is None else whole - part


NOBODY = Known({}, {}, {})
"""Of whom nothing is known."""


@dataclass(frozen=True, slots=True)
class CheckRule:
    """`times` × the count (+ `plus`) `relation` the count `other` (− `less`), a size (times the months where
    `is_monthly`) or a register's number; `relation` is le, ge or eq."""

    times: int = 1
    plus: str = ""
    relation: str = "le"
    other: str = ""
    less: str = ""
    size: str = ""
    register: str = ""
    is_monthly: bool = False
    is_hard: bool = False

    def bound(self, known: Known) -> int | None:
        """The number to which it is held; None where nobody knows it."""
        if self.other:
            return known.count(self.other, self.less)
        found = known.sizes.get(self.size) if self.size else known.registers.get(self.register)
        return found * known.months if found is not None and self.is_monthly else found

    def number(self, code: str, known: Known) -> int | None:
        """What is held to it."""
        own, other = known.counts.get(code), known.counts.get(self.plus) if self.plus else 0
        return None if own is None or other is None else self.times * own + other

    def fails(self, code: str, known: Known) -> bool:
        number, bound = self.number(code, known), self.bound(known)
        if number is None or bound is None:
            return False
        return {"le": number > bound, "ge": number < bound, "eq": number != bound}[self.relation]


@dataclass(frozen=True, slots=True)
class CountRule:
    """One thing that is counted in a year; fields as of `rules.models.counts.Activity`, counts by code."""

    code: str
    name: str
    short_name: str
    group: str = ""
    clause: str = ""
    document: str = ""
    measure: str = ""
    level: str = "grassroots"
    period: str = "year"
    source: str = "typed"
    register: str = ""
    denominator: str = ""
    less: str = ""
    size: str = ""
    is_monthly: bool = False
    is_average: bool = False
    direction: str = ""
    of_villages: bool = False
    adds_up: bool = True
    form: str = ""
    checks: tuple[CheckRule, ...] = ()

    @property
    def defined(self) -> tuple:
        """What its figure is made of: two years that differ in it are not compared."""
        return self.level, self.denominator, self.less, self.size, self.is_monthly, self.is_average

    @property
    def has_share(self) -> bool:
        return bool(self.denominator or self.size)

    @property
    def is_computed(self) -> bool:
        return self.source == "computed"

    @property
    def is_of_event(self) -> bool:
        """Whether nobody lacks it who had nothing to give."""
        return self.period == "event"

    def is_in(self, period: str) -> bool:
        """Whether it is counted in the period."""
        return period == "year" or self.period == "half"

    def is_asked(self, period: str, sizes: Numbers) -> bool:
        """Whether it says something of an organization of these sizes in the period."""
        return self.is_in(period) and not (self.of_villages and not sizes.get("villages"))

    def whole(self, known: Known) -> int | None:
        """Of how many its share is told; None where nobody knows it."""
        if self.denominator:
            return known.count(self.denominator, self.less)
        found = known.sizes.get(self.size)
        return found * known.months if found is not None and self.is_monthly else found

    def most(self, known: Known) -> int | None:
        """The most that it can be by the sizes of the list; None where nothing bounds it."""
        bounds = [
            bound // check.times
            for check in self.checks
            if check.size and check.relation != "ge" and not check.plus
            if (bound := check.bound(known)) is not None
        ]
        return min(bounds, default=None)


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that a count fails: `number` stands against `bound`."""

    rule: CountRule
    check: CheckRule
    number: int
    bound: int

    def concerns(self, codes: Container[str]) -> bool:
        """Whether one of the counts that it compares is among `codes`."""
        named = (self.rule.code, self.check.plus, self.check.other, self.check.less)
        return any(code in codes for code in named if code)


def findings(rules: tuple[CountRule, ...], known: Known) -> Iterator[Finding]:
    """What the counts of one organization fail, in the order of the rules."""
    for rule in rules:
        for check in rule.checks:
            if check.fails(rule.code, known):
                yield Finding(rule, check, check.number(rule.code, known) or 0, check.bound(known) or 0)


def freeze_counts(rules: tuple[CountRule, ...]) -> list[dict]:
    """As JSON keeps them."""
    return [asdict(rule) for rule in rules]


def thaw_counts(rows: list[dict]) -> tuple[CountRule, ...]:
    return tuple(
        CountRule(**row | {"checks": tuple(CheckRule(**check) for check in row.get("checks", ()))})
        for row in rows
    )
