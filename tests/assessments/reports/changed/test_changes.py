"""What changed since an issued report, by name: levels and states, who came, who went; scopes and doors."""

from io import BytesIO
from random import Random

import openpyxl
import pytest

from accounts.models import Role
from assessments.reports import declared
from assessments.reports.changed.compared import moved
from assessments.reports.issued.actions import issue
from assessments.reports.issued.models import IssuedReport
from assessments.reports.issued.standing import packed, standing, unpacked
from assessments.reports.issued.told import told
from assessments.roster import tallies
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.models.years import RatingYear, Submission
from tests import factories
from tests.assessments.years import opened, rate
from tests.pages import flat, text_of
from tests.queries import queries

PAGE = "/years/2018/changes/"
REPORT = declared.BY_SLUG["targets"]


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def year(world, actor) -> RatingYear:
    found = opened(2018, actor)
    rate(found, world.alpha.commune, "HTTNV")
    rate(found, world.beta.commune, "HTNV")
    rate(found, world.alpha.members[0], "HTTNV")
    rate(found, world.beta.members[0], "HTNV")
    return found


def matter_of(code=None) -> declared.Matter:
    year = RatingYear.objects.get(pk=2018)
    held = Submission.objects.select_related("unit").get(year=2018, code=code) if code else None
    return declared.matter_of(year, held.unit if held else year.province, held)


def issued(code=None) -> IssuedReport:
    """A row of the ledger as issuing enters it, without the file."""
    matter = matter_of(code)
    number = IssuedReport.objects.filter(year=2018).count() + 1
    return IssuedReport.objects.create(
        number=number, year=matter.year, unit_id=matter.unit_id, slug=REPORT.slug, by_name="thử",
        figures=told(matter), standing=standing(matter),
    )  # fmt: skip


def change(year, world) -> None:
    """Beta's commune and a member of each rise; alpha loses a member, a cell and its village's cell."""
    rate(year, world.beta.commune, "HTTNV")
    rate(year, world.alpha.members[0], "HTXSNV")
    rate(year, world.beta.members[0], "HTTNV")
    MemberLine.objects.filter(year=year, member=world.alpha.members[2]).delete()
    OrganizationLine.objects.filter(year=year, organization=world.alpha.cells[1]).delete()
    VillageLine.objects.filter(year=year, village=world.alpha.village).update(cell=None)
    tallies.recount(year)


def rows(response) -> list[tuple]:
    return [(row.code, row.way, row.then, row.now) for row in response.context["rows"]]


def test_keys_are_packed_and_come_back():
    random = Random(5)
    for _ in range(50):
        keys = random.sample(range(1, 10**6), random.randint(0, 40))
        levels = {key: random.choice(["", "HTTNV", "HTNV", "exempt"]) for key in keys}
        assert unpacked(packed(levels)) == levels


def test_what_moved_is_told_by_its_way():
    found = moved({"a": "X", "b": "", "c": "Y"}, {"a": "X", "b": "Y", "d": ""})
    assert [(one.key, one.way) for one in found] == [("b", "changed"), ("c", "went"), ("d", "came")]


def test_nothing_changed_says_so(year, world, client_as):
    issued()
    response = client_as(Role.BOARD, world.province).get(PAGE)
    assert "Từ báo cáo 1/2018 đến nay: 0 chỉ tiêu đã khác" in text_of(response)
    assert "Phần này không có gì khác so với khi báo cáo." in text_of(response)
    assert not any(row.is_changed for row in response.context["shown"].figures)


def test_organizations_villages_and_members_by_name(year, world, client_as):
    issued()
    change(year, world)
    client = client_as(Role.BOARD, world.province)
    response = client.get(PAGE)
    assert rows(response) == [
        ("A.X01.2", "went", "chưa xếp", "không có trong danh sách"),
        ("B.X01", "changed", "HTNV", "HTTNV"),
    ]
    assert [row.name for row in response.context["rows"]] == ["Chi bộ Alpha 2", "Đảng bộ xã Beta"]
    assert response.context["counts"] == {"changed": 1, "came": 0, "went": 1}
    villages = client.get(f"{PAGE}?part=villages")
    [(code, way, then, now)] = rows(villages)
    assert (code, way) == ("T.A.1", "changed")
    assert then.startswith("có tổ chức đảng") and now.startswith("chưa có tổ chức đảng")
    members = client.get(f"{PAGE}?part=members")
    assert sorted(rows(members)) == [
        ("A1", "changed", "HTTNV", "HTXSNV"),
        ("A3", "went", "chưa xếp", "không có trong danh sách"),
        ("B1", "changed", "HTNV", "HTTNV"),
    ]
    assert "Y Alpha 3" in flat(members)


def test_indicators_before_and_after_and_by_unit(year, world, client_as):
    issued()
    change(year, world)
    response = client_as(Role.BOARD, world.province).get(PAGE)
    figures = {one.indicator.code: one for one in response.context["shown"].figures}
    strong = figures["grassroots_strong"]
    assert (strong.then.value, strong.now.value) == ("50,00%", "100,00%")
    assert (strong.told_count, strong.told_points) == ("+1", "+50,00 điểm")
    units = {name: {one.indicator.code: one for one in found} for name, found in response.context["units"]}
    beta = units["Huyện ủy Beta"]["grassroots_strong"]
    assert (beta.told_then, beta.told_now, beta.told_count) == ("0/1", "1/1", "+1")
    assert "grassroots_strong" not in units["Huyện ủy Alpha"]
    assert "villages_without_cell" in units["Huyện ủy Alpha"]


