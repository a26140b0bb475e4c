from datetime import date
from uuid import uuid4

from accounts.permissions import Permission
from assessments.registers.undoing.models import ActDone
from assessments.rules.models.caps import Cap, CapException, LikeGroup
from assessments.rules.models.counts import Activity
from assessments.rules.models.reasons import UnratedReason
from assessments.rules.models.reviews import ReviewDue
from assessments.rules.models.risk import RiskAge
from assessments.rules.models.schemes import Level, Reading, Scheme
from assessments.rules.models.target_sets import TargetScope, TargetSet
from assessments.rules.models.targets import Target, Term
from tests.routes import Route


def _year(at) -> dict:
    return {"year": at.year}


def _unit(at) -> dict:
    return {"year": at.year, "unit": at.unit.code}


def _code(at) -> dict:
    return {"year": at.year, "code": "grassroots_strong"}


def _first(model):
    return lambda at: {"pk": model.objects.order_by("pk").first().pk}


def _age(at) -> dict:
    return {"pk": RiskAge.objects.get_or_create(first_year=2018, defaults={"age": 70})[0].pk}


def _review(at) -> dict:
    made = {"kind": "interim", "name": "Sơ kết"}
    return {"pk": ReviewDue.objects.get_or_create(due_on=date(2018, 12, 31), defaults=made)[0].pk}


def _changed(at) -> dict:
    kept = {"object_type": "assessments.target", "object_id": Target.objects.first().pk}
    return {"pk": ActDone.objects.create(batch=uuid4(), code="rules.change", **kept).pk}


def _exception(at) -> dict:
    capped = {"subject": "grassroots", "level_code": "HTXSNV", "percent": 25, "year": at.year}
    return {"pk": CapException.objects.get_or_create(unit=at.unit, **capped)[0].pk}


def _like_group(at) -> dict:
    return {"pk": LikeGroup.objects.get_or_create(name="Xã", by="type", entries="Xã")[0].pk}


def _quotas(_at):
    """A target of which each unit has a quota."""
    of, _new = TargetSet.objects.get_or_create(
        code="DH", defaults={"name": "ĐH", "title": "ĐH", "short_name": "ĐH"}
    )
    values = {"indicator": "village_heads_members", "scope": TargetScope.QUOTA}
    return {"pk": Target.objects.get_or_create(set=of, **values, defaults={"comparison": ">="})[0].pk}


SEES, READS, EDITS = Permission.VIEW_FIGURES, Permission.VIEW_RULES, Permission.MANAGE_RULES
ROUTES = {
    "assessments:overview": Route(SEES),
    "assessments:province": Route(SEES, _year),
    "assessments:history": Route(SEES, _year),
    "assessments:unit": Route(SEES, _unit),
    "assessments:unit_history": Route(SEES, _unit),
    "assessments:self_rated": Route(SEES, _year),
    "assessments:unit_self_rated": Route(SEES, _unit),
    "assessments:drilldown": Route(SEES, _code),
    "assessments:unit_drilldown": Route(SEES, lambda at: _unit(at) | _code(at)),
    "assessments:at_risk": Route(SEES, _year),
    "assessments:unit_at_risk": Route(SEES, _unit),
    "assessments:awards": Route(SEES, _year),
    "assessments:unit_awards": Route(SEES, _unit),
    "assessments:pace": Route(SEES, _year),
    "assessments:unit_pace": Route(SEES, _unit),
    "assessments:heads": Route(SEES, _year),
    "assessments:unit_heads": Route(SEES, _unit),
    "assessments:head_ways": Route(Permission.SUBMIT, _unit),
    "assessments:schemes": Route(READS),
    "assessments:review_dues": Route(READS),
    "assessments:review_due_add": Route(EDITS),
    "assessments:review_due": Route(EDITS, _review),
    "assessments:review_due_remove": Route(EDITS, _review),
    "assessments:entry_rules": Route(READS),
    "assessments:entry_rules_year": Route(READS, _year),
    "assessments:entry_rule": Route(EDITS, lambda at: _year(at) | {"code": "jump"}),
    "assessments:rule": Route(READS, lambda at: {"code": "members_well"}),
    "assessments:scheme_add": Route(EDITS),
    "assessments:scheme": Route(EDITS, _first(Scheme)),
    "assessments:reading_add": Route(EDITS, lambda at: _first(Scheme)(at) | {"meaning": "strong"}),
    "assessments:level": Route(EDITS, _first(Level)),
    "assessments:reading": Route(EDITS, _first(Reading)),
    "assessments:reading_choose": Route(EDITS, _first(Reading)),
    "assessments:target_add": Route(EDITS),
    "assessments:target": Route(EDITS, _first(Target)),
    "assessments:target_remove": Route(EDITS, _first(Target)),
    "assessments:quotas": Route(EDITS, _quotas),
    "assessments:target_set_add": Route(EDITS),
    "assessments:target_set": Route(EDITS, _first(TargetSet)),
    "assessments:target_set_remove": Route(EDITS, _first(TargetSet)),
    "assessments:cap_add": Route(EDITS),
    "assessments:rule_undo": Route(EDITS, _changed),
    "assessments:cap": Route(EDITS, _first(Cap)),
    "assessments:cap_remove": Route(EDITS, _first(Cap)),
    "assessments:risk_age_add": Route(EDITS),
    "assessments:risk_age": Route(EDITS, _age),
    "assessments:risk_age_remove": Route(EDITS, _age),
    "assessments:term_add": Route(EDITS),
    "assessments:cap_exception_add": Route(EDITS),
    "assessments:cap_exception": Route(EDITS, _exception),
    "assessments:cap_exception_remove": Route(EDITS, _exception),
    "assessments:cap_group_add": Route(EDITS),
    "assessments:cap_group": Route(EDITS, _like_group),
    "assessments:cap_group_remove": Route(EDITS, _like_group),
    "assessments:term": Route(EDITS, _first(Term)),
    "assessments:term_remove": Route(EDITS, _first(Term)),
    "assessments:reasons": Route(READS),
    "assessments:reason_add": Route(EDITS),
    "assessments:reason": Route(EDITS, _first(UnratedReason)),
    "assessments:reason_move": Route(EDITS, _first(UnratedReason)),
    "assessments:counts": Route(SEES),
    "assessments:counts_year": Route(SEES, _year),
    "assessments:counts_unit": Route(SEES, _unit),
    "assessments:counts_behind": Route(SEES, lambda at: _year(at) | {"code": "cells_attended"}),
    "assessments:counts_missing": Route(SEES, _year),
    "assessments:counts_over_years": Route(SEES, lambda at: {"code": "cells_attended"}),
    "assessments:activities": Route(READS),
    "assessments:activity_add": Route(EDITS),
    "assessments:activity": Route(EDITS, _first(Activity)),
    "assessments:activity_move": Route(EDITS, _first(Activity)),
    "assessments:activity_remove": Route(EDITS, _first(Activity)),
    "assessments:activity_switch": Route(EDITS),
}
