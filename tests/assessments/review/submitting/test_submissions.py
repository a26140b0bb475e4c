import pytest

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.review.submitting import actions as submissions
from assessments.review.submitting.refused import NotComplete
from assessments.review.years.actions import close_year
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.tallies import Tally
from assessments.rules.models.years import Submission
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
from tests.assessments.year import opened


@pytest.fixture
def entry(world):
    return opened(world)


def rate(entry, line, **changes):
    line.refresh_from_db()
    return save_rating(
        by=Actor.of(entry.officer),
        line=line,
        version=line.version,
        changes={"decided": "HTNV"} | changes,
    )


def rate_all(entry):
    for line in (entry.line, *entry.cells, *entry.members):
        rate(entry, line)


def submit(entry):
    return submissions.submit(by=Actor.of(entry.officer), submission=entry.submission)


def give_back(entry, *organizations, reason="Xem lại mức"):
    submissions.return_lines(
        by=Actor.of(entry.board),
        submission=entry.submission,
        reason=reason,
        organizations=dict.fromkeys((line.pk for line in organizations), ""),
    )
    return Submission.objects.get(pk=entry.submission.pk)


def accept(entry):
    return submissions.accept(by=Actor.of(entry.board), submission=entry.submission)


def test_a_complete_unit_is_submitted_and_locked(entry):
    rate_all(entry)
    done = submit(entry)
    assert (done.state, done.changed_by) == ("submitted", entry.officer)
    assert done.submitted_at is not None
    with pytest.raises(Refusal):
        rate(entry, entry.line, decided="HTTNV")
    trail = AuditEntry.objects.get(action="submission.submit")
    assert (trail.before, trail.after) == ({"state": "in_progress"}, {"state": "submitted"})


def test_blank_rows_block_and_are_counted(entry):
    rate(entry, entry.line)
    with pytest.raises(NotComplete) as caught:
        submit(entry)
    assert "5" in str(caught.value)
    entry.submission.refresh_from_db()
    assert entry.submission.state == "in_progress"


def test_a_reason_fills_a_blank_row_and_exempt_members_need_none(entry):
    rate(entry, entry.line)
    rate(entry, entry.cells[0], decided="", reason="Mới thành lập")
    rate(entry, entry.cells[1])
    MemberLine.objects.filter(unit=entry.line.unit).update(is_exempt=True)
    assert submit(entry).state == "submitted"


def test_a_member_rated_and_then_exempt_is_a_contradiction(entry):
    rate_all(entry)
    MemberLine.objects.filter(pk=entry.members[0].pk).update(is_exempt=True)
    with pytest.raises(NotComplete):
        submit(entry)
    rate(entry, entry.members[0], decided="")
    assert submit(entry).state == "submitted"


def test_rows_below_a_reported_total_need_nothing(entry):
    for line in (*entry.cells, *entry.members):
        rate(entry, line)
    with pytest.raises(NotComplete):
        submit(entry)
    unit = entry.line.unit
    Tally.objects.create(
        year_id=2018,
        unit=unit,
        organization=unit,
        subject="grassroots",
        key="HTTNV",
        count=1,
        is_reported=True,
    )
    assert submit(entry).state == "submitted"


def test_a_decision_above_the_self_rating_needs_a_reason(entry):
    rate_all(entry)
    rate(entry, entry.line, decided="HTTNV", self_rated="HTNV")
    with pytest.raises(NotComplete):
        submit(entry)
    rate(entry, entry.line, decided="HTTNV", note="Xét lại theo kết quả quý IV")
    assert submit(entry).state == "submitted"


def test_returned_rows_open_again_and_come_back(entry):
    rate_all(entry)
    submit(entry)
    assert give_back(entry, entry.line).state == "returned"
    entry.line.refresh_from_db()
    assert (entry.line.return_reason, entry.line.accepted) == ("Xem lại mức", False)
    rate(entry, entry.line, decided="HTTNV")
    assert submit(entry).state == "submitted"
    entry.line.refresh_from_db()
    assert entry.line.return_reason == ""


def test_the_rest_is_accepted_while_returned_rows_wait(entry):
    rate_all(entry)
    submit(entry)
    give_back(entry, entry.line)
    assert accept(entry).state == "returned"
    for line in entry.cells:
        line.refresh_from_db()
        assert line.accepted
        with pytest.raises(Refusal):
            rate(entry, line, decided="HTTNV")
    rate(entry, entry.line, decided="HTTNV")
    submit(entry)
    assert accept(entry).state == "accepted"
    assert not OrganizationLine.objects.filter(unit=entry.line.unit, accepted=False).exists()


def test_returning_needs_rows_and_a_reason(entry):
    rate_all(entry)
    submit(entry)
    with pytest.raises(Refusal):
        give_back(entry, entry.line, reason="  ")
    with pytest.raises(Refusal):
        give_back(entry)
    entry.submission.refresh_from_db()
    assert entry.submission.state == "submitted"


def test_rows_of_another_unit_are_not_returned(entry, world):
    rate_all(entry)
    submit(entry)
    foreign = OrganizationLine.objects.get(organization=world.beta.commune)
    with pytest.raises(Refusal):
        give_back(entry, foreign)
    foreign.refresh_from_db()
    assert foreign.return_reason == ""


def test_what_is_in_progress_is_not_accepted(entry):
    rate_all(entry)
    with pytest.raises(Refusal):
        accept(entry)


def test_twice_submitted_is_refused(entry):
    rate_all(entry)
    submit(entry)
    with pytest.raises(Refusal):
        submit(entry)


def test_nothing_moves_in_a_closed_year(entry):
    rate_all(entry)
    close_year(2018, by=Actor(name="x"), reason="thử")
    with pytest.raises(Refusal):
        submit(entry)


def test_closing_waits_for_begun_units(entry):
    rate_all(entry)
    with pytest.raises(Refusal) as caught:
        close_year(2018, by=Actor(name="x"))
    assert any(reason.startswith("A ") for reason in caught.value.reasons)
