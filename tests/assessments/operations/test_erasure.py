"""When a name is over its time, no byte of the database, of `var` or of a later backup holds it."""

import io
import json
import shutil
import subprocess
import unicodedata
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.operations import erasable
from assessments.reports.declared import BY_SLUG, matter_of
from assessments.reports.issued.actions import issue
from assessments.reports.issued.keeping import content_of
from assessments.reports.issued.models import IssuedReport
from assessments.roster.models.lines import MemberLine
from assessments.rules.models.years import Submission
from assessments.workbooks.models import PlannedRow
from members.actions import heads, members
from members.models import Member, PastStay
from orgs.models import AuditEntry, Organization
from resolution03.lib.keeping import Lost
from resolution03.lib.text import name_sort_key, search_key
from tests import factories
from tests.assessments.operations.test_backup import has_tools
from tests.assessments.workbooks.batches.test_upload import confirm, shown, upload
from tests.assessments.year import opened
from tests.workbooks import MEMBERS, book

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not has_tools(), reason="the client tools of PostgreSQL are missing"),
]
NAME, FORMER, HEAD = "Nghiêm Thuỳ Ưởng", "Nghiêm Thuỷ Ưởng", "Khiếu Đoàn Huyễn"
TODAY = timezone.localdate()
LONG_AGO = date(TODAY.year - 6, 1, 1)


@pytest.fixture
def entry(world, settings, tmp_path, actor):
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # As SQLite comes outside of Debian.
            cursor.execute("PRAGMA secure_delete=OFF")
    return opened(world)


@pytest.fixture
def gone(entry, world, client, tmp_path):
    """Somebody who left, and a head whose term ended, long ago; their names stand everywhere."""
    by = Actor.of(entry.officer)
    stored = upload(client, entry.officer, _workbook(tmp_path))
    confirm(client, stored, shown(client, stored)["first"].plan_hash)
    member = Member.objects.get(code="GONE")
    assert member.full_name == FORMER and PlannedRow.objects.filter(label__contains=FORMER).exists()
    members.correct(by=by, member=member, full_name=NAME, reason=f"{FORMER} viết sai")
    line = MemberLine.objects.get(member=member)
    save_rating(by=by, line=line, version=0, changes={"reason": f"{NAME.upper()} chuyển đi"})
    head = world.alpha.head
    heads.correct(by=by, head=head, full_name=HEAD)
    heads.end_term(by=by, head=head, on=LONG_AGO)
    _list_of_persons(by)
    members.leave(by=by, member=member, on=LONG_AGO, leaving_reason="died")
    return member


def _workbook(folder):
    rows = [MEMBERS, ["GONE", FORMER, "01/02/2001", "A.X01.1", *[None] * 6]]
    return SimpleUploadedFile("ds.xlsx", book(folder / "ds.xlsx", {"DangVien": rows}).read_bytes())


def _list_of_persons(by):
    slug = next(slug for slug, report in BY_SLUG.items() if report.is_of_persons)
    held = Submission.objects.select_related("unit", "year").get(year=2018, code="A")
    matter = matter_of(held.year, held.unit, held)
    issue(BY_SLUG[slug], matter, by=by, purpose=f"rà soát việc {NAME}")


def pass_time():
    """Lists go by their own term; a stored upload goes with the names that it brought."""
    IssuedReport.objects.update(at=timezone.now() - timedelta(days=3 * 365))
    QuerySet(AuditEntry).update(at=timezone.now() - timedelta(days=7 * 365))


def spellings(name):
    """As text, composed or not, large or small; as JSON writes it; as it is searched and sorted."""
    some = {name, name.upper(), name.lower()}
    some |= {unicodedata.normalize("NFD", text) for text in some}
    some |= {json.dumps(text)[1:-1] for text in some}
    return {text.encode() for text in some | {search_key(name), name_sort_key(name)}}


def holders(names, *files):
    """Which files hold a name, zips looked into."""
    wanted = [(name, text) for name in names for text in spellings(name)]
    contents = {path: content for file in files for path, content in _contents(file.name, file.read_bytes())}
    return sorted(
        {(path, name) for path, content in contents.items() for name, text in wanted if text in content}
    )


