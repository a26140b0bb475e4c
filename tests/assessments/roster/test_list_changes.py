"""What registers change in a list that the Board holds: kept, counted, taken back, answered."""

from datetime import date

import pytest
from django.core.management import call_command

from accounts.actors import Actor
from assessments.figures.changes import changed, figure_changes
from assessments.figures.kept import boards_with
from assessments.registers import door, units
from assessments.review.submitting import actions as submissions
from assessments.review.submitting.change_actions import confirm_changes, return_changes
from assessments.review.years.actions import close_year
from assessments.roster import lacking
from assessments.roster.list_deltas import taken_away
from assessments.roster.models.lines import MemberLine
from assessments.roster.models.list_changes import ListChange
from assessments.roster.noting import asked_again
from assessments.rules.models.years import RatingYear, Submission
from members.actions import heads, members
from orgs.actions import reorganize, villages
from orgs.models import AuditEntry
from resolution03.lib.commands import Refused
from resolution03.lib.errors import Refusal
from tests import factories
from tests.assessments.accepted import accepted, act, transfer, waiting


@pytest.fixture
def entry(world):
    return accepted(world)


def states(entry, **asked) -> list[tuple[str, str]]:
    rows = ListChange.objects.filter(submission=entry.submission, **asked)
    return [(row.code, row.state) for row in rows.order_by("pk")]


def fresh(entry) -> Submission:
    return Submission.objects.get(pk=entry.submission.pk)


def confirm(entry, **asked) -> int:
    return confirm_changes(by=Actor.of(entry.board), submission=entry.submission, **asked)


def test_what_an_officer_changes_waits_and_what_the_board_changes_does_not(entry):
    """Lines that come, go, move, are exempted, and a village's head; names and spellings are nothing."""
    alpha, officer = entry.world.alpha, entry.officer
    first, second, third = alpha.members
    transfer(entry, first, alpha.cells[1])
    act(entry, members.exempt, member=second, is_exempt=True, on=date(2018, 6, 1))
    act(entry, members.leave, member=third, on=date(2018, 6, 1), leaving_reason="deceased")
    act(entry, members.correct, member=second, full_name="Y Khác")
    act(entry, villages.correct, village=alpha.village, name="Thôn Khác")
    act(entry, heads.end_term, head=alpha.head, on=date(2018, 6, 30))
    assert {row.code for row in waiting(entry)} == {"A1", "A2", "A3", "T.A.1"}
    assert fresh(entry).changes_waiting == 4
    assert {row.by for row in waiting(entry)} == {officer} and all(
        row.after_acceptance for row in waiting(entry)
    )
    assert {row.action for row in waiting(entry)} == {
        "member.transfer",
        "member.exempt",
        "member.leave",
        "head.end",
    }
    trail = set(AuditEntry.objects.values_list("batch", "action"))
    assert {(row.batch, row.action) for row in waiting(entry)} <= trail
    confirm(entry)
    transfer(entry, first, alpha.cells[0], entry.board)
    door.change(members.exempt, by=Actor(name="lệnh"), member=second, is_exempt=False, on=date(2018, 6, 1))
    assert not waiting(entry)
    assert states(entry)[-2:] == [("A1", "confirmed"), ("A2", "confirmed")]


def test_what_is_taken_back_leaves_nothing_that_waits(entry):
    """A further act on the same row follows the first one: there and on is one change, there and back
    none; every act stays readable."""
    alpha = entry.world.alpha
    third, member = entry.third, alpha.members[0]
    transfer(entry, member, alpha.cells[1])
    act(entry, members.correct, member=member, cell=third)
    (row,) = waiting(entry)
    assert row.before["member"]["cell_id"] == alpha.cells[0].pk
    assert row.after["member"]["cell_id"] == third.pk
    act(entry, members.correct, member=member, cell=alpha.cells[0])
    assert not waiting(entry)
    assert [state for code, state in states(entry) if code == "A1"] == [
        "followed",
        "taken_back",
        "taken_back",
    ]


def test_what_the_board_changes_itself_it_need_not_confirm(entry):
    """The rest of a change that waits, waits on; put where the Board wants it, nothing waits."""
    alpha, member = entry.world.alpha, entry.world.alpha.members[0]
    transfer(entry, member, alpha.cells[1])
    act(entry, members.exempt, entry.board, member=member, is_exempt=True, on=date(2018, 6, 1))
    (row,) = waiting(entry)
    assert row.before["member"]["is_exempt"] and row.before["member"]["cell_id"] == alpha.cells[0].pk
    act(entry, members.correct, entry.board, member=member, cell=alpha.cells[0])
    assert not waiting(entry)


