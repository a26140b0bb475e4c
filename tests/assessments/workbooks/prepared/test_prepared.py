"""Prepared workbooks going out: what is in them, what is not, and that they read back unchanged."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Role
from assessments.entry.grid.actions import save_rating
from assessments.entry.imports import MEMBERS
from assessments.entry.totals.actions import Total, save_totals
from assessments.rules.models.years import RatingYear
from assessments.workbooks.loading.files import Source
from assessments.workbooks.loading.run import Options
from assessments.workbooks.loading.run import load as load_files
from assessments.workbooks.models import PreparedWorkbook
from assessments.workbooks.prepared.validation import rule_of
from orgs.models import AuditEntry, Form, VillageKind
from resolution03.lib.dates import Precision
from tests import factories
from tests.assessments.handed import HEADER, columns, opened_book, row_of, take
from tests.assessments.office_files import readable, recalculated
from tests.assessments.year import opened


@pytest.fixture
def entry(full, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    entry = opened(full)
    save_rating(
        by=Actor.of(entry.officer),
        line=entry.cells[0],
        version=0,
        changes={"self_rated": "HTTNV", "decided": "HTNV"},
    )
    save_rating(by=Actor.of(entry.officer), line=entry.members[0], version=0, changes={"reason": "Chưa họp"})
    return entry


@pytest.fixture
def full(world):
    """Alpha with every column of every kind filled somewhere, in all precisions."""
    alpha, beta = world.alpha, world.beta
    _set(alpha.commune, type_label="Xã", established_on=date(1990, 5, 1), established_precision="m")
    _set(alpha.cells[0], established_on=date(1991, 1, 1), established_precision="y")
    alpha.cells[0].placements.update(decision="15-QĐ/HU")
    section = factories.organization(
        alpha.commune,
        form=Form.SECTION,
        code="A.X01.BP",
        name="Đảng bộ bộ phận Alpha",
        dissolved_on=date(2018, 6, 1),
        dissolution_decision="-16-QĐ/HU",
        merged_into=alpha.commune,
    )
    _set(
        alpha.village,
        kind=VillageKind.LANG,
        starts_on=date(2000, 2, 1),
        starts_precision="m",
        ends_on=date(2030, 12, 31),
        ends_precision="y",
    )
    other = factories.village(alpha.commune, beta.cells[0], code="T.A.2", name="Thôn ghép Alpha")
    _set(alpha.village, merged_into=other)
    _set(
        alpha.head,
        member=alpha.members[0],
        full_name=alpha.members[0].full_name,
        is_secretary=True,
        ends_on=date(2019, 5, 31),
        ends_precision="m",
    )
    factories.head(
        other, full_name="@Alpha Hai", member=beta.members[0], is_member=True, starts_precision=Precision.YEAR
    )
    _set(
        alpha.members[0],
        born_on=date(1960, 1, 1),
        born_precision="y",
        sex="f",
        is_exempt=False,
        official_on=date(2011, 1, 1),
    )
    _set(
        alpha.members[1],
        born_on=date(1970, 3, 1),
        born_precision="m",
        sex="m",
        is_exempt=True,
        admitted_outside=True,
        arrived_on=date(2012, 4, 5),
    )
    _set(alpha.members[2], left_on=date(2018, 3, 1), left_precision="m", leaving_reason="expelled")
    world.section = section
    return world


def _set(obj, **values):
    for name, value in values.items():
        setattr(obj, name, value)
    obj.save()


def loaded(content, folder, user=None, **options):
    path = folder / "mẫu.xlsx"
    path.write_bytes(content)
    by = Actor.of(user) if user else Actor(name="thử")
    return load_files([Source(path, path.name)], by=by, options=Options(check=True, **options))


def test_untouched_it_changes_nothing_and_makes_no_noise(client, entry, full, tmp_path):
    plan = loaded(take(client, entry.officer, full.alpha.unit), tmp_path, entry.officer, unit="A", hides=True)
    assert [fault for sheet in plan.sheets for fault in (*sheet.errors, *sheet.warnings)] == []
    assert set(plan.counts) == {"unchanged"}
    rows = {sheet.kind: sheet.rows for sheet in plan.sheets}
    assert rows == {
        "organizations": 5,
        "villages": 2,
        "village_heads": 2,
        "members": 3,
        "organization_ratings": 3,
        "member_ratings": 1,
        "reported_totals": 0,
        "yearly_counts": 2,
    }


def test_the_provinces_workbook_reads_back_unchanged_too(client, entry, full, tmp_path):
    plan = loaded(take(client, entry.board, full.province), tmp_path)
    assert not plan.has_errors and set(plan.counts) == {"unchanged"}


def test_reported_totals_read_back_unchanged(client, full, settings, tmp_path):
    officer = factories.user(Role.OFFICER, full.alpha.unit)
    unit = full.alpha.unit
    save_totals(
        by=Actor(name="thử"),
        totals=[
            Total(2016, unit.pk, unit.pk, "A", "grassroots", level, count, 9)
            for level, count in (("TSVMTB", 2), ("TSVM", 0), ("HTNV", 5))
        ],
    )
    content = take(client, officer, unit, "reported-totals", 2016)
    plan = loaded(content, tmp_path)
    assert dict(plan.counts) == {"unchanged": 3}
    assert PreparedWorkbook.objects.get().codes == {
        "reported_totals": [f"2016|A|grassroots|{level}" for level in ("TSVMTB", "TSVM", "HTNV")]
    }


def test_into_what_it_went_is_written_where_the_unit_sees_it(client, entry, full):
    _set(full.section, merged_into=full.beta.commune)
    book = opened_book(take(client, entry.officer, full.alpha.unit))
    sheets = {str(sheet.cell(HEADER, 1).value): sheet for sheet in book if "Nhập vào" in columns(sheet)}
    told = {
        code: sheet.cell(row_of(sheet, code), columns(sheet)["Nhập vào"]).value
        for sheet, code in ((sheets["Mã thôn"], "T.A.1"), (sheets["Mã"], "A.X01.BP"))
    }
    assert told == {"T.A.1": "T.A.2", "A.X01.BP": None}


def test_nothing_of_another_unit_is_in_any_part_of_the_file(client, entry, full):
    content = readable(take(client, entry.officer, full.alpha.unit))
    assert "Alpha" in content
    assert not [word for word in ("Beta", "B.X01", "T.B.1", ">B1<", "Huyện ủy 1") if word in content]


def test_codes_are_locked_text_and_all_else_is_open(client, entry, full):
    book = opened_book(take(client, entry.officer, full.alpha.unit))
    for sheet in book.worksheets:
        assert sheet.protection.sheet and not sheet.protection.password
    sheet = book["Members"] if "Members" in book.sheetnames else book["Đảng viên"]
    at, row = columns(sheet), row_of(sheet, "A1")
    code = sheet.cell(row, at["Mã đảng viên"])
    assert (code.number_format, code.protection.locked) == ("@", True)
    assert not sheet.cell(row, at["Họ và tên"]).protection.locked
    assert not sheet.column_dimensions["A"].protection.locked
    assert sheet.cell(row, at["Ngày sinh"]).value == "1960"
    assert sheet.cell(row, at["Ngày chính thức"]).value.date() == date(2011, 1, 1)


def test_excel_checks_what_is_typed(client, entry, full):
    book = opened_book(take(client, entry.officer, full.alpha.unit))
    rules = {
        (sheet.title, sheet.cell(HEADER, min(rule.sqref.ranges, key=str).min_col).value): rule
        for sheet in book
        for rule in sheet.data_validations.dataValidation
    }
    by_heading = {heading: rule for (_sheet, heading), rule in rules.items()}
    assert by_heading["Mức xếp loại"].type == by_heading["Giới tính"].type == "list"
    assert by_heading["Ngày sinh"].errorStyle == "warning"
    assert by_heading["Số lượng"].type == "whole"
    assert all(len(rule.formula1) <= 255 for rule in rules.values())
    lists = book.worksheets[-1]
    listed = {cell.value for row in lists.iter_rows() for cell in row}
    assert {"HTXSNV", "KHTNV", "Nam", "xoá", "A.X01.1", "T.A.1", "Khai trừ"} <= listed
    assert "TSVM" not in listed


def test_text_that_begins_like_a_formula_is_text(client, entry, full):
    book = opened_book(take(client, entry.officer, full.alpha.unit))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {"-16-QĐ/HU", "@Alpha Hai"} <= {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_what_had_ended_before_the_year_is_left_out(client, entry, full):
    _set(full.alpha.members[1], left_on=date(2018, 1, 1))
    _set(full.section, dissolved_on=date(2017, 12, 1))
    take(client, entry.officer, full.alpha.unit)
    codes = PreparedWorkbook.objects.get().codes
    assert codes["members"] == ["A1", "A3"]
    assert "A.X01.BP" not in codes["organizations"]
    assert sorted(codes["village_heads"]) == ["T.A.1|2015-01-01", "T.A.2|2015"]


def test_taking_one_is_recorded_with_counts_and_the_file_is_not_kept(client, entry, full, tmp_path):
    take(client, entry.officer, full.alpha.unit, "members")
    found = AuditEntry.objects.get(action="prepared.download")
    assert found.after["rows"] == {"members": 3}
    assert (found.unit, found.actor) == (full.alpha.unit, entry.officer)
    assert found.reason and PreparedWorkbook.objects.get().trail_position == found.pk - 1
    assert not list(tmp_path.glob("**/*.xlsx"))


def test_a_closed_year_has_no_workbooks_of_ratings(client, entry, full):
    RatingYear.objects.filter(pk=2018).update(state="closed")
    client.force_login(entry.officer)
    page = client.get(reverse("assessments:prepared_choose", args=[2018, "A"])).content.decode()
    assert "member-ratings" not in page and "/members/" in page
    answer = client.post(reverse("assessments:prepared_take", args=[2018, "A", "member-ratings"]))
    assert answer.status_code == 404


def test_without_stored_names_no_name_goes_out(client, entry, full, settings):
    settings.STORE_NAMES = False
    content = readable(take(client, entry.officer, full.alpha.unit))
    assert "A Alpha Trưởng" not in content and "Y Alpha" not in content and ">A1<" not in content
    assert set(PreparedWorkbook.objects.get().codes) == {
        "organizations",
        "villages",
        "village_heads",
        "organization_ratings",
        "reported_totals",
        "yearly_counts",
    }


@pytest.mark.parametrize(
    "address",
    [
        ("prepared_choose", [2018, "A.X01"]),
        ("prepared_choose", [1990, "A"]),
        ("prepared_choose", [2018, "?"]),
    ],
)
def test_only_units_and_possible_years_have_workbooks(client, entry, address):
    client.force_login(entry.officer)
    name, args = address
    assert client.get(reverse(f"assessments:{name}", args=args)).status_code == 404


def test_the_board_chooses_a_unit(client, entry, full):
    client.force_login(entry.board)
    answer = client.get(reverse("assessments:prepared"), {"unit": "A", "year": "2018"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("assessments:prepared_choose", args=[2018, "A"])
    assert "Huyện ủy Beta" in answer.content.decode()


def test_queries_do_not_grow_with_rows(client, entry, full):
    url = reverse("assessments:prepared_take", args=[2018, "A", "all"])
    client.force_login(entry.officer)
    client.post(url)
    with CaptureQueriesContext(connection) as few:
        client.post(url)
    for number in range(20):
        member = factories.member(full.alpha.cells[1], code=f"N{number}")
        factories.head(factories.village(full.alpha.commune, full.alpha.cells[0]), member=member)
    with CaptureQueriesContext(connection) as many:
        client.post(url)
    assert len(many) == len(few)


@pytest.mark.once
def test_the_check_of_dates_knows_dates_from_others(tmp_path):
    written = {
        "31/12/2018": True,
        "1-5-2009": True,
        "1.5.2009": True,
        "5/2009": True,
        "12/2009": True,
        "2009": True,
        "xoá": True,
        "Xóa": True,
        2009: True,
        43465: True,
        "31/13/2018": False,
        "45/1/2018": False,
        "13/2018": False,
        "1/1/1890": False,
        "3018": False,
        "hôm qua": False,
        "khoảng 2009": False,
        "x": False,
        99999: False,
    }
    book = openpyxl.Workbook()
    for number, value in enumerate(written, start=1):
        rule = rule_of(
            MEMBERS.by_key["born_on"],
            None,
            source="",
            cell=(number - 1, 0),
            last=99,
            is_key=False,
            year=2018,
            most=9,
        )
        book.active.append([value, f"=IFERROR({rule['value'][1:]},FALSE)"])
    stream = BytesIO()
    book.save(stream)
    found = recalculated(stream.getvalue(), tmp_path)
    assert {value: bool(found["Sheet", f"B{at}"]) for at, value in enumerate(written, 1)} == written


def test_without_stored_names_untouched_heads_keep_their_names(client, entry, full, settings, tmp_path):
    settings.STORE_NAMES = False
    plan = loaded(take(client, entry.officer, full.alpha.unit, "village-heads"), tmp_path)
    assert dict(plan.counts) == {"unchanged": 2}
