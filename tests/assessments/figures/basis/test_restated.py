"""Past years by the units of today: summed from the lists, never split, never instead of what was told."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from assessments.entry.totals.years import ensure_reported_year
from assessments.figures.basis.restated import Restated
from assessments.figures.board import NOWHERE, board
from assessments.figures.indicators import INDICATORS
from assessments.figures.past import Past
from assessments.reports import declared
from assessments.review.years.actions import close_year, open_year
from assessments.roster.models.tallies import Tally
from assessments.rules.models.years import RatingYear
from orgs.actions import reorganize
from orgs.models import Level
from tests import factories
from tests.assessments.rated import ACTOR, rated_year
from tests.pages import flat

STRONG, AFFILIATED, MEMBERS = "grassroots_strong", "affiliated_strong", "members_well"
HEADS = "village_heads_members"
AFTER = date(2019, 7, 1)


@pytest.fixture
def closed(world) -> RatingYear:
    """2018, in which alpha's commune is strong and beta's is not."""
    rated_year(world)
    return close_year(2018, by=ACTOR, reason="thử")


def restated(year: RatingYear, unit=None):
    return Restated([year], date(2020, 1, 1), unit and unit.pk).board


def fraction(board, code: str, unit=None) -> tuple:
    figure = board.figure(code, 2018, unit if isinstance(unit, int | None) else unit.pk)
    return figure.numerator, figure.denominator


def move(body, parent) -> None:
    reorganize.move(by=ACTOR, organization=body, parent=parent, on=AFTER)


def test_where_nothing_changed_every_figure_is_the_same(world, closed):
    was, now = board([closed]), restated(closed)
    for unit in (None, *(one.pk for one in (*world.units, world.alpha.unit, world.beta.unit))):
        for code in INDICATORS:
            before, after = was.figure(code, 2018, unit), now.figure(code, 2018, unit)
            assert (after.numerator, after.denominator) == (before.numerator, before.denominator), (
                unit,
                code,
            )
            assert not after.unmapped
    assert {fraction(now, code, NOWHERE)[0] for code in INDICATORS} == {0}


def test_a_commune_that_moved_takes_its_past_along_and_the_year_itself_stays(world, closed):
    before = [(one.numerator, one.denominator) for one in board([closed]).figures(2018, world.beta.unit.pk)]
    move(world.alpha.commune, world.beta.unit)
    now = restated(closed)
    assert fraction(now, STRONG, world.beta.unit) == (1, 2)
    assert fraction(now, MEMBERS, world.beta.unit) == (4, 4)
    assert fraction(now, HEADS, world.beta.unit)[1] == 2
    assert fraction(now, STRONG, world.alpha.unit) == (0, 0)
    assert fraction(now, STRONG) == fraction(board([closed]), STRONG)
    after = [(one.numerator, one.denominator) for one in board([closed]).figures(2018, world.beta.unit.pk)]
    assert before == after


def test_what_went_in_part_is_not_compared_and_says_how_many(world, closed):
    """One cell of alpha's commune went to beta: the commune is whole nowhere, its cells and persons are."""
    target = factories.organization(world.beta.unit, code="B.X02", name="Đảng bộ xã mới")
    move(world.alpha.cells[1], target)
    now = restated(closed)
    for unit in (world.alpha.unit, world.beta.unit):
        figure = now.figure(STRONG, 2018, unit.pk)
        assert (figure.unmapped, figure.numerator, figure.met) == (1, None, None)
        assert not now.figure(MEMBERS, 2018, unit.pk).unmapped
    assert not now.figure(STRONG, 2018, world.units[0].pk).unmapped
    assert fraction(now, AFFILIATED, world.alpha.unit) == (1, 1)
    assert fraction(now, STRONG, NOWHERE) == (1, 1)
    assert fraction(now, STRONG) == (1, 2)


def test_a_split_that_leaves_the_unit_parts_it_and_one_inside_does_not(world, closed):
    part = reorganize.split(
        by=ACTOR, organization=world.alpha.commune, code="A.X02", name="Đảng bộ xã mới", on=AFTER
    )
    assert fraction(restated(closed), STRONG, world.alpha.unit) == (1, 1)
    move(part, world.beta.unit)
    assert restated(closed).figure(STRONG, 2018, world.alpha.unit.pk).unmapped == 1


def test_a_commune_that_became_a_unit_has_a_past(world, closed):
    move(world.alpha.commune, world.province)
    now = restated(closed)
    assert fraction(now, STRONG, world.alpha.commune) == (1, 1)
    assert fraction(now, MEMBERS, world.alpha.commune) == (2, 2)
    alone = restated(closed, world.alpha.commune)
    for code in INDICATORS:
        assert fraction(alone, code, world.alpha.commune) == fraction(now, code, world.alpha.commune), code


def test_what_became_of_another_kind_still_parts_the_years(world, closed):
    """The commune's cells are grassroots organizations from 2019 on; persons are the same."""
    reorganize.move(
        by=ACTOR, organization=world.alpha.commune, parent=world.province, level=Level.UNIT, on=AFTER
    )
    years = [closed, open_year(2019, by=ACTOR)]
    for unit in (None, world.alpha.commune.pk):
        past = Past(years, unit, is_restated=True)
        parted = {code for code, one in INDICATORS.items() if past.between(one, 2018, 2019)}
        assert parted == {STRONG, "grassroots_exemplary", AFFILIATED}, unit
    assert not Past(years, world.beta.unit.pk, is_restated=True).breaks


