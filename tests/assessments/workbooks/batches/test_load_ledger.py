"""The ledger of loads and the page that takes one back."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.roster.models.lines import OrganizationLine
from assessments.workbooks.batches.actions import store
from assessments.workbooks.loading.files import Source
from assessments.workbooks.loading.run import Options
from assessments.workbooks.models import Upload
from tests.assessments.workbooks.batches.test_upload import confirm, rated, shown, upload, workbook
from tests.assessments.year import opened
from tests.queries import queries
from tests.workbooks import book

LEDGER = reverse("assessments:upload_ledger")
RATINGS = ("Năm", "Mã", "Mức xếp loại")


@pytest.fixture
def entry(world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return opened(world)


@pytest.fixture
def stored(client, entry):
    """A batch that alpha's officer stored; its address."""
    answer = upload(client, entry.officer, workbook(rated("A.X01", "HTTNV")))
    confirm(client, answer, shown(client, answer)["first"].plan_hash)
    return answer.url


def from_command_line(actor, tmp_path, rows, **options):
    path = book(tmp_path / "dòng lệnh.xlsx", {"XL": [RATINGS, *rows]})
    return store(by=actor, sources=[Source(path, "dòng lệnh.xlsx")], options=Options(**options))


def listed(client, user, query=""):
    client.force_login(user)
    return [row.first.file_name for row in client.get(LEDGER + query).context["batches"]]


def test_every_batch_stands_there_in_its_scope(client, entry, stored, actor, tmp_path):
    upload(client, entry.stranger, workbook(rated("B.X01", "HTTNV"), name="beta.xlsx"))
    assert from_command_line(actor, tmp_path, [(2018, "B.X01", "HTNV")]).applied
    assert listed(client, entry.board) == ["dòng lệnh.xlsx", "beta.xlsx", "xếp loại.xlsx"]
    assert listed(client, entry.officer) == ["xếp loại.xlsx"]
    assert listed(client, entry.board, "?state=stored") == ["dòng lệnh.xlsx", "xếp loại.xlsx"]
    assert listed(client, entry.board, "?state=planned") == ["beta.xlsx"]
    assert listed(client, entry.board, "?q=beta") == ["beta.xlsx"]
    assert listed(client, entry.board, "?q=nobody&state=x") == []


def test_the_command_line_keeps_hash_name_and_counts(entry, actor, tmp_path):
    rows = [(2018, "A.X01", "HTNV")]
    assert not from_command_line(actor, tmp_path, rows, check=True).applied
    assert not from_command_line(actor, tmp_path, [(2018, "A.X01", "sai")]).applied
    assert not Upload.objects.exists()
    assert from_command_line(actor, tmp_path, rows, unit="A").applied
    row = Upload.objects.get()
    assert (row.by_name, row.by, row.unit.code, row.stored_as) == (actor.name, None, "A", "")
    assert len(row.sha256) == 64 and row.counts["totals"]["created"] == 1 and row.applied_at


def test_the_ledger_costs_the_same_with_one_batch_and_with_many(client, entry, stored):
    client.force_login(entry.board)
    queries(client, LEDGER)
    few = queries(client, LEDGER)
    Upload.objects.bulk_create(Upload(by_name="x", file_name=f"{n}.xlsx", batch=uuid4()) for n in range(60))
    assert queries(client, LEDGER) == few
    assert client.get(LEDGER).context["page"].count == 61


def test_a_batch_is_undone_from_its_page_and_planned_again(client, entry, stored):
    page = client.get(f"{stored}undo/")
    assert [counts[1:] for counts in page.context["prospect"].written.counts()] == [(0, 1)]
    client.post(f"{stored}undo/")
    line = OrganizationLine.objects.get(pk=entry.line.pk)
    assert line.decided is None
    assert client.get(stored).context["first"].undone_by_name == entry.officer.get_full_name()
    assert client.get(f"{stored}undo/").url == stored
    answer = client.post(f"{stored}again/")
    assert answer.url != stored
    confirm(client, answer, shown(client, answer)["first"].plan_hash)
    line.refresh_from_db()
    assert line.decided.code == "HTTNV"


def test_what_rests_on_it_is_named_and_nothing_undone(client, entry, stored):
    save_rating(by=Actor.of(entry.officer), line=entry.line, version=1, changes={"decided": "HTNV"})
    page = client.get(f"{stored}undo/")
    assert [row.code for row in page.context["prospect"].named] == ["A.X01"]
    assert entry.officer.get_full_name() in page.content.decode()
    client.post(f"{stored}undo/")
    assert OrganizationLine.objects.get(pk=entry.line.pk).decided.code == "HTNV"
    assert Upload.objects.get().undone_at is None


def test_another_units_batch_is_not_there_and_the_boards_not_the_officers(client, entry, stored):
    client.force_login(entry.stranger)
    assert client.get(f"{stored}undo/").status_code == 404
    assert client.post(f"{stored}undo/").status_code == 404
    Upload.objects.update(unit=None)
    client.force_login(entry.officer)
    assert client.post(f"{stored}undo/").status_code == 404
    client.force_login(entry.board)
    assert client.post(f"{stored}undo/").status_code == 302
    assert Upload.objects.get().undone_at
