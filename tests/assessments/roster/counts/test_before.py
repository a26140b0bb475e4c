"""The counts of the year before, after a merger: added up only where declared so, else both shown."""

from datetime import date

import pytest

from accounts.actors import Actor
from assessments.review.years.actions import open_year
from assessments.roster.counts.before import Before, before
from assessments.roster.models.counts import ActivityCount
from assessments.rules.models.counts import Activity
from assessments.rules.models.years import RatingYear
from tests import factories
from tests.queries import statements

MEETINGS, HOUSEHOLDS = "thematic_meetings", "households"
BY = Actor(name="thử nghiệm")


@pytest.fixture
def communes(world):
    """Two communes of alpha, and a third that went into the first in 2019; 2018 and 2019 stand open."""
    kept, other = world.alpha.commune, factories.organization(world.alpha.unit, name="Đảng bộ xã Kia")
    gone = factories.organization(world.alpha.unit, code="A.X09", name="Đảng bộ xã Cũ")
    open_year(2018, by=BY)
    merge(gone, kept, date(2019, 6, 30))
    open_year(2019, by=BY)
    return kept, other, gone


def merge(gone, into, on):
    gone.dissolved_on, gone.merged_into = on, into
    gone.save()


def give(organization, code, count, year=2018, period="year"):
    ActivityCount.objects.create(
        year_id=year,
        organization=organization,
        grassroots=organization,
        unit=organization.parent,
        activity=Activity.objects.get(code=code),
        count=count,
        period=period,
    )


def told(*organizations, year=2019, codes=(MEETINGS, HOUSEHOLDS), period="year"):
    return before(RatingYear.objects.get(pk=year), [one.pk for one in organizations], codes, period)


def test_both_make_one_number_where_the_count_adds_up(communes):
    kept, other, gone = communes
    give(kept, MEETINGS, 7)
    give(gone, MEETINGS, 5)
    give(other, MEETINGS, 0)
    found = told(kept, other)
    assert found[kept.pk] == {MEETINGS: Before((("Đảng bộ xã Alpha", 7), ("Đảng bộ xã Cũ", 5)), 12)}
    assert found[other.pk] == {MEETINGS: Before((("Đảng bộ xã Kia", 0),), 0)}
    assert found[kept.pk][MEETINGS].words == "12"


def test_both_are_shown_where_it_does_not(communes):
    kept, _other, gone = communes
    Activity.objects.filter(code=MEETINGS).update(adds_up=False)
    give(kept, MEETINGS, 7)
    give(gone, MEETINGS, 1500)
    found = told(kept)[kept.pk][MEETINGS]
    assert (found.total, found.words) == (None, "7; 1.500")


def test_what_only_one_of_them_gave_is_its_own(communes):
    kept, _other, gone = communes
    Activity.objects.filter(code=MEETINGS).update(adds_up=False)
    give(gone, MEETINGS, 5)
    assert told(kept)[kept.pk] == {MEETINGS: Before((("Đảng bộ xã Cũ", 5),), 5)}


def test_what_nobody_gave_is_blank_and_the_first_year_has_none_before_it(communes):
    kept, _other, _gone = communes
    give(kept, MEETINGS, 7, period="half")
    assert told(kept) == {} and told(kept, year=2018) == {}
    assert told(kept, period="half")[kept.pk][MEETINGS].total == 7


def test_an_heir_of_an_heir_has_both(communes, world):
    kept, other, gone = communes
    merge(kept, other, date(2019, 9, 1))
    open_year(2020, by=BY)
    give(kept, MEETINGS, 7)
    give(gone, MEETINGS, 5)
    give(other, MEETINGS, 1)
    assert told(other, year=2020) == {}
    kept_line = kept.lines.get(year=2019)
    kept_line.dropped = True
    kept_line.save()
    assert told(other)[other.pk][MEETINGS].total == 13


def test_a_merger_to_come_adds_nothing_yet(communes):
    kept, other, _gone = communes
    merge(other, kept, date(2020, 2, 1))
    give(kept, MEETINGS, 7)
    give(other, MEETINGS, 3)
    assert told(kept)[kept.pk][MEETINGS].total == 7


def test_the_statements_do_not_grow(communes, world):
    kept, other, gone = communes
    give(kept, MEETINGS, 7)
    one = statements(lambda: told(kept))
    give(gone, MEETINGS, 5)
    give(other, HOUSEHOLDS, 5)
    assert statements(lambda: told(kept, other, world.beta.commune)) == one