def _contents(name, content):
    yield name, content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield from _contents(f"{name}/{inner}", archive.read(inner))
    if content[:5] == b"PGDMP":
        told = subprocess.run(  # noqa: S603
            [shutil.which("pg_restore"), "-f", "-"], input=content, capture_output=True, check=True
        )
        yield f"{name}/rows", told.stdout


def everything(settings, place):
    """The database's own files, everything in `var`, and a new backup."""
    call_command("backup", str(place), verbosity=0)
    database = Path(str(connection.settings_dict["NAME"]))
    files = [*database.parent.glob(f"{database.name}*")] if connection.vendor == "sqlite" else []
    return [place, *files, *(path for path in settings.VAR_DIR.rglob("*") if path.is_file())]


def test_no_byte_holds_a_name_that_is_over_its_time(gone, settings, tmp_path, capsys):
    names = (NAME, FORMER, HEAD)
    before = holders(names, *everything(settings, tmp_path / "early.zip"))
    assert {name for _path, name in before} == set(names), before
    assert any("reports" in path or len(path) > 30 for path, _name in before)
    pass_time()
    call_command("prune", "--json")
    told = json.loads(capsys.readouterr().out.split("\n", 1)[1])
    assert (told["members"], told["heads"], told["lists"], told["uploads"]) == (1, 1, 1, 1)
    assert told["entries"] >= 3
    assert holders(names, *everything(settings, tmp_path / "late.zip")) == []
    call_command("prune", "--json")
    assert not any(json.loads(capsys.readouterr().out.split("\n", 1)[1]).values())


def test_who_came_back_is_no_leaver(world, entry):
    by, cell = Actor.of(entry.officer), world.alpha.cells[0]
    member = factories.member(cell, left_on=LONG_AGO, leaving_reason="transferred")
    assert member in erasable.past_members()
    members.come_back(by=by, member=member, cell=cell, on=LONG_AGO + timedelta(days=90))
    assert member not in erasable.past_members()


def test_a_past_stay_tells_no_name_over_its_time(world, entry):
    member = factories.member(world.alpha.cells[0], code="PAST", full_name=NAME, left_on=date(2012, 1, 1))
    texts = {"decision": f"5-QĐ, {NAME.upper()}", "leaving_decision": f"3-QĐ ({FORMER})"}
    stay = member.past_stays.create(left_on=date(2011, 1, 1), **texts)
    found = list(erasable.texts(PastStay, {member.pk: {NAME, FORMER}}))
    assert found == [(stay.pk, "3-QĐ (PAST)", "5-QĐ, PAST")]


def test_what_an_old_copy_brings_back_is_erased_by_restoring(gone, settings, tmp_path):
    call_command("backup", str(tmp_path / "early.zip"), verbosity=0)
    pass_time()
    call_command("prune")
    call_command("restore", str(tmp_path / "early.zip"), verbosity=0)
    assert Member.objects.get(code="GONE").full_name == "GONE"
    # The list in the copy is younger than its term.
    (kept,) = [path for path in (settings.VAR_DIR / "reports").iterdir()]
    found = holders((NAME, FORMER, HEAD), *everything(settings, tmp_path / "late.zip"))
    assert found and all(kept.name in path for path, _name in found), found


def test_a_mention_in_text_about_something_else_goes_unless_somebody_here_bears_the_name(gone, entry, world):
    factories.member(world.beta.cells[0], full_name=HEAD)
    entry.submission.refresh_from_db()
    Submission.objects.filter(pk=entry.submission.pk).update(message=f"{NAME}; {HEAD}; Nghiêm Thuỳ")
    submit_told = audit_reason(f"Xem lại {NAME.lower()}")
    Organization.objects.filter(pk=world.beta.unit.pk).update(name=f"Huyện ủy {NAME}")
    pass_time()
    call_command("prune")
    assert Submission.objects.get(pk=entry.submission.pk).message == f"GONE; {HEAD}; Nghiêm Thuỳ"
    assert IssuedReport.objects.get().purpose == "rà soát việc GONE"
    submit_told.refresh_from_db()
    assert (submit_told.reason, submit_told.after["message"]) == ("Xem lại GONE", "Xem lại GONE")
    assert Organization.objects.get(pk=world.beta.unit.pk).name == f"Huyện ủy {NAME}"


