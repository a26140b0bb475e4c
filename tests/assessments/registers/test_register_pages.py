"""What the pages of organizations, villages and members show, and to whom."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from assessments.review.years.actions import open_year
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.schemes import Level
from members.models import Member, VillageHead
from orgs.models import FormerName, Organization
from tests import factories
from tests.assessments.registers.confirming import send


@pytest.fixture
def year(world, actor):
    return open_year(2018, by=actor)


@pytest.fixture
def board(client_as, world):
    return client_as(Role.BOARD, world.province)


@pytest.fixture
def officer(client_as, world):
    return client_as(Role.OFFICER, world.alpha.unit)


def codes(answer) -> list[str]:
    return [row["code"] for row in answer.context["page"].rows]


def queries(client, address) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=chi+bo+alpha", ["A.X01.1", "A.X01.2"]),
        ("q=a.x01", ["A.X01", "A.X01.1", "A.X01.2"]),
        ("level=province", ["KT"]),
        ("level=grassroots", ["A.X01", "B.X01"]),
        ("form=cell&q=beta", ["B.X01.1", "B.X01.2"]),
        ("state=gone", ["GONE"]),
        ("q=alpha&level=nonsense", ["A", "A.X01", "A.X01.1", "A.X01.2"]),
    ],
)
def test_organizations_are_found_without_diacritics(board, world, asked, found):
    factories.organization(world.province, code="GONE", dissolved_on=date(2017, 1, 1))
    assert codes(board.get(f"/organizations/?{asked}")) == found


def test_the_unit_filter_keeps_to_its_branch(board, world):
    unit = world.units[0]
    assert unit.path.startswith(f"{world.province.path}{unit.pk}/")
    answer = board.get(f"/organizations/?unit={unit.pk}")
    assert codes(answer) == ["U1"]


def test_an_officer_lists_the_own_unit_alone(officer, world):
    assert codes(officer.get("/organizations/?state=all")) == ["A", "A.X01", "A.X01.1", "A.X01.2"]


def test_the_workbook_holds_the_filtered_rows(officer, world):
    answer = officer.get("/organizations/?form=cell&export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [row[0] for row in sheet.iter_rows(values_only=True) if row[0]]
    assert rows[-2:] == ["A.X01.1", "A.X01.2"]
    assert not any("Beta" in str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


def test_the_tree_opens_a_branch(board, officer, world):
    units = board.get("/organizations/tree/").context["rows"]
    assert len(units) == 14
    rows = officer.get("/organizations/tree/").context["rows"]
    assert [(row.code, row.indent) for row in rows] == [
        ("A.X01", 1), ("A.X01.1", 2), ("A.X01.2", 2),
    ]  # fmt: skip
    assert officer.get(f"/organizations/tree/?at={world.beta.unit.pk}").status_code == 404


def test_an_organization_tells_its_ratings_and_places(board, world, year):
    line = OrganizationLine.objects.get(organization=world.alpha.commune)
    line.decided = Level.objects.get(scheme=year.scheme, subject="organization", code="HTTNV")
    line.save()
    FormerName.objects.create(
        organization=world.alpha.commune, name="Tên cũ", until=date(2015, 3, 1), decision="8-QĐ"
    )
    answer = board.get(f"/organizations/{world.alpha.commune.pk}/")
    (column,) = answer.context["strip"].years
    assert (column.year, column.decided.code, column.counts, column.members) == (
        2018, "HTTNV", True, 3,
    )  # fmt: skip
    now, before = answer.context["history"]
    assert (now.name, now.happened, now.decided) == ("Đảng bộ xã Alpha", "renamed", "8-QĐ")
    assert (before.name, before.last.day) == ("Tên cũ", date(2015, 2, 28))


def test_where_it_came_from_is_hidden_outside_the_scope(officer, world):
    place = world.alpha.commune.placements.get()
    place.parent, place.ends_on = world.beta.unit, date(2016, 1, 1)
    place.save()
    world.alpha.commune.placements.create(parent=world.alpha.unit, starts_on=date(2016, 1, 1))
    answer = officer.get(f"/organizations/{world.alpha.commune.pk}/")
    assert len(answer.context["history"]) == 2
    assert b"Beta" not in answer.content


def test_nobody_but_the_board_reorganizes_the_own_unit(officer, board, world):
    address = f"/organizations/{world.alpha.unit.pk}/rename/"
    assert officer.get(address).status_code == 403
    assert officer.post(address, {"name": "Khác", "on": "1/1/2019"}).status_code == 403
    assert board.get(address).status_code == 200


@pytest.mark.parametrize(
    ("address", "data", "field"),
    [
        ("organizations/{commune}/move/", {"parent": "B", "on": "1/7/2019"}, "parent"),
        ("organizations/{commune}/move/", {"parent": "dang bo xa beta", "on": "1/7/2019"}, "parent"),
        ("organizations/{commune}/move/", {"parent": "A.X01.1", "on": "1/7/2019"}, "parent"),
        ("organizations/{commune}/move/", {"parent": "A", "on": "31/4/2019"}, "on"),
        ("organizations/{commune}/move/", {"parent": "A", "on": "2019"}, "on"),
        ("members/{member}/transfer/", {"cell": "B.X01.1", "on": "1/7/2019"}, "cell"),
        ("members/{member}/correct/", {"code": "B1", "full_name": "Y", "cell": "A.X01.1",
         "admitted_on": "2010"}, "code"),
        ("villages/{village}/head/", {"full_name": "A", "starts_on": "1/1/2019"}, "starts_on"),
        ("villages/{village}/head/", {"full_name": "A", "starts_on": "1/1/2019",
         "member": "Y Beta 1"}, "member"),
        ("villages/{village}/cover/", {"committee": "B.X01", "on": "1/1/2019"}, "committee"),
    ],
)  # fmt: skip
def test_bad_input_is_told_beside_its_field(officer, world, address, data, field):
    alpha = world.alpha
    names = {
        "commune": alpha.commune.pk, "member": alpha.members[0].pk, "village": alpha.village.pk,
    }  # fmt: skip
    answer = send(officer, f"/{address.format(**names)}", data)
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {field}
    typed = str(data)
    assert "Beta" not in answer.content.decode().replace("Y Beta 1", "") or "Beta" in typed


def test_days_are_read_on_pages_as_in_workbooks(officer, world):
    typed = {"born_on": "12/5/20", "admitted_on": "2001-03-02T00:00:00Z", "official_on": "2/3/02"}
    names = {"code": "N1", "full_name": "A Mới", "cell": "A.X01.1"}
    assert send(officer, "/members/enrol/", names | typed).status_code == 302
    member = Member.objects.get(code="N1")
    found = (member.born_on, member.admitted_on, member.official_on)
    assert found == (date(1920, 5, 12), date(2001, 3, 2), date(2002, 3, 2))
    late = officer.post(f"/members/{member.pk}/transfer/", {"cell": "A.X01.2", "on": "1/7/98"})
    assert set(late.context["form"].errors) == {"on"}


def test_villages_are_listed_by_state(board, world, year, actor):
    bare = factories.village(world.beta.commune, None, code="T.B.9", name="Thôn Trắng")
    factories.cell(world.alpha.commune)
    open_year(2019, by=actor)
    answer = board.get("/villages/?year=2019&state=without_cell")
    assert [row["village"] for row in answer.context["page"].rows] == [bare.pk]
    assert answer.context["counts"]["without_cell"] == 1
    assert answer.context["counts"]["all"] == 3
    codes_by_urgency = codes(board.get("/villages/?year=2019"))
    assert codes_by_urgency[0] == "T.B.9"
    assert codes(board.get("/villages/?year=2019&state=all&q=thon+alpha")) == ["T.A.1"]


def test_milestones_count_whole_villages(board, world, year):
    answer = board.get("/villages/?year=2018")
    first = answer.context["milestones"][0]
    assert (first.due, first.needed, first.present, first.short, first.state) == (
        2018, 2, 0, 2, "unmet",
    )  # fmt: skip
    assert [line.name for line in answer.context["unit_lines"]] == [
        "Huyện ủy Alpha", "Huyện ủy Beta",
    ]  # fmt: skip


def test_an_officer_sees_the_own_unit_beside_the_province(officer, world, year):
    answer = officer.get("/villages/")
    assert [line.name for line in answer.context["unit_lines"]] == ["Huyện ủy Alpha"]
    assert answer.context["total_line"].villages == 2


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=y+alpha+2", ["A2"]),
        ("state=left", ["A3"]),
        ("state=all&sort=-code", ["A3", "A2", "A1"]),
        ("state=exempt", ["A2"]),
        ("", ["A1", "A2"]),
    ],
)
def test_members_are_searched_sorted_and_filtered(officer, world, asked, found):
    _, exempt, gone = world.alpha.members
    exempt.is_exempt, gone.left_on = True, date(2018, 1, 1)
    exempt.save()
    gone.save()
    assert codes(officer.get(f"/members/?{asked}")) == found


def test_a_members_page_tells_cells_and_headships(officer, world, year):
    member = world.alpha.members[0]
    VillageHead.objects.filter(pk=world.alpha.head.pk).update(member=member)
    page = officer.get(f"/members/{member.pk}/").content.decode()
    assert "Chi bộ Alpha 1" in page and "Thôn Alpha" in page


def test_the_viewer_opens_no_member(client_as, world):
    viewer = client_as(Role.VIEWER, world.province)
    for address in ("/members/", f"/members/{world.alpha.members[0].pk}/"):
        assert viewer.get(address).status_code == 403
    page = viewer.get(f"/villages/{world.alpha.village.pk}/").content.decode()
    assert "A Alpha Trưởng" not in page


@pytest.mark.parametrize(
    "address",
    ["/organizations/", "/organizations/tree/?at={unit}", "/villages/?state=all", "/members/",
     "/organizations/{commune}/", "/villages/{village}/"],
)  # fmt: skip
def test_queries_do_not_grow_with_rows(board, world, actor, address):
    alpha = world.alpha
    address = address.format(unit=alpha.unit.pk, commune=alpha.commune.pk, village=alpha.village.pk)
    open_year(2018, by=actor)
    board.get(address)  # the first request of a session writes it
    few = queries(board, address)
    for number in range(20):
        cell = factories.cell(alpha.commune)
        factories.member(cell)
        village = factories.village(alpha.commune, cell)
        factories.head(village)
        term = date(1990 + number, 1, 1)
        factories.head(alpha.village, starts_on=term, ends_on=date(1990 + number, 6, 1))
    open_year(2019, by=actor)
    assert Organization.objects.count() > 20
    assert queries(board, address) == few
