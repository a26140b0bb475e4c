import threading
from datetime import date

import pytest
from django.db import connection, connections

from members.actions import cells
from orgs.actions import reorganize, villages
from orgs.models import AuditEntry, Organization, Placement
from resolution03.lib.dates import PartialDate, Precision
from resolution03.lib.errors import Refusal
from tests import factories

DAY = date(2019, 7, 1)


def refused(action, **kwargs) -> Refusal:
    """What the action is refused for; nothing may have been written."""
    before = AuditEntry.objects.count(), Organization.objects.count()
    with pytest.raises(Refusal) as caught:
        action(**kwargs)
    assert (AuditEntry.objects.count(), Organization.objects.count()) == before
    return caught.value


def paths_hold() -> bool:
    """Every stored path is its parent's path and its own id."""
    return all(
        one.path == f"{one.parent.path if one.parent else '/'}{one.pk}/"
        for one in Organization.objects.select_related("parent")
    )


def test_found_places_records_and_can_be_searched(world, actor):
    made = reorganize.found(
        by=actor,
        code=" a.x02 ",
        name="Đảng bộ xã  Mới",
        form="committee",
        parent=world.alpha.unit,
        established_on=PartialDate(date(2019, 1, 1), Precision.YEAR),
        decision="12-QĐ/HU",
    )
    made.refresh_from_db()
    assert (made.code, made.name, made.search_key) == (
        "A.X02",
        "Đảng bộ xã Mới",
        "a.x02 dang bo xa moi",
    )
    assert made.path == f"{world.alpha.unit.path}{made.pk}/"
    assert made.placements.get().parent == world.alpha.unit
    assert made.established_precision == Precision.YEAR
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.unit, entry.before) == ("organization.found", world.alpha.unit, {})
    assert entry.after["parent_id"] == world.alpha.unit.pk


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": "B.X01"}, "code"),
        ({"parent": None}, "parent"),
        ({"parent": "cell"}, "parent"),
        ({"parent": "dissolved"}, "parent"),
    ],
)
def test_found_is_refused_at_its_field(world, actor, values, field):
    places = {
        "cell": world.alpha.cells[0],
        "dissolved": factories.organization(world.province, dissolved_on=date(2018, 1, 1)),
    }
    values = {"code": "NEW", "parent": world.alpha.unit} | values
    values["parent"] = places.get(values["parent"], values["parent"])
    error = refused(
        reorganize.found,
        by=actor,
        name="Đảng bộ",
        form="committee",
        established_on=PartialDate(DAY),
        **values,
    )
    assert error.field == field
    assert "Beta" not in str(error)


def test_move_takes_the_branch_along_and_keeps_the_past(world, actor):
    commune = world.alpha.commune
    moved = reorganize.move(
        by=actor, organization=commune, parent=world.beta.unit, on=DAY, decision="15-QĐ/TU"
    )
    assert moved.path.startswith(world.beta.unit.path)
    assert paths_hold()
    past, present = Placement.objects.filter(organization=commune)
    assert (past.parent, past.ends_on) == (world.alpha.unit, DAY)
    assert (present.parent, present.starts_on, present.decision) == (
        world.beta.unit,
        DAY,
        "15-QĐ/TU",
    )
    entry = AuditEntry.objects.get()
    assert (entry.before, entry.after) == (
        {"parent_id": world.alpha.unit.pk},
        {"parent_id": world.beta.unit.pk},
    )


def test_two_moves_on_one_day_leave_one_place(world, actor):
    for parent in (world.beta.unit, world.units[0]):
        reorganize.move(by=actor, organization=world.alpha.commune, parent=parent, on=DAY)
    assert [row.parent for row in world.alpha.commune.placements.all()] == [
        world.alpha.unit,
        world.units[0],
    ]


def test_a_move_before_the_latest_move_is_refused(world, actor):
    commune = world.alpha.commune
    reorganize.move(by=actor, organization=commune, parent=world.beta.unit, on=DAY)
    error = refused(
        reorganize.move,
        by=actor,
        organization=commune,
        parent=world.alpha.unit,
        on=date(2019, 6, 30),
    )
    assert error.field == "on"
    assert "01/07/2019" in str(error)


def test_no_loop_no_child_under_a_cell(world, actor):
    for parent in (world.alpha.commune, world.alpha.cells[0]):
        error = refused(reorganize.move, by=actor, organization=world.alpha.unit, parent=parent, on=DAY)
        assert error.field == "parent"


def test_rename_keeps_the_former_name(world, actor):
    commune = world.alpha.commune
    error = refused(reorganize.rename, by=actor, organization=commune, name=commune.name, on=DAY)
    assert error.field == "name" and not AuditEntry.objects.exists()
    reorganize.rename(
        by=actor, organization=world.alpha.commune, name="Đảng bộ xã Gamma", on=DAY, decision="7-QĐ"
    )
    former = world.alpha.commune.former_names.get()
    assert (former.name, former.until, former.decision) == ("Đảng bộ xã Alpha", DAY, "7-QĐ")
    assert Organization.objects.get(search_key__contains="gamma") == world.alpha.commune
    error = refused(reorganize.rename, by=actor, organization=world.alpha.commune, name="Khác", on=DAY)
    assert error.field == "on"


