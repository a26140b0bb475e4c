"""Units × shares: sums of part and whole, how many gave them, blank apart from 0, the year before beside."""

import random
import re
from collections import defaultdict
from datetime import date
from fractions import Fraction
from io import BytesIO

import openpyxl
import pytest

from accounts.models import Role
from assessments.roster.following import follow_registers
from assessments.rules.models.counts import Activity
from assessments.rules.models.target_sets import TargetScope, TargetSet
from assessments.rules.models.targets import Target
from tests import factories
from tests.assessments.entry.part_two.conftest import CELLS
from tests.pages import flat
from tests.queries import queries

MONTHLY, THEMATIC, COVERED = "cells_meeting_monthly", "thematic_meetings", "households_covered"
PAGE = "/counts/2018/"


def shown(page, code):
    """Of each row by its code, the total under "": the cell of a count."""
    matrix = page.context["matrix"]
    at = [head.rule.code for head in matrix.heads].index(code)
    return {row.code: row.cells[at] for row in (*matrix.rows, matrix.total)}


def row_of(page, name):
    """The text of a row of the table, tags left out."""
    found = next(row for row in re.findall(r"<tr.*?</tr>", page.content.decode(), re.S) if name in row)
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def cells(response):
    return list(openpyxl.load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))


def test_part_and_whole_are_added_up_of_those_that_gave(board, give):
    give("A.X01", **{MONTHLY: 1})
    give("B.X01", **{MONTHLY: 0})
    page = board.get(PAGE)
    found = {code: one.now for code, one in shown(page, MONTHLY).items()}
    assert (found["A"].shown, found["A"].fraction, found["A"].gave, found["A"].asked) == ("50,0", "1/2", 1, 2)
    assert (found["B"].shown, found["B"].fraction, found["B"].is_partly) == ("0,0", "0/2", False)
    assert (found[""].shown, found[""].fraction, found[""].gave, found[""].asked) == ("25,0", "1/4", 2, 4)
    assert found["A"].is_partly and found[""].is_partly and not found["U1"].is_partly


def test_blank_is_no_0_and_no_villages_is_neither(board, give):
    give("A.X01", **{MONTHLY: 1})
    give("B.X01", **{MONTHLY: 0})
    page = board.get(PAGE)
    assert "báo 1/2" in row_of(page, "Huyện ủy Alpha") and 'class="p sep part"' in page.content.decode()
    beta, without = row_of(page, "Huyện ủy Beta"), row_of(page, "Huyện ủy 1<")
    assert "0,0 0/2" in beta and "không có thôn" not in beta
    assert "chưa báo" in without and "không có thôn" in without and "0,0" not in without
    assert "chưa báo" not in row_of(page, "Huyện ủy 2<")


def test_a_share_needs_both_its_part_and_its_whole(board, give):
    give("A.X01", **{COVERED: 30, "households": 40})
    give("B.X01", **{COVERED: 7})
    found = {code: one.now for code, one in shown(board.get(PAGE), COVERED).items()}
    assert (found["A"].shown, found["A"].is_partly) == ("75,0", False)
    assert (found["B"].shown, found["B"].fraction, found["B"].is_partly) == ("–", "7/–", True)
    assert (found[""].fraction, found[""].gave, found[""].asked) == ("30/40", 1, 2)


def test_of_nothing_there_is_no_share_and_a_unit_that_gave_all_is_complete(board, give):
    give("A.X01", apprentices=0, secretaries_first_elected=0)
    give("A.X02", apprentices=0, secretaries_first_elected=0)
    alpha = shown(board.get(PAGE), "apprentices")["A"].now
    assert (alpha.shown, alpha.fraction, alpha.is_partly) == ("–", "0/0", False)


def test_an_average_has_two_places(board, give):
    give("A.X01", **{THEMATIC: 7})
    give("A.X02", **{THEMATIC: 1})
    alpha = shown(board.get(PAGE), THEMATIC)["A"].now
    assert (alpha.shown, alpha.fraction) == ("2,67", "8/3")


