import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.roster.models.lines import OrganizationLine
from assessments.workbooks.models import Upload
from orgs.models import AuditEntry
from resolution03.lib.keeping import UPLOADS
from tests.assessments.workbooks.undoing.test_undo import EVERYTHING
from tests.assessments.year import opened
from tests.workbooks import book

HEADINGS = ("Năm", "Mã", "Tên tổ chức đảng", "Tự xếp loại", "Mức xếp loại", "Lý do chưa xếp loại")


@pytest.fixture
def entry(world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return opened(world)


def workbook(*rows, name="xếp loại.xlsx", headings=HEADINGS):
    book = openpyxl.Workbook()
    book.active.title = "TCCSD"
    for row in (headings, *rows):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile(name, stream.getvalue())


def rated(code, level, year=2018):
    return (year, code, None, None, level, None)


def upload(client, user, *files):
    client.force_login(user)
    return client.post(reverse("assessments:upload"), {"files": files})


def shown(client, answer):
    return client.get(answer.url).context


def confirm(client, answer, plan_hash):
    return client.post(f"{answer.url}apply/", {"plan": plan_hash}, follow=True)


def test_a_plan_is_shown_and_nothing_stored_until_confirmed(client, entry):
    answer = upload(client, entry.officer, workbook(rated("A.X01", "HTTNV")))
    plan = shown(client, answer)
    assert (plan["batch"].changes, plan["batch"].totals["errors"]) == (1, 0)
    assert [(row["sheet"], row["number"], row["code"]) for row in plan["planned"]] == [("TCCSD", 2, "A.X01")]
    entry.line.refresh_from_db()
    assert entry.line.decided is None
    confirm(client, answer, plan["first"].plan_hash)
    entry.line.refresh_from_db()
    assert (entry.line.decided.code, entry.line.accepted) == ("HTTNV", False)
    assert Upload.objects.get().applied_at
    assert AuditEntry.objects.filter(action="upload.apply").count() == 1


def test_a_second_confirmation_applies_nothing(client, entry):
    answer = upload(client, entry.officer, workbook(rated("A.X01", "HTTNV")))
    plan = shown(client, answer)["first"].plan_hash
    confirm(client, answer, plan)
    trail = AuditEntry.objects.count()
    confirm(client, answer, plan)
    assert AuditEntry.objects.count() == trail


def test_all_errors_are_shown_at_once_and_cannot_be_confirmed(client, entry):
    answer = upload(
        client,
        entry.officer,
        workbook(rated("A.X01", "TSVM"), rated("A.X99", "HTTNV"), rated("A.X01.1", "HTNV")),
    )
    plan = shown(client, answer)
    assert [(f["row"], f["code"]) for _, _, f in plan["faults"].rows] == [
        (2, "bad_choice"),
        (3, "unknown_code"),
    ]
    assert "TSVM" in client.get(answer.url).content.decode()
    confirm(client, answer, plan["first"].plan_hash)
    assert not OrganizationLine.objects.filter(decided__isnull=False).exists()


def test_when_the_data_changed_the_new_plan_is_shown_again(client, entry):
    answer = upload(client, entry.officer, workbook(rated("A.X01", "HTTNV")))
    old = shown(client, answer)["first"].plan_hash
    save_rating(by=Actor.of(entry.officer), line=entry.line, version=0, changes={"decided": "KHTNV"})
    confirm(client, answer, old)
    entry.line.refresh_from_db()
    assert entry.line.decided.code == "KHTNV"
    new = shown(client, answer)
    assert new["first"].plan_hash != old
    assert new["planned"][0]["changes"] == [["Mức xếp loại", "KHTNV", "HTTNV"]]
    confirm(client, answer, new["first"].plan_hash)
    entry.line.refresh_from_db()
    assert entry.line.decided.code == "HTTNV"


def test_another_unit_does_not_exist_in_an_officers_workbook(client, entry):
    plan = shown(client, upload(client, entry.officer, workbook(rated("B.X01", "HTTNV"))))
    assert plan["batch"].totals["errors"] == 1
    fault = plan["faults"].rows[0][2]
    assert "Beta" not in fault["message"]


def test_the_board_loads_every_unit(client, entry):
    answer = upload(client, entry.board, workbook(rated("A.X01", "HTTNV"), rated("B.X01", "HTNV")))
    plan = shown(client, answer)
    assert plan["batch"].changes == 2
    confirm(client, answer, plan["first"].plan_hash)
    assert OrganizationLine.objects.filter(decided__isnull=False).count() == 2


def test_an_upload_of_another_unit_is_not_found(client, entry):
    answer = upload(client, entry.officer, workbook(rated("A.X01", "HTTNV")))
    client.force_login(entry.stranger)
    assert client.get(answer.url).status_code == 404
    assert client.post(f"{answer.url}apply/", {"plan": "x"}).status_code == 404


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused_and_not_kept(client, entry, content):
    answer = upload(client, entry.officer, SimpleUploadedFile("a.xlsx", content))
    assert answer.status_code == 200
    assert answer.context["form"].errors["files"]
    assert not Upload.objects.exists()
    assert list(UPLOADS.folder.iterdir()) == []


def test_nothing_chosen_and_too_much_are_refused(client, entry, monkeypatch):
    assert upload(client, entry.officer).context["form"].errors["files"]
    monkeypatch.setattr("assessments.workbooks.batches.forms.MOST_BYTES", 10)
    answer = upload(client, entry.officer, workbook(rated("A.X01", "HTTNV")))
    assert answer.context["form"].errors["files"]


def test_files_lie_under_random_names(client, entry):
    upload(
        client,
        entry.officer,
        workbook(rated("A.X01", "HTTNV"), name="../a.xlsx"),
        workbook(rated("A.X01.1", "HTTNV"), name="b.xlsx"),
    )
    rows = list(Upload.objects.all())
    assert {path.name for path in UPLOADS.folder.iterdir()} == {row.stored_as for row in rows}
    assert {row.file_name for row in rows} == {"a.xlsx", "b.xlsx"}
    assert all((UPLOADS.folder / row.stored_as).stat().st_mode & 0o777 == 0o600 for row in rows)


def test_a_submitted_unit_is_locked_for_its_workbooks(client, entry):
    entry.submission.state, entry.submission.submitted_at = "submitted", "2019-01-01T00:00Z"
    entry.submission.save()
    plan = shown(client, upload(client, entry.officer, workbook(rated("A.X01", "HTTNV"))))
    assert [fault["code"] for _, _, fault in plan["faults"].rows] == ["locked"]


def test_the_plan_of_everything_at_once_is_the_one_that_is_stored(client, entry, tmp_path):
    """What refers to rows of the same file is planned as it will be when they stand there."""
    path = book(tmp_path / "sổ.xlsx", EVERYTHING)
    answer = upload(client, entry.board, SimpleUploadedFile("sổ.xlsx", path.read_bytes()))
    plan = shown(client, answer)
    assert plan["batch"].totals["errors"] == 0
    confirm(client, answer, plan["first"].plan_hash)
    assert Upload.objects.get().applied_at
    client.post(f"{answer.url}undo/")
    assert Upload.objects.get().undone_at
