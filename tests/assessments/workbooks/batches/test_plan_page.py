"""The plan of a batch as a page: rows by status, searched, paged, downloaded; faults in pages."""

import io
from datetime import date

import openpyxl
import pytest

from accounts.actors import Actor
from assessments.operations import erasable
from assessments.workbooks.batches.actions import replan
from assessments.workbooks.batches.listed import FAULTS_A_PAGE
from assessments.workbooks.models import PlannedRow, Upload
from members.models import Member
from orgs.models import Organization
from resolution03.lib import keeping
from resolution03.lib.keeping import UPLOADS
from tests.assessments.workbooks.batches.test_upload import confirm, rated, shown, upload, workbook
from tests.assessments.year import opened
from tests.queries import queries

MEMBER_HEADINGS = ("Mã đảng viên", "Họ và tên", "Ngày kết nạp", "Mã chi bộ")


@pytest.fixture
def entry(world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return opened(world)


def members(*numbers, name="Đinh Thị Đào"):
    rows = [(f"M{number}", f"{name} {number}", "1/5/2009", "A.X01.1") for number in numbers]
    return workbook(*rows, headings=MEMBER_HEADINGS, name="đảng viên.xlsx")


def codes(context):
    return [row["code"] for row in context["planned"]]


def test_each_row_stands_in_the_plan_with_its_status(client, entry):
    first = workbook(rated("A.X01", "HTTNV"), rated("A.X01.1", "HTNV"), (None, None, "Tổng cộng", None, None))
    answer = upload(client, entry.officer, first)
    confirm(client, answer, shown(client, answer)["first"].plan_hash)
    again = workbook(
        rated("A.X01", "HTTNV"),
        rated("A.X01.1", "HTTNV"),
        rated("A.X01.2", "HTNV"),
        (None, None, "Tổng cộng", None, None),
    )
    answer = upload(client, entry.officer, again)
    statuses = dict(PlannedRow.objects.filter(upload__applied_at=None).values_list("number", "status"))
    assert statuses == {2: "unchanged", 3: "updated", 4: "created", 5: "skipped"}
    context = shown(client, answer)
    assert [(part.name, part.count) for part in context["batch"].parts] == [
        ("changes", 2),
        ("created", 1),
        ("updated", 1),
        ("unchanged", 1),
        ("skipped", 1),
    ]
    assert codes(context) == ["A.X01.1", "A.X01.2"]
    assert context["planned"][0]["changes"] == [["Mức xếp loại", "HTNV", "HTTNV"]]
    assert codes(client.get(f"{answer.url}?status=unchanged").context) == ["A.X01"]


def test_a_new_record_had_nothing_before(client, entry):
    """Of no column, its key and a date in part included."""
    sheets = (
        (("Mã thôn", "Họ và tên", "Đảng viên", "Từ ngày", "Đến ngày"),
         ("T.A.1", "Y Thử", "x", "5/2010", "31/12/2014")),
        (("Mã thôn", "Tên thôn, tổ dân phố", "Loại", "Mã đảng bộ xã", "Từ ngày"),
         ("T.A.9", "Thôn mới", "Thôn", "A.X01", "2001")),
        (MEMBER_HEADINGS, ("M9", "Y Thử", "5/2009", "A.X01.1")),
        (("Mã", "Tên tổ chức đảng", "Mã cấp trên", "Cấp", "Hình thức", "Ngày thành lập"),
         ("A.X01.9", "Chi bộ mới", "A.X01", "Trực thuộc đảng ủy cơ sở", "Chi bộ", "2001")),
    )  # fmt: skip
    for headings, row in sheets:
        answer = upload(client, entry.officer, workbook(row, headings=headings))
        planned = shown(client, answer)["planned"]
        assert [row["status"] for row in planned] == ["mới"], headings
        assert {before for _heading, before, _after in planned[0]["changes"]} == {""}, headings


def test_rows_are_found_without_diacritics_and_by_sheet(client, entry):
    answer = upload(client, entry.officer, members(1, 2), workbook(rated("A.X01", "HTTNV")))
    assert codes(client.get(f"{answer.url}?q=dinh thi dao 2").context) == ["M2"]
    assert codes(client.get(f"{answer.url}?q=xa alpha").context) == ["A.X01"]
    on_sheet = client.get(f"{answer.url}?sheet=1")
    assert codes(on_sheet.context) == ["A.X01"] and 'name="sheet"' in on_sheet.content.decode()
    page = client.get(f"{answer.url}?q=nobody&status=nonsense&sheet=99&after=x")
    assert codes(page.context) == [] and page.status_code == 200


def test_a_page_costs_the_same_with_one_row_and_with_many(client, entry):
    few = upload(client, entry.officer, members(1)).url
    many = upload(client, entry.officer, members(*range(1, 121))).url
    assert queries(client, few) == queries(client, many)
    first = client.get(many).context["page"]
    second = client.get(f"{many}?after={first.next}").context
    assert (first.count, len(first.rows)) == (120, 50)
    assert codes(second)[0] == "M51"


def test_all_faults_are_reached_in_pages(client, entry):
    rows = [rated(f"A.Y{number}", "HTTNV") for number in range(FAULTS_A_PAGE + 3)]
    answer = upload(client, entry.officer, workbook(*rows))
    first = shown(client, answer)["faults"]
    last = client.get(f"{answer.url}?faults=2").context["faults"]
    assert (first.count, len(first.rows), len(last.rows)) == (FAULTS_A_PAGE + 3, FAULTS_A_PAGE, 3)
    assert last.rows[-1][2]["row"] == FAULTS_A_PAGE + 4
    assert client.get(f"{answer.url}?faults=x").context["faults"].page.number == 1


def test_the_filtered_plan_is_downloaded(client, entry):
    answer = upload(client, entry.officer, members(1, 2))
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{answer.url}rows.xlsx?q=dao 2").content))
    rows = list(book.active.iter_rows(min_row=5, values_only=True))
    assert [row[4] for row in rows] == ["M2"]
    assert rows[0][5:7] == ("Đinh Thị Đào 2", None) and "Ngày kết nạp: 01/05/2009" in rows[0][9]


def test_a_batch_about_persons_is_not_there_where_no_names_are_stored(client, entry, settings):
    answer = upload(client, entry.officer, members(1))
    settings.STORE_NAMES = False
    assert client.get(answer.url).status_code == 404
    assert client.get(f"{answer.url}rows.xlsx").status_code == 404


def test_a_heads_name_is_not_shown_where_no_names_are_stored(client, entry, settings):
    headings = ("Mã thôn", "Họ và tên", "Đảng viên", "Từ ngày")
    head = workbook(("T.A.1", "A Trưởng Mới", "x", "1/1/2031"), headings=headings)
    answer = upload(client, entry.officer, head)
    settings.STORE_NAMES = False
    page = client.get(answer.url)
    assert page.status_code == 200 and "Trưởng Mới" not in page.content.decode()


def test_planning_again_replaces_the_rows(client, entry):
    upload(client, entry.officer, workbook(rated("A.X01", "HTTNV")))
    stored = list(Upload.objects.all())
    before = stored[0].plan_hash
    replan(by=Actor.of(entry.officer), uploads=stored)
    assert PlannedRow.objects.count() == 1
    assert Upload.objects.get().plan_hash == before


def test_a_file_that_is_gone_is_said_in_one_line(client, entry):
    answer = upload(client, entry.officer, workbook(rated("A.X01", "HTTNV")))
    plan_hash = shown(client, answer)["first"].plan_hash
    for path in UPLOADS.folder.iterdir():
        path.unlink()
    assert not client.get(answer.url).context["has_file"]
    page = confirm(client, answer, plan_hash)
    assert [str(message) for message in page.context["messages"]]
    assert Upload.objects.get().applied_at is None


def test_no_room_on_the_disk_keeps_nothing(client, entry, monkeypatch):
    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    file = workbook(rated("A.X01", "HTTNV"))
    monkeypatch.setattr(keeping.os, "open", full)
    answer = upload(client, entry.officer, file)
    assert "No space left" in str(answer.context["form"].errors["files"])
    assert not Upload.objects.exists()


def test_levels_of_the_year_are_chips_and_a_members_code_is_none(client, entry):
    answer = upload(client, entry.officer, workbook(rated("A.X01", "HTTNV")), members(1))
    rating, member = shown(client, answer)["planned"]
    assert [(one.after, one.level_after.rank) for one in rating["shown"]] == [("HTTNV", 2)]
    assert all(one.level_after is None for one in member["shown"])
    assert 'class="lv l2"' in client.get(answer.url).content.decode()


def test_each_row_shows_the_stored_record_beside_the_text_of_the_file(client, entry):
    headings = ("Năm", "Mã", "Tên tổ chức đảng", "Mức xếp loại")
    rated_by_name = workbook(
        (2018, "A.X01", "Xã Khác Hẳn", "HTTNV"),
        (2018, "A.X01.1", "chi bộ  ALPHA 1", "HTNV"),
        (2018, "A.X01.2", None, "HTNV"),
        headings=headings,
    )
    persons = workbook(
        ("A1", "Người Khác", "1/5/2009", "A.X01.1"),
        ("M9", "Người Mới", "1/5/2009", "A.X01.1"),
        headings=MEMBER_HEADINGS,
        name="dv.xlsx",
    )
    answer = upload(client, entry.officer, rated_by_name, persons)
    shown_rows = {
        row["code"]: (row["label"], row["record"], row["place"], row["is_other_name"])
        for row in shown(client, answer)["planned"]
    }
    assert shown_rows == {
        "A.X01": ("Xã Khác Hẳn · 2018", "Đảng bộ xã Alpha", "Huyện ủy Alpha", True),
        "A.X01.1": ("chi bộ ALPHA 1 · 2018", "Chi bộ Alpha 1", "Đảng bộ xã Alpha", False),
        "A.X01.2": ("2018", "Chi bộ Alpha 2", "Đảng bộ xã Alpha", False),
        "A1": ("Người Khác", "Y Alpha 1", "Chi bộ Alpha 1 · Đảng bộ xã Alpha", True),
        "M9": ("Người Mới", "", "", False),
    }


def test_other_names_are_counted_at_the_top_a_choice_of_rows_and_in_the_workbook(client, entry):
    headings = ("Năm", "Mã", "Tên tổ chức đảng", "Mức xếp loại")
    rows = [(2018, "A.X01", "Xã Khác", "HTTNV"), (2018, "A.X01.1", "Chi bộ Alpha 1", "HTNV")]
    answer = upload(client, entry.officer, workbook(*rows, headings=headings))
    context = shown(client, answer)
    assert [(one.code, one.count) for one in context["batch"].warned] == [("name_differs", 1)]
    assert ("name_differs", 1) in [(part.name, part.count) for part in context["batch"].parts]
    assert codes(client.get(f"{answer.url}?status=name_differs").context) == ["A.X01"]
    assert codes(client.get(f"{answer.url}?q=xa alpha").context) == ["A.X01"]
    content = client.get(f"{answer.url}rows.xlsx?status=name_differs").content
    found = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(min_row=5, values_only=True))
    assert [row[4:8] for row in found] == [
        ("A.X01", "Xã Khác · 2018", "Đảng bộ xã Alpha", "Huyện ủy Alpha"),
    ]
    assert found[0][8]


