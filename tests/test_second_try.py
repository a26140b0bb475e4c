"""What others stopped is done again, once and whole; the second time the user is told."""

import sqlite3
import time
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, transaction
from django.urls import reverse
from lxml import html
from psycopg2.errors import DeadlockDetected, SerializationFailure

from accounts.actors import Actor
from accounts.models import Role, User
from assessments.reports.offices.models import Office
from assessments.review.years.actions import open_year
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.holding import writing_years
from orgs.actions import accounts, reorganize
from orgs.models import AuditEntry, DataVersion, Organization
from orgs.versions import writing
from resolution03.lib.commands import HouseCommand, Refused
from tests import factories
from tests.at_once import Thread

VALUES = {"body": "ĐẢNG BỘ <KON TUM>", "signer": "Người Ký", "version": "0"}


@pytest.fixture
def office(reference, client_of):
    """The address of the province's office, the Board's client, and what a form of it sends."""
    province = factories.province()
    client = client_of(factories.user(Role.BOARD, province))
    client.raise_request_exception = False
    return client, f"/offices/{province.code}/"


def stored() -> list[tuple[str, int]]:
    return list(Office.objects.values_list("body", "version"))


def traces() -> int:
    return AuditEntry.objects.filter(action="office.change").count()


def wait_for(condition) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_somebody_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else it is as the transaction saw it first
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return cursor.fetchone()[0]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no deadlock")
@pytest.mark.parametrize("times", [1, 2])
def test_a_deadlock_is_tried_again_once(office, times):
    """Somebody holds the version and wants the office's row, whose holder wants the version."""
    client, address = office
    answers = []
    request = Thread(lambda: answers.append(client.post(address, VALUES)))
    for _ in range(times):
        with transaction.atomic():
            DataVersion.objects.update(number=1)
            wait_for(is_somebody_waiting)
            with connection.cursor() as cursor:  # so that the request is the one that is stopped
                cursor.execute("SET LOCAL deadlock_timeout = '30s'")
            Organization.objects.select_for_update(no_key=True).get(parent=None)
    request.finish()
    assert (answers[0].status_code, stored(), traces()) == (
        (302, [(VALUES["body"], 1)], 1) if times == 1 else (503, [], 0)
    )


@contextmanager
def somebody_writing():
    """Another connection that holds SQLite's one lock."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(connection.settings_dict["NAME"], check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield other
    finally:
        other.close()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 20000")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL waits for rows")
def test_a_locked_sqlite_is_tried_again_once(office, monkeypatch):
    client, address = office
    with somebody_writing() as other:
        answer = client.post(address, VALUES)
        assert (answer.status_code, stored(), traces()) == (503, [], 0)
        monkeypatch.setattr("resolution03.middleware.tell_again", lambda error: other.rollback())
        assert client.post(address, VALUES).status_code == 302
    assert (stored(), traces()) == ([(VALUES["body"], 1)], 1)


class Stopped:
    """An action that others stop `times` times."""

    def __init__(self, times: int, kind=DeadlockDetected):
        self.left, self.calls, self.kind = times, 0, kind

    def __call__(self, *args, **kwargs):
        self.calls += 1
        if self.left >= self.calls:
            raise OperationalError("stopped") from self.kind()
        return None


def test_nothing_typed_is_lost(office, monkeypatch):
    """The page of the second failure sends again what was typed, and that is stored."""
    client, address = office
    with monkeypatch.context() as patch:
        patch.setattr("assessments.reports.offices.views.save_office", Stopped(2))
        answer = client.post(address, VALUES)
    assert (answer.status_code, stored()) == (503, [])
    form = html.fragments_fromstring(answer.content.decode().partition("<body")[2])
    fields = form[-1].xpath("//form//input[@type='hidden']")
    typed = {field.get("name"): field.get("value") for field in fields}
    assert {name: typed[name] for name in VALUES} == VALUES
    assert client.post(form[-1].xpath("//form")[0].get("action"), typed).status_code == 302
    assert stored() == [(VALUES["body"], 1)]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite who looks holds the lock")
def test_a_key_that_another_took_meanwhile_is_refused_in_words(office, client_of):
    """Both looked before either had stored; the one who waited looks again."""
    province = Organization.objects.get()
    client = client_of(factories.user(Role.ADMINISTRATOR, province))
    client.raise_request_exception = False
    typed = {"username": "hoa", "full_name": "Y Hoa", "role": Role.BOARD, "organization": province.code}
    answers, by = [], Actor(name="thử nghiệm")
    with writing():
        accounts.add(by=by, username="hoa", full_name="A Hoa", role=Role.BOARD, organization=province)
        request = Thread(lambda: answers.append(client.post("/accounts/add/", typed)))
        wait_for(is_somebody_waiting)
    request.finish()
    assert answers[0].status_code == 200 and answers[0].context["form"].errors["username"]
    assert User.objects.get(username="hoa").full_name == "A Hoa"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_before_the_first_year_registers_and_its_opening_wait_for_each_other(reference):
    """No year is there to wait at: what is entered while the first one opens is in its roster."""
    by = Actor(name="thử nghiệm")
    province = factories.province()
    unit = factories.organization(province)
    with writing_years():
        reorganize.found(by=by, code="N1", name="Đảng bộ mới", form="committee", parent=unit)
        opening = Thread(lambda: open_year(2018, by=by))
        wait_for(is_somebody_waiting)
    opening.finish()
    assert OrganizationLine.objects.filter(year=2018, code="N1").exists()


def test_what_is_no_contention_is_not_tried_again(office, monkeypatch):
    client, address = office
    for fault in (OperationalError("no space left"), ValueError("wrong")):
        calls = []

        def fail(*args, fault=fault, calls=calls, **kwargs):
            calls.append(1)
            raise fault

        monkeypatch.setattr("assessments.reports.offices.views.save_office", fail)
        assert client.post(address, VALUES).status_code == 500
        assert calls == [1]


def test_files_are_read_from_their_beginning_and_asked_for_anew(office, monkeypatch):
    client, _address = office
    read = []

    def keep(files):
        read.extend(file.read() for file in files)
        raise OperationalError("stopped") from SerializationFailure()

    monkeypatch.setattr("assessments.workbooks.batches.views.uploads.keep_files", keep)
    address = reverse("assessments:upload")
    answer = client.post(address, {"files": SimpleUploadedFile("a.xlsx", b"PK content")})
    assert (answer.status_code, read) == (503, [b"PK content"] * 2)
    assert f'href="{address}"' in answer.content.decode()
    assert b"<form" not in answer.content


class Command(HouseCommand):
    needs_migrated = False

    def handle(self, *, work, **options):
        work()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [DeadlockDetected, SerializationFailure])
def test_a_command_is_done_again_once(kind):
    once, twice = Stopped(1, kind), Stopped(2, kind)
    Command().execute(work=once, force_color=False, no_color=True)
    assert once.calls == 2
    with pytest.raises(Refused):
        Command()._run({"work": twice, "force_color": False, "no_color": True})
    assert twice.calls == 2
