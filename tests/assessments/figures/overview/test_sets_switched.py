"""Overview and units' table by another set of targets; what a unit is assigned, to whom it is told."""

import pytest

from accounts.models import Role
from assessments.roster import tallies
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.models.target_sets import Quota, TargetSet
from assessments.rules.models.targets import Target
from tests.assessments.years import opened
from tests.pages import flat, text_of

pytestmark = pytest.mark.django_db
HEADS = "village_heads_members"


@pytest.fixture
def year(world, actor):
    """2018; of the heads of the two villages alpha's is a member."""
    found = opened(2018, actor)
    lines = VillageLine.objects.filter(year=found)
    lines.update(head_state="not_member")
    lines.filter(unit=world.alpha.unit).update(head_state="member")
    tallies.recount(found)
    return found


@pytest.fixture
def plan(world) -> TargetSet:
    found = TargetSet.objects.create(
        code="DH16",
        name="Đại hội XVI",
        title="Đại hội XVI",
        short_name="ĐH XVI",
        document_number="NQ 1-NQ/ĐH",
    )
    Target.objects.create(set=found, indicator=HEADS, comparison=">=", value=50)
    assigned = Target.objects.create(set=found, indicator=HEADS, comparison=">=", scope="quota")
    Quota.objects.create(target=assigned, unit=world.alpha.unit, value=97)
    Quota.objects.create(target=assigned, unit=world.beta.unit, value=83)
    return found


def test_the_overview_is_judged_by_the_set_asked_for(year, plan, client_as, world):
    client = client_as(Role.BOARD, world.province)
    default, by_plan = client.get("/years/2018/"), client.get("/years/2018/?set=DH16")
    assert [row.figure.target for row in by_plan.context["rows"]] == [50]
    assert "1 mục tiêu đạt" in by_plan.context["title"] and "≥ 50%" in text_of(by_plan)
    assert len(default.context["rows"]) == 8 and default.context["set"].code == ""
    assert "NQ 1-NQ/ĐH" in text_of(by_plan)
    assert [way.is_current for way in by_plan.context["set"].ways] == [False, True]


def test_links_keep_the_set(year, plan, client_as, world, actor):
    opened(2019, actor)
    client = client_as(Role.BOARD, world.province)
    page = flat(client.get("/years/2018/?set=DH16&since=none"))
    for address in (
        "/years/2019/?set=DH16",
        "/years/2018/units/A/?set=DH16",
        f"/years/2018/indicators/{HEADS}/?part=met&amp;set=DH16",
        "?since=none",
    ):
        assert f'href="{address}"' in page, address
    unit = flat(client.get("/years/2018/units/A/?set=DH16"))
    assert 'href="/years/2019/units/A/?set=DH16"' in unit and 'href="/years/2018/?set=DH16"' in unit
    default = flat(client.get("/years/2018/"))
    assert 'href="/years/2019/"' in default and 'href="/years/2018/units/A/"' in default


def test_the_table_of_units_has_a_column_for_the_target_and_one_for_the_quota(year, plan, client_as, world):
    page = client_as(Role.BOARD, world.province).get("/years/2018/?set=DH16")
    lines = [line for line in page.context["matrix"].lines if line.cells]
    shown = [[(cell.fraction, cell.value, cell.gap) for cell in line.cells] for line in lines]
    assert shown == [
        [("1/1", "100,00", ""), ("1/1", "100,00", "")],
        [("0/1", "0,00", "thiếu 1"), ("0/1", "0,00", "thiếu 1")],
    ]


def test_a_quota_is_told_in_whole_numbers_and_as_a_share_of_it(year, plan, client_as, world):
    page = client_as(Role.BOARD, world.province).get("/years/2018/units/B/")
    assert "0/1, đạt 0,00% chỉ tiêu giao" in text_of(page)
    assert "1/2 đơn vị đạt chỉ tiêu giao" in text_of(
        client_as(Role.BOARD, world.province).get("/years/2018/")
    )


@pytest.mark.parametrize(
    "address", ["/years/2018/", "/years/2018/?set=DH16", "/years/2018/units/A/?set=DH16"]
)
def test_an_officer_sees_the_own_quota_and_no_other(year, plan, client_as, world, address):
    page = client_as(Role.OFFICER, world.alpha.unit).get(address)
    text = text_of(page)
    assert page.status_code == 200 and "1/1, đạt 100,00% chỉ tiêu giao" in text
    assert "đơn vị đạt chỉ tiêu giao" not in text and "83%" not in text and "0/1, đạt" not in text


def test_of_another_unit_nothing_is_seen(year, plan, client_as, world):
    officer = client_as(Role.OFFICER, world.alpha.unit)
    assert officer.get("/years/2018/units/B/?set=DH16").status_code == 404


def test_an_unknown_set_is_not_found(year, plan, client_as, world):
    client = client_as(Role.BOARD, world.province)
    assert client.get("/years/2018/?set=X").status_code == 404
    assert client.get("/years/2018/units/A/?set=X").status_code == 404


def test_with_one_set_there_is_nothing_to_switch(year, client_as, world):
    page = client_as(Role.BOARD, world.province).get("/years/2018/")
    assert not page.context["set"].ways and "theo bộ mục tiêu" not in text_of(page)


def test_the_names_behind_a_figure_are_judged_by_the_set(year, plan, client_as, world):
    client = client_as(Role.BOARD, world.province)
    address = f"/years/2018/indicators/{HEADS}/?part=met"
    assert client.get(address).context["figure"].target == 60
    page = client.get(address + "&set=DH16")
    assert page.context["figure"].target == 50
    assert "?part=missed&amp;set=DH16" in flat(page)
    assert client.get(address + "&set=X").status_code == 404
