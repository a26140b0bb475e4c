"""The days with which a year begins, and units whose year closes otherwise (HD 43-HD/BTCTW, part 4)."""

from datetime import date

import pytest

from accounts.actors import Actor
from accounts.models import Role
from assessments.review.deadlines.actions import extend_deadline, set_deadline
from assessments.review.deadlines.default_actions import add_other_end, remove_other_end
from assessments.review.years.actions import open_year
from assessments.rules.deadlines import default_days, of_year
from assessments.rules.models.deadlines import Deadline, OtherYearEnd, Stage
from assessments.rules.models.years import RatingYear, Submission
from resolution03.lib.errors import Refusal
from tests.assessments.year import opened

BY = Actor("thử")
RATED, FILED, LATER = date(2025, 12, 30), date(2026, 1, 31), date(2026, 1, 14)


def days(unit=None, year=2025):
    found = of_year(RatingYear.objects.get(pk=year))
    pk = unit.pk if unit else None
    return found.of(Stage.SUBMISSION, pk).on, found.of(Stage.REVIEW, pk).on


def test_the_last_days_are_those_before_the_days_of_the_guidance():
    assert default_days(2025) == {Stage.SUBMISSION: RATED, Stage.REVIEW: FILED}
    assert default_days(2024) == {}


def test_a_year_from_2025_on_begins_with_them(world):
    open_year(2024, by=BY)
    open_year(2025, by=BY)
    assert (days(), days(year=2024)) == ((RATED, FILED), (None, None))


def test_what_the_board_set_or_took_away_stays(world):
    year = open_year(2025, by=BY)
    set_deadline(by=BY, year=year, stage=Stage.SUBMISSION, due_on=date(2026, 1, 20))
    set_deadline(by=BY, year=year, stage=Stage.REVIEW, due_on=None)
    open_year(2025, by=BY)
    assert days() == (date(2026, 1, 20), None)


def test_a_unit_whose_year_closes_otherwise_has_until_mid_january(world):
    add_other_end(OtherYearEnd(unit=world.alpha.unit), by=BY)
    open_year(2025, by=BY)
    assert (days(world.alpha.unit), days(world.beta.unit)) == ((LATER, FILED), (RATED, FILED))


def test_a_type_is_every_unit_of_it_and_open_years_follow_at_once(world):
    open_year(2024, by=BY)
    open_year(2025, by=BY)
    world.beta.unit.type_label = "Trường học"
    world.beta.unit.save()
    row = OtherYearEnd(type_label=" Trường  học")
    add_other_end(row, by=BY)
    assert (days(world.beta.unit)[0], days(world.alpha.unit)[0]) == (LATER, RATED)
    assert days(world.beta.unit, 2024) == (None, None)
    remove_other_end(row, by=BY)
    assert days(world.beta.unit)[0] == RATED


def test_a_day_that_the_board_gave_stays(world):
    year = open_year(2025, by=BY)
    submission = Submission.objects.get(year=year, unit=world.alpha.unit)
    day = date(2026, 1, 25)
    extend_deadline(by=BY, submission=submission, stage=Stage.SUBMISSION, due_on=day, reason="Thiên tai")
    row = OtherYearEnd(unit=world.alpha.unit)
    add_other_end(row, by=BY)
    assert days(world.alpha.unit)[0] == day
    remove_other_end(row, by=BY)
    assert days(world.alpha.unit)[0] == day


@pytest.mark.parametrize("both", [True, False])
def test_one_of_the_two_is_named_and_once(world, both):
    unit = world.alpha.unit if both else None
    with pytest.raises(Refusal):
        add_other_end(OtherYearEnd(unit=unit, type_label="Trường học" if both else ""), by=BY)
    add_other_end(OtherYearEnd(unit=world.alpha.unit), by=BY)
    with pytest.raises(Refusal):
        add_other_end(OtherYearEnd(unit=world.alpha.unit), by=BY)
    assert OtherYearEnd.objects.count() == 1


def test_the_page_adds_and_takes_out(world, client_as):
    entry = opened(world, 2025)
    client = client_as(Role.BOARD, world.province)
    assert "trước ngày 31/12/2025" in client.get("/years/2025/deadlines/").content.decode()
    page = client.post("/years/otherwise/", {"unit": world.alpha.unit.pk}, follow=True).content.decode()
    assert world.alpha.unit.name in page and days(world.alpha.unit)[0] == LATER
    client.post(f"/years/otherwise/{OtherYearEnd.objects.get().pk}/remove/")
    assert not OtherYearEnd.objects.exists() and days(world.alpha.unit)[0] == RATED
    assert not Deadline.objects.filter(unit=world.alpha.unit).exists()
    client.force_login(entry.officer)
    assert client.get("/years/otherwise/").status_code == 403
