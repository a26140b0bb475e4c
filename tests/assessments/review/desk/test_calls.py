"""The call list: who is on it, what it tells, its workbook."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.actors import Actor
from assessments.review.deadlines.actions import extend_deadline, set_deadline
from assessments.review.desk.calls import NEAR, calls
from assessments.review.years.actions import close_year
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules import deadlines
from assessments.rules.models.deadlines import Deadline, Stage
from assessments.rules.models.years import Submission
from tests.assessments.year import opened


@pytest.fixture
def entry(world):
    return opened(world)


def set_day(entry, days, stage=Stage.SUBMISSION):
    day = timezone.localdate() + timedelta(days)
    set_deadline(by=Actor.of(entry.board), year=entry.submission.year, stage=stage, due_on=day)


def rows(entry):
    year = entry.submission.year
    return calls(year, Submission.objects.filter(year=year).select_related("unit"), deadlines.of_year(year))


def codes(entry) -> list[str]:
    return [call.submission.code for call in rows(entry)]


def state(entry, value):
    Submission.objects.filter(pk=entry.submission.pk).update(
        state=value, submitted_at=timezone.now(), since=timezone.now()
    )


@pytest.mark.parametrize(("days", "is_called"), [(-3, True), (0, True), (NEAR, True), (NEAR + 1, False)])
def test_a_unit_is_called_from_a_week_before_its_last_day(entry, days, is_called):
    set_day(entry, days)
    assert ("A" in codes(entry)) is is_called


def test_without_a_day_nobody_is_called(entry):
    assert codes(entry) == []


@pytest.mark.parametrize("value", ["submitted", "accepted"])
def test_who_has_sent_is_not_called(entry, value):
    set_day(entry, -3)
    set_day(entry, -3, Stage.REVIEW)
    state(entry, value)
    assert "A" not in codes(entry) and "B" in codes(entry)


def test_returned_rows_have_a_day_of_their_own_and_the_latest_unit_stands_first(entry):
    set_day(entry, -1)
    set_day(entry, -9, Stage.ANSWER)
    state(entry, "returned")
    OrganizationLine.objects.filter(pk=entry.line.pk).update(return_reason="x", reason="Chờ")
    first = rows(entry)[0]
    assert (first.submission.code, first.due.stage, first.due.days_late) == ("A", "answer", 9)
    assert first.missing == "2 tổ chức trống, 3 đảng viên trống, 1 dòng bị trả lại"


def test_more_time_takes_a_unit_off_the_list(entry):
    set_day(entry, -3)
    day = timezone.localdate() + timedelta(30)
    extend_deadline(
        by=Actor.of(entry.board),
        submission=entry.submission,
        stage=Stage.SUBMISSION,
        due_on=day,
        reason="Mưa lũ",
    )
    assert "A" not in codes(entry)


def test_the_last_activity_is_the_last_row_written(entry):
    set_day(entry, -3)
    moment = timezone.now() - timedelta(days=2)
    MemberLine.objects.filter(pk=entry.members[0].pk).update(updated_at=moment)
    called = {call.submission.code: call.last for call in rows(entry)}
    assert called["A"] == moment and called["B"] is None


def get(client, user, **asked):
    client.force_login(user)
    return client.get(reverse("assessments:review_calls", args=[2018]), asked)


def test_the_page_and_its_workbook_tell_the_same(client, entry, world):
    set_day(entry, -3)
    world.alpha.unit.phone = "0260 3000 111"
    world.alpha.unit.save()
    text = get(client, entry.board).content.decode()
    assert "0260 3000 111" in text and "3 tổ chức trống, 3 đảng viên trống" in text
    book = load_workbook(BytesIO(get(client, entry.board, export="xlsx").content))
    found = {row[0]: row for row in book.active.iter_rows(values_only=True) if row[0]}
    assert found["Huyện ủy Alpha"][1:3] == ("0260 3000 111", "Đơn vị gửi")
    assert found["Huyện ủy Alpha"][4:6] == (3, "3 tổ chức trống, 3 đảng viên trống")


def test_a_closed_year_calls_nobody(client, entry):
    set_day(entry, -3)
    close_year(2018, by=Actor(name="x"), reason="thử")
    assert get(client, entry.board).context["rows"] == []


def test_only_the_board_has_the_list(client, entry):
    for user in (entry.officer, entry.clerk, entry.viewer):
        assert get(client, user).status_code == get(client, user, export="xlsx").status_code == 403


def test_the_list_takes_the_same_queries_for_one_unit_and_for_all(client, entry):
    def statements():
        with CaptureQueriesContext(connection) as queries:
            get(client, entry.board)
        return len(queries)

    day = timezone.localdate()
    Deadline.objects.create(
        year_id=2018, stage=Stage.SUBMISSION, unit=entry.submission.unit, due_on=day, reason="x"
    )
    assert codes(entry) == ["A"]
    statements()
    before = statements()
    set_day(entry, -3)
    assert len(codes(entry)) == 14 and statements() == before
