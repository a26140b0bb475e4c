"""Villages that go into one, and one that is split: by one decision, on one day, with heads and cells."""

from datetime import date, timedelta

import pytest

from members.actions import villages
from members.models import Member, VillageHead
from orgs.models import AuditEntry, Coverage, Organization, Village
from resolution03.lib.dates import PartialDate
from resolution03.lib.errors import Refusal
from tests import factories

DAY = date(2018, 7, 1)
LAST = DAY - timedelta(days=1)
NEW = {"code": "T.A.9", "name": "Thôn Hợp Nhất"}


@pytest.fixture
def three(world) -> list[Village]:
    """The village of Alpha, one with a cell and a head of its own, and one that shares that cell."""
    first, (_cell, other) = world.alpha.village, world.alpha.cells
    second, third = (
        factories.village(world.alpha.commune, other, code=f"T.A.{number}", name=f"Thôn {number}")
        for number in (2, 3)
    )
    factories.head(second, full_name="A Hai", is_member=True, is_secretary=True)
    factories.head(third, full_name="A Ba", starts_on=date(2016, 1, 1))
    return [first, second, third]


def merge(actor, sources, **values):
    return villages.merge(by=actor, sources=sources, on=DAY, decision="52-QĐ/UBND", **values)


def stored() -> list:
    models = (Village, Coverage, VillageHead, Organization, Member, AuditEntry)
    return [list(model.objects.order_by("pk").values()) for model in models]


def terms(village) -> list[tuple]:
    return list(village.heads.values_list("full_name", "starts_on", "ends_on"))


def refused(actor, three, field, **values) -> str:
    before = stored()
    with pytest.raises(Refusal) as caught:
        merge(actor, three, **values)
    assert (caught.value.field, stored()) == (field, before)
    return str(caught.value)


def test_several_go_into_a_new_one_by_one_decision(world, actor, three):
    made = merge(actor, three, village=NEW, cell=world.alpha.cells[1], head=three[1].heads.get())
    for old in three:
        old.refresh_from_db()
        assert (old.ends_on, old.merged_into, old.split_from) == (LAST, made, None)
        assert not old.heads.filter(ends_on=None).exists()
    assert (made.code, made.name, made.committee) == ("T.A.9", "Thôn Hợp Nhất", world.alpha.commune)
    assert (made.starts_on, made.ends_on, made.cell) == (DAY, None, world.alpha.cells[1])
    assert terms(made) == [("A Hai", DAY, None)]
    head = made.heads.get()
    assert (head.is_member, head.is_secretary) == (True, True)
    assert terms(three[2]) == [("A Ba", date(2016, 1, 1), LAST)]
    told = AuditEntry.objects.filter(action="village.merge")
    assert {entry.object_code for entry in told} == {old.code for old in three}
    assert {(entry.reason, entry.unit) for entry in told} == {("52-QĐ/UBND", world.alpha.unit)}


def test_a_new_one_inherits_no_history(actor, three):
    """Neither coverages nor terms: what it had before is nothing (the issue's “inherits no history”)."""
    made = merge(actor, three, village=NEW)
    assert list(made.coverages.values_list("cell", "starts_on", "ends_on")) == [(None, None, None)]
    assert terms(made) == []


def test_a_standing_one_keeps_its_history_and_its_head(world, actor, three):
    kept, *others = three
    before = list(kept.coverages.values()), terms(kept)
    found = merge(actor, others, into=kept)
    assert (found, found.ends_on, found.cell) == (kept, None, world.alpha.cells[0])
    assert (list(kept.coverages.values()), terms(kept)) == before
    assert {old.merged_into for old in Village.objects.exclude(merged_into=None)} == {kept}


def test_a_standing_one_may_get_another_head_and_cell(world, actor, three):
    kept, *others = three
    head = {"full_name": "Y Mới", "is_member": True, "member": world.alpha.members[0]}
    merge(actor, others, into=kept, cell=world.alpha.cells[1], new_head=head)
    assert terms(kept) == [("A Alpha Trưởng", date(2015, 1, 1), LAST), ("Y Mới", DAY, None)]
    assert kept.heads.get(ends_on=None).member == world.alpha.members[0]
    assert list(kept.coverages.values_list("cell__code", "ends_on")) == [("A.X01.1", DAY), ("A.X01.2", None)]


