"""An indicator that is added, one of each way of counting, is met wherever the ten are."""

import json
import re
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import Q
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Role
from assessments.figures.counted import PARTS, PartWords
from assessments.figures.indicator import Indicator, NameSheet, Paper, WordList, Words, by_code
from assessments.figures.indicators import INDICATORS
from assessments.figures.ways import AdmissionCount, HeadShare, LevelShare, VillageCount
from assessments.reports import declared
from assessments.reports.documents.actions import take_template
from assessments.reports.documents.drafts import DOCUMENTS
from assessments.reports.issued.differences import differences
from assessments.reports.issued.told import told
from assessments.reports.issued.vouching import disagreements
from assessments.roster.models.tallies import Subject
from assessments.roster.querysets import VILLAGE_STATES
from assessments.rules.models.caps import Cap
from assessments.rules.models.schemes import Meaning
from assessments.rules.models.targets import Target
from assessments.rules.models.years import RatingYear, Submission
from members.models import Member, VillageHead
from tests import factories
from tests.assessments.docx import document, text
from tests.assessments.rated import ACTOR, rated_year
from tests.assessments.registers.confirming import send
from tests.pages import flat

pytestmark = pytest.mark.once


YEAR = 2018


def words(label: str, noun: str) -> Words:
    return Words(label, f"luật: {label}", f"Tên: {label}", f"Tắt: {label}", "trên tổng số", noun)


ADDED = (
    Indicator(
        "affiliated_exemplary",
        LevelShare(Subject.AFFILIATED, Meaning.EXEMPLARY, also_of=Meaning.STRONG),
        words("trực thuộc tiêu biểu", "organization"),
        Paper(
            "truc_thuoc_tieu_bieu",
            column="Trực thuộc tiêu biểu",
            by_unit="TT tiêu biểu",
            lists=(WordList("ds_chua_tieu_bieu", "missed", "chưa tiêu biểu"),),
            sheet=NameSheet("not_exemplary", "08", "Chưa tiêu biểu", "TỔ CHỨC CHƯA TIÊU BIỂU"),
        ),
        is_capped=True,
    ),
    Indicator(
        "village_heads_secretaries",
        HeadShare("secretary", "bí thư", PartWords(("Là", "Không", "Khuyết"), ("là", "không", "khuyết"))),
        words("thôn trưởng kiêm bí thư", "village"),
        Paper("thon_truong_bi_thu", by_unit="Thôn trưởng bí thư"),
        columns=("members", "head"),
    ),
    Indicator(
        "villages_own_cell",
        VillageCount("own", "có chi bộ riêng"),
        words("thôn có chi bộ riêng", "village"),
        Paper(
            "thon_chi_bo_rieng",
            column="Riêng một chi bộ",
            lists=(WordList("ds_thon_chi_bo_rieng", "met", "thôn có chi bộ riêng"),),
        ),
    ),
    Indicator(
        "admissions_outside",
        AdmissionCount("term_outside", "ngoài tỉnh", PartWords(("Ngoài", "", ""), ("tính", "", ""))),
        words("kết nạp ngoài tỉnh", "person"),
        Paper("ket_nap_ngoai"),
        of_units=False,
    ),
)
CODES = [one.code for one in ADDED]
EXPECTED = {
    "affiliated_exemplary": (0, 2),
    "village_heads_secretaries": (1, 2),
    "villages_own_cell": (2, None),
    "admissions_outside": (1, None),
}


@pytest.fixture
def year(world, monkeypatch) -> RatingYear:
    """Rated, over the ten and the four that are added, one of them over a state that is new too."""
    monkeypatch.setitem(VILLAGE_STATES, "own", Q(cell__isnull=False, cell_is_shared=False))
    for one in ADDED:
        monkeypatch.setitem(INDICATORS, one.code, one)
    VillageHead.objects.filter(village=world.alpha.village).update(is_secretary=True)
    outside = world.beta.members[2]
    Member.objects.filter(pk=outside.pk).update(admitted_outside=True, admitted_on="2017-05-19")
    factories.village(world.alpha.commune, code="T.A.2", name="Làng Trắng")
    return rated_year(world)


@pytest.fixture
def board(world, client_as):
    return client_as(Role.BOARD, world.province)


def sheets_of(content: bytes) -> dict[str, set[str]]:
    """What stands in the cells of each sheet."""
    return {
        sheet.title: {str(cell) for row in sheet.values for cell in row if cell is not None}
        for sheet in load_workbook(BytesIO(content), data_only=True)
    }


def matter(year: RatingYear, code: str = ""):
    unit = Submission.objects.get(year=year, code=code) if code else None
    return declared.matter_of(year, unit.unit if unit else year.province, unit)


def shown(client, address: str, language: str = "vi") -> str:
    client.post(reverse("accounts:language"), {"language": language, "next": "/"})
    page = client.get(address, follow=True)
    assert page.status_code == 200, (address, language)
    return flat(page)