def test_who_has_given_all_that_is_shown_is_counted_in_the_title_and_beside(board, give):
    full = {
        **{MONTHLY: 2, THEMATIC: 8, "cells_attended": 2, "members_with_tasks": 3, "households": 9},
        **{COVERED: 9, "checks_planned": 2, "checks_done": 2, "secretaries_first_elected": 1},
        **{"apprentices": 1, "committee_members": 3, "training_attendances": 2},
    }
    give("A.X01", **full)
    give("B.X01", **full | {"training_attendances": 3})
    give("A.X02", **{MONTHLY: 1})
    page = board.get(PAGE)
    rows = {row.code: (row.full, row.of, row.sign) for row in page.context["matrix"].rows}
    assert rows["A"] == (1, 2, "wait") and rows["B"] == (1, 1, "met") and rows["U1"] == (0, 1, "none")
    assert rows["U2"] == (0, 0, "")
    text = flat(page)
    assert "Nhiệm vụ, giải pháp: 2 trong 4 TCCSĐ đã báo đủ; chi bộ sinh hoạt đủ 12 tháng 100,0%" in text
    assert "Còn 2 TCCSĐ chưa báo đủ" in text


def test_groups_of_columns_are_chosen_by_links(board, give):
    give("A.X01", households=12)
    page = board.get(PAGE, {"group": "Đảng viên"})
    heads = [head.rule.code for head in page.context["matrix"].heads]
    assert heads[0] == "members_with_tasks" and MONTHLY not in heads
    assert shown(page, "households")["A"].now.shown == "12"
    unknown = board.get(PAGE, {"group": "không có"})
    assert [head.rule.code for head in unknown.context["matrix"].heads][0] == MONTHLY


def test_the_half_year_stands_for_itself(board, give):
    give("A.X01", **{THEMATIC: 8})
    give("A.X01", period="half", **{THEMATIC: 3})
    half = board.get(PAGE, {"period": "half"})
    assert shown(half, THEMATIC)["A"].now.given.count == 3
    assert MONTHLY not in [head.rule.code for head in half.context["matrix"].heads]
    assert shown(board.get(PAGE), THEMATIC)["A"].now.given.count == 8


def test_the_year_before_stands_beside(board, give):
    give("A.X01", year_=2017, **{MONTHLY: 2})
    give("B.X01", year_=2017, **{MONTHLY: 1})
    found = shown(board.get(PAGE), MONTHLY)
    assert {code: one.before.shown for code, one in found.items() if one.before.shown} == {
        "A": "100,0",
        "B": "50,0",
        "": "75,0",
    }
    assert not any(one.before.shown for one in shown(board.get("/counts/2017/"), MONTHLY).values())


@pytest.mark.parametrize(("adds_up", "before"), [(True, "60,0"), (False, "50,0; 66,7")])
def test_a_merged_unit_is_one_number_only_where_the_count_adds_up(board, year, give, actor, adds_up, before):
    Activity.objects.filter(code=MONTHLY).update(adds_up=adds_up)
    give("B.X01", year_=2017, **{MONTHLY: 1})
    give("U1.X01", year_=2017, **{MONTHLY: 2})
    world, body = year.world, year.bodies["U1.X01"]
    for cell in body.children.all():
        end(cell)
    end(body, world.beta.commune)
    end(world.units[0], world.beta.unit)
    follow_registers(by=actor)
    found = shown(board.get(PAGE), MONTHLY)
    assert "U1" not in found and found["B"].before.shown == before
    own = shown(board.get("/counts/2018/units/B/"), MONTHLY)
    assert own["B.X01"].before.shown == before


def end(body, into=None):
    body.dissolved_on, body.merged_into = date(2018, 2, 28), into
    body.save()


def test_every_number_of_the_workbook_counted_again(board, give):
    chance, given = random.Random(15), defaultdict(dict)
    for code, cells_ in CELLS.items():
        for count, most in ((MONTHLY, cells_), (THEMATIC, 9), ("cells_attended", cells_)):
            if chance.random() < 0.7:
                given[code][count] = chance.randint(0, most)
        give(code, **given[code])
    rows = cells(board.get(PAGE, {"export": "xlsx"}))
    heads = next(row for row in rows if row[0] == "Mã")
    names = {MONTHLY: "Chi bộ sinh hoạt đủ 12 tháng", THEMATIC: "Cuộc sinh hoạt chuyên đề"}
    names["cells_attended"] = "Chi bộ được dự sinh hoạt"
    for unit in ("A", "B", "U1", None):
        own = [code for code in CELLS if unit is None or code.startswith(f"{unit}.")]
        row = next(one for one in rows if (one[0] == unit if unit else one[1] == "Cộng"))
        for count, name in names.items():
            gave = [code for code in own if count in given[code]]
            part = sum(given[code][count] for code in gave)
            whole = sum(CELLS[code] for code in gave)
            at = heads.index(f"{name} 2018")
            assert row[at + 1 : at + 4] == (
                (part, whole, f"{len(gave)}/{len(own)}") if gave else (None, None, f"0/{len(own)}")
            )
            share = Fraction(part, whole) * (1 if count == THEMATIC else 100) if gave else None
            assert (
                row[at] is None if share is None else abs(Fraction(str(row[at])) - share) <= Fraction(1, 20)
            )


