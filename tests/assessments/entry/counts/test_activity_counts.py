"""Yearly counts written by the action, and what does not fit what the lists say."""

import pytest

from accounts.actors import Actor
from assessments.entry.counting.judging import Counted
from assessments.entry.counts.actions import MOST, save_counts
from assessments.entry.counts.explaining_actions import explain, note_paper_total
from assessments.review.years.actions import close_year
from assessments.roster.counts.given import YearCounts
from assessments.roster.models.counts import ActivityCount, PaperTotal
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.counts_of_year import counts_of
from assessments.rules.models.counts import Activity
from assessments.rules.models.years import RatingYear, Submission, SubmissionState
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
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
    assert why == ["Kết nạp: nữ: ở tổ chức này tính từ sổ, không gõ tay."]


@pytest.mark.parametrize("state", [SubmissionState.SUBMITTED, SubmissionState.ACCEPTED])
def test_what_the_board_holds_is_locked_but_for_the_command_line(entry, actor, state):
    Submission.objects.filter(pk=entry.submission.pk).update(state=state, submitted_at="2019-01-15T00:00Z")
    assert save(entry.officer, entry.line, **{CODE: 3}).refused
    assert save(actor, entry.line, **{CODE: 3}).saved


def test_a_closed_year_is_locked_for_everybody(entry, actor):
    close_year(2018, by=actor, reason="thử")
    assert save(entry.officer, entry.line, **{CODE: 3}).refused
    assert save(actor, entry.line, **{CODE: 3}).refused


def test_what_is_above_a_size_of_the_list_is_stored_and_waits_for_a_reason(entry):
    assert save(entry.officer, entry.line, cells_with_committee=3).saved
    found = YearCounts(entry.line.year, OrganizationLine.objects.all())
    told = [finding.rule.code for finding in found.findings(entry.line.organization_id)]
    assert told == ["cells_with_committee"]


@pytest.mark.parametrize(("solved", "stands"), [(14, True), (15, False)])
def test_a_part_above_its_whole_is_refused_with_both_numbers(entry, solved, stands):
    save(entry.officer, entry.line, issues_raised=14)
    outcome = save(entry.officer, entry.line, issues_solved=solved)
    assert bool(outcome.saved) is stands
    words = "Vướng mắc đã giải quyết: 15, lớn hơn 14 (Vướng mắc đã nêu)."
    assert outcome.refused.get(entry.line.pk, []) == ([] if stands else [words])


def test_a_whole_cannot_sink_below_its_part(entry):
    save(entry.officer, entry.line, issues_raised=14, issues_solved=9)
    assert save(entry.officer, entry.line, {"issues_raised": 14}, issues_raised=8).refused
    assert save(entry.officer, entry.line, {"issues_raised": 14}, issues_raised=9).saved


def test_a_half_years_count_stands_apart_and_only_what_is_counted_then(entry):
    lines, by = OrganizationLine.objects.all(), Actor.of(entry.officer)
    half = {"by": by, "year": 2018, "lines": lines, "period": "half"}
    save(entry.officer, entry.line, **{CODE: 9})
    assert save_counts(entries=[Counted(entry.line.pk, {}, {CODE: 4})], **half).saved
    assert save_counts(entries=[Counted(entry.line.pk, {}, {"record_books": 1})], **half).refused
    rows = ActivityCount.objects.values_list("period", "count")
    assert sorted(rows) == [("half", 4), ("year", 9)]
    told = AuditEntry.objects.filter(action="activity.count").latest("pk")
    assert told.after == {"Cuộc sinh hoạt chuyên đề (6 tháng)": 4}


def test_a_count_of_cells_is_of_cells_and_one_of_units_of_units(entry):
    Activity.objects.filter(code=CODE).update(level="cell")
    Activity.objects.filter(code=OTHER).update(level="unit")
    cell, by = entry.cells[0], Actor.of(entry.officer)
    assert save(entry.officer, entry.line, **{CODE: 3}).refused
    given = {"by": by, "year": 2018, "entries": [Counted(cell.pk, {}, {CODE: 3})], "level": "cell"}
    assert save_counts(lines=OrganizationLine.objects.visible_to(entry.officer), **given).saved
    own = Submission.objects.visible_to(entry.officer)
    of_unit = [Counted(entry.submission.pk, {}, {OTHER: 2})]
    assert save_counts(by=by, year=2018, lines=own, entries=of_unit, level="unit").saved
    rows = ActivityCount.objects.values_list("organization__code", "grassroots__code", "unit__code", "count")
    assert sorted(rows) == [("A", None, "A", 2), (cell.code, "A.X01", "A", 3)]
    sums = YearCounts(entry.line.year, OrganizationLine.objects.all()).totals
    assert (sums[CODE].count, sums[CODE].given, sums[OTHER].count) == (3, 1, 2)


def test_a_reason_stands_beside_the_count_until_the_number_changes(entry):
    lines, by = OrganizationLine.objects.visible_to(entry.officer), Actor.of(entry.officer)
    save(entry.officer, entry.line, cells_with_committee=3)
    reasons = {(entry.line.pk, "cells_with_committee"): " một chi bộ giải thể trong năm "}
    explain(by=by, year=2018, lines=lines, reasons=reasons)
    assert ActivityCount.objects.get().reason == "một chi bộ giải thể trong năm"
    save(entry.officer, entry.line, {"cells_with_committee": 3}, cells_with_committee=4)
    assert ActivityCount.objects.get().reason == ""


@pytest.mark.parametrize(("code", "text"), [("record_books", "vì"), ("cells_with_committee", "x" * 201)])
def test_what_was_not_given_or_is_too_long_is_no_reason(entry, code, text):
    save(entry.officer, entry.line, cells_with_committee=3)
    with pytest.raises(Refusal):
        explain(
            by=Actor.of(entry.officer),
            year=2018,
            lines=OrganizationLine.objects.visible_to(entry.officer),
            reasons={(entry.line.pk, code): text},
        )


def test_the_sum_on_paper_is_kept_and_taken_back(entry):
    note = {"by": Actor.of(entry.officer), "year": 2018, "submission": entry.submission, "code": CODE}
    note_paper_total(place=entry.submission.unit, total=41, **note)
    note_paper_total(place=entry.submission.unit, total=42, **note)
    assert [(row.total, row.grassroots_id) for row in PaperTotal.objects.all()] == [(42, None)]
    note_paper_total(place=entry.submission.unit, total=None, **note)
    assert not PaperTotal.objects.exists()
    Submission.objects.update(state=SubmissionState.SUBMITTED, submitted_at="2019-01-15T00:00Z")
    with pytest.raises(Refusal):
        note_paper_total(place=entry.submission.unit, total=1, **note)


def test_closing_freezes_what_a_year_counts(entry, actor):
    close_year(2018, by=actor, reason="thử")
    Activity.objects.filter(code=CODE).update(is_off=True, name="khác")
    year = RatingYear.objects.get(pk=2018)
    assert next(rule.name for rule in counts_of(year) if rule.code == CODE) != "khác"
    assert len(counts_of(year)) == len(counts_of(RatingYear(pk=2018))) + 1


def test_what_is_compared_is_held_against_the_registers(entry):
    Activity.objects.filter(code="admitted_women").update(source="compared")
    assert save(entry.officer, entry.line, admitted_women=1).saved
    found = YearCounts(entry.line.year, OrganizationLine.objects.all())
    (finding,) = (one for one in found.findings(entry.line.organization_id) if one.check.register)
    assert (finding.number, finding.bound, finding.check.is_hard) == (1, 0, False)
