"""Lineage on the pages of organizations and villages, in their lists and in search."""

import io
from datetime import date

import openpyxl
import pytest

from accounts.models import Role
from assessments.review.years.actions import open_year
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.schemes import Level
from members.actions import cells as cell_actions
from members.actions import members as member_actions
from orgs.actions import reorganize
from orgs.actions import villages as village_actions
from orgs.fields import ThingField
from orgs.models import FormerName, Organization, Village
from resolution03.lib.dates import PartialDate
from tests import factories
from tests.pages import text_of
from tests.queries import queries

DAY = date(2019, 7, 1)
EVE = date(2019, 6, 30)


@pytest.fixture
def board(client_as, world):
    return client_as(Role.BOARD, world.province)


@pytest.fixture
def officer(client_as, world):
    return client_as(Role.OFFICER, world.alpha.unit)


@pytest.fixture
def merger(world, actor):
    """Two communes of alpha and beta go into a new one of alpha on 1 July 2019."""
    new = reorganize.found(
        by=actor, code="A.N", name="Đảng bộ xã Gamma", form="committee", parent=world.alpha.unit,
        established_on=PartialDate(DAY),
    )  # fmt: skip
    gone = {"dissolved_on": DAY, "merged_into": new, "dissolution_decision": "1677/NQ"}
    Organization.objects.filter(pk__in=[world.alpha.commune.pk, world.beta.commune.pk]).update(**gone)
    for commune in (world.alpha.commune, world.beta.commune):
        for child in Organization.objects.filter(parent=commune):
            reorganize.move(by=actor, organization=child, parent=new, on=DAY)
    for village in (world.alpha.village, world.beta.village):
        village_actions.cover(by=actor, village=village, committee=new, cell=village.cell, on=DAY)
    return new


def page_of(client, thing):
    answer = client.get(thing.get_absolute_url())
    assert answer.status_code == 200
    return answer


def test_the_page_tells_who_went_into_it_with_what(board, merger):
    answer = page_of(board, merger)
    lineage = answer.context["lineage"]
    assert [
        (body.code, held.children, held.members, held.villages) for body, held, _row in lineage.received
    ] == [
        ("A.X01", 2, 3, 1),
        ("B.X01", 2, 3, 1),
    ]
    assert (lineage.total.children, lineage.total.members, lineage.total.villages) == (4, 6, 2)
    text = text_of(answer)
    assert "Đảng bộ xã Gamma: nhập từ 2 tổ chức ngày 01/07/2019" in text
    assert "Đảng bộ xã Alpha" in text and "1677/NQ" in text and "30/06/2019" in text
    assert answer.content.decode().count('class="flow"') == 2


def test_the_page_of_one_that_ended_tells_where_it_went(board, world, merger):
    answer = page_of(board, world.beta.commune)
    text = text_of(answer)
    assert "Đảng bộ xã Beta: nhập vào Đảng bộ xã Gamma ngày 01/07/2019" in text
    assert "Kết thúc theo quyết định 1677/NQ" in text and "giải thể" not in text
    assert [(how, body.code, by) for how, body, by in answer.context["lineage"].rows] == [
        ("nay là", "A.N", "1677/NQ")
    ]
    assert merger.get_absolute_url() in answer.content.decode()
    assert answer.context["lineage"].own.members == 3


def test_without_a_lineage_there_is_no_picture(board, world):
    answer = page_of(board, world.alpha.commune)
    assert not answer.context["lineage"] and 'id="lineage"' not in answer.content.decode()


def test_members_of_the_last_day_are_counted_and_no_others(world, board, actor, merger):
    """Who left before, came later or was in another cell does not count; a returned one does."""
    cell = world.alpha.cells[0]
    factories.member(cell, code="Z1", left_on=EVE)
    factories.member(cell, code="Z2", left_on=DAY)
    factories.member(cell, code="Z3", admitted_on=EVE)
    factories.member(cell, code="Z4", admitted_on=DAY)
    received = page_of(board, merger).context["lineage"].received
    assert [held.members for _body, held, _row in received] == [5, 3]


