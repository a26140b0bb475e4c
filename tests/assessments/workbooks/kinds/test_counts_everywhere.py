"""Yearly counts as every other kind: an office's own sheet is mapped, a prepared one comes back."""

import pytest
from django.urls import reverse

from accounts.actors import Actor
from assessments.entry.counting.judging import Counted
from assessments.entry.counts.actions import save_counts
from assessments.entry.grid.actions import save_rating
from assessments.roster.models.counts import ActivityCount
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.counts_of_year import counts_of
from assessments.rules.models.counts import MOST, Activity, CountLevel
from assessments.rules.models.years import RatingYear, Submission
from assessments.workbooks.models import Layout, PlannedRow, PreparedWorkbook, Upload
from assessments.workbooks.undoing.actions import undo
from tests.assessments.handed import columns, load, opened_book, put, row_of, saved, take
from tests.assessments.odd_sheets import odd, proposal, sent
from tests.assessments.year import opened

OWN = [
    ["SỐ LIỆU HOẠT ĐỘNG CỦA CÁC TỔ CHỨC CƠ SỞ ĐẢNG NĂM 2018"],
    [],
    ["TT", "Tên tổ chức cơ sở đảng", "Số cuộc sinh hoạt chuyên đề", "Chi bộ có chi ủy (đv: chi bộ)", "Khác"],
    ["I", "Khối xã"],
    [1, "Đảng bộ xã Alpha", 12, 2, "x"],
    [None, "Tổng cộng", 12, 2, None],
]
MEETINGS, WITH_COMMITTEE = "thematic_meetings", "cells_with_committee"


