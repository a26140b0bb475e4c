"""Sets of targets as a year has them: what binds whom, and how they are kept."""

from dataclasses import asdict
from decimal import Decimal

import pytest

from assessments.rules.reference import default_set
from assessments.rules.target_rules import SetRule, TargetRule, freeze, thaw_sets

UNIT, OTHER = 7, 8


def rule(scope: str, value=None, **changes) -> TargetRule:
    return TargetRule("heads", ">", value and Decimal(value), None, "", "", scope, **changes)


def of_rules(*rules: TargetRule) -> SetRule:
    return SetRule("DH", "Đại hội", "Đại hội", "ĐH", "NQ 1", False, rules)


@pytest.mark.parametrize(
    ("rules", "province", "unit"),
    [
        ([rule("units", 60)], 60, 60),
        ([rule("province", 60)], 60, None),
        ([rule("province", 60), rule("units", 50)], 60, 50),
        ([rule("units", 50), rule("province", 60)], 60, 50),
        ([rule("province"), rule("units", 50)], 50, 50),
        ([rule("province"), rule("units")], None, None),
    ],
)
def test_the_own_target_comes_first_and_one_of_every_unit_binds_the_province_too(rules, province, unit):
    found = of_rules(*rules)
    assert found.binding("heads", None).value_of(None) == province
    assert found.binding("heads", UNIT).value_of(UNIT) == unit
    assert found.binding("villages", None) is None and found.quota("heads") is None


def test_a_quota_is_of_its_unit_alone():
    found = of_rules(rule("quota", quotas=((UNIT, 40), (OTHER, 0))))
    assert [found.quota("heads").value_of(one) for one in (UNIT, OTHER, 9, None)] == [40, 0, None, None]
    assert found.binding("heads", UNIT) is None
    assert found.indicators() == ["heads"]


def test_a_year_closed_before_is_not_judged():
    found = of_rules(rule("units", 60), rule("quota", quotas=((UNIT, 40),))).unjudged
    assert found.binding("heads", None).value_of(None) is None
    assert found.quota("heads").value_of(UNIT) is None
    assert found.indicators() == ["heads"]


def test_what_is_frozen_thaws_to_the_same():
    found = of_rules(
        rule("units", "60.5", is_guiding=True),
        rule("quota", quotas=((UNIT, 40),)),
        rule("province"),
    )
    bare = of_rules()
    assert thaw_sets({"sets": [freeze(asdict(found)), freeze(asdict(bare))]}, {}) == (found, bare)


def test_a_year_frozen_before_there_were_sets_has_the_default_one():
    row = {"indicator": "heads", "comparison": ">", "value": "60.00", "due": 2018}
    row |= {"document": "NQ 03-NQ/TU, 8/8/2016", "article": "II.5"}
    targets = [row | {"province_only": False}, row | {"province_only": True, "value": None, "due": None}]
    [found] = thaw_sets({"targets": targets}, default_set())
    assert (found.code, found.is_default, found.document) == ("NQ03", True, "NQ 03-NQ/TU, 8/8/2016")
    assert [(one.scope, one.value, one.due) for one in found.targets] == [
        ("units", Decimal("60.00"), 2018),
        ("province", None, None),
    ]
