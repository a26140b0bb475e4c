"""Twenty officers save at once while the Board returns and accepts: nothing lost, nothing doubled."""

from collections import defaultdict
from dataclasses import dataclass, field
from random import Random

import pytest
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Role
from assessments.reports.issued.keeping import content_of
from assessments.reports.issued.models import IssuedReport
from assessments.review.submitting import actions as submissions
from assessments.review.years.actions import open_year
from assessments.roster import tallies
from assessments.roster.models.lines import OrganizationLine
from assessments.roster.models.revisions import RatingRevision
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear, Submission, SubmissionState
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
from tests import factories
from tests.at_once import at_once

YEAR, UNITS, OFFICERS, ROWS, SAVES = 2018, 4, 5, 6, 8
LEVELS = ("HTXSNV", "HTTNV", "HTNV", "KHTNV")


@dataclass
class Officer:
    """Types into the rows of a unit until done; keeps what the server said was saved.

    A level that another officer stored meanwhile is answered as saved, with that version.
    """

    client: object
    lines: list[int]
    chance: Random
    versions: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    saved: list[tuple[int, int, str]] = field(default_factory=list)
    refused: int = 0

    def work(self) -> None:
        for _ in range(SAVES):
            line, level = self.chance.choice(self.lines), self.chance.choice(LEVELS)
            while (answer := self._send(line, level))["state"] == "conflict":
                self.versions[line] = answer["version"]
            if answer["state"] == "refused":
                self.refused += 1
            elif answer["version"] > self.versions[line]:
                self.saved.append((line, answer["version"], level))
                self.versions[line] = answer["version"]

    def _send(self, line: int, level: str) -> dict:
        row = {"line": line, "version": self.versions[line], "changes": {"decided": level}}
        address = reverse("assessments:entry_save", args=[YEAR, "grassroots"])
        reply = self.client.post(address, {"rows": [row]}, content_type="application/json")
        assert reply.status_code == 200
        return reply.json()["rows"][0]


@dataclass
class Board:
    """Returns a row of one submitted unit, and accepts whatever is submitted, again and again."""

    user: object
    steps: int = 0

    def work(self) -> None:
        for _ in range(SAVES):
            for submission in Submission.objects.filter(year=YEAR).select_related("year"):
                self._step(submission)

    def _step(self, submission: Submission) -> None:
        by = Actor.of(self.user)
        try:
            if submission.state == SubmissionState.SUBMITTED:
                submissions.accept(by=by, submission=submission)
            elif submission.state == SubmissionState.ACCEPTED:
                lines = OrganizationLine.objects.filter(year=YEAR, unit=submission.unit_id)
                submissions.return_lines(
                    by=by,
                    submission=submission,
                    organizations={line.pk: "" for line in lines},
                    reason="Đề nghị xem lại",
                )
            self.steps += 1
        except Refusal:
            pass


@pytest.fixture
def units(reference):
    province = factories.province()
    made = [factories.organization(province, code=f"U{number}") for number in range(UNITS)]
    for unit in made:
        for _ in range(ROWS):
            factories.organization(unit)
    open_year(YEAR, by=Actor(name="thử nghiệm"))
    level = Level.objects.get(scheme__first_year=YEAR, subject="organization", code="HTNV")
    OrganizationLine.objects.filter(year=YEAR).update(decided=level)
    tallies.recount(RatingYear.objects.get(pk=YEAR))
    return made


def _officers(units, client_of) -> list[Officer]:
    found = []
    for number in range(UNITS * OFFICERS):
        unit = units[number % UNITS]
        lines = OrganizationLine.objects.filter(year=YEAR, unit=unit)
        client = client_of(factories.user(Role.OFFICER, unit))
        found.append(Officer(client, list(lines.values_list("pk", flat=True)), Random(number)))
    return found


def _submit(unit) -> None:
    submission = Submission.objects.select_related("year").get(year=YEAR, unit=unit)
    submissions.submit(by=Actor(name="thử nghiệm"), submission=submission)


def test_no_save_is_lost_or_doubled_while_the_board_accepts(units, client_of):
    officers = _officers(units, client_of)
    _submit(units[0])
    _submit(units[1])
    board = Board(factories.user(Role.BOARD, units[0].parent))

    at_once(board.work, *[officer.work for officer in officers])

    saved = {row for officer in officers for row in officer.saved}
    assert board.steps and saved
    for line in OrganizationLine.objects.filter(year=YEAR).select_related("decided"):
        own = sorted((version, level) for pk, version, level in saved if pk == line.pk)
        assert [version for version, _level in own] == list(range(1, line.version + 1))
        assert line.decided.code == (own[-1][1] if own else "HTNV")
        assert _trail(line) == RatingRevision.objects.filter(organization_line=line).count() == line.version
    assert tallies.recount(RatingYear.objects.get(pk=YEAR), check=True) == []


def _trail(line) -> int:
    return AuditEntry.objects.filter(
        action="rating.save", object_type="assessments.organizationline", object_id=line.pk
    ).count()


def test_reports_issued_at_once_are_numbered_without_gaps(units, client_of, settings, tmp_path):
    """Each office takes its report, three of the Board the province's, while others save."""
    settings.VAR_DIR = tmp_path
    slug = "grassroots"
    addresses = [reverse("assessments:unit_report", args=[YEAR, slug, unit.code]) for unit in units]
    addresses += [reverse("assessments:report", args=[YEAR, slug])] * 3
    board = factories.user(Role.BOARD, units[0].parent)
    clients = {address: client_of(board) for address in addresses}
    answers = []
    takers = [lambda address=address: answers.append(clients[address].get(address)) for address in addresses]

    at_once(*takers, *[officer.work for officer in _officers(units, client_of)[:4]])

    issued = IssuedReport.objects.filter(year=YEAR).order_by("number")
    assert [answer.status_code for answer in answers] == [200] * 7
    assert [found.number for found in issued] == list(range(1, len(issued) + 1))
    assert len(units) < len(issued) <= 7
    kept = {content_of(found) for found in issued}
    assert {answer.content for answer in answers} == kept
    assert len(list((tmp_path / "reports").iterdir())) == len(issued)
