"""Overview, strip and matrix folded by the Board's groups of units."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from assessments.figures.overview.groups import folded
from assessments.roster import following, tallies
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.groups import UnitGroup
from assessments.rules.years import find_year
from orgs.versions import writing
from tests import factories
from tests.assessments.rated import ACTOR, rate, rated_year

PROVINCE = "/years/2018/"


def _group(name: str, *units) -> None:
    for unit in units:
        UnitGroup.objects.update_or_create(unit=unit, defaults={"name": name})


def _matrix(client):
    return client.get(PROVINCE).context["matrix"]


def test_groups_stand_in_the_order_of_their_first_unit_and_the_rest_last():
    assert folded("bacda", {"b": "2", "a": "1", "c": "", "d": "2"}.__getitem__) == [
        ("2", ["b", "d"]),
        ("1", ["a", "a"]),
        ("", ["c"]),
    ]


def test_without_groups_all_units_stand_one_below_the_other(world, client_as):
    rated_year(world)
    response = client_as(Role.BOARD, world.province).get(PROVINCE)
    (section,) = response.context["matrix"].sections
    assert section.subtotal is None and len(section.lines) == 14
    assert b"<details>" not in response.content and response.context["progress"].groups == ()


def test_a_subtotal_adds_whole_numbers_and_averages_nothing(world, client_as):
    """1 of 1 and 0 of 1 rated strong in alpha and beta; with one more in alpha 2 of 3, not 50%."""
    more = factories.organization(world.alpha.unit, code="A.X02", name="Đảng bộ xã thứ hai")
    year = rated_year(world)
    rate(OrganizationLine.objects.get(year=year, organization=more), "HTTNV")
    tallies.recount(year)
    _group("Huyện cũ", world.alpha.unit, world.beta.unit)
    old, rest = _matrix(client_as(Role.BOARD, world.province)).sections
    assert old.subtotal.name == "Huyện cũ" and len(old.lines) == 2
    cell = old.subtotal.cells[0]
    assert (cell.fraction, cell.value, cell.gap, cell.is_unmet) == ("2/3", "66,67", "1 đơn vị", False)
    assert rest.subtotal.name == "Ngoài nhóm" and len(rest.lines) == 12
    assert rest.subtotal.cells[0].value == "–"


def test_the_subtotals_add_up_to_the_province(world, client_as):
    rated_year(world)
    _group("Một", world.alpha.unit)
    _group("Hai", world.beta.unit, *world.units[:3])
    matrix = _matrix(client_as(Role.BOARD, world.province))
    for place, total in enumerate(matrix.total.cells):
        parts = [section.subtotal.cells[place] for section in matrix.sections]
        counted = [part.fraction.split("/") if part.fraction else [part.value] for part in parts]
        wanted = total.fraction.split("/") if total.fraction else [total.value]
        numbers = [[int(n) for n in numbers] for numbers in counted if numbers != ["–"]]
        assert [sum(column) for column in zip(*numbers, strict=True)] == [int(n) for n in wanted]


def test_the_page_folds_without_a_script_and_counts_states_by_group(world, client_as):
    rated_year(world)
    _group("Huyện cũ", world.alpha.unit, world.beta.unit)
    response = client_as(Role.VIEWER, world.province).get(PROVINCE)
    assert response.content.count(b"<details>") == 3, "two groups and the strip"
    old, rest = response.context["progress"].groups
    assert (old.name, old.units, sum(old.counts), rest.units) == ("Huyện cũ", 2, 2, 12)


def test_an_officer_meets_no_group_of_others(world, client_as):
    rated_year(world)
    _group("Huyện cũ Beta", world.alpha.unit, world.beta.unit)
    response = client_as(Role.OFFICER, world.alpha.unit).get(PROVINCE)
    (section,) = response.context["matrix"].sections
    assert section.subtotal is None and b"Beta" not in response.content


@pytest.mark.once
def test_statements_are_the_same_for_14_and_for_100_units(world, client_as):
    rated_year(world)
    _group("Huyện cũ", world.alpha.unit)
    client = client_as(Role.BOARD, world.province)
    client.get(PROVINCE)
    with CaptureQueriesContext(connection) as few:
        client.get(PROVINCE)
    for number in range(86):
        unit = factories.organization(world.province, code=f"X{number}", name=f"Đảng ủy xã {number}")
        _group(f"Khu vực {number % 9}", unit)
    with writing():
        following.refresh(find_year(2018), by=ACTOR)
    with CaptureQueriesContext(connection) as many:
        response = client.get(PROVINCE)
    assert len(response.context["matrix"].lines) == 100
    assert len(many) == len(few)
