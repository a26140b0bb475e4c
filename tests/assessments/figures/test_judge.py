"""One judge: page, workbook, Word drafts and command say the same of every figure."""

import ast
import json
import re
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from docx import Document

from accounts.models import Role
from assessments.entry.totals.years import ensure_reported_year
from assessments.figures.board import board, figures
from assessments.figures.document import answer
from assessments.figures.figure import Figure
from assessments.figures.flags import flags_of
from assessments.figures.indicators import CURRENT
from assessments.figures.judge import Aim
from assessments.figures.past import Cause, Past
from assessments.management.commands.indicators import place
from assessments.reports import declared
from assessments.reports.documents import rendering
from assessments.reports.documents.drafts import DOCUMENTS
from assessments.review.years.actions import close_year, open_year, reopen_year
from assessments.roster.models.tallies import Tally
from assessments.rules.models.schemes import Scheme
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.years import all_years
from tests import factories, short
from tests.assessments import docx
from tests.assessments.docx import text
from tests.assessments.office_files import values
from tests.assessments.rated import ACTOR
from tests.assessments.years import line_of, rate

LEVELS = {
    2017: ("TSVM", "HTNV", "HTTNV"), 2018: ("HTTNV", "HTNV", "HTTNV"), 2024: ("HTXSNV", "HTTNV", "HTNV"),
    2025: ("HTTNV", "KHTNV", "HTXSNV"),
}  # fmt: skip
BROKEN = {"grassroots_strong", "grassroots_exemplary", "affiliated_strong", "members_well"}
LACKED = {"affiliated_strong", "members_well"}
"""What the years are closed without, in the province and in alpha."""
ADDRESSES = {True: "assessments:province", False: "assessments:unit"}


@pytest.fixture
def worked(world):
    """Years on both sides of both breaks; 2025 open; alpha has a member as head, beta has none."""
    village = factories.village(world.alpha.commune, world.alpha.cells[1])
    factories.head(village, member=world.alpha.members[0])
    factories.village(world.beta.commune)
    factories.member(world.alpha.cells[0], admitted_on="2016-05-19")
    for year, (better, worse, level) in LEVELS.items():
        found = open_year(year, by=ACTOR)
        rate(found, world.alpha.commune, better)
        rate(found, world.beta.commune, worse)
        rate(found, world.alpha.cells[0], better)
        for member in world.alpha.members[:2]:
            rate(found, member, level)
        if year != 2025:
            close_year(year, by=ACTOR, reason="thử")
    return world


@pytest.fixture
def quick_drafts(monkeypatch):
    """Drafts filled in this process; test_word_drafts.py has them filled in their own."""
    monkeypatch.setattr(
        rendering,
        "_child",
        lambda path, asked: docx.child().answered(str(path), json.loads(json.dumps(asked))),
    )


def places(world, year: int):
    """The province, a unit with villages, a unit without anything."""
    held = Submission.objects.select_related("unit", "year__province", "year__scheme")
    return [None, *(held.get(year=year, code=code) for code in ("A", "U1"))]


def matter_of(year: RatingYear, unit) -> declared.Matter:
    return declared.matter_of(year, unit.unit if unit else year.province, unit)


@translation.override("vi")
def told_by_figure(figure: Figure) -> tuple:
    """Numbers and verdict as the judge has them."""
    verdict = "" if figure.standing == "none" else figure.standing.words
    return figure.numerator, figure.denominator, figure.percent, verdict


def rows_of(content: bytes) -> list[tuple]:
    """The rows of the form of targets, of which no other sheet is read."""
    page = openpyxl.load_workbook(BytesIO(content), data_only=True, read_only=True)["Mục tiêu"]
    return [row for row in page.iter_rows(11, 60) if str(row[0].value).isdecimal()]


def told_by_workbook(rows: list[tuple]) -> list[tuple]:
    return [
        (row[4].value, row[5].value, _decimal(row[6].value), str(row[9].value or "").lower()[2:])
        for row in rows
    ]


