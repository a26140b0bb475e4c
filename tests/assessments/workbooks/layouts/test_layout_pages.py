import pytest
from django.urls import reverse

from assessments.roster.models.lines import OrganizationLine
from assessments.workbooks.models import Layout, Upload
from orgs.models import AuditEntry
from tests.assessments.odd_sheets import (
    LETTERS,
    LETTERS_MOVED,
    OLD_FONT,
    letters,
    odd,
    proposal,
    sent,
)
from tests.assessments.year import opened

MEANINGS = {
    "v_self_rated_0": "HTXSNV",
    "v_self_rated_1": "HTTNV",
    "v_decided_0": "HTTNV",
}


@pytest.fixture
def entry(world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return opened(world)


def decided():
    lines = OrganizationLine.objects.filter(decided__isnull=False).order_by("organization__code")
    return list(lines.values_list("organization__code", "self_rated__code", "decided__code"))


def plan_of(client, address):
    return client.get(address).context["batch"]


def faults_of(client, address):
    return [fault for _, _, fault in plan_of(client, address).faults]


def confirm(client, address):
    plan = plan_of(client, address).first.plan_hash
    return client.post(f"{address}apply/", {"plan": plan}, follow=True)


def mapped(client, user, folder, **changes):
    """Upload the sheet of letters and use the proposal with the meanings of its letters."""
    address = sent(client, user, letters(folder))
    return client.post(address, proposal(client, address, **MEANINGS | changes)).url


def test_a_sheet_of_unknown_headings_opens_its_mapping_page(client, entry, tmp_path):
    address = sent(client, entry.officer, letters(tmp_path))
    page = client.get(address)
    start = page.context["desk"].start
    assert "/sheet/0/" in address
    assert (start.kind, start.header_row, start.header_rows) == ("organization_ratings", 4, 2)
    assert start.columns == {1: "code", 3: "self_rated", 4: "decided", **start.columns}
    assert start.year == 2018
    assert "Kết quả / Tự nhận" in page.content.decode()
    assert "A.X01.1" in page.content.decode()
    assert not Upload.objects.get().choices


def test_letters_are_asked_before_the_columns_are_used(client, entry, tmp_path):
    address = sent(client, entry.officer, letters(tmp_path))
    unseen = {
        name: value
        for name, value in proposal(client, address).items()
        if name != "seen" and not name.startswith("v_")
    }
    answer = client.post(address, unseen)
    form = answer.context["desk"].values_form
    assert answer.status_code == 200 and not form.is_bound
    assert [[field.label for field in fields] for _, fields in form.columns] == [["A", "B"], ["B"]]
    assert not Upload.objects.get().choices


def test_a_mapped_sheet_is_planned_and_stored(client, entry, tmp_path):
    address = mapped(client, entry.officer, tmp_path)
    plan = plan_of(client, address)
    assert (plan.changes, plan.totals["errors"], plan.totals["skipped"]) == (2, 0, 3)
    assert not decided()
    confirm(client, address)
    assert decided() == [("A.X01", "HTXSNV", "HTTNV"), ("A.X01.1", "HTTNV", "HTTNV")]


def test_a_value_left_without_a_meaning_is_an_error_of_its_rows(client, entry, tmp_path):
    address = mapped(client, entry.officer, tmp_path, v_decided_0="=")
    faults = faults_of(client, address)
    assert [(fault["row"], fault["column"], fault["code"]) for fault in faults] == [
        (8, "Kết quả / Cấp trên", "bad_choice"),
        (9, "Kết quả / Cấp trên", "bad_choice"),
    ]


def test_a_remembered_layout_asks_for_nothing_but_the_year(client, entry, tmp_path):
    mapped(client, entry.officer, tmp_path)
    again = sent(client, entry.officer, letters(tmp_path, LETTERS_MOVED))
    desk = client.get(again).context["desk"]
    assert (desk.start.header_row, desk.start.year) == (3, None)
    answer = client.post(again, proposal(client, again, year=2018))
    assert answer.status_code == 302
    assert plan_of(client, answer.url).changes == 2


def test_a_layout_with_its_own_year_column_is_read_without_asking(client, entry, tmp_path):
    rows = [["Đơn vị", "Năm", "Mã tổ chức đảng", "Kết quả đánh giá"], ["Alpha", 2018, "A.X01", "HTTNV"]]
    address = sent(client, entry.officer, odd(tmp_path, {"S": rows}))
    client.post(address, proposal(client, address, c0="", c1="year", c2="code", c3="decided", name="Riêng"))
    plan = sent(client, entry.officer, odd(tmp_path, {"S": rows}))
    page = client.get(plan)
    assert page.context["batch"].changes == 1
    assert "Riêng" in page.content.decode()
    assert client.get(reverse("assessments:upload_layout_list")).content.decode().count("Riêng") > 0


def test_a_column_given_twice_and_a_missing_one_are_refused(client, entry, tmp_path):
    address = sent(client, entry.officer, letters(tmp_path))
    for changes in ({"c5": "decided"}, {"c1": ""}, {"year": ""}, {"year": "18xx"}, {"c1": "nonsense"}):
        answer = client.post(address, proposal(client, address, **changes))
        assert answer.status_code == 200
        assert answer.context["desk"].mapping_form.errors, changes
    assert not Upload.objects.get().choices and not Layout.objects.exists()


def test_known_and_unknown_sheets_stand_in_one_plan(client, entry, tmp_path):
    known = [["Năm", "Mã", "Mức xếp loại"], [2018, "A.X01", "HTTNV"]]
    notes = [["Ghi lại các việc cần làm"]]
    address = sent(client, entry.officer, odd(tmp_path, {"Đúng": known, "Lạ": LETTERS, "Việc": notes}))
    plan = plan_of(client, address)
    assert [bool(sheet["note"].get("unknown")) for sheet in plan.sheets] == [False, True, False]
    assert [sheet["sheet"] for sheet in plan.waiting] == ["Lạ"]


def test_a_sheet_left_out_is_not_read(client, entry, tmp_path):
    address = sent(client, entry.officer, letters(tmp_path))
    plan = client.post(f"{address}skip/").url
    assert plan_of(client, plan).sheets[0]["note"]["skipped"]


def test_other_headings_are_chosen_by_address(client, entry, tmp_path):
    address = sent(client, entry.officer, letters(tmp_path))
    desk = client.get(address, {"header": 5, "rows": 1, "kind": "members"}).context["desk"]
    assert (desk.start.kind, desk.start.header_row, desk.start.header_rows) == ("members", 5, 1)
    for header, rows, kind in (("x", 9, "?"), (25, 2, "members"), (0, 1, "villages"), (10**20, 1, "")):
        found = client.get(address, {"header": header, "rows": rows, "kind": kind})
        assert found.status_code == 200
        assert client.post(address, {"header": header, "rows": rows, "kind": kind}).status_code == 200


def test_nothing_is_decided_about_a_stored_workbook(client, entry, tmp_path):
    address = sent(client, entry.officer, letters(tmp_path))
    data = proposal(client, address, **MEANINGS)
    confirm(client, client.post(address, data).url)
    before = Upload.objects.get().choices
    assert client.post(address, data).status_code == 302
    client.post(f"{address}skip/")
    assert Upload.objects.get().choices == before


def test_layouts_and_files_of_another_unit_do_not_exist(client, entry, tmp_path):
    address = sent(client, entry.officer, letters(tmp_path))
    client.post(address, proposal(client, address, **MEANINGS))
    layout = Layout.objects.get()
    foreign = sent(client, entry.stranger, letters(tmp_path))
    assert client.get(foreign).context["desk"].start.year == 2018
    assert client.get(address).status_code == client.post(f"{address}skip/").status_code == 404
    assert "Biểu" not in client.get(reverse("assessments:upload_layout_list")).content.decode()
    assert client.post(reverse("assessments:upload_layout_delete", args=[layout.pk])).status_code == 404
    assert Layout.objects.exists()


def test_a_layout_is_forgotten(client, entry, tmp_path):
    mapped(client, entry.officer, tmp_path)
    client.post(reverse("assessments:upload_layout_delete", args=[Layout.objects.get().pk]))
    assert not Layout.objects.exists()
    assert [row.action for row in AuditEntry.objects.filter(action__startswith="layout").order_by("pk")] == [
        "layout.add",
        "layout.delete",
    ]


def test_a_mapping_kept_for_one_file_only(client, entry, tmp_path):
    mapped(client, entry.officer, tmp_path, remember="")
    assert not Layout.objects.exists()


@pytest.mark.parametrize("index", [1, 99])
def test_a_sheet_that_is_not_there(client, entry, tmp_path, index):
    address = sent(client, entry.officer, odd(tmp_path, {"Lạ": LETTERS, "Trống": []}))
    assert client.get(address.replace("/sheet/0/", f"/sheet/{index}/")).status_code == 404


def test_text_of_an_old_font_is_shown_before_and_after_and_blocks(client, entry, tmp_path):
    address = sent(client, entry.officer, odd(tmp_path, {"Biểu": OLD_FONT}))
    batch = plan_of(client, address)
    assert ["Tªn tæ chøc ®¶ng", "Tên tổ chức đảng"] in batch.sheets[0]["note"]["samples"]
    assert (batch.totals["undecided"], batch.totals["errors"], batch.faults) == (1, 0, [])
    confirm(client, address)
    assert Upload.objects.get().applied_at is None


def test_converted_text_is_read_by_its_headings(client, entry, tmp_path):
    address = sent(client, entry.officer, odd(tmp_path, {"Biểu": OLD_FONT}))
    convert = {"sheet": "Biểu", "encoding": "tcvn3"}
    client.post(f"{address}file/{Upload.objects.get().pk}/encoding/", convert)
    confirm(client, address)
    assert decided() == [("A.X01", None, "HTTNV"), ("A.X01.1", None, "HTTNV")]


def test_text_left_as_it_is_asks_no_more(client, entry, tmp_path):
    address = sent(client, entry.officer, odd(tmp_path, {"Biểu": OLD_FONT}))
    client.post(f"{address}file/{Upload.objects.get().pk}/encoding/", {"sheet": "Biểu", "encoding": ""})
    batch = plan_of(client, address)
    note = batch.sheets[0]["note"]
    assert (batch.totals["undecided"], note.get("unknown"), note.get("encoding")) == (1, True, None)


def test_an_encoding_that_is_none_is_refused(client, entry, tmp_path):
    address = sent(client, entry.officer, odd(tmp_path, {"Biểu": OLD_FONT}))
    client.post(f"{address}file/{Upload.objects.get().pk}/encoding/", {"sheet": "Biểu", "encoding": "x"})
    assert plan_of(client, address).totals["undecided"] == 1


def test_a_layout_keeps_how_its_text_is_read(client, entry, tmp_path):
    headings = ["Tªn tæ chøc", "M· tæ chøc ®¶ng", "N¨m ®¸nh gi¸", "KÕt qu¶"]
    rows = [headings, ["X· Alpha", "A.X01", 2018, "HTTNV"]]
    address = sent(client, entry.officer, odd(tmp_path, {"S": rows}))
    key = Upload.objects.get().pk
    client.post(f"{address}file/{key}/encoding/", {"sheet": "S", "encoding": "tcvn3"})
    page = f"{address}file/{key}/sheet/0/"
    columns = [heading for _, heading, *_ in client.get(page).context["desk"].mapping_form.columns]
    assert columns == ["Tên tổ chức", "Mã tổ chức đảng", "Năm đánh giá", "Kết quả"]
    roles = {"c0": "", "c1": "code", "c2": "year", "c3": "decided"}
    assert client.post(page, proposal(client, page, **roles)).status_code == 302
    again = sent(client, entry.officer, odd(tmp_path, {"S": rows}))
    assert plan_of(client, again).changes == 1


def test_a_value_that_is_overlooked_is_asked_again(client, entry, tmp_path):
    address = sent(client, entry.officer, letters(tmp_path))
    answer = client.post(address, proposal(client, address, **MEANINGS | {"v_decided_0": ""}))
    assert list(answer.context["desk"].values_form.errors) == ["v_decided_0"]
    assert not Upload.objects.get().choices


def test_a_layout_of_the_first_version_is_looked_at_once_more(client, entry, tmp_path):
    """It may take the superior for the row: what is proposed today is shown, then remembered."""
    rows = [
        ["NĂM 2018"],
        ["TT", "Tên tổ chức đảng", "Thuộc đảng bộ", "KQ xếp loại"],
        [1, "Chi bộ Alpha 1", "Đảng bộ xã Alpha", "B"],
    ]
    address = sent(client, entry.officer, odd(tmp_path, {"XL": rows}))
    plan = client.post(address, proposal(client, address, v_decided_0="HTTNV", name="Cũ")).url
    assert (plan_of(client, plan).changes, faults_of(client, plan)) == (1, [])
    layout = Layout.objects.get()
    first = {key: value for key, value in layout.mapping.items() if key != "is_checked"}
    layout.mapping = first | {"columns": {"1": "name", "2": "code@name", "3": "decided"}}
    layout.save()
    address = sent(client, entry.officer, odd(tmp_path, {"XL": rows}))
    assert "/sheet/0/" in address and not decided()
    desk = client.get(address).context["desk"]
    assert desk.start.columns == {1: "code@name", 2: "above@name", 3: "decided"}
    assert desk.start.values == {"decided": {"b": "HTTNV"}}
    plan = client.post(address, proposal(client, address)).url
    assert [row.code for row in plan_of(client, plan).rows] == ["A.X01.1"]
    assert Layout.objects.get().mapping["is_checked"]
