"""The data version: raised last by every action, so that it never hides what was committed."""

import ast
import threading
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Role
from assessments.entry.grid.actions import save_rating
from assessments.reports import declared
from assessments.reports.issued.actions import issue
from assessments.reports.issued.keeping import content_of
from assessments.review.years.actions import open_year
from assessments.roster import tallies
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.years import RatingYear
from orgs import audit
from orgs.actions import accounts
from orgs.models import DataVersion
from orgs.versions import data_version, writing
from tests import factories
from tests.assessments.office_files import readable
from tests.at_once import Thread
from tests.places import ROOT

ROOMS = ("resolution03", "accounts", "orgs", "members", "assessments")
one_writer = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite has one writer at a time: they cannot interleave"
)


@pytest.fixture
def actor() -> Actor:
    return Actor(name="thử nghiệm")


@pytest.fixture
def commune(reference, actor):
    """A unit with one rated organization, in two open years."""
    province = factories.province()
    found = factories.organization(factories.organization(province, code="U1"), code="U1.X01")
    for year in (2017, 2018):
        open_year(year, by=actor)
    return found


class Slow:
    """A save that has written everything, its trail included, and is not committed yet."""

    def __init__(self, actor: Actor, year: int, level: str = "HTTNV"):
        self.written, self.go = threading.Event(), threading.Event()
        self.thread = Thread(lambda: self._save(actor, year, level))
        assert self.written.wait(20)

    def _save(self, actor: Actor, year: int, level: str) -> None:
        try:
            with writing():
                line = OrganizationLine.objects.get(year=year, code="U1.X01")
                save_rating(by=actor, line=line, version=line.version, changes={"decided": level})
                self.written.set()
                assert self.go.wait(20)
        finally:
            self.written.set()

    def commit(self) -> None:
        self.go.set()
        self.thread.finish()


def save_quickly(actor: Actor) -> None:
    """Another action that begins later and ends earlier than the slow one."""
    accounts.unlock(by=actor, user=factories.user(Role.BOARD))


@one_writer
def test_a_writer_that_ends_later_than_a_later_one_is_seen(commune, actor, client_of):
    board = client_of(factories.user(Role.BOARD, commune.parent.parent))
    address = reverse("assessments:province", args=[2018])
    slow = Slow(actor, 2018)
    save_quickly(actor)
    before = board.get(address)
    slow.commit()
    after = board.get(address, headers={"if-none-match": before.headers["ETag"]})
    assert after.status_code == 200 and after.content != before.content
    assert board.get(address, headers={"if-none-match": after.headers["ETag"]}).status_code == 304


@one_writer
def test_a_report_is_of_one_moment_when_a_slow_save_ends_meanwhile(commune, actor, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    report, built = declared.BY_SLUG["grassroots"], []
    slow = Slow(actor, 2018)
    save_quickly(actor)

    def build(matter):
        built.append(report.build(matter))
        if len(built) == 1:
            slow.commit()
        return built[-1]

    year = RatingYear.objects.get(pk=2018)
    matter = declared.matter_of(year, year.province, None)
    content = content_of(issue(replace(report, build=build), matter, by=actor))
    assert built == [content]
    again = content_of(issue(report, declared.matter_of(year, year.province, None), by=actor))
    assert readable(again) != readable(content)


def test_what_is_read_under_a_version_is_at_least_as_new(commune, actor, client_of, monkeypatch):
    """A save between the tag and the figures: the tag is the older one, and gives no 304 later."""
    from assessments.figures.overview import views as dashboard

    board = client_of(factories.user(Role.BOARD, commune.parent.parent))
    address = reverse("assessments:province", args=[2018])
    line = OrganizationLine.objects.get(year=2018, code="U1.X01")
    real = dashboard.render

    def late(*args, **kwargs):
        monkeypatch.undo()
        save_rating(by=actor, line=line, version=0, changes={"decided": "HTTNV"})
        return real(*args, **kwargs)

    monkeypatch.setattr(dashboard, "render", late)
    tag = board.get(address).headers["ETag"]
    assert board.get(address, headers={"if-none-match": tag}).status_code == 200


def test_every_action_raises_it_once_and_a_refused_one_not(commune, actor):
    line = OrganizationLine.objects.get(year=2018, code="U1.X01")
    before = data_version()
    save_rating(by=actor, line=line, version=0, changes={"decided": "HTTNV"})
    saved = data_version()
    assert saved > before
    with pytest.raises(ZeroDivisionError), writing():
        save_rating(by=actor, line=line, version=1, changes={"decided": "HTNV"})
        raise ZeroDivisionError
    assert data_version() == saved
    DataVersion.objects.update(number=saved + 10**15)  # a clock that was put back
    tallies.recount(RatingYear.objects.get(pk=2018))
    assert data_version() == saved + 10**15 + 1


def test_an_older_copy_put_back_brings_no_number_twice(commune, actor):
    copy = data_version()
    save_quickly(actor)
    seen = data_version()
    DataVersion.objects.update(number=copy)
    save_quickly(actor)
    assert data_version() not in (copy, seen)


def test_a_trace_outside_of_an_action_and_an_action_inside_a_bare_transaction_fail(commune, actor):
    with pytest.raises(RuntimeError), transaction.atomic():
        audit.record([audit.Change(commune)], by=actor, action="organization.correct")
    with pytest.raises(RuntimeError), transaction.atomic():
        save_quickly(actor)


def test_no_writer_goes_another_way():
    """A transaction is an action's (orgs.versions) or one snapshot to read; nothing else opens one.
    Backups read, and put back, the database itself."""
    own = {"orgs/versions.py", "resolution03/lib/snapshots.py"}
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if "migrations" in path.parts or "backups" in path.parts or name in own:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        opened = [
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr == "atomic"
        ]
        assert not opened, f"{name} opens a transaction in lines {opened}: use orgs.versions.writing"
