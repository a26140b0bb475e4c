"""The pages of supplements: written without losing what was typed, answered by the Board."""

import pytest
from django.urls import reverse

from accounts.models import Role
from assessments.review.supplements.models import Supplement
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.years import RatingYear
from tests import factories
from tests.assessments.closed import closed, file, wanted
from tests.assessments.year import organization_line
from tests.queries import queries

DECISION = {
    "reason": "Bổ sung theo kết luận",
    "deciding_body": "Ban Thường vụ",
    "decision_number": "12-QĐ/HU",
    "decided_on": "20/02/2019",
}


@pytest.fixture
def year(world):
    return closed(world)


def address(name, *args):
    return reverse(f"assessments:{name}", args=args)


def typed(line, code="HTTNV", reason="", version=None) -> dict:
    key = wanted(line).key
    return {
        "line": key,
        f"version-{key}": line.version if version is None else version,
        f"decided-{key}": code,
        f"reason-{key}": reason,
        f"self_rated-{key}": "HTNV",
    }


def post(client_of, year, fields, user=None):
    client = client_of(user or year.officer)
    return client.post(address("supplement_new", 2018), fields)


def test_words_without_diacritics_find_rows_of_the_own_unit(client_of, year):
    shown = post(client_of, year, {"q": "dang bo xa", "find": "1"}).content.decode()
    assert f'value="o{year.line.pk}"' in shown and "Beta" not in shown
    shown = post(client_of, year, {"q": "y alpha 2", "find": "1"}).content.decode()
    assert f'value="m{year.members[1].pk}"' in shown


def test_a_row_is_taken_in_as_it_stands_and_out_again(client_of, year):
    key = f"o{year.line.pk}"
    shown = " ".join(post(client_of, year, {"add": key, "q": "x"}).content.decode().split())
    assert f'name="version-{key}" value="1"' in shown
    assert '<option value="HTNV" selected>' in shown
    gone = post(client_of, year, typed(year.line) | {"remove": key}).content.decode()
    assert f"version-{key}" not in gone


def test_finding_loses_nothing_typed(client_of, year):
    fields = typed(year.line, "", "Đang chờ kết luận") | DECISION | {"q": "alpha", "find": "1"}
    shown = post(client_of, year, fields).content.decode()
    for value in ("Đang chờ kết luận", "Bổ sung theo kết luận", "12-QĐ/HU", "20/02/2019"):
        assert value in shown


def test_one_looks_before_filing_and_sees_the_figures_move(client_of, year):
    shown = post(client_of, year, typed(year.line) | DECISION | {"preview": "1"}).content.decode()
    assert 'name="file"' in shown and "0 / 1" in shown and "1 / 1" in shown
    assert not Supplement.objects.exists()
    assert OrganizationLine.objects.get(pk=year.line.pk).decided.code == "HTNV"


def test_filing_leads_to_the_supplement(client_of, year):
    answer = post(client_of, year, typed(year.line) | DECISION | {"file": "1"})
    filed = Supplement.objects.get()
    assert answer.url == address("supplement", 2018, filed.pk)
    shown = client_of(year.officer).get(answer.url).content.decode()
    assert "HTNV" in shown and "HTTNV" in shown and 'name="accept"' not in shown
    listed = client_of(year.officer).get(address("supplements", 2018)).content.decode()
    assert answer.url in listed


@pytest.mark.parametrize(
    "changes",
    [
        {"decided_on": "31/12/2999"},
        {"decided_on": "31/02/2019"},
        {"reason": ""},
        {"decision_number": ""},
    ],
)
def test_a_wrong_decision_keeps_what_was_typed(client_of, year, changes):
    fields = typed(year.line, "", "Đang chờ kết luận") | DECISION | changes | {"file": "1"}
    answer = post(client_of, year, fields)
    shown = answer.content.decode()
    assert answer.status_code == 200 and "Đang chờ kết luận" in shown and "error-summary" in shown
    assert not Supplement.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "TSVM"},
        {"code": ""},
        {"code": "HTTNV", "reason": "Lý do"},
        {"version": 0},
    ],
)
def test_a_wrong_row_says_so_at_the_row(client_of, year, fields):
    answer = post(client_of, year, typed(year.line, **fields) | DECISION | {"preview": "1"})
    shown = answer.content.decode()
    assert '<tr class="failed">' in shown and 'name="file"' not in shown and "12-QĐ/HU" in shown


