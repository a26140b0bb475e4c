"""Yearly counts written by the action, and what does not fit what the lists say."""

import pytest

from accounts.actors import Actor
from assessments.entry.counting.judging import Counted
from assessments.entry.counts.actions import MOST, save_counts
from assessments.entry.counts.rules import warnings
from assessments.review.years.actions import close_year
from assessments.roster.counts.given import Known, of_year
from assessments.roster.models.counts import ActivityCount
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.years import Submission, SubmissionState
from orgs.models import AuditEntry
from tests.assessments.year import opened, organization_line

CODE, OTHER = "thematic_meetings", "checks_done"


@pytest.fixture
def entry(world):
    return opened(world)


def save(by, line, seen=None, **counts):
    actor = by if isinstance(by, Actor) else Actor.of(by)
    entries = [Counted(line.pk, seen or {}, counts)]
    seen_by = OrganizationLine.objects
    lines = seen_by.all() if isinstance(by, Actor) else seen_by.visible_to(by)
    return save_counts(by=actor, year=2018, lines=lines, entries=entries)


def stored() -> dict:
    rows = ActivityCount.objects.values_list("grassroots__code", "activity__code", "count", "version")
    return {(code, activity): (count, version) for code, activity, count, version in rows}


def test_a_count_is_stored_with_its_version_and_leaves_a_trace(entry):
    save(entry.officer, entry.line, **{CODE: 0, OTHER: 4})
    save(entry.officer, entry.line, {OTHER: 4}, **{OTHER: 5})
    assert stored() == {("A.X01", CODE): (0, 1), ("A.X01", OTHER): (5, 2)}
    told = AuditEntry.objects.filter(action="activity.count").latest("pk")
    assert (told.before, told.after, told.object_code) == (
        {"Kiểm tra, giám sát: đã làm": 4},
        {"Kiểm tra, giám sát: đã làm": 5},
        "A.X01",
    )
    entry.submission.refresh_from_db()
    assert entry.submission.state == SubmissionState.IN_PROGRESS


def test_blank_takes_a_count_back(entry):
    save(entry.officer, entry.line, **{CODE: 3})
    save(entry.officer, entry.line, {CODE: 3}, **{CODE: None})
    assert stored() == {}


def test_the_same_again_changes_nothing(entry):
    save(entry.officer, entry.line, **{CODE: 3})
    outcome = save(entry.officer, entry.line, **{CODE: 3})
    assert not outcome.saved and not outcome.conflicts and stored() == {("A.X01", CODE): (3, 1)}


def test_a_count_changed_meanwhile_is_a_conflict_with_both_values(entry):
    save(entry.officer, entry.line, **{CODE: 3})
    outcome = save(entry.clerk, entry.line, {CODE: 1}, **{CODE: 9})
    assert outcome.conflicts == {entry.line.pk: {CODE: 3}}
    assert stored()["A.X01", CODE] == (3, 1)


def test_a_stranger_and_a_cell_are_not_in_the_list(entry, world):
    beta = organization_line(world.beta.commune)
    assert save(entry.officer, beta, **{CODE: 3}).refused
    assert save(entry.officer, entry.cells[0], **{CODE: 3}).refused
    assert stored() == {}


@pytest.mark.parametrize("count", [-1, MOST + 1])
def test_what_is_no_count_is_refused(entry, count):
    assert save(entry.officer, entry.line, **{CODE: count}).refused and not stored()


def test_what_the_board_does_not_ask_for_is_refused(entry):
    assert save(entry.officer, entry.line, nonsense=1).refused


def test_women_are_not_typed_where_members_are_listed(entry):
    why = save(entry.officer, entry.line, admitted_women=1).refused[entry.line.pk]
    assert why == ["Số nữ kết nạp ở tổ chức này tính từ danh sách đảng viên."]


@pytest.mark.parametrize("state", [SubmissionState.SUBMITTED, SubmissionState.ACCEPTED])
def test_what_the_board_holds_is_locked_but_for_the_command_line(entry, actor, state):
    Submission.objects.filter(pk=entry.submission.pk).update(state=state, submitted_at="2019-01-15T00:00Z")
    assert save(entry.officer, entry.line, **{CODE: 3}).refused
    assert save(actor, entry.line, **{CODE: 3}).saved


def test_a_closed_year_is_locked_for_everybody(entry, actor):
    close_year(2018, by=actor, reason="thử")
    assert save(entry.officer, entry.line, **{CODE: 3}).refused
    assert save(actor, entry.line, **{CODE: 3}).refused


def test_parts_larger_than_the_whole_are_warned_of(db):
    found = warnings(
        of_year(2018),
        {"admitted_ethnic": 3, "admitted_youth_union": 2, "cells_with_committee": 5},
        Known(cells=4, admitted=2, women=1),
    )
    assert found == [
        "Kết nạp: dân tộc thiểu số: 3, trong khi danh sách có 2 đảng viên kết nạp trong năm.",
        "Chi bộ có chi ủy: 5, trong khi tổ chức có 4 chi bộ.",
    ]


def test_nothing_is_warned_of_where_nothing_is_listed_or_given(db):
    assert warnings(of_year(2018), {"admitted_ethnic": 3}, Known(cells=1)) == []
    assert warnings(of_year(2018), {}, Known(cells=0, admitted=0, women=0)) == []
