"""A count opened: who is behind it, who has not given, what contradicts; one count over the years."""

import re
from io import BytesIO

import openpyxl
import pytest

from accounts.models import Role
from assessments.review.years.actions import close_year
from assessments.roster.following import follow_registers
from assessments.rules.models.counts import Activity
from tests import factories
from tests.pages import flat
from tests.queries import queries

MONTHLY, COVERED = "cells_meeting_monthly", "households_covered"
BEHIND, MISSING = f"/counts/2018/count/{MONTHLY}/", "/counts/2018/missing/"
YEARS = f"/counts/over-years/{MONTHLY}/"


def codes(page):
    return [row.body.code for row in page.context["page"].rows]


def cells(response):
    return list(openpyxl.load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))


@pytest.fixture
def given(give):
    give("A.X01", **{MONTHLY: 2}, meetings_held=20)
    give("B.X01", reason="có hai cuộc họp bù", **{MONTHLY: 3})
    give("U1.X01", **{MONTHLY: 0})
    give("A.X01", year_=2017, **{MONTHLY: 1})


def test_the_organizations_behind_a_number(board, given):
    page = board.get(BEHIND)
    assert codes(page) == ["U1.X01", "A.X01", "A.X02", "B.X01"]
    found = {row.body.code: row for row in page.context["page"].rows}
    assert found["A.X01"].cell.opened == "100,00%" and found["A.X01"].before_words == "1"
    assert found["B.X01"].reason == "có hai cuộc họp bù" and not found["U1.X01"].contrary
    assert "71,43% (5/7); 3 trong 4 nơi đã báo" in flat(page)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("given", ["U1.X01", "A.X01", "B.X01"]),
        ("missing", ["A.X02"]),
        ("contrary", ["A.X01", "B.X01"]),
    ],
)
def test_they_are_chosen_by_what_they_gave(board, given, state, expected):
    """24 meetings of two cells are more than the 20 held; 3 cells of 2 are too many."""
    page = board.get(BEHIND, {"state": state})
    assert codes(page) == expected
    assert {choice["url"]: choice["count"] for choice in page.context["choices"]}[
        f"{BEHIND}?state={state}"
    ] == len(expected)


def test_a_contradiction_says_what_was_found_and_whether_somebody_wrote_why(board, given):
    text = flat(board.get(BEHIND, {"state": "contrary"}))
    assert "12 × Chi bộ sinh hoạt đủ 12 tháng: 24, lớn hơn 20 (Cuộc sinh hoạt định kỳ)." in text
    assert "Chi bộ sinh hoạt đủ 12 tháng: 3, lớn hơn 2 (chi bộ)." in text
    assert "Lý do: có hai cuộc họp bù" in text and "chưa ghi lý do" in text


def test_words_find_without_diacritics_and_the_workbook_has_the_same_rows(board, given):
    page = board.get(BEHIND, {"q": "dang bo xa beta"})
    assert codes(page) == ["B.X01"]
    rows = cells(board.get(BEHIND, {"q": "dang bo xa beta", "export": "xlsx"}))
    own = [row for row in rows if row[0] and "X01" in str(row[0])]
    assert [row[0] for row in own] == ["B.X01"] and own[0][3:5] == (3, 2) and abs(own[0][5] - 150) < 0.01


def test_a_unit_only_shows_its_own(board, officer, given):
    assert codes(board.get(BEHIND, {"unit": "A"})) == ["A.X01", "A.X02"]
    assert codes(officer.get(BEHIND)) == ["A.X01", "A.X02"]
    assert "Beta" not in officer.get(BEHIND).content.decode()


@pytest.mark.parametrize(
    "query", [{"unit": "B"}, {"unit": "không"}, {"state": "khác"}, {"period": "half"}, {"code": "nothing"}]
)
def test_what_is_not_there_is_404(officer, year, query):
    """Of another unit, of no such state, not counted in the half-year, no count at all."""
    code = query.pop("code", MONTHLY)
    assert officer.get(f"/counts/2018/count/{code}/", query).status_code == 404


@pytest.mark.parametrize("page", [BEHIND, MISSING, YEARS])
def test_a_clerk_reads_none_of_it_and_a_viewer_no_names(client_of, client_as, year, page):
    assert client_of(year.clerk).get(page).status_code == 403
    seen = client_as(Role.VIEWER, year.world.province).get(page).content.decode()
    assert "Đảng bộ" in seen or "Huyện ủy" in seen
    assert not re.search("[AY] (Alpha|Beta) ", seen)


