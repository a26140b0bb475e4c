"""Many at once on real connections and in real processes: no 500, no deadlock, tallies equal the rows."""

import pytest
from django.utils import timezone

from accounts.actors import Actor
from assessments.operations.checkup import findings
from assessments.review.years.actions import open_year
from assessments.roster import tallies
from assessments.roster.models.lines import OrganizationLine
from assessments.roster.models.list_changes import ListChange
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear, Submission
from tests import factories, list_changes_kept
from tests.at_once import process
from tests.storm import Storm, deadlocks, server

YEAR = 2018
QUIET = {"tallies", "roster", "path", "placement", "coverage", "membership", "heads", "orphans"}


@pytest.fixture
def province(reference):
    """Four units with three communes of three cells, five members in each; all rated."""
    made = factories.province()
    for letter in "ABCD":
        unit = factories.organization(made, code=letter)
        for number in range(3):
            commune = factories.organization(unit, code=f"{letter}.X{number}")
            for place in range(3):
                cell = factories.cell(commune, code=f"{letter}.X{number}.{place}")
                for _ in range(5):
                    factories.member(cell)
    open_year(YEAR, by=Actor(name="thử nghiệm"))
    level = Level.objects.get(scheme__first_year=YEAR, subject="organization", code="HTNV")
    OrganizationLine.objects.filter(year=YEAR).update(decided=level)
    now = timezone.now()
    submitted = Submission.objects.filter(year=YEAR, code__in="AB")
    submitted.update(state="submitted", since=now, submitted_at=now)
    Submission.objects.filter(year=YEAR, code="D").update(state="accepted", since=now, submitted_at=now)
    tallies.recount(RatingYear.objects.get(pk=YEAR))
    return made


def assert_sound() -> None:
    assert tallies.recount(*RatingYear.objects.all(), check=True) == []
    assert list_changes_kept.faults() == []
    assert not [found for found in findings() if found["code"] in QUIET]


@pytest.mark.long
def test_twenty_people_and_commands_beside_them(province, tmp_path):
    before, lists = deadlocks(), list_changes_kept.standing(YEAR)
    with server() as port:
        storm = Storm(port, YEAR, seconds=60)
        storm.officers_save(6)
        storm.registers_change(6)
        storm.workbooks_come(4)
        storm.board_reviews()
        storm.board_confirms()
        storm.board_looks_and_issues()
        storm.commands_run(tmp_path)
        told = storm.blow()
    assert not told.bad, (told.bad[:10], told.answers)
    works = {work for work, status in told.answers if status in (200, 302, 0)}
    assert {
        "grid",
        "register",
        "workbook",
        "stored",
        "review",
        "confirm",
        "recount",
        "period",
        "backup",
    } <= works, told.answers
    assert deadlocks() == before
    assert list_changes_kept.lost(YEAR, lists) == []
    assert_sound()


LOOP = """
import sys, time, django
django.setup()
from random import Random
from accounts.actors import Actor
from assessments.roster import tallies
from assessments.entry.grid.actions import Entry, save_ratings
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.years import RatingYear
work, seed, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
chance, until, runs = Random(seed), time.monotonic() + seconds, 0

def save():
    lines = OrganizationLine.objects.filter(year=2018)
    rows = [(pk, version) for pk, version in lines.order_by("pk").values_list("pk", "version")]
    entries = [Entry(pk, version, {"decided": chance.choice(("HTNV", "HTTNV", "HTXSNV", "KHTNV"))})
               for pk, version in chance.sample(rows, 5)]
    save_ratings(by=Actor(name=work), year=2018, lines=lines, entries=entries)
    return []

WORKS = {"save": save, "recount": lambda: tallies.recount(*RatingYear.objects.all()),
         "check": lambda: tallies.recount(*RatingYear.objects.all(), check=True)}
while time.monotonic() < until:
    assert not (found := WORKS[work]()), found
    runs += 1
print(runs)
"""


