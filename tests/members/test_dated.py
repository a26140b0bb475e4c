"""Exemption, stays and forms hold from a day on; what was before stays as it was."""

from datetime import date

import pytest

from members.actions import cells, members
from members.histories import standing_of
from members.models import Member
from members.standing import HOLDINGS
from orgs.actions import reorganize
from orgs.models import AuditEntry, Form, Organization
from resolution03.lib.dates import PartialDate
from resolution03.lib.errors import Refusal
from tests import factories

LEFT, BACK = date(2016, 3, 1), date(2019, 7, 1)


def gone(world, reason="transferred", **values) -> Member:
    return factories.member(world.alpha.cells[0], left_on=LEFT, leaving_reason=reason, **values)


def refused(act, **values) -> str | None:
    with pytest.raises(Refusal) as caught:
        act(**values)
    return caught.value.field


def test_an_exemption_begins_and_ends_on_days(world, actor):
    member = world.alpha.members[0]
    for is_exempt, day in ((True, date(2018, 5, 1)), (False, date(2021, 5, 1))):
        member = members.exempt(by=actor, member=member, is_exempt=is_exempt, on=day)
    rows = member.former_exemptions.values_list("is_exempt", "until")
    assert list(rows) == [(False, date(2018, 5, 1)), (True, date(2021, 5, 1))]
    assert [(str(one.day), one.words) for one in standing_of(member)][:2] == [
        ("01/05/2021", "thôi miễn sinh hoạt"), ("01/05/2018", "miễn sinh hoạt từ ngày này"),
    ]  # fmt: skip
    asked = {"by": actor, "member": member, "is_exempt": True}
    assert refused(members.exempt, on=date(2021, 4, 30), **asked) == "on"
    assert refused(members.exempt, on=date(2009, 12, 31), **asked) == "on"
    entries = AuditEntry.objects.filter(action="member.exempt")
    assert [entry.after for entry in entries[::-1]] == [{"is_exempt": True}, {"is_exempt": False}]


def test_a_change_on_the_day_of_the_latest_takes_it_back(world, actor):
    member, day = world.alpha.members[0], date(2018, 5, 1)
    member = members.exempt(by=actor, member=member, is_exempt=True, on=day)
    member = members.exempt(by=actor, member=member, is_exempt=False, on=day)
    assert not member.is_exempt and not member.former_exemptions.exists()


def test_a_correction_is_of_the_latest_value_and_hinders_no_earlier_change(world, actor):
    member = members.exempt(by=actor, member=world.alpha.members[0], is_exempt=True, on=date(2018, 5, 1))
    member = members.correct(by=actor, member=member, is_exempt=False)
    member = members.exempt(by=actor, member=member, is_exempt=True, on=date(2017, 5, 1))
    assert list(member.former_exemptions.values_list("is_exempt", "until")) == [(False, date(2017, 5, 1))]


def test_who_comes_back_keeps_the_years_before_and_the_gap(world, actor):
    member, cell = gone(world), world.alpha.cells[1]
    member = members.come_back(by=actor, member=member, cell=cell, on=BACK)
    assert (member.arrived_on, member.left_on, member.leaving_reason, member.cell) == (BACK, None, "", cell)
    days = (date(2010, 1, 1), date(2016, 2, 29), LEFT, date(2019, 6, 30), BACK, date(2026, 1, 1))
    present = [member.is_present_on(day) for day in days]
    assert present == [True, True, False, False, True, True]
    assert present == [Member.objects.existing_on(day).filter(pk=member.pk).exists() for day in days]
    past, now = member.memberships.all()
    assert (past.cell, past.ends_on, now.starts_on) == (world.alpha.cells[0], BACK, BACK)
    told = [(str(one.day), one.words) for one in standing_of(member)]
    assert told == [
        ("01/07/2019", "trở lại sinh hoạt"), ("01/03/2016", "ra khỏi tổ chức: Chuyển đi"),
        ("01/01/2010", "kết nạp"),
    ]  # fmt: skip


def test_coming_back_twice_and_leaving_again(world, actor):
    member, cell = gone(world), world.alpha.cells[0]
    member = members.come_back(by=actor, member=member, cell=cell, on=BACK)
    member = members.leave(by=actor, member=member, on=date(2020, 1, 1), leaving_reason="transferred")
    member = members.come_back(by=actor, member=member, cell=cell, on=date(2022, 1, 1))
    assert [stay.left_on for stay in member.past_stays.all()] == [LEFT, date(2020, 1, 1)]
    assert member.memberships.count() == 1
    for arrived in (None, PartialDate(date(2020, 1, 1)), PartialDate(date(2015, 1, 1))):
        asked = {"by": actor, "member": member, "arrived_on": arrived}
        assert refused(members.correct, **asked) == "arrived_on", arrived
    members.correct(by=actor, member=member, arrived_on=PartialDate(date(2021, 6, 1)))