def before_in_workbook(rows: list[tuple]) -> list[tuple[bool, bool]]:
    """Of each figure: whether the year before is told, and whether it is marked as not compared."""
    found = []
    for row in rows:
        is_told = row[11].value is not None
        in_words = "không so sánh" in (row[14].value or "")
        marks = {"≠" in cell.number_format for cell in row[11:14]}
        assert marks == {in_words}, row[1].value
        found.append((is_told, in_words))
    return found


def _decimal(value) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value)).quantize(Decimal("0.01"))


def told_by_draft(content: bytes) -> list[tuple]:
    """Numbers, verdict, and the year before as the table of targets prints them."""
    table = next(t for t in Document(BytesIO(content)).tables if t.rows[0].cells[1].text == "Mục tiêu")
    return [
        (_whole(cells[3]), _whole(cells[4]), _share(cells[5]) if cells[4] else None, cells[7], cells[6])
        for cells in ([cell.text for cell in row.cells] for row in table.rows[1:])
    ]


def _whole(shown: str) -> int | None:
    return int(shown.replace(".", "")) if shown else None


def _share(shown: str) -> Decimal | None:
    return None if shown == "–" else Decimal(shown.replace(".", "").replace(",", ".").rstrip("%"))


@pytest.mark.once
def test_page_workbook_draft_and_command_tell_every_figure_alike(worked, client_as, quick_drafts):
    client = client_as(Role.BOARD, worked.province)
    for year in short.some([*LEVELS]):
        found = RatingYear.objects.get(pk=year)
        for unit in places(worked, year):
            at = f"{year} {unit.code if unit else 'KT'}"
            judged = figures(found, unit and unit.unit)
            wanted = [told_by_figure(figure) for figure in judged]
            book = rows_of(declared.BY_SLUG["targets"].build(matter_of(found, unit)))
            assert told_by_workbook(book) == wanted, at
            _drafts_tell(found, unit, judged, book, at)
            _page_tells(client, year, unit, judged, at)
            _command_tells(found, unit, judged, at)


def _drafts_tell(year, unit, judged, book, at):
    told_before = before_in_workbook(book)
    for kind in DOCUMENTS:
        content = DOCUMENTS[kind].build(matter_of(year, unit))
        for figure, row, (is_told, is_apart) in zip(judged, told_by_draft(content), told_before, strict=True):
            *numbers, verdict, before = row
            here = f"{at} {kind} {figure.code}"
            assert tuple(numbers) == told_by_figure(figure)[:3], here
            empty = "" if figure.target is None else "không tính"
            assert verdict == (told_by_figure(figure)[3] or empty), here
            assert (before != "……", before.endswith("≠")) == (is_told, is_apart), here
        shown = text(content)
        assert not re.search(r"mục tiêu[^:;.]*: *[.,;]|: *\.(\s|$)", shown), at
        assert ("SỐ TẠM TÍNH" in shown) == (year.pk == 2025), (at, kind)
        for figure in judged[:6]:
            if figure.target is not None and (figure.denominator or figure.code == "admissions_term"):
                clause = f"mục tiêu {_goal(figure)}: {told_by_figure(figure)[3]}"
                assert clause in shown, (at, kind, figure.code)
        if kind == "final":
            _tables_tell(year, unit, content, at)
        strong = judged[0]
        if strong.percent is not None and is_told:
            apart = f"không so sánh với năm {year.pk - 1}: " in shown
            assert apart == told_before[0][1] and ("điểm phần trăm" in shown) is False, (at, kind)


@translation.override("vi")
def _goal(figure: Figure) -> str:
    return figure.aim.goal("" if figure.denominator is None else "%")


SHARES = (0, 1, 2, 3, 4)