@pytest.mark.parametrize(
    ("code", "is_told"),
    [("secretary_is_head", True), (MONTHLY, False)],
)
def test_what_the_registers_tell_leads_to_their_lines(board, year, code, is_told):
    page = board.get(f"/counts/2018/count/{code}/").content.decode()
    assert ("Các dòng của sổ" in page) == is_told == ("state=all&amp;year=2018" in page)


def test_who_lacks_what(board, give):
    page = board.get(MISSING)
    assert codes(page) == ["U1.X01", "A.X01", "A.X02", "B.X01"] and "chưa báo gì" in flat(page)
    asked = {row.body.code: row.of for row in page.context["page"].rows}
    assert asked["A.X01"] > asked["A.X02"]
    rules = Activity.objects.exclude(period="event").exclude(of_villages=True)
    alone = {code: 0 for code in rules.filter(first_year__lte=2018).values_list("code", flat=True)}
    assert asked["A.X02"] == len(alone)
    give("A.X02", **alone)
    give("A.X01", **{MONTHLY: 2})
    after = board.get(MISSING)
    assert codes(after) == ["U1.X01", "A.X01", "B.X01"]
    lacks = next(row for row in after.context["page"].rows if row.body.code == "A.X01")
    assert len(lacks.lacks) == asked["A.X01"] - 1 and MONTHLY not in [rule.code for rule in lacks.lacks]
    assert "3 trong 4 tổ chức chưa báo đủ" in flat(after)


def test_who_lacks_in_a_unit_and_in_the_half_year(board, officer, year):
    assert codes(board.get(MISSING, {"unit": "A"})) == codes(officer.get(MISSING)) == ["A.X01", "A.X02"]
    assert officer.get(MISSING, {"unit": "B"}).status_code == 404
    year_, half = (board.get(MISSING, query).context["page"].rows[0] for query in ({}, {"period": "half"}))
    assert half.of < year_.of


def test_the_contradictions_of_a_unit_with_their_reasons(board, given):
    page = board.get(MISSING, {"show": "contrary"})
    found = {row.body.code: row for row in page.context["page"].rows}
    assert set(found) == {"A.X01", "B.X01"}
    assert (found["A.X01"].unexplained, found["B.X01"].unexplained) == (1, 0)
    assert board.get(MISSING, {"show": "anything"}).status_code == 404
    rows = cells(board.get(MISSING, {"show": "contrary", "export": "xlsx"}))
    assert any(row[0] == "B.X01" and row[4] == "có hai cuộc họp bù" for row in rows)


def test_over_the_years(board, give):
    give("A.X01", year_=2017, **{MONTHLY: 1})
    give("A.X01", **{MONTHLY: 2})
    give("B.X01", **{MONTHLY: 1})
    page = board.get(YEARS)
    rows = {row.name: [one.cell and one.cell.shown for one in row.cells] for row in page.context["rows"]}
    assert rows["Huyện ủy Alpha"] == ["50,0", "100,0"] and rows["Huyện ủy Beta"] == ["–", "50,0"]
    assert [one.cell.fraction for one in page.context["total"].cells] == ["1/2", "3/4"]
    sheet = cells(board.get(YEARS, {"export": "xlsx"}))
    assert any(row[0] == "Huyện ủy Alpha" and row[2:4] == (1, 2) and row[6:8] == (2, 2) for row in sheet)


def test_over_the_years_an_officer_sees_the_own_unit_and_the_province(officer, give):
    give("B.X01", **{MONTHLY: 1})
    page = officer.get(YEARS)
    assert [row.name for row in page.context["rows"]] == ["Huyện ủy Alpha"]
    assert page.context["total"].cells[1].cell.fraction == "1/2" and "Beta" not in page.content.decode()
    assert officer.get("/counts/over-years/nothing/").status_code == 404


def test_another_way_of_counting_parts_the_years(board, actor, year):
    assert board.get(YEARS).context["cuts"] == []
    close_year(2017, by=actor, reason="thử")
    Activity.objects.filter(code=MONTHLY).update(size="cells")
    page = board.get(YEARS)
    assert [(cut.year, cut.why) for cut in page.context["cuts"]] == [(2018, "cách tính khác")]
    assert "không so sánh qua:" in flat(page)


def test_statements_do_not_grow(board, year, given, give, actor):
    pages = [BEHIND, f"{BEHIND}?unit=A", MISSING, f"{MISSING}?show=contrary", YEARS]
    for page in pages:
        queries(board, page)
    few = [queries(board, page) for page in pages]
    for number in range(9):
        body = factories.organization(year.world.alpha.unit, code=f"A.Y{number}")
        factories.cell(body)
        year.bodies[body.code] = body
        give(body.code, **{MONTHLY: 5})
    follow_registers(by=actor)
    assert [queries(board, page) for page in pages] == few
