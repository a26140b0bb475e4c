"""The page of a plan offers the uploaded workbook with its errors marked."""

import io

import openpyxl
import pytest
from django.urls import reverse

from assessments.workbooks.models import Upload
from orgs.models import AuditEntry
from resolution03.lib.keeping import UPLOADS
from tests.assessments import handed
from tests.assessments.workbooks.batches.test_upload import confirm, rated, shown, upload, workbook
from tests.assessments.year import opened

pytestmark = pytest.mark.once


@pytest.fixture
def entry(world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return opened(world)


def address(upload):
    return reverse("assessments:upload_marked", args=[upload.batch, upload.pk])


def opened_book(answer):
    assert answer.status_code == 200, answer.content
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def test_the_file_comes_back_marked_and_the_trail_knows(client, entry):
    plan = upload(client, entry.officer, workbook(rated("A.X01", "TSVM"), rated("A.X99", "HTTNV")))
    found = Upload.objects.get()
    assert address(found) in client.get(plan.url).content.decode()
    answer = client.get(address(found))
    assert "%C4%91%C3%A1nh%20d%E1%BA%A5u" in answer["Content-Disposition"]
    book = opened_book(answer)
    assert book.sheetnames == ["TCCSD", "Lỗi"]
    assert {c.coordinate for row in book["TCCSD"] for c in row if c.comment} == {"E2", "B3"}
    assert AuditEntry.objects.get(action="upload.mark").actor == entry.officer


def test_corrected_and_uploaded_again_it_goes_through(client, entry):
    upload(client, entry.officer, workbook(rated("A.X01", "TSVM")))
    book = opened_book(client.get(address(Upload.objects.get())))
    book["TCCSD"]["E2"] = "HTTNV"
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    stream.name = "sửa.xlsx"
    plan = upload(client, entry.officer, stream)
    context = shown(client, plan)
    assert (context["batch"].totals["errors"], context["faults"].count) == (0, 0)
    confirm(client, plan, context["first"].plan_hash)
    entry.line.refresh_from_db()
    assert entry.line.decided.code == "HTTNV"


def test_without_errors_nothing_is_offered(client, entry):
    plan = upload(client, entry.officer, workbook(rated("A.X01", "HTTNV")))
    assert shown(client, plan)["marked"] == []


def test_of_several_files_each_with_errors_has_its_link(client, entry):
    plan = upload(
        client,
        entry.officer,
        workbook(rated("A.X01", "TSVM"), name="a.xlsx"),
        workbook(rated("A.X01.1", "HTTNV"), name="b.xlsx"),
        workbook(rated("A.X77", "HTNV"), name="c.xlsx"),
    )
    assert [offer.upload.file_name for offer in shown(client, plan)["marked"]] == ["a.xlsx", "c.xlsx"]
    page = client.get(plan.url).content.decode()
    first, _second, third = Upload.objects.order_by("pk")
    assert address(first) in page and address(third) in page
    marked = opened_book(client.get(address(third)))
    assert [cell.value for cell in marked["Lỗi"]["B"]] == ["Ô", "B2"]


def test_a_file_of_another_unit_or_batch_is_not_found(client, entry):
    upload(client, entry.officer, workbook(rated("A.X01", "TSVM")))
    found = Upload.objects.get()
    other = reverse("assessments:upload_marked", args=[found.batch, found.pk + 1])
    assert client.get(other).status_code == 404
    client.force_login(entry.stranger)
    assert client.get(address(found)).status_code == 404


def test_a_file_of_another_unit_is_told_nothing_about_it(client, entry):
    upload(client, entry.officer, workbook(rated("B.X01", "HTTNV")))
    book = opened_book(client.get(address(Upload.objects.get())))
    told = "".join(str(cell.value) for row in book["Lỗi"] for cell in row)
    assert "B.X01" in told and "Beta" not in told


def test_a_file_that_is_no_longer_kept_is_said_to_be_gone(client, entry):
    plan = upload(client, entry.officer, workbook(rated("A.X01", "TSVM")))
    found = Upload.objects.get()
    (UPLOADS.folder / found.stored_as).unlink()
    assert shown(client, plan)["marked"] == []
    assert client.get(address(found)).url == plan.url


@pytest.mark.once
def test_a_prepared_workbook_stays_one_through_mistake_marks_and_libreoffice(client, entry, world, tmp_path):
    book = handed.opened_book(handed.take(client, entry.officer, world.alpha.unit))
    rated_members = book["Xếp loại đảng viên"]
    row = handed.row_of(rated_members, "A1")
    handed.put(rated_members, row, Mức_xếp_loại="TSVM")
    handed.load(client, entry.officer, handed.saved(book))
    found = Upload.objects.get()
    content = client.get(address(found)).content
    assert len(handed.opened_book(content)["Lỗi"]["A"]) == 2
    book = handed.opened_book(handed.resaved(content, tmp_path))
    assert book["Xếp loại đảng viên"].protection.sheet
    handed.put(book["Xếp loại đảng viên"], row, Mức_xếp_loại="HTTNV")
    plan = handed.load(client, entry.officer, handed.saved(book))
    again = Upload.objects.latest("pk")
    assert again.prepared == found.prepared and found.prepared is not None
    context = client.get(plan).context
    assert (context["faults"].count, context["batch"].changes) == (0, 1)
