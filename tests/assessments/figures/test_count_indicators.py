"""A count that the Board declares is an indicator wherever a target names it (ADR 36)."""

import json
import re
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.actors import Actor
from accounts.models import Role
from assessments.figures.board import board
from assessments.figures.count_indicators import indicator_of
from assessments.figures.indicators import INDICATORS
from assessments.reports import declared
from assessments.reports.documents.actions import take_template
from assessments.reports.documents.drafts import DOCUMENTS
from assessments.reports.issued.differences import since_then
from assessments.reports.issued.told import told as told_of
from assessments.reports.issued.vouching import disagreements
from assessments.review.rulebook.target_actions import save_target
from assessments.review.years.actions import close_year
from assessments.roster.models.counts import ActivityCount
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.counts import Activity
from assessments.rules.models.target_sets import Quota, TargetSet
from assessments.rules.models.targets import Target
from assessments.rules.models.years import RatingYear, Submission
from resolution03.lib.errors import Refusal
from tests import factories
from tests.assessments.docx import document, text
from tests.assessments.registers.confirming import send
from tests.assessments.years import opened
from tests.pages import flat

pytestmark = pytest.mark.django_db
BY = Actor(name="ban")
YEAR = 2018
SHARE, PLAIN, FEW = "cells_singing", "songs_sung", "cells_silent"


def declare(code: str, **values) -> Activity:
    """As the Board declares one."""
    row = {"name": f"Chi bộ {code}", "short_name": f"Tắt {code}", "group": "Văn nghệ", "clause": "II.3",
           "measure": "chi bộ", "position": 900, "document": "NQ 7"}  # fmt: skip
    return Activity.objects.create(code=code, **row | values)


@pytest.fixture
def counts(db) -> dict[str, Activity]:
    return {
        SHARE: declare(SHARE, size="cells", direction="up"),
        PLAIN: declare(PLAIN, measure="bài"),
        FEW: declare(FEW, size="cells", direction="down"),
    }


@pytest.fixture
def year(world, actor, counts) -> RatingYear:
    """Alpha's commune: 2 of 2 cells, 5 songs, none silent; Beta's: 1 of 2, 0 songs, 1 silent. A third
    commune, with one cell of Alpha, gave nothing."""
    silent = factories.organization(world.alpha.unit, code="A.X02", name="Đảng bộ xã Lặng")
    factories.cell(silent, code="A.X02.1")
    found = opened(YEAR, actor)
    for part, given in ((world.alpha, (2, 5, 0)), (world.beta, (1, 0, 1))):
        for code, count in zip((SHARE, PLAIN, FEW), given, strict=True):
            give(found, part, counts[code], count)
    return found


def give(year: RatingYear, part, activity: Activity, count: int) -> None:
    ActivityCount.objects.create(
        year=year, organization=part.commune, grassroots=part.commune, unit=part.unit, activity=activity,
        count=count,
    )  # fmt: skip


@pytest.fixture
def plan(db) -> TargetSet:
    return TargetSet.objects.create(
        code="DH16", name="Đại hội XVI", title="Đại hội XVI", short_name="ĐH XVI", document_number="NQ 1"
    )


def target(of: TargetSet, code: str = SHARE, **values) -> Target:
    row = Target(set=of, indicator=code, **{"comparison": ">=", "value": Decimal(75), **values})
    save_target(row, by=BY)
    return row


def told(capsys, *arguments: str) -> dict:
    call_command("indicators", str(YEAR), *arguments, json=True)
    return json.loads(capsys.readouterr().out)


def by_hand(code: str, unit: int | None = None) -> tuple[int, int]:
    """Counted apart from the code: numbers given, and the cells that the lists hold below who gave them."""
    rows = ActivityCount.objects.filter(year=YEAR, period="year", activity__code=code)
    if unit:
        rows = rows.filter(unit=unit)
    have = whole = 0
    for row in rows:
        have += row.count
        listed = OrganizationLine.objects.filter(year=YEAR, grassroots=row.grassroots, form="cell")
        whole += sum(not line.dropped for line in listed)
    return have, whole


