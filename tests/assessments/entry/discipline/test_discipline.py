"""Counts of discipline: typed with the ratings, under the same locks; blank is not zero."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from assessments.entry.counting.judging import Counted
from assessments.entry.discipline.actions import counts_of, save_discipline
from assessments.entry.grid.actions import save_rating
from assessments.review.years.actions import close_year
from assessments.roster.following import follow_registers
from assessments.roster.models.discipline import Discipline
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.years import Submission, SubmissionState
from orgs.models import AuditEntry, Organization
from tests.assessments.year import opened, organization_line

BY = Actor(name="x")


@pytest.fixture
def entry(world):
    return opened(world)


def count(user, *entries, year=2018):
    return save_discipline(
        by=Actor.of(user),
        year=year,
        lines=OrganizationLine.objects.visible_to(user),
        entries=[Counted(line.pk, seen, counts) for line, seen, counts in entries],
    )


def stored(line):
    return counts_of([line.pk]).get(line.pk, {})


def test_counts_are_written_with_one_audit_row_a_line(entry):
    done = count(
        entry.officer,
        (entry.line, {}, {"member_warning": 2, "organization_reprimand": 0}),
        (entry.cells[0], {}, {"member_expulsion": None, "member_reprimand": 1}),
    )
    assert done.saved == {entry.line.pk, entry.cells[0].pk}
    assert stored(entry.line) == {"member_warning": 2, "organization_reprimand": 0}
    assert stored(entry.cells[0]) == {"member_reprimand": 1}
    trail = AuditEntry.objects.filter(action="discipline.save", object_id=entry.line.pk)
    told = trail.get(object_type="assessments.organizationline")
    assert told.before == {"member_warning": None, "organization_reprimand": None}
    assert told.after == {"member_warning": 2, "organization_reprimand": 0}


def test_the_first_count_begins_the_units_year(entry):
    count(entry.officer, (entry.line, {}, {"member_warning": 0}))
    entry.submission.refresh_from_db()
    assert entry.submission.state == SubmissionState.IN_PROGRESS


def test_blank_takes_a_count_back_and_zero_stays(entry):
    count(entry.officer, (entry.line, {}, {"member_warning": 2, "member_reprimand": 0}))
    seen = stored(entry.line)
    count(entry.officer, (entry.line, seen, {"member_warning": None, "member_reprimand": 0}))
    assert stored(entry.line) == {"member_reprimand": 0}


def test_sending_the_same_again_changes_nothing(entry):
    for _ in range(2):
        done = count(entry.officer, (entry.line, {}, {"member_warning": 2}))
    assert (done.saved, done.conflicts) == (set(), {})
    assert AuditEntry.objects.filter(object_type="assessments.organizationline").count() == 1


def test_what_another_changed_meanwhile_is_not_overwritten(entry):
    count(entry.officer, (entry.line, {}, {"member_warning": 2}))
    done = count(
        entry.clerk, (entry.line, {}, {"member_warning": 3}), (entry.cells[0], {}, {"member_warning": 1})
    )
    assert done.conflicts == {entry.line.pk: {"member_warning": 2}}
    assert done.saved == {entry.cells[0].pk}
    assert stored(entry.line) == {"member_warning": 2}
    other = count(entry.clerk, (entry.line, {}, {"member_reprimand": 1}))
    assert other.saved == {entry.line.pk}


@pytest.mark.parametrize("number", [-1, 1000])
def test_a_wrong_number_is_refused_and_the_rest_is_written(entry, number):
    done = count(
        entry.officer,
        (entry.line, {}, {"member_warning": number}),
        (entry.cells[0], {}, {"member_warning": 1}),
    )
    assert set(done.refused) == {entry.line.pk}
    assert str(number) in done.refused[entry.line.pk][0]
    assert done.saved == {entry.cells[0].pk}


def test_another_units_organization_does_not_exist(entry, world):
    foreign = organization_line(world.beta.commune)
    assert set(count(entry.officer, (foreign, {}, {"member_warning": 1})).refused) == {foreign.pk}
    assert not Discipline.objects.exists()


def refused(user, line):
    done = count(user, (line, {}, {"member_warning": 1}))
    assert not stored(line)
    return done.refused[line.pk][0].rule


def test_submitted_accepted_dropped_and_closed_refuse(entry):
    Submission.objects.filter(pk=entry.submission.pk).update(
        state="submitted", submitted_at="2019-01-01T00:00:00Z"
    )
    assert refused(entry.officer, entry.line) == "submitted"
    Submission.objects.filter(pk=entry.submission.pk).update(state="returned")
    OrganizationLine.objects.filter(pk=entry.line.pk).update(accepted=True)
    assert refused(entry.officer, entry.line) == "accepted"
    OrganizationLine.objects.filter(pk=entry.cells[0].pk).update(dropped=True)
    assert refused(entry.officer, entry.cells[0]) == "left_roster"
    close_year(2018, by=BY, reason="thử")
    assert refused(entry.officer, entry.cells[1]) == "year_closed"


def test_a_line_with_counts_that_leaves_the_roster_is_kept_apart(entry, world):
    count(entry.officer, (entry.cells[0], {}, {"member_warning": 0}))
    cells = Organization.objects.filter(pk__in=[cell.pk for cell in world.alpha.cells])
    cells.update(dissolved_on="2018-06-01")
    follow_registers(by=BY)
    kept = OrganizationLine.objects.get(pk=entry.cells[0].pk)
    assert (kept.dropped, stored(kept)) == (True, {"member_warning": 0})
    assert not OrganizationLine.objects.filter(pk=entry.cells[1].pk).exists()
    cells.update(dissolved_on=None)
    follow_registers(by=BY)
    kept.refresh_from_db()
    assert (kept.dropped, stored(kept)) == (False, {"member_warning": 0})


def test_the_statements_do_not_grow_with_the_rows(entry, django_assert_num_queries):
    save_rating(by=Actor.of(entry.officer), line=entry.line, version=0, changes={"reason": "x"})
    with CaptureQueriesContext(connection) as one:
        count(entry.officer, (entry.line, {}, {"member_warning": 1}))
    with django_assert_num_queries(len(one)):
        count(entry.officer, *((cell, {}, {"member_warning": 2}) for cell in entry.cells))