def test_a_member_between_two_locked_units_went_there_and_came_here(entry):
    alpha, beta = entry.world.alpha, entry.world.beta
    Submission.objects.filter(unit=beta.unit).update(
        state="submitted", since=entry.submission.since, submitted_at=entry.submission.since
    )
    giver = factories.user("board", entry.world.province)
    member = alpha.members[0]
    transfer(entry, member, beta.cells[0], giver)
    rows = ListChange.objects.filter(who=member.pk).order_by("submission__code")
    assert [(row.submission.code, row.state, row.after_acceptance) for row in rows] == [
        ("A", "confirmed", True),
        ("B", "confirmed", False),
    ]


def test_what_was_not_seen_is_not_confirmed(entry):
    """One by one, and all that the page showed: what came since, also to the same row, waits on."""
    alpha = entry.world.alpha
    first, second, third = alpha.members
    for member in (first, second):
        transfer(entry, member, alpha.cells[1])
    shown = waiting(entry)
    act(entry, members.exempt, member=first, is_exempt=True, on=date(2018, 6, 1))
    transfer(entry, third, alpha.cells[1])
    assert confirm(entry, chosen=[row.pk for row in shown]) == 1
    assert {row.code for row in waiting(entry)} == {"A1", "A3"}
    with pytest.raises(Refusal):
        confirm(entry, chosen=[shown[0].pk])
    with pytest.raises(Refusal):
        confirm(entry, seen=shown[-1].pk)
    assert confirm(entry, seen=waiting(entry)[0].pk) == 1
    assert [row.code for row in waiting(entry)] == ["A3"]
    other = Submission.objects.get(unit=entry.world.beta.unit)
    Submission.objects.filter(pk=other.pk).update(
        state="accepted", since=entry.submission.since, submitted_at=entry.submission.since
    )
    with pytest.raises(Refusal):
        confirm_changes(by=Actor.of(entry.board), submission=other, chosen=[waiting(entry)[0].pk])


def test_the_unit_gets_its_year_back_with_the_rows_of_the_change(entry):
    alpha = entry.world.alpha
    transfer(entry, alpha.members[0], alpha.cells[1])
    act(entry, members.leave, member=alpha.members[2], on=date(2018, 6, 1), leaving_reason="deceased")
    row = next(row for row in waiting(entry) if row.code == "A1")
    with pytest.raises(Refusal):
        return_changes(by=Actor.of(entry.board), submission=entry.submission, reason=" ", chosen=[row.pk])
    return_changes(
        by=Actor.of(entry.board), submission=entry.submission, reason="Sai chi bộ", chosen=[row.pk]
    )
    assert (fresh(entry).state, fresh(entry).message) == ("returned", "Sai chi bộ")
    line = MemberLine.objects.get(year=2018, member=alpha.members[0])
    assert (line.return_reason, line.accepted) == ("Sai chi bộ", False)
    assert states(entry) == [("A1", "returned"), ("A3", "sent")]
    assert ListChange.objects.get(pk=row.pk).reason == "Sai chi bộ"
    act(entry, members.correct, member=alpha.members[0], cell=alpha.cells[0])
    submissions.submit(by=Actor.of(entry.officer), submission=entry.submission)
    assert not waiting(entry)
    submissions.accept(by=Actor.of(entry.board), submission=entry.submission)
    assert states(entry) == [("A1", "returned"), ("A3", "confirmed"), ("A1", "confirmed")]
    assert not fresh(entry).changes_waiting


def test_a_change_without_a_row_left_returns_the_unit_all_the_same(entry):
    act(entry, heads.end_term, head=entry.world.alpha.head, on=date(2018, 6, 30))
    return_changes(by=Actor.of(entry.board), submission=entry.submission, reason="Ai thay?")
    assert fresh(entry).state == "returned"
    assert AuditEntry.objects.get(action="submission.return_changes").after["changes"] == 1


def test_accepting_confirms_what_its_page_showed(entry):
    """Of a submitted unit: the changes since; what came later waits after the acceptance."""
    alpha = entry.world.alpha
    Submission.objects.filter(pk=entry.submission.pk).update(state="submitted")
    transfer(entry, alpha.members[0], alpha.cells[1])
    (shown,) = waiting(entry)
    assert not shown.after_acceptance
    transfer(entry, alpha.members[1], alpha.cells[1])
    submissions.accept(by=Actor.of(entry.board), submission=entry.submission, seen=shown.pk)
    assert fresh(entry).state == "accepted"
    assert [row.code for row in waiting(entry)] == ["A2"]


