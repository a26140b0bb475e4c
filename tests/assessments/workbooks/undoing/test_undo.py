"""Undoing a batch: everything as it was before, or nothing, with what stands in the way named."""

import pytest

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.registers import door
from assessments.registers.undoing.actions import HasDependents
from assessments.review.years.actions import close_year, open_year
from assessments.roster import tallies
from assessments.roster.models.counts import ActivityCount
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.tallies import Tally
from assessments.rules.models.years import RatingYear, Submission
from assessments.workbooks.batches.actions import store
from assessments.workbooks.kinds.listed import written_tables
from assessments.workbooks.loading.files import Source
from assessments.workbooks.loading.run import Options
from assessments.workbooks.models import Upload
from assessments.workbooks.undoing.actions import undo
from members.actions import members as member_actions
from members.models import Member, VillageHead
from orgs.models import AuditEntry, Organization
from tests.assessments.year import opened
from tests.workbooks import book

ORGANIZATIONS = ("Mã", "Tên tổ chức đảng", "Mã cấp trên", "Cấp", "Hình thức", "Áp dụng từ ngày")
MEMBERS = ("Mã đảng viên", "Họ và tên", "Ngày kết nạp", "Mã chi bộ", "Áp dụng từ ngày")
VILLAGES = ("Mã thôn", "Tên thôn, tổ dân phố", "Mã đảng bộ xã", "Mã chi bộ")
HEADS = ("Mã thôn", "Họ và tên", "Mã đảng viên", "Từ ngày", "Đến ngày")
RATINGS = ("Năm", "Mã", "Mức xếp loại")
MEMBER_RATINGS = ("Năm", "Mã đảng viên", "Mức xếp loại")
COUNTS = ("Năm", "Mã", "Cuộc sinh hoạt chuyên đề của chi bộ", "Chi bộ có chi uỷ")
TOTALS = ("Năm", "Mã", "Đối tượng", "Mức xếp loại", "Số lượng", "Tổng số")


def new_cell(code="A.X01.9"):
    return (code, "Chi bộ mới", "A.X01", "Trực thuộc đảng uỷ cơ sở", "Chi bộ", None)


@pytest.fixture
def entry(world):
    return opened(world)


@pytest.fixture
def batch(entry, tmp_path):
    """A function that loads sheets as the command line does and gives the ledger's rows."""

    def load(sheets, **options):
        path = book(tmp_path / "sổ.xlsx", sheets)
        plan = store(
            by=Actor(name="thử nghiệm"), sources=[Source(path, path.name)], options=Options(**options)
        )
        assert plan.applied, [fault for sheet in plan.sheets for fault in sheet.errors]
        return [Upload.objects.latest("pk")]

    return load


def stored():
    """All that loads write, without what only counts on: versions and times."""
    found = {
        model: sorted(
            map(
                repr,
                model._base_manager.filter(**table.only).values_list(
                    *(name for name in table.columns if name != "version")
                ),
            )
        )
        for model, table in written_tables().items()
        if table.columns
    }
    lines = [
        OrganizationLine.objects.values_list("year", "code", "unit", "parent", "dropped"),
        MemberLine.objects.values_list("year", "member__code", "cell", "dropped"),
    ]
    figures = Tally.objects.exclude(count=0).values_list("year", "organization", "subject", "key", "count")
    return found | {"lines": [sorted(map(repr, rows)) for rows in lines], "tallies": sorted(figures)}


def paths():
    return dict(Organization.objects.values_list("code", "path"))


def is_clean():
    return tallies.recount(*RatingYear.objects.all(), check=True) == []


EVERYTHING = {
    "TC": [
        ORGANIZATIONS,
        new_cell(),
        ("A.X01.2", "Chi bộ đổi tên", "A", "Tổ chức cơ sở đảng", "Chi bộ", "1/6/2018"),
    ],
    "ĐV": [
        MEMBERS,
        ("M9", "Đảng viên mới", "1/5/2010", "A.X01.9", None),
        ("A1", "Y Alpha đổi tên", "1/5/2009", "A.X01.9", "1/7/2018"),
    ],
    "Thôn": [
        VILLAGES,
        ("T.A.9", "Thôn mới", "A.X01", "A.X01.9"),
        ("T.A.1", "Thôn Alpha", "A.X01", "A.X01.9"),
    ],
    "XL": [RATINGS, (2018, "A.X01.9", "HTTNV"), (2018, "A.X01", "HTXSNV")],
    "XLĐV": [MEMBER_RATINGS, (2018, "M9", "HTNV"), (2018, "A2", "HTTNV")],
    "TH": [TOTALS, (2014, "B", "Đảng viên", "HTTNV", 5, 9)],
}


