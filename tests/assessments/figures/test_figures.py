"""The figures of a year: whole numbers, readings, reported totals, frozen years."""

import json
from datetime import date
from decimal import Decimal

import pytest

from assessments.entry.totals.years import ensure_reported_year
from assessments.figures.board import board
from assessments.figures.indicators import INDICATORS
from assessments.review.years.actions import close_year, reopen_year
from assessments.roster import tallies
from assessments.roster.following import follow_registers
from assessments.roster.models.tallies import Tally
from assessments.rules.models.schemes import Reading
from assessments.rules.models.targets import Target
from assessments.rules.of_year import rules_of, thaw
from orgs.models import Organization
from resolution03.lib.figures import percent
from tests import factories
from tests.assessments.years import figure, opened, rate, rate_all

pytestmark = pytest.mark.django_db


def test_counted_by_the_reading_in_use_with_the_other_beside(world, actor):
    year = opened(2018, actor)
    rate(year, world.alpha.commune, "HTXSNV")
    rate(year, world.beta.commune, "HTTNV")
    found = figure(year, "grassroots_strong")
    assert (found.numerator, found.denominator, found.met, found.short) == (2, 2, True, 0)
    [strict] = found.other
    assert (strict.numerator, strict.denominator, strict.met) == (1, 2, True)
    assert found.is_default_reading


def test_not_rated_is_neither_in_numerator_nor_denominator(world, actor):
    year = opened(2018, actor)
    rate(year, world.alpha.commune, reason="mới thành lập")
    rate(year, world.beta.commune, "HTNV")
    found = figure(year, "grassroots_strong")
    assert (found.numerator, found.denominator, found.rated, found.roster) == (0, 1, 1, 2)
    assert (found.unrated, found.least, found.most) == (1, Decimal(0), Decimal(50))


def test_exemplary_is_a_share_of_all_rated_and_of_the_strong_beside(world, actor):
    year = opened(2017, actor)
    rate(year, world.alpha.commune, "TSVMTB")
    rate(year, world.beta.commune, "HTTNV")
    found = figure(year, "grassroots_exemplary")
    assert (found.numerator, found.denominator) == (1, 2)
    assert [(o.numerator, o.denominator) for o in found.other] == [(1, 1)]


def test_from_2018_on_those_awarded_the_title_are_a_third_reading(world, actor):
    year = opened(2018, actor)
    rate(year, world.alpha.commune, "HTXSNV")
    rate(year, world.beta.commune, "HTTNV")
    found = figure(year, "grassroots_exemplary")
    assert [(o.numerator, o.denominator) for o in found.other] == [(1, 2), (0, 2)]


def test_exempt_members_are_in_the_roster_and_not_rated(world, actor):
    factories.member(world.alpha.cells[0], is_exempt=True)
    year = opened(2018, actor)
    rate_all(year, "HTNV")
    found = figure(year, "members_well", world.alpha.unit)
    assert (found.rated, found.roster, found.unrated, found.exempt) == (3, 4, 0, 1)


def test_without_anything_to_divide_by_nothing_is_judged(world, actor):
    found = figure(opened(2018, actor), "members_well", world.units[0])
    assert (found.denominator, found.percent, found.met, found.short) == (0, None, None, None)


def test_the_term_has_a_target_for_the_province_only(world, actor):
    year = opened(2018, actor)
    assert figure(year, "admissions_term").target == 5000
    unit = figure(year, "admissions_term", world.alpha.unit)
    assert (unit.target, unit.met, unit.short, unit.comparison) == (None, None, None, ">")


@pytest.mark.parametrize(
    ("year", "target", "due"),
    [(2016, 60, 2018), (2018, 60, 2018), (2019, 70, 2020), (2021, 90, 2025), (2026, None, None)],
)
def test_village_heads_are_judged_against_the_next_milestone(world, actor, year, target, due):
    found = figure(opened(year, actor), "village_heads_members")
    assert (found.target, found.due) == (target, due)


@pytest.mark.parametrize("year", [2017, 2018])
def test_every_figure_opens_to_its_names(world, actor, year):
    found = opened(year, actor)
    rate(found, world.alpha.commune, "HTTNV")
    rate(found, world.alpha.members[0], "HTXSNV")
    rules = rules_of(found)
    for indicator in INDICATORS.values():
        for unit in (None, world.alpha.unit, world.beta.unit):
            shown = figure(found, indicator.code, unit)
            met, missed = (indicator.counted.rows(found, rules, part) for part in ("met", "missed"))
            if unit:
                met, missed = met.under(unit), missed.under(unit)
            assert met.count() == shown.numerator
            if shown.denominator is not None:
                assert met.count() + missed.count() == shown.denominator


