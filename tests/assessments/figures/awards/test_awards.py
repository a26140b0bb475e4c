"""What can still be awarded: counted here by other means, seen by who may, without anyone's name."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from assessments.figures.awards.page import Awards
from assessments.figures.place import Place
from assessments.roster import tallies
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.caps import Cap, CapException, LikeGroup
from assessments.rules.models.schemes import Level
from tests import factories
from tests.assessments.years import opened

PAGE = "/years/2025/awards/"


def rated_as(year, unit, **counts: int) -> None:
    """So many organizations of a unit at each level, the others not rated."""
    codes = [code for code, count in counts.items() for _n in range(count)]
    lines = OrganizationLine.objects.filter(year=year, unit=unit, kind="grassroots").order_by("pk")
    levels = {one.code: one for one in Level.objects.filter(scheme=year.scheme, subject="organization")}
    for line, code in zip(lines, codes, strict=False):
        line.decided = levels[code]
        line.save()
    tallies.recount(year)


@pytest.fixture
def year(world, actor):
    """Alpha as Đắk Hà: 47 rated, 33 strong, 7 of them exemplary; beta 12 rated, 12 strong, 2 exemplary."""
    for part, count in ((world.alpha, 46), (world.beta, 12)):
        for number in range(count):
            factories.organization(
                part.unit, code=f"{part.unit.code}.Y{number}", type_label="Xã" if number % 2 else ""
            )
    found = opened(2025, actor)
    rated_as(found, world.alpha.unit, HTXSNV=7, HTTNV=26, HTNV=14)
    rated_as(found, world.beta.unit, HTXSNV=2, HTTNV=10)
    return found


def of(world, year, client_as, code="") -> dict:
    """The first target of the page, by the name of each group."""
    user = factories.user(Role.BOARD, world.province)
    [capped] = Awards(Place(user, year.pk, code, "awards")).targets
    return {row.name: row for row in capped.rows} | {"page": capped}


def test_each_group_and_the_sum_of_them(world, year, client_as):
    """By hand: 33 // 6, 47 // 6, 47 * 15 // 100 + 1; the province 59 rated needs 9, its groups 5 + 2."""
    shown = of(world, year, client_as)
    alpha, beta, total = shown["Huyện ủy Alpha"], shown["Huyện ủy Beta"], shown[""]
    for row, expected in (
        (alpha, (47, 33, 7, 5, 7, 8)),
        (beta, (12, 12, 2, 2, 2, 2)),
        (total, (59, 45, 9, 7, 9, 9)),
    ):
        room = row.room
        assert (room.rated, room.base, room.used, room.allowed, room.possible, row.needed) == expected
    assert (alpha.verdict.further, beta.verdict.further, total.verdict.further) == (None, 0, 9)
    assert (alpha.raised.allowed, alpha.raised_verdict.further) == (6, 7)
    assert [alpha.apart_words, beta.apart_words, total.apart_words] == ["vượt 2", "vừa bằng", "vượt 2"]
    assert alpha.verdict_words == "Không thể với trần 20%"
    ways = [(way.room.allowed, way.room.possible, way.room.further) for way in shown["page"].ways]
    assert ways == [(7, 9, 9), (8, 11, 2), (11, 11, 0)]
    assert shown["page"].lost == 45 // 6 - 7


def test_the_page_says_it_in_words_and_is_no_quota(world, year, client_as):
    page = client_as(Role.BOARD, world.province).get(PAGE).content.decode()
    for words in (
        "trần 20% cho nhiều nhất 7 tổ chức, mục tiêu cần 9",
        "không phải chỉ tiêu để lấp đầy",
        "mặc định, chưa có quyết định",
        "QĐ 366-QĐ/TW, 30/8/2025",
        "Cần thêm ít nhất 9 tổ chức đạt HTTNV",
        "Không thể với trần 20%",
        "Quyết định trần 25%: chưa có",
    ):
        assert words in page, words


def test_the_overview_tells_whether_what_is_short_can_be_reached(world, year, client_as):
    board = client_as(Role.BOARD, world.province)
    unit = board.get("/years/2025/units/A/").content.decode()
    assert "thiếu 1 tổ chức" in unit and "trần mặc định không cho tới: nhiều nhất 7" in unit
    province = board.get("/years/2025/").content.decode()
    assert 'title="trần mặc định không cho tới: nhiều nhất 7">trần: không thể' in province
    assert "cho nhiều nhất 7; cần 9: thiếu 2" in province and "vượt 2 ở 1 đơn vị" in province


def test_a_decision_of_25_percent_changes_the_row_of_its_unit_alone(world, year, client_as):
    CapException.objects.create(
        unit=world.alpha.unit, year=2025, subject="grassroots", level_code="HTXSNV", percent=25,
        document_number="QĐ 12-QĐ/TU",
    )  # fmt: skip
    shown = of(world, year, client_as)
    alpha, beta = shown["Huyện ủy Alpha"], shown["Huyện ủy Beta"]
    assert (alpha.room.allowed, alpha.room.possible, beta.room.allowed) == (6, 9, 2)
    assert (alpha.is_own, beta.is_own, alpha.document) == (True, False, "QĐ 12-QĐ/TU")
    assert "25,00% theo QĐ 12-QĐ/TU" in client_as(Role.BOARD, world.province).get(PAGE).content.decode()
    CapException.objects.update(year=2024)
    assert of(world, year, client_as)["Huyện ủy Alpha"].room.allowed == 5