def test_everything_is_as_before(batch, entry):
    head = VillageHead.objects.get(village__code="T.A.1")
    first = [
        HEADS,
        ("T.A.1", head.full_name, None, f"{head.starts_on:%d/%m/%Y}", "31/12/2017"),
        ("T.A.1", "Người kế nhiệm", "M9", "1/1/2018", None),
    ]
    before, was = stored(), paths()
    uploads = batch(EVERYTHING | {"TT": first})
    assert stored() != before
    assert undo(by=Actor.of(entry.board), uploads=uploads)
    after = stored()
    for part in before:
        assert after[part] == before[part], part
    assert paths() == was and is_clean()
    assert not RatingYear.objects.filter(pk=2014).exists()
    upload = Upload.objects.get()
    assert upload.state == "undone" and upload.undone_by_name == entry.board.get_full_name()


def test_each_object_stands_in_the_trail(batch, entry):
    undo(by=Actor.of(entry.board), uploads=batch(EVERYTHING))
    rows = AuditEntry.objects.filter(action="upload.undo").exclude(object_type="assessments.upload")
    codes = set(rows.values_list("object_code", flat=True))
    assert {"A.X01.9", "A.X01.2", "M9", "A1", "T.A.9", "T.A.1", "A.X01", "A2", "B"} == codes
    gone = rows.get(object_type="members.member", object_code="M9")
    assert (gone.before, gone.after) == ({"code": "M9"}, {})


def test_a_first_load_of_everything_is_taken_back(db, tmp_path):
    """The province itself, units with their trail, a year with a roster."""
    by = Actor(name="thử nghiệm")
    open_year(2018, by=by)
    sheets = {
        "TC": [
            ORGANIZATIONS,
            ("KT", "Đảng bộ tỉnh", None, "Đảng bộ tỉnh", "Đảng bộ", None),
            ("U", "Huyện ủy", "KT", "Cấp trên trực tiếp cơ sở", "Đảng bộ", None),
            ("U.1", "Đảng bộ xã", "U", "Tổ chức cơ sở đảng", "Đảng bộ", None),
            ("U.1.1", "Chi bộ thôn", "U.1", "Trực thuộc đảng uỷ cơ sở", "Chi bộ", None),
        ],
        "ĐV": [MEMBERS, ("M1", "Đảng viên", "1/5/2010", "U.1.1", None)],
        "XL": [RATINGS, (2018, "U.1", "HTTNV")],
    }
    path = book(tmp_path / "a.xlsx", sheets)
    assert store(by=by, sources=[Source(path, "a.xlsx")], options=Options()).applied
    trail = AuditEntry.objects.count()
    undo(by=by, uploads=list(Upload.objects.all()))
    assert not Organization.objects.exists() and not Member.objects.exists()
    assert not OrganizationLine.objects.exists() and not Submission.objects.exists()
    assert AuditEntry.objects.count() > trail and is_clean()
    assert store(by=by, sources=[Source(path, "a.xlsx")], options=Options()).applied
    assert Organization.objects.count() == 4


def refusal(uploads, by):
    before = stored()
    with pytest.raises(HasDependents) as refused:
        undo(by=by, uploads=uploads)
    assert stored() == before
    return "\n".join(refused.value.reasons)


def test_a_row_changed_since_is_named_with_who_and_when(batch, entry):
    uploads = batch({"ĐV": [MEMBERS, ("M9", "Đảng viên mới", "1/5/2010", "A.X01.1", None)]})
    member = Member.objects.get(code="M9")
    door.change(member_actions.correct, by=Actor.of(entry.officer), member=member, full_name="Tên khác")
    told = refusal(uploads, Actor.of(entry.board))
    assert "M9" in told and entry.officer.get_full_name() in told and "Tên khác" not in told


def test_a_changed_row_that_was_changed_back_is_no_obstacle(batch, entry):
    uploads = batch({"ĐV": [MEMBERS, ("A1", "Tên khác", "1/5/2009", "A.X01.1", None)]})
    member = Member.objects.get(code="A1")
    for name in ("Tên nữa", "Tên khác"):
        door.change(member_actions.correct, by=Actor.of(entry.officer), member=member, full_name=name)
    assert undo(by=Actor.of(entry.board), uploads=uploads)


def test_rows_of_another_batch_that_refer_to_it_are_named(batch, entry):
    first = batch({"TC": [ORGANIZATIONS, new_cell()]})
    second = batch({"ĐV": [MEMBERS, ("M9", "Đảng viên mới", "1/5/2010", "A.X01.9", None)]})
    assert "M9" in refusal(first, Actor.of(entry.board))
    assert undo(by=Actor.of(entry.board), uploads=second)
    assert undo(by=Actor.of(entry.board), uploads=first)


