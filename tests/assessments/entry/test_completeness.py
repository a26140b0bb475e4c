"""Each kind of gap of a unit's year as n of m, against counts made here by hand."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role
from assessments.entry.completeness import Gap, completeness
from assessments.review.years.actions import close_year, open_year
from assessments.roster import tallies
from assessments.roster.models.counts import ActivityCount
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.tallies import Tally
from assessments.rules.counts_of_year import counts_of
from assessments.rules.models.counts import Activity
from assessments.rules.models.deadlines import Deadline, Stage
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear, Submission
from tests.assessments.rated import ACTOR, rated_year
from tests.assessments.years import rate_all


def _of(year: RatingYear, unit) -> dict[Gap, tuple[int, int | None]]:
    held = list(Submission.objects.filter(year=year))
    return {line.gap: (line.count, line.of) for line in completeness(year, held)[unit.pk]}


@pytest.fixture
def year(world) -> RatingYear:
    return rated_year(world)


def test_what_is_blank_is_told_by_list(world, year):
    """Of alpha's commune, two cells and three members one cell and one member are blank."""
    found = _of(year, world.alpha.unit)
    assert (found[Gap.GRASSROOTS], found[Gap.AFFILIATED], found[Gap.MEMBERS]) == ((0, 1), (1, 2), (1, 3))
    assert _of(year, world.units[0])[Gap.MEMBERS] == (0, 0)


def test_the_exempt_and_those_with_a_reason_are_not_blank(world, year):
    lines = MemberLine.objects.filter(year=year, unit=world.alpha.unit, decided=None)
    assert lines.update(reason="ốm dài ngày") == 1
    assert _of(year, world.alpha.unit)[Gap.MEMBERS] == (0, 3)
    lines.update(reason="", is_exempt=True)
    assert _of(year, world.alpha.unit)[Gap.MEMBERS] == (0, 2)


def test_a_decision_above_the_self_rating_asks_for_a_reason(world, year):
    assert _of(year, world.beta.unit)[Gap.REASONS] == (0, 0)
    low = Level.objects.get(scheme=year.scheme, subject="organization", code="HTNV")
    line = OrganizationLine.objects.filter(year=year, organization=world.beta.cells[0])
    line.update(self_rated=low)
    assert _of(year, world.beta.unit)[Gap.REASONS] == (1, 1)
    line.update(note="theo kết luận kiểm tra")
    assert _of(year, world.beta.unit)[Gap.REASONS] == (0, 1)


def _give(year: RatingYear, part, counts: dict[str, int]) -> None:
    for code, count in counts.items():
        activity = Activity.objects.get(code=code)
        ActivityCount.objects.create(
            year=year,
            organization=part.commune,
            grassroots=part.commune,
            unit=part.unit,
            activity=activity,
            count=count,
        )


def test_counts_are_given_when_all_of_them_are(world, year):
    asked = [rule for rule in counts_of(year) if not (rule.is_computed or rule.is_of_event)]
    codes = [rule.code for rule in asked]
    _give(year, world.alpha, dict.fromkeys(codes[:-1], 0))
    assert _of(year, world.alpha.unit)[Gap.COUNTS] == (1, 1)
    _give(year, world.alpha, {codes[-1]: 0})
    assert _of(year, world.alpha.unit)[Gap.COUNTS] == (0, 1)
    assert _of(year, world.beta.unit)[Gap.COUNTS] == (1, 1)


@pytest.mark.parametrize(("cells", "contrary"), [(2, 0), (3, 1)])
def test_more_cells_with_a_committee_than_cells_contradict(world, year, cells, contrary):
    _give(year, world.alpha, {"cells_with_committee": cells})
    assert _of(year, world.alpha.unit)[Gap.CONTRARY_COUNTS] == (contrary, 1)


