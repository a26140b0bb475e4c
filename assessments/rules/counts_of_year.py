"""What a year counts: as closing froze it, or the Board's rows as they stand."""

from collections.abc import Iterable
from dataclasses import replace

from assessments.rules.count_rule import CheckRule, CountRule, thaw_counts
from assessments.rules.models.counts import Activity, CountCheck, CountSource
from assessments.rules.models.years import RatingYear

FROZEN = "counts"
"""Where what a closed year counted stands in what closing froze."""
PLAIN = (
    "code", "name", "short_name", "group", "clause", "document", "measure", "level", "period", "source",
    "register", "size", "is_monthly", "is_average", "direction", "of_villages", "adds_up", "form",
)  # fmt: skip
OF_CHECKS = ("times", "relation", "size", "register", "is_monthly", "is_hard")


def counts_of(year: RatingYear) -> tuple[CountRule, ...]:
    """What a year counts, in the Board's order: as closing froze it, else as the Board's rows stand."""
    return counts_of_years([year])[year.pk]


def counts_of_years(years: Iterable[RatingYear]) -> dict[int, tuple[CountRule, ...]]:
    """The same of several years; two statements for one as for ten."""
    years = list(years)
    rules = {year.pk: thaw_counts(year.frozen[FROZEN]) for year in years if _is_frozen(year)}
    live = [year.pk for year in years if year.pk not in rules]
    return rules | (live_counts(live) if live else {})


def _is_frozen(year: RatingYear) -> bool:
    return year.is_closed and FROZEN in (year.frozen or {})


def live_counts(years: Iterable[int]) -> dict[int, tuple[CountRule, ...]]:
    """What the Board's rows say of years."""
    rules = [(row, rule) for row, rule in all_counts() if not row.is_off]
    return {year: tuple(rule for row, rule in rules if holds(row, year)) for year in years}


def all_counts() -> list[tuple[Activity, CountRule]]:
    """Everything that the Board declared, of whichever years, switched off or not, in its order."""
    rows = arranged(Activity.objects.all())
    codes = {row.pk: row.code for row in rows}
    checks = _checks(codes)
    return [(row, rule_of(row, codes, checks.get(row.pk, ()))) for row in rows]


def declared_counts() -> dict[str, CountRule]:
    """Every count that the Board has declared as it stands now, by code, those of other years and those
    switched off among them; two statements."""
    return {row.code: rule for row, rule in all_counts()}


def arranged(rows: Iterable[Activity]) -> list[Activity]:
    """In groups: each group where its first count stands, the counts of a group in their order."""
    rows = sorted(rows, key=lambda row: (row.position, row.pk))
    first: dict[str, int] = {}
    for place, row in enumerate(rows):
        first.setdefault(row.group, place)
    return sorted(rows, key=lambda row: first[row.group])


def holds(row: Activity, year: int) -> bool:
    """Whether a year lies in those of which it is counted."""
    return (row.first_year or year) <= year <= (row.last_year or year)


def rule_of(row: Activity, codes: dict[int, str], checks: tuple[CheckRule, ...]) -> CountRule:
    """The value of a row; `codes`: of all counts by their keys. What is compared is checked against the
    registers' number, whether or not a check of its own says so."""
    if row.source == CountSource.COMPARED and row.register:
        checks = _with_comparison(checks, CheckRule(relation="eq", register=row.register))
    return CountRule(
        **{name: getattr(row, name) for name in PLAIN},
        denominator=codes.get(row.denominator_id or 0, ""),
        less=codes.get(row.less_id or 0, ""),
        checks=checks,
    )


def _with_comparison(checks: tuple[CheckRule, ...], compared: CheckRule) -> tuple[CheckRule, ...]:
    is_there = any(replace(check, is_hard=False) == compared for check in checks)
    return checks if is_there else (*checks, compared)


def _checks(codes: dict[int, str]) -> dict[int, tuple[CheckRule, ...]]:
    found: dict[int, tuple[CheckRule, ...]] = {}
    for row in CountCheck.objects.order_by("activity", "pk"):
        rule = CheckRule(
            **{name: getattr(row, name) for name in OF_CHECKS},
            plus=codes.get(row.plus_id or 0, ""),
            other=codes.get(row.other_id or 0, ""),
            less=codes.get(row.less_id or 0, ""),
        )
        found[row.activity_id] = (*found.get(row.activity_id, ()), rule)
    return found
