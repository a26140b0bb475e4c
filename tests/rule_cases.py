"""The choices of the Board as the trail has them: each sort of rule entered, changed, taken away."""

from datetime import date
from decimal import Decimal

from accounts.actors import Actor
from assessments.review.rulebook import actions as schemes
from assessments.review.rulebook import (
    cap_actions,
    counted_actions,
    reason_actions,
    review_actions,
    set_actions,
    switch_actions,
    target_actions,
)
from assessments.rules.models.caps import Cap
from assessments.rules.models.counts import Activity
from assessments.rules.models.reasons import UnratedReason
from assessments.rules.models.reviews import ReviewDue
from assessments.rules.models.risk import RiskAge
from assessments.rules.models.schemes import Level, Reading, Scheme
from assessments.rules.models.target_sets import TargetSet
from assessments.rules.models.targets import Target, Term

BY = Actor(name="thử nghiệm")
DAY = date(2018, 6, 1)


def enter_rules(unit) -> None:
    reading = Reading.objects.get(scheme__first_year=2018, meaning="strong", in_use=False)
    schemes.choose_reading(reading, by=BY, document_number="12-QĐ/TU", document_date=DAY)
    made = Reading(scheme=reading.scheme, meaning="well", name="khác")
    schemes.save_reading(made, by=BY, levels=Level.objects.filter(scheme=reading.scheme, subject="member"))
    latest = Scheme.objects.latest("first_year")
    scheme = Scheme(name="Khung mới", first_year=latest.first_year + 3, document_number="1-HD")
    schemes.add_scheme(scheme, by=BY, like=latest)
    level = scheme.levels.first()
    level.name = "Tên khác"
    schemes.rename_level(level, by=BY)
    target = Target(
        set=TargetSet.objects.get(is_default=True), indicator="grassroots_strong", comparison=">=",
        value=Decimal("55.50"), first_year=2014, last_year=2015,
    )  # fmt: skip
    target_actions.save_target(target, by=BY)
    target.value = Decimal(1250) / 20
    target_actions.save_target(target, by=BY)
    target_actions.remove_target(target, by=BY)
    _enter_sets(unit)
    years = {"first_year": 2018, "last_year": 2018}
    cap = Cap(subject="member", level_code="HTXSNV", percent=15, base="rated", group="unit", **years)
    cap_actions.save_cap(cap, by=BY)
    cap_actions.remove_cap(cap, by=BY)
    age = RiskAge(age=65, first_year=2030)
    schemes.save_risk_age(age, by=BY)
    schemes.remove_risk_age(age, by=BY)
    term = Term(name="Nhiệm kỳ thử", starts_on=date(2040, 1, 1), ends_on=date(2044, 12, 31))
    schemes.save_term(term, by=BY)
    switch_actions.switch_rule(by=BY, year=2018, rule="jump", is_on=False, reason="không cần")
    activity = Activity(name="Số lớp học", short_name="Lớp học", first_year=2018, document="NQ")
    counted_actions.save_activity(activity, by=BY)
    counted_actions.move_activity(activity, by=BY, up=True)
    due = ReviewDue(kind="final", name="Tổng kết", due_on=date(2031, 8, 8))
    review_actions.save_review_due(due, by=BY)
    review_actions.remove_review_due(due, by=BY)
    reason_actions.save_reason(UnratedReason(text="Chờ xác minh", for_members=True), by=BY)


def _enter_sets(unit) -> None:
    """A set, a quota of `unit` given and changed, all of it taken away."""
    row = TargetSet(code="DH", name="Đại hội", issuer="Đại hội")
    set_actions.save_set(row, by=BY)
    assigned = Target(set=row, indicator="village_heads_members", comparison=">=", scope="quota")
    target_actions.save_target(assigned, by=BY)
    for value in (40, 45):
        set_actions.save_quotas(assigned, {unit.pk: value}, by=BY)
    set_actions.remove_set(row, by=BY)
