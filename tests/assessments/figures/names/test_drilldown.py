from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.models import Role
from assessments.figures.board import board
from assessments.figures.indicators import INDICATORS
from assessments.figures.names import lines
from assessments.review.years.actions import open_year
from assessments.roster import tallies
from assessments.roster.following import follow_registers
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.tallies import Tally
from members.models import Member
from tests import factories
from tests.assessments.rated import ACTOR, rate, rated_year
from tests.pages import flat

STRONG = "/years/2018/indicators/grassroots_strong/"
MEMBERS = "/years/2018/indicators/members_well/"
CODES = list(INDICATORS)


@pytest.fixture
def year(world):
    """Rated, with an exempt member, a vacant and a blank village, and admissions of the term."""
    member = world.alpha.members[2]
    Member.objects.filter(pk=member.pk).update(is_exempt=True, admitted_on="2016-05-19")
    outside = world.beta.members[2]
    Member.objects.filter(pk=outside.pk).update(admitted_outside=True, admitted_on="2017-05-19")
    factories.village(world.alpha.commune, code="T.A.2", name="Làng Trắng")
    factories.village(world.beta.commune, code="T.B.2", name="Làng Beta Trắng")
    return rated_year(world)


def place(role, world):
    return world.alpha.unit if role == Role.OFFICER else world.province


@pytest.mark.parametrize(
    "role",
    [Role.OFFICER, *(pytest.param(role, marks=pytest.mark.once) for role in (Role.BOARD, Role.VIEWER))],
)
@pytest.mark.parametrize("code", CODES)
def test_the_number_shown_is_the_number_of_rows(role, code, year, world, client_as):
    client = client_as(role, place(role, world))
    unit_id = world.alpha.unit.pk if role == Role.OFFICER else None
    figure = board([year]).figure(code, 2018, unit_id)
    if role == Role.VIEWER and figure.indicator.subject in lines.PERSONAL:
        assert client.get(f"/years/2018/indicators/{code}/").status_code == 403
        return
    for part, count in zip(lines.PARTS, lines.parts(figure), strict=True):
        response = client.get(f"/years/2018/indicators/{code}/?part={part}", follow=True)
        assert len(response.context["table_rows"]) == (count or 0), (code, part)
        shown = {tab.part: tab.count for tab in response.context["tabs"]}
        assert shown.get(part) == count


def test_the_parts_have_rows_at_all(year):
    """So that the parity of numbers and rows is no parity of nothing."""
    figures = board([year])
    assert lines.parts(figures.figure("members_well", 2018)) == (4, 0, 2)
    assert lines.parts(figures.figure("grassroots_strong", 2018)) == (1, 1, 0)
    assert lines.parts(figures.figure("village_heads_members", 2018)) == (0, 2, 2)
    assert lines.parts(figures.figure("villages_without_cell", 2018)) == (2, 2, None)
    assert lines.parts(figures.figure("admissions_term", 2018)) == (1, 1, None)


def test_the_rule_the_document_and_the_other_reading_stand_beside(year, world, client_as):
    page = flat(client_as(Role.BOARD, world.province).get(STRONG))
    for words in (
        "≥ 50%",
        "NQ 03-NQ/TU, 8/8/2016 của Tỉnh ủy Kon Tum, mục I.2",
        "HTXSNV, HTTNV",
        "Mặc định, chưa có quyết định",
        "chỉ mức HTXSNV",
        "1 × 100 = 100 = 50 × 2 = 100",
    ):
        assert words in page, words


def test_why_lines_are_not_rated(year, world, client_as):
    MemberLine.objects.filter(member=world.beta.members[2]).update(reason="Đang xem xét kỷ luật")
    reasons = client_as(Role.BOARD, world.province).get(MEMBERS + "?part=unrated").context["reasons"]
    assert sorted(reasons) == [("Đang xem xét kỷ luật", 1), ("được miễn công tác và sinh hoạt đảng", 1)]


@pytest.mark.parametrize("words", ["alpha", "ALPHA", "dang bo xa alpha", "A.X01"])
def test_search_needs_no_diacritics(words, year, world, client_as):
    response = client_as(Role.BOARD, world.province).get(STRONG, {"part": "met", "q": words})
    assert [row.name for row in response.context["table_rows"]] == ["Đảng bộ xã Alpha"]


def test_the_list_is_narrowed_by_unit_and_form(year, world, client_as):
    client = client_as(Role.BOARD, world.province)

    def count(**asked):
        return client.get(STRONG, {"part": "met", **asked}).context["page"].paginator.count

    assert [count(unit="A"), count(unit="B"), count(form="committee"), count(form="cell")] == [1, 0, 1, 0]
    assert client.get(STRONG, {"unit": "NONE"}).status_code == 404