def test_the_command_answers_it_where_a_set_targets_it(year, plan, world, capsys):
    target(plan)
    target(plan, PLAIN, value=Decimal(6))
    ten, found = told(capsys), told(capsys, "--set", "DH16")
    assert [one["code"] for one in ten["indicators"]] == list(INDICATORS)
    share, plain = found["indicators"]
    assert share.keys() == ten["indicators"][0].keys()
    assert (share["code"], share["numerator"], share["denominator"]) == (SHARE, *by_hand(SHARE))
    assert (share["numerator"], share["denominator"], share["percent"]) == (3, 4, "75.00")
    assert (share["target"], share["comparison"], share["met"], share["short"]) == ("75", ">=", True, 0)
    assert (share["rated"], share["roster"], share["due"], share["other"]) == (None, None, None, [])
    assert share["flags"] == ["provisional", "partial"]
    assert (plain["numerator"], plain["denominator"], plain["percent"]) == (5, None, None)
    assert (plain["met"], plain["short"]) == (False, 1)
    for letter, part in (("A", world.alpha), ("B", world.beta)):
        own = told(capsys, "--set", "DH16", "--unit", letter)["indicators"][0]
        assert (own["numerator"], own["denominator"]) == by_hand(SHARE, part.unit.pk), letter
    call_command("indicators", str(YEAR), "--set", "DH16")
    assert f"{SHARE}: 3/4 (75.00%)  >= 75" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("comparison", "value", "met", "short"),
    [(">=", "75", True, 0), (">=", "75.01", False, 1), (">", "75", False, 1), (">", "74.99", True, 0)],
)
def test_whole_numbers_decide_on_both_sides(year, plan, comparison, value, met, short):
    target(plan, comparison=comparison, value=Decimal(value))
    [figure] = board([year]).of_set(YEAR, "DH16")
    assert (figure.met, figure.short) == (met, short)
    assert (Fraction(figure.numerator, figure.denominator) >= Fraction(value) / 100) == (
        met or comparison == ">"
    )


@pytest.mark.parametrize(("value", "met", "short"), [("25", True, 0), ("24.99", False, 1)])
def test_of_what_should_be_less_the_target_is_a_limit(year, plan, value, met, short):
    with pytest.raises(Refusal):
        target(plan, FEW, comparison=">=")
    target(plan, FEW, comparison="<=", value=Decimal(value))
    [figure] = board([year]).of_set(YEAR, "DH16")
    assert (figure.numerator, figure.denominator, figure.met, figure.short) == (1, 4, met, short)


def test_what_nobody_gave_is_no_nought(year, plan, world):
    target(plan)
    ActivityCount.objects.all().delete()
    for unit in (None, world.alpha.unit.pk, world.units[0].pk):
        [figure] = board([year]).of_set(YEAR, "DH16", unit)
        assert (figure.numerator, figure.percent, figure.met, figure.short) == (None, None, None, None)


def test_a_share_takes_only_those_that_gave_both(year, plan, world, counts):
    whole = counts[PLAIN]
    of_count = declare("songs_known", denominator=whole, measure="bài")
    give(year, world.alpha, of_count, 4)
    ActivityCount.objects.filter(activity=whole, unit=world.beta.unit).delete()
    give(year, world.beta, of_count, 9)
    target(plan, "songs_known")
    [figure] = board([year]).of_set(YEAR, "DH16")
    assert (figure.numerator, figure.denominator, figure.given) == (4, 5, (1, 3))


@pytest.mark.once
def test_a_page_without_targets_on_counts_reads_nothing_of_them(year, plan, client_as, world):
    client = client_as(Role.BOARD, world.province)
    target(plan, "village_heads_members", value=Decimal(10))
    for address in (f"/years/{YEAR}/", f"/years/{YEAR}/?set=DH16", f"/years/{YEAR}/history/", "/rules/"):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        said = [one["sql"] for one in asked if re.search('"assessments_activity', one["sql"])]
        assert not said, (address, said)


