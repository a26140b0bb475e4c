"""The first screen of whoever stands at an organization that ended."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Role
from assessments.registers.door import change
from orgs.actions import reorganize
from orgs.models import Organization
from resolution03.lib.dates import PartialDate
from tests import factories
from tests.assessments.years import opened
from tests.routes import all_routes
from tests.test_walls import may_open
from tests.walls_world import places

DAY = date(2019, 7, 1)


@pytest.fixture
def ended(world, actor):
    """Alpha, in the roster of 2018 and merged into Beta since."""
    Organization.objects.filter(pk=world.province.pk).update(phone="0260 3000 001")
    opened(2018, actor)
    merge = {"source": world.alpha.unit, "target": world.beta.unit, "on": DAY, "decision": "12-QĐ/TU"}
    change(reorganize.merge, by=actor, **merge)
    world.alpha.unit.refresh_from_db()
    return world.alpha.unit


def first_page(client_of, user):
    return client_of(user).get("/", follow=True)


def test_an_officer_sees_what_became_of_it_and_whom_to_ask(client_of, ended):
    page = first_page(client_of, factories.user(Role.OFFICER, ended))
    text = page.content.decode()
    assert page.status_code == 200
    for told in ("Huyện ủy Alpha", "01/07/2019", "nhập vào Huyện ủy Beta", "12-QĐ/TU", "0260 3000 001"):
        assert told in text


def test_old_numbers_are_read(client_of, ended):
    client = client_of(factories.user(Role.OFFICER, ended))
    page = client.get(reverse("assessments:work"))
    [year] = page.context["years"]
    assert year.figures_url == reverse("assessments:unit", args=[2018, "A"])
    for address in (year.figures_url, reverse("assessments:work_year", args=[2018])):
        answer = client.get(address)
        assert answer.status_code == 200 and "Huyện ủy Alpha" in answer.content.decode()


def test_an_open_year_that_is_still_with_the_unit_comes_first(client_of, ended):
    page = first_page(client_of, factories.user(Role.OFFICER, ended))
    assert [one.year.pk for one in page.context["to_do"]] == [2018]


def test_a_clerk_reads_the_lists_and_no_figures_of_the_unit(client_of, world, actor):
    opened(2018, actor)
    change(
        reorganize.merge, by=actor, source=world.alpha.commune, target=world.beta.commune, on=DAY,
        decision="12-QĐ/TU",
    )  # fmt: skip
    client = client_of(factories.user(Role.CLERK, world.alpha.commune))
    page = client.get("/", follow=True)
    text = page.content.decode()
    assert "nhập vào Đảng bộ xã Beta" in text
    assert [year.figures_url for year in page.context["years"]] == [""]
    lists = client.get(reverse("assessments:work_year", args=[2018]))
    assert "Đảng bộ xã Alpha" in lists.content.decode()


def test_who_stands_at_what_exists_begins_as_before(client_of, world, ended):
    page = first_page(client_of, factories.user(Role.OFFICER, world.beta.unit))
    assert "found" not in page.context
    assert page.redirect_chain[-1][0] == reverse("assessments:work_year", args=[2018])


@pytest.mark.long
@pytest.mark.parametrize("role", [Role.OFFICER, Role.CLERK])
def test_no_page_fails_at_an_ended_place(role, client_of, world, actor):
    """Every page of the own place and of the successor's answers, and no other unit's is there."""
    alpha, beta = places(world)
    for source, target in ((world.alpha.commune, world.beta.commune), (world.alpha.unit, world.beta.unit)):
        reorganize.merge(by=Actor(name="thử"), source=source, target=target, on=DAY)
    user = factories.user(role, world.alpha.unit if role == Role.OFFICER else world.alpha.commune)
    client = client_of(user)
    for name, route in all_routes().items():
        if not may_open(role, route) or name == "accounts:sign_out":
            continue
        own = client.get(reverse(name, kwargs=route.fill(alpha)))
        assert own.status_code in {200, 302, 404, 405}, (name, own.status_code)
        if route.fill(beta) != route.fill(alpha):
            other = client.get(reverse(name, kwargs=route.fill(beta)))
            assert other.status_code in {404, 405}, (name, other.status_code)


def test_a_unit_chooses_among_the_years_in_which_it_stands(client_of, world, actor, ended):
    """The ended one not among later years, the new one not among earlier ones, the province among all."""
    new = change(
        reorganize.found, by=actor, code="N", name="Đảng bộ xã Mới", form="committee", parent=world.province,
        established_on=PartialDate(date(2020, 1, 1)),
    )  # fmt: skip
    opened(2020, actor)
    officers = [factories.user(Role.OFFICER, unit) for unit in (ended, new, world.beta.unit)]
    offered = []
    for user, year in zip(officers, (2018, 2020, 2020), strict=True):
        page = client_of(user).get(reverse("assessments:work_year", args=[year]))
        offered.append([one["year"] for one in page.context["years"]])
    assert offered == [[2018], [2020], [2018, 2020]]
    province = client_of(officers[1]).get(reverse("assessments:province", args=[2018]))
    assert [one["year"] for one in province.context["years"]] == [2018, 2020]