def test_a_renamed_record_makes_the_plan_another(client, entry):
    answer = upload(client, entry.officer, workbook(rated("A.X01", "HTTNV")))
    before = shown(client, answer)["first"].plan_hash
    Organization.objects.filter(code="A.X01").update(name="Đảng bộ xã Khác")
    confirm(client, answer, before)
    assert Upload.objects.get().applied_at is None
    assert [row["record"] for row in shown(client, answer)["planned"]] == ["Đảng bộ xã Khác"]


def test_warnings_of_one_kind_are_listed_alone(client, entry):
    dated = [(f"M{n}", "A Mới", f"1/5/{1900 + n}", "A.X01.1") for n in (9, 20, 110)]
    renamed = members(1, name="NguyÔn ThÞ Thö")
    answer = upload(client, entry.officer, workbook(*dated, headings=MEMBER_HEADINGS), renamed)
    faults = client.get(f"{answer.url}?look=doubtful_date").context["faults"]
    assert (faults.count, faults.is_narrowed) == (2, True)
    assert {fault["code"] for _kind, _sheet, fault in faults.rows} == {"doubtful_date"}
    assert not client.get(f"{answer.url}?look=nonsense").context["faults"].is_narrowed


def test_stored_heads_are_not_shown_where_no_names_are_stored(client, entry, settings):
    headings = ("Mã thôn", "Họ và tên", "Đảng viên", "Mã đảng viên", "Từ ngày")
    head = workbook(("T.A.1", "Y Trưởng Mới", "x", None, "1/1/2015"), headings=headings)
    answer = upload(client, entry.officer, head)
    assert "A Alpha Trưởng" in client.get(answer.url).content.decode()
    settings.STORE_NAMES = False
    assert "A Alpha Trưởng" not in client.get(answer.url).content.decode()


def test_a_plan_that_shows_a_member_beside_a_head_goes_when_that_name_must(client, entry):
    headings = ("Mã thôn", "Họ và tên", "Đảng viên", "Mã đảng viên", "Từ ngày")
    head = workbook(("T.A.1", "Y Trưởng Mới", "x", "A1", "1/1/2015"), headings=headings)
    answer = upload(client, entry.officer, head)
    confirm(client, answer, shown(client, answer)["first"].plan_hash)
    assert PlannedRow.objects.get().record == "Y Alpha 1" and not erasable.uploads().exists()
    Member.objects.filter(code="A1").update(left_on=date(2016, 1, 1))
    assert [row["upload"] for row in erasable.uploads()] == [Upload.objects.get().pk]
