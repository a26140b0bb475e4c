"""What does not add up in reported totals. Pure: whole numbers in, findings out (ADR 15).

Sources: INTERFACE, reading 7 (levels exclude each other); DOMAIN 1.1 (three members to form a
cell; an affiliated organization stands below a grassroots committee).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.rules.entry_rule import Code

LEAST_MEMBERS = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not add up: the rule, the subject where a note is due, whole numbers."""

    rule: Code
    subject: str
    words: str


def findings(
    subject: str, levels: Mapping[str, int], total: int | None, roster: int | None = None
) -> list[Finding]:
    """What contradicts in the totals of one subject.

    `levels`: how many at each level that was given; `total`: how many in all; `roster`: how many
    stand in the year's roster, None where there is none.
    """
    found = _sum_findings(subject, sum(levels.values()), total) if levels else []
    if None not in (total, roster) and total != roster:
        text = _("The total is %(total)s; in the roster of 31 December stand %(roster)s.")
        found.append(Finding(Code.TOTALS_ROSTER, subject, text % {"total": total, "roster": roster}))
    return found


def _sum_findings(subject: str, counted: int, total: int | None) -> list[Finding]:
    if total is None:
        return []
    numbers = {"sum": counted, "total": total, "over": counted - total, "short": total - counted}
    wrong = (
        (counted > total, _("The levels together are %(sum)s, the total is %(total)s: %(over)s too many.")),
        (counted < total, _("The levels together are %(sum)s, the total is %(total)s: %(short)s not rated.")),
    )
    return [Finding(Code.TOTALS_SUM, subject, text % numbers) for is_so, text in wrong if is_so]


def findings_between(totals: Mapping[str, int]) -> list[Finding]:
    """What contradicts between the totals of one organization; only the subjects given count."""
    grassroots, affiliated, members = (
        totals.get(subject) for subject in ("grassroots", "affiliated", "member")
    )
    found = []
    if grassroots == 0 and affiliated:
        text = _("%(affiliated)s affiliated organizations, but no grassroots organization.")
        found.append(Finding(Code.TOTALS_BETWEEN, "affiliated", text % {"affiliated": affiliated}))
    organizations = max(grassroots or 0, affiliated or 0)
    if members is not None and members < LEAST_MEMBERS * organizations:
        text = _("%(members)s members for %(organizations)s organizations: fewer than three each.")
        numbers = {"members": members, "organizations": organizations}
        found.append(Finding(Code.TOTALS_BETWEEN, "member", text % numbers))
    return found


def asked_of(found: list[Finding], asked: tuple[str, ...]) -> list[Finding]:
    """The findings whose rule is on; `asked` is `YearRules.asked`."""
    return [finding for finding in found if finding.rule in asked]
