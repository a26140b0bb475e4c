"""Contradictions of counts without a written reason: what the Board looks at before accepting."""

from assessments.entry.counts.rules import words_of
from assessments.roster.counts.given import YearCounts
from assessments.roster.models.counts import ActivityCount
from assessments.rules.models.counts import CountLevel


def unexplained(counts: YearCounts) -> dict[int, tuple[str, ...]]:
    """Organization → what its counts fail without a reason, in words; of every level, in the rules' order."""
    found: dict[int, tuple[str, ...]] = {}
    explained = _explained(counts)
    for level in {rule.level for rule in counts.asked} & set(CountLevel.values):
        for body in counts.bodies(level):
            words = [
                words_of(finding, counts.rules)
                for finding in counts.findings(body, level)
                if (body, finding.rule.code) not in explained
            ]
            if words:
                found[body] = (*found.get(body, ()), *words)
    return found


def _explained(counts: YearCounts) -> set[tuple[int, str]]:
    units = set(counts.bodies().values())
    rows = ActivityCount.objects.filter(year=counts.year, period=counts.period, unit__in=units)
    return set(rows.exclude(reason="").order_by().values_list("organization", "activity__code"))
