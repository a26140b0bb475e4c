from datetime import date

import pytest

from members.actions import cells, members
from members.models import LeavingReason, Member
from orgs.models import AuditEntry
from resolution03.lib.dates import PartialDate
from resolution03.lib.errors import Refusal

DAY = date(2019, 7, 1)


def enrol(actor, cell, **values):
    values = {"code": "n1", "full_name": "Lê Thị  Mới", "admitted_on": PartialDate(DAY)} | values
    return members.enrol(by=actor, cell=cell, **values)


def test_enrolling_writes_member_cell_and_audit(world, actor):
    member = enrol(actor, world.alpha.cells[1])
    assert (member.code, member.full_name, member.search_key) == (
        "N1",
        "Lê Thị Mới",
        "n1 le thi moi",
    )
    assert member.memberships.get().cell == world.alpha.cells[1]
    entry = AuditEntry.objects.get()
    assert (entry.object_code, entry.unit, entry.action) == ("N1", world.alpha.unit, "member.enrol")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": "B1"}, "code"),
        ({"official_on": PartialDate(date(2019, 6, 30))}, "official_on"),
        ({"left_on": PartialDate(date(2019, 6, 30))}, "left_on"),
        ({"arrived_on": PartialDate(date(2019, 6, 30))}, "arrived_on"),
    ],
)
def test_enrolling_is_refused_at_its_field(world, actor, values, field):
    with pytest.raises(Refusal) as caught:
        enrol(actor, world.alpha.cells[0], **values)
    assert caught.value.field == field
    assert not AuditEntry.objects.exists()


def test_members_belong_to_cells_only(world, actor):
    with pytest.raises(Refusal) as caught:
        enrol(actor, world.alpha.commune)
    assert caught.value.field == "cell"


def test_transfer_keeps_the_former_cell(world, actor):
    member = world.alpha.members[0]
    members.transfer(by=actor, member=member, cell=world.beta.cells[0], on=DAY, decision="5-CSH")
    past, present = member.memberships.all()
    assert (past.cell, past.ends_on) == (world.alpha.cells[0], DAY)
    assert (present.cell, present.starts_on, present.decision) == (
        world.beta.cells[0],
        DAY,
        "5-CSH",
    )
    assert AuditEntry.objects.get().unit == world.beta.unit


def test_who_has_left_is_not_transferred(world, actor):
    member = members.leave(by=actor, member=world.alpha.members[0], on=DAY, leaving_reason=LeavingReason.DIED)
    with pytest.raises(Refusal) as caught:
        members.transfer(by=actor, member=member, cell=world.alpha.cells[1], on=DAY)
    assert caught.value.field == "on"
    assert list(Member.objects.existing_on(date(2019, 6, 30)).filter(pk=member.pk)) == [member]
    assert not Member.objects.existing_on(DAY).filter(pk=member.pk).exists()


def test_a_correction_moves_the_latest_stretch(world, actor):
    member = members.correct(
        by=actor, member=world.alpha.members[0], cell=world.alpha.cells[1], full_name="Y Đúng"
    )
    assert member.memberships.get().cell == world.alpha.cells[1]
    assert member.search_key == "a1 y dung"


def test_exemption_is_recorded_once(world, actor):
    member = world.alpha.members[0]
    for is_exempt in (False, True, True):
        if is_exempt == member.is_exempt:
            with pytest.raises(Refusal) as caught:
                members.exempt(by=actor, member=member, is_exempt=is_exempt, on=date(2018, 5, 1))
            assert caught.value.field == "is_exempt"
        else:
            member = members.exempt(by=actor, member=member, is_exempt=True, reason="tuổi cao")
    entry = AuditEntry.objects.get()
    assert (entry.before, entry.after) == ({"is_exempt": False}, {"is_exempt": True})


def test_a_merged_cell_brings_its_members(world, actor):
    source, target = world.alpha.cells
    cells.merge(by=actor, source=source, target=target, on=DAY, decision="2-QĐ")
    assert set(target.members.all()) == set(world.alpha.members)
    world.alpha.village.refresh_from_db()
    assert world.alpha.village.cell == target
    source.refresh_from_db()
    assert source.dissolved_on == DAY


def test_a_cell_with_members_is_not_dissolved(world, actor):
    with pytest.raises(Refusal) as caught:
        cells.dissolve(by=actor, organization=world.alpha.cells[0], on=DAY)
    assert caught.value.field == "on"


def test_a_split_cell_keeps_the_others(world, actor):
    one, *others = world.alpha.members
    part = cells.split(
        by=actor,
        organization=world.alpha.cells[0],
        code="A.X01.9",
        name="Chi bộ mới",
        on=DAY,
        members=(one,),
        handed=(world.alpha.village,),
    )
    assert list(part.members.all()) == [one]
    assert set(world.alpha.cells[0].members.all()) == set(others)
    with pytest.raises(Refusal):
        cells.split(
            by=actor,
            organization=world.alpha.cells[1],
            code="A.X01.8",
            name="Chi bộ",
            on=DAY,
            members=(one,),
        )