def test_who_came_since(year, world, client_as):
    issued()
    cell = factories.cell(world.beta.commune, code="B.X01.9", name="Chi bộ mới")
    known = OrganizationLine.objects.get(year=year, organization=world.beta.cells[0])
    known.pk, known.organization, known.code, known.name = None, cell, "B.X01.9", "Chi bộ mới"
    known.save()
    response = client_as(Role.BOARD, world.province).get(PAGE)
    assert rows(response) == [("B.X01.9", "came", "không có trong danh sách", "chưa xếp")]


def test_the_reader_chooses_the_report(year, world, client_as):
    first = issued()
    rate(year, world.beta.commune, "HTTNV")
    last = issued()
    client = client_as(Role.BOARD, world.province)
    assert rows(client.get(PAGE)) == []
    assert [row[0] for row in rows(client.get(f"{PAGE}?report={first.pk}"))] == ["B.X01"]
    offered = client.get(PAGE).context["shown"].offered
    assert [one.pk for one in offered] == [last.pk, first.pk]
    for asked in ("?report=0", "?report=x", "?part=heads", f"?report={first.pk}&part="):
        assert client.get(PAGE + asked).status_code == 404, asked


def test_an_officer_finds_the_own_reports_and_no_neighbour(year, world, client_as):
    of_province, own, other = issued(), issued("A"), issued("B")
    change(year, world)
    client = client_as(Role.OFFICER, world.alpha.unit)
    response = client.get("/years/2018/changes/A/")
    assert response.context["issued"] == own and not response.context["units"]
    assert [row[0] for row in rows(response)] == ["A.X01.2"]
    members = client.get("/years/2018/changes/A/?part=members")
    assert sorted(row[0] for row in rows(members)) == ["A1", "A3"]
    assert "Beta" not in flat(response) + flat(members)
    for asked in (f"{PAGE}?report={of_province.pk}", f"{PAGE}?report={other.pk}", "/years/2018/changes/B/"):
        assert client.get(asked).status_code == 404, asked


def test_a_viewer_has_numbers_of_members_and_no_name(year, world, client_as):
    issued()
    change(year, world)
    client = client_as(Role.VIEWER, world.province)
    response = client.get(f"{PAGE}?part=members")
    assert response.context["counts"] == {"changed": 2, "came": 0, "went": 1}
    assert not response.context["rows"] and "Y Alpha" not in flat(response)
    assert client.get(f"{PAGE}?part=members&format=xlsx").status_code == 403
    assert [row[0] for row in rows(client.get(PAGE))] == ["A.X01.2", "B.X01"]


def test_the_workbook_has_the_same_rows_and_persons_by_code(year, world, client_as):
    issued()
    change(year, world)
    client = client_as(Role.BOARD, world.province)
    for part in ("organizations", "members"):
        shown = rows(client.get(f"{PAGE}?part={part}"))
        answer = client.get(f"{PAGE}?part={part}&format=xlsx")
        book = openpyxl.load_workbook(BytesIO(answer.content)).active
        written = list(book.iter_rows(min_row=5, values_only=True))
        assert [(row[0], *row[-2:]) for row in written] == [(row[0], *row[2:]) for row in shown]
        assert all("Y Alpha" not in str(row) for row in written)


def test_what_was_issued_before_lines_were_kept_says_so(year, world, client_as):
    IssuedReport.objects.filter(pk=issued().pk).update(standing={})
    page = text_of(client_as(Role.BOARD, world.province).get(PAGE))
    assert "khi hệ thống chưa lưu từng dòng" in page


def test_without_a_report_the_next_step_is_shown(year, world, client_as):
    page = text_of(client_as(Role.BOARD, world.province).get(PAGE))
    assert "Năm này chưa phát hành báo cáo nào" in page


def test_what_is_issued_keeps_its_lines_and_names_no_member(year, world, actor):
    found = issue(REPORT, matter_of(), by=actor)
    assert found.standing == issued().standing
    kept = str(found.standing)
    assert "Y Alpha" not in kept and "'A1'" not in kept and "'A.X01'" in kept


@pytest.mark.parametrize("part", ["organizations", "villages", "members"])
def test_the_number_of_statements_does_not_grow(year, world, client_as, part):
    issued()
    client = client_as(Role.BOARD, world.province)
    rate(year, world.beta.commune, "HTTNV")
    change(year, world)
    client.get(f"{PAGE}?part={part}")
    few = queries(client, f"{PAGE}?part={part}")
    OrganizationLine.objects.filter(year=year).update(decided=None)
    MemberLine.objects.filter(year=year).update(decided=None)
    VillageLine.objects.filter(year=year).update(cell=None, has_member=False)
    assert queries(client, f"{PAGE}?part={part}") <= few
