from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from assessments.entry.totals.years import ensure_reported_year
from assessments.figures.board import board
from assessments.review.years.actions import close_year, open_year, reopen_year
from assessments.roster import tallies
from assessments.roster.models.lines import OrganizationLine
from assessments.roster.models.tallies import Tally
from assessments.rules.models.caps import Cap
from assessments.rules.models.years import Submission
from tests.assessments.rated import ACTOR, rate, rated_year

PROVINCE = "/years/2018/"


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_title_is_the_finding(world, client_as):
    rated_year(world)
    page = text(client_as(Role.BOARD, world.province).get(PROVINCE))
    assert "<h1>Năm 2018: 6 mục tiêu đạt, 1 chưa đạt, 1 chưa đến hạn</h1>" in page


def test_the_sheet_says_have_needed_short_unrated_and_the_other_reading(world, client_as):
    rated_year(world)
    context = client_as(Role.BOARD, world.province).get(PROVINCE).context
    rows = {row.figure.code: row for row in context["rows"]}
    row = rows["grassroots_strong"]
    assert (row.value, row.fraction, row.needed, row.sign, row.verdict, row.gap) == (
        "50,00%",
        "1 / 2",
        "1",
        "≥ 50%",
        "Đạt",
        "dư 0 tổ chức",
    )
    members = rows["members_well"]
    assert (members.unrated, members.possible) == ("2 / 6", "còn có thể đạt 66,67–100,00%")
    assert [(o.reading, o.value, o.standing) for o in row.others] == [("chỉ mức HTXSNV", "50,00%", "met")]
    admissions = rows["admissions_term"]
    assert (admissions.value, admissions.standing, admissions.gap) == ("0", "wait", "thiếu 5.001 người")


def test_nothing_rated_is_not_judged_and_not_divided(world, client_as):
    open_year(2018, by=ACTOR)
    response = client_as(Role.BOARD, world.province).get(PROVINCE)
    row = response.context["rows"][0]
    assert response.status_code == 200
    assert (row.value, row.standing, row.bullet.bars) == ("–", "none", ())


def test_units_stand_in_the_offices_order_without_ranks(world, client_as):
    rated_year(world)
    matrix = client_as(Role.BOARD, world.province).get(PROVINCE).context["matrix"]
    names = [submission.name for submission in Submission.objects.filter(year=2018).order_by("position")]
    assert [line.name for line in matrix.lines] == names
    assert names[-2:] == ["Huyện ủy Alpha", "Huyện ủy Beta"]


def test_a_missed_cell_is_marked_and_a_unit_without_villages_says_so(world, client_as):
    rated_year(world)
    lines = {
        line.name: line
        for line in client_as(Role.BOARD, world.province).get(PROVINCE).context["matrix"].lines
    }
    cell = lines["Huyện ủy Beta"].cells[0]
    assert (cell.fraction, cell.value, cell.gap, cell.is_unmet) == ("0/1", "0,00", "thiếu 1", True)
    assert lines["Huyện ủy 1"].no_villages == 3
    assert "không có thôn" in text(client_as(Role.BOARD, world.province).get(PROVINCE))


def test_an_officer_sees_the_own_unit_beside_the_province_and_no_neighbour(world, client_as):
    rated_year(world)
    client = client_as(Role.OFFICER, world.alpha.unit)
    response = client.get(PROVINCE)
    assert [line.name for line in response.context["matrix"].lines] == ["Huyện ủy Alpha"]
    assert "1/2" in text(response)
    for address in (PROVINCE, "/years/2018/units/A/", "/years/2018/history/"):
        assert b"Beta" not in client.get(address).content, address


def test_one_posted_below_a_unit_does_not_see_the_whole_unit(world, client_as):
    rated_year(world)
    client = client_as(Role.OFFICER, world.alpha.commune)
    assert client.get(PROVINCE).context["matrix"].lines == ()
    assert client.get("/years/2018/units/A/").status_code == 404
    assert client.get("/years/2018/indicators/grassroots_strong/").status_code == 404


def test_the_provinces_figures_open_no_names_to_an_officer(world, client_as):
    rated_year(world)
    response = client_as(Role.OFFICER, world.alpha.unit).get(PROVINCE)
    assert {row.unrated_url for row in response.context["rows"]} == {""}
    assert [cell.url for cell in response.context["matrix"].total.cells] == [""] * 7