def test_the_year_before_stands_beside(world, client_as):
    former = rated_year(world, 2019)
    rate(OrganizationLine.objects.get(year=former, organization=world.beta.commune), "HTTNV")
    rated_year(world, 2020)
    address, client = STRONG.replace("2018", "2020"), client_as(Role.BOARD, world.province)
    response = client.get(address + "?part=missed")
    (row,) = response.context["table_rows"]
    assert (row.name, str(row.cells["before"]), row.cells["change"].is_lost) == (
        "Đảng bộ xã Beta",
        "HTTNV",
        True,
    )
    assert response.context["lost"] == 1
    narrowed = client.get(address + "?part=missed&before=missed")
    assert narrowed.context["page"].paginator.count == 0


def test_across_a_break_the_year_before_is_not_compared(world, client_as):
    rated_former(world)
    rated_year(world)
    response = client_as(Role.BOARD, world.province).get(STRONG + "?part=missed")
    (row,) = response.context["table_rows"]
    columns = [column.key for column in response.context["table"].columns]
    assert str(row.cells["before"]) == "TSVM" and "before" in columns and "change" not in columns
    assert response.context["lost"] is None
    assert "Năm 2018 không so sánh với các năm trước: đổi bộ mức." in response.content.decode()


def rated_former(world):
    found = open_year(2017, by=ACTOR)
    for part in (world.alpha, world.beta):
        rate(OrganizationLine.objects.get(year=found, organization=part.commune), "TSVM")
    tallies.recount(found)
    return found


def test_the_workbook_has_the_rows_of_the_page(year, world, client_as):
    response = client_as(Role.VIEWER, world.province).get(STRONG + "?part=missed&format=xlsx")
    rows = list(load_workbook(BytesIO(response.content)).active.iter_rows(min_row=5, values_only=True))
    assert [row[:3] for row in rows] == [("B.X01", "Đảng bộ xã Beta", "Huyện ủy Beta")]


def test_persons_leave_by_their_codes_only(year, world, client_as):
    response = client_as(Role.BOARD, world.province).get(MEMBERS + "?part=met&format=xlsx")
    cells = [value for row in load_workbook(BytesIO(response.content)).active.values for value in row]
    assert {"A1", "A2", "B1", "B2"} <= set(cells)
    assert not [value for value in cells if str(value).startswith("Y Alpha")]


def test_an_officer_is_taken_to_the_own_unit(year, world, client_as):
    client = client_as(Role.OFFICER, world.alpha.unit)
    response = client.get(STRONG + "?part=met")
    assert response.url == "/years/2018/indicators/grassroots_strong/units/A/?part=met"
    for code in CODES:
        for part in lines.PARTS:
            page = client.get(f"/years/2018/indicators/{code}/units/A/?part={part}")
            assert b"Beta" not in page.content, (code, part)
    assert client.get(STRONG + "units/B/").status_code == 404


def test_an_officer_reads_the_names_of_the_own_members(year, world, client_as):
    page = client_as(Role.OFFICER, world.alpha.unit).get(MEMBERS + "units/A/?part=met")
    assert "Y Alpha 1" in page.content.decode()


def test_the_viewer_reads_villages_without_the_heads_name(year, world, client_as):
    page = client_as(Role.VIEWER, world.province).get(
        "/years/2018/indicators/village_heads_members/?part=missed"
    )
    assert "Thôn Alpha" in page.content.decode()
    assert "A Alpha Trưởng" not in page.content.decode()
    board_page = client_as(Role.BOARD, world.province).get(
        "/years/2018/indicators/village_heads_members/?part=missed"
    )
    assert "A Alpha Trưởng" in board_page.content.decode()


def test_a_reported_total_has_no_names_and_says_so(world, client_as):
    year = rated_year(world)
    unit = world.units[0]
    Tally.objects.create(
        year=year, unit=unit, organization=unit, subject="grassroots", key="HTXSNV", count=7, is_reported=True
    )
    response = client_as(Role.BOARD, world.province).get(STRONG)
    assert [tab.count for tab in response.context["tabs"]] == [8, 1, 0]
    assert "số tổng hợp" in response.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/years/2018/indicators/nothing/", "/years/1999/indicators/members_well/", MEMBERS + "?part=x"],
)
def test_what_is_not_there_is_404(address, year, world, client_as):
    assert client_as(Role.BOARD, world.province).get(address).status_code == 404


def test_the_number_of_queries_does_not_grow_with_rows(year, world, client_as):
    client = client_as(Role.BOARD, world.province)
    lists = {
        MEMBERS + "?part=unrated": 22,
        "/years/2018/indicators/villages_without_cell/?part=missed": 22,
        "/years/2018/indicators/village_heads_members/?part=missed": 22,
    }
    few = {address: _queries(client, address)[1] for address in lists}
    for number in range(20):
        factories.member(world.alpha.cells[0], code=f"X{number}")
        factories.head(factories.village(world.alpha.commune, world.alpha.cells[0]))
    follow_registers(by=ACTOR)
    for address, rows in lists.items():
        assert _queries(client, address) == (rows, few[address]), address


def _queries(client, address: str) -> tuple[int, int]:
    """How many rows the list has, and by how many queries its page is made."""
    client.get(address)
    with CaptureQueriesContext(connection) as made:
        page = client.get(address)
    return page.context["page"].paginator.count, len(made)