def test_rows_of_another_unit_do_not_exist(client_of, year, world):
    beta = organization_line(world.beta.commune)
    for step in ("find", "preview", "file"):
        answer = post(client_of, year, typed(beta) | DECISION | {step: "1"})
        assert answer.status_code == 404
    assert post(client_of, year, {"add": f"o{beta.pk}"}).status_code == 404


def test_an_officer_below_the_unit_has_no_supplements(client_as, year, world):
    client = client_as(Role.OFFICER, world.alpha.commune)
    assert client.get(address("supplements", 2018)).status_code == 404
    assert client.get(address("supplement_new", 2018)).status_code == 404


def test_an_open_year_says_where_to_enter(client_of, year):
    RatingYear.objects.filter(pk=2018).update(state="open")
    shown = client_of(year.officer).get(address("supplement_new", 2018)).content.decode()
    assert 'name="preview"' not in shown and "2018" in shown


def test_the_board_sees_the_effect_and_accepts(client_of, year):
    filed = file(year, year.line)
    board = client_of(year.board)
    assert address("review_supplement", filed.pk) in board.get(address("review_supplements")).content.decode()
    page = address("review_supplement", filed.pk)
    shown = board.get(page).content.decode()
    assert 'name="accept"' in shown and "0 / 1" in shown and "1 / 1" in shown
    assert board.post(page, {"accept": "1", "answer": "Đồng ý"}).url == page
    again = board.get(page).content.decode()
    assert "Đồng ý" in again and 'name="accept"' not in again and "HTNV" in again
    assert RatingYear.objects.get(pk=2018).revision == 2
    said = board.post(page, {"accept": "1"}).content.decode()
    assert "error-summary" in said and RatingYear.objects.get(pk=2018).revision == 2


def test_declining_without_words_keeps_the_page(client_of, year):
    filed = file(year, year.line)
    page = address("review_supplement", filed.pk)
    assert "error-summary" in client_of(year.board).post(page, {"decline": "1"}).content.decode()
    client_of(year.board).post(page, {"decline": "1", "answer": "Thiếu căn cứ"})
    shown = client_of(year.officer).get(address("supplement", 2018, filed.pk)).content.decode()
    assert "Thiếu căn cứ" in shown


def test_a_line_changed_since_cannot_be_accepted_and_says_which(client_of, year):
    filed = file(year, year.line)
    OrganizationLine.objects.filter(pk=year.line.pk).update(version=7)
    shown = client_of(year.board).get(address("review_supplement", filed.pk)).content.decode()
    assert "A.X01: " in shown and 'name="accept"' not in shown


def test_pages_ask_as_little_for_many_rows(client_of, world):
    for _ in range(30):
        factories.member(world.alpha.cells[1])
    year = closed(world)
    one, many = file(year, year.members[2]), file(year, *year.members[3:])
    board = client_of(year.board)
    queries(board, address("review_supplements"))
    few = queries(board, address("review_supplement", one.pk))
    assert queries(board, address("review_supplement", many.pk)) == few
    listed = queries(board, address("review_supplements"))
    Supplement.objects.filter(pk=many.pk).delete()
    assert queries(board, address("review_supplements")) == listed


def test_the_pages_of_a_closed_year_lead_to_its_supplements(client_of, year):
    officer, link = client_of(year.officer), address("supplements", 2018)
    for page in (address("unit", 2018, "A"), address("work_year", 2018)):
        assert link in officer.get(page).content.decode(), page
        assert link not in client_of(year.board).get(page).content.decode()
    for page in (address("review_year", 2018), address("years")):
        assert address("review_supplements") in client_of(year.board).get(page).content.decode()
