"""Entering, changing and taking away documents and events: locks, conflicts, files, trail."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.actors import Actor
from assessments.entry.records.actions import Filing, RecordChanged, remove_record
from assessments.entry.records.files import read
from assessments.entry.records.models import Record
from assessments.review.years.actions import close_year
from assessments.rules.models.reviews import ReviewDue
from assessments.rules.models.years import RatingYear, Submission
from orgs.models import AuditEntry
from resolution03.lib.errors import NotPossible, Refusal
from resolution03.lib.keeping import RECORDS
from tests.assessments.entry.records.keeping import DAY, change, enter
from tests.assessments.year import opened

PDF, OTHER = read("a.pdf", b"%PDF-1"), read("b.pdf", b"%PDF-2")


@pytest.fixture
def entry(world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return opened(world)


@pytest.fixture
def unit(entry, world):
    return world.alpha.unit


def kept() -> set[str]:
    return {path.name for path in RECORDS.folder.iterdir()}


def submit(unit, state="submitted"):
    Submission.objects.filter(unit=unit).update(state=state, submitted_at="2019-01-05T00:00Z")


def test_what_is_entered_stands_with_who_and_in_the_trail(unit, entry):
    made = enter(unit, "training", by=Actor.of(entry.officer), persons=40, school_persons=15, funds=30)
    found = Record.objects.get(pk=made.pk)
    assert (found.classes, found.persons, found.school_persons, found.funds) == (1, 40, 15, 30)
    assert (found.version, found.changed_by, found.on) == (1, entry.officer, DAY)
    told = AuditEntry.objects.get(action="record.add", object_id=found.pk, object_type="assessments.record")
    assert (told.unit, told.before) == (unit, {}) and told.after["persons"] == 40
    assert told.after["on"] == "2018-03-05" and "participants" not in told.after


def test_the_first_entry_of_the_unit_begins_its_year_and_the_boards_does_not(unit, entry, world):
    enter(world.beta.unit, "plan", by=Actor.of(entry.board))
    enter(unit, "plan", by=Actor.of(entry.officer))
    states = dict(Submission.objects.filter(year=2018).values_list("unit__code", "state"))
    assert (states["A"], states["B"]) == ("in_progress", "not_begun")


def test_a_change_raises_the_version_and_tells_before_and_after(unit):
    made = change(enter(unit, "plan"), number="8-KH/HU")
    assert (made.version, Record.objects.get().number) == (2, "8-KH/HU")
    told = AuditEntry.objects.get(action="record.change")
    assert (told.before["number"], told.after["number"]) == ("7-KH/HU", "8-KH/HU")


def test_nothing_changed_writes_nothing(unit):
    made = enter(unit, "plan")
    change(made)
    assert Record.objects.get().version == 1
    assert not AuditEntry.objects.filter(action="record.change").exists()


def test_two_at_once_the_second_hears_of_the_first(unit):
    made = enter(unit, "plan")
    change(Record.objects.get(), number="8-KH/HU")
    with pytest.raises(RecordChanged) as refused:
        change(made, version=1, number="9-KH/HU")
    assert refused.value.now.number == "8-KH/HU" and Record.objects.get().number == "8-KH/HU"
    change(made, version=1, number="8-KH/HU")  # the same: no conflict
    assert Record.objects.get().version == 2


def test_what_was_removed_meanwhile_is_said(unit):
    made = enter(unit, "plan")
    stale = Record.objects.get()
    remove_record(by=Actor(name="x"), record=made, version=1)
    with pytest.raises(RecordChanged) as refused:
        change(stale, number="9-KH/HU")
    assert refused.value.now is None and not Record.objects.exists()


def test_what_was_changed_meanwhile_is_not_removed(unit):
    made = enter(unit, "plan")
    change(Record.objects.get(), number="8-KH/HU")
    with pytest.raises(RecordChanged):
        remove_record(by=Actor(name="x"), record=made, version=1)
    remove_record(by=Actor(name="x"), record=made, version=2)
    assert not Record.objects.exists()
    assert AuditEntry.objects.get(action="record.remove").before["number"] == "8-KH/HU"


@pytest.mark.parametrize("state", ["submitted", "accepted"])
def test_what_was_handed_to_the_board_is_locked_but_for_the_command_line(unit, entry, state):
    made = enter(unit, "plan")
    submit(unit, state)
    for by in (Actor.of(entry.officer), Actor.of(entry.board)):
        for act in (
            lambda by=by: enter(unit, "contest", by=by),
            lambda by=by: change(made, by=by, number="8-KH/HU"),
            lambda by=by: remove_record(by=by, record=made, version=1),
        ):
            with pytest.raises(Refusal, match="đã nộp|đã gửi"):
                act()
    enter(unit, "contest")
    assert Record.objects.count() == 2


def test_returned_it_may_be_written_again(unit, entry):
    submit(unit, "returned")
    assert enter(unit, "plan", by=Actor.of(entry.officer)).pk


def test_a_closed_year_is_locked_for_everybody(unit, world):
    made = enter(unit, "plan")
    RatingYear.objects.filter(pk=2018).update(state="closed")
    for act in (
        lambda: enter(world.province, "plan"),
        lambda: enter(unit, "contest"),
        lambda: change(made, number="8"),
        lambda: remove_record(by=Actor(name="x"), record=made, version=1),
    ):
        with pytest.raises(Refusal, match="2018"):
            act()
    assert Record.objects.get().number == "7-KH/HU"


def test_a_year_never_opened_and_what_is_no_unit_of_the_year_are_refused(unit, world):
    with pytest.raises(NotPossible):
        enter(unit, "plan", on=date(2017, 3, 1))
    with pytest.raises(Refusal, match="đơn vị"):
        enter(world.alpha.commune, "plan")


def test_the_province_holds_its_own_whatever_units_have_submitted(unit, world, entry):
    submit(unit)
    made = enter(world.province, "programme", by=Actor.of(entry.board))
    told = AuditEntry.objects.get(action="record.add")
    assert made.organization == world.province and told.unit is None


def test_the_same_twice_is_refused_and_another_of_the_day_is_not(unit):
    enter(unit, "plan", title="Kế hoạch năm")
    with pytest.raises(Refusal) as refused:
        enter(unit, "plan", number=" 7-kh/hu ", title="kế hoạch  năm")
    assert refused.value.field == "number"
    assert enter(unit, "plan", number="8-KH/HU").pk and enter(unit, "programme", number="7-KH/HU").pk


def test_a_review_answers_only_what_the_board_asked_of_its_kind(unit):
    due = ReviewDue.objects.create(kind="interim", name="Sơ kết 2 năm", due_on=date(2018, 8, 8))
    assert enter(unit, "interim", answers=due).answers == due
    with pytest.raises(Refusal) as refused:
        enter(unit, "final", answers=due)
    assert refused.value.field == "answers"


def test_the_table_itself_holds_no_part_above_its_whole(unit):
    made = enter(unit, "contest")
    trained = enter(unit, "training")
    for row, name in ((made, "prizes"), (trained, "school_persons")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Record.objects.filter(pk=row.pk).update(**{name: 41})


def test_a_file_is_kept_replaced_and_goes_with_its_record(unit, django_capture_on_commit_callbacks):
    made = enter(unit, "plan", filing=Filing(PDF))
    assert RECORDS.read(made.stored_as, made.sha256) == PDF.data and made.file_kind == "pdf"
    first = made.stored_as
    with django_capture_on_commit_callbacks(execute=True):
        made = change(made, filing=Filing(OTHER))
    assert kept() == {made.stored_as} != {first} and made.version == 2
    with django_capture_on_commit_callbacks(execute=True):
        change(made, filing=Filing(OTHER))
    assert kept() == {made.stored_as} and Record.objects.get().version == 2
    with django_capture_on_commit_callbacks(execute=True):
        made = change(made, filing=Filing(is_dropped=True))
    assert kept() == set() and (made.file_kind, made.sha256, made.file_size) == ("", "", 0)
    made = change(made, filing=Filing(PDF))
    with django_capture_on_commit_callbacks(execute=True):
        remove_record(by=Actor(name="x"), record=made, version=made.version)
    assert kept() == set()


def test_a_refusal_leaves_no_file_behind(unit):
    made = enter(unit, "plan", filing=Filing(PDF))
    with pytest.raises(Refusal):
        enter(unit, "plan", number="", filing=Filing(OTHER))
    with pytest.raises(RecordChanged):
        change(made, version=7, number="8", filing=Filing(OTHER))
    assert kept() == {made.stored_as}


def test_a_year_is_closed_with_what_stands_and_after_that_nothing_changes(unit, actor):
    enter(unit, "plan")
    close_year(2018, by=actor, reason="thiếu")
    assert Record.objects.get().number == "7-KH/HU"