def test_the_pages_of_the_figures_show_it(year, board):
    for language in ("vi", "en"):
        for address in (f"/years/{YEAR}/", f"/years/{YEAR}/units/A/"):
            page = shown(board, address, language)
            history = shown(board, f"{address}history/", language)
            rows = re.search(r'<table class="t targets.*?</table>', page)[0]
            for one in ADDED:
                where = one.code, address, language
                assert one.words.name in rows and f"<figcaption>{one.words.short}" in page, where
                assert one.words.name in history, where
    page = shown(board, f"/years/{YEAR}/")
    assert "Mười hai mục tiêu của Nghị quyết" in page
    panel = dict(board.get(f"/years/{YEAR}/units/A/").context["villages"])
    assert panel["thôn có chi bộ riêng"] == 1
    units = re.search(r'<table class="t matrix.*?</table>', page)[0]
    assert [one.code for one in ADDED if one.words.short in units] == CODES[:3]
    assert 'colspan="15"' in units  # five columns say nothing of a unit without villages


def test_its_names_are_listed_and_downloaded(year, board, client_as, world):
    for code in CODES:
        names = f"/years/{YEAR}/indicators/{code}/"
        shown(board, names, "en")
        told = [column.key for column in board.get(names).context["table"].columns]
        assert told[len(told) - len(INDICATORS[code].columns) :] == list(INDICATORS[code].columns), code
        for address in (names, f"{names}units/A/"):
            for part in PARTS:
                where = address, part
                page = board.get(f"{address}?part={part}")
                tabs = {tab.part: tab.count for tab in page.context["tabs"]}
                assert len(page.context["table_rows"]) == tabs.get(part, 0), where
                book = board.get(f"{address}?part={part}&format=xlsx")
                rows = [row for row in load_workbook(BytesIO(book.content)).active.values if row[0]]
                assert len(rows) > tabs.get(part, 0), where
    viewer = client_as(Role.VIEWER, world.province)
    assert viewer.get(f"/years/{YEAR}/indicators/admissions_outside/").status_code == 403


def test_the_command_answers_it(year):
    out = StringIO()
    call_command("indicators", str(YEAR), "--json", stdout=out)
    found = {
        row["code"]: (row["numerator"], row["denominator"])
        for row in json.loads(out.getvalue())["indicators"]
    }
    assert {code: found[code] for code in CODES} == EXPECTED
    call_command("indicators", str(YEAR), "--unit", "A", stdout=out)
    assert all(f"{code}: " in out.getvalue() for code in CODES)


def test_the_board_gives_it_a_target_which_is_met_wherever_targets_are(year, board, client_as, world):
    for code, comparison, value in (
        ("affiliated_exemplary", ">", "15"),
        ("village_heads_secretaries", ">=", "40"),
        ("villages_own_cell", "<=", "0"),
        ("admissions_outside", ">=", "2"),
    ):
        typed = {
            "indicator": code,
            "comparison": comparison,
            "value": value,
            "first_year": YEAR,
            "document_number": "NQ 99-NQ/TU",
            "document_date": "1/8/2018",
        }
        send(board, "/rules/targets/add/", typed)
        assert Target.objects.filter(indicator=code).exists(), code
        rule = shown(board, f"/rules/indicators/{code}/")
        assert "NQ 99-NQ/TU" in rule and "Tên: " in rule, code
    refused = board.post("/rules/targets/add/", {"indicator": "affiliated_exemplary", "value": "120"})
    assert refused.status_code == 200 and Target.objects.filter(value=120).count() == 0
    Cap.objects.create(
        subject="affiliated", level_code="HTXSNV", percent=20, base="rated", group="unit", first_year=YEAR
    )
    rules, trail = shown(board, "/rules/"), shown(board, "/trail/")
    page, units = shown(board, f"/years/{YEAR}/"), shown(board, f"/years/{YEAR}/units/A/")
    for one in ADDED:
        assert one.words.name in rules and one.words.name in trail, one.code
    for sign in ("&gt; 15%", "≥ 40%", "= 0", "≥ 2"):
        assert f"<b >{sign}</b>" in page or f"<b>{sign}</b>" in page, sign
        assert sign in units, sign
    assert "Mục tiêu 9 và trần:" in page  # the one that says is_capped
    officer = client_as(Role.OFFICER, world.alpha.unit)
    assert "&gt; 15%" in shown(officer, f"/ratings/{YEAR}/affiliated/")
    submission = Submission.objects.get(year=year, code="A")
    shown(board, reverse("assessments:review_unit", args=[YEAR, submission.pk]))


