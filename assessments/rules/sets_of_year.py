"""The Board's sets of targets as the rules of years that read them live."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.db.models import prefetch_related_objects

from assessments.rules.models.target_sets import TargetScope, TargetSet
from assessments.rules.models.targets import Target
from assessments.rules.target_rules import SetRule, TargetRule


def live_sets(years: Iterable[int]) -> dict[int, tuple[SetRule, ...]]:
    """The sets of each year, the default one first; at most three statements for any number of sets and
    units."""
    sets, targets = list(TargetSet.objects.all()), list(Target.objects.all())
    assigned = [row for row in targets if row.scope == TargetScope.QUOTA]
    prefetch_related_objects(assigned, "quotas")
    by_set = {pk: list(rows) for pk, rows in groupby(targets, key=lambda row: row.set_id)}
    return {year: tuple(_set(row, by_set.get(row.pk, []), year) for row in sets) for year in years}


def holds(row, year: int) -> bool:
    """Whether a rule with a first and a last year holds in a year."""
    return (row.first_year or 0) <= year and (row.last_year is None or year <= row.last_year)


def _set(row: TargetSet, targets: list[Target], year: int) -> SetRule:
    return SetRule(
        code=row.code,
        name=row.name,
        title=row.title,
        short_name=row.short_name,
        document=row.document,
        is_default=row.is_default,
        targets=tuple(_in(year, targets, row.document)),
    )


def _in(year: int, rows: list[Target], document: str) -> Iterator[TargetRule]:
    """One rule an indicator and scope; without a row for the year, a rule without a value."""
    for _key, same in groupby(rows, key=lambda row: (row.indicator, row.scope)):
        own = list(same)
        holding = [row for row in own if holds(row, year)]
        rule = _rule(holding[-1] if holding else own[0], document)
        yield rule if holding else rule.unjudged


def _rule(row: Target, document: str) -> TargetRule:
    return TargetRule(
        indicator=row.indicator,
        comparison=row.comparison,
        value=row.value,
        due=row.due,
        document=row.document or document,
        article=row.article,
        scope=row.scope,
        is_guiding=row.is_guiding,
        quotas=_quotas(row) if row.scope == TargetScope.QUOTA else (),
    )


def _quotas(row: Target) -> tuple[tuple[int, int], ...]:
    return tuple((one.unit_id, one.value) for one in row.quotas.all())
