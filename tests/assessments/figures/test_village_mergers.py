"""In which year villages were merged and how many is told beside the figures of villages and heads."""

import io
from datetime import date
from random import Random

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from assessments.figures.indicators import in_rows
from assessments.figures.village_mergers import Merged, VillageMergers, note
from members.actions import villages
from orgs.models import Village
from tests import factories
from tests.assessments.years import opened

YEARS = range(2016, 2020)


@pytest.fixture
def merge(world, actor):
    """Merges villages of a place, new ones of them, on a day into a new one or a standing one."""

    def act(place, on, sources=2, *, code="", into=None):
        found = sources if isinstance(sources, list) else [_village(place) for _one in range(sources)]
        target = {"into": into} if into else {"village": {"code": code or f"N{on}", "name": "Thôn Nhập"}}
        return villages.merge(by=actor, sources=found, on=on, **target)

    return act


def _village(place):
    return factories.village(place.commune, place.cells[0])


def test_each_year_tells_how_many_became_how_many(world, merge):
    made = merge(world.alpha, date(2018, 7, 1), 3)
    merge(world.alpha, date(2018, 9, 1), 1, into=world.alpha.village)
    merge(world.beta, date(2019, 1, 1), 2)
    merge(world.alpha, date(2019, 5, 1), [made], into=world.alpha.village)
    of_all = [Merged(2018, 5, 2), Merged(2019, 4, 2)]
    assert VillageMergers(YEARS).of_years == of_all
    assert VillageMergers(YEARS, world.alpha.unit.pk).of_years == [Merged(2018, 5, 2), Merged(2019, 2, 1)]
    assert VillageMergers(YEARS, world.beta.unit.pk).of_years == [Merged(2019, 2, 1)]
    assert VillageMergers(YEARS, world.units[0].pk).of_years == []
    assert VillageMergers([2018]).of_years == of_all[:1]


def test_the_last_day_of_a_year_counts_for_that_year(merge, world):
    """What ended on 31 December stands in the list of that year: it was merged in the next."""
    merge(world.alpha, date(2018, 1, 1))
    assert VillageMergers(YEARS).of_years == [Merged(2018, 2, 1)]
    assert VillageMergers([2017]).of_years == []


def test_one_after_the_other_within_a_year_is_told_once(world, merge):
    first = merge(world.alpha, date(2018, 3, 1), 2, code="N1")
    merge(world.alpha, date(2018, 8, 1), [first, _village(world.alpha)], code="N2")
    assert VillageMergers(YEARS).of_years == [Merged(2018, 3, 1)]


def test_an_end_without_a_merger_is_none(world, actor):
    villages.end(by=actor, village=world.alpha.village, on=date(2018, 6, 30))
    assert VillageMergers(YEARS).of_years == [] and note([]) == ""


def test_a_unit_is_that_of_the_list_of_the_year_before(world, merge, actor):
    sources = [_village(world.alpha) for _one in range(2)]
    opened(2017, actor)
    merge(world.alpha, date(2018, 7, 1), sources)
    Village.objects.filter(pk__in=[one.pk for one in sources]).update(committee=world.beta.commune)
    assert VillageMergers(YEARS, world.alpha.unit.pk).of_years == [Merged(2018, 2, 1)]
    assert VillageMergers(YEARS, world.beta.unit.pk).of_years == []


def test_counted_one_by_one_it_is_the_same(world, merge):
    """Of random mergers of a year: who took part and was there before, and who took part and is left."""
    random = Random(14)
    for month in range(1, 10):
        standing = list(Village.objects.filter(ends_on=None, committee=world.alpha.commune))
        into = random.choice([None, None, *standing])
        sources = [_village(world.alpha), _village(world.alpha)]
        sources += [one for one in standing if one != into and random.random() < 0.05]
        merge(world.alpha, date(2018, month, 1), sources, code=f"R{month}", into=into)
    part = [one for one in Village.objects.all() if one.merged_into or one.merged.exists()]
    (found,) = VillageMergers(YEARS).of_years
    assert found.before == sum(one.starts_on is None for one in part) > 18
    assert found.after == sum(one.ends_on is None for one in part) > 1


def test_statements_do_not_grow(world, merge):
    def statements() -> tuple[int, int]:
        found = []
        for unit in (None, world.alpha.unit.pk):
            with CaptureQueriesContext(connection) as captured:
                assert VillageMergers(YEARS, unit).of_years
            found.append(len(captured))
        return tuple(found)

    merge(world.alpha, date(2018, 3, 1), code="N1")
    first = statements()
    merge(world.alpha, date(2018, 4, 1), 3, code="N2")
    merge(world.alpha, date(2019, 4, 1), 3, code="N3")
    assert statements() == first == (1, 2)


@pytest.fixture
def year(world, merge, actor):
    merge(world.alpha, date(2018, 7, 1), 3)
    factories.head(Village.objects.get(code="N2018-07-01"), starts_on=date(2018, 7, 1), is_member=True)
    opened(2017, actor)
    return opened(2018, actor)


TOLD = "2018: 3 thôn thành 1"


@pytest.mark.parametrize("address", ["years/2018/", "years/2018/history/", "villages/?year=2018"])
def test_charts_and_notes_of_villages_and_heads_tell_it(client_as, world, year, address):
    for role in (Role.BOARD, Role.VIEWER):
        assert TOLD in client_as(role, world.province).get(f"/{address}").content.decode()


@pytest.mark.parametrize("part", ["heads", "at-risk"])
def test_the_pages_of_a_year_tell_it_from_that_year_on(client_as, world, year, part):
    for role in (Role.BOARD, Role.VIEWER):
        client = client_as(role, world.province)
        assert TOLD in client.get(f"/years/2018/{part}/").content.decode()
        assert TOLD not in client.get(f"/years/2017/{part}/").content.decode()
        book = openpyxl.load_workbook(io.BytesIO(client.get(f"/years/2018/{part}/?export=xlsx").content))
        assert any(TOLD in str(cell.value) for row in book.active["A1:D6"] for cell in row)


def test_the_chart_bears_a_mark_of_its_own_at_the_year(client_as, world, year):
    context = client_as(Role.BOARD, world.province).get("/years/2018/").context
    marked = {chart.name for chart in context["charts"] if chart.series.marks}
    assert {str(words) for words in marked} == {
        str(one.words.short) for one in in_rows() if one.subject in ("head", "village")
    }
    assert all(
        any(text.text == "nhập thôn" for text in chart.series.texts) == bool(chart.series.marks)
        for chart in context["charts"]
    )


def test_a_unit_reads_of_its_own_villages(client_as, world, year):
    for place, is_told in ((world.alpha, True), (world.beta, False)):
        officer = client_as(Role.OFFICER, place.unit)
        page = officer.get(f"/years/2018/units/{place.unit.code}/").content.decode()
        assert (TOLD in page) == is_told
