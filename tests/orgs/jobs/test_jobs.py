"""A long act from being asked for to its end."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from assessments.operations.pruning import prune
from assessments.rules.models.years import RatingYear
from orgs.jobs import actions, beside, declared
from orgs.jobs.declared import Asked, Done, File, kinds
from orgs.jobs.models import Job, State
from orgs.jobs.phases import Phase, in_words
from orgs.models import AuditEntry, Posting
from orgs.versions import writing
from resolution03.lib.errors import Refusal
from resolution03.lib.keeping import JOBS
from tests import factories
from tests.orgs.jobs.desk import all_handed_over, latest, work
from tests.queries import queries

CLOSE = reverse("assessments:year_close", args=[2018])


@pytest.fixture
def entry(world, settings, tmp_path, monkeypatch):
    return all_handed_over(world, settings, tmp_path, monkeypatch)


@pytest.fixture
def board(entry, client_of):
    return client_of(entry.board)


def closed(client, reason="Đã đủ") -> Job:
    answer = client.post(CLOSE, {"reason": reason})
    assert answer.url == latest().get_absolute_url()
    return latest()


def test_an_act_is_handed_over_done_once_and_told(board, entry):
    job = closed(board)
    page = board.get(job.get_absolute_url()).content.decode()
    assert "Khóa năm: 2018" in page and "Bắt đầu ngay" in page and 'http-equiv="refresh"' in page
    assert RatingYear.objects.get().is_open and job.parameters == {"year": 2018}
    (job,) = work()
    assert job.state == State.DONE and job.has_acted and RatingYear.objects.get().is_closed
    assert AuditEntry.objects.filter(action="year.close").values_list("reason", flat=True).get() == "Đã đủ"
    answer = board.get(reverse("orgs:job_result", args=[job.token]), follow=True)
    assert answer.redirect_chain[0][0] == reverse("assessments:years")
    assert "Năm 2018 đã khoá" in answer.content.decode()
    assert list(JOBS.folder.iterdir()) == [] and list(beside.folder().iterdir()) == []


def test_what_is_small_is_done_at_once(board, settings):
    settings.JOBS_SMALL = 2000
    assert board.post(CLOSE, {"reason": "Đã đủ"}).url == reverse("assessments:years")
    assert not Job.objects.exists() and RatingYear.objects.get().is_closed


def test_a_refusal_is_told_with_its_reasons_and_may_be_asked_again(board, entry):
    job = closed(board, reason="")
    (job,) = work()
    assert job.state == State.FAILED and not job.has_acted and RatingYear.objects.get().is_open
    page = board.get(job.get_absolute_url()).content.decode()
    assert "không làm được" in page and "A.X01" in page and CLOSE in page
    board.post(reverse("orgs:job_again", args=[job.token]))
    assert latest() != job and latest().state == State.WAITING


def test_a_file_is_kept_for_who_asked_and_goes_in_time(client_of, entry, settings, actor):
    client = client_of(entry.officer)
    client.get(reverse("registers:organization_list"), {"export": "xlsx", "q": "Xã Alpha"})
    assert "Alpha" not in str(latest().parameters)
    (job,) = work()
    answer = client.get(reverse("orgs:job_result", args=[job.token]))
    assert answer.content.startswith(b"PK") and "to-chuc-dang.xlsx" in answer["Content-Disposition"]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in JOBS.folder.iterdir())
    Job.objects.update(ended_at=timezone.now() - timedelta(days=settings.JOBS_DAYS + 1))
    assert prune(by=actor).jobs == 1
    assert not Job.objects.exists() and list(JOBS.folder.iterdir()) == []


def test_a_file_made_while_names_were_stored_is_not_given_once_they_are_not(client_of, entry, settings):
    client = client_of(entry.officer)
    for stored, again in ((True, False), (False, False), (True, True)):
        settings.STORE_NAMES = stored
        client.get(reverse("registers:organization_list"), {"export": "xlsx", "q": f"Xã {stored} {again}"})
        job, settings.STORE_NAMES = work()[-1], again
        answer = client.get(reverse("orgs:job_result", args=[job.token]), follow=True)
        if stored and not again:
            assert "hãy yêu cầu lập lại" in answer.content.decode() and "PK" not in str(answer.content[:2])
        else:
            assert answer.content.startswith(b"PK"), (stored, again)


@pytest.mark.parametrize("change", ["posting", "role", "closed"])
def test_who_may_no_longer_ask_gets_nothing(change, client_of, entry, world):
    client = client_of(entry.officer)
    client.get(reverse("registers:organization_list"), {"export": "xlsx"})
    done, waits = latest(), None
    work()
    client.get(reverse("registers:organization_list"), {"export": "xlsx"})
    waits = latest()
    if change == "posting":
        Posting.objects.filter(user=entry.officer).update(organization=world.beta.unit)
    elif change == "role":
        User.objects.filter(pk=entry.officer.pk).update(role=Role.CLERK)
    else:
        User.objects.filter(pk=entry.officer.pk).update(is_active=False)
    work()
    waits.refresh_from_db()
    assert waits.state == State.FAILED
    status = client.get(reverse("orgs:job_result", args=[done.token])).status_code
    assert status == {"posting": 404, "role": 403, "closed": 302}[change]


def test_the_same_asked_twice_is_one_job_and_others_wait_their_turn(board, entry, client_of):
    job = closed(board)
    assert closed(board) == job and Job.objects.count() == 1
    other = client_of(entry.officer)
    page = other.get(reverse("registers:organization_list"), {"export": "xlsx"}, follow=True)
    assert "trước đó còn 1" in page.content.decode()


def test_a_long_queue_is_listed_in_as_many_statements_as_a_short_one(board, entry):
    kind, page = kinds()["organizations.list"], reverse("orgs:jobs")
    counts = []
    for n in range(12):
        actions.ask(entry.board, kind, {"n": n}, {})
        counts.append(queries(board, page))
    assert counts[-1] == counts[1], counts
    assert "trước đó còn 11" in board.get(page).content.decode()


def test_one_at_a_time_for_each_user(entry):
    kind = kinds()["organizations.list"]
    first, second = (actions.ask(entry.officer, kind, {"n": n}, {}) for n in (1, 2))
    other = actions.ask(entry.board, kind, {}, {})
    assert actions.take(1) == first and actions.take(2) == other and actions.take(3) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=second.pk).update(state=State.RUNNING)


def test_a_waiting_job_is_taken_out_and_a_running_one_told_to_stop(board, entry, client_of, world):
    job = closed(board)
    assert client_of(entry.officer).post(reverse("orgs:job_cancel", args=[job.token])).status_code == 404
    admin = client_of(factories.user(Role.ADMINISTRATOR, world.province))
    admin.post(reverse("orgs:job_cancel", args=[job.token]))
    assert [job.state for job in work()] == [State.CANCELLED]
    job = closed(board)
    actions.take(1)
    board.post(reverse("orgs:job_cancel", args=[job.token]))
    assert beside.is_to_stop(job.token)
    actions.recover(1)
    job.refresh_from_db()
    assert job.state == State.CANCELLED and RatingYear.objects.get().is_open


def test_what_was_broken_off_begins_again_but_not_forever(board):
    job = closed(board)
    for attempt in range(1, actions.ATTEMPTS + 1):
        taken = actions.take(1)
        assert taken == job and taken.attempt == attempt
        actions.recover(2)
        job.refresh_from_db()
        assert job.state == State.RUNNING
        actions.recover(1)
    job.refresh_from_db()
    assert job.state == State.FAILED and "nhiều lần" in str(actions.reasons_of(job))


def test_an_act_that_stands_is_not_done_twice(board, entry, monkeypatch):
    """Killed between the act and the writing of its end."""
    job = closed(board)
    monkeypatch.setattr(actions, "_succeed", lambda *_given: None)
    work()
    job.refresh_from_db()
    assert (job.state, job.has_acted) == (State.RUNNING, True)
    actions.recover(1)
    job.refresh_from_db()
    assert job.state == State.DONE and AuditEntry.objects.filter(action="year.close").count() == 1
    assert "Đã làm xong" in board.get(job.get_absolute_url()).content.decode()


def test_an_act_that_is_rolled_back_leaves_no_mark(entry, monkeypatch):
    def run(asked: Asked) -> Done:
        with writing():
            pass
        with writing():
            raise Refusal("Không được")

    def none(asked: Asked) -> Done:
        with writing():
            raise Refusal("Không được")

    for code, function, has_acted in (("x.half", run, True), ("x.none", none, False)):
        kind = declared.Kind(code, code, "load", function, lambda asked: "/", lambda asked: 1, is_act=True)
        monkeypatch.setitem(kinds(), code, kind)
        job = actions.ask(entry.officer, kind, {}, {})
        work()
        job.refresh_from_db()
        assert (job.state, job.has_acted) == (State.FAILED, has_acted), code


def test_an_unexpected_fault_is_one_sentence(entry, monkeypatch, caplog):
    def run(asked: Asked) -> File:
        raise ZeroDivisionError

    kind = declared.Kind("x", "x", "load", run, lambda asked: "/", lambda asked: 1)
    monkeypatch.setitem(kinds(), "x", kind)
    job = actions.ask(entry.officer, kind, {}, {})
    work()
    job.refresh_from_db()
    (reason,) = actions.reasons_of(job)
    assert "Lỗi ngoài dự kiến" in reason and "ZeroDivisionError" in caplog.text


def test_progress_is_told_in_words_to_who_asked(board, entry, client_of):
    job = closed(board)
    actions.take(1)
    beside.Progress(job.token)(Phase.JUDGE, 12_000, 33_000)
    told = board.get(reverse("orgs:job_how_far", args=[job.token])).json()
    assert told == {"words": "Đang kiểm tra… 12.000/33.000 dòng", "ended": False}
    assert client_of(entry.officer).get(reverse("orgs:job_how_far", args=[job.token])).status_code == 404
    assert beside.folder().stat().st_mode & 0o777 == 0o700


def test_every_phase_has_words():
    assert all(in_words(phase, 0, 0) for phase in Phase)


def test_progress_that_cannot_be_told_stops_no_work(entry, monkeypatch):
    def full(*_given, **_options):
        raise OSError(28, "No space left on device")

    job = actions.ask(entry.board, kinds()["year.close"], {}, {})
    monkeypatch.setattr(beside.os, "open", full)
    beside.Progress(job.token)(Phase.READ, 1, 1)


def test_the_frame_leads_back_while_one_is_under_way(board, entry):
    address = reverse("orgs:audit_list")
    before = board.get(address).content.decode()
    job = closed(board)
    assert "<b>đang làm" not in before and "<b>đang làm</b>" in board.get(address).content.decode()
    work()
    assert "<b>đã xong</b>" in board.get(address).content.decode()
    board.get(job.get_absolute_url())
    assert "<b>đ" not in board.get(address).content.decode()


def test_a_page_that_did_not_change_tells_of_the_job_all_the_same(board):
    address = reverse("assessments:province", args=[2018])
    tag = board.get(address)["ETag"]
    assert board.get(address, headers={"if-none-match": tag}).status_code == 304
    closed(board)
    assert board.get(address, headers={"if-none-match": tag}).status_code == 200


def test_who_looks_after_the_service_sees_all_but_not_what_came_of_it(board, entry, client_of, world):
    job = closed(board)
    admin = client_of(factories.user(Role.ADMINISTRATOR, world.province))
    page = admin.get(reverse("orgs:jobs")).content.decode()
    assert "Khóa năm" in page and "2018" not in page.split("<tbody>")[1].split("</th>")[0]
    assert entry.board.get_full_name() in page
    assert admin.get(job.get_absolute_url()).status_code == 404
    assert "Khóa năm" not in client_of(entry.officer).get(reverse("orgs:jobs")).content.decode()
    assert client_of(factories.user(Role.BOARD)).get(reverse("orgs:jobs")).content.count(b"<tr") == 0
