"""A year's lines say what was so on its 31 December: exemption, form, who was there."""

from datetime import date

import pytest

from assessments.registers.door import change
from assessments.reports import declared
from assessments.reports.sheets.balance import Balance
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.movements import Movement
from assessments.roster.models.village_lines import VillageLine
from members.actions import cells, members
from members.models import Member
from tests import factories
from tests.assessments.years import opened

pytestmark = pytest.mark.django_db
YEARS = (2016, 2017, 2018, 2019)


@pytest.fixture
def years(world, actor):
    return [opened(year, actor) for year in YEARS]


def lines(member: Member) -> dict[int, bool]:
    return dict(MemberLine.objects.filter(member=member).values_list("year_id", "is_exempt"))


def test_an_exemption_counts_from_its_day(world, years, actor):
    member = world.alpha.members[0]
    change(members.exempt, by=actor, member=member, is_exempt=True, on=date(2017, 12, 31))
    change(members.exempt, by=actor, member=member, is_exempt=False, on=date(2019, 1, 1))
    assert lines(member) == {2016: False, 2017: True, 2018: True, 2019: False}


def test_a_form_counts_from_its_day(world, years, actor):
    change(cells.change_form, by=actor, organization=world.alpha.commune, form="section", on=date(2018, 1, 1))
    found = OrganizationLine.objects.filter(organization=world.alpha.commune)
    assert list(found.order_by("year").values_list("form", flat=True)) == ["committee"] * 2 + ["section"] * 2


def test_who_left_and_came_back_is_there_before_and_after(world, years, actor):
    """Lines, movements, the head who is a member, and the village that had one."""
    cell, member = world.alpha.cells[1], factories.member(world.alpha.cells[1])
    village = factories.village(world.alpha.commune, cell)
    factories.head(village, member=member)
    change(members.leave, by=actor, member=member, on=date(2017, 3, 1), leaving_reason="expelled")
    change(members.come_back, by=actor, member=member, cell=cell, on=date(2019, 2, 1), decision="1-QĐ")
    assert sorted(lines(member)) == [2016, 2019]
    told = Movement.objects.filter(member=member, year__lt=2020).exclude(kind="admission")
    assert list(told.order_by("year").values_list("year", "kind", "on", "leaving_reason")) == [
        (2017, "leaving", date(2017, 3, 1), "expelled"), (2019, "arrival", date(2019, 2, 1), ""),
    ]  # fmt: skip
    seen = VillageLine.objects.filter(village=village).order_by("year")
    assert list(seen.values_list("head_state", "has_member", "had_member")) == [
        ("member", True, True), ("not_member", False, True), ("not_member", False, True),
        ("member", True, True),
    ]  # fmt: skip


def test_ways_in_and_out_of_a_year_agree_however_often_one_came_and_went(world, years, actor):
    member, cell = world.alpha.members[0], world.alpha.cells[0]
    for left, back in ((date(2018, 2, 1), date(2018, 4, 1)), (date(2018, 6, 1), date(2018, 8, 1))):
        change(members.leave, by=actor, member=member, on=left, leaving_reason="transferred")
        change(members.come_back, by=actor, member=member, cell=cell, on=back)
    told = Movement.objects.filter(member=member, year=2018, on__year=2018)
    assert set(told.values_list("kind", "on")) == {
        ("leaving", date(2018, 2, 1)), ("arrival", date(2018, 8, 1)),
    }  # fmt: skip
    change(members.leave, by=actor, member=member, on=date(2018, 12, 1), leaving_reason="transferred")
    assert list(told.values_list("kind", "on")) == [("leaving", date(2018, 12, 1))]


def test_the_balance_of_a_closed_year_is_the_same_once_somebody_came_back(world, actor):
    """Who was admitted outside came with the admission, whatever arrival there is now."""
    away = factories.member(
        world.alpha.cells[0], admitted_on=date(2018, 3, 1), admitted_outside=True, code="XA"
    )
    opened(2017, actor)
    year = opened(2018, actor)
    year.refresh_from_db()

    def came() -> list:
        matter = declared.matter_of(year, year.province, None)
        joined = balance_of(matter)
        return [matter.movements[world.alpha.unit.pk]["arrived"], joined]

    def balance_of(matter) -> int:
        return Balance(matter)._joiners.filter(member=away).count()

    before = came()
    assert before == [1, 1]
    change(members.leave, by=actor, member=away, on=date(2020, 3, 1), leaving_reason="transferred")
    change(members.come_back, by=actor, member=away, cell=world.alpha.cells[0], on=date(2021, 3, 1))
    assert came() == before
