"""What version 1 held is the same after every later migration (tests/v1/README.md)."""

import json
import shutil
import sqlite3
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from accounts.actors import Actor
from accounts.models import Role, User
from assessments.figures.foreseen import foresee
from assessments.reports.issued.keeping import content_of
from assessments.reports.issued.models import IssuedReport
from assessments.review.years.actions import reopening
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.of_year import thaw
from members.models import FormerExemption, PastStay
from orgs.models import AuditEntry, FormerForm
from orgs.trail import read_entries
from resolution03.lib.backups.archive import write_backup
from tests import databases
from tests.assessments.operations.test_backup import changed, has_tools
from tests.assessments.test_trail_words import INNER, texts_of, undeclared, words_of
from tests.v1.unpacked import HERE, fill, unpack

pytestmark = pytest.mark.both
PARTS = ("numerator", "denominator", "met", "short", "rated", "roster")


@pytest.fixture(scope="module")
def version_1(django_db_setup, django_db_blocker, tmp_path_factory):
    """The database of version 1, migrated to today, with its kept reports."""
    folder = tmp_path_factory.mktemp("v1")
    file = unpack(folder / "v1.sqlite3")
    change_after_the_closings(file)
    shutil.copytree(HERE / "reports", folder / "reports")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "VAR_DIR", folder)
        with databases.another("v1", file if connection.vendor == "sqlite" else None):
            if connection.vendor != "sqlite":
                fill(file)
            call_command("migrate", verbosity=0, interactive=False)
            yield


LATER = (
    "UPDATE members_member SET is_exempt = NOT is_exempt WHERE id % 40 = 0",
    "UPDATE members_member SET left_on = NULL, leaving_reason = '' WHERE id % 3 = 0 AND left_on IS NOT NULL",
    "UPDATE orgs_organization SET form = 'section' WHERE form = 'committee' AND id % 4 = 0",
)
"""What the registers of version 1 forgot of closed years, because it was of today."""


def change_after_the_closings(file) -> None:
    with sqlite3.connect(file) as connected:
        assert all(connected.execute(statement).rowcount > 5 for statement in LATER)


@pytest.fixture
def backup_of_version_1(django_db_setup, django_db_blocker, tmp_path, settings):
    """A backup as version 1 wrote it, and its unmigrated database."""
    file = unpack(tmp_path / "v1.sqlite3")
    settings.VAR_DIR = tmp_path / "var"
    shutil.copytree(HERE / "reports", settings.VAR_DIR / "reports")
    with django_db_blocker.unblock():
        with databases.another("v1_backup", file if connection.vendor == "sqlite" else None):
            if connection.vendor != "sqlite":
                fill(file)
            write_backup(tmp_path / "v1.zip")
            yield changed(tmp_path / "v1.zip", format=1)


def asked(*command) -> dict:
    answer = StringIO()
    call_command(*command, "--json", stdout=answer)
    return json.loads(answer.getvalue())


def test_every_figure_of_a_closed_year_is_the_same(version_1):
    before = json.loads((HERE / "indicators.json").read_text("utf-8"))
    closed = [str(year.pk) for year in RatingYear.objects.exclude(closed_at=None)]
    assert closed == [str(year) for year in range(2016, 2025)]
    for place, indicators in before.items():
        year, _blank, unit = place.partition(" ")
        if year in closed:
            found = asked("indicators", year, *(["--unit", unit] if unit else []))
            for row in found["indicators"]:
                assert [row[part] for part in PARTS] == indicators[row["code"]], (
                    place,
                    row["code"],
                )


def test_what_closing_froze_is_read_as_it_was_written(version_1):
    """No field that came later was frozen: each has a default, and what was frozen is told the same."""
    closed = list(RatingYear.objects.filter(state="closed"))
    assert len(closed) == 9
    for year in closed:
        rules, frozen = thaw(year.frozen), year.frozen
        assert [rule.document for rule in rules.targets] == [row["document"] for row in frozen["targets"]]
        assert [str(rule.percent) for rule in rules.caps] == [row["percent"] for row in frozen["caps"]]
        assert not any(" của " in rule.document for rule in (*rules.targets, *rules.readings, *rules.caps))
        assert "recent_rated" not in rules.asked
        assert rules.awards_title == (year.pk >= 2018)


def test_nobody_was_awarded_a_title_before_titles_were_recorded(version_1):
    for year in range(2016, 2025):
        found = asked("indicators", str(year))["indicators"]
        others = {row["code"]: row["other"] for row in found}["grassroots_exemplary"]
        title = [row for row in others if "HD 06-HD/TW" in row["reading"]]
        assert [row["numerator"] for row in title] == ([0] if year >= 2018 else [])


def test_a_closed_year_that_is_reopened_has_the_lines_that_it_had(version_1):
    """Exemption, form and presence of each year, though the registers said otherwise since."""
    for model in (FormerExemption, FormerForm, PastStay):
        assert model.objects.exists(), model
    for year in RatingYear.objects.filter(state="closed"):
        foreseen = foresee(lambda year=year: reopening(year.pk, by=Actor(name="thử"), reason="thử"))
        assert {(line.kind, line.before, line.after) for line in foreseen.change.lines} == set(), year


def test_tallies_equal_the_rows(version_1):
    assert asked("recount", "--check")["differences"] == []


def test_an_issued_report_is_handed_out_as_it_was(version_1):
    issued = IssuedReport.objects.order_by("pk")
    assert [row.slug for row in issued] == ["steering-committee", "return", "admitted"]
    assert all(content_of(row) for row in issued)


def test_submissions_stand_as_they_stood(version_1):
    states = Submission.objects.filter(year__lt=2025).values_list("state", flat=True)
    assert set(states) == {"accepted"}


def test_its_trail_is_told_in_words(version_1):
    assert not undeclared()
    board = User.objects.filter(role=Role.BOARD).earliest("pk")
    read_all = read_entries(AuditEntry.objects.all(), board)
    told = [(read, [*words_of(read), *texts_of(read)]) for read in read_all]
    actions = {read.entry.action for read, _texts in told}
    assert {"account.add", "account.reset", "member.load", "upload.apply", "report.download"} <= actions
    inner = [(read.entry.action, text) for read, texts in told for text in texts if INNER.search(text)]
    assert not inner


@pytest.mark.skipif(not has_tools(), reason="the client tools of PostgreSQL are missing")
def test_a_backup_of_version_1_is_restored_and_migrated(backup_of_version_1):
    shutil.rmtree(settings.VAR_DIR / "reports")
    call_command("restore", str(backup_of_version_1), verbosity=0)
    assert asked("recount", "--check")["differences"] == []
    assert RatingYear.objects.exclude(closed_at=None).count() == 9
    assert all(content_of(row) for row in IssuedReport.objects.exclude(stored_as=""))
    assert AuditEntry.objects.filter(action="system.restore").count() == 1
