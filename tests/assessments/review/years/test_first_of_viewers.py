"""With which year who begins, where two are open."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Role
from assessments.review.years import actions as periods
from assessments.rules.models.years import RatingYear, YearState
from assessments.rules.years import first_of_viewers, to_work_on
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
from tests.assessments.rated import ACTOR

NOW = date.today().year


def _years(closed=(), opened=(), shown=()) -> list[RatingYear]:
    found = [RatingYear(pk=pk, state=YearState.CLOSED) for pk in closed]
    return found + [RatingYear(pk=pk, state=YearState.OPEN, is_shown=pk in shown) for pk in opened]


@pytest.mark.parametrize(
    ("years", "first"),
    [
        (_years(), None),
        (_years(opened=[2024, 2025]), 2025),
        (_years(closed=[2023, 2024]), 2024),
        (_years(closed=[2023], opened=[2024, 2025]), 2023),
        (_years(closed=[2023], opened=[2024, 2025], shown=[2024]), 2024),
        (_years(closed=[2023], opened=[2024, 2025], shown=[2024, 2025]), 2025),
        (_years(closed=[2024], opened=[2016], shown=[2016]), 2024),
    ],
)
def test_viewers_stay_at_the_last_closed_year_until_the_board_shows_another(years, first):
    found = first_of_viewers(years)
    assert (found.pk if found else None) == first


@pytest.mark.parametrize(
    ("years", "first"),
    [
        (_years(), None),
        (_years(closed=[2016, 2017]), 2017),
        (_years(closed=[NOW - 1], opened=[NOW]), NOW),
        (_years(opened=[NOW - 1, NOW]), NOW - 1),
        (_years(opened=[NOW - 2, NOW - 1]), NOW - 1),
        (_years(closed=[NOW - 1], opened=[2016]), 2016),
    ],
)
def test_one_works_on_the_open_year_that_is_over(years, first):
    found = to_work_on(years)
    assert (found.pk if found else None) == first


def test_the_board_shows_an_open_year_and_takes_it_back(world, client_as):
    periods.open_year(2018, by=ACTOR)
    periods.close_year(2018, by=ACTOR, reason="thử")
    periods.open_year(2019, by=ACTOR)
    board, viewer = client_as(Role.BOARD, world.province), client_as(Role.VIEWER, world.province)
    first, show = reverse("assessments:overview"), reverse("assessments:year_show", args=[2019])
    assert viewer.get(first).url == "/years/2018/"
    board.post(show, {"shown": "on"})
    assert viewer.get(first).url == "/years/2019/"
    board.post(show, {})
    assert viewer.get(first).url == "/years/2018/"
    told = AuditEntry.objects.filter(action="year.show").order_by("pk")
    assert [one.after for one in told] == [{"is_shown": True}, {"is_shown": False}]


def test_a_year_that_is_not_open_cannot_be_shown_and_nobody_else_shows_one(world, client_as):
    periods.open_year(2018, by=ACTOR)
    show = reverse("assessments:year_show", args=[2018])
    assert client_as(Role.VIEWER, world.province).post(show, {"shown": "on"}).status_code == 403
    periods.close_year(2018, by=ACTOR, reason="thử")
    with pytest.raises(Refusal):
        periods.show_year(2018, by=ACTOR, is_shown=True)


def test_closing_a_year_ends_its_being_shown(world):
    periods.open_year(2018, by=ACTOR)
    periods.show_year(2018, by=ACTOR, is_shown=True)
    assert not periods.close_year(2018, by=ACTOR, reason="thử").is_shown
