"""The pages of reported totals: who types where, what is checked, what is kept on a fault."""

import pytest
from django.urls import reverse

from accounts.models import Role
from assessments.roster.models.tallies import Tally
from assessments.rules.models.years import RatingYear
from tests.assessments.year import opened
from tests.pages import flat
from tests.queries import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client_as, world):
    return client_as(Role.OFFICER, world.alpha.unit)


def grid(year=2015, unit="A", name="totals_unit"):
    return reverse(f"assessments:{name}", args=[year, unit])


def counts(**cells):
    return {name.replace("__", "-"): value for name, value in cells.items()}


def test_the_grid_has_the_levels_of_its_year(officer):
    text = officer.get(grid()).content.decode()
    assert "TSVMTB" in text and 'name="member-HTXSNV"' in text and 'name="grassroots-total"' in text
    assert "TSVMTB" not in officer.get(grid(2018)).content.decode()


def test_what_is_typed_is_stored_and_shown_again(officer):
    answer = officer.post(grid(), counts(grassroots__TSVM="1.020", grassroots__total="1020"))
    assert answer.status_code == 302 and Tally.objects.get(key="TSVM").count == 1020
    assert 'value="1020"' in officer.get(grid()).content.decode()


@pytest.mark.parametrize("text", ["-1", "1,5", "ba", "9999999", "9" * 5000, "²"])
def test_what_is_no_count_stays_on_the_page(officer, text):
    answer = officer.post(grid(), counts(grassroots__TSVM=text, grassroots__HTTNV="7"))
    shown = answer.content.decode()
    assert answer.status_code == 200 and f'value="{text}"' in shown and 'value="7"' in shown
    assert "is-invalid" in shown and not Tally.objects.exists()


def test_a_note_that_is_too_long_is_kept_on_the_page_and_not_cut(officer):
    note = "a" * 301
    answer = officer.post(grid(), counts(grassroots__TSVM="7") | {"note-grassroots": note})
    assert answer.status_code == 200 and note in answer.content.decode()
    assert "301" in answer.content.decode().replace(note, "") and not Tally.objects.exists()


def test_what_does_not_add_up_is_said_and_stored(officer):
    fields = counts(grassroots__TSVM="5", grassroots__total="9")
    found = officer.post(grid(name="totals_check"), fields).json()
    assert "9" in found["rows"]["grassroots"][0] and found["faults"] == {}
    assert not Tally.objects.exists()
    officer.post(grid(), fields)
    assert found["rows"]["grassroots"][0] in officer.get(grid()).content.decode()


def test_a_changed_cell_is_told_and_may_be_stored_again(officer):
    officer.post(grid(), counts(member__HTTNV="5"))
    shown = flat(officer.post(grid(), counts(member__HTTNV="6")))
    assert "error-summary" in shown and 'value="6"' in shown
    assert 'name="seen-member-HTTNV" value="5"' in shown


def test_a_grassroots_organization_reports_too(officer, world):
    officer.post(grid() + "?at=A.X01", counts(member__HTTNV="5"))
    assert Tally.objects.get(key="HTTNV").organization == world.alpha.commune
    assert "A.X01" in officer.get(grid()).content.decode()


def test_outside_the_own_unit_nothing_exists(officer):
    for page in (grid(unit="B"), grid(unit="A.X01"), grid() + "?at=B.X01", grid(2013), grid(2999)):
        assert officer.get(page).status_code == 404
        assert officer.post(page, counts(member__HTTNV="5")).status_code == 404
    assert "Beta" not in officer.get(reverse("assessments:totals")).content.decode()
    assert "Beta" not in officer.get(reverse("assessments:totals_year", args=[2015])).content.decode()


def test_a_locked_year_shows_no_input(officer, world):
    opened(world)
    RatingYear.objects.filter(pk=2018).update(state="closed")
    assert 'class="form-control form-control-sm count' not in officer.get(grid(2018)).content.decode()


def test_the_board_sees_what_is_missing(client_as, world):
    board = client_as(Role.BOARD, world.province)
    board.post(grid(unit="B"), counts(member__HTTNV="5"))
    text = board.get(reverse("assessments:totals")).content.decode()
    assert grid(2014, "A") in text and "1/3" in text
    listed = board.get(reverse("assessments:totals_year", args=[2015])).content.decode()
    assert "Huyện ủy Beta" in listed and grid(2015, "B") in listed


def test_the_overview_asks_as_little_for_fourteen_units_as_for_one(client_as, officer, world):
    page = reverse("assessments:totals")
    board = client_as(Role.BOARD, world.province)
    queries(board, page), queries(officer, page)
    assert queries(board, page) <= queries(officer, page)


def test_figures_on_totals_say_so_wherever_they_are_shown(client_as, officer, world):
    officer.post(grid(), counts(grassroots__TSVM="6", grassroots__HTTNV="3"))
    board = client_as(Role.BOARD, world.province)
    for name, arguments, words in (
        ("province", [2015], ">số tổng hợp</span>"),
        ("province", [2015], '6/9</td><td class="p"><a'),
        ("province", [2015], "* gồm số tổng hợp"),
        ("province", [2015], "gồm số tổng hợp: 2015"),
        ("unit", [2015, "A"], ">số tổng hợp</span>"),
        ("history", [2015], "</b>*"),
        ("unit_history", [2015, "A"], "</b>*"),
        ("drilldown", [2015, "grassroots_strong"], "Một phần"),
    ):
        text = flat(board.get(reverse(f"assessments:{name}", args=arguments)))
        assert words in text, (name, words)
    text = board.get(reverse("assessments:unit", args=[2015, "B"])).content.decode()
    assert ">số tổng hợp</span>" not in text