def test_the_viewer_sees_units_and_no_way_to_persons(world, client_as):
    rated_year(world)
    response = client_as(Role.VIEWER, world.province).get(PROVINCE)
    assert len(response.context["matrix"].lines) == 14
    assert "indicators/members_well/?" not in text(response)
    assert "indicators/grassroots_strong/?" in text(response)


def test_nobody_is_sent_to_the_sign_in(client, world):
    rated_year(world)
    assert client.get(PROVINCE).url.startswith(reverse("accounts:sign_in"))


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR])
def test_other_roles_have_no_overview(world, client_as, role):
    rated_year(world)
    assert client_as(role, world.province).get(PROVINCE).status_code == 403


@pytest.mark.parametrize("address", ["/years/1999/", "/years/2018/units/NONE/", "/years/1999/history/"])
def test_what_is_not_there_is_404(world, client_as, address):
    rated_year(world)
    assert client_as(Role.BOARD, world.province).get(address).status_code == 404


def test_without_a_year_the_page_says_how_to_begin(world, client_as):
    """The Board sees the steps to the first year; who opens none, that none is open."""
    board = client_as(Role.BOARD, world.province).get("/overview/").content.decode()
    assert "Thiết lập ban đầu" in board and 'href="/years/"' in board
    viewer = client_as(Role.VIEWER, world.province).get("/overview/").content.decode()
    assert "Chưa mở năm nào" in viewer and 'href="/years/"' not in viewer


def test_a_year_of_reported_totals_shows_what_was_reported(world, client_as):
    year = ensure_reported_year(2016, by=ACTOR)
    unit = world.alpha.unit
    for key, count in (("TSVM", 30), ("HTTNV", 20), ("total", 52)):
        Tally.objects.create(
            year=year,
            unit=unit,
            organization=unit,
            subject="grassroots",
            key=key,
            count=count,
            is_reported=True,
        )
    response = client_as(Role.BOARD, world.province).get("/years/2016/")
    rows = {row.figure.code: row for row in response.context["rows"]}
    assert (rows["grassroots_strong"].value, rows["grassroots_strong"].unrated) == ("60,00%", "2 / 52")
    assert (rows["members_well"].value, rows["members_well"].fraction) == ("–", "không có số")
    assert "Chỉ có số tổng hợp" in text(response)


def test_a_reopened_year_says_so_on_every_page(world, client_as):
    rated_year(world)
    close_year(2018, by=ACTOR, reason="thử")
    reopen_year(2018, by=ACTOR, reason="rà soát")
    client = client_as(Role.BOARD, world.province)
    for address in (PROVINCE, "/years/2018/units/A/", "/years/2018/indicators/grassroots_strong/"):
        assert "Năm 2018 mở lại: rà soát" in text(client.get(address)), address


def test_a_unit_page_has_its_figures_beside_the_provinces_and_its_gaps(world, client_as):
    rated_year(world)
    response = client_as(Role.OFFICER, world.alpha.unit).get("/years/2018/units/A/")
    row = response.context["rows"][0]
    assert (row.value, row.province_value) == ("100,00%", "50,00% (1 / 2)")
    (gap,) = response.context["gaps"]
    assert (gap.line.name, gap.affiliated_rated, gap.affiliated, gap.members_rated, gap.members) == (
        "Đảng bộ xã Alpha",
        1,
        2,
        2,
        3,
    )
    assert dict(response.context["villages"])["thôn"] == 1


def test_blank_lines_are_counted_in_what_needs_attention(world, client_as):
    rated_year(world)
    items = client_as(Role.BOARD, world.province).get(PROVINCE).context["attention"]
    told = [(item.title, item.detail) for item in items]
    assert ("2 đơn vị: còn 2 dòng trống", "tổ chức trực thuộc") in told
    assert ("2 đơn vị: còn 2 dòng trống", "đảng viên") in told


