"""While any sheet of a batch waits for an answer nothing is stored, whatever page was shown."""

import threading

import pytest
from django.db import connection, connections
from django.urls import reverse

from accounts.actors import Actor
from assessments.roster.models.lines import OrganizationLine
from assessments.workbooks.batches import actions as uploads
from assessments.workbooks.batches.actions import PlanChanged
from assessments.workbooks.layouts import actions as layouts
from assessments.workbooks.models import Layout, Upload
from resolution03.lib.errors import Refusal
from tests.assessments.odd_sheets import BY_NAME, LETTERS, OLD_FONT, odd, proposal, sent
from tests.assessments.year import opened

PLAIN = [["Năm", "Mã", "Mức xếp loại"], [2018, "A.X01", "HTTNV"]]
TWINS = [
    ["Mã đảng viên", "Họ và tên", "Ngày sinh", "Ngày kết nạp", "Mã chi bộ"],
    ["N1", "A Sinh Đôi", "1/5/1980", "1/1/2012", "A.X01.1"],
    ["N2", "A Sinh Đôi", "1/5/1980", "1/1/2012", "A.X01.1"],
]
REMARKS = [["Ghi lại các việc cần làm"], [None, "Gọi lại xã Alpha"]]


@pytest.fixture
def entry(world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return opened(world)


def batch_of(client, plan):
    return client.get(plan).context["batch"]


def confirm(client, plan, plan_hash=None):
    sent = {"plan": plan_hash or batch_of(client, plan).first.plan_hash}
    return client.post(f"{plan}apply/", sent, follow=True)


def rated():
    return set(
        OrganizationLine.objects.filter(decided__isnull=False).values_list("organization__code", flat=True)
    )


def two_files(client, user, folder, rows, *, name="LẠ"):
    """A file that waits, chosen together with a plain one of one change; the address of the plan."""
    other = odd(folder, {name: rows}, name="chờ.xlsx")
    return sent(client, user, other, odd(folder, {"Đúng": PLAIN}, name="đúng.xlsx"))


def skip(client, plan):
    sheet = batch_of(client, plan).waiting[0]
    return client.post(f"{plan}file/{sheet['upload'].pk}/sheet/{sheet['note']['index']}/skip/")


def mapped(client, plan):
    sheet = batch_of(client, plan).waiting[0]
    address = f"{plan}file/{sheet['upload'].pk}/sheet/{sheet['note']['index']}/"
    return client.post(address, proposal(client, address, remember=""))


def incomplete(client, user, folder):
    """A sheet whose layout is remembered, but not of which year it is."""
    address = sent(client, user, odd(folder, {"S": [["Mã TC", "KQ xếp loại"], ["A.X01.1", "HTNV"]]}))
    client.post(address, proposal(client, address, year=2018))
    assert Layout.objects.exists()
    return [["Mã TC", "KQ xếp loại"], ["A.X01.2", "HTNV"]]


@pytest.mark.once
@pytest.mark.parametrize("why", ["unknown", "encoding", "names", "persons", "is_incomplete"])
def test_a_sheet_that_waits_keeps_everything_from_being_stored(client, entry, tmp_path, why):
    rows = {"unknown": LETTERS, "encoding": OLD_FONT, "names": BY_NAME, "persons": TWINS}
    found = rows.get(why) or incomplete(client, entry.officer, tmp_path)
    plan = two_files(client, entry.officer, tmp_path, found)
    if why == "names":
        mapped(client, plan)
    sheets = batch_of(client, plan).waiting
    assert [(sheet["file"], sheet["sheet"], bool(sheet["note"].get(why))) for sheet in sheets] == [
        ("chờ.xlsx", "LẠ", True)
    ]
    page = client.get(plan).content.decode()
    assert f"{plan}apply/" not in page and "chờ.xlsx" in page
    answer = confirm(client, plan)
    assert [str(message) for message in answer.context["messages"]] == [
        "Chưa ghi gì: trang tính “LẠ” (chờ.xlsx) đang chờ trả lời. "
        "Hãy trả lời trước, hoặc bỏ qua trang tính đó."
    ]
    assert rated() == set() and Upload.objects.filter(applied_at=None).count() == Upload.objects.count()


def test_a_sheet_is_left_out_by_choice_and_the_receipt_and_the_ledger_tell_it(client, entry, tmp_path):
    plan = two_files(client, entry.officer, tmp_path, LETTERS)
    assert skip(client, plan).url == plan
    assert batch_of(client, plan).waiting == []
    assert f"{plan}apply/" in client.get(plan).content.decode()
    page = confirm(client, plan)
    assert rated() == {"A.X01"}
    sheets = [(sheet["sheet"], str(sheet["label"]), sheet["rows"]) for sheet in page.context["batch"].sheets]
    assert sheets == [("LẠ", "không đọc: đã chọn bỏ qua", 0), ("Đúng", "Xếp loại tổ chức", 1)]
    ledger = client.get(reverse("assessments:upload_ledger"))
    assert [row.left_out for row in ledger.context["batches"]] == [["LẠ"]]
    assert "bỏ qua trang tính: LẠ" in ledger.content.decode()


@pytest.mark.once
def test_remarks_without_a_table_do_not_wait_and_are_told_as_not_read(client, entry, tmp_path):
    rows = [row[:1] for row in REMARKS if row[0]]
    plan = two_files(client, entry.officer, tmp_path, rows)
    assert batch_of(client, plan).waiting == []
    told = confirm(client, plan).context["batch"].sheets[0]
    assert (rated(), str(told["label"])) == ({"A.X01"}, "không đọc: không có bảng nào")


@pytest.mark.once
def test_a_stale_page_stores_nothing(client, entry, tmp_path):
    """It was shown when the sheet was left out; since then the sheet waits again, or is read."""
    plan = two_files(client, entry.officer, tmp_path, LETTERS)
    skip(client, plan)
    shown = batch_of(client, plan).first.plan_hash
    upload = Upload.objects.get(file_name="chờ.xlsx")
    files = list(Upload.objects.order_by("pk"))
    layouts.decide(
        by=Actor.of(entry.officer), uploads=files, upload=upload, change=lambda choices: choices.clear()
    )
    confirm(client, plan, shown)
    assert rated() == set()
    values = {"v_self_rated_0": "HTXSNV", "v_self_rated_1": "HTTNV", "v_decided_0": "HTTNV"}
    address = f"{plan}file/{upload.pk}/sheet/0/"
    over_two_rows = f"{address}?header=4&rows=2&kind=organization_ratings"
    assert client.post(address, proposal(client, over_two_rows, **values)).status_code == 302
    answer = confirm(client, plan, shown)
    assert rated() == set() and "xem kế hoạch mới" in answer.content.decode()


def test_what_is_decided_while_the_files_are_read_holds(client, entry, tmp_path, monkeypatch):
    """Another tab decides between the reading and the lock: what it decided is neither lost nor
    passed over."""
    plan = two_files(client, entry.officer, tmp_path, LETTERS)
    skip(client, plan)
    shown = batch_of(client, plan).first.plan_hash
    read = uploads._read
    pending = [True]

    def meanwhile(files, *args):
        parts = read(files, *args)
        if pending and pending.pop():
            Upload.objects.filter(file_name="chờ.xlsx").update(choices={})
        return parts

    monkeypatch.setattr(uploads, "_read", meanwhile)
    files = list(Upload.objects.order_by("pk"))
    with pytest.raises(PlanChanged):
        uploads.apply(by=Actor.of(entry.officer), uploads=files, plan_hash=shown)
    assert rated() == set()
    assert [sheet["sheet"] for sheet in batch_of(client, plan).waiting] == ["LẠ"]


@pytest.mark.django_db(transaction=True)
def test_leaving_out_and_storing_at_once_end_in_one_of_two_ways(client, settings, tmp_path, request):
    """One tab takes back that the sheet is left out while another confirms, on real connections:
    stored without it, or nothing stored and the sheet waits."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    entry = request.getfixturevalue("entry")
    plan = two_files(client, entry.officer, tmp_path, LETTERS)
    skip(client, plan)
    shown = batch_of(client, plan).first.plan_hash
    gate = threading.Barrier(2)

    def at_once(do):
        def run():
            files = list(Upload.objects.select_related("unit").order_by("pk"))
            gate.wait(10)
            try:
                do(files)
            except Refusal:
                pass
            finally:
                connections.close_all()

        return threading.Thread(target=run)

    by = Actor.of(entry.officer)
    workers = [
        at_once(lambda files: uploads.apply(by=by, uploads=files, plan_hash=shown)),
        at_once(
            lambda files: layouts.decide(
                by=by, uploads=files, upload=files[0], change=lambda choices: choices.clear()
            )
        ),
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    is_stored = Upload.objects.exclude(applied_at=None).exists()
    assert (rated() == {"A.X01"}) == is_stored
    assert is_stored != bool(batch_of(client, plan).waiting)
