"""The tables of the rules, as the Board's acts write them, for taking these back."""

from collections.abc import Mapping

from django.db.models import Model

from assessments.registers.undoing.tables import Table
from assessments.rules.models.caps import Cap, CapException, LikeGroup
from assessments.rules.models.counts import Activity, CountCheck
from assessments.rules.models.reasons import UnratedReason
from assessments.rules.models.reviews import ReviewDue
from assessments.rules.models.risk import RiskAge
from assessments.rules.models.schemes import Level, Reading, Scheme
from assessments.rules.models.switches import RuleSwitch
from assessments.rules.models.target_sets import Quota, TargetSet
from assessments.rules.models.targets import Target, Term

COUNTED_LEVEL = Reading.levels.through
"""Which levels a reading counts, a row each."""


def _rule(model: type[Model], code: str) -> Table:
    return Table(model, (), (), code=code, is_of_all=True).whole()


TABLES: Mapping[type[Model], Table] = {
    Scheme: _rule(Scheme, "document_number"),
    Level: _rule(Level, "code"),
    Reading: _rule(Reading, "meaning"),
    COUNTED_LEVEL: Table(COUNTED_LEVEL, (), ("reading_id",), Reading, code="reading__meaning").whole(),
    TargetSet: _rule(TargetSet, "code"),
    Target: _rule(Target, "indicator"),
    Quota: Table(
        Quota, (), ("target_id",), Target, code="unit__code", path="unit__path", unit="unit", is_of_all=True
    ).whole(),
    Cap: _rule(Cap, "level_code"),
    CapException: _rule(CapException, "unit__code"),
    LikeGroup: _rule(LikeGroup, "name"),
    Term: _rule(Term, "name"),
    RiskAge: _rule(RiskAge, "first_year"),
    UnratedReason: _rule(UnratedReason, "text"),
    Activity: _rule(Activity, "short_name"),
    ReviewDue: _rule(ReviewDue, "name"),
    CountCheck: _rule(CountCheck, "activity__short_name"),
    RuleSwitch: _rule(RuleSwitch, "rule"),
}
"""In the order in which the rows refer to each other."""
