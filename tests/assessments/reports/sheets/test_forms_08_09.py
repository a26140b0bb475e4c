"""Forms 08 and 09: counts of parts II and III with wholes and shares, inspection, discipline."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO

import openpyxl
import pytest
from xlsxwriter.utility import xl_cell_to_rowcol

from assessments.reports import declared
from assessments.reports.building.columns import PARTLY
from assessments.reports.sheets.counted_parts import ROOM, Part, lettered, room
from assessments.roster.models.counts import ActivityCount
from assessments.roster.models.discipline import Discipline
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.count_forms import FORMS, form_of, is_in_form
from assessments.rules.count_rule import CountRule
from assessments.rules.counts_of_year import counts_of
from assessments.rules.models.counts import Activity, CountLevel
from assessments.rules.models.years import RatingYear, Submission
from resolution03.lib.forms_xlsx import BODY
from tests import factories
from tests.assessments.office_files import (
    column,
    formulas,
    readable,
    recalculated,
    values,
    without_cached_values,
)
from tests.assessments.years import opened

HEAD, UNDER = 8, 9


def built(slug, code=None, year=2022) -> bytes:
    found = RatingYear.objects.get(pk=year)
    held = code and Submission.objects.select_related("unit").get(year=year, code=code)
    scope = held.unit if held else found.province
    return declared.BY_SLUG[slug].build(declared.matter_of(found, scope, held or None))


def give(organization, **counts):
    """Counts of 2022, by code."""
    line = OrganizationLine.objects.get(year=2022, organization=organization)
    ActivityCount.objects.bulk_create(
        ActivityCount(
            year_id=2022,
            organization=organization,
            grassroots_id=line.grassroots_id,
            unit_id=line.unit_id,
            activity=Activity.objects.get(code=code),
            count=count,
        )
        for code, count in counts.items()
    )


@pytest.fixture
def counted(world, actor):
    """2022 open: of three grassroots organizations of alpha two gave, beta's gave 0; one of alpha's gave a
    part without its whole."""
    second = factories.organization(world.alpha.unit, code="A.X02", name="Đảng bộ xã Alpha hai")
    factories.cell(second, code="A.X02.1")
    factories.organization(world.alpha.unit, code="A.X03", name="Đảng bộ xã Alpha ba")
    opened(2022, actor)
    give(world.alpha.commune, issues_raised=7, issues_solved=5, record_books=1, checks_planned=4)
    give(second, issues_raised=2, record_books=1, checks_planned=3, checks_done=4)
    give(world.beta.commune, issues_raised=0, issues_solved=0, record_books=2)
    return world


def cells(content, heading, own, row) -> openpyxl.cell.Cell:
    """The cell of a row under a heading, or under a heading over others and one of those below it."""
    for sheet in openpyxl.load_workbook(BytesIO(content), data_only=True):
        over = ""
        for top, below in zip(sheet[HEAD], sheet[UNDER], strict=True):
            over = top.value or over
            if over == heading and own in (below.value, ""):
                found = [line for line in sheet.iter_rows(BODY + 1) if row in (line[1].value, line[0].value)]
                return found[0][top.column - 1]
    raise LookupError(heading, own)


SOLVED = "Vướng mắc đã giải quyết"


def test_a_form_has_a_row_a_unit_with_sums_shares_and_how_many_gave(counted):
    content = built("tasks")
    raised = {
        name: cells(content, "Vướng mắc đã nêu", "", name)
        for name in ("Huyện ủy Alpha", "Huyện ủy Beta", "Huyện ủy 1", "Tổng cộng")
    }
    assert [cell.value for cell in raised.values()] == [9, 0, None, 9]
    marked = [cell.number_format == PARTLY for cell in raised.values()]
    assert marked == [True, False, False, True]
    shares = [
        cells(content, SOLVED, "%", name).value for name in ("Huyện ủy Alpha", "Huyện ủy Beta", "Tổng cộng")
    ]
    assert shares == [pytest.approx(71.43), None, pytest.approx(71.43)], "5 of 7: who gave both"
    text = readable(content)
    at = xl_cell_to_rowcol(raised["Tổng cộng"].coordinate)[1] + 1
    assert f"cột {at}: 3/4 tổ chức cơ sở đảng" in text
    assert "Tỷ lệ, bình quân cộng tử số và mẫu số của những nơi có cả hai" in text


def test_a_units_own_form_has_its_grassroots_organizations(counted):
    content = built("tasks", "A")
    rows = ("Đảng bộ xã Alpha", "Đảng bộ xã Alpha hai", "Đảng bộ xã Alpha ba", "Tổng cộng")
    assert [cells(content, "Vướng mắc đã nêu", "", row).value for row in rows] == [7, 2, None, 9]
    assert [cells(content, SOLVED, "Có", row).value for row in rows] == [5, None, None, 5]
    text = readable(content)
    assert "Beta" not in text and "Huyện ủy 1<" not in text
    assert set(column(content, "Kiểm tra", "Kết quả")) == {"khớp"}


def test_the_whole_of_a_share_is_of_those_who_gave_it(counted):
    content = built("tasks")
    row = [
        cells(content, "Chi bộ đủ hồ sơ, sổ sách", own, "Huyện ủy Alpha").value
        for own in ("Có", "Trên tổng", "%")
    ]
    assert row == [2, 3, pytest.approx(66.67)], "the third organization gave nothing: its cells are no whole"


def test_everything_is_as_counted_by_hand(counted):
    """Each number and share of the province, from the stored rows and the sizes of the list alone."""
    content = built("tasks")
    given = defaultdict(dict)
    for code, place, count in ActivityCount.objects.values_list(
        "activity__code", "organization__code", "count"
    ):
        given[code][place] = count
    rules = [
        rule for rule in counts_of(RatingYear.objects.get(pk=2022)) if rule.denominator and not rule.less
    ]
    told = [rule for rule in rules if is_in_form(rule, "08") and rule.code in given]
    assert told
    for rule in told:
        both = given[rule.code].keys() & given[rule.denominator].keys()
        part, whole = (sum(given[code][place] for place in both) for code in (rule.code, rule.denominator))
        total = cells(content, rule.short_name, "Có", "Tổng cộng").value
        assert total == sum(given[rule.code].values())
        exact = (Decimal(part) * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP) if whole else None
        assert cells(content, rule.short_name, "%", "Tổng cộng").value == pytest.approx(float(exact))


def test_a_count_of_cells_adds_up_in_its_row_and_says_who_gave(counted):
    Activity.objects.filter(code="issues_raised").update(level=CountLevel.CELL)
    give(counted.alpha.cells[0], issues_raised=3)
    content = built("tasks", "A")
    row = cells(content, "Vướng mắc đã nêu", "", "Đảng bộ xã Alpha")
    assert (row.value, row.number_format) == (3, PARTLY)
    assert "1/3 chi bộ" in readable(content)
    assert cells(built("tasks"), "Vướng mắc đã nêu", "", "Huyện ủy Alpha").value == 3


def test_a_count_of_units_has_a_row_of_the_unit_itself(counted):
    Activity.objects.filter(code="issues_raised").update(level=CountLevel.UNIT)
    unit = counted.alpha.unit
    activity = Activity.objects.get(code="issues_raised")
    ActivityCount.objects.create(year_id=2022, organization=unit, unit=unit, activity=activity, count=6)
    own = built("tasks", "A")
    assert cells(own, "Vướng mắc đã nêu", "", "Huyện ủy Alpha").value == 6
    assert cells(own, "Vướng mắc đã nêu", "", "Tổng cộng").value == 6
    assert cells(built("tasks"), "Vướng mắc đã nêu", "", "Huyện ủy Alpha").value == 6


def test_what_was_planned_stands_beside_what_was_done(counted):
    content = built("inspection")
    names = ("Huyện ủy Alpha", "Huyện ủy Beta", "Tổng cộng")
    shown = {
        own: [cells(content, "Kiểm tra, giám sát", own, name).value for name in names]
        for own in ("Kế hoạch", "Đã làm", "%")
    }
    assert shown["Kế hoạch"] == [7, None, 7] and shown["Đã làm"] == [4, None, 4]
    assert shown["%"] == [pytest.approx(133.33), None, pytest.approx(133.33)], "4 of 3: who gave both"


def test_discipline_stands_by_form_and_blank_is_not_zero(counted):
    lines = OrganizationLine.objects.filter(year=2022)
    commune, cell = (lines.get(code=code) for code in ("A.X01", "A.X01.1"))
    rows = [
        (commune, "organization", "reprimand", 1),
        (cell, "member", "warning", 2),
        (cell, "member", "removal", 0),
    ]
    Discipline.objects.bulk_create(
        Discipline(line=line, of=of, form=form, count=n) for line, of, form, n in rows
    )
    content = built("inspection")
    alpha = {
        (over, own): cells(content, over, own, "Huyện ủy Alpha").value
        for over, own in (
            ("Kỷ luật tổ chức đảng", "Cộng"),
            ("Kỷ luật tổ chức đảng", "Khiển trách"),
            ("Kỷ luật tổ chức đảng", "Giải tán"),
            ("Kỷ luật đảng viên", "Cộng"),
            ("Kỷ luật đảng viên", "Cảnh cáo"),
            ("Kỷ luật đảng viên", "Cách chức"),
            ("Kỷ luật đảng viên", "Khai trừ"),
        )
    }
    assert list(alpha.values()) == [1, 1, None, 2, 2, 0, None]
    assert cells(content, "Kỷ luật đảng viên", "Cộng", "Huyện ủy Beta").value is None
    own = built("inspection", "A")
    assert cells(own, "Kỷ luật đảng viên", "Cộng", "Đảng bộ xã Alpha").value == 2
    assert cells(own, "Kỷ luật đảng viên", "Cộng", "Đảng bộ xã Alpha hai").value is None
    assert set(column(content, "Kiểm tra", "Kết quả")) == {"khớp"}


def test_sheets_are_as_wide_as_paper_and_every_count_stands_once(counted):
    rules = counts_of(RatingYear.objects.get(pk=2022))
    for slug, form in (("tasks", "08"), ("inspection", "09")):
        book = openpyxl.load_workbook(BytesIO(built(slug)))
        sheets = [sheet for sheet in book if sheet.title.startswith(form)]
        assert len(sheets) > 2 and [sheet.title[:3] for sheet in sheets] == lettered(form, len(sheets))
        for sheet in sheets:
            wide = sum(
                (one.max - one.min + 1) * (7 * (one.width - 0.71) + 5)
                for one in sheet.column_dimensions.values()
            )
            assert ROOM / 2 < wide <= ROOM + 1, sheet.title
            assert f"Biểu số {sheet.title[:3]}/NQ03" in [cell.value for row in sheet["A1:Z4"] for cell in row]
        told = [
            str(cell.value) for sheet in sheets for row in (HEAD, UNDER) for cell in sheet[row] if cell.value
        ]
        for rule in rules:
            if is_in_form(rule, form):
                group, _colon, own = rule.short_name.rpartition(": ")
                assert (group or rule.short_name) in told, rule.code
                assert not group or own[:1].upper() + own[1:] in told, rule.code


def test_a_form_that_the_board_named_holds():
    assert (
        form_of(CountRule("checks_done", "", "")) == "09" and form_of(CountRule("households", "", "")) == "08"
    )
    assert form_of(CountRule("checks_done", "", "", form="08")) == "08"
    beside = CountRule("cells_with_committee", "", "", clause="II.5", form="04")
    assert [form for form in FORMS if is_in_form(beside, form)] == ["04", "08"]
    assert [form for form in FORMS if is_in_form(CountRule("x", "", "", clause="I.2", form="05"), form)] == [
        "05"
    ]


def test_columns_are_laid_over_sheets_without_making_them_smaller():
    rule = CountRule("households", "Hộ", "Hộ")
    assert room(rule) - room() == 7 * 8.5 + 5
    assert [lettered("08", sheets) for sheets in (1, 3)] == [["08"], ["08a", "08b", "08c"]]
    assert Part(None, "08a", [rule], "").name == "08a Số đếm"


def test_blank_forms_have_all_sheets_without_a_number(counted):
    book = openpyxl.load_workbook(BytesIO(built("blank")))
    names = [name for name in book.sheetnames if name[:2] in ("08", "09")]
    whole = [
        sheet.title
        for slug in ("tasks", "inspection")
        for sheet in openpyxl.load_workbook(BytesIO(built(slug)))
        if sheet.title != "Kiểm tra"
    ]
    assert names == whole
    for name in names:
        body = [cell.value for row in book[name].iter_rows(BODY + 1, BODY + 16, min_col=2) for cell in row]
        assert body and not any(body)


def test_the_whole_report_holds_both_forms(counted):
    for code in (None, "A"):
        names = openpyxl.load_workbook(BytesIO(built("steering-committee", code))).sheetnames
        assert {name[:3] for name in names} >= {"08a", "08b", "09a", "09b"}


def test_a_year_in_which_nothing_is_counted_says_so(counted):
    Activity.objects.update(is_off=True)
    assert "không có chỉ tiêu đếm" in readable(built("tasks"))
    assert set(column(built("inspection"), "Kiểm tra", "Kết quả")) == {"khớp"}


@pytest.mark.long
@pytest.mark.once
@pytest.mark.parametrize("slug", ["tasks", "inspection"])
def test_every_cell_computes_to_what_it_keeps(counted, slug, tmp_path):
    for code in (None, "A"):
        content = built(slug, code)
        kept, computed = values(content), recalculated(without_cached_values(content), tmp_path)
        written = formulas(content)
        assert len(written) > 30
        assert {cell: computed.get(cell) for cell in written} == {cell: kept.get(cell) for cell in written}