def audit_reason(text):
    return QuerySet(AuditEntry).create(
        action="submission.submit",
        actor_name="",
        object_type="assessments.submission",
        object_id=1,
        reason=text,
        after={"message": text},
    )


def test_who_is_here_keeps_the_name_though_somebody_gone_bore_it(gone, entry, world, settings):
    """A name is taken out where it stands for the one who left, nowhere else."""
    other = factories.member(world.beta.cells[0], full_name=NAME)
    members.correct(by=Actor.of(entry.board), member=other, full_name=f"{NAME} B")
    gone_head = world.beta.head
    heads.correct(by=Actor.of(entry.board), head=gone_head, full_name=HEAD)
    pass_time()
    call_command("prune")
    other.refresh_from_db()
    assert other.full_name == f"{NAME} B"
    told = AuditEntry.objects.get(action="member.correct", object_id=other.pk)
    assert (told.before["full_name"], told.after["full_name"]) == (NAME, f"{NAME} B")
    gone_head.refresh_from_db()
    assert gone_head.full_name == HEAD


def test_a_name_that_only_the_trail_still_tells_goes_too(gone):
    """Of those whose names an earlier version replaced in the registers alone, and of those whom an
    undone load removed."""
    Member.objects.filter(pk=gone.pk).update(**erasable.coded(Member, "GONE"))
    removed = AuditEntry.objects.filter(object_type="members.member").earliest("pk")
    QuerySet(AuditEntry).create(
        action="member.load",
        actor_name="",
        object_type="members.member",
        object_id=10**6,
        object_code="REMOVED",
        after={"full_name": NAME},
    )
    pass_time()
    call_command("prune")
    removed.refresh_from_db()
    assert removed.after["full_name"] == "GONE"
    assert AuditEntry.objects.get(object_code="REMOVED").after == {"full_name": "REMOVED"}
    assert AuditEntry.objects.filter(action="system.erase").count() == 1


def test_a_list_of_persons_goes_after_its_term_and_says_so(gone, client, entry, world):
    issued = IssuedReport.objects.get()
    other = factories.user("board", world.province)
    IssuedReport.objects.update(at=timezone.now() - timedelta(days=700))
    call_command("prune")
    assert content_of(issued)
    IssuedReport.objects.update(at=timezone.now() - timedelta(days=740))
    call_command("prune")
    issued.refresh_from_db()
    assert issued.number and issued.sha256 and issued.stored_as == ""
    with pytest.raises(Lost, match="2 năm"):
        content_of(issued)
    client.force_login(other)
    assert "2 năm" in client.get(f"/reports/issued/{issued.pk}/").content.decode()


def test_a_code_takes_the_place_of_a_name_however_it_is_written():
    decomposed = unicodedata.normalize("NFD", "nghiêm  thuỳ ưởng")
    cases = {
        f"Ông {NAME} nghỉ": "Ông M1 nghỉ",
        f"{NAME.upper()}, {decomposed}.": "M1, M1.",
        f"{NAME}a và x{NAME}": f"{NAME}a và x{NAME}",
        "": "",
        "không ai": "không ai",
    }
    for text, wanted in cases.items():
        assert erasable.without(text, {NAME}, "M1") == wanted, text
    assert erasable.without("giữ nguyên", set(), "M1") == "giữ nguyên"


def test_decisions_about_a_member_tell_no_name_over_its_time(world):
    member = world.alpha.members[0]
    member.leaving_decision, member.recognition_decision = f"3-QĐ ({NAME})", "8-QĐ/HU"
    member.save()
    assert list(erasable.texts(Member, {member.pk: {NAME}})) == [
        (member.pk, f"3-QĐ ({member.code})", "8-QĐ/HU")
    ]