def test_like_bodies_are_rows_of_their_own(world, year, client_as):
    """Of alpha's 46 further ones 23 are communes: two groups, each rounded down, never more than one."""
    LikeGroup.objects.create(name="Nhóm xã", by="type", entries="xã")
    Cap.objects.filter(subject="grassroots", first_year=2025).update(group="unit_type")
    shown = of(world, year, client_as)
    lines = OrganizationLine.objects.filter(year=year, unit=world.alpha.unit, decided__isnull=False)
    communes = [line.decided.code for line in lines if line.type_label == "Xã"]
    group = shown["Huyện ủy Alpha · Nhóm xã"].room
    strong = sum(code in ("HTXSNV", "HTTNV") for code in communes)
    assert (group.rated, group.base, group.allowed) == (len(communes), strong, strong // 6)
    rest = shown["Huyện ủy Alpha"].room
    assert (rest.rated, rest.base) == (47 - len(communes), 33 - strong)
    assert shown[""].room.rated == 59 and shown[""].room.allowed <= 7


def test_named_groups_reach_beyond_units_and_are_shown_to_the_province_alone(world, year, client_as):
    codes = [*(f"A.Y{n}" for n in range(6)), *(f"B.Y{n}" for n in range(6))]
    LikeGroup.objects.create(name="Cơ quan cấp tỉnh", by="organization", entries="\n".join(codes))
    Cap.objects.filter(subject="grassroots", first_year=2025).update(group="named")
    shown = of(world, year, client_as)
    lines = OrganizationLine.objects.filter(year=year, code__in=codes)
    strong = sum(line.decided is not None and line.decided.code != "HTNV" for line in lines)
    assert shown["Cơ quan cấp tỉnh"].room.base == strong
    assert shown[""].room.rated == 59
    own = of(world, year, client_as, "A")
    assert "Cơ quan cấp tỉnh" not in own and own["Huyện ủy Alpha"].room.rated == 41


def test_a_small_group_is_not_limited(world, year, client_as):
    Cap.objects.filter(subject="grassroots", first_year=2025).update(least_size=13)
    beta = of(world, year, client_as)["Huyện ủy Beta"]
    assert (beta.room.allowed, beta.verdict_words) == (12, "không áp trần")
    Cap.objects.filter(subject="grassroots", first_year=2025).update(least_size=12)
    assert of(world, year, client_as)["Huyện ủy Beta"].room.allowed == 2


def test_organizations_directly_under_the_province_are_one_group(world, actor, client_as):
    for number in range(12):
        name = f"Đảng bộ xã {number}"
        factories.organization(world.province, level="grassroots", code=f"X{number}", name=name)
    year = opened(2025, actor)
    direct = OrganizationLine.objects.filter(year=year, organization__code__startswith="X", kind="grassroots")
    assert direct.count() == 12
    good = Level.objects.get(scheme=year.scheme, subject="organization", code="HTXSNV")
    direct.update(decided=good)
    tallies.recount(year)
    row = of(world, year, client_as)["các tổ chức trực thuộc Tỉnh ủy"].room
    assert (row.rated, row.base, row.allowed, row.over) == (12, 12, 2, 10)
    officer = factories.user(Role.OFFICER, direct[0].organization)
    assert Awards(Place(officer, 2025, "X0", "awards")).targets == []


@pytest.mark.parametrize(
    ("role", "where", "page", "status"),
    [
        (Role.VIEWER, "province", PAGE, 200),
        (Role.VIEWER, "province", PAGE + "A/", 200),
        (Role.OFFICER, "alpha", PAGE, 302),
        (Role.OFFICER, "alpha", PAGE + "A/", 200),
        (Role.OFFICER, "alpha", PAGE + "B/", 404),
        (Role.OFFICER, "alpha", PAGE + "ZZ/", 404),
        (Role.BOARD, "province", "/years/2018/awards/", 404),
    ],
)
def test_who_sees_which_page(world, year, client_as, role, where, page, status):
    at = world.province if where == "province" else world.alpha.unit
    answer = client_as(role, at).get(page)
    assert answer.status_code == status
    if status == 302:
        assert answer.url == PAGE + "A/"


def test_an_officer_sees_nothing_of_another_unit(world, year, client_as):
    page = client_as(Role.OFFICER, world.alpha.unit).get(PAGE + "A/").content.decode()
    assert "Alpha" in page and "Beta" not in page


def test_the_workbook_has_the_rows_of_the_page(world, year, client_as):
    answer = client_as(Role.VIEWER, world.province).get(PAGE + "?export=xlsx")
    cells = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    flat = [str(cell) for row in cells for cell in row if cell is not None]
    assert any("không phải chỉ tiêu để lấp đầy" in cell for cell in flat)
    assert any("QĐ 366-QĐ/TW, 30/8/2025" in cell for cell in flat)
    told = {row[1]: row for row in cells if row[1]}
    assert told["Huyện ủy Alpha"][3:7] == (47, 33, 7, 5) and told["Huyện ủy Alpha"][9:11] == (
        8,
        "Không thể với trần 20%",
    )
    assert told[world.province.name][3:7] == (59, 45, 9, 7)


def test_a_year_without_a_cap_says_so(world, actor, client_as):
    opened(2018, actor)
    page = client_as(Role.BOARD, world.province).get("/years/2018/awards/").content.decode()
    assert "Trước năm 2019 chưa có trần" in page


def test_no_person_is_named(world, year, client_as):
    MemberLine.objects.filter(year=year).update(note="x")
    page = client_as(Role.VIEWER, world.province).get(PAGE).content.decode()
    assert not [one.full_name for one in world.alpha.members if one.full_name in page]


def test_statements_do_not_grow_with_units(world, year, client_as):
    client = client_as(Role.BOARD, world.province)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    rated_as(year, world.units[0], HTTNV=0)
    for number in range(3):
        factories.organization(world.units[number], code=f"U{number}.Y1")
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(many) == len(few)
