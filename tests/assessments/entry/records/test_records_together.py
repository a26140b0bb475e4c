"""Two at the same moment, on connections of their own: one is stored, the other hears why not."""

from threading import Barrier

import pytest

from accounts.actors import Actor
from assessments.entry.records.models import Record
from assessments.review.years.actions import open_year
from resolution03.lib.errors import Refusal
from tests import factories
from tests.assessments.entry.records.keeping import change, enter
from tests.at_once import at_once


@pytest.fixture
def unit(reference):
    made = factories.organization(factories.province(), code="A")
    open_year(2018, by=Actor(name="thử nghiệm"))
    return made


def both(act) -> list[str]:
    """What became of `act(number)` done twice at once."""
    start, told = Barrier(2), []

    def one(number):
        start.wait()
        try:
            act(number)
            told.append("stored")
        except Refusal as refusal:
            told.append(type(refusal).__name__)

    at_once(lambda: one(1), lambda: one(2))
    return sorted(told)


def test_the_same_plan_is_entered_once(unit):
    assert both(lambda _number: enter(unit, "plan")) == ["Refusal", "stored"]
    assert Record.objects.count() == 1


def test_of_two_changes_one_is_told_of_the_other(unit):
    made = enter(unit, "plan")
    told = both(lambda number: change(made, version=1, number=f"{number}-KH/HU"))
    assert told == ["RecordChanged", "stored"] and Record.objects.get().version == 2
