"""An act entered late sees what came after its day: it goes along, or is named and refused."""

from datetime import date

import pytest

from accounts.models import Role
from members.actions import cells, heads, members
from members.actions import villages as with_heads
from members.models import Member, Membership
from members.standing import HOLDINGS
from orgs.actions import reorganize, villages
from orgs.models import AuditEntry, Coverage, Organization, Placement, Posting
from resolution03.lib.dates import PartialDate
from resolution03.lib.errors import Refusal
from tests import factories

JULY, SEPTEMBER, OCTOBER = date(2019, 7, 1), date(2019, 9, 1), date(2019, 10, 1)


def outside() -> list:
    """Whatever stands in a body on days on which the body does not exist."""
    return [row for one in HOLDINGS for rows in (one.after_end(), one.before_beginning()) for row in rows]


def refused(action, **kwargs) -> Refusal:
    before = AuditEntry.objects.count()
    with pytest.raises(Refusal) as caught:
        action(**kwargs)
    assert AuditEntry.objects.count() == before and not outside()
    return caught.value


def stays(member) -> list[tuple]:
    return list(member.memberships.values_list("cell__code", "starts_on", "ends_on"))


def test_a_merged_cell_takes_along_who_came_after_its_day(world, actor):
    """Present, admitted later, transferred into it later, gone again since, left before."""
    source, target = world.alpha.cells
    other = world.beta.cells[1]
    present, left, passed = world.alpha.members
    Member.objects.filter(pk=left.pk).update(left_on=date(2018, 1, 1))
    admitted = factories.member(source, code="M.9", admitted_on=SEPTEMBER)
    came = factories.member(other, code="M.10")
    members.transfer(by=actor, member=came, cell=source, on=OCTOBER)
    members.transfer(by=actor, member=passed, cell=other, on=SEPTEMBER)
    covered = factories.village(world.alpha.commune, target, code="V.9")
    villages.cover(by=actor, village=covered, committee=world.alpha.commune, cell=source, on=SEPTEMBER)

    cells.merge(by=actor, source=source, target=target, on=JULY, decision="5-QĐ")

    first, second = source.code, target.code
    assert stays(present) == [(first, None, JULY), (second, JULY, None)]
    assert stays(left) == [(first, None, None)]
    assert stays(passed) == [(first, None, JULY), (second, JULY, SEPTEMBER), (other.code, SEPTEMBER, None)]
    assert stays(admitted) == [(second, None, None)]
    assert stays(came) == [(other.code, None, OCTOBER), (second, OCTOBER, None)]
    assert [row.cell for row in covered.coverages.all()] == [target, target]
    now = dict(Member.objects.values_list("code", "cell__code"))
    assert [now[one.code] for one in (present, left, passed, admitted, came)] == [
        second, first, other.code, second, second,
    ]  # fmt: skip
    told = AuditEntry.objects.filter(action="member.transfer", reason="5-QĐ")
    assert set(told.values_list("object_code", flat=True)) == {"A1", "A3", "M.9", "M.10"}
    past = told.get(object_code="A3")
    assert (past.before, past.after) == ({"cell_id": source.pk}, {"cell_id": target.pk})
    assert not outside()


def test_a_merged_committee_takes_along_children_villages_and_accounts(world, actor):
    source, target = world.alpha.commune, world.beta.commune
    founded = reorganize.found(
        by=actor, code="A.X01.9", name="Chi bộ mới", form="cell", parent=source,
        established_on=PartialDate(OCTOBER),
    )  # fmt: skip
    moved_in = world.beta.cells[1]
    reorganize.move(by=actor, organization=moved_in, parent=source, on=SEPTEMBER)
    passed = world.alpha.cells[1]
    reorganize.move(by=actor, organization=passed, parent=world.alpha.unit, on=SEPTEMBER)
    village = villages.found(
        by=actor, code="T.A.9", name="Thôn", committee=source, starts_on=PartialDate(OCTOBER)
    )
    clerk = factories.user(Role.CLERK, source)

    cells.merge(by=actor, source=source, target=target, on=JULY)

    for one in (founded, moved_in, world.alpha.cells[0]):
        one.refresh_from_db()
        assert one.parent == target and one.path == f"{target.path}{one.pk}/", one.code
    places = Placement.objects.filter(organization=passed).values_list("parent__code", "starts_on")
    assert list(places) == [("A.X01", None), ("B.X01", JULY), ("A", SEPTEMBER)]
    village.refresh_from_db()
    assert village.committee == target
    assert Coverage.objects.get(village=village).starts_on is None
    assert Posting.objects.get(user=clerk).organization == target
    assert not outside()


