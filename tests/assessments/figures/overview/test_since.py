"""A year beside the year before: signed whole numbers and points, or why they are not compared."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from accounts.models import Role
from assessments.entry.totals.years import ensure_reported_year
from assessments.review.years.actions import open_year
from assessments.rules.models.years import RatingYear
from resolution03.lib.figures import points, signed
from tests import factories
from tests.assessments.rated import ACTOR
from tests.assessments.years import rate
from tests.pages import flat

STRONG, HEADS, BLANK = "grassroots_strong", "village_heads_members", "villages_without_cell"


def test_points_are_exact_and_rounded_once():
    assert points((676, 754), (652, 753)) == Decimal("3.07")
    assert points((1, 3), (1, 3)) == 0 and points((0, 5), (5, 5)) == -100
    # 0.005 points: half up, away from zero; each share cut first would give 0.01 or 0.00 by chance.
    assert points((1, 20000), (0, 7)) == Decimal("0.01")
    assert points((0, 7), (1, 20000)) == Decimal("-0.01")
    assert points((1, 20001), (0, 7)) == 0
    random = Random(13)
    for _ in range(300):
        now, before = ((random.randint(0, whole), whole) for whole in random.choices(range(1, 4000), k=2))
        apart = Fraction(*now) * 100 - Fraction(*before) * 100
        assert abs(Fraction(points(now, before)) - apart) <= Fraction(1, 200)


def test_a_signed_number_is_never_a_hyphen():
    assert [signed(n) for n in (24, -1, 0, -1234)] == ["+24", "−1", "0", "−1.234"]
    assert [signed(Decimal(n)) for n in ("3.07", "-0.50")] == ["+3,07", "−0,50"]


def two_years(world) -> None:
    """2018: one of two strong; 2019, of the same levels: both."""
    for year, beta in ((2018, "HTNV"), (2019, "HTTNV")):
        found = open_year(year, by=ACTOR)
        rate(found, world.alpha.commune, "HTTNV")
        rate(found, world.beta.commune, beta)


def rows_of(client, address: str) -> dict:
    return {row.figure.code: row for row in client.get(address).context["rows"]}


def test_more_in_whole_numbers_and_points(world, client_as):
    two_years(world)
    client = client_as(Role.BOARD, world.province)
    response = client.get("/years/2019/")
    rows = {row.figure.code: row for row in response.context["rows"]}
    strong = rows[STRONG].change
    assert (strong.words, strong.detail, strong.icon) == ("+1 tổ chức", "+50,00 điểm", "arrow-up-right")
    assert (rows[BLANK].change.words, rows[BLANK].change.detail) == ("không đổi", "năm 2018: 0")
    page = flat(response)
    assert "So với năm 2018 (tạm tính)" in page and "+50,00 điểm" in page
    title = response.context["title"]
    assert title.endswith("; TCCSĐ trong sạch, vững mạnh tăng 1 so với năm 2018"), title


def test_less_and_the_units_beside(world, client_as):
    two_years(world)
    year = RatingYear.objects.get(pk=2019)
    rate(year, world.alpha.commune, "KHTNV")
    rate(year, world.beta.commune, "HTNV")
    client = client_as(Role.BOARD, world.province)
    response = client.get("/years/2019/")
    lines = {line.name: line for line in response.context["matrix"].lines}
    cells = {name: lines[name].cells[0].change for name in ("Huyện ủy Alpha", "Huyện ủy Beta")}
    assert [(one.brief, one.points) for one in cells.values()] == [("−1", -100), ("±0", 0)]
    assert response.context["matrix"].total.cells[0].change.brief == "−1"
    assert "giảm 1 so với năm 2018" in response.context["title"]
    assert [column.since for column in response.context["matrix"].columns if column.since]
    unit = rows_of(client, "/years/2019/units/A/")[STRONG].change
    assert (unit.words, unit.detail) == ("−1 tổ chức", "−100,00 điểm")


def test_across_a_break_it_says_why_and_counts_still_compare(world, client_as):
    for year, level in ((2017, "TSVM"), (2018, "HTTNV")):
        rate(open_year(year, by=ACTOR), world.alpha.commune, level)
    response = client_as(Role.BOARD, world.province).get("/years/2018/")
    rows = {row.figure.code: row.change for row in response.context["rows"]}
    assert rows[STRONG].count is rows[STRONG].points is None
    assert rows[STRONG].words == "không so sánh được" and rows[STRONG].detail.startswith("2018: ")
    assert rows[HEADS].count == 0 and rows[BLANK].count == 0
    since = {column.code: column.since for column in response.context["matrix"].columns}
    assert not since[STRONG] and since[HEADS]
    assert all(line.cells[0].change is None for line in response.context["matrix"].lines)
    assert "“Không so sánh được”: từ năm 2018" in flat(response)


def test_the_first_year_and_nothing_asked_have_no_column(world, client_as):
    two_years(world)
    client = client_as(Role.BOARD, world.province)
    for address in ("/years/2018/", "/years/2019/?since=none", "/years/2019/units/A/?since=none"):
        response = client.get(address)
        assert all(row.change is None for row in response.context["rows"]), address
        assert "± điểm" not in flat(response), address
    assert not client.get("/years/2018/").context["ways"]
    ways = client.get("/years/2019/?since=none").context["ways"]
    assert [(way.label, way.is_current) for way in ways] == [
        ("năm 2018", False), ("lần báo cáo trước", False), ("không so", True),
    ]  # fmt: skip
    assert ways[1].url == "/years/2019/changes/"


def test_a_year_without_figures_is_not_zero(world, client_as):
    open_year(2018, by=ACTOR)
    ensure_reported_year(2019, by=ACTOR)
    rows = rows_of(client_as(Role.BOARD, world.province), "/years/2019/")
    assert rows[HEADS].change.count is None
    assert rows[HEADS].change.detail == "năm 2019 chưa có số liệu"


def test_a_unit_of_one_year_only_is_not_compared(world, client_as):
    rate(open_year(2018, by=ACTOR), world.alpha.commune, "HTNV")
    factories.organization(world.province, code="N", name="Đảng ủy mới")
    rate(open_year(2019, by=ACTOR), world.alpha.commune, "HTTNV")
    response = client_as(Role.BOARD, world.province).get("/years/2019/")
    line = next(line for line in response.context["matrix"].lines if line.name == "Đảng ủy mới")
    assert response.context["matrix"].total.cells[0].change.brief == "+1"
    assert {cell.change.brief for cell in line.cells} == {"–"}
    assert "năm 2018 đơn vị không như năm nay" in flat(response)
    rows = rows_of(client_as(Role.BOARD, world.province), "/years/2019/units/N/")
    assert {row.change.words for row in rows.values()} == {"không so sánh được"}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.VIEWER])
def test_who_sees_the_sheet_sees_what_changed_in_it_and_no_neighbour(world, client_as, role):
    two_years(world)
    place = world.province if role == Role.VIEWER else world.alpha.unit
    response = client_as(role, place).get("/years/2019/")
    assert "+1 tổ chức" in flat(response)
    names = [line.name for line in response.context["matrix"].lines]
    assert ("Huyện ủy Beta" in names) == (role == Role.VIEWER)
