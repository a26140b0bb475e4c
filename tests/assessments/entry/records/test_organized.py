"""The page of part III: units with and without, held against counting the records one by one."""

from datetime import date
from io import BytesIO
from random import Random

import openpyxl
import pytest

from accounts.models import Role
from assessments.entry.records.models import Record
from assessments.reports.declared import BY_SLUG, matter_of
from assessments.rules.models.reviews import ReviewDue
from assessments.rules.models.years import RatingYear, Submission
from tests import factories
from tests.assessments.entry.records.keeping import enter
from tests.assessments.office_files import column
from tests.assessments.year import opened
from tests.queries import queries

PAGE = "/records/2018/"


@pytest.fixture
def entry(world):
    RatingYear.objects.create(year=2017, scheme_id=1)
    for one in (*world.units, world.alpha.unit, world.beta.unit):
        Submission.objects.create(year_id=2017, unit=one, code=one.code, name=one.name)
    return opened(world)


@pytest.fixture
def board(entry, client_of):
    return client_of(entry.board)


def shown(client, address=PAGE):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.context["page"]


def test_without_anything_every_unit_is_named_as_having_none(board):
    page = shown(board)
    assert (str(page.total.programmes), str(page.total.plans)) == ("0/14", "0/14")
    assert page.total.numbers["persons"] is None
    assert [(one.words, len(one.rows)) for one in page.lacking][-1][1] == 14


def test_a_programme_counts_from_its_year_on_and_a_plan_in_its_own(board, world):
    enter(world.alpha.unit, "programme", on=date(2017, 2, 1))
    enter(world.alpha.unit, "plan", on=date(2017, 2, 2))
    enter(world.beta.unit, "plan", on=date(2018, 2, 2))
    page, before = shown(board), shown(board, "/records/2017/")
    assert (str(page.total.programmes), str(page.total.plans), str(page.total_before.plans)) == (
        "1/14",
        "1/14",
        "1/14",
    )
    assert (str(before.total.programmes), str(before.total.plans), before.total_before) == (
        "1/14",
        "1/14",
        None,
    )
    rows = {row.holder.code: row for row in page.rows}
    assert rows["A"].now.programme.number == "12-CTr/HU" and rows["A"].now.plan is None
    assert rows["A"].before.plan.number == "7-KH/HU" and rows["B"].now.plan.on == date(2018, 2, 2)


def test_the_province_stands_by_itself_and_in_no_sum(board, world):
    enter(world.province, "programme")
    enter(world.province, "training", persons=99)
    page = shown(board)
    assert str(page.total.programmes) == "0/14" and page.total.numbers["persons"] is None
    assert page.province.now.persons == 99 and page.province.now.programme


def test_zero_is_given_and_blank_is_not(board, world):
    enter(world.alpha.unit, "training", persons=40, school_persons=0)
    enter(world.beta.unit, "training", persons=20)
    page = shown(board)
    found = {row.holder.code: row.now.school_persons for row in page.rows}
    assert (found["A"], found["B"], page.total.numbers["school_persons"]) == (0, None, 0)
    assert page.total.numbers["funds"] is None and str(page.total.trainings) == "2/14"
    named = {one.words: [row.holder.code for row in one.rows] for one in page.lacking}
    assert named["chưa ghi kinh phí của lớp"] == ["A", "B"]
    assert named["chưa ghi số Trường Chính trị bồi dưỡng"] == ["B"]
    assert "chưa ghi số giải" not in named


def test_contests_stand_against_the_secretaries_of_the_list(board, world):
    enter(world.alpha.unit, "contest", participants=2, prizes=1)
    row = {row.holder.code: row for row in shown(board).rows}["A"]
    assert (row.now.contests_held, row.now.participants, row.now.prizes, row.secretaries) == (1, 2, 1, 2)


def test_sums_are_those_of_counting_one_by_one(board, world):
    chance, units = Random(3), (*world.units, world.alpha.unit, world.beta.unit)
    for number in range(60):
        unit, year = chance.choice(units), chance.choice((2017, 2018))
        on, kind = date(year, chance.randint(1, 11), 1 + number % 28), chance.choice(("contest", "training"))
        numbers = {"participants": 9, "prizes": chance.choice((None, 0, 9))}
        if kind == "training":
            numbers = {"persons": chance.randint(1, 50), "school_persons": chance.choice((None, 0, 1))}
        enter(unit, kind, on=on, number=f"{number}", **numbers)
    page = shown(board)
    for year, told in ((2018, page.total.numbers), (2017, page.total_before.numbers)):
        rows = [row for row in Record.objects.all() if row.on.year == year]
        for name in ("participants", "prizes", "persons", "school_persons", "classes"):
            given = [value for row in rows if (value := getattr(row, name)) is not None]
            assert told[name] == (sum(given) if given else None), (year, name)
        assert told["contests_held"] == sum(row.kind == "contest" for row in rows)
    trained = {row.organization_id for row in Record.objects.filter(year=2018, kind="training")}
    assert page.total.trainings.have == len(trained)


