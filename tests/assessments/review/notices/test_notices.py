"""Who is told what, where the count stands, and that reading marks only what was shown."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Role, User
from assessments.entry.grid.actions import save_rating
from assessments.review.deadlines import actions as deadlines
from assessments.review.notices import told as notices
from assessments.review.notices.actions import mark_read
from assessments.review.submitting import actions as submissions
from assessments.review.years.actions import close_year
from assessments.rules.models.deadlines import Stage
from assessments.rules.models.years import RatingYear
from orgs import audit
from orgs.models import AuditEntry
from orgs.versions import writing
from tests import factories
from tests.assessments.year import opened


@pytest.fixture
def entry(world):
    """A year whose opening everybody has read; alpha is complete."""
    entry = opened(world)
    for line in (entry.line, *entry.cells, *entry.members):
        save_rating(by=Actor.of(entry.officer), line=line, version=0, changes={"decided": "HTNV"})
    for user in User.objects.all():
        mark_read(user=user, up_to=AuditEntry.objects.latest("pk").pk)
    return entry


def submit(entry):
    submissions.submit(by=Actor.of(entry.officer), submission=entry.submission)


def give_back(entry, reason="Xem lại"):
    submissions.return_lines(
        by=Actor.of(entry.board),
        submission=entry.submission,
        organizations={entry.line.pk: "", entry.cells[0].pk: ""},
        reason=reason,
    )


def actions(user) -> list[str]:
    user = User.objects.get(pk=user.pk)
    return list(notices.unread(user).values_list("action", flat=True))


def words(user) -> list[str]:
    return [notice.words for notice in notices.told(notices.notices_for(user), user)]


def test_a_submission_speaks_to_the_board_and_to_the_unit_but_not_to_its_author(entry):
    submit(entry)
    assert actions(entry.board) == actions(entry.clerk) == ["submission.submit"]
    assert actions(entry.officer) == actions(entry.stranger) == actions(entry.viewer) == []


def test_returned_rows_are_counted_in_words_and_the_reason_stands_beside(entry):
    submit(entry)
    give_back(entry)
    told = notices.told(notices.notices_for(entry.officer), entry.officer)
    assert told[0].words == "2 dòng của Huyện ủy Alpha bị trả lại, năm 2018"
    assert (told[0].reason, told[0].url) == ("Xem lại", "/ratings/2018/")
    assert told[0].is_unread


def test_a_deadline_of_all_is_told_to_all_and_that_of_a_unit_to_the_unit(entry):
    by = Actor.of(entry.board)
    year = RatingYear.objects.get(pk=2018)
    deadlines.set_deadline(by=by, year=year, stage=Stage.SUBMISSION, due_on=date(2019, 1, 31))
    deadlines.extend_deadline(
        by=by,
        submission=entry.submission,
        stage=Stage.SUBMISSION,
        due_on=date(2019, 2, 10),
        reason="Mưa lũ",
    )
    assert actions(entry.stranger) == ["year.deadline"] and actions(entry.viewer) == []
    assert words(entry.officer)[:2] == [
        "Huyện ủy Alpha, năm 2018: hạn đơn vị gửi 10/02/2019",
        "Năm 2018: hạn đơn vị gửi 31/01/2019",
    ]


def test_what_becomes_of_a_year_is_told_to_the_viewer_too(entry):
    close_year(2018, by=Actor.of(entry.board), reason="Huyện ủy Beta chưa gửi")
    assert actions(entry.viewer) == actions(entry.stranger) == ["year.close"]
    told = notices.told(notices.notices_for(entry.officer), entry.officer)[0]
    assert told.reason == ""


def test_nothing_is_told_without_a_posting_nor_to_the_administrator(entry, world):
    submit(entry)
    for user in (factories.user(Role.OFFICER), factories.user(Role.ADMINISTRATOR, world.province)):
        assert not notices.notices_for(user).exists()


def test_an_account_is_not_told_what_was_before_it(entry, world):
    submit(entry)
    later = timezone.now() + timedelta(seconds=1)
    newcomer = factories.user(Role.BOARD, world.province, date_joined=later)
    assert notices.notices_for(newcomer).exists() and notices.unread_count(newcomer) == 0


def test_a_mark_never_goes_back(entry):
    submit(entry)
    last = AuditEntry.objects.latest("pk").pk
    mark_read(user=entry.board, up_to=last)
    mark_read(user=entry.board, up_to=1)
    assert actions(entry.board) == []


def page(client, user, **asked):
    client.force_login(user)
    return client.get(reverse("assessments:notices"), asked)


def read(client, up_to):
    return client.post(reverse("assessments:notices_read"), {"up_to": up_to})


def test_reading_marks_what_the_page_showed_and_looking_marks_nothing(client, entry):
    submit(entry)
    shown = page(client, entry.board)
    assert "1 thông báo mới" in shown.content.decode()
    assert actions(entry.board) == ["submission.submit"]
    save_rating(by=Actor(name="máy"), line=entry.line, version=1, changes={"decided": "HTTNV"})
    submissions.accept(by=Actor(name="máy"), submission=entry.submission)
    assert read(client, shown.context["newest"]).status_code == 302
    assert actions(entry.board) == ["submission.accept"]


def test_what_ended_meanwhile_with_a_lower_key_is_not_marked_unseen(client, entry):
    """Keys are given when an entry is written, and seen when its action ends."""
    submit(entry)
    slow = AuditEntry.objects.get(action="submission.submit")
    later = AuditEntry.objects.create(
        actor_name="máy",
        action="submission.submit",
        object_type=slow.object_type,
        object_id=slow.object_id,
        unit=slow.unit,
    )
    QuerySet(AuditEntry).filter(pk=slow.pk).update(action="rating.save")  # not to be seen yet
    context = page(client, entry.board).context
    marks = {name: context[mark] for name, mark in (("up_to", "newest"), ("shown", "shown"))}
    assert marks == {"up_to": later.pk, "shown": 1}
    QuerySet(AuditEntry).filter(pk=slow.pk).update(action="submission.submit")
    client.post(reverse("assessments:notices_read"), marks)
    assert len(actions(entry.board)) == 2
    client.post(reverse("assessments:notices_read"), marks | {"shown": 2})
    assert actions(entry.board) == []


@pytest.mark.parametrize("up_to", ["", "x", "-5", "0", "9" * 5000])
def test_a_mark_that_is_no_number_marks_nothing(client, entry, up_to):
    submit(entry)
    client.force_login(entry.board)
    assert read(client, up_to).status_code == 302
    assert actions(entry.board) == ["submission.submit"]


def test_the_mark_of_another_is_out_of_reach(client, entry):
    """A number beyond what one may see marks one's own notices only up to the last of them."""
    submit(entry)
    client.force_login(entry.stranger)
    read(client, 10**15)
    submissions.accept(by=Actor.of(entry.board), submission=entry.submission)
    assert actions(entry.board) == ["submission.submit"]
    assert actions(entry.officer) == ["submission.accept"]


