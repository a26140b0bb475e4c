"""Single cells of an old font on the plan page: offered one by one, converted where chosen."""

import pytest
from django.urls import reverse

from assessments.workbooks.layouts import cells as old_cells
from assessments.workbooks.models import PlannedRow, Upload
from members.models import Member
from tests.assessments.odd_sheets import odd, proposal, sent
from tests.assessments.workbooks.batches.test_upload import confirm, shown, upload, workbook
from tests.assessments.year import opened

HEADINGS = ("Mã đảng viên", "Họ và tên", "Ngày kết nạp", "Mã chi bộ")
NAMES = ("NguyÔn ThÞ Thö", "Đinh Thị Đào", "§ç V¨n MÉu", "Ñoã Vaên Maãu")


@pytest.fixture
def entry(world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return opened(world)


@pytest.fixture
def answer(client, entry):
    rows = [(f"M{n}", name, "1/5/2009", "A.X01.1") for n, name in enumerate(NAMES)]
    return upload(client, entry.officer, workbook(*rows, headings=HEADINGS, name="dv.xlsx"))


def offered(client, answer):
    note = shown(client, answer)["batch"].sheets[0]["note"]
    return [(one["cell"], one["after"], one["is_converted"]) for one in note["old_cells"]]


def convert(client, answer, *cells, **data):
    found = Upload.objects.get()
    sheet = found.counts["sheets"][0]["sheet"]
    address = reverse("assessments:upload_layout_cells", args=[found.batch, found.pk])
    return client.post(address, {"sheet": sheet, "cell": cells, **data})


def planned():
    return list(PlannedRow.objects.order_by("number").values_list("label", flat=True))


def test_cells_are_offered_and_nothing_is_preselected(client, answer):
    assert offered(client, answer) == [
        ("B2", "Nguyễn Thị Thử", False),
        ("B4", "Đỗ Văn Mẫu", False),
        ("B5", "Đỗ Văn Mẫu", False),
    ]
    page = client.get(answer.url).content.decode()
    assert page.count('name="cell"') == 3 and " checked" not in page
    assert planned() == list(NAMES)


def test_what_is_converted_is_what_is_planned_and_stored_and_the_rest_stays(client, answer):
    convert(client, answer, "B2", "B5", "B3", "Z9", do="chosen")
    assert planned() == ["Nguyễn Thị Thử", "Đinh Thị Đào", "§ç V¨n MÉu", "Đỗ Văn Mẫu"]
    assert [row[2] for row in offered(client, answer)] == [True, False, True]
    assert [one.count for one in shown(client, answer)["batch"].warned if one.code == "old_font"] == [1]
    confirm(client, answer, shown(client, answer)["first"].plan_hash)
    stored = dict(Member.objects.filter(code__startswith="M").values_list("code", "full_name"))
    assert [stored[f"M{n}"] for n in range(4)] == planned()
    assert 'name="cell"' not in client.get(answer.url).content.decode()


def test_a_conversion_is_taken_back_and_all_are_converted_at_once(client, answer):
    convert(client, answer, do="all")
    assert planned() == ["Nguyễn Thị Thử", "Đinh Thị Đào", "Đỗ Văn Mẫu", "Đỗ Văn Mẫu"]
    assert not shown(client, answer)["batch"].warned
    convert(client, answer, "B4", do="chosen")
    assert planned() == ["NguyÔn ThÞ Thö", "Đinh Thị Đào", "Đỗ Văn Mẫu", "Ñoã Vaên Maãu"]


def test_more_than_a_page_offers_come_after_the_first(client, answer, monkeypatch):
    monkeypatch.setattr(old_cells, "MOST_OFFERED", 2)
    convert(client, answer)
    assert [row[0] for row in offered(client, answer)] == ["B2", "B4"]
    convert(client, answer, do="all")
    assert [row[::2] for row in offered(client, answer)] == [("B2", True), ("B4", True), ("B5", False)]


def test_a_sheet_that_is_not_there_and_another_unit(client, entry, answer):
    assert convert(client, answer, sheet="Lạ").status_code == 404
    client.force_login(entry.stranger)
    assert convert(client, answer, do="all").status_code == 404
    assert planned() == list(NAMES)


def test_cells_of_a_mapped_sheet_with_unicode_headings_are_offered_likewise(client, entry, tmp_path):
    heading = ["Mã ĐV", "Họ tên đảng viên", "Ngày kết nạp Đảng", "Mã chi bộ"]
    rows = [[f"M{n}", NAMES[0], "1/5/2009", "A.X01.1"] for n in range(3)]
    address = sent(client, entry.officer, odd(tmp_path, {"S": [heading, *rows]}))
    assert "/sheet/0/" in address
    answer = client.post(address, proposal(client, address))
    assert [row[0] for row in offered(client, answer)] == ["B2", "B3", "B4"]
    convert(client, answer, "B3", do="chosen")
    assert planned() == [NAMES[0], "Nguyễn Thị Thử", NAMES[0]]