def test_the_cells_go_into_a_new_one_with_their_members(world, actor, three):
    cell = {"code": "A.X01.9", "name": "Chi bộ thôn Hợp Nhất"}
    made = merge(actor, three, village=NEW, new_cell=cell, joins_cells=True)
    found = Organization.objects.get(code="A.X01.9")
    assert (made.cell, found.parent, found.established_on) == (found, world.alpha.commune, DAY)
    for old in world.alpha.cells:
        old.refresh_from_db()
        assert (old.dissolved_on, old.merged_into) == (DAY, found)
    members = Member.objects.filter(pk__in=[member.pk for member in world.alpha.members])
    assert {member.cell for member in members} == {found}


def test_a_cell_that_covers_another_village_too_takes_it_along(world, actor, three):
    first, second, third = three
    merge(actor, [first, second], village=NEW, cell=world.alpha.cells[0], joins_cells=True)
    third.refresh_from_db()
    assert (third.cell, third.ends_on) == (world.alpha.cells[0], None)


def test_what_ends_already_the_day_before_is_told_where_it_went(actor, three):
    villages.end(by=actor, village=three[0], on=LAST)
    made = merge(actor, three, village=NEW)
    assert Village.objects.get(pk=three[0].pk).merged_into == made


def test_wrong_choices_are_refused_at_their_field_and_nothing_changes(world, actor, three):
    first, second, third = three
    stranger = world.beta.village
    assert "hai thôn" in refused(actor, [first], "sources", village=NEW)
    assert "chọn" in refused(actor, [], "sources", into=first)
    assert first.name in refused(actor, three, "into", into=first)
    assert "T.B.1" in refused(actor, three, "code", village={**NEW, "code": "T.B.1"})
    assert "A Beta Trưởng" in refused(actor, three, "head", village=NEW, head=stranger.heads.get())
    assert "chi bộ" in refused(actor, three, "cell", village=NEW, joins_cells=True)
    assert "chi bộ" in refused(actor, three, "cell", village=NEW, cell=world.alpha.commune)
    young = factories.village(world.alpha.commune, starts_on=DAY)
    assert "30/06/2018" in refused(actor, [*three, young], "on", village=NEW)
    gone = factories.village(world.alpha.commune, ends_on=LAST)
    assert "01/07/2018" in refused(actor, three, "into", into=gone)


def test_what_went_elsewhere_or_takes_others_later_is_refused(world, actor, three):
    first, second, third = three
    later = factories.village(world.alpha.commune, code="T.A.7", name="Thôn Bảy")
    villages.merge(by=actor, sources=[later], into=first, on=DAY + timedelta(days=30))
    assert "Thôn Bảy" in refused(actor, three, "sources", village=NEW)
    villages.merge(by=actor, sources=[second], into=third, on=DAY + timedelta(days=9))
    assert third.name in refused(actor, [second, third], "sources", village=NEW)


def test_a_head_who_starts_later_is_named(actor, three):
    sitting = three[0].heads.get()
    VillageHead.objects.filter(pk=sitting.pk).update(ends_on=LAST)
    factories.head(three[0], full_name="A Sau", starts_on=DAY + timedelta(days=1))
    assert "A Sau" in refused(actor, three, "on", village=NEW)


def test_a_part_is_split_off_and_the_whole_goes_on(world, actor):
    whole = world.alpha.village
    before = list(whole.coverages.values()), terms(whole)
    part = villages.split(
        by=actor, village=whole, on=DAY, **NEW, cell=world.alpha.cells[1],
        new_head={"full_name": "A Tách"}, decision="7-QĐ/UBND",
    )  # fmt: skip
    whole.refresh_from_db()
    assert (part.split_from, part.starts_on, part.committee) == (whole, DAY, world.alpha.commune)
    assert (part.merged_into, whole.ends_on, terms(part)) == (None, None, [("A Tách", DAY, None)])
    assert (list(whole.coverages.values()), terms(whole)) == before
    assert part.coverages.get().cell == world.alpha.cells[1]


def test_what_is_split_stands_on_the_day_before(world, actor):
    villages.end(by=actor, village=world.alpha.village, on=LAST)
    part = villages.split(by=actor, village=world.alpha.village, on=DAY, **NEW)
    assert part.starts == PartialDate(DAY)
    with pytest.raises(Refusal) as caught:
        villages.split(
            by=actor, village=world.alpha.village, on=DAY + timedelta(days=1), code="T.A.8", name="Thôn"
        )
    assert caught.value.field == "on"
