"""Which of several counts typed at once cannot stand."""

from collections.abc import Mapping

from assessments.rules.count_rule import CountRule, Finding, Known, findings

After = Mapping[str, int | None]
"""Counts by code as they would stand; None takes one back."""


def changed(known: Known, after: After) -> Known:
    """What is known of an organization once it has other counts."""
    counts = {code: count for code, count in {**known.counts, **after}.items() if count is not None}
    return Known(counts, known.sizes, known.registers, known.period)


def contradictions(rules: tuple[CountRule, ...], known: Known, after: After) -> dict[str, Finding]:
    """The counts of `after` that a hard check refuses, each with the check, so that the others can be stored
    beside what stands. Where a check compares two of them, the one that it is a check of goes first."""
    left, wrong = dict(after), {}
    while found := _first(rules, changed(known, left), left):
        code = next(code for code in _named(found) if code in left)
        wrong[code] = found
        del left[code]
    return wrong


def _first(rules: tuple[CountRule, ...], known: Known, left: After) -> Finding | None:
    found = findings(rules, known)
    return next((one for one in found if one.check.is_hard and one.concerns(left)), None)


def _named(finding: Finding) -> tuple[str, ...]:
    check = finding.check
    return finding.rule.code, check.plus, check.other, check.less