@pytest.fixture
def entry(world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return opened(world)


def counts() -> dict:
    return {key[1:]: count for key, count in of_periods().items() if key[0] == "year"}


def of_periods() -> dict:
    rows = ActivityCount.objects.values_list(
        "period", "year", "organization__code", "activity__code", "count"
    )
    return {tuple(row[:4]): row[4] for row in rows}


def give(entry, by, line=None, period="year", **given):
    line = line or entry.line
    stored = ActivityCount.objects.filter(year=2018, period=period, grassroots=line.organization_id)
    seen = dict(stored.values_list("activity__code", "count"))
    lines = OrganizationLine.objects.filter(pk=line.pk)
    counted = Counted(line.pk, {key: seen.get(key) for key in given}, given)
    outcome = save_counts(by=Actor.of(by), year=2018, lines=lines, entries=[counted], period=period)
    assert outcome.saved == {line.pk}, outcome


def planned() -> list[str]:
    """What becomes of the rows of the last file that are not unchanged."""
    rows = PlannedRow.objects.filter(upload=Upload.objects.latest("pk")).exclude(status="unchanged")
    return [row.status for row in rows]


def confirm(client, address):
    return client.post(f"{address}apply/", {"plan": Upload.objects.latest("pk").plan_hash}, follow=True)


def test_an_offices_own_sheet_of_counts_is_proposed_mapped_stored_and_remembered(client, entry, tmp_path):
    address = sent(client, entry.officer, odd(tmp_path, {"Biểu": OWN}))
    start = client.get(address).context["desk"].start
    assert (start.kind, start.header_row, start.year) == ("yearly_counts", 3, 2018)
    assert start.columns == {1: "code@name", 2: MEETINGS, 3: WITH_COMMITTEE}
    plan = client.post(address, proposal(client, address, name="Hoạt động")).url
    assert not counts()
    found = client.get(plan).context["batch"]
    assert (found.changes, found.totals["errors"], found.totals["skipped"]) == (1, 0, 2)
    confirm(client, plan)
    assert counts() == {(2018, "A.X01", MEETINGS): 12, (2018, "A.X01", WITH_COMMITTEE): 2}
    assert Layout.objects.get().kind == "yearly_counts"
    again = sent(client, entry.officer, odd(tmp_path, {"Biểu": OWN}))
    assert client.get(again).context["desk"].start.columns == start.columns
    layouts = client.get(reverse("assessments:upload_layout_list")).content.decode()
    assert "Hoạt động" in layouts and "Số liệu" in layouts


def test_a_mapped_sheet_of_counts_is_judged_as_any_other(client, entry, tmp_path):
    wrong = [*OWN[:4], [1, "Đảng bộ xã Alpha", "mười hai", 2], [2, "Đảng bộ xã Alfa", 3, 1]]
    address = sent(client, entry.officer, odd(tmp_path, {"Biểu": wrong}))
    plan = client.post(address, proposal(client, address, remember="")).url
    faults = [fault for _kind, _sheet, fault in client.get(plan).context["batch"].faults]
    assert [(fault["row"], fault["column"], fault["code"]) for fault in faults] == [
        (5, "Số cuộc sinh hoạt chuyên đề", "bad_number")
    ]
    page = client.get(reverse("assessments:upload_layout_names", args=[Upload.objects.get().batch]))
    assert "Đảng bộ xã Alfa" in page.content.decode()
    assert "A.X01" in page.content.decode() and "B.X01" not in page.content.decode()


def test_a_sheet_in_which_nothing_is_counted_is_not_taken(client, entry, tmp_path):
    address = sent(client, entry.officer, odd(tmp_path, {"Biểu": OWN}))
    data = proposal(client, address) | {"c2": "", "c3": ""}
    answer = client.post(address, data)
    assert answer.status_code == 200 and answer.context["desk"].mapping_form.non_field_errors()


def test_a_prepared_workbook_of_counts_goes_out_is_filled_and_comes_back(client, entry, world):
    give(entry, entry.officer, **{MEETINGS: 4})
    content = take(client, entry.officer, world.alpha.unit, "yearly-counts")
    assert PreparedWorkbook.objects.get().codes == {"yearly_counts": ["2018|year|A.X01", "2018|half|A.X01"]}
    book = opened_book(content)
    sheet = book.worksheets[1]
    row, at = row_of(sheet, "A.X01"), columns(sheet)
    asked = [rule.name for rule in counts_of(RatingYear.objects.get(pk=2018))]
    assert [heading for heading in at if heading in asked] == asked
    assert sheet.cell(row, at["Cuộc sinh hoạt chuyên đề của chi bộ"]).value == 4
    assert sheet.cell(row, at["Mã"]).protection.locked
    whole = [rule for rule in sheet.data_validations.dataValidation if rule.type == "whole"]
    assert {rule.formula2 for rule in whole if rule.operator in (None, "between")} == {str(MOST)}
    unchanged = load(client, entry.officer, content)
    assert client.get(unchanged).context["batch"].totals == {
        "rows": 2,
        "skipped": 0,
        "errors": 0,
        "created": 0,
        "updated": 0,
        "unchanged": 2,
        "undecided": 0,
    }
    put(sheet, row, Chi_bộ_có_chi_ủy=2, Cuộc_sinh_hoạt_chuyên_đề_của_chi_bộ=6)
    address = load(client, entry.officer, saved(book))
    confirm(client, address)
    assert counts() == {(2018, "A.X01", MEETINGS): 6, (2018, "A.X01", WITH_COMMITTEE): 2}


def test_what_others_counted_since_is_a_conflict_and_what_was_undone_too(client, entry, world):
    book = opened_book(take(client, entry.officer, world.alpha.unit, "yearly-counts"))
    sheet = book.worksheets[1]
    row = row_of(sheet, "A.X01")
    put(sheet, row, Chi_bộ_có_chi_ủy=1, Cuộc_sinh_hoạt_chuyên_đề_của_chi_bộ=9)
    give(entry, entry.board, **{MEETINGS: 5})
    address = load(client, entry.officer, saved(book))
    (row,) = PlannedRow.objects.exclude(status="unchanged")
    assert row.status == "conflict" and "Cuộc sinh hoạt chuyên đề của chi bộ" in row.note
    assert entry.board.full_name in row.note
    upload = Upload.objects.get()
    settle = reverse("assessments:prepared_settle", args=[upload.batch, upload.pk])
    client.post(settle, {"take": "system", "row": ""})
    confirm(client, address)
    assert counts() == {(2018, "A.X01", MEETINGS): 5, (2018, "A.X01", WITH_COMMITTEE): 1}
    undo(by=Actor.of(entry.officer), uploads=list(Upload.objects.all()))
    assert counts() == {(2018, "A.X01", MEETINGS): 5}


def test_a_rating_of_the_same_organization_is_no_conflict_of_its_counts(client, entry, world):
    book = opened_book(take(client, entry.officer, world.alpha.unit, "yearly-counts"))
    save_rating(by=Actor.of(entry.board), line=entry.line, version=0, changes={"decided": "HTTNV"})
    put(book.worksheets[1], row_of(book.worksheets[1], "A.X01"), Chi_bộ_có_chi_ủy=1)
    load(client, entry.officer, saved(book))
    assert planned() == ["created"]


def test_counts_that_a_load_brought_and_lost_again_are_not_brought_back_unasked(client, entry, world):
    book = opened_book(take(client, entry.officer, world.alpha.unit, "yearly-counts"))
    put(book.worksheets[1], row_of(book.worksheets[1], "A.X01"), Chi_bộ_có_chi_ủy=1)
    confirm(client, load(client, entry.officer, saved(book)))
    stale = opened_book(take(client, entry.board, world.province, "yearly-counts"))
    undo(by=Actor.of(entry.officer), uploads=list(Upload.objects.all()))
    put(stale.worksheets[1], row_of(stale.worksheets[1], "A.X01"), Chi_bộ_có_chi_ủy=1)
    load(client, entry.board, saved(stale))
    assert planned() == ["conflict"]


def test_a_year_in_which_nothing_is_counted_has_no_workbook_of_counts(client, entry, world):
    Activity.objects.update(last_year=2017)
    client.force_login(entry.officer)
    page = client.get(reverse("assessments:prepared_choose", args=[2018, "A"])).content.decode()
    assert "yearly-counts" not in page
    Activity.objects.update(last_year=None)
    page = client.get(reverse("assessments:prepared_choose", args=[2018, "A"])).content.decode()
    assert "yearly-counts" in page


def rows_of(sheet, period: str) -> dict[str, int]:
    """The rows of a period by their codes."""
    at = columns(sheet)
    rows = [row for row in range(6, sheet.max_row + 1) if sheet.cell(row, at["Kỳ"]).value == period]
    return {sheet.cell(row, at["Mã"]).value: row for row in rows}


MEETINGS_COLUMN = "Cuộc sinh hoạt chuyên đề của chi bộ"


def test_a_prepared_workbook_has_the_half_year_below_the_year_and_closes_what_is_not_asked(
    client, entry, world
):
    give(entry, entry.officer, **{MEETINGS: 4})
    give(entry, entry.officer, period="half", **{MEETINGS: 2})
    sheet = opened_book(take(client, entry.officer, world.alpha.unit, "yearly-counts")).worksheets[1]
    at, of_year, of_half = columns(sheet), rows_of(sheet, "Năm"), rows_of(sheet, "6 tháng")
    assert (list(of_year), list(of_half)) == (["A.X01"], ["A.X01"])
    year, half = of_year["A.X01"], of_half["A.X01"]
    assert [sheet.cell(row, at[MEETINGS_COLUMN]).value for row in (year, half)] == [4, 2]
    assert sheet.cell(half, at["Kỳ"]).protection.locked
    fills = {
        row: {name for name, col in at.items() if sheet.cell(row, col).fill.fgColor.rgb == "FFE3E6EA"}
        for row in (year, half)
    }
    rules = {rule.name: rule for rule in counts_of(RatingYear.objects.get(pk=2018))}
    assert fills[half] == {name for name, rule in rules.items() if rule.period != "half"}
    assert "Chi bộ thôn lập mới trong năm" in fills[year] and MEETINGS_COLUMN not in fills[year]


def test_a_prepared_workbook_has_cells_and_units_where_they_are_asked(client, entry, world):
    Activity.objects.filter(code=MEETINGS).update(level=CountLevel.CELL)
    Activity.objects.filter(code=WITH_COMMITTEE).update(level=CountLevel.UNIT)
    book = opened_book(take(client, entry.officer, world.alpha.unit, "yearly-counts"))
    sheet = book.worksheets[1]
    of_year, of_half = rows_of(sheet, "Năm"), rows_of(sheet, "6 tháng")
    assert set(of_year) == {"A", "A.X01", "A.X01.1", "A.X01.2"} and set(of_half) == set(of_year) - {"A"}
    put(sheet, of_year["A"], Chi_bộ_có_chi_ủy=2)
    put(sheet, of_half["A.X01.1"], Cuộc_sinh_hoạt_chuyên_đề_của_chi_bộ=3)
    confirm(client, load(client, entry.officer, saved(book)))
    given = {("year", 2018, "A", WITH_COMMITTEE): 2, ("half", 2018, "A.X01.1", MEETINGS): 3}
    assert of_periods() == given
    page = client.get(reverse("assessments:prepared_choose", args=[2018, "A"]))
    assert dict((sheet.slug, rows) for sheet, rows in page.context["sheets"])["yearly-counts"] == 7
    undo(by=Actor.of(entry.officer), uploads=list(Upload.objects.all()))
    assert of_periods() == {}


def test_a_change_of_the_half_year_is_no_conflict_of_the_year(client, entry, world):
    book = opened_book(take(client, entry.officer, world.alpha.unit, "yearly-counts"))
    give(entry, entry.board, period="half", **{MEETINGS: 5})
    sheet = book.worksheets[1]
    put(sheet, rows_of(sheet, "Năm")["A.X01"], Cuộc_sinh_hoạt_chuyên_đề_của_chi_bộ=9)
    load(client, entry.officer, saved(book))
    assert planned() == ["created"]
    put(sheet, rows_of(sheet, "6 tháng")["A.X01"], Cuộc_sinh_hoạt_chuyên_đề_của_chi_bộ=4)
    load(client, entry.officer, saved(book))
    assert planned() == ["created", "conflict"]


def test_what_was_given_of_a_unit_since_is_a_conflict_and_the_units_beginning_is_none(client, entry, world):
    Activity.objects.filter(code__in=[MEETINGS, WITH_COMMITTEE]).update(level=CountLevel.UNIT)
    book = opened_book(take(client, entry.board, world.province, "yearly-counts"))
    lines, unit = Submission.objects.filter(year=2018), Submission.objects.get(year=2018, unit__code="A")
    counted = Counted(unit.pk, {MEETINGS: None}, {MEETINGS: 3})
    saved_ = save_counts(
        by=Actor.of(entry.officer), year=2018, lines=lines, entries=[counted], level=CountLevel.UNIT
    )
    assert saved_.saved == {unit.pk}
    row = rows_of(book.worksheets[1], "Năm")["A"]
    put(book.worksheets[1], row, Chi_bộ_có_chi_ủy=1)
    load(client, entry.board, saved(book))
    assert planned() == ["updated"]
    put(book.worksheets[1], row, Cuộc_sinh_hoạt_chuyên_đề_của_chi_bộ=4)
    load(client, entry.board, saved(book))
    assert planned() == ["conflict"]


def test_a_sheet_of_a_half_year_says_so_in_its_title_or_its_user_does(client, entry, tmp_path):
    half = [["SỐ LIỆU 6 THÁNG ĐẦU NĂM 2018"], *OWN[1:3], [1, "Đảng bộ xã Alpha", 12, None, "x"]]
    address = sent(client, entry.officer, odd(tmp_path, {"Biểu": half}))
    data = proposal(client, address, name="Hoạt động")
    assert data["period"] == "half"
    confirm(client, client.post(address, data).url)
    assert of_periods() == {("half", 2018, "A.X01", MEETINGS): 12}
    whole = [["SỐ LIỆU NĂM 2018"], *half[1:3], [1, "Đảng bộ xã Alpha", 20, 1, "x"]]
    address = sent(client, entry.officer, odd(tmp_path, {"Biểu": whole}))
    data = proposal(client, address, remember="")
    assert data["period"] == "year"
    confirm(client, client.post(address, data).url)
    assert of_periods()["half", 2018, "A.X01", MEETINGS] == 12 and counts()[2018, "A.X01", MEETINGS] == 20