def test_a_closed_year_stays_whatever_the_registers_and_rules_become(world, actor):
    year = opened(2018, actor)
    rate_all(year, "HTTNV")
    close_year(2018, by=actor)
    year.refresh_from_db()
    before = [(f.code, f.numerator, f.denominator, f.target) for f in board([year]).figures(2018)]
    Organization.objects.filter(pk=world.beta.commune.pk).update(dissolved_on=date(2016, 1, 1))
    Target.objects.update(value=99)
    Reading.objects.filter(meaning="strong").update(in_use=False)
    follow_registers(by=actor)
    tallies.recount(year)
    after = [(f.code, f.numerator, f.denominator, f.target) for f in board([year]).figures(2018)]
    assert after == before
    reopen_year(2018, by=actor, reason="rà soát")
    year.refresh_from_db()
    assert figure(year, "grassroots_strong").target == 99


def test_frozen_rules_come_back_as_they_were(world, actor):
    rules = rules_of(opened(2018, actor))
    assert thaw(json.loads(json.dumps(rules.frozen()))) == rules


def reported(year, organization, unit, **counts):
    Tally.objects.bulk_create(
        Tally(
            year=year,
            unit=unit,
            organization=organization,
            subject="member",
            key=key,
            count=count,
            is_reported=True,
        )
        for key, count in counts.items()
    )
    tallies.recount(year)


def test_a_reported_total_stands_for_its_lines(world, actor):
    year = opened(2018, actor)
    rate_all(year, "HTNV")
    rate(year, world.alpha.members[0], "")
    reported(year, world.alpha.unit, world.alpha.unit, HTTNV=5, HTNV=1, total=8)
    found = figure(year, "members_well", world.alpha.unit)
    assert (found.numerator, found.denominator, found.rated, found.roster) == (5, 6, 6, 8)
    assert found.is_reported
    province = figure(year, "members_well")
    assert (province.numerator, province.denominator) == (5, 9)


def test_years_are_counted_together_as_each_alone(world, actor, django_assert_max_num_queries):
    years = [opened(year, actor) for year in (2016, 2017, 2018)]
    for year in years:
        rate_all(year, "HTNV")
    reported(years[1], world.alpha.unit, world.alpha.unit, HTTNV=5, total=8)
    right = list(Tally.objects.order_by("pk").values_list())
    Tally.objects.filter(is_reported=False, count__gt=0).update(count=99)
    wrong = tallies.recount(*years, check=True)
    assert {difference.year for difference in wrong} == {2016, 2017, 2018}
    with django_assert_max_num_queries(18):
        assert tallies.recount(*years) == wrong
    assert list(Tally.objects.order_by("pk").values_list()) == right


def test_a_year_of_reported_totals_says_nothing_of_what_was_not_reported(world, actor):
    year = ensure_reported_year(2014, by=actor)
    reported(year, world.alpha.unit, world.alpha.unit, HTTNV=5)
    assert figure(year, "members_well").numerator == 5
    blank = figure(year, "villages_without_cell")
    assert (blank.numerator, blank.met, blank.short) == (None, None, None)


def test_one_read_for_one_year_as_for_many(world, actor, django_assert_num_queries):
    years = [opened(year, actor) for year in (2016, 2017, 2018)]
    close_year(2016, by=actor, reason="thử")
    years[0].refresh_from_db()
    with django_assert_num_queries(11):
        few = board(years[:2])
        for year in years[:2]:
            few.figures(year.pk, world.alpha.unit.pk)
    with django_assert_num_queries(11):
        many = board(years)
        for year in years:
            for unit in (None, *world.units):
                many.figures(year.pk, unit and unit.pk)


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (1, 3, "33.33"),
        (2, 3, "66.67"),
        (1, 8, "12.50"),
        (49996, 100000, "50.00"),
        (1, 800, "0.13"),
        (0, 5, "0.00"),
        (3, 0, None),
        (3, None, None),
    ],
)
def test_percentages_have_two_places_half_up(numerator, denominator, shown):
    found = percent(numerator, denominator)
    assert (found if found is None else f"{found:.2f}") == shown
