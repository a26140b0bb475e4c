"""A kind of workbook is one entry: one more, known to this test alone, is met everywhere."""

import json
from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.actors import Actor
from assessments.entry import imports
from assessments.entry.counting.judging import Counted
from assessments.entry.discipline.actions import save_discipline
from assessments.registers.undoing.actions import HasDependents
from assessments.registers.undoing.journal import Journal
from assessments.registers.undoing.models import BatchRows
from assessments.roster.models.discipline import Discipline
from assessments.roster.models.lines import OrganizationLine
from assessments.workbooks.kinds import listed
from assessments.workbooks.kinds.declared import Persons
from assessments.workbooks.models import Layout, PlannedRow, PreparedWorkbook, Upload
from assessments.workbooks.undoing.actions import undo
from orgs.models import AuditEntry
from tests.assessments import handed
from tests.assessments.odd_sheets import odd, proposal, sent
from tests.assessments.workbooks.kinds.kind_of_discipline import COLUMNS, DISCIPLINE, REPRIMANDS, WARNINGS
from tests.assessments.year import opened
from tests.test_shape import ROOT
from tests.workbooks import book

HEAD = [column.heading for column in COLUMNS.columns]
OWN = [
    ["THI HÀNH KỶ LUẬT NĂM 2018"],
    ["TT", "Tên chi, đảng bộ", "Khiển trách (tổ chức)", "Cảnh cáo (đảng viên)"],
    [1, "Đảng bộ xã Alpha", 1, 2],
    [2, "Chi bộ Alpha 1", None, 1],
]
TITLE = str(DISCIPLINE.title)