def _tables_tell(year, unit, content, at):
    """The tables of years and of units against the figures of each."""
    tables = {table.rows[0].cells[0].text: table for table in Document(BytesIO(content)).tables[1:]}
    stood = Past(all_years(), unit and unit.unit_id)
    for row in tables["Năm"].rows[1:]:
        cells = [cell.text for cell in row.cells]
        if stood.stands(int(cells[0])):
            judged = figures(RatingYear.objects.get(pk=cells[0]), unit and unit.unit)
            shown = [_share(text.removesuffix(" ≠")) for text in cells[1:6]]
            assert shown == [judged[place].percent for place in SHARES], (at, cells[0])
    by_unit = next(t for t in Document(BytesIO(content)).tables if t.rows[0].cells[1].text == "Đơn vị")
    units = [unit] if unit else Submission.objects.filter(year=year)
    for row, held in zip(by_unit.rows[1:], units, strict=True):
        judged = figures(year, held.unit)
        shown = [_share(cell.text) for cell in row.cells[2:6]]
        assert shown == [judged[place].percent for place in SHARES[:4]], (at, held.code)


def _page_tells(client, year, unit, judged, at):
    page = client.get(reverse(ADDRESSES[unit is None], args=[year, *([unit.code] if unit else [])]))
    current = board([RatingYear.objects.get(pk=year)]).figure(CURRENT.code, year, unit and unit.unit_id)
    by_code = {figure.code: figure for figure in [*judged, current]}
    for row in page.context["rows"]:
        figure = by_code[row.figure.code]
        unjudged = ("Không tính", "Không đặt mục tiêu")
        shown = "" if row.verdict.startswith(unjudged) else row.verdict.lower()
        told = (row.figure.numerator, row.figure.denominator, row.figure.percent, shown)
        assert told == told_by_figure(figure), (at, figure.code)
    assert ("Số tạm tính" in page.content.decode()) == (year == 2025), at
    cuts = {cut.year for cut in page.context["cuts"]}
    assert cuts == {2018, 2025}, at


def _command_tells(year, unit, judged, at):
    unit_id, named = place(year, unit.code if unit else None)
    told = answer(year, unit_id, named, judged)["indicators"]
    for figure, row in zip(judged, told, strict=True):
        assert (row["numerator"], row["denominator"]) == (figure.numerator, figure.denominator), at
        assert row["met"] == figure.met, at
        is_heads = figure.code == "village_heads_members"
        assert (row["due"] is not None) == (is_heads and figure.target is not None), at
        expected = ["provisional"] if year.pk == 2025 else []
        if figure.code in BROKEN and year.pk in (2018, 2025):
            expected.append("scheme_break")
        if year.pk != 2025 and figure.code in LACKED and (unit is None or unit.code == "A"):
            expected.append("partial")
        assert row["flags"] == expected, (at, figure.code)


@pytest.mark.once
def test_the_years_side_by_side_say_the_same_and_which_are_provisional(worked):
    found = RatingYear.objects.get(pk=2018)
    book = declared.BY_SLUG["years"].build(matter_of(found, None))
    page = openpyxl.load_workbook(BytesIO(book), data_only=True)["Các năm"]
    headings = [cell.value for cell in page[9]][3:]
    closed = [f"{year} còn đơn vị chưa đủ" for year in (2017, 2018, 2024)]
    assert headings == [*closed, "2025 tạm tính"]
    verdicts = [row for row in page.iter_rows(11, 70, values_only=True) if row[2] == "Đánh giá"]
    for column, year in enumerate(LEVELS, start=3):
        judged = [told_by_figure(figure)[3] for figure in figures(RatingYear.objects.get(pk=year))]
        assert [str(row[column] or "").lower()[2:] for row in verdicts] == judged, year


@pytest.mark.once
def test_the_flat_table_says_how_final_each_year_is(worked):
    book = declared.BY_SLUG["flat"].build(matter_of(RatingYear.objects.get(pk=2018), None))
    rows = list(openpyxl.load_workbook(BytesIO(book)).active.iter_rows(min_row=2, values_only=True))
    assert {(row[0], row[-1]) for row in rows} == {
        (2017, "Đã khóa, đơn vị chưa đủ"),
        (2018, "Đã khóa, đơn vị chưa đủ"),
        (2024, "Đã khóa, đơn vị chưa đủ"),
        (2025, "Tạm tính"),
    }