def test_an_account_that_cannot_stand_there_keeps_the_merge_from_being_done(world, actor):
    source = factories.cell(world.alpha.unit, code="A.C01")
    factories.user(Role.CLERK, source, username="nguoinhap")
    error = refused(cells.merge, by=actor, source=source, target=world.alpha.cells[0], on=JULY)
    assert error.field == "target" and "nguoinhap" in str(error)
    officer = factories.user(Role.OFFICER, world.alpha.unit)
    by = type(actor).of(officer)
    error = refused(cells.merge, by=by, source=source, target=world.alpha.cells[0], on=JULY)
    assert "nguoinhap" not in str(error)
    error = refused(cells.dissolve, by=actor, organization=source, on=JULY)
    assert error.field == "on" and "nguoinhap" in str(error)


def test_what_a_target_would_outlive_is_named(world, actor):
    """The target itself ends before who would come to it."""
    source, target = world.alpha.cells
    Organization.objects.filter(pk=target.pk).update(dissolved_on=SEPTEMBER)
    error = refused(cells.merge, by=actor, source=source, target=target, on=JULY)
    assert error.field == "target" and "01/09/2019" in str(error)
    assert "A1" in str(error) and "Thôn Alpha" in str(error)


def test_who_comes_after_the_day_of_a_dissolution_is_named_up_to_five(world, actor):
    cell = world.alpha.cells[1]
    for number in range(7):
        factories.member(cell, code=f"N{number}", full_name=f"Y {number}", admitted_on=SEPTEMBER)
    error = refused(cells.dissolve, by=actor, organization=cell, on=JULY)
    assert error.field == "on" and "01/07/2019" in str(error)
    assert all(f"N{number} Y {number}" in str(error) for number in range(5))
    assert "N5" not in str(error) and "7 " in str(error) and " 2 " in str(error)
    stranger = type(actor).of(factories.user(Role.OFFICER, world.beta.unit))
    assert "N0" not in str(refused(cells.dissolve, by=stranger, organization=cell, on=JULY))


def test_no_names_are_told_where_none_are_stored(world, actor, settings):
    settings.STORE_NAMES = False
    error = refused(cells.dissolve, by=actor, organization=world.alpha.cells[0], on=JULY)
    assert "A1" not in str(error) and "3 " in str(error) and "Thôn Alpha" in str(error)


def test_what_comes_or_stands_later_keeps_a_body_from_ending(world, actor):
    commune, (cell, other) = world.alpha.commune, world.alpha.cells
    founded = reorganize.found(
        by=actor, code="A.X09", name="Đảng bộ xã chín", form="committee", parent=world.alpha.unit
    )
    empty = {"by": actor, "organization": founded, "on": JULY}
    later = reorganize.found(
        by=actor, code="A.X09.1", name="Chi bộ", form="cell", parent=founded,
        established_on=PartialDate(OCTOBER),
    )  # fmt: skip
    assert "A.X09.1" in str(refused(cells.dissolve, **empty))
    reorganize.move(by=actor, organization=later, parent=commune, on=date(2019, 12, 1))
    assert "A.X09.1" in str(refused(cells.dissolve, **empty)), "gone by now, there on the day"
    village = villages.found(by=actor, code="T.9", name="Thôn chín", committee=commune)
    villages.cover(by=actor, village=village, committee=commune, cell=other, on=OCTOBER)
    assert "T.9" in str(refused(cells.dissolve, by=actor, organization=other, on=JULY))
    correct = {"by": actor, "organization": cell, "dissolved_on": PartialDate(JULY)}
    error = refused(cells.correct, **correct)
    assert error.field == "dissolved_on" and "A1" in str(error) and "T.A.1" in str(error)


