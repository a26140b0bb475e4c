"""Prepared workbooks coming back: through LibreOffice, in conflict with others, with rows missing."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.workbooks.models import PlannedRow, Upload
from members.actions.members import correct
from members.models import Member
from orgs.actions.writing import store
from orgs.models import Organization, Village
from orgs.versions import writing
from tests.assessments.handed import (
    columns,
    first_free,
    load,
    opened_book,
    put,
    resaved,
    row_of,
    saved,
    take,
)
from tests.assessments.year import opened

pytestmark = pytest.mark.once


@pytest.fixture
def entry(world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return opened(world)


def planned(status=None):
    """(kind, code) → status, or the rows of one status."""
    rows = PlannedRow.objects.order_by("pk")
    if status:
        return [(row.kind, row.code) for row in rows.filter(status=status)]
    return {(row.kind, row.code): row.status for row in rows}


def confirm(client, address):
    return client.post(f"{address}apply/", {"plan": Upload.objects.latest("pk").plan_hash}, follow=True)


def settle(client, address, taken, row=""):
    upload = Upload.objects.latest("pk")
    url = reverse("assessments:prepared_settle", args=[upload.batch, upload.pk])
    return client.post(url, {"take": taken, "row": row}, follow=True)


def edited(content, edit):
    book = opened_book(content)
    edit(book)
    return saved(book)


def renamed(name):
    """The workbook with another name of the member A1."""

    def edit(book):
        sheet = book["Đảng viên"]
        put(sheet, row_of(sheet, "A1"), Họ_và_tên=name)

    return edit


def by_browser(entry, world, **values):
    member = Member.objects.get(pk=world.alpha.members[0].pk)
    correct(by=Actor.of(entry.board), member=member, **values)


written = writing()(store)


@pytest.mark.long
def test_the_round_trip_through_libreoffice(client, entry, world, tmp_path):
    content = resaved(take(client, entry.officer, world.alpha.unit), tmp_path)
    book = opened_book(content)
    members, rated, villages = book["Đảng viên"], book["Xếp loại đảng viên"], book["Thôn, làng"]
    put(members, row_of(members, "A2"), Họ_và_tên="Y Alpha Mới", Ngày_sinh="5/1980", Giới_tính="Nữ")
    put(
        members,
        first_free(members),
        Mã_đảng_viên="007",
        Họ_và_tên="A Mới",
        Ngày_kết_nạp="3/2/2018",
        Mã_chi_bộ="A.X01.2",
    )
    members.delete_rows(row_of(members, "A3"))
    put(rated, row_of(rated, "A1"), Mức_xếp_loại="HTTNV")
    put(villages, row_of(villages, "T.A.1"), Mã_chi_bộ="A.X01.2", Loại="Làng")
    address = load(client, entry.officer, resaved(saved(book), tmp_path))
    assert planned("created") == [("members", "007"), ("member_ratings", "A1")]
    assert planned("updated") == [("villages", "T.A.1"), ("members", "A2")]
    assert planned("absent") == [("members", "A3")]
    assert not Upload.objects.get().counts["totals"]["errors"]
    assert "A3" in client.get(f"{address}?status=absent").content.decode()
    confirm(client, address)
    changed, new = Member.objects.get(code="A2"), Member.objects.get(code="007")
    assert (changed.full_name, str(changed.born), changed.sex) == ("Y Alpha Mới", "05/1980", "f")
    assert (new.cell.code, new.admitted_on) == ("A.X01.2", date(2018, 2, 3))
    assert MemberLine.objects.get(member__code="A1").decided.code == "HTTNV"
    assert Village.objects.get(code="T.A.1").cell.code == "A.X01.2"
    assert Member.objects.filter(code="A3", left_on=None).exists()


@pytest.mark.long
@pytest.mark.once
def test_libreoffice_keeps_checks_locks_and_widths(client, entry, world, tmp_path):
    before = opened_book(content := take(client, entry.officer, world.alpha.unit))
    after = opened_book(resaved(content, tmp_path))
    assert after.sheetnames == before.sheetnames
    for sheet in before:
        other = after[sheet.title]
        assert other.protection.sheet
        assert {r.type for r in other.data_validations.dataValidation} == {
            r.type for r in sheet.data_validations.dataValidation
        }
        assert other.page_setup.orientation == "landscape"
    members = after["Đảng viên"]
    at, row = columns(members), row_of(members, "A1")
    assert members.cell(row, at["Mã đảng viên"]).protection.locked
    assert not members.cell(row, at["Họ và tên"]).protection.locked
    assert members.cell(row, at["Mã đảng viên"]).font.name == "Times New Roman"
    assert members.column_dimensions["B"].width == pytest.approx(26, abs=1.5)


def test_a_value_that_another_changed_since_waits_for_a_choice(client, entry, world):
    content = take(client, entry.officer, world.alpha.unit)
    by_browser(entry, world, full_name="Y Alpha Trình duyệt")
    address = load(client, entry.officer, edited(content, renamed("Y Alpha Tệp")))
    row = PlannedRow.objects.get(status="conflict")
    assert row.changes == [["Họ và tên", "Y Alpha Trình duyệt", "Y Alpha Tệp"]]
    assert entry.board.full_name in row.note and "Họ và tên" in row.note
    page = client.get(address).content.decode()
    assert f"{address}apply/" not in page
    confirm(client, address)
    assert Member.objects.get(code="A1").full_name == "Y Alpha Trình duyệt"
    assert not Upload.objects.get().applied_at


def test_the_files_value_is_taken_when_the_user_says_so(client, entry, world):
    content = take(client, entry.officer, world.alpha.unit)
    by_browser(entry, world, full_name="Y Alpha Trình duyệt")
    address = load(client, entry.officer, edited(content, renamed("Y Alpha Tệp")))
    settle(client, address, "file", PlannedRow.objects.get(status="conflict").pk)
    confirm(client, address)
    assert Member.objects.get(code="A1").full_name == "Y Alpha Tệp"


def test_the_systems_value_stays_and_the_rest_of_the_row_is_stored(client, entry, world):
    content = take(client, entry.officer, world.alpha.unit)
    by_browser(entry, world, full_name="Y Alpha Trình duyệt")

    def edit(book):
        renamed("Y Alpha Tệp")(book)
        sheet = book["Đảng viên"]
        put(sheet, row_of(sheet, "A1"), Giới_tính="Nam")

    address = load(client, entry.officer, edited(content, edit))
    settle(client, address, "system")
    assert planned("updated") == [("members", "A1")] and not planned("absent")
    confirm(client, address)
    found = Member.objects.get(code="A1")
    assert (found.full_name, found.sex) == ("Y Alpha Trình duyệt", "m")


def test_a_choice_can_be_taken_back_and_a_newer_change_asks_again(client, entry, world):
    content = take(client, entry.officer, world.alpha.unit)
    by_browser(entry, world, full_name="Y Alpha Một")
    address = load(client, entry.officer, edited(content, renamed("Y Alpha Tệp")))
    settle(client, address, "file")
    assert not planned("conflict")
    settle(client, address, "")
    assert planned("conflict") == [("members", "A1")]
    settle(client, address, "file")
    by_browser(entry, world, full_name="Y Alpha Hai")
    confirm(client, address)
    assert planned("conflict") == [("members", "A1")]
    assert Member.objects.get(code="A1").full_name == "Y Alpha Hai"


def test_ratings_villages_and_organizations_conflict_too(client, entry, world):
    content = take(client, entry.officer, world.alpha.unit)
    board = Actor.of(entry.board)
    save_rating(by=board, line=entry.line, version=0, changes={"decided": "HTNV"})
    for found in (world.alpha.village, world.alpha.cells[0]):
        written(found, by=board, action="village.correct", unit_id=world.alpha.unit.pk, name="Alpha khác")
    address = load(
        client,
        entry.officer,
        edited(
            content,
            lambda book: put(
                book["Xếp loại tổ chức"], row_of(book["Xếp loại tổ chức"], "A.X01"), Mức_xếp_loại="HTTNV"
            ),
        ),
    )
    assert planned("conflict") == [
        ("organizations", "A.X01.1"),
        ("villages", "T.A.1"),
        ("organization_ratings", "A.X01"),
    ]
    settle(client, address, "system")
    assert set(planned().values()) == {"unchanged"}
    assert OrganizationLine.objects.get(pk=entry.line.pk).decided.code == "HTNV"


def test_a_reason_does_not_join_a_level_that_another_entered(client, entry, world):
    content = take(client, entry.officer, world.alpha.unit, "organization-ratings")
    save_rating(by=Actor.of(entry.board), line=entry.line, version=0, changes={"decided": "HTNV"})
    address = load(
        client,
        entry.officer,
        edited(
            content,
            lambda book: put(
                book["Xếp loại tổ chức"],
                row_of(book["Xếp loại tổ chức"], "A.X01"),
                Lý_do_chưa_xếp_loại="Chưa họp",
            ),
        ),
    )
    assert planned("conflict") == [("organization_ratings", "A.X01")]
    settle(client, address, "system")
    assert not planned("updated")


def test_a_code_that_was_changed_since_is_not_entered_a_second_time(client, entry, world):
    content = take(client, entry.officer, world.alpha.unit, "members")
    by_browser(entry, world, code="A1-MOI")
    address = load(client, entry.officer, content)
    assert planned("conflict") == [("members", "A1")]
    settle(client, address, "system")
    assert not Member.objects.filter(code="A1").exists() and planned("skipped")


def test_a_second_round_does_not_conflict_with_the_first(client, entry, world):
    content = take(client, entry.officer, world.alpha.unit)
    confirm(client, load(client, entry.officer, edited(content, renamed("Y Alpha Một"))))
    address = load(client, entry.officer, edited(content, renamed("Y Alpha Hai")))
    assert planned("conflict") == []
    confirm(client, address)
    assert Member.objects.get(code="A1").full_name == "Y Alpha Hai"


def test_a_workbook_of_another_unit_is_read_with_a_warning(client, entry, world):
    content = take(client, entry.stranger, world.beta.unit, "organizations")
    load(client, entry.officer, content)
    upload = Upload.objects.latest("pk")
    assert upload.prepared is None
    warnings = upload.counts["sheets"][0]["warnings"]
    assert [fault["code"] for fault in warnings] == ["foreign_workbook"]
    assert not PlannedRow.objects.filter(status="absent").exists()


def test_an_ordinary_workbook_has_neither_conflicts_nor_missing_rows(client, entry, world):
    content = take(client, entry.officer, world.alpha.unit, "organizations")

    def unmark(book):
        for sheet in book:
            sheet["A3"] = None
        del book["Hướng dẫn"], book["Danh mục"]

    written(
        Organization.objects.get(code="A.X01.1"),
        by=Actor.of(entry.board),
        action="organization.correct",
        unit_id=world.alpha.unit.pk,
        name="Alpha khác",
    )
    load(client, entry.officer, edited(content, unmark))
    assert planned("conflict") == [] and planned("updated") == [("organizations", "A.X01.1")]


def test_another_units_conflicts_cannot_be_settled(client, entry, world):
    load(client, entry.officer, take(client, entry.officer, world.alpha.unit))
    upload = Upload.objects.get()
    client.force_login(entry.stranger)
    url = reverse("assessments:prepared_settle", args=[upload.batch, upload.pk])
    assert client.post(url, {"take": "file"}).status_code == 404