@pytest.mark.once
def test_a_draft_says_why_years_are_not_compared_and_compares_those_that_are(worked):
    closed, open_now = (RatingYear.objects.get(pk=year) for year in (2018, 2025))
    final = text(DOCUMENTS["final"].build(matter_of(open_now, None)))
    assert "không so sánh với năm 2024: chấm theo điểm" in final
    assert "≠: không so sánh với năm 2025 (năm 2018: đổi bộ mức; năm 2025: chấm theo điểm)." in final
    assert "2025 | 50,00% |" in final
    assert "số tạm tính; không so sánh với các năm trước: chấm theo điểm" in final
    assert "2018 | 50,00% ≠ |" in final and "thôn trưởng đương nhiệm" not in final
    nobody = text(DOCUMENTS["final"].build(matter_of(closed, places(worked, 2018)[2])))
    assert "đảng viên: không có thôn, tổ dân phố nào có thôn trưởng đương nhiệm." in nobody
    admitted = text(DOCUMENTS["interim"].build(matter_of(closed, None)))
    assert "nhiệm kỳ: 1, mục tiêu > 5.000: chưa đến hạn, thiếu 5.000 người." in admitted


def test_an_other_scheme_with_the_same_levels_is_compared(worked, actor):
    for year in (2019, 2020):
        found = open_year(year, by=actor)
        rate(found, worked.alpha.commune, "HTTNV" if year == 2020 else "HTNV")
    shown = text(DOCUMENTS["interim"].build(matter_of(RatingYear.objects.get(pk=2020), None)))
    assert "năm 2019: 0,00%, tăng 100 điểm phần trăm (năm 2019 tạm tính)" in shown
    assert "không so sánh với năm 2019" not in shown
    assert Past(all_years()).years_apart() == {2018, 2025}
    Scheme.objects.filter(first_year=2018).update(break_note="")
    why = {cut.year: cut.why for cut in Past(all_years()).breaks}
    assert why == {2018: "bộ mức khác", 2025: "chấm theo điểm"}


def test_where_most_units_are_others_the_tree_broke(worked, actor):
    """Of a unit that stands in both years only its own kind counts."""
    before = {unit.unit_id for unit in Submission.objects.filter(year=2024)}
    new = [factories.organization(worked.province, code=f"N{n}") for n in range(20)]
    Submission.objects.filter(year=2025).delete()
    for unit in (*new, worked.alpha.unit):
        Submission.objects.create(year_id=2025, unit=unit, code=unit.code, name=unit.name)
    years, alpha = all_years(), worked.alpha.unit.pk
    assert {cut.cause for cut in Past(years).breaks if cut.year == 2025} == {Cause.SCHEME, Cause.PLACE}
    assert alpha in before
    assert {cut.cause for cut in Past(years, alpha).breaks} == {Cause.SCHEME}
    assert Cause.PLACE in {cut.cause for cut in Past(years, new[0].pk).breaks}
    line = line_of(RatingYear.objects.get(pk=2025), worked.alpha.commune)
    line.organization, line.kind = worked.alpha.unit, "grassroots"
    line.save()
    assert Cause.TREE in {cut.cause for cut in Past(years, alpha).breaks}
    judged = {figure.code: figure for figure in figures(RatingYear.objects.get(pk=2025))}
    assert flags_of(judged["members_well"], Past(years)) == ["provisional", "scheme_break", "tree_break"]
    assert flags_of(judged["village_heads_members"], Past(years)) == ["provisional", "tree_break"]
    of_alpha = {one.code: one for one in figures(RatingYear.objects.get(pk=2025), worked.alpha.unit)}
    for past in (Past(years), Past(years, alpha)):
        assert flags_of(of_alpha["grassroots_strong"], past) == ["provisional", "scheme_break", "tree_break"]
        assert flags_of(of_alpha["members_well"], past) == ["provisional", "scheme_break"]


