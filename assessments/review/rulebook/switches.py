"""The rules of entry as they are read: in words, by document and years, on or off in a year."""

from dataclasses import dataclass

from assessments.rules.catalog import RULES
from assessments.rules.entry_rule import Basis, Rule
from assessments.rules.models.switches import RuleSwitch
from assessments.rules.models.years import RatingYear
from assessments.rules.of_year import rules_of
from orgs.models import AuditEntry

TYPE = RuleSwitch._meta.label_lower


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in a year. `is_on`: None where there is no year, or nothing to switch.

    `bases`: each document with its years and whether it holds in the year. `told`: the last
    switching, where there was one.
    """

    rule: Rule
    bases: list[tuple[Basis, bool]]
    is_on: bool | None
    told: AuditEntry | None


def lines(year: RatingYear | None, switched: list[AuditEntry]) -> list[RuleLine]:
    """All rules, the hard ones first; `switched` is the year's history."""
    asked = rules_of(year).asked if year else ()
    told = {entry.object_code: entry for entry in reversed(switched)}
    return [
        RuleLine(
            rule,
            [(basis, year is not None and basis.holds(year.pk)) for basis in rule.bases],
            code in asked if year and rule.is_soft and rule.basis(year.pk) else None,
            told.get(code),
        )
        for code, rule in RULES.items()
    ]


def history(year: RatingYear | None) -> list[AuditEntry]:
    """The switchings of a year, the latest first; rules belong to everybody who may read them."""
    switches = list(RuleSwitch.objects.filter(year=year).values_list("pk", flat=True))
    entries = AuditEntry.objects.filter(object_type=TYPE, object_id__in=switches)
    return list(entries.order_by("-pk")) if switches else []


def switch_of(year: RatingYear, rule: str) -> RuleSwitch:
    """The switch of a rule in a year, not stored yet where it was never switched."""
    return RuleSwitch.objects.filter(year=year, rule=rule).first() or RuleSwitch(year=year, rule=rule)
