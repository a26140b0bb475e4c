"""Several sets of targets side by side: by each the same figure is judged apart."""

import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from assessments.figures.board import board
from assessments.figures.indicators import INDICATORS
from assessments.review.rulebook.target_actions import save_target
from assessments.review.years.actions import close_year
from assessments.roster import tallies
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.models.target_sets import Quota, TargetSet
from assessments.rules.models.targets import Target
from resolution03.lib.commands import UsageError
from resolution03.lib.errors import Refusal
from tests.assessments.years import opened

pytestmark = pytest.mark.django_db
BY = Actor(name="ban")
HEADS = "village_heads_members"


@pytest.fixture
def plan() -> TargetSet:
    return TargetSet.objects.create(
        code="DH16", name="Đại hội XVI", title="Đại hội XVI", short_name="ĐH XVI", document_number="NQ 1"
    )


def target(of: TargetSet, **values) -> Target:
    row = Target(set=of, **{"indicator": HEADS, "comparison": ">=", "value": Decimal(50), **values})
    save_target(row, by=BY)
    return row


def quota(of: TargetSet, **by_unit) -> Target:
    row = target(of, scope="quota", value=None)
    for unit, value in by_unit.items():
        Quota.objects.create(target=row, unit_id=int(unit[1:]), value=value)
    return row


@pytest.fixture
def year(world, actor):
    """2018 with two villages, one in each unit, of whose heads alpha's is a member."""
    found = opened(2018, actor)
    lines = VillageLine.objects.filter(year=found)
    lines.update(head_state="not_member")
    lines.filter(unit=world.alpha.unit).update(head_state="member")
    tallies.recount(found)
    return found


def told(capsys, *arguments: str) -> dict:
    call_command("indicators", "2018", *arguments, json=True)
    return json.loads(capsys.readouterr().out)


def test_two_sets_judge_one_figure_apart(year, plan):
    target(plan)
    read = board([year])
    by_default, by_plan = read.figure(HEADS, 2018), read.figure(HEADS, 2018, of="DH16")
    assert (
        (by_default.numerator, by_default.denominator) == (by_plan.numerator, by_plan.denominator) == (1, 2)
    )
    assert (by_default.target, by_default.met, by_default.short) == (60, False, 1)
    assert (by_plan.target, by_plan.met, by_plan.short) == (50, True, 0)


def test_the_command_answers_by_a_set_with_the_same_keys(year, plan, world, capsys):
    target(plan, scope="province", first_year=2018, last_year=2018)
    target(plan, scope="units", value=Decimal("100"))
    target(plan, indicator="members_well", value=Decimal("80.50"), first_year=2019)
    ten = told(capsys)
    assert [one["code"] for one in ten["indicators"]] == list(INDICATORS) and "set" not in ten
    province, unit = told(capsys, "--set", "DH16"), told(capsys, "--set", "DH16", "--unit", "B")
    assert province["set"] == unit["set"] == "DH16"
    assert province.keys() - ten.keys() == {"set"}
    assert [one["code"] for one in province["indicators"]] == ["members_well", HEADS]
    assert all(one.keys() == ten["indicators"][0].keys() for one in province["indicators"])
    assert [one["target"] for one in province["indicators"]] == [None, "50"]
    heads = unit["indicators"][1]
    assert (heads["numerator"], heads["denominator"], heads["target"]) == (0, 1, "100")
    assert (heads["met"], heads["short"]) == (False, 1)


@pytest.mark.parametrize(("assigned", "met", "short"), [(99, True, 0), (100, True, 0), (0, True, 0)])
def test_a_quota_is_met_on_its_threshold(year, plan, world, assigned, met, short):
    quota(plan, **{f"u{world.alpha.unit.pk}": assigned})
    [found] = board([year]).of_set(2018, "DH16", world.alpha.unit.pk)
    assert (found.is_quota, found.target, found.met, found.short) == (True, assigned, met, short)


def test_a_quota_stands_beside_what_binds_every_unit_and_in_no_other_unit(year, plan, world):
    target(plan, value=Decimal(60))
    quota(plan, **{f"u{world.beta.unit.pk}": 1})
    read = board([year])
    shown = {
        unit: [(one.is_quota, one.target, one.met) for one in read.of_set(2018, "DH16", unit)]
        for unit in (None, world.alpha.unit.pk, world.beta.unit.pk)
    }
    assert shown[None] == [(False, 60, False)]
    assert shown[world.alpha.unit.pk] == [(False, 60, True)]
    assert shown[world.beta.unit.pk] == [(False, 60, False), (True, 1, False)]