def test_who_held_the_reviews_that_the_board_asked_for(board, world):
    due = ReviewDue.objects.create(kind="interim", name="Sơ kết 2 năm", due_on=date(2018, 8, 8))
    enter(world.alpha.unit, "interim", on=date(2018, 8, 8), answers=due)
    enter(world.beta.unit, "interim", on=date(2018, 8, 9), answers=due)
    enter(world.units[0], "interim", on=date(2018, 8, 1))
    [found] = shown(board).reviews
    assert (found.held, found.of, found.late, found.is_over) == (2, 14, 1, True)
    assert "Huyện ủy Alpha" not in [unit.name for unit in found.missing] and len(found.missing) == 12
    assert str(shown(board).total.reviews) == "3/14"


def test_a_review_of_before_stays_until_all_held_it(board, world):
    due = ReviewDue.objects.create(kind="final", name="Tổng kết", due_on=date(2017, 9, 1))
    units = (*world.units, world.alpha.unit, world.beta.unit)
    for unit in units[:-1]:
        enter(unit, "final", on=date(2017, 8, 1), answers=due)
    assert [one.held for one in shown(board, "/records/2017/").reviews] == [13]
    assert [one.held for one in shown(board).reviews] == [13]
    enter(units[-1], "final", on=date(2018, 2, 1), answers=due)
    assert [(one.held, one.late) for one in shown(board).reviews] == [(14, 1)]
    assert [one.held for one in shown(board, "/records/2017/").reviews] == [13], "a year keeps what it told"


def test_the_next_review_is_told_and_no_future_one_is_asked(board):
    ReviewDue.objects.create(kind="final", name="Tổng kết 15 năm", due_on=date(2031, 8, 8))
    page = shown(board)
    assert page.reviews == [] and page.next_review.name == "Tổng kết 15 năm"


def test_an_officer_goes_to_the_own_unit_and_a_clerk_nowhere(entry, client_of, world):
    assert client_of(entry.officer).get(PAGE).url == "/records/2018/units/A/"
    assert client_of(entry.clerk).get(PAGE).status_code == 403
    placed = factories.user(Role.VIEWER, world.beta.unit)
    assert client_of(placed).get(PAGE).url == "/records/2018/units/B/"
    assert client_of(entry.viewer).get(PAGE).status_code == 200


def test_tabs_lead_to_the_three_parts_and_the_overview_has_them(board):
    page, overview = (board.get(address).content.decode() for address in (PAGE, "/years/2018/"))
    for address in ("/years/2018/", "/counts/2018/", PAGE):
        assert f'href="{address}"' in page and f'href="{address}"' in overview
    assert page.index('aria-current="page"\n    >Tổ chức thực hiện (mục III)')


def test_the_workbook_has_a_row_a_unit_and_the_provinces(board, world):
    enter(world.alpha.unit, "training", persons=40)
    sheet = openpyxl.load_workbook(BytesIO(board.get(f"{PAGE}?export=xlsx").content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert sum("Huyện ủy" in str(row[0]) for row in rows) == 14
    assert any(row[0] == "Huyện ủy Alpha" and 40 in row for row in rows)


@pytest.mark.once
def test_statements_do_not_grow_with_records_or_reviews(board, world):
    due = ReviewDue.objects.create(kind="interim", name="Sơ kết", due_on=date(2018, 8, 8))
    enter(world.alpha.unit, "interim", answers=due)
    queries(board, PAGE)
    before = queries(board, PAGE)
    for number, unit in enumerate(world.units):
        enter(unit, "interim", on=date(2018, 4, 1), answers=due)
        enter(unit, "training", on=date(2018, 5, 1 + number))
    ReviewDue.objects.create(kind="final", name="Tổng kết", due_on=date(2018, 9, 8))
    assert queries(board, PAGE) == before


def test_what_a_unit_held_before_it_ended_stays_with_it_and_in_the_sums(board, world, entry, client_of):
    enter(world.alpha.unit, "training", persons=40)
    enter(world.alpha.unit, "plan")
    enter(world.beta.unit, "training", persons=20)
    Submission.objects.filter(year=2018, unit=world.alpha.unit).delete()
    page = shown(board)
    assert (str(page.total.plans), str(page.total.trainings), page.total.numbers["persons"]) == (
        "0/13",
        "1/13",
        60,
    )
    [row] = page.ended
    assert (row.holder.code, row.now.persons, row.holder.is_ended) == ("A", 40, True)
    own = board.get("/records/2018/units/A/").content.decode()
    assert "7-KH/HU" in own and "/add/" not in own
    year = RatingYear.objects.get(pk=2018)
    content = BY_SLUG["organized"].build(matter_of(year, year.province, None))
    form = openpyxl.load_workbook(BytesIO(content), data_only=True)["10 Kế hoạch, bồi dưỡng"]
    trained = [(row[1].value, row[15].value) for row in form.iter_rows(min_row=11) if row[15].value]
    assert trained == [("Huyện ủy Beta", 20), ("Huyện ủy Alpha (đã kết thúc)", 40), ("Tổng cộng", 60)]
    assert set(column(content, "Kiểm tra", "Kết quả")) == {"khớp"}


def test_the_year_before_is_told_of_its_own_units(board, world):
    enter(world.alpha.unit, "training", on=date(2017, 5, 1), persons=40)
    enter(world.alpha.unit, "plan", on=date(2017, 5, 1))
    Submission.objects.filter(year=2018, unit=world.alpha.unit).delete()
    page = shown(board)
    assert (str(page.total_before.plans), page.total_before.numbers["persons"]) == ("1/14", 40)
    assert page.ended == [] and str(page.total.plans) == "0/13"