def test_a_rating_entered_since_is_named(batch, entry):
    uploads = batch({"TC": [ORGANIZATIONS, new_cell()]})
    line = OrganizationLine.objects.get(year=2018, code="A.X01.9")
    save_rating(by=Actor.of(entry.officer), line=line, version=0, changes={"decided": "HTTNV"})
    assert "A.X01.9" in refusal(uploads, Actor.of(entry.board))


def test_a_rating_of_the_batch_changed_since_is_named(batch, entry):
    uploads = batch(
        {"XL": [RATINGS, (2018, "A.X01", "HTTNV")]},
    )
    line = OrganizationLine.objects.get(year=2018, code="A.X01")
    OrganizationLine.objects.filter(pk=line.pk).update(accepted=False)
    save_rating(by=Actor.of(entry.officer), line=line, version=line.version, changes={"decided": "HTNV"})
    assert "A.X01" in refusal(uploads, Actor.of(entry.board))


def test_a_year_closed_since_is_named(batch, entry):
    uploads = batch({"ĐV": [MEMBERS, ("M9", "Đảng viên mới", "1/5/2010", "A.X01.1", None)]})
    close_year(2018, by=Actor(name="thử nghiệm"), reason="thử")
    assert "2018" in refusal(uploads, Actor.of(entry.board))


def test_a_submitted_unit_is_locked(batch, entry):
    uploads = batch({"XL": [RATINGS, (2018, "A.X01", "HTTNV")]})
    entry.submission.state, entry.submission.submitted_at = "submitted", "2019-01-01T00:00Z"
    entry.submission.save()
    assert "A:" in refusal(uploads, Actor.of(entry.officer))
    assert undo(by=Actor(name="dòng lệnh"), uploads=uploads)


def test_at_most_twenty_are_named(batch, entry):
    rows = [new_cell(f"A.X01.{number}") for number in range(30, 60)]
    uploads = batch({"TC": [ORGANIZATIONS, *rows]})
    Organization.objects.filter(code__in=[row[0] for row in rows]).update(type_label="khác")
    with pytest.raises(HasDependents) as refused:
        undo(by=Actor.of(entry.board), uploads=uploads)
    assert len(refused.value.reasons) == 22 and "10" in refused.value.reasons[-1]


def test_twice_is_once(batch, entry):
    uploads = batch({"TC": [ORGANIZATIONS, new_cell()]})
    assert undo(by=Actor.of(entry.board), uploads=uploads)
    trail = AuditEntry.objects.count()
    assert not undo(by=Actor.of(entry.board), uploads=uploads)
    assert AuditEntry.objects.count() == trail


def test_a_load_that_changed_nothing_is_undone_to_nothing(batch, entry):
    sheet = {"TC": [ORGANIZATIONS, new_cell()]}
    batch(sheet)
    second = batch(sheet)
    assert undo(by=Actor.of(entry.board), uploads=second)
    assert Organization.objects.filter(code="A.X01.9").exists()


def test_reported_totals_come_back(batch, entry):
    first = batch({"TH": [TOTALS, (2014, "B", "Đảng viên", "HTTNV", 5, 9)]})
    second = batch({"TH": [TOTALS, (2014, "B", "Đảng viên", "HTTNV", 6, 9)]})
    undo(by=Actor.of(entry.board), uploads=second)
    rows = Tally.objects.filter(is_reported=True).values_list("key", "count")
    assert set(rows) == {("HTTNV", 5), ("total", 9)}
    undo(by=Actor.of(entry.board), uploads=first)
    assert not Tally.objects.filter(is_reported=True).exists() and is_clean()


def counts():
    rows = ActivityCount.objects.values_list("grassroots__code", "activity__code", "count")
    return {tuple(row[:2]): row[2] for row in rows}


def test_yearly_counts_come_back_also_those_taken_back(batch, entry):
    first = batch({"SL": [COUNTS, (2018, "A.X01", 4, 1)]})
    before = counts()
    second = batch({"SL": [COUNTS, (2018, "A.X01", "xoá", 2), (2018, "B.X01", 7, None)]})
    assert len(counts()) == 2 and counts() != before
    undo(by=Actor.of(entry.board), uploads=second)
    assert counts() == before
    assert undo(by=Actor.of(entry.board), uploads=first) and counts() == {}


def test_a_count_given_again_since_is_named(batch, entry):
    batch({"SL": [COUNTS, (2018, "A.X01", 4, 1)]})
    second = batch({"SL": [COUNTS, (2018, "A.X01", "xoá", None)]})
    batch({"SL": [COUNTS, (2018, "A.X01", 9, None)]})
    assert "A.X01" in refusal(second, Actor.of(entry.board))