@pytest.mark.both
def test_counting_again_beside_savers_neither_plants_nor_sees_a_difference(province, pytestconfig):
    """In processes of their own; without --long for some seconds only."""
    seconds = 60 if pytestconfig.option.long else 3
    works = ["save", "save", "save", "recount", "check"]
    running = [
        process(
            ["-W", "ignore", "-c", LOOP, work, str(number), str(seconds)],
            DJANGO_SETTINGS_MODULE="tests.settings",
        )
        for number, work in enumerate(works)
    ]
    told = [one.communicate(timeout=seconds + 60) for one in running]
    for work, one, (out, err) in zip(works, running, told, strict=True):
        assert one.returncode == 0 and int(out) > 0, (work, err[-600:])
    assert_sound()


ANSWERING = """
import sys, time, django
django.setup()
from random import Random
from datetime import date
from accounts.actors import Actor
from accounts.models import User
from assessments.registers import door
from assessments.review.submitting.change_actions import confirm_changes
from assessments.roster.models.list_changes import ListChange
from assessments.roster.models.lines import MemberLine
from assessments.rules.models.years import Submission
from members.actions import members
from members.models import Member
from orgs.models import Organization
from resolution03.lib.errors import Refusal
work, seed, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
chance, until, runs = Random(seed), time.monotonic() + seconds, 0
cells = list(Organization.objects.filter(code__startswith="D.X", form="cell"))
ours = list(Member.objects.filter(cell__code__startswith="D.X", left_on=None).order_by("pk"))
officer = Actor.of(User.objects.get(username="officer-d"))

def move():
    door.change(members.correct, by=officer, member=chance.choice(ours), cell=chance.choice(cells))
    time.sleep(0.03)

def exempt():
    is_exempt = chance.choice((True, False))
    door.change(members.exempt, by=officer, member=chance.choice(ours), is_exempt=is_exempt)
    time.sleep(0.03)

def confirm():
    held = Submission.objects.get(year=2018, code="D")
    shown = list(ListChange.objects.waiting().filter(submission=held).order_by("pk"))
    time.sleep(0.05)
    if shown:
        values = chance.choice(({"seen": shown[-1].pk}, {"chosen": [row.pk for row in shown[::2]]}))
        confirm_changes(by=Actor(name="Ban"), submission=held, **values)

WORKS = {"move": move, "exempt": exempt, "confirm": confirm}
def is_over():  # on a busy machine the Board goes on until something is confirmed
    waits = work == "confirm" and not ListChange.objects.filter(state="confirmed").exists()
    return time.monotonic() > until + (30 if waits else 0)

while not is_over():
    try:
        WORKS[work]()
    except Refusal:
        pass
    runs += 1
print(runs)
"""


@pytest.mark.both
def test_lists_change_while_the_board_confirms(province, pytestconfig):
    """In processes of their own: what each list went through is kept once, and answered or waiting."""
    seconds = 60 if pytestconfig.option.long else 3
    now = timezone.now()
    held = Submission.objects.filter(year=YEAR, code="D")
    held.update(state="accepted", since=now, submitted_at=now)
    factories.user("officer", held.get().unit, username="officer-d")
    before = list_changes_kept.standing(YEAR)
    works = ["move", "move", "exempt", "confirm"]
    running = [
        process(
            ["-W", "ignore", "-c", ANSWERING, work, str(number), str(seconds)],
            DJANGO_SETTINGS_MODULE="tests.settings",
        )
        for number, work in enumerate(works)
    ]
    told = [one.communicate(timeout=seconds + 60) for one in running]
    for work, one, (out, err) in zip(works, running, told, strict=True):
        assert one.returncode == 0 and int(out) > 0, (work, err[-600:])
    assert list_changes_kept.lost(YEAR, before) == []
    assert ListChange.objects.filter(state="confirmed").exists()
    assert_sound()