def test_statements_do_not_grow_with_units_or_targets(year, plan, world, counts):
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            read = board([year])
            for unit in (None, *(one.pk for one in (world.alpha.unit, world.beta.unit, *world.units))):
                read.of_set(YEAR, "DH16", unit)
        return len(found)

    target(plan)
    one = asked()
    for code in (PLAIN, FEW):
        target(plan, code, comparison="<=", value=Decimal(6))
    more = factories.organization(world.units[0], code="U1.X01", name="Đảng bộ xã Mới")
    factories.cell(more, code="U1.X01.1")
    assert asked() == one


def test_quotas_of_units(year, plan, world):
    row = target(plan, PLAIN, scope="quota", value=None)
    Quota.objects.create(target=row, unit_id=world.alpha.unit.pk, value=6)
    [own] = board([year]).of_set(YEAR, "DH16", world.alpha.unit.pk)
    assert (own.is_quota, own.numerator, own.target, own.met, own.short) == (True, 5, 6, False, 1)


def test_the_closed_year_is_judged_by_what_it_froze(year, plan, counts):
    row = target(plan)
    close_year(YEAR, by=BY, reason="thử")
    counts[SHARE].size, counts[SHARE].name = "organizations", "Tên khác"
    counts[SHARE].save()
    row.value = Decimal(99)
    save_target(row, by=BY)
    [figure] = board([RatingYear.objects.get(pk=YEAR)]).of_set(YEAR, "DH16")
    assert (figure.numerator, figure.denominator, figure.target, figure.met) == (3, 4, 75, True)
    assert figure.indicator.words.name == f"Chi bộ {SHARE}"
    assert indicator_of(SHARE).words.name == "Tên khác"


def shown(client, address: str, language: str = "vi") -> str:
    client.post(reverse("accounts:language"), {"language": language, "next": "/"})
    page = client.get(address, follow=True)
    assert page.status_code == 200, (address, language)
    return flat(page)


@pytest.mark.once
def test_its_page_tells_figure_rule_years_units_and_names(year, plan, client_as, world):
    target(plan, value=Decimal(80))
    client = client_as(Role.BOARD, world.province)
    for language in ("vi", "en"):
        page = shown(client, f"/years/{YEAR}/indicators/{SHARE}/?set=DH16", language)
        assert f"Chi bộ {SHARE}" in page and ("75,00%" in page or "75.00%" in page) and "3 / 4" in page
        assert "NQ 7" in page and "NQ 1" in page and "II.3" in page
        assert f"<figcaption>Tắt {SHARE}<small>≥ 80%" in page
    units = re.search(
        r'<table class="t matrix.*?</table>', shown(client, f"/years/{YEAR}/indicators/{SHARE}/")
    )
    assert "100,00" in units[0] and "1/2" in units[0] and "≥ 80%" in units[0]
    tabs = {}
    for part in ("met", "missed", "unrated"):
        found = client.get(f"/years/{YEAR}/indicators/{SHARE}/?part={part}&set=DH16")
        tabs = {tab.part: tab.count for tab in found.context["tabs"]}
        rows = [(row.code, row.cells["count"], row.cells["whole"]) for row in found.context["table_rows"]]
        assert len(rows) == tabs[part], part
        expected = {"met": ("A.X01", 2, 2), "missed": ("B.X01", 1, 2), "unrated": ("A.X02", None, None)}
        assert rows == [expected[part]], part
        book = client.get(f"/years/{YEAR}/indicators/{SHARE}/?part={part}&format=xlsx")
        cells = [row for row in load_workbook(BytesIO(book.content)).active.values if row[0]]
        assert cells[-1][0] == expected[part][0], part
    assert "cộng chưa đủ: 2/3 tổ chức có số" in page or "2 of 3 organizations" in page
    assert client.get(f"/years/{YEAR}/indicators/no_such_count/").status_code == 404
    assert f'href="/counts/{YEAR}/count/{SHARE}/"' in page
    assert client.get(f"/counts/{YEAR}/count/{SHARE}/").status_code == 200


