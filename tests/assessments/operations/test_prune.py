"""Pruning: what has been kept for long enough goes, the ledger and every figure stay."""

import json
import os
import time
from dataclasses import asdict
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db.models import QuerySet
from django.utils import timezone

from accounts.actors import Actor
from assessments.operations import retention
from assessments.operations.checkup import findings
from assessments.operations.pruning import prune
from assessments.registers.undoing.models import BatchRows
from assessments.reports.issued.models import IssuedReport
from assessments.review.years.actions import close_year
from assessments.workbooks.models import PlannedRow, PreparedWorkbook, Upload
from members.models import Member, VillageHead
from orgs import audit
from orgs.jobs import beside
from orgs.models import AuditEntry
from orgs.versions import writing
from resolution03.lib.errors import Refusal
from resolution03.lib.keeping import JOBS, UPLOADS
from tests import factories
from tests.assessments.registers.undoing.doing import Doer
from tests.assessments.workbooks.batches.test_upload import confirm, rated, shown, upload, workbook
from tests.assessments.year import opened


@pytest.fixture
def entry(world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return opened(world)


@pytest.fixture
def by():
    return Actor(name="đêm")


@pytest.fixture
def batches(client, entry):
    """A stored batch and a planned one, with their addresses."""
    stored = upload(client, entry.officer, workbook(rated("A.X01", "HTTNV")))
    confirm(client, stored, shown(client, stored)["first"].plan_hash)
    planned = upload(client, entry.officer, workbook(rated("A.X01.1", "HTNV"), rated("A.Y", "HTNV")))
    return stored.url, planned.url


def age(**by):
    Upload.objects.update(at=timezone.now() - timedelta(**by))


def files():
    return list(UPLOADS.folder.iterdir())


def test_what_is_younger_stays(batches, by):
    age(days=89)
    assert prune(by=by).uploads == 0
    assert len(files()) == 2 and PlannedRow.objects.count() == 2 and BatchRows.objects.exists()


def test_old_uploads_go_and_the_ledger_tells_that_they_went(client, batches, by, entry):
    age(days=91)
    found = prune(by=by)
    assert (found.uploads, found.files) == (2, 2)
    assert files() == [] and not PlannedRow.objects.exists() and not BatchRows.objects.exists()
    row = Upload.objects.earliest("pk")
    assert (
        row.sha256
        and row.by_name
        and row.applied_at
        and row.counts["totals"]["updated"] + (row.counts["totals"]["created"]) == 1
    )
    assert prune(by=by) == retention.Due()
    ledger = client.get("/upload/ledger/").context["batches"]
    assert [batch.is_kept for batch in ledger] == [False, False]
    assert ledger[1].numbers["created"] + ledger[1].numbers["updated"] == 1
    for url in batches:
        assert client.get(url).status_code == 200


def test_a_pruned_batch_is_neither_applied_nor_undone_and_says_why(client, batches, by, entry):
    age(days=91)
    prune(by=by)
    stored, planned = batches
    page = client.get(f"{stored}undo/")
    assert page.context["refusal"] and "prospect" not in page.context
    client.post(f"{stored}undo/")
    assert Upload.objects.get(applied_at__isnull=False).undone_at is None
    assert not client.get(planned).context["has_file"]
    client.post(f"{planned}apply/", {"plan": Upload.objects.latest("pk").plan_hash})
    assert Upload.objects.filter(applied_at__isnull=True).count() == 1


def test_checking_only_tells(batches, by, capsys):
    age(days=91)
    call_command("prune", "--check", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told == {"checked": True} | asdict(retention.Due(uploads=2, files=2))
    assert len(files()) == 2
    call_command("prune", "--json")
    assert json.loads(capsys.readouterr().out) == told | {"checked": False}
    call_command("prune")
    assert "0" in capsys.readouterr().out and files() == []


def test_files_of_which_nobody_knows_go_when_no_work_can_be_under_way(batches, by):
    old = time.time() - 2 * 86_400
    for folder in (UPLOADS.folder, JOBS.folder, beside.folder()):
        for name in ("new", "old"):
            (folder / name).write_text("x")
        os.utime(folder / "old", (old, old))
    assert prune(by=by).stray_files == 3
    assert (UPLOADS.folder / "new").exists() and not (UPLOADS.folder / "old").exists()
    assert len(files()) == 3


def test_only_the_log_of_reports_that_left_goes(entry, by):
    for action in ("report.download", "prepared.download", "rating.save"):
        with writing():
            audit.record([audit.Change(entry.line)], by=by, action=action)
    old = timezone.now() - timedelta(days=3 * 365)
    QuerySet(AuditEntry).update(at=old)
    for at in (old, timezone.now()):
        made = PreparedWorkbook.objects.create(unit=entry.line.unit)
        PreparedWorkbook.objects.filter(pk=made.pk).update(at=at)
    count = AuditEntry.objects.count()
    assert prune(by=by).exports == 2
    assert AuditEntry.objects.count() == count - 2
    assert PreparedWorkbook.objects.get() == made
    with writing():
        audit.drop(AuditEntry.objects.all())
    assert AuditEntry.objects.count() == count - 2


def test_the_ledger_forgets_the_levels_of_members_when_a_list_of_persons_would_go(entry, by, settings):
    kept = {"organizations": {"A": "HTTNV"}, "members": {"HTTNV": [5, 2]}}
    reports = [
        IssuedReport.objects.create(number=number, year_id=entry.year, slug="targets", standing=kept)
        for number in (901, 902)
    ]
    day = timezone.now() - timedelta(days=365 * settings.PERSON_LIST_YEARS)
    for report, at in zip(reports, (day - timedelta(days=1), day + timedelta(days=1)), strict=True):
        IssuedReport.objects.filter(pk=report.pk).update(at=at)
    prune(by=by)
    for report in reports:
        report.refresh_from_db()
    assert [report.standing for report in reports] == [{"organizations": {"A": "HTTNV"}}, kept]


def test_names_of_those_who_left_are_replaced_and_no_figure_moves(world, entry, by, capsys):
    today = timezone.localdate()
    gone, fresh = world.alpha.members[:2]
    long_ago = date(today.year - 6, 1, 1)
    Member.objects.filter(pk=gone.pk).update(left_on=long_ago, leaving_reason="expelled")
    Member.objects.filter(pk=fresh.pk).update(left_on=date(today.year - 4, 1, 1))
    head = world.alpha.head
    VillageHead.objects.filter(pk=head.pk).update(ends_on=long_ago)
    with_member = factories.head(
        world.beta.village,
        full_name="Người cũ",
        member=world.beta.members[0],
        starts_on=date(1999, 1, 1),
        ends_on=date(2000, 1, 1),
    )
    close_year(2018, by=by, reason="thử")
    before = indicators(capsys)
    found = prune(by=by)
    assert (found.members, found.heads) == (1, 2)
    assert indicators(capsys) == before
    gone.refresh_from_db()
    head.refresh_from_db()
    with_member.refresh_from_db()
    assert (gone.full_name, gone.search_key) == (gone.code, "a1 a1")
    assert (head.full_name, with_member.full_name) == ("T.A.1", world.beta.members[0].code)
    assert Member.objects.get(pk=fresh.pk).full_name == fresh.full_name
    rows = AuditEntry.objects.filter(action__in=["member.forget", "head.forget"])
    assert {row.object_code for row in rows} == {gone.code, "T.A.1", world.beta.members[0].code}
    assert all(not row.before for row in rows)
    assert prune(by=by).members == 0


def indicators(capsys):
    call_command("indicators", "2018", "--json")
    return json.loads(capsys.readouterr().out)


def test_the_doctor_says_when_nobody_pruned(batches):
    assert "retention" not in {row["code"] for row in findings()}
    age(days=120)
    assert "retention" in {row["code"] for row in findings()}


def test_no_address_leads_to_a_kept_file(client, batches, entry):
    client.force_login(entry.board)
    name = Upload.objects.latest("pk").stored_as
    for before in ("", "static/", "media/", "upload/", "uploads/", "var/uploads/", "static/../var/uploads/"):
        assert client.get(f"/{before}{name}").status_code == 404
    assert UPLOADS.folder.stat().st_mode & 0o777 == 0o700


def test_what_an_act_wrote_about_a_person_goes_with_the_name(entry, by, world):
    """The act is told on; it can no longer be taken back."""
    do = Doer(world, by)
    done = do.transfer(do.other)
    kept = BatchRows.objects.filter(batch=done.batch)
    prune(by=by)
    assert kept.exists()
    Member.objects.filter(pk=do.member.pk).update(left_on=date(2012, 1, 1))
    prune(by=by)
    assert not kept.exists()
    with pytest.raises(Refusal):
        do.undo(done)
