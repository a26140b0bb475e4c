"""Admissions of the terms after the resolution's: in the years on file (migration 0014) and from now on."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from assessments.figures.board import board, figures
from assessments.review.rulebook import actions
from assessments.review.years.actions import close_year
from assessments.roster import tallies
from assessments.roster.models.movements import Movement
from assessments.roster.models.tallies import Tally
from assessments.rules.models.targets import Term
from assessments.rules.models.years import RatingYear
from assessments.rules.of_year import rules_of
from members.models import Member
from resolution03.lib.errors import Refusal
from tests import factories
from tests.assessments.years import opened

migration = import_module("assessments.migrations.0014_terms_of_admissions")
pytestmark = pytest.mark.django_db
FIRST, LAST = date(2020, 10, 1), date(2025, 9, 30)
DAYS = (
    date(2020, 9, 30), date(2020, 10, 1), date(2020, 12, 31), date(2021, 1, 1), date(2022, 6, 30),
    date(2025, 9, 30), date(2025, 10, 1), date(2025, 12, 31), date(2026, 1, 1),
)  # fmt: skip


@pytest.fixture
def admitted(world):
    """One on each of DAYS, another outside the province, one who has left since."""
    cell = world.alpha.cells[0]
    for day in DAYS:
        factories.member(cell, admitted_on=day)
    factories.member(cell, admitted_on=date(2021, 5, 1), admitted_outside=True)
    factories.member(
        world.beta.cells[0], admitted_on=date(2021, 5, 1), left_on=date(2021, 6, 1), leaving_reason="died"
    )
    return world


def counted(first: date, last: date) -> int:
    """By the registers, with nothing of the code under test."""
    return Member.objects.filter(admitted_outside=False, admitted_on__range=(first, last)).count()


def stored(year: int, key: str) -> int:
    rows = Tally.objects.filter(year=year, subject="admission", key=key)
    return sum(rows.values_list("count", flat=True))


def current(year: RatingYear, unit=None):
    return board([year]).figure("admissions_current", year.pk, unit and unit.pk)


def test_a_year_counts_the_term_in_which_it_ends(admitted, actor):
    for year, first in ((2019, date(2015, 10, 1)), (2020, FIRST), (2022, FIRST), (2025, date(2025, 10, 1))):
        found = opened(year, actor)
        assert current(found).numerator == counted(first, date(year, 12, 31)), year
        assert current(found, admitted.beta.unit).numerator == (1 if year == 2022 else 0)
        assert current(found).other[0].numerator == current(found).numerator + (year == 2022)
    assert stored(2025, "ended") == counted(FIRST, LAST) == 6
    assert stored(2020, "ended") == counted(date(2015, 10, 1), date(2020, 9, 30))
    assert stored(2022, "ended") == 0


def test_the_ten_figures_of_the_resolution_are_what_they_were(admitted, actor):
    found = figures(opened(2025, actor))
    assert [one.code for one in found][5] == "admissions_term" and len(found) == 10
    assert found[5].numerator == counted(date(2015, 10, 1), date(2020, 9, 30)) == 1


def test_closed_years_are_filled_from_their_frozen_lists_and_say_so(admitted, actor):
    for year in (2020, 2021, 2022):
        opened(year, actor)
    wanted = {year: stored(year, "current") for year in (2020, 2021, 2022)}
    for year in (2020, 2021, 2022):
        close_year(year, by=actor, reason="thử")
    as_before_terms_were_data()
    told = [(one.code, one.numerator, one.met) for year in all_of(2020, 2021, 2022) for one in figures(year)]
    Member.objects.filter(admitted_on=date(2021, 1, 1)).update(admitted_on=date(1999, 1, 1))
    migration.fill_years(apps, None)
    assert {year: stored(year, "current") for year in wanted} == wanted == {2020: 2, 2021: 4, 2022: 5}
    assert told == [
        (one.code, one.numerator, one.met) for year in all_of(2020, 2021, 2022) for one in figures(year)
    ]
    assert [rules_of(year).terms_from for year in all_of(2020, 2021, 2022)] == ["", "lists", "lists"]
    assert rules_of(all_of(2021)[0]).current_term(2021).starts_on == FIRST
    assert tallies.recount(*all_of(2020, 2021, 2022), check=True) == []


def test_of_years_without_a_list_the_registers_tell_and_this_is_said(admitted, actor):
    opened(2022, actor)
    close_year(2022, by=actor, reason="thử")
    opened(2025, actor)
    as_before_terms_were_data()
    migration.fill_years(apps, None)
    assert stored(2022, "current") == counted(FIRST, date(2022, 12, 31)) == 5
    assert stored(2025, "ended") == 6 and stored(2025, "current") == 2
    assert [rules_of(year).terms_from for year in all_of(2022, 2025)] == ["registers", ""]
    assert tallies.recount(*all_of(2022, 2025), check=True) == []
    opened_again = Movement.objects.filter(year=2025, kind="admission").values_list("member", "unit", "cell")
    assert len(set(opened_again)) == len(opened_again)


def all_of(*years: int) -> list[RatingYear]:
    return list(RatingYear.objects.filter(pk__in=years).order_by("pk"))


def as_before_terms_were_data() -> None:
    """Only the resolution's term and the year's own admissions, as years were written before."""
    for year in RatingYear.objects.all():
        rows = Movement.objects.filter(year=year, kind="admission", in_term=False)
        rows.exclude(on__year=year.pk).delete()
        frozen = {key: value for key, value in year.frozen.items() if key not in ("terms", "terms_from")}
        RatingYear.objects.filter(pk=year.pk).update(frozen=frozen)
    Movement.objects.update(in_current_term=False, in_ended_term=False)
    Tally.objects.filter(subject="admission", key__in=migration.STATES).delete()


def test_terms_are_added_where_none_holds_on_their_days():
    Term.objects.filter(is_target_term=False).delete()
    Term.objects.create(name="khác", starts_on=date(2025, 9, 30), ends_on=date(2026, 9, 30))
    migration.add_terms(apps, None)
    assert list(Term.objects.values_list("name", flat=True)) == ["2015-2020", "khác"]
    Term.objects.filter(name="khác").delete()
    migration.add_terms(apps, None)
    migration.add_terms(apps, None)
    assert list(Term.objects.values_list("starts_on", flat=True)) == [
        date(2015, 10, 1),
        FIRST,
        date(2025, 10, 1),
    ]


def test_a_term_moved_is_counted_again_in_open_years_only(admitted, actor):
    opened(2021, actor)
    close_year(2021, by=actor, reason="thử")
    year = opened(2022, actor)
    term = Term.objects.get(starts_on=FIRST)
    term.starts_on = date(2021, 1, 1)
    actions.save_term(term, by=actor)
    assert (stored(2021, "current"), current(year).numerator) == (
        4,
        counted(date(2021, 1, 1), date(2022, 12, 31)),
    )
    actions.remove_term(term, by=actor)
    assert (stored(2021, "current"), stored(2022, "current")) == (4, 0)
    assert current(year).aim.value is None
    with pytest.raises(Refusal):
        actions.remove_term(Term.objects.get(is_target_term=True), by=actor)