def test_quotas_alone_say_nothing_of_the_province(year, plan, world):
    quota(plan, **{f"u{world.alpha.unit.pk}": 1})
    [province] = board([year]).of_set(2018, "DH16")
    assert (province.numerator, province.target, province.met) == (1, None, None)
    [other] = board([year]).of_set(2018, "DH16", world.beta.unit.pk)
    assert (other.target, other.met) == (None, None)


def test_closing_freezes_every_set(year, plan, world, actor):
    row = target(plan)
    quota(plan, **{f"u{world.alpha.unit.pk}": 1})
    close_year(2018, by=actor, reason="thử")
    year.refresh_from_db()
    before = [(one.is_quota, one.target) for one in board([year]).of_set(2018, "DH16", world.alpha.unit.pk)]
    Quota.objects.all().delete()
    row.value = Decimal(99)
    save_target(row, by=BY)
    after = [(one.is_quota, one.target) for one in board([year]).of_set(2018, "DH16", world.alpha.unit.pk)]
    assert before == after == [(False, 50), (True, 1)]


def test_a_year_closed_before_a_set_is_not_judged_by_it(year, world, actor, plan):
    TargetSet.objects.filter(pk=plan.pk).delete()
    close_year(2018, by=actor, reason="thử")
    year.refresh_from_db()
    plan.save()
    target(plan)
    [found] = board([year]).of_set(2018, "DH16")
    assert (found.denominator, found.target, found.met) == (2, None, None)


def test_within_a_set_one_target_for_an_indicator_scope_and_year(year, plan):
    target(plan, first_year=2016, last_year=2018)
    with pytest.raises(Refusal, match="Thôn trưởng là đảng viên ≥ 50") as refused:
        target(plan, first_year=2018)
    assert refused.value.field == "first_year"
    target(plan, first_year=2018, scope="province")
    target(plan, first_year=2019)
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.create(set=plan, indicator=HEADS, comparison=">", value=1, first_year=2019)


def test_quotas_never_enter_the_default_set():
    with pytest.raises(Refusal) as refused:
        target(TargetSet.objects.get(is_default=True), scope="quota", value=None, first_year=2030)
    assert refused.value.field == "scope"


@pytest.mark.parametrize("values", [{"scope": "quota"}, {"value": None}])
def test_a_quota_has_no_value_and_all_others_one(plan, values):
    with pytest.raises(Refusal) as refused:
        target(plan, **values)
    assert refused.value.field == "value"


def test_the_sets_are_named(plan, capsys):
    call_command("indicators", sets=True, json=True)
    assert json.loads(capsys.readouterr().out) == {
        "sets": [
            {
                "code": "NQ03",
                "name": "Nghị quyết 03-NQ/TU",
                "document": "NQ 03-NQ/TU, 8/8/2016 của Tỉnh ủy Kon Tum",
            },
            {"code": "DH16", "name": "Đại hội XVI", "document": "NQ 1"},
        ]
    }


@pytest.mark.parametrize("arguments", [("2018", "--set", "X"), ("2018", "--set", ""), ()])
def test_an_unknown_set_is_wrong_usage(year, capsys, arguments):
    with pytest.raises(UsageError):
        call_command("indicators", *arguments, json=True)
    assert capsys.readouterr().out == ""


def test_as_many_statements_for_many_sets_and_units(year, plan, world):
    def statements(units: int) -> int:
        with CaptureQueriesContext(connection) as caught:
            read = board([year])
            for one in read.rules[2018].sets:
                for unit in (None, *world.units[:units]):
                    read.of_set(2018, one.code, unit and unit.pk)
        return len(caught)

    quota(plan, **{f"u{unit.pk}": 1 for unit in world.units})
    with_two_sets = statements(1)
    for number in range(5):
        more = TargetSet.objects.create(code=f"S{number}", name="Bộ", title="Bộ", short_name="B")
        target(more)
    assert statements(len(world.units)) == with_two_sets