@pytest.fixture
def ended(world, actor):
    """A cell, and a committee, that ended in July."""
    cell = factories.cell(world.alpha.commune, code="A.X01.8", dissolved_on=JULY)
    commune = factories.organization(world.alpha.unit, code="A.X08", dissolved_on=JULY)
    return cell, commune


def test_nothing_comes_to_a_body_that_ended_or_is_not_there_yet(world, actor, ended):
    cell, commune = ended
    founded = factories.cell(world.alpha.commune, code="A.X01.7", established_on=SEPTEMBER)
    member, village, moved = world.alpha.members[0], world.alpha.village, world.alpha.cells[1]
    on = {"by": actor, "on": SEPTEMBER}
    june, alpha = {"by": actor, "on": date(2019, 6, 1)}, world.alpha
    new = {"by": actor, "code": "Z9", "name": "Mới"}
    cases = [
        (members.transfer, {"member": member, "cell": cell, **on}, "cell"),
        (members.transfer, {"member": member, "cell": cell, **june}, "cell"),
        (members.transfer, {"member": member, "cell": founded, **june}, "cell"),
        (members.correct, {"by": actor, "member": member, "cell": cell}, "cell"),
        (members.enrol, {"by": actor, "code": "Z9", "full_name": "Y", "cell": cell,
                         "admitted_on": PartialDate(SEPTEMBER)}, "cell"),
        (reorganize.move, {"organization": moved, "parent": commune, **june}, "parent"),
        (reorganize.move, {"organization": moved, "parent": commune, **on}, "parent"),
        (reorganize.found, {**new, "form": "cell", "parent": commune}, "parent"),
        (cells.correct, {"by": actor, "organization": moved, "parent": commune}, "parent"),
        (villages.cover, {"village": village, "committee": commune, "cell": None, **on}, "committee"),
        (villages.cover, {"village": village, "committee": alpha.commune, "cell": cell, **june}, "cell"),
        (villages.cover, {"village": village, "committee": alpha.commune, "cell": founded, **june}, "cell"),
        (villages.found, {**new, "committee": commune}, "committee"),
        (villages.found, {**new, "committee": alpha.commune, "cell": cell}, "cell"),
        (with_heads.correct, {"by": actor, "village": village, "cell": cell}, "cell"),
        (cells.merge, {"source": moved, "target": cell, **june}, "target"),
        (cells.merge, {"source": moved, "target": founded, **june}, "target"),
    ]  # fmt: skip
    factories.member(moved, code="M.8")
    for action, kwargs, field in cases:
        error = refused(action, **kwargs)
        assert error.field == field, (action.__name__, kwargs, str(error))
        assert "/2019" in str(error), action.__name__


def test_who_left_a_body_before_it_ended_may_be_entered_late(world, actor, ended):
    members.enrol(
        by=actor, code="Z9", full_name="Y", cell=ended[0],
        admitted_on=PartialDate(date(2018, 1, 1)), left_on=PartialDate(date(2019, 6, 1)),
    )  # fmt: skip
    assert not outside()


def test_a_corrected_day_leaves_nobody_in_a_body_that_ended(world, actor, ended):
    cell, commune = ended
    gone = factories.member(cell, code="M.8", left_on=date(2019, 6, 1))
    past = factories.cell(commune, code="A.X08.1", dissolved_on=date(2019, 6, 1))
    over = factories.village(commune, code="T.8", ends_on=date(2019, 6, 1))
    for action, thing, field in (
        (members.correct, {"member": gone}, "left_on"),
        (cells.correct, {"organization": past}, "dissolved_on"),
        (with_heads.correct, {"village": over}, "ends_on"),
    ):
        column = {"dissolved_on": "dissolved_on", "ends_on": "ends_on"}.get(field, "left_on")
        for day in (None, PartialDate(JULY) if field == "ends_on" else PartialDate(SEPTEMBER)):
            error = refused(action, by=actor, **thing, **{column: day})
            assert error.field == field, (action.__module__, day, str(error))