def test_ratings_stand_by_year_and_nobody_inherits_them(board, world, actor, merger):
    for year in (2018, 2019):
        open_year(year, by=actor)
    level = Level.objects.get(scheme__years=2018, subject="organization", code="HTXSNV")
    OrganizationLine.objects.filter(year=2018, organization=world.alpha.commune).update(decided=level)
    ratings = page_of(board, merger).context["lineage"].ratings
    assert [year for year, _is_break in ratings.years] == [2018, 2019]
    shown = {
        row.body.code: [cell.level.code if cell.level else cell.words for cell in row.cells]
        for row in ratings.rows
    }
    assert shown == {
        "A.X01": ["HTXSNV", "kết thúc"],
        "B.X01": ["chưa xếp", "kết thúc"],
        "A.N": ["", "chưa xếp"],
    }
    assert [row.years for row in ratings.rows] == ["2018", "2018", "2019"]


def test_outside_the_scope_a_name_leads_nowhere_and_holds_nothing(officer, world, actor, merger):
    open_year(2018, by=actor)
    answer = page_of(officer, merger)
    (own, held, _row), (other, nothing, rated) = answer.context["lineage"].received
    assert own.url and held.members == 3
    assert (other.name, other.url, nothing) == ("Đảng bộ xã Beta", "", None)
    assert rated.years == "" and answer.context["lineage"].total is None
    assert world.beta.commune.get_absolute_url() not in answer.content.decode()
    assert officer.get(world.beta.commune.get_absolute_url()).status_code == 404


def test_the_kind_by_day(board, world, actor):
    reorganize.change_level(by=actor, organization=world.alpha.unit, level="grassroots", on=DAY)
    answer = page_of(board, world.alpha.unit)
    assert "Huyện ủy Alpha: Tổ chức cơ sở đảng từ 01/07/2019" in text_of(answer)
    assert "trở thành Tổ chức cơ sở đảng" in text_of(answer) and "chuyển về" not in text_of(answer)
    kinds = answer.context["lineage"].kinds
    assert [(kind.since, kind.level, kind.is_unit) for kind in kinds] == [
        (None, "unit", True), (DAY, "grassroots", True),
    ]  # fmt: skip
    below = page_of(board, world.alpha.commune).context["lineage"].kinds
    assert [(kind.since, kind.level) for kind in below] == [(None, "grassroots"), (DAY, "affiliated")]


def test_a_part_tells_its_whole_and_the_whole_its_parts(board, world, actor):
    cell = world.alpha.cells[0]
    part = reorganize.split(by=actor, organization=cell, code="A.X01.9", name="Chi bộ tách", on=DAY)
    assert "Chi bộ tách: tách từ Chi bộ Alpha 1 ngày 01/07/2019" in text_of(page_of(board, part))
    rows = list(page_of(board, cell).context["lineage"].rows)
    assert [(how, body.code) for how, body, _decision in rows] == [("tách ra", "A.X01.9")]


def test_the_page_of_a_village(board, world):
    new = factories.village(world.alpha.commune, code="T.A.9", name="Thôn mới", starts_on=DAY)
    other = factories.village(world.alpha.commune, code="T.A.2", name="Thôn hai")
    Village.objects.filter(pk__in=[world.alpha.village.pk, other.pk]).update(ends_on=EVE, merged_into=new)
    text = text_of(page_of(board, new))
    assert "Thôn mới: nhập từ 2 thôn ngày 01/07/2019" in text and "Thôn Alpha" in text
    assert "Thôn Alpha: nhập vào Thôn mới ngày 01/07/2019" in text_of(page_of(board, world.alpha.village))


def codes(answer) -> list[str]:
    return [row["code"] for row in answer.context["page"].rows]


@pytest.mark.parametrize("words", ["xa+beta", "B.X01", "b.x01", "xa+cu", "gamma"])
def test_it_is_found_by_the_names_and_codes_of_what_went_into_it(board, world, merger, words):
    """Also over a further step, and by a name that one of them bore before."""
    FormerName.objects.create(organization=world.alpha.commune, name="Đảng bộ xã Cũ", until=date(2018, 1, 1))
    last = factories.organization(world.alpha.unit, code="A.L", name="Đảng bộ xã Delta")
    Organization.objects.filter(pk=merger.pk).update(dissolved_on=date(2020, 1, 1), merged_into=last)
    assert "A.L" in codes(board.get(f"/organizations/?q={words}"))
    assert "A.L" not in codes(board.get("/organizations/?q=khong+ai"))


def test_it_is_found_by_a_former_name(board, world):
    FormerName.objects.create(organization=world.alpha.commune, name="Đảng bộ xã Kỳ Lạ", until=DAY)
    assert codes(board.get("/organizations/?q=ky+la")) == ["A.X01"]


