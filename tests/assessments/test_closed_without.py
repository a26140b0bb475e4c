"""A year closed without some units says so wherever it is shown, and to nobody more than the scope allows."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from accounts.models import Role
from assessments.reports.declared import BY_SLUG, matter_of
from assessments.reports.documents.facts import Facts
from assessments.review.years.actions import close_year, open_year, reopen_year
from assessments.roster import closed_without
from assessments.rules.models.years import RatingYear, Submission
from tests.assessments.rated import ACTOR, rated_year
from tests.assessments.years import rate_all
from tests.routes import all_routes
from tests.walls_world import places, user_with

SAID = "khoá khi 2 đơn vị chưa đủ"
NO_PAGES = {"assessments:year_show"}


@pytest.fixture
def closed(world) -> RatingYear:
    """2018, closed although alpha and beta each lack a cell and a member."""
    rated_year(world)
    return close_year(2018, by=ACTOR, reason="hết hạn")


def _text(response) -> str:
    return " ".join(response.content.decode().split())


def test_what_is_kept_are_units_with_counts_and_no_person(world, closed):
    assert closed.closed_without == [
        {"code": "A", "name": "Huyện ủy Alpha", "missing": {"affiliated": 1, "member": 1}},
        {"code": "B", "name": "Huyện ủy Beta", "missing": {"affiliated": 1, "member": 1}},
    ]


def test_a_year_that_was_closed_whole_says_nothing(world, client_as):
    rate_all(open_year(2018, by=ACTOR), "HTTNV")
    assert close_year(2018, by=ACTOR).closed_without == []
    assert "chưa đủ" not in _text(client_as(Role.BOARD, world.province).get("/years/2018/"))


def test_reopening_takes_the_mark_away_and_a_whole_closing_does_not_bring_it_back(world, closed):
    year = reopen_year(2018, by=ACTOR, reason="rà soát")
    assert year.closed_without == []
    rate_all(year, "HTTNV")
    assert close_year(2018, by=ACTOR).closed_without == []


def _pages(world) -> list[str]:
    alpha, _beta = places(world)
    close_year(2018, by=ACTOR, reason="hết hạn")
    kwargs = {name: route.fill(alpha) for name, route in all_routes().items() if name not in NO_PAGES}
    return [reverse(name, kwargs=given) for name, given in kwargs.items() if "year" in given]


@pytest.mark.long
@pytest.mark.parametrize("role", [Role.BOARD, Role.OFFICER, Role.CLERK, Role.VIEWER])
def test_every_page_of_the_year_says_it(world, client_of, role):
    addresses, client, seen = _pages(world), client_of(user_with(role, world)), 0
    for address in addresses:
        response = client.get(address)
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            page = _text(response)
            if "<main" in page:
                seen += 1
                assert "chưa đủ" in page, address
    assert seen >= (5 if role == Role.CLERK else 9)


@pytest.mark.parametrize(
    ("role", "address"),
    [
        (Role.VIEWER, "/years/2018/units/A/"),
        (Role.VIEWER, "/years/2018/indicators/grassroots_strong/"),
        (Role.BOARD, "/review/2018/"),
        (Role.BOARD, "/years/2018/reopen/"),
        (Role.OFFICER, "/ratings/2018/"),
        (Role.OFFICER, "/ratings/2018/affiliated/"),
    ],
)
def test_a_page_of_each_desk_says_it(world, closed, client_of, role, address):
    assert SAID in _text(client_of(user_with(role, world)).get(address))


def test_who_sees_one_unit_is_told_how_many_and_of_the_own_its_name(world, closed, client_as):
    page = _text(client_as(Role.OFFICER, world.alpha.unit).get("/years/2018/"))
    assert f"Năm 2018 {SAID}, trong đó có Huyện ủy Alpha." in page and "Beta" not in page
    page = _text(client_as(Role.OFFICER, world.units[0]).get("/years/2018/"))
    assert f"Năm 2018 {SAID}." in page and "Alpha" not in page
    page = _text(client_as(Role.VIEWER, world.province).get("/years/2018/"))
    assert f"Năm 2018 {SAID}: Huyện ủy Alpha, Huyện ủy Beta." in page


@pytest.mark.parametrize(("units", "rest"), [(4, ""), (5, "1 đơn vị khác"), (100, "96 đơn vị khác")])
def test_of_many_units_the_first_four_are_named(units, rest):
    year = RatingYear(
        pk=2018,
        closed_without=[{"code": str(n), "name": f"Xã {n}", "missing": {}} for n in range(units)],
    )
    said = closed_without.words(year)
    assert said.startswith(f"khoá khi {units} đơn vị chưa đủ: Xã 0, Xã 1, Xã 2, Xã 3")
    assert said.endswith(rest or "Xã 3")


def _cells(report: str, matter) -> str:
    book = openpyxl.load_workbook(BytesIO(BY_SLUG[report].build(matter)))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_workbook_names_the_units_and_a_units_report_no_other(world, closed):
    said = _cells("steering-committee", matter_of(closed, world.province, None))
    assert "2 đơn vị chưa đủ: Huyện ủy Alpha, Huyện ủy Beta" in said
    held = Submission.objects.get(year=closed, unit=world.alpha.unit)
    said = _cells("steering-committee", matter_of(closed, held.unit, held))
    assert "2 đơn vị chưa đủ, trong đó có Huyện ủy Alpha" in said and "Beta" not in said


def test_a_word_report_says_it_too(world, closed):
    facts = Facts(matter_of(closed, world.province, None))
    assert facts.provisional == "Năm 2018 khóa khi 2 đơn vị chưa đủ: Huyện ủy Alpha, Huyện ủy Beta"
    assert "2 đơn vị chưa đủ" in facts.state
    (told,) = facts.years()
    assert told["ghi_chu"] == "khóa khi còn đơn vị chưa đủ"


def test_the_table_of_many_years_marks_the_year(world, closed, client_as):
    page = _text(client_as(Role.VIEWER, world.province).get("/years/2018/history/"))
    assert "còn đơn vị chưa đủ" in page


def test_the_flat_table_says_it_in_each_row(world, closed):
    RatingYear.objects.update(closed_without=closed.closed_without[:1])
    said = _cells("flat", matter_of(closed, world.province, None))
    assert "Đã khóa, đơn vị chưa đủ" in said and "Đã khóa, còn đơn vị khác chưa đủ" in said
