"""Villages at risk: thresholds on both sides, counted here one by one."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from accounts.models import Role
from assessments.figures.at_risk.rules import Risk, born_by, risk_of
from assessments.review.rulebook.actions import save_risk_age
from assessments.roster.following import follow_registers
from assessments.rules.models.risk import RiskAge
from resolution03.lib.errors import Refusal
from tests import factories
from tests.assessments.years import opened

OFFICIAL = {"admitted_on": date(1990, 1, 1), "official_on": date(1991, 1, 1)}
YOUNG, OLD, TURNS, NOT_YET = date(1985, 5, 5), date(1930, 1, 1), date(1949, 12, 31), date(1950, 1, 1)


def test_every_cell_up_to_seven_by_counting_its_members():
    for official in range(8):
        for exempt in range(official + 1):
            for aged in range(official - exempt + 1):
                for unborn in range(official - exempt - aged + 1):
                    sure = official - exempt - aged - unborn
                    found = risk_of(official=official, exempt=exempt, aged=aged, unborn=unborn)
                    at_most, at_least = sure + unborn, sure
                    if official in (0, 1, 2, 3):
                        assert found == Risk.FEW
                    elif at_most in (0, 1, 2):
                        assert found == Risk.LEAVING
                    else:
                        assert found == (Risk.UNKNOWN if at_least in (0, 1, 2) else None)


def test_who_reaches_the_age_by_the_end_of_the_year_after():
    assert born_by(2018, 70) == TURNS
    for born, is_taken in ((TURNS, True), (NOT_YET, False)):
        birthdays = date(born.year + 70, born.month, born.day)
        assert (birthdays <= date(2019, 12, 31)) == is_taken == (born <= born_by(2018, 70))


@pytest.fixture
def year(world, actor):
    """Alpha's commune, each village with the births of its official members; None: not known."""
    cells = {
        "three": [YOUNG] * 3,
        "four": [YOUNG] * 4,
        "two left": [YOUNG, YOUNG, TURNS, OLD],
        "three left": [YOUNG, YOUNG, NOT_YET, OLD],
        "unknown": [YOUNG, YOUNG, None, OLD],
    }
    for name, births in cells.items():
        village(world.alpha.commune, name, births)
    cell = village(world.alpha.commune, "exempt", [YOUNG] * 4)
    for person in list(cell.members.all())[:2]:
        person.is_exempt = True
        person.save()
    factories.member(cell, admitted_on=date(2018, 5, 1))
    shared = village(world.alpha.commune, "shared", [YOUNG])
    factories.village(world.alpha.commune, shared, name="shared too")
    factories.village(world.alpha.commune, None, name="none")
    return opened(2018, actor)


def village(commune, name, births):
    cell = factories.cell(commune)
    for born in births:
        factories.member(cell, born_on=born, **OFFICIAL)
    factories.village(commune, cell, name=name)
    return cell


@pytest.mark.django_db
def test_each_village_once_in_its_state(world, client_as, year):
    shown = client_as(Role.VIEWER, world.province).get("/years/2018/at-risk/").context
    found = {one["village"].name: one["village"].risk for one in shown["listed"]}
    assert found == {
        "Thôn Alpha": Risk.FEW, "Thôn Beta": Risk.FEW, "three": Risk.FEW, "two left": Risk.LEAVING,
        "exempt": Risk.LEAVING, "unknown": Risk.UNKNOWN,
    }  # fmt: skip
    total = shown["total"]
    assert (total.all, total.few, total.leaving, total.at_risk, total.unknown) == (8, 3, 2, 5, 1)
    assert sum(row.at_risk for row in shown["rows"]) == total.at_risk
    row = next(one["village"] for one in shown["listed"] if one["village"].name == "exempt")
    assert (row.official, row.exempt, row.aged, row.unborn, row.left) == (4, 2, 0, 0, 2)
    assert shown["title"] == "5 thôn có nguy cơ tái trắng đảng viên; 1 thôn chưa biết"
    assert shown["rule_words"] == "70 tuổi (mặc định, chưa có quyết định)"


@pytest.mark.django_db
def test_the_board_sets_the_age_from_a_year_on(world, client_as, year, actor):
    client = client_as(Role.BOARD, world.province)
    save_risk_age(RiskAge(age=69, first_year=2018, document_number="12-QĐ/BTC"), by=actor)
    save_risk_age(RiskAge(age=18, first_year=2019), by=actor)
    shown = client.get("/years/2018/at-risk/").context
    assert (shown["age"], shown["rule_words"]) == (69, "69 tuổi (12-QĐ/BTC)")
    names = {one["village"].name for one in shown["listed"]}
    assert "three left" in names and "four" not in names
    for wrong in (RiskAge(age=17, first_year=2020), RiskAge(age=70, first_year=2019)):
        with pytest.raises(Refusal):
            save_risk_age(wrong, by=actor)
    assert "69" in client.get("/rules/").content.decode()


@pytest.mark.django_db
def test_scopes_names_and_the_workbook(world, client_as, year):
    officer = client_as(Role.OFFICER, world.alpha.unit)
    assert officer.get("/years/2018/at-risk/").url == "/years/2018/at-risk/A/"
    page = officer.get("/years/2018/at-risk/A/")
    assert [row.name for row in page.context["rows"]] == ["Huyện ủy Alpha"]
    assert "Beta" not in page.content.decode()
    assert officer.get("/years/2018/at-risk/B/").status_code == 404
    viewer = client_as(Role.VIEWER, world.province)
    for query, count in (("?", 6), ("?risk=leaving", 2), ("?risk=unknown", 1)):
        assert viewer.get(f"/years/2018/at-risk/{query}").context["page"].count == count
        book = viewer.get(f"/years/2018/at-risk/{query}&export=xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
        rows = [row for row in sheet.iter_rows(min_row=5, values_only=True) if row[0]]
        assert len(rows) == count
    assert rows[0][2:9] == ("unknown", "Đảng bộ xã Alpha", 4, 0, 1, 1, 3)
    assert b"Nguy\xe1\xbb\x85n V\xc4\x83n" not in viewer.get("/years/2018/at-risk/").content


@pytest.mark.django_db
def test_statements_do_not_grow(world, client_as, year, actor: Actor):
    client = client_as(Role.BOARD, world.province)
    client.get("/years/2018/at-risk/")
    with CaptureQueriesContext(connection) as few:
        client.get("/years/2018/at-risk/")
    for number in range(8):
        village(world.beta.commune, f"thôn {number}", [YOUNG])
    follow_registers(by=actor)
    client.get("/years/2018/at-risk/")
    with CaptureQueriesContext(connection) as many:
        assert client.get("/years/2018/at-risk/").context["page"].count == 14
    assert len(few) == len(many)
