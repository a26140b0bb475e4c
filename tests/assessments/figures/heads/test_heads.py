"""Village heads who are no members, and the ways that a village has (counted here by other means)."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from assessments.figures.heads.actions import choose_ways
from assessments.figures.heads.models import HeadWay, Way
from assessments.figures.heads.rules import open_ways
from assessments.figures.heads.sheet import Done, arithmetic
from assessments.figures.heads.villages import villages
from assessments.review.years.actions import close_year
from assessments.roster.following import follow_registers
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.models.years import RatingYear, Submission
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
from tests import factories
from tests.assessments.years import opened

OFFICIAL = {"admitted_on": date(2010, 1, 1), "official_on": date(2011, 1, 1)}


def test_the_ways_of_a_village():
    assert open_ways(is_vacant=False, has_cell=True, free_members=1) == (Way.ADMIT, Way.STAND)
    assert open_ways(is_vacant=False, has_cell=True, free_members=0) == (Way.ADMIT,)
    assert open_ways(is_vacant=False, has_cell=False, free_members=9) == ()
    assert open_ways(is_vacant=True, has_cell=True, free_members=9) == ()


@pytest.fixture
def year(world, actor):
    """In alpha: Ta has both ways, Tb only A (its members are probationary, exempt, or head elsewhere), Tc no
    cell, Td nobody, Te a member as head, Tf shares the cell of Ta. In beta: the village of the world."""
    commune = world.alpha.commune
    cells = [factories.cell(commune, code=f"A.X01.{n}") for n in (5, 6, 7)]
    factories.member(cells[0], **OFFICIAL)
    factories.member(cells[1], admitted_on=date(2018, 3, 1))
    factories.member(cells[1], is_exempt=True, **OFFICIAL)
    elsewhere = factories.member(cells[1], **OFFICIAL)
    places = dict(zip("abcdef", (cells[0], cells[1], None, cells[2], cells[2], cells[0]), strict=True))
    for letter, cell in places.items():
        village = factories.village(commune, cell, code=f"T{letter}", name=f"Thôn {letter}")
        if letter != "d":
            member = elsewhere if letter == "e" else None
            factories.head(village, date(2017, 2, 12), member=member)
    return opened(2018, actor)


def of(year, **wanted):
    lines = VillageLine.objects.filter(year=year, **wanted)
    return {one.code: one for one in villages(lines, year)}


@pytest.mark.django_db
def test_each_village_by_its_cell_and_its_members(world, year):
    found = of(year, unit=world.alpha.unit)
    assert {code: [way.value for way in one.ways] for code, one in found.items()} == {
        "T.A.1": ["a"], "Ta": ["a", "b"], "Tb": ["a"], "Tc": [], "Td": [], "Tf": ["a", "b"],
    }  # fmt: skip
    assert [code for code, one in found.items() if one.is_vacant] == ["Td"]
    assert [code for code, one in found.items() if one.lacks_cell] == ["Tc"]
    assert (found["Ta"].shares_with, found["Tb"].shares_with) == (("Thôn f",), ())
    assert (found["Ta"].members, found["Tb"].members, found["Tc"].members) == (1, 1, 0)
    assert found["Ta"].since == "12/02/2017"


@pytest.mark.django_db
def test_a_member_who_no_longer_heads_elsewhere_may_stand(world, year, actor):
    village = VillageLine.objects.get(year=year, code="Te").village
    village.heads.update(ends_on=date(2018, 12, 30))
    follow_registers(by=actor)
    found = of(year, unit=world.alpha.unit)
    assert found["Tb"].ways == (Way.ADMIT, Way.STAND) and found["Te"].is_vacant


def page(client, address="/years/2018/heads/"):
    return client.get(address).context


@pytest.mark.django_db
def test_units_and_province_add_up_each_village_once(world, client_as, year):
    told = page(client_as(Role.BOARD, world.province))
    total, rows = told["total"], {row.name: row for row in told["rows"]}
    assert (total.villages, total.in_post, total.others, total.vacant) == (8, 7, 6, 1)
    assert (total.admit, total.stand, total.lacking_cell, total.with_way) == (5, 2, 1, 5)
    alpha = rows["Huyện ủy Alpha"]
    assert (alpha.others, alpha.admit, alpha.stand, alpha.figure.short) == (5, 4, 2, 3)
    for name in ("others", "admit", "stand", "lacking_cell", "vacant", "with_way"):
        assert getattr(total, name) == sum(getattr(row, name) for row in rows.values()), name
    assert total.figure.needed == 7 * 60 // 100 + 1 == 5
    assert arithmetic(total.figure) == "⌊0,6 × 7⌋ + 1 = 5"
    assert told["title"].startswith("Thôn trưởng: thiếu 4 đảng viên để trên 60%; 6 thôn trưởng chưa là")


@pytest.mark.django_db
def test_what_the_chosen_ways_would_make_is_an_addition(world, client_as, year, actor):
    unit = Submission.objects.get(year=year, unit=world.alpha.unit)
    lines = {one.code: one.line for one in of(year, unit=world.alpha.unit).values()}
    ways = {lines["Ta"]: "b", lines["Tb"]: "a", lines["Tf"]: "a", lines["Tc"]: ""}
    assert choose_ways(by=actor, unit=unit, ways=ways) == 3
    done = Done(page(client_as(Role.BOARD, world.province))["total"])
    assert (done.admit, done.stand, done.after, done.base) == (2, 1, 4, 7)
    assert (done.short, done.needed_when_filled) == (1, 8 * 60 // 100 + 1)
    assert choose_ways(by=actor, unit=unit, ways={lines["T.A.1"]: "a"}) == 1
    done = Done(page(client_as(Role.BOARD, world.province))["total"])
    assert (done.after, done.short, done.spare) == (5, 0, 0)
    entry = AuditEntry.objects.filter(action="head_way.choose").latest("pk")
    assert (entry.object_code, entry.unit_id) == ("T.A.1", world.alpha.unit.pk)
    assert entry.after == {"year": 2018, "way": "A"}


@pytest.mark.django_db
def test_a_way_that_the_village_lacks_and_a_closed_year_are_refused(world, year, actor):
    unit = Submission.objects.get(year=year, unit=world.alpha.unit)
    lines = {one.code: one.line for one in of(year, unit=world.alpha.unit).values()}
    for code, way in (("Tb", "b"), ("Tc", "a"), ("Td", "a")):
        with pytest.raises(Refusal):
            choose_ways(by=actor, unit=unit, ways={lines["Ta"]: "a", lines[code]: way})
    assert not HeadWay.objects.exists()
    close_year(2018, by=actor, reason="thử")
    with pytest.raises(Refusal):
        choose_ways(by=actor, unit=unit, ways={lines["Ta"]: "a"})
    other = of(RatingYear.objects.get(pk=2018), unit=world.beta.unit)["T.B.1"]
    assert other.chosen is None


@pytest.mark.django_db
def test_the_officer_chooses_for_the_own_unit_and_the_others_read(world, client_as, year):
    line = of(year, unit=world.alpha.unit)["Ta"].line
    foreign = of(year, unit=world.beta.unit)["T.B.1"].line
    officer = client_as(Role.OFFICER, world.alpha.unit)
    assert officer.get("/years/2018/heads/").url == "/years/2018/heads/A/"
    sent = officer.post(
        "/years/2018/heads/A/ways/?way=a", {f"way-{line}": "b", f"way-{foreign}": "a", "way-x": "a"}
    )
    assert sent.url == "/years/2018/heads/A/?way=a"
    assert list(HeadWay.objects.values_list("line", "way")) == [(line, "b")]
    assert f'name="way-{line}" value="b" checked' in officer.get(sent.url).content.decode()
    for role in (Role.BOARD, Role.VIEWER):
        client = client_as(role, world.province)
        shown = client.get("/years/2018/heads/A/")
        assert shown.status_code == 200 and b'type="radio"' not in shown.content
        assert "A Alpha" not in shown.content.decode() and "Thôn a" in shown.content.decode()
        assert client.post("/years/2018/heads/A/ways/", {f"way-{line}": "a"}).status_code == 403
    assert client_as(Role.CLERK, world.alpha.commune).get("/years/2018/heads/A/").status_code == 403
    assert officer.get("/years/2018/heads/B/").status_code == 404
    assert officer.post("/years/2018/heads/B/ways/", {f"way-{foreign}": "a"}).status_code == 404


@pytest.mark.django_db
def test_a_refusal_shows_the_page_as_it_was_typed(world, client_as, year):
    lines = {one.code: one.line for one in of(year, unit=world.alpha.unit).values()}
    sent = client_as(Role.OFFICER, world.alpha.unit).post(
        "/years/2018/heads/A/ways/", {f"way-{lines['Ta']}": "b", f"way-{lines['Tb']}": "b"}
    )
    assert sent.status_code == 422 and not HeadWay.objects.exists()
    assert "Thôn b hiện không có hướng B." in sent.content.decode()
    assert f'name="way-{lines["Ta"]}" value="b" checked' in sent.content.decode()


@pytest.mark.django_db
def test_the_list_is_narrowed_and_the_workbook_has_its_rows(world, client_as, year):
    client = client_as(Role.VIEWER, world.province)
    asked = {
        "": 6 + 1,
        "?units=all": 7,
        "?units=B": 1,
        "?way=c": 1,
        "?way=b": 2,
        "?way=none": 1,
        "?q=thon+f": 1,
    }
    for query, count in asked.items():
        assert page(client, f"/years/2018/heads/{query}")["page"].count == count, query
        book = client.get(f"/years/2018/heads/{query or '?'}&export=xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
        rows = [row for row in sheet.iter_rows(min_row=5, values_only=True) if row[0] is not None]
        assert len(rows) == count, query
    cells = {row[2]: row[4:11] for row in rows}
    assert cells == {"Thôn f": ("ghép với Thôn a", 1, "từ 12/02/2017", "x", "x", None, "chưa định")}


@pytest.mark.django_db
def test_statements_do_not_grow_with_villages(world, client_as, year, actor):
    client = client_as(Role.BOARD, world.province)
    client.get("/years/2018/heads/")
    with CaptureQueriesContext(connection) as few:
        client.get("/years/2018/heads/")
    for number in range(12):
        cell = factories.cell(world.beta.commune)
        factories.member(cell, **OFFICIAL)
        factories.head(factories.village(world.beta.commune, cell, name=f"Thôn {number}"))
    follow_registers(by=actor)
    client.get("/years/2018/heads/")
    with CaptureQueriesContext(connection) as many:
        assert page(client)["page"].count == 19
    assert len(many) == len(few)