@pytest.mark.parametrize(("total", "contrary"), [(9, 1), (10, 0), (11, 1)])
def test_totals_that_do_not_add_up_contradict(world, year, total, contrary):
    place = {"year": year, "unit": world.units[0], "organization": world.units[0], "is_reported": True}
    for key, count in (("HTTNV", 10), ("total", total)):
        Tally.objects.create(**place, subject="grassroots", key=key, count=count)
    Tally.objects.create(**place, subject="member", key="HTTNV", count=40)
    assert _of(year, world.units[0])[Gap.CONTRARY_TOTALS] == (contrary, 2)


def test_a_total_that_is_not_the_rosters_contradicts(world):
    year = open_year(2018, by=ACTOR)
    place = {"year": year, "unit": world.alpha.unit, "organization": world.alpha.unit, "is_reported": True}
    for key in ("HTTNV", "total"):
        Tally.objects.create(**place, subject="affiliated", key=key, count=2)
    tallies.recount(year)
    assert _of(year, world.alpha.unit)[Gap.CONTRARY_TOTALS] == (0, 1)
    Tally.objects.filter(is_reported=True).update(count=3)
    assert _of(year, world.alpha.unit)[Gap.CONTRARY_TOTALS] == (1, 1)


@pytest.mark.parametrize(("ago", "late"), [(0, 0), (1, 1), (12, 12), (-1, 0)])
def test_a_unit_that_holds_its_year_is_late_until_today(world, year, ago, late):
    Deadline.objects.create(
        year=year, stage=Stage.SUBMISSION, due_on=timezone.localdate() - timedelta(days=ago)
    )
    assert _of(year, world.alpha.unit)[Gap.LATE] == (late, None)


@pytest.mark.parametrize(("due", "late"), [(date(2019, 1, 31), 0), (date(2019, 1, 30), 1)])
def test_one_that_sent_is_as_late_as_it_sent(world, year, due, late):
    Deadline.objects.create(year=year, stage=Stage.SUBMISSION, due_on=due)
    sent = timezone.make_aware(timezone.datetime(2019, 1, 31, 23, 30))
    Submission.objects.filter(unit=world.alpha.unit).update(state="submitted", submitted_at=sent)
    assert _of(year, world.alpha.unit)[Gap.LATE] == (late, None)


def test_desk_and_unit_page_tell_the_same(world, year, client_as):
    held = Submission.objects.get(year=year, unit=world.alpha.unit)
    board, officer = client_as(Role.BOARD, world.province), client_as(Role.OFFICER, world.alpha.unit)
    for client, address in (
        (board, "/review/2018/completeness/"),
        (board, f"/review/2018/{held.pk}/"),
        (board, "/years/2018/units/A/"),
        (officer, "/years/2018/units/A/"),
    ):
        page = " ".join(client.get(address).content.decode().split())
        assert "<b>1/3</b>" in page and "<b>1/2</b>" in page, address


def test_a_year_that_was_closed_whole_asks_no_more(world, client_as):
    year = open_year(2018, by=ACTOR)
    client = client_as(Role.BOARD, world.province)
    assert "Mức đầy đủ" in client.get("/years/2018/units/A/").content.decode()
    rate_all(year, "HTTNV")
    close_year(2018, by=ACTOR)
    assert "Mức đầy đủ" not in client.get("/years/2018/units/A/").content.decode()


def test_the_page_is_the_boards_and_its_workbook_has_the_same_rows(world, year, client_as):
    address = "/review/2018/completeness/"
    assert client_as(Role.OFFICER, world.alpha.unit).get(address).status_code == 403
    assert client_as(Role.VIEWER, world.province).get(address).status_code == 403
    client = client_as(Role.BOARD, world.province)
    assert len(client.get(address).context["rows"]) == 14
    assert client.get(address + "?export=xlsx").content.startswith(b"PK")


@pytest.mark.once
def test_statements_are_the_same_for_one_unit_and_for_all(world, year):
    held = list(Submission.objects.filter(year=year))
    with CaptureQueriesContext(connection) as one:
        completeness(year, [row for row in held if row.unit_id == world.alpha.unit.pk])
    with CaptureQueriesContext(connection) as many:
        completeness(year, held)
    assert len(held) == 14 and len(many) == len(one)
