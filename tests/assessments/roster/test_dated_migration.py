"""What was today's state becomes what was so in each year that is on file (migration 0012)."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.registers.door import change
from assessments.review.years.actions import close_year, reopen_year
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.movements import Movement
from assessments.roster.models.village_lines import VillageLine
from members.actions import cells, members
from members.models import FormerExemption, Member, PastStay
from orgs.models import AuditEntry, FormerForm
from tests.assessments.years import opened

migration = import_module("assessments.migrations.0012_dated_of_closed_years")
pytestmark = pytest.mark.django_db
YEARS = (2016, 2017, 2018, 2019)
TRAIL = date(2018, 7, 1)


def rows() -> list[list]:
    """Rosters and movements, but for the keys of rows."""
    models = (OrganizationLine, MemberLine, VillageLine, Movement)
    fields = [[one.attname for one in model._meta.concrete_fields[1:]] for model in models]
    return [
        sorted(map(str, model.objects.filter(year__in=YEARS).values_list(*names)))
        for model, names in zip(models, fields, strict=True)
    ]


@pytest.fixture
def closed(world, actor):
    """Four closed years: an exemption that began and one that ended, a section that became one, somebody who
    came back and somebody who stayed away."""
    for year in YEARS:
        opened(year, actor)
    one, two, back = world.alpha.members
    away, cell = world.beta.members[0], world.alpha.cells[0]
    change(members.exempt, by=actor, member=one, is_exempt=True, on=date(2018, 5, 1))
    change(members.exempt, by=actor, member=two, is_exempt=True, on=date(2015, 1, 1))
    change(members.exempt, by=actor, member=two, is_exempt=False, on=date(2018, 5, 1))
    change(cells.change_form, by=actor, organization=world.alpha.commune, form="section", on=date(2017, 5, 1))
    for member in (back, away):
        left = {"on": date(2017, 3, 1), "leaving_reason": "transferred"}
        change(members.leave, by=actor, member=member, **left)
    change(members.come_back, by=actor, member=back, cell=cell, on=date(2019, 1, 1))
    for year in YEARS:
        close_year(year, by=actor, reason="thử")
    return rows()


def as_before(world) -> None:
    """What the registers held of it before they were dated."""
    for model in (FormerForm, FormerExemption, PastStay):
        model.objects.all().delete()
    Member.objects.filter(pk=world.alpha.members[2].pk).update(arrived_on=None)
    execute("DELETE FROM orgs_auditentry")


def execute(statement: str, values=()) -> None:
    """The trail lets nobody else write in it."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def reopened_and_closed(actor) -> list[list]:
    for year in YEARS:
        reopen_year(year, by=actor, reason="thử")
        close_year(year, by=actor, reason="thử")
    return rows()


def test_a_closed_year_that_is_opened_and_closed_again_is_as_it_was(world, actor, closed):
    as_before(world)
    migration.keep_what_was(apps, None)
    one, two, back = world.alpha.members
    assert list(one.former_exemptions.values_list("is_exempt", "until")) == [(False, date(2018, 1, 1))]
    assert list(two.former_exemptions.values_list("is_exempt", "until")) == [(True, date(2018, 1, 1))]
    assert world.alpha.commune.former_forms.get().until == date(2017, 1, 1)
    assert list(back.past_stays.values_list("left_on", "leaving_reason")) == [
        (date(2017, 3, 1), "transferred")
    ]
    assert Member.objects.get(pk=back.pk).arrived_on == date(2019, 1, 1)
    assert not world.beta.members[0].past_stays.exists()
    assert reopened_and_closed(actor) == closed


def test_the_trail_tells_the_day_and_an_arrival_stands(world, actor, closed):
    as_before(world)
    one, _two, back = world.alpha.members
    for number, (member, after) in enumerate(((one, {"is_exempt": True}), (back, {"left_on": None}))):
        entry = AuditEntry.objects.create(
            action="member.correct", object_type="members.member", object_id=member.pk, after=after
        )
        day = date(2018 + number, 7, 1)
        execute("UPDATE orgs_auditentry SET at = %s WHERE id = %s", [f"{day} 05:00:00+00:00", entry.pk])
    migration.keep_what_was(apps, None)
    assert one.former_exemptions.get().until == TRAIL
    assert Member.objects.get(pk=back.pk).arrived_on == date(2019, 1, 1)


def test_it_is_one_pass_whatever_the_number(world, actor, closed):
    as_before(world)
    Member.objects.update(is_exempt=True)
    with CaptureQueriesContext(connection) as caught:
        migration.keep_what_was(apps, None)
    assert len(caught) < 25 and FormerExemption.objects.count() >= 5


def test_without_closed_years_all_is_from_the_beginning(world, actor):
    opened(2018, actor)
    Member.objects.update(is_exempt=True, left_on=date(2020, 1, 1))
    MemberLine.objects.update(is_exempt=True)
    migration.keep_what_was(apps, None)
    assert not FormerExemption.objects.exists() and not PastStay.objects.exists()


ADMITTED, Y16, Y19 = date(2010, 1, 1), date(2016, 5, 1), date(2019, 5, 1)


@pytest.mark.parametrize(
    ("arrived", "left", "lines", "leavings", "arrivals", "hints", "found"),
    [
        # Entered late, or left in a year that is closed: no return.
        (None, None, {2019}, {}, [], [], None),
        (None, Y16, {2015}, {Y16: "died"}, [], [], None),
        (None, date(2016, 6, 1), {2015}, {Y16: "died"}, [], [], None),
        # Back in a closed year, by its arrival, by the trail, by nothing; back only now.
        (None, None, {2015, 2019}, {Y16: "x"}, [Y19], [], [(None, Y16, "x"), (Y19, None, "")]),
        (None, None, {2015, 2019}, {Y16: "x"}, [], [Y19], [(None, Y16, "x"), (Y19, None, "")]),
        (None, None, {2015, 2019}, {Y16: "x"}, [], [], [(None, Y16, "x"), (date(2019, 1, 1), None, "")]),
        (None, None, {2015}, {Y16: "x"}, [], [], [(None, Y16, "x"), (date(2020, 1, 1), None, "")]),
        (None, None, {2015}, {Y16: "x"}, [], [date(2021, 3, 1)],
         [(None, Y16, "x"), (date(2021, 3, 1), None, "")]),
        # Gone in between and back, by the lines alone, or beside a leaving that is on file.
        (None, None, {2015, 2018, 2019}, {}, [], [],
         [(None, date(2016, 1, 1), ""), (date(2018, 1, 1), None, "")]),
        (None, None, {2015, 2017, 2019}, {Y16: "x"}, [], [],
         [(None, Y16, "x"), (date(2017, 1, 1), date(2018, 1, 1), ""), (date(2019, 1, 1), None, "")]),
        # The day of arrival was written over: the years before it stay.
        (date(2019, 2, 1), None, {2015, 2016, 2019}, {}, [], [],
         [(None, date(2017, 1, 1), ""), (date(2019, 2, 1), None, "")]),
    ],
)  # fmt: skip
@pytest.mark.once
def test_stays_by_what_the_years_tell(arrived, left, lines, leavings, arrivals, hints, found):
    closed = range(2015, 2020)
    assert migration.stays(ADMITTED, arrived, left, lines, closed, leavings, arrivals, hints) == found
