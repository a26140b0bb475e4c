"""The flags of single figures: in the command, on pages, charts, in workbooks, with a legend where one is."""

import re
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from accounts.models import Role
from assessments.entry.totals.years import ensure_reported_year
from assessments.figures.board import board
from assessments.figures.flags import Flag, brief, flags_of, signs, told
from assessments.figures.indicators import INDICATORS
from assessments.figures.past import Past
from assessments.reports import declared
from assessments.review.years.actions import close_year, open_year, reopen_year
from assessments.rules.models.years import RatingYear
from assessments.rules.years import all_years
from orgs.actions import reorganize
from orgs.models import Level
from tests.assessments.rated import ACTOR
from tests.assessments.years import rate, rate_all
from tests.pages import flat

STRONG, MEMBERS, HEADS = "grassroots_strong", "members_well", "village_heads_members"
LEGEND = {
    Flag.PROVISIONAL: "t: số tạm tính",
    Flag.REVISED: "s: đã sửa sau khi khóa năm",
    Flag.SCHEME_BREAK: "≠m: khác bộ mức, không so với năm trước",
    Flag.TREE_BREAK: "≠c: khác cơ cấu tổ chức, không so với năm trước",
    Flag.PARTIAL: "cđ: chưa đủ: còn thiếu số của đơn vị",
}


def flags(code: str, year: int, unit=None) -> list[str]:
    """As the command asks."""
    unit_id = unit and unit.pk
    figure = board([RatingYear.objects.get(pk=year)]).figure(code, year, unit_id)
    return flags_of(figure, Past(all_years(), unit_id))


def test_each_flag_has_a_sign_of_its_own_and_a_legend_tells_each_once():
    assert len({flag.sign for flag in Flag}) == len(Flag) == len({str(flag.words) for flag in Flag})
    assert told([[Flag.PARTIAL], [], [Flag.REVISED, Flag.PARTIAL]]) == [Flag.REVISED, Flag.PARTIAL]
    assert brief([]) == "" and brief(Flag) == "tscđ≠mc"
    assert signs([]) == "" and signs([Flag.REVISED, Flag.PARTIAL]) == "s cđ"


def test_provisional_while_open_revised_from_the_second_closing_on(world):
    rate_all(open_year(2018, by=ACTOR), "HTTNV")
    assert {tuple(flags(code, 2018)) for code in INDICATORS} == {("provisional",)}
    close_year(2018, by=ACTOR)
    assert {tuple(flags(code, 2018)) for code in INDICATORS} == {()}
    reopen_year(2018, by=ACTOR, reason="rà soát")
    assert flags(STRONG, 2018) == ["provisional"]
    close_year(2018, by=ACTOR)
    assert flags(STRONG, 2018) == flags(HEADS, 2018, world.alpha.unit) == ["revised"]


def test_partial_of_what_the_year_was_closed_without_and_of_whose_it_is(world):
    year = open_year(2018, by=ACTOR)
    rate_all(year, "HTTNV")
    rate(year, world.alpha.members[0])
    close_year(2018, by=ACTOR, reason="hết hạn")
    assert [code for code in INDICATORS if flags(code, 2018)] == [MEMBERS]
    assert flags(MEMBERS, 2018) == flags(MEMBERS, 2018, world.alpha.unit) == ["partial"]
    assert flags(MEMBERS, 2018, world.beta.unit) == flags(STRONG, 2018, world.alpha.unit) == []


def test_a_reported_year_without_a_number_has_none_to_be_partial(world):
    ensure_reported_year(2016, by=ACTOR)
    assert {tuple(flags(code, 2016)) for code in INDICATORS} == {()}


def of_another_kind(world) -> None:
    """2018 and 2019 open, of the same levels; alpha's committee is a grassroots organization from 2019 on."""
    reorganize.change_level(
        by=ACTOR, organization=world.alpha.unit, level=Level.GRASSROOTS, on=date(2019, 7, 1), decision="1-QĐ"
    )
    for year in (2018, 2019):
        found = open_year(year, by=ACTOR)
        rate(found, world.alpha.commune, "HTTNV")
        rate(found, world.beta.commune, "HTTNV")