@pytest.mark.once
def test_a_unit_sees_its_own_and_no_other(year, plan, client_as, world):
    target(plan)
    officer = client_as(Role.OFFICER, world.beta.unit)
    own = f"/years/{YEAR}/indicators/{SHARE}/units/B/"
    assert officer.get(f"/years/{YEAR}/indicators/{SHARE}/").headers["Location"].startswith(own)
    page = shown(officer, f"{own}?part=missed")
    assert "B.X01" in page and "A.X01" not in page and "1 / 2" in page
    assert officer.get(f"/years/{YEAR}/indicators/{SHARE}/units/A/").status_code == 404


@pytest.mark.once
def test_the_years_stand_beside_each_other_with_their_targets(year, plan, client_as, world, actor, counts):
    later = opened(2019, actor)
    give(later, world.alpha, counts[SHARE], 1)
    target(plan, value=Decimal(60), last_year=2018)
    target(plan, value=Decimal(70), first_year=2019)
    page = client_as(Role.BOARD, world.province).get(f"/years/2019/indicators/{SHARE}/")
    told = [
        (cell.value, cell.fraction, cell.sign, str(cell.standing)) for cell in page.context["by_year"].cells
    ]
    assert told == [("75,00%", "3/4", "≥ 60%", "met"), ("50,00%", "1/2", "≥ 70%", "unmet")]
    assert "≥ 60%" in page.context["chart"].rule and "≥ 70%" in page.context["chart"].rule


@pytest.mark.once
def test_it_stands_where_other_targets_of_its_set_stand(year, plan, client_as, world):
    target(plan, value=Decimal(80))
    target(plan, "members_well", value=Decimal(70))
    client = client_as(Role.BOARD, world.province)
    page, own = shown(client, f"/years/{YEAR}/?set=DH16"), shown(client, f"/years/{YEAR}/units/A/?set=DH16")
    for said in (page, own):
        rows = re.search(r'<table class="t targets.*?</table>', said)[0]
        assert f"Chi bộ {SHARE}" in rows and "≥ 80%" in rows
    units = re.search(r'<table class="t matrix.*?</table>', page)[0]
    assert f"Tắt {SHARE}" in units and f"/indicators/{SHARE}/units/B/?part=missed&amp;set=DH16" in units
    assert (
        f"Chi bộ {SHARE}"
        not in re.search(r'<table class="t targets.*?</table>', shown(client, f"/years/{YEAR}/"))[0]
    )


@pytest.mark.once
def test_with_a_target_in_the_default_set_it_stands_behind_the_ten(year, client_as, world):
    target(TargetSet.objects.get(is_default=True), value=Decimal(80))
    client = client_as(Role.BOARD, world.province)
    for address in (f"/years/{YEAR}/", f"/years/{YEAR}/units/A/"):
        page = shown(client, address)
        rows = re.search(r'<table class="t targets.*?</table>', page)[0]
        assert rows.index("80%") > 0 and rows.rindex(f"Chi bộ {SHARE}") > rows.rindex("Thôn chưa có")
        assert f"<figcaption>Tắt {SHARE}" in page
        assert f"Chi bộ {SHARE}" in shown(client, f"{address}history/")


@pytest.mark.once
def test_the_rulebook_offers_it_foresees_it_and_takes_it(year, plan, client_as, world):
    client = client_as(Role.BOARD, world.province)
    form = shown(client, "/rules/targets/add/?set=DH16")
    assert '<optgroup label="Văn nghệ">' in form and f'<option value="{SHARE}">' in form
    typed = {"indicator": SHARE, "comparison": ">=", "value": "80", "scope": "", "first_year": YEAR}
    asked = flat(client.post("/rules/targets/add/?set=DH16", typed))
    turned = "không có mục tiêu → ≥ 80% (chưa đạt), 1/14 đơn vị đạt"
    assert f"2018, ĐH XVI, Chi bộ {SHARE}: {turned}" in asked
    send(client, "/rules/targets/add/?set=DH16", typed)
    assert Target.objects.filter(indicator=SHARE, set=plan).count() == 1
    default = flat(client.post("/rules/targets/add/", typed))
    assert f"NQ 03, Chi bộ {SHARE}: {turned}" in default and not Target.objects.filter(
        indicator=SHARE, set__is_default=True
    )
    too_much = client.post("/rules/targets/add/?set=DH16", typed | {"value": "120", "first_year": 2030})
    assert "100%" in flat(too_much) and Target.objects.count() > 0
    for address in ("/rules/", "/trail/", f"/rules/indicators/{SHARE}/"):
        assert f"Chi bộ {SHARE}" in shown(client, address), address


