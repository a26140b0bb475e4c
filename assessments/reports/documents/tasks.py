"""What parts II and III ask to be done, as rows of a Word report: each count that somebody gave, as form 08
and 09 tell it."""

from collections.abc import Iterator

from assessments.reports.building.counted import WHOSE, share_of
from assessments.reports.building.matter import Matter
from assessments.reports.documents.compared import Texts
from assessments.roster.counts.given import Given, YearCounts
from assessments.rules.count_rule import CountRule
from assessments.rules.models.counts import CountLevel
from resolution03.lib.figures import number, percentage

_DEFINED = ("level", "denominator", "less", "size", "is_monthly", "is_average", "register")
"""What makes a count of two years the same one."""


def rows(matter: Matter) -> list[Texts]:
    """The parts of `fields.TASK`, in the Board's order; what nobody gave has no row."""
    counts = matter.year_counts
    before = YearCounts.under(matter.before, matter.scope) if matter.before else None
    earlier = {rule.code: rule for rule in before.asked} if before else {}
    found = []
    for rule, given in _told(counts):
        old = earlier.get(rule.code)
        is_same = before and old and all(getattr(rule, name) == getattr(old, name) for name in _DEFINED)
        then = before.total(old) if before and old and is_same else Given()
        found.append(_row(rule, given) | {"nam_truoc": _value(rule, then)})
    return [{"tt": str(number_)} | row for number_, row in enumerate(found, start=1)]


def _told(counts: YearCounts) -> Iterator[tuple[CountRule, Given]]:
    totals = ((rule, counts.total(rule)) for rule in counts.asked)
    return ((rule, given) for rule, given in totals if given.given)


def _row(rule: CountRule, given: Given) -> Texts:
    return {
        "nhom": rule.group,
        "muc": rule.clause,
        "ten": rule.name,
        "don_vi_tinh": rule.measure,
        "co": number(given.count),
        "tong": "" if given.whole is None else number(given.whole),
        "ty_le": _share(rule, given),
        "da_bao": f"{number(given.given)}/{number(given.of)} {WHOSE[CountLevel(rule.level)]}",
        "cong_chua_du": "" if given.is_complete else f"{number(given.given)}/{number(given.of)}",
    }


def _share(rule: CountRule, given: Given) -> str:
    """In percent, or how many for each one; empty where there is none."""
    share = share_of(rule, given)
    if share is None:
        return ""
    return number(share) if rule.is_average else percentage(share)


def _value(rule: CountRule, given: Given) -> str:
    """The share, or the count of what has none; empty where nobody gave it."""
    if given.count is None:
        return ""
    return _share(rule, given) if rule.has_share else number(given.count)