def test_closing_demands_the_word_of_the_board(entry):
    """INTERFACE, opening and closing: refuses, naming them; a reason overrides."""
    transfer(entry, entry.world.alpha.members[0], entry.world.alpha.cells[1])
    found = [
        str(one) for one in lacking.lacking(RatingYear.objects.get(pk=2018)) if one.kind == "list_change"
    ]
    assert len(found) == 1 and "A1" in found[0] and "Huyện ủy Alpha" in found[0]
    with pytest.raises(Refusal) as refused:
        close_year(2018, by=Actor.of(entry.board))
    assert found[0] in refused.value.reasons
    with pytest.raises(Refused, match="A1 \\(Huyện ủy Alpha\\)"):
        call_command("period", "close", "2018")
    close_year(2018, by=Actor.of(entry.board), reason="Đã thống nhất")
    kept = RatingYear.objects.get(pk=2018).revisions.get().missing
    assert {"unit": "Huyện ủy Alpha", "kind": "list_change", "rows": [["A1", "Huyện ủy Alpha"]]} in kept
    before = list(ListChange.objects.values_list())
    transfer(entry, entry.world.alpha.members[1], entry.world.alpha.cells[1])
    assert list(ListChange.objects.values_list()) == before


def test_figures_before_are_those_without_the_changes_whatever_was_rated_meanwhile(entry):
    """Every indicator of unit and province, after acts of every kind by an officer."""
    alpha, officer = entry.world.alpha, entry.officer
    year = RatingYear.objects.get(pk=2018)
    before = boards_with(year, {})[0]
    first, second, third = alpha.members
    act(entry, members.exempt, member=first, is_exempt=True, on=date(2018, 6, 1))
    act(entry, members.leave, member=second, on=date(2018, 6, 1), leaving_reason="deceased")
    act(entry, heads.end_term, head=alpha.head, on=date(2018, 6, 30))
    act(entry, villages.correct, village=alpha.village, cell=entry.third)
    act(entry, reorganize.dissolve, organization=alpha.cells[1], on=date(2018, 7, 1), decision="1-QĐ")
    assert officer and len(waiting(entry)) == 4
    without = boards_with(year, taken_away(year, waiting(entry)))[1]
    now = boards_with(year, {})[0]
    for unit in (None, alpha.unit.pk):
        assert not changed(figure_changes(before, without, 2018, unit)), unit
        assert changed(figure_changes(before, now, 2018, unit))


def test_who_would_be_asked_again_is_known_before(entry):
    """By what is foreseen of an act, of which nothing stays."""
    member, cell = entry.world.alpha.members[0], entry.world.alpha.cells[1]

    def asked(user, **values):
        by = Actor.of(user)
        doing = door.Doing("member.correct", member)
        found = door.change_if(
            lambda seen: False, members.correct, by=by, doing=doing, member=member, **values
        )
        return asked_again(found.change, by=by)

    assert asked(entry.officer, cell=cell) == [entry.submission]
    assert asked(entry.officer, full_name="Y Khác") == []
    assert asked(entry.board, cell=cell) == []
    assert not ListChange.objects.exists()
    Submission.objects.update(state="in_progress")
    assert asked(entry.officer, cell=cell) == []


def test_what_waits_of_a_unit_that_goes_into_another_waits_there(entry):
    """The Board merges alpha into beta, which is accepted, too: alpha's change is beta's to be confirmed."""
    alpha, beta = entry.world.alpha, entry.world.beta
    Submission.objects.filter(unit=beta.unit).update(
        state="accepted", since=entry.submission.since, submitted_at=entry.submission.since
    )
    transfer(entry, alpha.members[0], alpha.cells[1])
    act(
        entry,
        units.merge,
        entry.board,
        source=alpha.unit,
        target=beta.unit,
        on=date(2018, 7, 1),
        decision="1-QĐ",
    )
    heir = Submission.objects.get(unit=beta.unit)
    (row,) = ListChange.objects.waiting()
    assert (row.submission, row.code, heir.changes_waiting) == (heir, "A1", 1)
    cells = [state["member"]["cell_id"] for state in (row.before, row.after)]
    assert cells == [alpha.cells[0].pk, alpha.cells[1].pk]


def test_what_the_unit_takes_back_while_it_holds_its_year_does_not_go_to_the_board(entry):
    """Returned for other reasons: a change that waited, taken back, is none; what is new goes along."""
    alpha = entry.world.alpha
    transfer(entry, alpha.members[0], alpha.cells[1])
    submissions.return_lines(
        by=Actor.of(entry.board), submission=entry.submission, organizations={entry.line.pk: "Xem lại"}
    )
    act(entry, members.correct, member=alpha.members[0], cell=alpha.cells[0])
    transfer(entry, alpha.members[1], alpha.cells[1])
    assert states(entry) == [("A1", "taken_back"), ("A1", "taken_back"), ("A2", "sent")]