def test_merge_moves_children_and_villages_and_dissolves(world, actor):
    reorganize.merge(by=actor, source=world.alpha.commune, target=world.beta.commune, on=DAY, decision="9-QĐ")
    source = Organization.objects.get(pk=world.alpha.commune.pk)
    assert (source.dissolved_on, source.dissolution_decision) == (DAY, "9-QĐ")
    assert set(Organization.objects.under(world.beta.commune)) >= set(world.alpha.cells)
    village = world.alpha.village
    village.refresh_from_db()
    assert (village.committee, village.cell) == (world.beta.commune, world.alpha.cells[0])
    assert [row.committee for row in village.coverages.all()] == [source, world.beta.commune]
    assert paths_hold()


def test_a_cell_merges_with_a_cell_only(world, actor):
    error = refused(
        reorganize.merge, by=actor, source=world.alpha.cells[0], target=world.beta.commune, on=DAY
    )
    assert error.field == "target"


def test_split_hands_over_what_is_named(world, actor):
    part = reorganize.split(
        by=actor,
        organization=world.alpha.commune,
        code="A.X09",
        name="Đảng bộ xã Tách",
        on=DAY,
        children=(world.alpha.cells[1],),
        handed=(world.alpha.village,),
    )
    assert list(part.children.all()) == [world.alpha.cells[1]]
    assert list(part.villages.all()) == [world.alpha.village]
    assert part.established_on == DAY
    assert list(world.alpha.commune.children.all()) == [world.alpha.cells[0]]


def test_only_own_parts_are_split_off(world, actor):
    refused(
        reorganize.split,
        by=actor,
        organization=world.alpha.commune,
        code="A.X09",
        name="Tách",
        on=DAY,
        children=(world.beta.cells[0],),
    )


def test_dissolve_waits_until_nothing_hangs_below(world, actor):
    error = refused(reorganize.dissolve, by=actor, organization=world.alpha.commune, on=DAY)
    assert error.field == "on"
    villages.cover(by=actor, village=world.alpha.village, committee=world.beta.commune, cell=None, on=DAY)
    for cell in world.alpha.cells:
        reorganize.dissolve(by=actor, organization=cell, on=DAY)
    assert reorganize.dissolve(by=actor, organization=world.alpha.commune, on=DAY).dissolved_on == DAY


def test_who_holds_villages_or_members_keeps_its_form(world, actor):
    """A cell with members, a cell that covers a village, a committee to which one belongs."""
    covering, cell = world.alpha.cells
    bare = factories.organization(world.alpha.unit, code="A.X09")
    factories.village(bare, covering, code="T.A.7")
    for organization, form in ((cell, "committee"), (covering, "committee"), (bare, "cell")):
        if organization is cell:
            factories.member(cell)
        with pytest.raises(Refusal) as caught:
            cells.correct(by=actor, organization=organization, form=form)
        assert caught.value.field == "form", organization
        organization.refresh_from_db()
        assert organization.form != form
    corrected = cells.correct(by=actor, organization=cell, name="Tên khác")
    assert corrected.name == "Tên khác"


def test_correct_changes_the_latest_place_from_its_start(world, actor):
    reorganize.correct(by=actor, organization=world.alpha.commune, parent=world.beta.unit, code="b.x77")
    placement = world.alpha.commune.placements.get()
    assert (placement.parent, placement.starts_on) == (world.beta.unit, None)
    assert paths_hold()
    entry = AuditEntry.objects.get()
    assert (entry.object_code, entry.unit) == ("B.X77", world.beta.unit)


def test_correct_keeps_the_life_in_order(world, actor):
    commune = world.alpha.commune
    reorganize.correct(by=actor, organization=commune, established_on=PartialDate(DAY))
    error = refused(
        reorganize.correct,
        by=actor,
        organization=commune,
        dissolved_on=PartialDate(date(2019, 6, 30)),
    )
    assert error.field == "dissolved_on"


def test_what_has_children_is_no_cell(world, actor):
    error = refused(reorganize.correct, by=actor, organization=world.alpha.commune, form="cell")
    assert error.field == "form"


def test_an_unchanged_correction_writes_nothing(world, actor):
    reorganize.correct(by=actor, organization=world.alpha.commune, name="Đảng bộ xã Alpha")
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_crossing_moves_at_once_make_no_loop(actor):
    province = factories.province()
    first, second = (factories.organization(province) for _ in range(2))
    refusals = []

    def move(organization, parent):
        try:
            reorganize.move(by=actor, organization=organization, parent=parent, on=DAY)
        except Refusal as refusal:
            refusals.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=move, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refusals) == 1
    assert paths_hold()
    connection.close()