def test_a_submitted_unit_waits_for_review(world, client_as):
    rated_year(world)
    Submission.objects.filter(year=2018, unit=world.alpha.unit).update(
        state="submitted", submitted_at=timezone.now() - timedelta(days=6)
    )
    response = client_as(Role.BOARD, world.province).get(PROVINCE)
    assert ("Huyện ủy Alpha chờ Ban duyệt", "lâu nhất 6 ngày") in [
        (item.title, item.detail) for item in response.context["attention"]
    ]
    assert response.context["progress"].label == "1 chờ duyệt, 13 chưa bắt đầu"


def test_a_cap_that_collides_with_the_target_is_said(world, client_as):
    rated_year(world)
    Cap.objects.create(
        subject="grassroots",
        level_code="HTXSNV",
        percent=20,
        base="level",
        base_level_code="HTTNV",
        group="unit",
        first_year=2018,
        last_year=2018,
    )
    caps = client_as(Role.BOARD, world.province).get(PROVINCE).context["caps"]
    said = (
        "trần 20% số HTTNV trong từng đơn vị (mặc định, chưa có quyết định) cho nhiều nhất 0; cần 1: "
        "không thể tới với trần này, cả 2 đạt HTTNV cũng chỉ được 0; đang xếp 1, vượt 1 ở 1 đơn vị."
    )
    assert caps == [(2, said)]


def test_the_number_of_queries_grows_with_neither_units_nor_years(world, client_as):
    rated_year(world)
    client = client_as(Role.BOARD, world.province)
    open_year(2019, by=ACTOR)
    client.get(PROVINCE)
    with CaptureQueriesContext(connection) as two_years:
        client.get(PROVINCE)
    for year in range(2014, 2018):
        rated_former(world, year)
    for year in range(2020, 2025):
        open_year(year, by=ACTOR)
    with CaptureQueriesContext(connection) as eleven_years:
        client.get(PROVINCE)
    assert len(eleven_years) == len(two_years)


def rated_former(world, year: int) -> None:
    found = open_year(year, by=ACTOR)
    for part in (world.alpha, world.beta):
        rate(OrganizationLine.objects.get(year=found, organization=part.commune), "TSVM")
    tallies.recount(found)


def test_an_unchanged_page_is_not_sent_again(world, client_as):
    year = rated_year(world)
    client = client_as(Role.BOARD, world.province)
    tag = client.get(PROVINCE).headers["ETag"]
    assert client.get(PROVINCE, headers={"if-none-match": tag}).status_code == 304
    close_year(year.pk, by=ACTOR, reason="thử")
    assert client.get(PROVINCE, headers={"if-none-match": tag}).status_code == 200


def test_a_tag_is_worth_nothing_to_another_or_after_signing_out(world, client_as):
    rated_year(world)
    client = client_as(Role.BOARD, world.province)
    tag = {"if-none-match": client.get(PROVINCE).headers["ETag"]}
    assert client_as(Role.OFFICER, world.alpha.unit).get(PROVINCE, headers=tag).status_code == 200
    assert client_as(Role.CLERK, world.alpha.commune).get(PROVINCE, headers=tag).status_code == 403
    client.logout()
    assert client.get(PROVINCE, headers=tag).status_code == 302


def test_the_table_twin_says_the_same_as_the_charts(world, client_as):
    rated_former(world, 2017)
    rated_year(world)
    client = client_as(Role.BOARD, world.province)
    table = client.get("/years/2018/history/").context["table"]
    assert [cell.value for cell in table[0].cells] == ["100,00%", "50,00%"]
    charts = client.get(PROVINCE).context["charts"]
    assert len(charts[0].series.dots) == 2
    assert charts[0].series.lines == (), "the line is broken between the schemes"
    assert "năm 2018: đổi bộ mức" in text(client.get(PROVINCE))


def test_english_is_complete_on_the_page(world, client_as):
    rated_year(world)
    client = client_as(Role.BOARD, world.province)
    client.post(reverse("accounts:language"), {"language": "en", "next": PROVINCE})
    page = text(client.get(PROVINCE))
    assert "Year 2018: 6 targets met, 1 not met, 1 not due yet" in page
    assert "50.00%" in page


def test_standing_waits_only_before_the_year_it_is_due(world):
    year = rated_year(world)
    figures = board([year])
    assert figures.figure("admissions_term", 2018).standing == "wait"
    heads = figures.figure("village_heads_members", 2018)
    assert (heads.due, heads.standing) == (2018, "unmet")