@pytest.fixture
def entry(world, settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(listed, "KINDS", (*listed.KINDS, DISCIPLINE))
    return opened(world)


def stored() -> dict:
    rows = Discipline.objects.values_list("line__code", "of", "form", "count")
    return {(code, f"{of}_{form}"): count for code, of, form, count in rows}


def give(entry, line, seen=None, **counts):
    lines = OrganizationLine.objects.filter(pk=line.pk)
    counted = Counted(line.pk, dict.fromkeys(counts) | (seen or {}), counts)
    save_discipline(by=Actor.of(entry.board), year=2018, lines=lines, entries=[counted])


def confirm(client, address):
    plan = Upload.objects.latest("pk").plan_hash
    return client.post(f"{address}apply/", {"plan": plan}, follow=True)


def page_of(client, address) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_it_is_loaded_by_the_command_told_by_its_name_and_undone(entry, tmp_path, capsys):
    give(entry, entry.line, **{REPRIMANDS: 3})
    rows = [[2018, "A.X01", None, "xoá", 2], [2018, "A.X01.1", "Chi bộ Alpha 1", 1, None]]
    call_command("load", str(book(tmp_path / "a.xlsx", {"S": [HEAD, *rows]})), "--json")
    told = json.loads(capsys.readouterr().out)["sheets"][0]
    assert (told["kind"], told["created"], told["updated"], told["errors"]) == ("discipline", 1, 1, [])
    assert stored() == {("A.X01", WARNINGS): 2, ("A.X01.1", REPRIMANDS): 1}
    undo(by=Actor.of(entry.board), uploads=list(Upload.objects.all()))
    assert stored() == {("A.X01", REPRIMANDS): 3}
    told = AuditEntry.objects.filter(action="upload.undo", object_type="assessments.discipline")
    assert sorted((one.object_code, one.unit.code) for one in told) == [
        ("A.X01", "A"),
        ("A.X01", "A"),
        ("A.X01.1", "A"),
    ]


@pytest.mark.parametrize("again", [{WARNINGS: 5}, {REPRIMANDS: 1}])
def test_what_somebody_changed_since_stands_in_the_way_of_undoing(entry, tmp_path, again):
    give(entry, entry.line, **{REPRIMANDS: 3})
    rows = [[2018, "A.X01", None, "xoá", 2]]
    call_command("load", str(book(tmp_path / "a.xlsx", {"S": [HEAD, *rows]})))
    give(entry, entry.line, seen={WARNINGS: 2}, **again)
    with pytest.raises(HasDependents) as refused:
        undo(by=Actor.of(entry.board), uploads=list(Upload.objects.all()))
    assert "A.X01" in " ".join(refused.value.reasons)


def test_an_offices_own_sheet_is_mapped_planned_stored_told_and_undone(client, entry, tmp_path):
    address = sent(client, entry.officer, odd(tmp_path, {"Biểu": OWN}))
    assert TITLE in page_of(client, address)
    start = client.get(address).context["desk"].start
    assert (start.kind, start.year) == ("discipline", 2018)
    assert start.columns == {1: "code@name", 2: REPRIMANDS, 3: WARNINGS}
    plan = client.post(address, proposal(client, address, name="Kỷ luật")).url
    assert TITLE in page_of(client, plan)
    rows = PlannedRow.objects.order_by("pk").values_list("kind", "code", "status", "record")
    assert list(rows) == [
        ("discipline", "A.X01", "created", "Đảng bộ xã Alpha"),
        ("discipline", "A.X01.1", "created", "Chi bộ Alpha 1"),
    ]
    confirm(client, plan)
    assert stored() == {("A.X01", REPRIMANDS): 1, ("A.X01", WARNINGS): 2, ("A.X01.1", WARNINGS): 1}
    assert TITLE in page_of(client, reverse("assessments:upload_layout_list"))
    assert Layout.objects.get().kind == "discipline"
    found = Upload.objects.get()
    undone = client.post(reverse("assessments:upload_undo", args=[found.batch]), follow=True)
    assert undone.status_code == 200 and stored() == {}


def test_a_prepared_workbook_goes_out_comes_back_and_knows_its_conflicts(client, entry, world):
    give(entry, entry.line, **{WARNINGS: 4})
    client.force_login(entry.officer)
    assert TITLE in page_of(client, reverse("assessments:prepared_choose", args=[2018, "A"]))
    book = handed.opened_book(handed.take(client, entry.officer, world.alpha.unit, "discipline"))
    assert list(PreparedWorkbook.objects.get().codes) == ["discipline"]
    client.force_login(entry.board)
    assert f"{TITLE}: 3" in page_of(client, reverse("orgs:audit_list"))
    assert "Theo quyết định thi hành kỷ luật." in {
        cell.value for row in book.worksheets[0].iter_rows() for cell in row
    }
    sheet = book.worksheets[1]
    for code, values in (("A.X01", {REPRIMANDS: 1, WARNINGS: 5}), ("A.X01.1", {REPRIMANDS: 2})):
        for key, value in values.items():
            at = handed.columns(sheet)[COLUMNS.heading(key)]
            sheet.cell(handed.row_of(sheet, code), at, value)
    sheet.delete_rows(handed.row_of(sheet, "A.X01.2"))
    give(entry, entry.line, seen={WARNINGS: 4}, **{WARNINGS: 6})
    address = handed.load(client, entry.officer, handed.saved(book))
    rows = PlannedRow.objects.order_by("pk").values_list("code", "status", "label")
    assert list(rows) == [
        ("A.X01", "conflict", "Đảng bộ xã Alpha · 2018"),
        ("A.X01.1", "created", "Chi bộ Alpha 1 · 2018"),
        ("A.X01.2", "absent", "Chi bộ Alpha 2 · 2018"),
    ]
    found = Upload.objects.get()
    client.post(reverse("assessments:prepared_settle", args=[found.batch, found.pk]), {"take": "system"})
    confirm(client, address)
    assert stored() == {("A.X01", REPRIMANDS): 1, ("A.X01", WARNINGS): 6, ("A.X01.1", REPRIMANDS): 2}


def test_its_faults_are_marked_in_the_file_that_is_given_back(client, entry, tmp_path):
    rows = [HEAD, [2018, "A.X01", None, 1000, None], [2018, "A.X0", None, 1, 1], [2018, "A.X01", None, 1, 1]]
    plan = sent(client, entry.officer, odd(tmp_path, {"S": rows}))
    assert "A.X01" in page_of(client, plan)
    found = Upload.objects.get()
    answer = client.get(reverse("assessments:upload_marked", args=[found.batch, found.pk]))
    marked = handed.opened_book(answer.content)
    assert {cell.coordinate for row in marked["S"] for cell in row if cell.comment} == {"D2", "B3", "B4"}
    near = client.get(plan).context["faults"].rows
    assert [[one.code for one in fault["near"]] for _kind, _sheet, fault in near if fault["near"]] == [
        ["A.X01"]
    ]


def test_where_its_rows_are_persons_who_may_not_see_persons_meets_it_nowhere(
    client, entry, world, tmp_path, monkeypatch, settings
):
    of_persons = replace(DISCIPLINE, persons=Persons.LISTED)
    monkeypatch.setattr(listed, "KINDS", (*listed.KINDS[:-1], of_persons))
    plan = sent(client, entry.officer, odd(tmp_path, {"S": [HEAD, [2018, "A.X01", None, 1, None]]}))
    assert client.get(plan).status_code == 200
    settings.STORE_NAMES = False
    assert client.get(plan).status_code == 404
    address = reverse("assessments:prepared_choose", args=[2018, "A"])
    assert TITLE not in page_of(client, address)
    answer = client.post(
        reverse("assessments:upload"),
        {"files": [odd(tmp_path, {"S": [HEAD, [2018, "A.X01", None, 1, None]]})]},
    )
    assert "STORE_NAMES" in answer.content.decode()


def test_a_kind_that_is_no_longer_taken_breaks_no_page_that_remembers_it(
    client, entry, tmp_path, monkeypatch
):
    address = sent(client, entry.officer, odd(tmp_path, {"Biểu": OWN}))
    plan = client.post(address, proposal(client, address, name="Kỷ luật")).url
    confirm(client, plan)
    monkeypatch.setattr(listed, "KINDS", listed.KINDS[:-1])
    for page in (plan, reverse("assessments:upload_layout_list"), reverse("assessments:upload_ledger")):
        page_of(client, page)
    assert "/sheet/" in sent(client, entry.officer, odd(tmp_path, {"Biểu": OWN}))


def test_what_two_kinds_write_into_one_table_is_kept_together(entry):
    """The second announces when the first has written already."""
    journal = Journal(uuid4(), listed.written_tables())
    for line, form in ((entry.line, "reprimand"), (entry.cells[0], "warning")):
        before = list(Discipline.objects.values_list("pk", flat=True))
        journal.expect(Discipline, rows=before, owners=[line.pk])
        Discipline.objects.create(line=line, of="organization", form=form, count=1)
    Discipline.objects.filter(line=entry.line).update(count=2)
    journal.close()
    batch = BatchRows.objects.get(batch=journal.batch)
    created = list(Discipline.objects.order_by("pk").values_list("pk", flat=True))
    assert (sorted(pk for pk, _digest in batch.created), batch.changed) == (created, {})


NAMES = ("village_heads", "organization_ratings", "member_ratings", "reported_totals", "yearly_counts")


def test_a_kind_is_named_where_it_is_declared_and_nowhere_else():
    """Whatever branches on a name omits the next kind."""
    for path in sorted((ROOT / "assessments").rglob("*.py")):
        if not {"kinds", "demonstration", "migrations"} & set(path.parts) and path.stem != "imports":
            found = [name for name in NAMES if f'"{name}"' in path.read_text("utf-8")]
            assert not found, (path.relative_to(ROOT).as_posix(), found)


def test_the_columns_of_every_kind_are_known_where_counts_get_their_names():
    fixed = {kind.name for kind in listed.every() if not kind.common}
    assert fixed == {kind.name for kind in imports.KINDS}
