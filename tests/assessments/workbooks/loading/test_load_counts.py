"""Workbooks of yearly counts, and that they take no sheet from the seven other kinds."""

import json

import openpyxl
import pytest
from django.core.management import call_command

from accounts.actors import Actor
from accounts.models import Role
from assessments.entry.imports import PERIOD
from assessments.review.years.actions import close_year, open_year
from assessments.roster.models.counts import ActivityCount
from assessments.rules.models.counts import Activity, CountLevel
from assessments.rules.models.years import Submission, SubmissionState
from orgs.models import AuditEntry, Organization
from resolution03.lib.commands import Refused
from resolution03.lib.workbooks.cell_types import BadCell
from tests import factories
from tests.workbooks import book

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
        ([2018, "A.X1.1", None, 4, 0], (CELLS, "inconsistent")),
        ([2018, "A", None, None, 0], (CELLS, "inconsistent")),
        ([2018, "KT", None, 4, 0], ("Mã", "not_in_roster")),
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
        ("Chi bộ có chi ủy", "inconsistent"),
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


PERIODS = ["Năm", "Kỳ", "Mã", "Cuộc sinh hoạt chuyên đề", "Chi bộ có chi ủy"]


def of_periods() -> dict:
    rows = ActivityCount.objects.values_list("period", "organization__code", "activity__code", "count")
    return {tuple(row[:3]): row[3] for row in rows}


def faults(plan) -> list:
    return [(fault.row, fault.column, fault.code) for fault in plan.sheets[0].errors]


def test_a_half_year_stands_beside_its_year(year):
    book = sheet([2018, "6 tháng", "A.X1", 2, None], [2018, None, "A.X1", 4, 0], head=PERIODS)
    assert year.counts(book) == {"created": 2}
    assert of_periods() == {
        ("half", "A.X1", "thematic_meetings"): 2,
        ("year", "A.X1", "thematic_meetings"): 4,
        ("year", "A.X1", "cells_with_committee"): 0,
    }
    assert year.counts(book) == {"unchanged": 2}
    cleared = sheet([2018, "6 tháng", "A.X1", "xoá", None], head=PERIODS)
    assert year.counts(cleared) == {"updated": 1} and len(of_periods()) == 2


@pytest.mark.parametrize(
    ("written", "period"), [("6 THÁNG đầu năm", "half"), ("6T", "half"), ("Cả năm", "year"), ("năm", "year")]
)
def test_a_period_is_written_as_offices_write_it(written, period):
    assert PERIOD.read(written) == period


@pytest.mark.parametrize("written", ["Quý I", "xoá", 6])
def test_a_period_that_is_none_is_bad(written):
    with pytest.raises(BadCell, match="6 tháng; Năm"):
        PERIOD.read(written)


def test_a_period_that_is_none_is_refused_at_its_cell_and_those_that_are_named(year):
    rows = [[2018, "Quý I", "A.X1", 2, None], [2018, "Năm", "A.X1", 2, None]]
    (fault,) = year(sheet(*rows, head=PERIODS)).sheets[0].errors
    assert (fault.row, fault.column, fault.value, fault.code) == (2, "Kỳ", "Quý I", "bad_choice")
    assert "6 tháng; Năm" in fault.message and not of_periods()


def test_a_period_given_twice_for_an_organization_is_a_duplicate(year):
    rows = [
        [2018, "6 tháng", "A.X1", 2, None], [2018, "6T", "A.X1", 2, None],
        [2018, None, "B.X1", 2, None], [2018, "Năm", "B.X1", 2, None],
    ]  # fmt: skip
    assert year.errors(sheet(*rows, head=PERIODS)) == [(3, "Mã", "duplicate"), (5, "Mã", "duplicate")]


def test_what_is_counted_once_a_year_has_no_half_year(year):
    plan = year(sheet([2018, "6 tháng", "A.X1", None, 1], head=PERIODS))
    assert faults(plan) == [(2, "Chi bộ có chi ủy", "inconsistent")]
    assert "“Năm”" in plan.sheets[0].errors[0].message and not of_periods()


def test_an_item_of_one_level_is_given_by_organizations_of_that_level(year):
    Activity.objects.filter(code="thematic_meetings").update(level=CountLevel.CELL)
    Activity.objects.filter(code="cells_with_committee").update(level=CountLevel.UNIT)
    rows = [[2018, "A.X1.1", None, 4, None], [2018, "A", None, None, 3]]
    assert year.counts(sheet(*rows)) == {"created": 2}
    assert of_periods() == {
        ("year", "A.X1.1", "thematic_meetings"): 4,
        ("year", "A", "cells_with_committee"): 3,
    }
    assert year.counts(sheet(*rows)) == {"unchanged": 2}
    assert counts() == {
        (2018, "A.X1", "thematic_meetings"): 4,
        (2018, None, "cells_with_committee"): 3,
    }