@pytest.mark.parametrize(("part", "words"), [(1, "chưa đạt"), (2, "đạt")])
def test_a_target_on_a_count_stands_in_its_head_and_judges_the_sums(board, give, part, words):
    """More than 50%: 2 of 4 cells do not meet it, 3 of 4 do."""
    Target.objects.create(
        set=TargetSet.objects.first(), indicator=MONTHLY, comparison=">", value=50, scope=TargetScope.PROVINCE
    )
    give("A.X01", **{MONTHLY: part})
    give("B.X01", **{MONTHLY: 1})
    page = board.get(PAGE)
    total = shown(page, MONTHLY)[""]
    assert "chỉ tiêu &gt; 50%" in flat(page) and total.standing.words == words
    assert not any(one.standing for one in shown(page, THEMATIC).values())
    assert "chỉ tiêu" not in flat(board.get(PAGE, {"period": "half"})).split("<table")[1]


@pytest.mark.parametrize(("count", "words"), [(7, "chưa đạt"), (8, "đạt")])
def test_an_average_is_held_to_so_many_for_each_one(board, give, count, words):
    """At least 4 for each of the two cells."""
    Target.objects.create(
        set=TargetSet.objects.first(),
        indicator=THEMATIC,
        comparison=">=",
        value=4,
        scope=TargetScope.PROVINCE,
    )
    give("B.X01", **{THEMATIC: count})
    page = board.get(PAGE)
    assert shown(page, THEMATIC)[""].standing.words == words and "chỉ tiêu ≥ 4<" in flat(page)


def test_a_year_of_which_nothing_is_counted_says_so(board):
    Activity.objects.update(last_year=2017)
    assert "Năm này không có số liệu đếm" in flat(board.get(PAGE))


@pytest.mark.parametrize("role", [Role.BOARD, Role.VIEWER])
def test_who_compares_units_sees_them_all_and_nobody_by_name(role, year, give, client_as):
    give("A.X01", **{MONTHLY: 1})
    page = client_as(role, year.world.province).get(PAGE).content.decode()
    assert "Huyện ủy Beta" in page and "Y Alpha" not in page and "A Alpha" not in page


def test_an_officer_is_taken_to_the_own_unit_and_sees_no_other(officer, year, give):
    give("A.X01", **{MONTHLY: 1})
    give("B.X01", **{MONTHLY: 1})
    assert officer.get(f"{PAGE}?period=half").url == "/counts/2018/units/A/?period=half"
    page = officer.get("/counts/2018/units/A/")
    assert [row.code for row in page.context["matrix"].rows] == ["A.X01", "A.X02"]
    matrix = page.context["matrix"]
    assert (matrix.total.cells[0].now.fraction, matrix.province.cells[0].now.fraction) == ("1/2", "2/4")
    assert "Beta" not in page.content.decode()
    assert officer.get("/counts/2018/units/B/").status_code == 404


def test_a_clerk_reads_no_figures(year, client_of):
    assert client_of(year.clerk).get(PAGE).status_code == 403


def test_an_organization_says_how_many_of_the_shown_counts_it_gave(board, give):
    give("A.X02", **{MONTHLY: 1, THEMATIC: 4})
    page = board.get("/counts/2018/units/A/")
    rows = {row.code: (row.full, row.of) for row in page.context["matrix"].rows}
    assert rows == {"A.X01": (0, 8), "A.X02": (2, 7)}
    assert "không có thôn" in row_of(page, "Đảng bộ A.X02")


def test_statements_do_not_grow_with_organizations(board, officer, year, actor):
    pages = {PAGE: board, "/counts/2018/units/A/": officer}
    for address, client in pages.items():
        queries(client, address)
    few = [queries(client, address) for address, client in pages.items()]
    for _number in range(9):
        factories.cell(factories.organization(year.world.alpha.unit))
    follow_registers(by=actor)
    assert [queries(client, address) for address, client in pages.items()] == few