def matter(year: RatingYear, code: str = ""):
    unit = Submission.objects.get(year=year, code=code) if code else None
    return declared.matter_of(year, unit.unit if unit else year.province, unit)


def sheets_of(content: bytes) -> dict[str, list[tuple]]:
    book = load_workbook(BytesIO(content), data_only=True)
    return {sheet.title: list(sheet.values) for sheet in book}


@pytest.mark.once
def test_a_word_template_may_name_every_count(year, plan, client_as, world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    target(plan, value=Decimal(80))
    page = shown(client_as(Role.BOARD, world.province), "/reports/documents/fields/")
    parts = ("ten", "co", "tong", "ty_le", "muc", "ket_qua", "nam_truoc.co")
    lines = [f"{{{{ dem_{SHARE}.{part} }}}}" for part in parts]
    lines.append(f"{PLAIN}: {{{{ dem_{PLAIN}.co }}}}")
    take_template(by=BY, kind="interim", unit=None, file_name="a.docx", content=document(*lines))
    said = text(DOCUMENTS["interim"].build(matter(year)))
    for word in (f"Chi bộ {SHARE}", "3", "4", "75,00%", "≥ 80%", "chưa đạt", f"{PLAIN}: 5"):
        assert word in said, word
    assert f"dem_{SHARE}.ty_le" in page and f"dem_{PLAIN}" in page
    with pytest.raises(Refusal):
        take_template(
            by=BY, kind="interim", unit=None, file_name="a.docx", content=document("{{ dem_no_such.co }}")
        )


@pytest.mark.once
def test_the_forms_hold_it_where_the_default_set_targets_it(year, world):
    target(TargetSet.objects.get(is_default=True), value=Decimal(80))
    for unit, told in (("", (3, 4)), ("B", (1, 2))):
        whole = declared.find("steering-committee").build(matter(year, unit))
        assert disagreements(whole) == [], unit
        sheets = sheets_of(whole)
        [row] = [row for row in sheets["Mục tiêu"] if f"Chi bộ {SHARE}" in row]
        assert told == tuple(cell for cell in row if isinstance(cell, int) and cell in (1, 2, 3, 4))[:2], row
        assert any(f"Chi bộ {SHARE}" in row for row in sheets["Các năm"])
        headings = {str(cell) for row in sheets["Theo đơn vị"] for cell in row if cell}
        assert f"Tắt {SHARE} ≥ 80%" in headings, unit


@pytest.mark.once
def test_an_issued_report_tells_it_and_what_changed_since(year, world, counts):
    target(TargetSet.objects.get(is_default=True), value=Decimal(80))
    then = told_of(matter(year))
    assert then["figures"][SHARE]["lists"] == {"met": ["A.X01"], "missed": ["B.X01"], "unrated": ["A.X02"]}
    ActivityCount.objects.filter(activity=counts[SHARE], unit=world.beta.unit).update(count=2)
    [changed] = [one for one in since_then(YEAR, then, matter(year)) if one.is_changed]
    assert (changed.indicator.code, changed.told_count, changed.moved) == (
        SHARE, "+1", [("B.X01", "chưa đủ", "đã đủ")],
    )  # fmt: skip


@pytest.mark.once
def test_years_of_another_definition_are_not_compared(year, plan, client_as, world, actor, counts):
    close_year(YEAR, by=BY, reason="thử")
    counts[SHARE].size = "organizations"
    counts[SHARE].save()
    give(opened(2019, actor), world.alpha, counts[SHARE], 2)
    read = board(list(RatingYear.objects.order_by("pk")))
    assert [read.figure(SHARE, one).denominator for one in (YEAR, 2019)] == [4, 3]
    assert read.indicator(SHARE, 2019).counted.redefined == (2019,)
    assert board([RatingYear.objects.get(pk=2019)]).indicator(SHARE, 2019).counted.redefined == ()
    page = client_as(Role.BOARD, world.province).get(f"/years/2019/indicators/{SHARE}/")
    assert [cell.is_cut for cell in page.context["by_year"].cells] == [False, True]
    assert page.context["chart"].series.breaks


@pytest.mark.once
@pytest.mark.parametrize(("value", "met", "short"), [("1.5", True, 0), ("1.51", False, 1), ("3", False, 6)])
def test_an_average_is_held_to_so_many_for_each_one(year, plan, client_as, world, value, met, short):
    each = declare("songs_each", size="cells", is_average=True, measure="bài")
    give(year, world.alpha, each, 5)
    give(year, world.beta, each, 1)
    target(plan, "songs_each", value=Decimal(value))
    [figure] = board([year]).of_set(YEAR, "DH16")
    assert (figure.numerator, figure.denominator, figure.met, figure.short) == (6, 4, met, short)
    assert figure.average == Decimal("1.50") and figure.met == (Fraction(6, 4) >= Fraction(value))
    client = client_as(Role.BOARD, world.province)
    said = value.replace(".", ",")
    for address in (f"/years/{YEAR}/?set=DH16", f"/years/{YEAR}/indicators/songs_each/", "/rules/"):
        page = shown(client, address)
        assert f"≥ {said}" in page and f"≥ {said}%" not in page and "150,00" not in page, address
    assert "1,5" in shown(client, f"/years/{YEAR}/indicators/songs_each/")


@pytest.mark.once
def test_pages_of_the_rules_name_many_counts_in_as_many_statements_as_one(year, plan, client_as, world):
    client = client_as(Role.BOARD, world.province)

    def asked(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    target(plan)
    one = {address: asked(address) for address in ("/rules/", "/trail/")}
    for code in (PLAIN, FEW):
        target(plan, code, comparison="<=", value=Decimal(6))
    assert {address: asked(address) for address in one} == one


@pytest.mark.once
def test_counts_of_units_and_of_cells_list_who_gave_them(year, plan, client_as, world):
    of_unit, of_cell = declare("unit_choirs", level="unit"), declare("cell_songs", level="cell")
    ActivityCount.objects.create(
        year=year, organization=world.alpha.unit, unit=world.alpha.unit, activity=of_unit, count=2
    )
    ActivityCount.objects.create(
        year=year, organization=world.beta.cells[0], grassroots=world.beta.commune, unit=world.beta.unit,
        activity=of_cell, count=7,
    )  # fmt: skip
    client = client_as(Role.BOARD, world.province)
    for code, who, count in (("unit_choirs", "A", 2), ("cell_songs", "B.X01.1", 7)):
        target(plan, code, value=Decimal(3))
        page = client.get(f"/years/{YEAR}/indicators/{code}/?part=met")
        assert [(row.code, row.cells["count"]) for row in page.context["table_rows"]] == [(who, count)]
        waiting = client.get(f"/years/{YEAR}/indicators/{code}/?part=unrated&q={who[0].lower()}")
        assert waiting.status_code == 200 and waiting.context["figure"].is_partial, code
        book = client.get(f"/years/{YEAR}/indicators/{code}/?part=met&format=xlsx")
        assert any(who in row for row in load_workbook(BytesIO(book.content)).active.values), code
    officer = client_as(Role.OFFICER, world.beta.unit)
    assert officer.get(f"/years/{YEAR}/indicators/unit_choirs/units/B/?part=met").context["table_rows"] == []


@pytest.mark.once
def test_one_that_is_switched_off_keeps_its_name_and_has_no_number(
    year, plan, client_as, world, counts, capsys
):
    target(plan)
    counts[SHARE].is_off = True
    counts[SHARE].save()
    [found] = told(capsys, "--set", "DH16")["indicators"]
    assert (found["numerator"], found["percent"], found["target"], found["met"]) == (None, None, "75", None)
    client = client_as(Role.BOARD, world.province)
    for address in (f"/years/{YEAR}/?set=DH16", f"/years/{YEAR}/indicators/{SHARE}/?part=unrated", "/rules/"):
        assert f"Chi bộ {SHARE}" in shown(client, address), address
