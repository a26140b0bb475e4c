"""Form 06: what is stored of mergers and splits of organizations, and its part B, the villages."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from assessments.reports import declared
from assessments.roster import following
from assessments.rules.models.years import RatingYear, Submission
from orgs.actions import reorganize
from orgs.actions import villages as village_actions
from orgs.models import Organization, Village
from resolution03.lib.dates import PartialDate
from tests import factories
from tests.assessments.years import opened

DAY = date(2019, 7, 1)
EVE = date(2019, 6, 30)


@pytest.fixture
def year(world, actor):
    return opened(2019, actor)


def told(sheet: str, year=2019, code=None) -> list[tuple]:
    """Each row as (day, what, code, before, after, decision)."""
    found = RatingYear.objects.get(pk=year)
    held = code and Submission.objects.select_related("unit").get(year=year, code=code)
    matter = declared.matter_of(found, held.unit if held else found.province, held or None)
    content = declared.BY_SLUG["changes"].build(matter)
    rows = openpyxl.load_workbook(BytesIO(content), data_only=True)[sheet].iter_rows(11, values_only=True)
    return [
        (row[1].date(), row[2], row[3], *(row[at] or "" for at in (6, 7, 8)))
        for row in rows
        if isinstance(row[0], int)
    ]


def organizations(**options) -> list[tuple]:
    return told("06 Biến động", **options)


def villages(**options) -> list[tuple]:
    return told("06B Thôn", **options)


def test_an_empty_cell_that_was_merged_is_told_as_merged(world, actor, year):
    one, other = world.alpha.cells[1], world.alpha.cells[0]
    reorganize.merge(by=actor, source=one, target=other, on=DAY, decision="12-QĐ")
    assert organizations() == [(DAY, "Sáp nhập", "A.X01.2", "", "Nhập vào Chi bộ Alpha 1", "12-QĐ")]


def test_an_empty_cell_that_went_nowhere_is_dissolved(world, actor, year):
    reorganize.dissolve(by=actor, organization=world.alpha.cells[1], on=DAY, decision="13-QĐ")
    assert organizations() == [(DAY, "Giải thể", "A.X01.2", "", "", "13-QĐ")]


def test_what_is_stored_goes_before_what_the_members_did(world, actor, year):
    """The cell went into one, its members were moved to another."""
    from members.actions.members import transfer  # noqa: PLC0415

    cells = world.alpha.cells
    third = factories.cell(world.alpha.commune, code="A.X01.3", name="Chi bộ ba")
    for member in world.alpha.members:
        transfer(by=actor, member=member, cell=third, on=DAY)
    Village.objects.update(cell=None)
    world.alpha.village.coverages.update(cell=None)
    reorganize.dissolve(by=actor, organization=cells[0], on=DAY, into=cells[1])
    assert (DAY, "Sáp nhập", "A.X01.1", "", "Nhập vào Chi bộ Alpha 2", "") in organizations()


def test_a_new_one_is_told_with_those_that_went_into_it(world, actor, year):
    new = reorganize.found(
        by=actor, code="A.X01.9", name="Chi bộ chung", form="cell", parent=world.alpha.commune,
        established_on=PartialDate(DAY), decision="14-QĐ",
    )  # fmt: skip
    old = factories.cell(world.alpha.commune, code="A.X01.8", name="Chi bộ trống")
    for cell in (world.alpha.cells[1], old):
        reorganize.merge(by=actor, source=cell, target=new, on=DAY, decision="14-QĐ")
    founded = next(row for row in organizations() if row[2] == "A.X01.9")
    assert founded[1] == "Thành lập" and founded[3] == "Trên cơ sở Chi bộ Alpha 2; Chi bộ trống"


def test_a_part_that_got_nothing_yet_is_told_as_split(world, actor, year):
    cell = world.alpha.cells[0]
    reorganize.split(by=actor, organization=cell, code="A.X01.9", name="Chi bộ tách", on=DAY)
    assert organizations() == [
        (DAY, "Thành lập do tách", "A.X01.9", "Tách từ Chi bộ Alpha 1", "Đảng bộ xã Alpha", "")
    ]


def test_another_kind_of_a_unit_is_no_move(world, actor, year):
    reorganize.change_level(
        by=actor, organization=world.alpha.unit, level="grassroots", on=DAY, decision="208"
    )
    (own,) = (row for row in organizations() if row[2] == "A")
    assert own == (DAY, "Đổi loại hình", "A", "Cấp trên trực tiếp cơ sở", "Tổ chức cơ sở đảng", "208")


def merged(village, into) -> None:
    Village.objects.filter(pk=village.pk).update(ends_on=EVE, merged_into=into, ending_decision="15-QĐ")


def test_villages_that_went_into_a_new_one(world, actor, year):
    new = factories.village(world.alpha.commune, code="T.A.9", name="Thôn mới", starts_on=DAY)
    other = factories.village(world.alpha.commune, code="T.A.2", name="Thôn hai")
    for village in (world.alpha.village, other):
        merged(village, new)
    assert villages() == [
        (DAY, "Sáp nhập", "T.A.1", "", "Nhập vào Thôn mới", "15-QĐ"),
        (DAY, "Thành lập", "T.A.9", "Trên cơ sở Thôn Alpha; Thôn hai", "Đảng bộ xã Alpha", ""),
        (DAY, "Sáp nhập", "T.A.2", "", "Nhập vào Thôn mới", "15-QĐ"),
    ]
    assert villages(code="B") == [] and villages(code="A") == villages()


def test_villages_founded_split_divided_and_ended(world, actor, year):
    whole = factories.village(world.alpha.commune, code="T.A.2", name="Thôn hai")
    factories.village(world.alpha.commune, code="T.A.3", name="Thôn ba", starts_on=DAY, split_from=whole)
    ended = village_actions.end(by=actor, village=world.beta.village, on=EVE, decision="16-QĐ")
    assert ended.ending_decision == "16-QĐ"
    assert sorted(villages(), key=lambda row: row[2]) == [
        (DAY, "Thành lập do tách", "T.A.3", "Tách từ Thôn hai", "Đảng bộ xã Alpha", ""),
        (DAY, "Giải thể", "T.B.1", "", "", "16-QĐ"),
    ]
    Village.objects.filter(pk=whole.pk).update(ends_on=EVE)
    assert (DAY, "Chia tách", "T.A.2", "", "Chia thành Thôn ba", "") in villages()


@pytest.mark.parametrize(
    ("last_day", "year"), [(date(2018, 12, 30), 2018), (date(2018, 12, 31), 2019), (date(2019, 12, 30), 2019),
                           (date(2019, 12, 31), 2020)],
)  # fmt: skip
def test_a_village_ends_in_the_year_of_the_first_day_without_it(world, actor, last_day, year):
    """On its last day it still counts: one that ends with December vanishes in the year after."""
    opened(2018, actor), opened(2019, actor)
    village_actions.end(by=actor, village=world.alpha.village, on=last_day)
    assert [shown for shown in (2018, 2019) if villages(year=shown)] == [y for y in (2018, 2019) if y == year]


def test_villages_that_moved_and_whose_cell_changed(world, actor, year):
    village, cells = world.alpha.village, world.alpha.cells
    for on, cell in ((date(2019, 3, 1), cells[1]), (date(2019, 4, 1), None), (date(2019, 5, 1), cells[0])):
        village_actions.cover(
            by=actor, village=village, committee=world.alpha.commune, cell=cell, on=on, decision="17-QĐ"
        )
    commune = factories.organization(world.alpha.unit, code="A.X02", name="Đảng bộ xã Hai")
    village_actions.cover(by=actor, village=village, committee=commune, cell=cells[0], on=DAY)
    assert [row[1:] for row in villages()] == [
        ("Đổi chi bộ", "T.A.1", "Chi bộ Alpha 1", "Chi bộ Alpha 2", "17-QĐ"),
        ("Không còn chi bộ", "T.A.1", "Chi bộ Alpha 2", "", "17-QĐ"),
        ("Có chi bộ", "T.A.1", "", "Chi bộ Alpha 1", "17-QĐ"),
        (
            "Chuyển đảng bộ xã",
            "T.A.1",
            "Đảng bộ xã Alpha",
            "Đảng bộ xã Hai",
            "",
        ),
    ]


def test_what_lies_outside_the_report_is_not_named(world, actor, year):
    merged(world.alpha.village, world.beta.village)
    Organization.objects.filter(pk=world.alpha.cells[1].pk).update(
        dissolved_on=DAY, merged_into=world.beta.cells[0]
    )
    following.refresh(RatingYear.objects.get(pk=2019), by=actor)
    elsewhere = "Nhập vào (ngoài phạm vi báo cáo)"
    assert [row[4] for row in (*villages(code="A"), *organizations(code="A"))] == [elsewhere] * 2
    assert villages()[0][4] == "Nhập vào Thôn Beta"