def test_a_count_at_another_level_is_refused_at_its_column(year):
    Activity.objects.filter(code="thematic_meetings").update(level=CountLevel.CELL)
    Activity.objects.filter(code="cells_with_committee").update(level=CountLevel.UNIT)
    rows = [("A.X1", 4, None), ("A", 4, None), ("A.X1.1", None, 3), ("B.X1", None, 3)]
    plan = year(sheet(*([2018, code, None, *given] for code, *given in rows)))
    cells = "Chi bộ có chi ủy"
    found = [(2, MEETINGS), (3, MEETINGS), (4, cells), (5, cells)]
    assert faults(plan) == [(row, column, "inconsistent") for row, column in found] and not of_periods()
    levels = [CountLevel.CELL, CountLevel.CELL, CountLevel.UNIT, CountLevel.UNIT]
    assert all(
        str(level.label) in fault.message for level, fault in zip(levels, plan.sheets[0].errors, strict=True)
    )


TASKS = ["Năm", "Mã", "Vướng mắc nêu qua dự sinh hoạt chi bộ", "Vướng mắc đã giải quyết"]
SOLVED = "Vướng mắc nêu qua dự sinh hoạt chi bộ đã giải quyết"


def test_a_part_above_its_whole_is_refused_with_what_was_found_and_the_bound(year):
    plan = year(sheet([2018, "A.X1", 1_000, 1_001], head=TASKS))
    assert faults(plan) == [(2, SOLVED, "inconsistent")]
    assert "1.001" in plan.sheets[0].errors[0].message and "1.000" in plan.sheets[0].errors[0].message
    assert plan.sheets[0].errors[0].value == "1001" and not of_periods()
    assert year.counts(sheet([2018, "A.X1", 1_000, 1_000], head=TASKS)) == {"created": 1}


def test_a_whole_that_falls_below_its_part_is_refused_where_it_stands(year):
    year(sheet([2018, "A.X1", 10, 8], head=TASKS))
    whole = TASKS[2]
    assert faults(year(sheet([2018, "A.X1", 7], head=TASKS[:3]))) == [(2, whole, "inconsistent")]
    assert year.counts(sheet([2018, "A.X1", 8], head=TASKS[:3])) == {"updated": 1}


def test_what_is_above_a_plan_is_stored_and_told(year):
    head = ["Năm", "Kỳ", "Mã", "Kiểm tra, giám sát: kế hoạch", "Kiểm tra, giám sát: đã làm"]
    plan = year(sheet([2018, "6 tháng", "A.X1", 5, 6], [2018, "Năm", "B.X1", 5, 5], head=head))
    done = Activity.objects.get(code="checks_done").name
    assert [(w.row, w.column, w.code) for w in plan.sheets[0].warnings] == [(2, done, "inconsistent")]
    assert of_periods()["half", "A.X1", "checks_done"] == 6


def test_what_contradicts_elsewhere_is_not_told_again(year):
    head = ["Năm", "Mã", "Kiểm tra, giám sát: kế hoạch", "Kiểm tra, giám sát: đã làm"]
    year(sheet([2018, "A.X1", 5, 6], head=head))
    assert year(sheet([2018, "A.X1", None, 4, 0])).sheets[0].warnings == []


def test_an_item_that_is_switched_off_is_refused_in_every_period(year):
    Activity.objects.filter(code="thematic_meetings").update(is_off=True)
    rows = [[2018, "6 tháng", "A.X1", 2, None], [2018, "Năm", "B.X1", 2, None]]
    assert year.errors(sheet(*rows, head=PERIODS)) == [
        (2, MEETINGS, "wrong_year"),
        (3, MEETINGS, "wrong_year"),
    ]


def test_the_command_tells_and_marks_each_fault_at_its_cell(year, tmp_path, capsys):
    rows = [
        [2018, "Quý I", "A.X1", 2, None], [2018, "6 tháng", "B.X1", None, 1], [2018, None, "A.X1.1", None, 3],
    ]  # fmt: skip
    path, out = book(tmp_path / "a.xlsx", sheet(*rows, head=PERIODS)), tmp_path / "out.xlsx"
    with pytest.raises(Refused):
        call_command("load", str(path), "--check", "--json", "--annotate", str(out))
    told = json.loads(capsys.readouterr().out)
    assert told["applied"] is False and set(told["sheets"][0]) == {
        "file", "sheet", "kind", "header_row", "rows", "created", "updated", "unchanged", "skipped", "errors",
        "warnings",
    }  # fmt: skip
    codes = [(one["row"], one["column"], one["code"]) for one in told["sheets"][0]["errors"]]
    cells = "Chi bộ có chi ủy"
    assert codes == [(2, "Kỳ", "bad_choice"), (3, cells, "inconsistent"), (4, cells, "inconsistent")]
    marked = openpyxl.load_workbook(out)["Số liệu"]
    assert {cell.coordinate for row in marked for cell in row if cell.comment} == {"B2", "E3", "E4"}
