"""Reported totals typed in a grid: stored, corrected, removed, refused as the workbook is."""

import threading

import pytest
from django.db import connection, connections

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.entry.totals.actions import type_totals
from assessments.entry.totals.overview import overview
from assessments.entry.totals.typed import Typed
from assessments.review.years.actions import close_year
from assessments.roster import tallies
from assessments.roster.models.tallies import ReportedNote, Tally
from assessments.rules.models.years import RatingYear, Submission, YearState
from orgs.models import AuditEntry, Organization
from resolution03.lib.errors import Refusal
from tests import factories
from tests.assessments.year import opened
from tests.assessments.years import figure

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(world):
    return {
        "board": factories.user("board", world.province),
        "officer": factories.user("officer", world.alpha.unit),
    }


def cell(subject, key, count, seen=None) -> Typed:
    return Typed(subject, key, seen, count)


TSVM = [cell("grassroots", "TSVMTB", 3), cell("grassroots", "TSVM", 20), cell("grassroots", "total", 40)]


def put(people, world, cells, year=2015, at=None, who="officer", **notes):
    return type_totals(
        by=Actor.of(people[who]),
        year=year,
        organization=at or world.alpha.unit,
        cells=cells,
        notes=notes,
    )


def refused(people, world, cells, **options) -> str:
    with pytest.raises(Refusal) as caught:
        put(people, world, cells, **options)
    return str(caught.value)


def stored(year=2015):
    rows = Tally.objects.filter(year=year, is_reported=True)
    return {(row.organization.code, row.subject, row.key): row.count for row in rows}


def test_a_year_never_opened_becomes_one_of_totals_only(people, world):
    assert put(people, world, TSVM, grassroots="17 tổ chức mới thành lập") == 4
    year = RatingYear.objects.get(pk=2015)
    assert year.state == YearState.REPORTED
    found = figure(year, "grassroots_strong", world.alpha.unit)
    assert (found.numerator, found.denominator, found.roster, found.is_reported) == (23, 23, 40, True)
    assert ReportedNote.objects.get().text == "17 tổ chức mới thành lập"
    entry = AuditEntry.objects.filter(action="tally.report").first()
    assert (entry.object_code, entry.unit_id) == ("A", world.alpha.unit.pk)


def test_an_untouched_grid_makes_no_year(people, world):
    assert put(people, world, [cell("grassroots", "TSVM", None)]) == 0
    assert not RatingYear.objects.exists()


def test_the_same_again_writes_nothing(people, world):
    put(people, world, TSVM)
    entries = AuditEntry.objects.count()
    again = [Typed(one.subject, one.key, one.count, one.count) for one in TSVM]
    assert put(people, world, again) == 0 and AuditEntry.objects.count() == entries


def test_zero_is_a_count_and_blank_removes_it(people, world):
    put(people, world, [cell("member", "HTXSNV", 0), cell("member", "HTTNV", 9)], member="thiếu")
    assert stored()["A", "member", "HTXSNV"] == 0
    put(people, world, [cell("member", "HTXSNV", None, 0)])
    assert stored() == {("A", "member", "HTTNV"): 9}
    put(people, world, [cell("member", "HTTNV", None, 9)], member="còn lại")
    assert stored() == {} and not ReportedNote.objects.exists()
    removed = AuditEntry.objects.filter(action="tally.clear").first()
    assert removed.before["count"] == 9 and removed.after == {}
    found = figure(RatingYear.objects.get(pk=2015), "members_well", world.alpha.unit)
    assert not found.is_reported and found.numerator is None


def test_removing_a_total_lets_the_lines_count_again(world, people):
    opened(world)
    put(people, world, [cell("grassroots", "HTTNV", 1)], year=2018)
    assert figure(RatingYear.objects.get(pk=2018), "grassroots_strong").numerator == 1
    put(people, world, [cell("grassroots", "HTTNV", None, 1)], year=2018)
    year = RatingYear.objects.get(pk=2018)
    found = figure(year, "grassroots_strong", world.alpha.unit)
    assert (found.rated, found.roster, found.is_reported) == (0, 1, False)
    assert tallies.recount(year, check=True) == []


def test_beside_ratings_it_is_refused(world, people):
    year = opened(world)
    save_rating(by=Actor.of(year.officer), line=year.line, version=0, changes={"decided": "HTTNV"})
    said = refused(people, world, [cell("grassroots", "HTTNV", 3)], year=2018)
    assert "Tổ chức cơ sở đảng" in said and not stored(2018)
    assert put(people, world, [cell("member", "HTTNV", 3)], year=2018) == 1


def test_above_or_below_another_total_it_is_refused(people, world):
    put(people, world, TSVM)
    said = refused(people, world, [cell("grassroots", "TSVM", 1)], at=world.alpha.commune)
    assert "A" in said
    assert put(people, world, [cell("member", "HTTNV", 5)], at=world.alpha.commune) == 1
    assert "A.X01" in refused(people, world, [cell("member", "HTTNV", 9)])


def test_a_closed_year_is_locked(world, people):
    opened(world)
    close_year(2018, by=Actor(name="x"), reason="thử")
    assert "2018" in refused(people, world, [cell("member", "HTTNV", 9)], year=2018)


@pytest.mark.parametrize("year", [2013, 2999])
def test_a_year_without_scheme_or_to_come_is_refused(people, world, year):
    assert refused(people, world, TSVM, year=year)
    assert not RatingYear.objects.exists()


def test_the_province_itself_reports_nothing(people, world):
    assert refused(people, world, TSVM, at=world.province, who="board")


def test_a_submitted_unit_is_locked_for_its_officer_not_for_the_board(world, people):
    opened(world)
    Submission.objects.filter(unit=world.alpha.unit).update(state="accepted")
    assert refused(people, world, [cell("member", "HTTNV", 9)], year=2018)
    assert put(people, world, [cell("member", "HTTNV", 9)], year=2018, who="board") == 1


def test_a_total_alone_is_refused(people, world):
    assert "Đảng viên" in refused(people, world, [cell("member", "total", 9)])


def test_a_cell_that_another_changed_is_told(people, world):
    put(people, world, TSVM)
    said = refused(people, world, [cell("grassroots", "TSVM", 21, None)])
    assert "20" in said and stored()["A", "grassroots", "TSVM"] == 20
    assert put(people, world, [cell("grassroots", "TSVM", 21, 20)]) == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_in_a_new_year_lose_nothing(reference, world):
    people = [factories.user("board", world.province), factories.user("officer", world.alpha.unit)]
    told, gate = [], threading.Barrier(2)

    def run(user, count):
        try:
            gate.wait()
            type_totals(
                by=Actor.of(user),
                year=2015,
                organization=world.alpha.unit,
                cells=[cell("member", "HTTNV", count)],
                notes={},
            )
        except Refusal as refusal:
            told.append(str(refusal))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(user, n)) for n, user in enumerate(people, start=7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 1 and stored()["A", "member", "HTTNV"] in (7, 8)
    connection.close()


def test_the_overview_tells_given_missing_and_listed(people, world):
    opened(world)
    put(people, world, TSVM)
    rows = overview(Organization.objects.units().filter(code="A"))
    states = {given.year: given.state for given in rows[0].years}
    assert (states[2014], states[2015], states[2018]) == ("missing", "part", "listed")