def test_the_tree_breaks_what_it_changed_and_nothing_else(world):
    of_another_kind(world)
    rated = {code for code, one in INDICATORS.items() if one.subject in ("grassroots", "affiliated")}
    for unit, parted in ((None, rated), (world.alpha.unit, rated), (world.beta.unit, set())):
        assert {code for code in INDICATORS if "tree_break" in flags(code, 2019, unit)} == parted, unit
        assert not any("tree_break" in flags(code, 2018, unit) for code in INDICATORS)


def legend_of(page: str) -> set[Flag]:
    return {flag for flag, words in LEGEND.items() if f"</b> {words.split(': ', 1)[1]}" in page}


def signs_in(page: str) -> set[str]:
    return set(re.findall(r'<abbr class="flag" title="[^"]+">([^<]+)</abbr>', page))


@pytest.mark.parametrize("address", ["/years/2019/", "/years/2019/units/A/", "/years/2019/history/"])
def test_pages_mark_each_figure_and_the_legend_tells_every_sign(world, client_as, address):
    of_another_kind(world)
    response = client_as(Role.BOARD, world.province).get(address)
    page = flat(response)
    assert signs_in(page) == {"t", "≠c"}
    assert legend_of(page) == {Flag.PROVISIONAL, Flag.TREE_BREAK}


def test_matrix_history_and_chart_bear_the_flags_of_the_judge(world, client_as):
    of_another_kind(world)
    client = client_as(Role.BOARD, world.province)
    context = client.get("/years/2019/").context
    codes = [column.code for column in context["matrix"].columns]
    for line, unit in ((_line(context, "Huyện ủy Alpha"), world.alpha.unit), (context["matrix"].total, None)):
        for code, cell in zip(codes, line.cells, strict=False):
            assert cell.value == "–" or list(cell.flags) == flags(code, 2019, unit), (line.name, code)
    rows = {row.figure.code: row for row in context["rows"]}
    assert all(row.flags == flags(code, 2019) for code, row in rows.items() if row.figure.is_told)
    marked = [[text.text for text in chart.series.texts] for chart in context["charts"]]
    assert "t≠c" in marked[0] and "t≠c" not in marked[4] and "t" in marked[4]
    table = client.get("/years/2019/history/").context["table"]
    assert [list(cell.flags) for cell in table[0].cells] == [["provisional"], ["provisional", "tree_break"]]


def _line(context, name: str):
    return next(line for line in context["matrix"].lines if line.name == name)


@pytest.mark.once
def test_workbooks_write_the_signs_behind_the_numbers_and_tell_them_once(world):
    of_another_kind(world)
    found = RatingYear.objects.get(pk=2019)
    matter = declared.matter_of(found, found.province, None)
    for slug, sheet in (("targets", "Mục tiêu"), ("years", "Các năm"), ("steering-committee", "Theo đơn vị")):
        book = openpyxl.load_workbook(BytesIO(declared.BY_SLUG[slug].build(matter)))
        cells = [cell for row in book[sheet].iter_rows() for cell in row]
        assert {'0.00" t"', '0.00" t ≠c"'} <= {cell.number_format for cell in cells}, slug
        notes = [cell.value for cell in cells if str(cell.value).startswith("Dấu sau số")]
        assert notes == [f"Dấu sau số: {LEGEND[Flag.PROVISIONAL]}; {LEGEND[Flag.TREE_BREAK]}."], slug


def test_a_closed_year_of_which_nothing_must_be_known_has_no_mark_and_no_legend(world, client_as):
    rate_all(open_year(2018, by=ACTOR), "HTTNV")
    close_year(2018, by=ACTOR)
    client = client_as(Role.BOARD, world.province)
    for address in ("/years/2018/", "/years/2018/history/"):
        page = flat(client.get(address))
        assert not signs_in(page) and not legend_of(page), address
