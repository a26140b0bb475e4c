"""Which organizations count under another target than before: why figures differ by the tree alone."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.schemes import Meaning
from assessments.rules.models.years import RatingYear
from assessments.rules.of_year import rules_of_years


class Counted(NamedTuple):
    """How a line counts: its kind, the code of its decided level, "" for none."""

    kind: str
    level: str


class Moved(NamedTuple):
    """Lines of one kind that are of another, "" for not in the roster: how many, of them rated, strong,
    exemplary."""

    before: str
    after: str
    lines: int
    rated: int
    strong: int
    exemplary: int


Snapshot = Mapping[int, Mapping[int, Counted]]
"""Year → organization → how its line counts."""


def snapshot(years: Iterable[RatingYear]) -> Snapshot:
    """How the lines of open years count now; one statement a year."""
    return {year.pk: _lines(year) for year in years}


def moved(years: Iterable[RatingYear], before: Snapshot, after: Snapshot) -> Mapping[int, list[Moved]]:
    """By year, what is counted under another kind; in whole numbers that add up."""
    years = list(years)
    rules = rules_of_years(years)
    found = {}
    for year in years:
        strong, exemplary = (_codes(rules[year.pk], one) for one in (Meaning.STRONG, Meaning.EXEMPLARY))
        found[year.pk] = _moved(before[year.pk], after[year.pk], strong, exemplary)
    return found


def _lines(year: RatingYear) -> Mapping[int, Counted]:
    rows = OrganizationLine.objects.filter(year=year).in_roster().order_by()
    return {
        pk: Counted(kind, level or "")
        for pk, kind, level in rows.values_list("organization_id", "kind", "decided__code")
    }


def _codes(rules, meaning: Meaning) -> frozenset[str]:
    reading = rules.reading(meaning)
    return frozenset(reading.codes) if reading else frozenset()


def _moved(before, after, strong, exemplary) -> list[Moved]:
    counts: Counter[tuple[str, str]] = Counter()
    rated, counted, title = Counter(counts), Counter(counts), Counter(counts)
    none = Counted("", "")
    for pk in before.keys() | after.keys():
        old, new = before.get(pk, none), after.get(pk, none)
        if old.kind == new.kind:
            continue
        pair, level = (old.kind, new.kind), old.level or new.level
        counts[pair] += 1
        rated[pair] += bool(level)
        counted[pair] += level in strong
        title[pair] += level in exemplary
    return [Moved(*pair, counts[pair], rated[pair], counted[pair], title[pair]) for pair in sorted(counts)]