def test_what_was_left_behind_before_keeps_no_other_correction_from_being_done(world, actor, ended):
    """As loads may leave it (INTERFACE, reading 10)."""
    cell, commune = ended
    left = factories.member(cell, code="M.8")
    child = factories.cell(commune, code="A.X08.1")
    members.correct(by=actor, member=left, full_name="Y Đúng Tên")
    cells.correct(by=actor, organization=cell, name="Chi bộ đúng tên")
    cells.correct(by=actor, organization=commune, name="Đảng bộ đúng tên")
    members.transfer(by=actor, member=left, cell=world.alpha.cells[0], on=SEPTEMBER)
    reorganize.move(by=actor, organization=child, parent=world.alpha.commune, on=SEPTEMBER)
    members.leave(by=actor, member=left, on=OCTOBER, leaving_reason="died")


def test_a_split_takes_along_who_came_after_its_day(world, actor):
    cell = world.alpha.cells[0]
    admitted = factories.member(cell, code="M.9", admitted_on=SEPTEMBER)
    present = world.alpha.members[0]
    part = cells.split(
        by=actor, organization=cell, code="A.X01.9", name="Tách", on=JULY,
        members=(present, admitted), handed=(world.alpha.village,),
    )  # fmt: skip
    assert stays(admitted) == [(part.code, None, None)]
    assert stays(present) == [(cell.code, None, JULY), (part.code, JULY, None)]
    left = factories.member(cell, code="M.8", left_on=date(2018, 1, 1))
    error = refused(
        cells.split, by=actor, organization=cell, code="A.X01.8", name="Tách", on=JULY, members=(left,)
    )
    assert error.field == "on" and "01/07/2019" in str(error)
    assert not outside()


def test_a_village_ends_with_its_head_and_names_a_later_one(world, actor):
    village, head = world.alpha.village, world.alpha.head
    with_heads.end(by=actor, village=village, on=JULY)
    head.refresh_from_db()
    assert head.ends_on == JULY and not outside()
    second = world.beta.village
    heads.end_term(by=actor, head=world.beta.head, on=JULY)
    heads.appoint(by=actor, village=second, full_name="A Sau", starts_on=PartialDate(SEPTEMBER))
    error = refused(with_heads.end, by=actor, village=second, on=date(2019, 8, 1))
    assert error.field == "on" and "A Sau" in str(error)
    error = refused(with_heads.correct, by=actor, village=second, ends_on=PartialDate(JULY))
    assert error.field == "ends_on"
    error = refused(heads.appoint, by=actor, village=village, full_name="A", starts_on=PartialDate(JULY))
    assert error.field == "ends_on"


def test_a_beginning_is_not_corrected_over_what_came_before_it(world, actor):
    cell = world.alpha.cells[1]
    member = world.alpha.members[0]
    members.transfer(by=actor, member=member, cell=cell, on=JULY)
    error = refused(cells.correct, by=actor, organization=cell, established_on=PartialDate(SEPTEMBER))
    assert error.field == "established_on" and "A1" in str(error)
    cells.correct(by=actor, organization=cell, established_on=PartialDate(JULY))


def test_a_merge_costs_few_statements_a_thing(world, actor, django_assert_max_num_queries):
    source, target = world.alpha.cells
    for number in range(20):
        factories.member(source, code=f"N{number}")
    with django_assert_max_num_queries(180):
        cells.merge(by=actor, source=source, target=target, on=JULY)
    assert Membership.objects.filter(cell=target, starts_on=JULY).count() == 23