def test_a_reported_total_goes_with_who_reported_it_only_whole(world):
    year = ensure_reported_year(2018, by=ACTOR)
    for key, count in (("HTXSNV", 6), ("HTNV", 3)):
        Tally.objects.create(
            year=year, unit=world.alpha.unit, organization=world.alpha.unit, subject="grassroots", key=key,
            count=count, is_reported=True,
        )  # fmt: skip
    assert fraction(restated(year), STRONG, world.alpha.unit) == (6, 9)
    move(world.alpha.commune, world.beta.unit)
    now = restated(year)
    for unit in (world.alpha.unit, world.beta.unit):
        assert now.figure(STRONG, 2018, unit.pk).unmapped == 1
    assert fraction(now, STRONG) == (6, 9)


def test_the_units_add_up_to_the_province_whatever_happened(world, closed):
    move(world.alpha.commune, world.province)
    target = factories.organization(world.units[0], code="U1.X01", name="Đảng bộ xã khác")
    move(world.beta.cells[1], target)
    now, was = restated(closed), board([closed])
    units = [*world.units, world.alpha.unit, world.beta.unit, world.alpha.commune]
    for code in (STRONG, AFFILIATED, MEMBERS, HEADS):
        parts = [now.counts.get((2018, one), {}) for one in (*(unit.pk for unit in units), NOWHERE)]
        whole = was.counts[2018, None]
        subject = INDICATORS[code].subject
        for place in (place for place in whole if place[0] == subject):
            assert sum(part.get(place, 0) for part in parts) == whole[place] == now.counts[2018, None][place]


def test_statements_do_not_grow_with_years(world, closed):
    def asked(years: range) -> int:
        for year in years:
            open_year(year, by=ACTOR)
        with CaptureQueriesContext(connection) as statements:
            assert Restated(RatingYear.objects.all(), date(2022, 1, 1)).board.years.keys() >= {2018, *years}
        return len(statements)

    assert asked(range(2019, 2020)) == asked(range(2020, 2022))


def test_pages_offer_it_beside_and_never_by_default(world, closed, client_as):
    move(world.alpha.commune, world.beta.unit)
    open_year(2019, by=ACTOR)
    client = client_as(Role.BOARD, world.province)
    for address in ("/years/2018/", "/years/2018/units/B/history/"):
        page, other = client.get(address), client.get(f"{address}?basis=today")
        assert not page.context["is_restated"] and other.context["is_restated"], address
        assert "Tính lại theo đơn vị hiện nay" not in flat(page), address
        assert "Tính lại theo đơn vị hiện nay" in flat(other), address
        assert "theo đơn vị hiện nay" in flat(page), address
    lines = {line.name: line for line in other_lines(client)}
    assert lines["Huyện ủy Beta"].cells[0].fraction == "1/2"
    history = client.get("/years/2018/units/B/history/?basis=today").context["table"]
    assert [cell.fraction for cell in history[0].cells][0] == "1/2"


def other_lines(client):
    return client.get("/years/2018/?basis=today").context["matrix"].lines


def test_what_does_not_map_says_so_on_the_page(world, closed, client_as):
    target = factories.organization(world.beta.unit, code="B.X02", name="Đảng bộ xã mới")
    move(world.alpha.cells[1], target)
    page = flat(client_as(Role.BOARD, world.province).get("/years/2018/?basis=today"))
    assert "không so được" in page and "1 tổ chức không quy đổi được" in page
    assert "Không vào trọn đơn vị nào hiện nay" in page


@pytest.mark.once
def test_the_report_has_a_row_a_unit_of_today_and_vouches_for_itself(world, closed):
    target = factories.organization(world.units[0], code="U1.X01", name="Đảng bộ xã khác")
    move(world.beta.cells[1], target)
    move(world.alpha.commune, world.province)
    matter = declared.matter_of(closed, closed.province, None)
    book = openpyxl.load_workbook(BytesIO(declared.BY_SLUG["same-basis"].build(matter)), data_only=True)
    rows = {row[1]: row[2:5] for row in book["Hiện nay 1"].iter_rows(11, 40, values_only=True)}
    assert rows["Đảng bộ xã Alpha"] == (1, 1, 100)
    assert rows["Huyện ủy Beta"] == (None, None, "không so được (1)")
    assert rows["Không vào trọn đơn vị nào hiện nay"] == (0, 1, 0)
    assert rows["Toàn tỉnh"] == (1, 2, 50)
    words = " ".join(str(cell.value) for row in book["Hiện nay 1"].iter_rows() for cell in row)
    assert "Không phải số đã báo cáo" in words and "TÍNH LẠI THEO ĐƠN VỊ HIỆN NAY" in words


def test_an_officer_sees_the_past_of_the_own_unit_alone(world, closed, client_as):
    move(world.alpha.commune, world.beta.unit)
    client = client_as(Role.OFFICER, world.beta.unit)
    assert (
        client.get("/years/2018/units/B/history/?basis=today").context["table"][0].cells[0].fraction == "1/2"
    )
    assert client.get("/years/2018/units/A/history/?basis=today").status_code == 404
    assert b"Alpha" not in client.get("/years/2018/?basis=today").content


def test_a_unit_that_ended_is_offered_nothing(world, closed, client_as):
    unit = world.units[0]
    reorganize.dissolve(by=ACTOR, organization=unit, on=AFTER)
    response = client_as(Role.BOARD, world.province).get("/years/2018/units/U1/history/?basis=today")
    assert not response.context["bases"] and not response.context["is_restated"]