def test_a_return_is_refused_at_its_field(world, actor):
    cell, ended = world.alpha.cells[1], factories.cell(world.alpha.commune, dissolved_on=date(2018, 1, 1))
    cases = [
        (world.alpha.members[0], {}, "on"),
        (gone(world, "died"), {}, "on"),
        (gone(world), {"on": LEFT}, "on"),
        (gone(world), {"on": date(2015, 1, 1)}, "on"),
        (gone(world), {"cell": world.alpha.commune}, "cell"),
        (gone(world), {"cell": ended}, "cell"),
        (gone(world, "expelled"), {}, "decision"),
        (gone(world, "struck_off"), {"decision": " "}, "decision"),
    ]
    for member, values, field in cases:
        asked = {"by": actor, "member": member, "cell": cell, "on": BACK} | values
        assert refused(members.come_back, **asked) == field, (member.leaving_reason, values)
    assert not AuditEntry.objects.exists()
    members.come_back(by=actor, member=gone(world, "expelled"), cell=cell, on=BACK, decision="3-QĐ")


def test_who_was_in_a_cell_in_an_earlier_stay_goes_along_or_keeps_it(world, actor):
    """A cell ended late, within the stay that is over, still held who came back elsewhere since."""
    source, target = (factories.cell(world.alpha.commune) for _ in range(2))
    member = factories.member(source, left_on=LEFT, leaving_reason="transferred")
    members.come_back(by=actor, member=member, cell=target, on=BACK)
    assert refused(cells.dissolve, by=actor, organization=source, on=date(2015, 1, 1)) == "on"
    cells.dissolve(by=actor, organization=source, on=LEFT)


def test_a_cell_becomes_a_committee_on_a_day_once_it_is_empty(world, actor):
    full, empty = world.alpha.cells
    asked = {"by": actor, "form": Form.COMMITTEE, "on": date(2019, 1, 1), "decision": "9-QĐ"}
    assert refused(cells.change_form, organization=full, **asked) == "form"
    changed = cells.change_form(organization=empty, **asked)
    former = changed.former_forms.get()
    assert (former.form, former.until, former.decision) == ("cell", date(2019, 1, 1), "9-QĐ")
    assert Organization.objects.get(pk=empty.pk).form == "committee"
    assert refused(cells.change_form, organization=changed, **asked) == "form"
    earlier = asked | {"form": Form.CELL, "on": date(2018, 12, 31)}
    assert refused(cells.change_form, organization=changed, **earlier) == "on"


def test_a_full_cell_becomes_a_committee_with_a_cell_below_that_takes_all_over(world, actor):
    cell, day = world.alpha.cells[0], date(2019, 1, 1)
    early = factories.member(cell, left_on=LEFT, leaving_reason="transferred")
    asked = {"by": actor, "organization": cell, "form": Form.COMMITTEE, "on": day, "decision": "9-QĐ"}
    assert refused(cells.change_form, name="Chi bộ mới", **asked) == "code"
    assert refused(cells.change_form, name="Chi bộ mới", code="A.X01.2", **asked) == "code"
    changed = cells.change_form(name="Chi bộ mới", code="A.X01.1.1", **asked)
    part = Organization.objects.get(code="A.X01.1.1")
    assert (changed.form, part.parent, part.form, part.established_on) == ("committee", changed, "cell", day)
    assert part.path.startswith(changed.path)
    assert set(part.members.all()) == set(world.alpha.members) and list(changed.members.all()) == [early]
    assert [row.cell.code for row in world.alpha.village.coverages.all()] == ["A.X01.1", "A.X01.1.1"]
    assert not [row for one in HOLDINGS for row in (*one.after_end(), *one.before_beginning())]


def test_a_committee_with_anything_in_it_becomes_no_cell(world, actor):
    asked = {"by": actor, "form": Form.CELL, "on": date(2019, 1, 1)}
    assert refused(cells.change_form, organization=world.alpha.commune, **asked) == "form"
    section = reorganize.change_form(
        by=actor, organization=world.alpha.commune, form=Form.SECTION, on=date(2019, 1, 1)
    )
    assert section.form == "section"
