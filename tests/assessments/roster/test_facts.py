"""What is read from the rows before the rules judge it."""

import json

import pytest

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.review.years.actions import close_year
from assessments.roster.facts import disciplined_below, organization_facts, whole_review
from assessments.roster.models.discipline import Discipline
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.catalog import soft_codes
from assessments.rules.models.switches import RuleSwitch
from assessments.rules.models.years import RatingYear
from assessments.rules.of_year import rules_of, thaw
from tests.assessments.year import opened

BY = Actor(name="x")


@pytest.fixture
def entry(world):
    return opened(world)


def lines(year):
    return OrganizationLine.objects.filter(year=year).in_roster()


def rated_in_both(world, year, before, now):
    """The review of `year`, where alpha's commune had `before` last year and has `now`."""
    entries = opened(world, year - 1), opened(world, year)
    for entry, level in zip(entries, (before, now), strict=True):
        save_rating(by=BY, line=entry.line, version=0, changes={"decided": level})
    year = RatingYear.objects.get(pk=year)
    found, _members = whole_review(year, lines(year), MemberLine.objects.none())
    return found.unexplained.get(entries[1].line.pk)


def test_a_jump_over_two_levels_asks_for_a_reason(world):
    assert rated_in_both(world, 2020, "HTXSNV", "HTNV") == "jump"


def test_years_of_the_same_levels_by_another_document_are_compared(world):
    assert rated_in_both(world, 2019, "HTXSNV", "HTNV") == "jump"


def test_years_of_other_levels_are_not_compared(world):
    assert rated_in_both(world, 2018, "TSVMTB", "HTNV") is None


def discipline(line, count, of="member", form="reprimand"):
    Discipline.objects.create(line=line, of=of, form=form, count=count)


def test_discipline_counts_for_the_organization_and_those_above(entry, world):
    discipline(entry.cells[0], 2)
    discipline(entry.cells[1], 0)
    found = disciplined_below(entry.submission.year, lines(2018))
    of = {place: found[place.pk] for place in (world.alpha.commune, *world.alpha.cells)}
    assert list(of.values()) == [2, 2, 0]
    assert found[world.beta.commune.pk] == 0


def test_discipline_of_a_dropped_line_counts_for_nothing(entry, world):
    discipline(entry.cells[0], 1)
    OrganizationLine.objects.filter(pk=entry.cells[0].pk).update(dropped=True)
    assert not disciplined_below(entry.submission.year, lines(2018))


def test_a_strong_organization_above_a_disciplined_one_asks_for_a_reason(entry):
    discipline(entry.cells[0], 1, of="organization", form="warning")
    save_rating(by=BY, line=entry.line, version=0, changes={"decided": "HTTNV"})
    save_rating(by=BY, line=entry.cells[0], version=0, changes={"decided": "HTNV"})
    facts = {fact.id: fact for fact in organization_facts(entry.submission.year, lines(2018))}
    assert (facts[entry.line.pk].asks_discipline, facts[entry.line.pk].disciplined) == (True, 1)
    assert not facts[entry.cells[0].pk].asks_discipline
    found, _members = whole_review(entry.submission.year, lines(2018), MemberLine.objects.none())
    assert found.unexplained == {entry.line.pk: "discipline"}


def test_the_queries_do_not_grow_with_the_rows(entry, django_assert_num_queries):
    year = entry.submission.year
    rules = rules_of(year)
    for found in (lines(2018).filter(pk=entry.line.pk), lines(2018)):
        with django_assert_num_queries(6):
            organization_facts(year, found, rules)


def test_a_rule_is_on_unless_the_year_says_otherwise(entry):
    year = entry.submission.year
    assert rules_of(year).asked == soft_codes(2018)
    RuleSwitch.objects.create(year=year, rule="jump", is_on=False)
    RuleSwitch.objects.create(year=year, rule="over_cap", is_on=True)
    assert set(soft_codes(2018)) - set(rules_of(year).asked) == {"jump"}


def test_closing_freezes_the_rules_that_ask(entry):
    RuleSwitch.objects.create(year_id=2018, rule="jump", is_on=False)
    year = close_year(2018, by=BY, reason="thử")
    RuleSwitch.objects.all().delete()
    assert "jump" not in rules_of(year).asked


def test_a_year_closed_before_rules_could_be_switched_had_all_on(entry):
    document = json.loads(json.dumps(rules_of(entry.submission.year).frozen()))
    del document["asked"]
    assert thaw(document).asked == soft_codes(2018)
