"""The officer's first screen names the reviews that the Board asked for in the year and nobody entered."""

from datetime import date

import pytest

from assessments.rules.models.reviews import ReviewDue
from assessments.rules.models.years import Submission
from tests.assessments.entry.records.keeping import enter
from tests.assessments.year import opened

ADDRESS = "/ratings/2018/"
OWED = "Ghi ngày đã tổ chức: Sơ kết 2 năm"


@pytest.fixture
def entry(world):
    return opened(world)


@pytest.fixture
def due(entry):
    ReviewDue.objects.create(kind="final", name="Tổng kết", due_on=date(2025, 8, 8))
    return ReviewDue.objects.create(kind="interim", name="Sơ kết 2 năm", due_on=date(2018, 8, 8))


def page(client_of, user) -> str:
    return client_of(user).get(ADDRESS).content.decode()


def test_it_is_named_until_it_is_entered_as_an_answer(entry, due, client_of, world):
    shown = page(client_of, entry.officer)
    assert OWED in shown and "hạn 08/08/2018" in shown and "Tổng kết" not in shown
    enter(world.alpha.unit, "interim")
    enter(world.beta.unit, "interim", answers=due)
    assert OWED in page(client_of, entry.officer)
    enter(world.alpha.unit, "interim", on=date(2018, 8, 9), answers=due)
    assert OWED not in page(client_of, entry.officer)


def test_neither_a_clerk_nor_a_unit_that_has_submitted_is_told(entry, due, client_of):
    assert OWED not in page(client_of, entry.clerk)
    handed = {"state": "submitted", "submitted_at": "2019-01-05T00:00Z"}
    Submission.objects.filter(pk=entry.submission.pk).update(**handed)
    assert OWED not in page(client_of, entry.officer)


def test_the_boards_desk_tells_how_many_units_held_it_until_all_did(entry, due, client_of, world):
    enter(world.alpha.unit, "interim", answers=due)
    shown = client_of(entry.board).get("/review/2018/")
    assert [(one.held, one.of) for one in shown.context["reviews"]] == [(1, 14)]
    assert "1/14 đơn vị đã thực hiện" in shown.content.decode()
    for unit in (*world.units, world.beta.unit):
        enter(unit, "interim", answers=due)
    assert client_of(entry.board).get("/review/2018/").context["reviews"] == []
