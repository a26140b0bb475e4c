"""Workbooks of yearly counts, and that they take no sheet from the seven other kinds."""

import pytest

from accounts.actors import Actor
from accounts.models import Role
from assessments.review.years.actions import close_year, open_year
from assessments.roster.models.counts import ActivityCount
from assessments.rules.models.counts import Activity
from assessments.rules.models.years import Submission, SubmissionState
from orgs.models import AuditEntry, Organization
from tests import factories

HEAD = ["Năm", "Mã", "Tên tổ chức đảng", "Cuộc sinh hoạt chuyên đề của chi bộ", "Chi bộ có chi uỷ"]
MEETINGS, CELLS = HEAD[3:]


@pytest.fixture
def year(province):
    open_year(2018, by=province.by)
    return province


def sheet(*rows, head=HEAD):
    return {"Số liệu": [head, *rows]}


def counts() -> dict:
    rows = ActivityCount.objects.values_list("year", "grassroots__code", "activity__code", "count")
    return {tuple(row[:3]): row[3] for row in rows}


def test_a_sheet_of_counts_is_loaded_and_again_changes_nothing(year):
    book = sheet([2018, "A.X1", "Xã A1", 4, 0], [2018, "B.X1", None, "1.204", None])
    assert year.counts(book) == {"created": 2}
    assert counts() == {
        (2018, "A.X1", "thematic_meetings"): 4,
        (2018, "A.X1", "cells_with_committee"): 0,
        (2018, "B.X1", "thematic_meetings"): 1204,
    }
    assert year.counts(book) == {"unchanged": 2}
    assert AuditEntry.objects.filter(action="activity.count").count() == 2


def test_an_empty_cell_changes_nothing_and_the_word_clears(year):
    year(sheet([2018, "A.X1", None, 4, 1]))
    assert year.counts(sheet([2018, "A.X1", None, None, "xoá"])) == {"updated": 1}
    assert counts() == {(2018, "A.X1", "thematic_meetings"): 4}


def test_a_short_name_is_a_heading_too(year):
    assert year.counts(sheet([2018, "A.X1", 3], head=["Năm", "Mã số", "Cuộc sinh hoạt chuyên đề"])) == {
        "created": 1
    }


def test_the_kind_is_told(year):
    found = year(sheet([2018, "A.X1", None, 4, 0])).as_json()["sheets"][0]
    assert (found["kind"], found["header_row"], found["errors"]) == ("yearly_counts", 1, [])


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ([2018, None, "Xã", 4, 0], ("Mã", "required")),
        ([None, "A.X1", None, 4, 0], ("Năm", "required")),
        ([2018, "A.X1", None, "ba", 0], (MEETINGS, "bad_number")),
        ([2018, "A.X1", None, -1, 0], (MEETINGS, "bad_number")),
        ([2018, "A.X1", None, 100_000, 0], (MEETINGS, "bad_number")),
        ([2018, "A.X7", None, 4, 0], ("Mã", "unknown_code")),
        ([2017, "A.X1", None, 4, 0], ("Năm", "wrong_year")),
        ([2018, "A.X1.1", None, 4, 0], ("Mã", "not_in_roster")),
        ([2018, "A", None, 4, 0], ("Mã", "not_in_roster")),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_stored(year, row, fault):
    found = year.errors(sheet([2018, "B.X1", None, 1, 1], row))
    assert found == [(3, "Chi bộ có chi ủy" if fault[0] == CELLS else fault[0], fault[1])]
    assert counts() == {}


def test_the_same_organization_twice_is_a_duplicate(year):
    rows = sheet([2018, "A.X1", None, 4, 0], [2018, "A.X1", None, 4, 0])
    assert year.errors(rows) == [(3, "Mã", "duplicate")]


def test_a_closed_year_is_locked_but_for_what_stands_already(year):
    year(sheet([2018, "A.X1", None, 4, 0]))
    close_year(2018, by=year.by, reason="thử")
    assert year.counts(sheet([2018, "A.X1", None, 4, None])) == {"unchanged": 1}
    assert year.errors(sheet([2018, "A.X1", None, 4, 1])) == [(2, "Chi bộ có chi ủy", "locked")]


def test_a_load_keeps_to_its_unit_and_year(year):
    row = [2018, "B.X1", None, 4, 0]
    assert year.errors(sheet(row), unit="A") == [(2, "Mã", "outside_unit")]
    assert year.errors(sheet(row), unit="A", hides=True) == [(2, "Mã", "unknown_code")]
    assert year.errors(sheet(row), year=2019) == [(2, "Năm", "wrong_year")]


def test_a_units_own_upload_is_locked_while_the_board_holds_the_year(year):
    officer = factories.user(Role.OFFICER, Organization.objects.get(code="A"))
    Submission.objects.filter(unit__code="A").update(
        state=SubmissionState.SUBMITTED, submitted_at="2019-01-15T00:00Z"
    )
    book = sheet([2018, "A.X1", None, 4, 0])
    plan = year(book, by=Actor.of(officer), unit="A", hides=True)
    assert [fault.code for fault in plan.sheets[0].errors] == ["locked"]
    assert year.counts(book) == {"created": 1}


def test_a_count_of_other_years_is_refused_at_its_column(year):
    Activity.objects.filter(code="thematic_meetings").update(last_year=2017)
    assert year.errors(sheet([2018, "A.X1", None, 4, 0])) == [
        (2, Activity.objects.get(code="thematic_meetings").name, "wrong_year")
    ]


def test_what_does_not_fit_the_lists_is_a_warning(year):
    head = ["Năm", "Mã", "Chi bộ có chi ủy", "Nữ trong số đảng viên kết nạp"]
    plan = year(sheet([2018, "A.X1", 9, 5], head=head))
    assert plan.applied
    assert [(w.column, w.code) for w in plan.sheets[0].warnings] == [
        ("Nữ trong số đảng viên kết nạp", "inconsistent"),
        ("Mã", "inconsistent"),
    ]
    assert counts() == {(2018, "A.X1", "cells_with_committee"): 9}


ACTIVITY = HEAD[3]


@pytest.mark.parametrize(
    ("head", "kind", "faults"),
    [
        (["Năm", "Mã", "Tự xếp loại", "Mức xếp loại"], "organization_ratings", []),
        (
            ["Năm", "Mã", "Mức xếp loại", ACTIVITY, CELLS],
            "organization_ratings",
            ["unknown_column", "unknown_column"],
        ),
        (["Năm", "Mã", "Tên tổ chức đảng", "Cột lạ"], "organization_ratings", ["unknown_column"]),
        (["Năm", "Mã", "Tên tổ chức đảng"], "organization_ratings", []),
        (["Mã", "Tên tổ chức đảng", ACTIVITY], "organizations", ["missing_column", "unknown_column"]),
        (
            ["Năm", "Mã", "Số lượng", ACTIVITY],
            "reported_totals",
            ["missing_column", "missing_column", "unknown_column"],
        ),
        (["Năm", "Mã đảng viên", ACTIVITY], "member_ratings", ["unknown_column"]),
    ],
)
def test_what_the_seven_kinds_recognize_stays_theirs(year, head, kind, faults):
    found = year(sheet([None] * len(head), head=head)).sheets[0]
    assert (found.kind, [fault.code for fault in found.errors]) == (kind, faults)


def test_an_unknown_heading_beside_counts_is_named(year):
    head = [*HEAD, "Cột lạ"]
    assert year.errors(sheet([2018, "A.X1", None, 1, 1, 1], head=head)) == [(1, "Cột lạ", "unknown_column")]
