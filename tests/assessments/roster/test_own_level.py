"""A unit that becomes a grassroots organization itself (INTERFACE, reading 3): lines, figures, scopes."""

from datetime import date

import pytest

from accounts.models import Role
from assessments.figures.board import figures
from assessments.registers.door import change
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.models.years import RatingYear
from orgs.actions import reorganize
from orgs.models import Organization
from resolution03.lib.errors import Refusal
from tests import factories
from tests.assessments.random_acts import two_open_years
from tests.assessments.years import is_what_everything_says, line_of, rate

DAY = date(2018, 7, 1)


@pytest.fixture
def years(world, actor):
    two_open_years(world, actor)
    change(reorganize.change_level, by=actor, organization=world.alpha.unit, level="grassroots", on=DAY)
    return {year.pk: year for year in RatingYear.objects.all()}


def places(year, model) -> set[tuple[str, str]]:
    rows = model.objects.filter(year=year, unit__code="A")
    return set(
        rows.values_list(
            "grassroots__code", "organization__code" if model is OrganizationLine else "unit__code"
        )
    )


def kinds(year) -> dict[str, str]:
    rows = OrganizationLine.objects.filter(year=year, unit__code="A", dropped=False)
    return dict(rows.values_list("code", "kind"))


def test_it_is_rated_itself_in_its_own_unit_and_its_children_are_affiliated(years):
    cells = {"A.X01.1": "affiliated", "A.X01.2": "affiliated"}
    assert kinds(2017) == {"A.X01": "grassroots"} | cells
    assert kinds(2018) == {"A": "grassroots", "A.X01": "affiliated"} | cells
    for model in (OrganizationLine, MemberLine, VillageLine):
        assert {grassroots for grassroots, _other in places(2018, model)} == {"A"}
        assert {grassroots for grassroots, _other in places(2017, model)} == {"A.X01"}


def test_figures_count_it_once_and_follow_whole(years, world, actor):
    is_what_everything_says(actor)
    rate(years[2018], world.alpha.unit, "HTTNV")
    found = {figure.code: figure for figure in figures(years[2018], world.alpha.unit)}
    assert (found["grassroots_strong"].numerator, found["grassroots_strong"].roster) == (1, 1)
    assert found["affiliated_strong"].roster == 3
    of_province = next(one for one in figures(years[2018]) if one.code == "grassroots_strong")
    assert of_province.roster == 2


def test_levels_of_today_follow(years, world):
    levels = dict(
        Organization.objects.filter(path__contains=f"/{world.alpha.unit.pk}/").values_list("code", "level")
    )
    assert levels == {
        "A": "grassroots",
        "A.X01": "affiliated",
        "A.X01.1": "affiliated",
        "A.X01.2": "affiliated",
    }


def test_what_moves_below_the_unit_follows_its_new_place_and_keeps_its_level_under_the_province(
    years, world, actor
):
    commune = world.alpha.commune
    change(reorganize.move, by=actor, organization=commune, parent=world.beta.unit, on=date(2018, 8, 1))
    assert Organization.objects.get(pk=commune.pk).level == "grassroots"
    change(reorganize.move, by=actor, organization=commune, parent=world.province, on=date(2018, 9, 1))
    commune.refresh_from_db()
    assert (commune.level, commune.own_level) == ("grassroots", "grassroots")
    assert kinds(2018) == {"A": "grassroots"}
    assert line_of(years[2018], commune).unit_id == commune.pk
    is_what_everything_says(actor)


@pytest.mark.parametrize(
    ("level", "on", "field"),
    [
        ("grassroots", date(2018, 9, 1), "level"),
        ("unit", date(2018, 6, 30), "on"),
        ("unit", date(1900, 1, 1), "on"),
    ],
)
def test_what_contradicts_is_refused(years, world, actor, level, on, field):
    with pytest.raises(Refusal) as refused:
        reorganize.change_level(by=actor, organization=world.alpha.unit, level=level, on=on)
    assert refused.value.field == field


def test_what_stands_below_a_unit_has_no_level_of_its_own(years, world, actor):
    with pytest.raises(Refusal) as refused:
        reorganize.change_level(by=actor, organization=world.beta.commune, level="unit", on=date(2018, 9, 1))
    assert refused.value.field == "level"


def test_a_clerk_of_a_cell_sees_that_cell_alone(years, world):
    clerk = factories.user(Role.CLERK, Organization.objects.get(code="A.X01.1"))
    year = {"year": 2018}
    assert {line.code for line in OrganizationLine.objects.visible_to(clerk).filter(**year)} == {"A.X01.1"}
    assert {line.code for line in MemberLine.objects.visible_to(clerk).filter(**year)} == {"A1", "A2", "A3"}
    assert {line.code for line in VillageLine.objects.visible_to(clerk).filter(**year)} == {"T.A.1"}
    officer = factories.user(Role.OFFICER, Organization.objects.get(code="A"))
    assert OrganizationLine.objects.visible_to(officer).filter(**year).count() == 4


def test_an_officer_enters_the_level_of_the_unit_in_its_own_grid(years, client_as, world):
    officer = client_as(Role.OFFICER, Organization.objects.get(code="A"))
    text = officer.get("/ratings/2018/grassroots/").content.decode()
    assert world.alpha.unit.name in text
    clerk = client_as(Role.CLERK, Organization.objects.get(code="A.X01.1"))
    assert clerk.get("/ratings/2018/members/").status_code == 200
    assert "Alpha 2" not in clerk.get("/ratings/2018/affiliated/").content.decode()