def test_what_lies_outside_is_not_found_by_what_went_into_it(officer, world):
    Organization.objects.filter(pk=world.alpha.cells[1].pk).update(
        dissolved_on=DAY, merged_into=world.beta.cells[0]
    )
    assert codes(officer.get("/organizations/?q=A.X01.2&state=all")) == ["A.X01.2"]


def test_a_field_takes_the_code_of_what_went_into_it(world, merger):
    field = ThingField(Organization.objects.filter(dissolved_on=None))
    assert field.clean("B.X01") == merger and field.clean("xa beta") == merger
    assert field.clean("A.N") == merger


def test_villages_are_found_by_what_went_into_them(board, world, actor):
    new = factories.village(world.alpha.commune, code="T.A.9", name="Thôn mới", starts_on=DAY)
    Village.objects.filter(pk=world.alpha.village.pk).update(ends_on=EVE, merged_into=new)
    open_year(2019, by=actor)
    assert codes(board.get("/villages/?state=all&q=thon+alpha&year=2019")) == ["T.A.9"]
    page = text_of(board.get("/villages/?state=all&year=2019"))
    assert "nhập từ Thôn Alpha" in page
    answer = board.get("/villages/?state=all&year=2019&export=xlsx")
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.values for cell in row]
    assert "Nhập từ" in cells and "Thôn Alpha" in cells


def test_lists_tell_it_under_the_name_and_in_excel(board, world, merger):
    page = text_of(board.get("/organizations/?state=all&q=A"))
    assert "nhập vào Đảng bộ xã Gamma" in page
    assert "nhập từ Đảng bộ xã Alpha; Đảng bộ xã Beta" in page
    answer = board.get("/organizations/?state=all&q=A.X01&export=xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert any("A.X01" in row and "Đảng bộ xã Gamma" in row for row in rows)


def test_queries_do_not_grow_with_those_who_went_into_it(board, world, actor, merger):
    pages = [merger.get_absolute_url(), "/organizations/?q=gamma"]
    board.get(pages[0])
    before = [queries(board, page) for page in pages]
    for number in range(5):
        factories.cell(
            factories.organization(
                world.alpha.unit, code=f"A.Y{number}", name=f"Xã {number}", merged_into=merger,
                dissolved_on=date(2019, 8, 1 + number),
            ),
            code=f"A.Y{number}.1",
        )  # fmt: skip
    assert [queries(board, page) for page in pages] == before


def test_a_merged_cell_on_the_page_of_the_other(board, world, actor):
    one, other = world.alpha.cells
    cell_actions.merge(by=actor, source=one, target=other, on=DAY)
    lineage = page_of(board, other).context["lineage"]
    assert lineage.family.finding == "nhận Chi bộ Alpha 1 nhập vào ngày 01/07/2019"
    assert [held.members for _body, held, _row in lineage.received] == [3]


def test_the_old_one_of_two_with_one_name_is_told_apart(board, world, merger):
    Organization.objects.filter(pk=merger.pk).update(name="Đảng bộ xã Beta")
    received = page_of(board, merger).context["lineage"].received
    assert [body.name for body, _held, _row in received] == ["Đảng bộ xã Alpha", "Đảng bộ xã Beta (cũ)"]


def test_what_went_elsewhere_was_not_received(board, world, actor, merger):
    """A cell that came later, with its members, or a village that stayed behind, did not come from there."""
    kept = world.alpha.cells[0]
    kept.placements.filter(parent=merger).update(parent=world.beta.unit)
    world.alpha.village.coverages.filter(committee=merger).update(committee=world.beta.unit)
    received = page_of(board, merger).context["lineage"].received
    assert [(held.children, held.members, held.villages) for _body, held, _row in received] == [
        (1, 0, 0), (2, 3, 1),
    ]  # fmt: skip


def test_of_a_cell_only_the_members_who_came_along(board, world, actor):
    """Lineage moves nothing by itself: who stayed in the ended cell was not received."""
    one, other = world.alpha.cells
    member_actions.transfer(by=actor, member=world.alpha.members[0], cell=other, on=DAY)
    Organization.objects.filter(pk=one.pk).update(dissolved_on=DAY, merged_into=other)
    received = page_of(board, other).context["lineage"].received
    assert [held.members for _body, held, _row in received] == [1]
    assert page_of(board, one).context["lineage"].own.members == 3