@pytest.mark.once
def test_the_forms_hold_it_and_vouch_for_themselves(year):
    for unit in ("", "A"):
        whole = declared.find("steering-committee").build(matter(year, unit))
        assert disagreements(whole) == [], unit
        cells = sheets_of(whole)
        for one in ADDED:
            assert {one.words.label} <= cells["Mục tiêu"] & cells["Các năm"], (one.code, unit)
        for heading, name in (
            ("TT tiêu biểu", "Theo đơn vị"),
            ("Thôn trưởng bí thư", "Theo đơn vị"),
            ("Trực thuộc tiêu biểu: quy đổi HTXSNV", "02 Trực thuộc"),
            ("Riêng một chi bộ", "04 Thôn"),
        ):
            assert any(heading in cell for cell in cells[name]), (heading, name)
        assert [name for name in cells if name.startswith("DS ")][-1] == "DS 08 Chưa tiêu biểu"
        assert "A.X01.1" in cells["DS 08 Chưa tiêu biểu"]
        own = sheets_of(declared.find("return").build(matter(year, unit)))["Báo cáo đơn vị"]
        assert {"Trực thuộc tiêu biểu", "Riêng một chi bộ", "kết nạp ngoài tỉnh"} <= own, unit
    assert ADDED[0].words.label in sheets_of(declared.find("blank").build(matter(year)))["Mục tiêu"]
    flat_table = sheets_of(declared.find("flat").build(matter(year)))
    assert "Riêng một chi bộ" in flat_table["Bảng số liệu"]
    assert "DS 08 Chưa tiêu biểu" in sheets_of(declared.find("shortfalls").build(matter(year)))


@pytest.mark.once
def test_a_word_template_may_name_it(year, board, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    page = shown(board, "/reports/documents/fields/")
    lines = [f"{one.code}: {{{{ {one.paper.field}.co }}}}" for one in ADDED]
    for listed in (held.name for one in ADDED for held in one.paper.lists):
        assert listed in page, listed
        lines.append(f"{{% for d in {listed} %}}{{{{ d.ma }}}} {{% endfor %}}")
    lines.append("{% for d in cac_nam %}{{ d.truc_thuoc_tieu_bieu.ty_le }}{% endfor %}")
    take_template(by=ACTOR, kind="interim", unit=None, file_name="a.docx", content=document(*lines))
    said = text(DOCUMENTS["interim"].build(matter(year)))
    for one in ADDED:
        assert one.paper.field in page, one.code
        assert f"{one.code}: {EXPECTED[one.code][0]}" in said, one.code
    assert "A.X01.1" in said and "T.A.1" in said


def test_an_issued_report_tells_it_and_what_changed_since(year):
    then = told(matter(year))
    now = told(matter(year))
    now["figures"]["villages_own_cell"] |= {"numerator": 1, "lists": {"met": ["T.A.1"]}}
    found = {one.indicator.code: one for one in differences(YEAR, then, now)}
    assert set(CODES) <= set(found)
    assert found["villages_own_cell"].moved == [("T.B.1", "có trong danh sách", "")]
    # A report of before the indicator was declared says nothing of it.
    del then["figures"]["admissions_outside"]
    assert "admissions_outside" not in {one.indicator.code for one in differences(YEAR, then, now)}


@pytest.mark.once
def test_an_entry_that_lacks_what_a_place_needs_is_refused():
    said, share = words("x", "member"), LevelShare(Subject.MEMBER, Meaning.WELL)
    paper = Paper("x", column="X", by_unit="X")
    listed = (WordList("ds_x", "met", "x"),)
    for what, made in {
        "no heading in its form": lambda: Indicator("x", share, said, Paper("x", by_unit="X")),
        "no heading by unit": lambda: Indicator("x", share, said, Paper("x", column="X")),
        "a list of persons": lambda: Indicator("x", share, said, Paper("x", "X", "X", listed)),
        "a column of villages": lambda: Indicator("x", share, said, paper, columns=("head",)),
        "no words beside": lambda: Indicator("x", share, said, paper, beside="members_well"),
    }.items():
        with pytest.raises(ValueError, match="indicator x"):
            pytest.fail(f"{what}: {made()}")
    first, second = Indicator("x", share, said, paper), Indicator("y", share, said, Paper("y", "Y", "Y"))
    beside = replace(second, words=replace(said, beside="%(n)s"), beside="z")
    for what, entries in {
        "one code twice": [first, first],
        "one field twice": [first, replace(second, paper=paper)],
        "beside nobody": [first, beside],
    }.items():
        with pytest.raises(ValueError, match="declared twice|nothing to stand beside"):
            pytest.fail(f"{what}: {by_code(entries)}")


# Data: the targets that the resolution set.
OWN_PLACES = (
    "assessments/figures/",
    "templates/assessments/figures/",
    "assessments/rules/reference.py",
    "assessments/migrations/",
)


@pytest.mark.once
def test_a_code_stands_among_the_figures_in_data_and_docs_alone():
    code = re.compile(rf"\b({'|'.join(INDICATORS)})\b")
    folders = (
        "accounts",
        "assessments",
        "benchmarks",
        "members",
        "orgs",
        "resolution03",
        "templates",
        "tools",
    )
    searched = [
        path
        for folder in (*folders, "static")
        for path in (settings.BASE_DIR / folder).rglob("*")
        if path.suffix in (".py", ".html", ".js") and "vendor" not in path.parts
    ]
    assert len(searched) > 500
    found = {
        path.relative_to(settings.BASE_DIR).as_posix()
        for path in searched
        if code.search(path.read_text("utf-8"))
    }
    assert [name for name in sorted(found) if not name.startswith(OWN_PLACES)] == []
