"""The column `Danh hiệu tiêu biểu`, loaded; the reason that stands by itself, going out and back."""

from datetime import date

import pytest

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.figures.board import figures
from assessments.review.years.actions import close_year, open_year
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.tallies import Tally
from assessments.rules.models.years import RatingYear
from assessments.workbooks.batches.actions import store
from assessments.workbooks.loading.files import Source
from assessments.workbooks.loading.run import Options
from assessments.workbooks.models import Upload
from assessments.workbooks.undoing.actions import undo
from members.models import Member
from tests.assessments.handed import columns, load, opened_book, put, row_of, saved, take
from tests.assessments.loads import errors
from tests.assessments.year import opened
from tests.workbooks import book

TITLED = ("Năm", "Mã", "Mức xếp loại", "Danh hiệu tiêu biểu")
WORDS = "Mới kết nạp dưới 6 tháng"


@pytest.fixture
def year(province):
    for number in (2017, 2018):
        open_year(number, by=province.by)
    return province


def orgs(*rows):
    return {"s": [TITLED, *rows]}


def awarded(year=2018):
    return sorted(OrganizationLine.objects.filter(year=year, awarded=True).values_list("code", flat=True))


def test_a_mark_awards_and_what_says_no_takes_it_back(year):
    rows = [2018, "A.X1", "HTXSNV", "x"], [2018, "A.X2", "HTTNV", None], [2018, "A.X1.1", "HTXSNV", "có"]
    assert year.counts(orgs(*rows)) == {"created": 3}
    assert awarded() == ["A.X1", "A.X1.1"]
    assert dict(Tally.objects.filter(subject="title", count__gt=0).values_list("key", "count")) == {
        "grassroots": 1,
        "affiliated": 1,
    }
    assert year.counts(orgs(*rows)) == {"unchanged": 3}
    assert year.counts(orgs([2018, "A.X1", None, None], [2018, "A.X1.1", None, "-"])) == {
        "unchanged": 1,
        "updated": 1,
    }
    assert awarded() == ["A.X1"]
    assert year.counts(orgs([2018, "A.X1", None, "xoá"])) == {"updated": 1}
    assert awarded() == []


def test_the_figure_tells_them_as_a_further_reading(year):
    year(orgs([2018, "A.X1", "HTXSNV", "x"], [2018, "A.X2", "HTTNV", None]))
    found = {one.code: one for one in figures(RatingYear.objects.get(pk=2018))}
    last = found["grassroots_exemplary"].other[-1]
    assert (last.numerator, last.denominator, last.met) == (1, 2, True)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ([2018, "A.X1", "HTXSNV", "y"], ("Danh hiệu tiêu biểu", "bad_choice")),
        ([2017, "A.X1", "TSVMTB", "x"], ("Danh hiệu tiêu biểu", "inconsistent")),
        ([2018, "A.NONE", "HTXSNV", "x"], ("Mã", "unknown_code")),
    ],
)
def test_what_is_wrong_stores_nothing(year, row, fault):
    plan = year(orgs([2018, "A.X2", "HTTNV", "x"], row))
    assert [(column, code) for _row, column, code in errors(plan)] == [fault]
    assert (awarded(), awarded(2017)) == ([], [])


def test_a_closed_year_is_locked_at_the_column(year):
    year(orgs([2018, "A.X1", "HTXSNV", "x"]))
    close_year(2018, by=year.by, reason="thử")
    plan = year(orgs([2018, "A.X1", "HTXSNV", "-"]))
    assert [(column, code) for _row, column, code in errors(plan)] == [("Danh hiệu tiêu biểu", "locked")]
    assert year.counts(orgs([2018, "A.X1", "HTXSNV", "x"])) == {"unchanged": 1}


def test_undoing_a_load_puts_the_titles_back(world, tmp_path):
    entry = opened(world)
    save_rating(by=Actor.of(entry.officer), line=entry.line, version=0, changes={"decided": "HTXSNV"})
    path = book(
        tmp_path / "x.xlsx", {"s": [TITLED, [2018, "A.X01", None, "x"], [2018, "A.X01.1", "HTXSNV", "x"]]}
    )
    store(by=Actor("thử"), sources=[Source(path, path.name)], options=Options())
    assert awarded() == ["A.X01", "A.X01.1"]
    undo(uploads=[Upload.objects.latest("pk")], by=Actor("thử"))
    assert awarded() == []
    assert not Tally.objects.filter(subject="title", count__gt=0).exists()


@pytest.fixture
def entry(world, settings, tmp_path):
    """2025: alpha's second and third member were admitted on the first day that is too late."""
    settings.VAR_DIR = tmp_path
    late = [member.pk for member in world.alpha.members[1:3]]
    Member.objects.filter(pk__in=late).update(admitted_on=date(2025, 7, 1), admitted_precision="d")
    return opened(world, 2025)


def apply(client, address):
    plan = Upload.objects.latest("pk").plan_hash
    return client.post(f"{address}apply/", {"plan": plan}, follow=True)


def test_a_prepared_workbook_holds_the_reason_and_stores_it_when_it_is_loaded(client, entry, world):
    content = take(client, entry.officer, world.alpha.unit, "member-ratings", 2025)
    workbook = opened_book(content)
    sheet = next(sheet for sheet in workbook if "Mã đảng viên" in columns(sheet))
    at = columns(sheet)["Lý do chưa xếp loại"]
    codes = [member.code for member in world.alpha.members[:3]]
    assert [sheet.cell(row_of(sheet, code), at).value for code in codes] == [None, WORDS, WORDS]
    assert not MemberLine.objects.filter(year=2025).exclude(reason="").exists()
    put(sheet, row_of(sheet, codes[2]), Mức_xếp_loại="HTTNV")
    apply(client, load(client, entry.officer, saved(workbook)))
    stored = {
        line.member.code: (line.reason, line.decided.code if line.decided else "")
        for line in MemberLine.objects.filter(year=2025).select_related("member", "decided")
    }
    assert stored[codes[1]] == (WORDS, ""), "what stood there by itself is stored"
    assert stored[codes[2]] == ("", "HTTNV"), "a level typed beside it takes its place"


def test_a_prepared_workbook_holds_the_titles_and_gives_them_back(client, entry, world):
    changes = {"decided": "HTXSNV", "awarded": True}
    save_rating(by=Actor.of(entry.officer), line=entry.line, version=0, changes=changes)
    content = take(client, entry.officer, world.alpha.unit, "organization-ratings", 2025)
    workbook = opened_book(content)
    sheet = next(sheet for sheet in workbook if "Danh hiệu tiêu biểu" in columns(sheet))
    headings = list(columns(sheet))
    assert headings[4:7] == ["Mức xếp loại", "Danh hiệu tiêu biểu", "Lý do chưa xếp loại"]
    at = columns(sheet)["Danh hiệu tiêu biểu"]
    cell = entry.cells[0]
    assert [sheet.cell(row_of(sheet, code), at).value for code in ("A.X01", cell.code)] == ["x", None]
    put(sheet, row_of(sheet, "A.X01"), Danh_hiệu_tiêu_biểu="không")
    put(sheet, row_of(sheet, cell.code), Mức_xếp_loại="HTXSNV", Danh_hiệu_tiêu_biểu="x")
    apply(client, load(client, entry.officer, saved(workbook)))
    assert awarded(2025) == [cell.code]