def test_closed_again_is_revised_and_reopened_is_provisional(worked, actor, client_as):
    past = Past(all_years())

    def flagged():
        return flags_of(figures(RatingYear.objects.get(pk=2024))[0], past)

    assert flagged() == []
    reopen_year(2024, by=actor, reason="rà soát")
    assert flagged() == ["provisional"]
    shown = text(DOCUMENTS["final"].build(matter_of(RatingYear.objects.get(pk=2024), None)))
    assert "SỐ TẠM TÍNH: năm 2024 chưa khóa" in shown
    close_year(2024, by=actor, reason="thử")
    assert flagged() == ["revised"]


def test_a_sum_to_which_some_units_gave_nothing_says_how_many_gave(world, actor, client_as):
    year = ensure_reported_year(2016, by=actor)
    for key, count in (("TSVM", 6), ("HTTNV", 3)):
        Tally.objects.create(
            year=year,
            unit=world.alpha.unit,
            organization=world.alpha.unit,
            subject="grassroots",
            key=key,
            count=count,
            is_reported=True,
        )
    judged = figures(year)
    assert [flags_of(figure, Past([year])) for figure in judged[:3]] == [["partial"], ["partial"], []]
    assert judged[0].given == (1, 14)
    page = client_as(Role.BOARD, world.province).get("/years/2016/").content.decode()
    assert page.count("cộng chưa đủ: 1/14 đơn vị có số") >= 2
    book = values(declared.BY_SLUG["targets"].build(matter_of(year, None)))
    assert sum("cộng chưa đủ: 1/14 đơn vị có số" in str(value) for value in book.values()) >= 2
    draft = text(DOCUMENTS["interim"].build(matter_of(year, None)))
    assert "cộng chưa đủ: 1/14 đơn vị có số" in draft
    own = figures(year, world.alpha.unit)
    assert flags_of(own[0], Past([year])) == []


@pytest.mark.once
def test_one_way_to_write_a_target(worked):
    """Sign and decimals of a target are the same in words and in the number of a cell."""
    for comparison, value, shown, written in (
        (">=", "50.00", "≥ 50%", '"≥ "#,##0"%"'),
        (">", "62.50", "> 62,5%", '"> "#,##0.0"%"'),
        (">", "7.25", "> 7,25%", '"> "#,##0.00"%"'),
        ("<=", "0", "= 0%", '"= "#,##0"%"'),
        ("<=", "3", "≤ 3%", '"≤ "#,##0"%"'),
    ):
        aim = Aim(comparison, Decimal(value), 2018)
        with translation.override("vi"):
            assert aim.goal() == shown
        from assessments.reports.building.columns import goal_format  # noqa: PLC0415

        assert goal_format(aim, is_share=True) == written


@pytest.mark.once
def test_nobody_else_decides():
    """The arithmetic of targets, and what parts two years, are read in one module."""
    allowed = {
        "assessments/figures/judge.py",
        "assessments/figures/past.py",
        "assessments/rules/arithmetic.py",
        "assessments/rules/reference.py",
        "assessments/rules/models/schemes.py",
        "assessments/review/rulebook/forms.py",
        "assessments/review/rulebook/actions.py",
    }
    found = []
    for path in sorted((settings.BASE_DIR / "assessments").rglob("*.py")):
        name = str(path.relative_to(settings.BASE_DIR))
        if name in allowed or "migrations" in name:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "assessments.rules.arithmetic":
                found += [(name, a.name) for a in node.names if a.name in ("is_met", "shortfall", "needed")]
            if isinstance(node, ast.Attribute) and node.attr in ("break_note", "reopened_reason", "is_met"):
                found.append((name, node.attr))
    assert found == [
        ("assessments/figures/pages.py", "reopened_reason"),
        ("assessments/review/years/actions.py", "reopened_reason"),
        ("assessments/review/years/actions.py", "reopened_reason"),
    ]