def test_the_count_stands_in_the_bar_of_whom_notices_are_meant_for(client, entry, world):
    submit(entry)
    for user, shown in ((entry.board, True), (entry.viewer, True)):
        client.force_login(user)
        text = client.get("/notices/").content.decode()
        assert ("#bell" in text) is shown
    client.force_login(factories.user(Role.ADMINISTRATOR, world.province))
    assert "#bell" not in client.get("/notices/").content.decode()


def test_an_unchanged_page_is_not_sent_again_until_a_notice_comes_or_is_read(client, entry):
    client.force_login(entry.board)
    address = reverse("assessments:province", args=[2018])
    first = client.get(address)
    again = {"HTTP_IF_NONE_MATCH": first["ETag"]}
    assert client.get(address, **again).status_code == 304
    submit(entry)
    second = client.get(address, **again)
    assert second.status_code == 200 and 'class="bell new' in second.content.decode()
    read(client, AuditEntry.objects.latest("pk").pk)
    third = client.get(address, HTTP_IF_NONE_MATCH=second["ETag"])
    assert third.status_code == 200 and 'class="bell new' not in third.content.decode()


def test_the_page_takes_the_same_queries_for_one_notice_and_for_many(client, entry):
    def statements():
        with CaptureQueriesContext(connection) as queries:
            page(client, entry.board)
        return len(queries)

    submit(entry)
    statements()
    before = statements()
    change = audit.Change(entry.submission, {}, {"state": "submitted"}, entry.submission.unit_id)
    with writing():
        audit.record([change] * 40, by=Actor.of(entry.officer), action="submission.submit")
    assert statements() == before
    assert page(client, entry.board).content.decode().count("<tr") == 31
