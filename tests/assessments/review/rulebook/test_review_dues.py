"""Days of the reviews: the Board's data, changed through the door of the rules, taken back."""

from datetime import date

import pytest

from accounts.actors import Actor
from accounts.models import Role
from assessments.entry.records.models import Record
from assessments.registers.undoing.models import ActDone
from assessments.review.rulebook.review_actions import remove_review_due, save_review_due
from assessments.rules.models.reviews import ReviewDue
from assessments.rules.models.years import RatingYear, YearState
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
from tests.assessments.entry.records.keeping import enter
from tests.assessments.registers.confirming import send
from tests.assessments.year import opened

BY = Actor("Ban Tổ chức")
NEW = {"kind": "interim", "name": "Sơ kết 3 năm", "due_on": "31/8/2019", "document_number": "25-KH/BTCTU"}


@pytest.fixture
def board(world, client_as):
    return client_as(Role.BOARD, world.province)


def due(on=date(2018, 8, 8), kind="interim") -> ReviewDue:
    return ReviewDue.objects.create(kind=kind, name="Sơ kết", due_on=on)


@pytest.mark.parametrize("role", [Role.BOARD, Role.OFFICER, Role.CLERK, Role.VIEWER])
def test_all_read_the_days_and_the_board_edits_them(role, world, client_as):
    found, client = due(), client_as(role, world.province)
    page = client.get("/rules/reviews/").content.decode()
    assert "08/08/2018" in page and ("Thêm đợt" in page) == (role == Role.BOARD)
    for address in ("add/", f"{found.pk}/"):
        expected = 200 if role == Role.BOARD else 403
        assert client.get(f"/rules/reviews/{address}").status_code == expected
    if role != Role.BOARD:
        assert client.post(f"/rules/reviews/{found.pk}/remove/").status_code == 403


def test_a_day_is_set_changed_and_taken_back(board):
    send(board, "/rules/reviews/add/", NEW, follow=True)
    found = ReviewDue.objects.get()
    assert (found.due_on, found.document) == (date(2019, 8, 31), "25-KH/BTCTU")
    page = send(board, f"/rules/reviews/{found.pk}/", NEW | {"due_on": "30/9/2019"}, follow=True)
    assert "30/09/2019" in page.content.decode()
    for done in ActDone.objects.order_by("-pk"):
        board.post(f"/rules/acts/{done.pk}/undo/")
    assert not ReviewDue.objects.exists()
    told = AuditEntry.objects.filter(object_type="assessments.reviewdue").values_list("action", flat=True)
    assert set(told) == {"rules.add", "rules.change", "rules.undo"}


def test_a_day_is_taken_away_and_comes_back(board):
    found = due(date(2031, 1, 1))
    send(board, f"/rules/reviews/{found.pk}/remove/", {})
    assert not ReviewDue.objects.exists()
    board.post(f"/rules/acts/{ActDone.objects.get(code='rules.remove').pk}/undo/")
    assert ReviewDue.objects.get().due_on == date(2031, 1, 1)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"due_on": "7/8/2016"}, "due_on"),
        ({"due_on": "8/8/2018"}, "due_on"),
        ({"due_on": ""}, "due_on"),
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"kind": ""}, "kind"),
    ],
)
def test_what_cannot_be_stands_beside_its_field_and_stores_nothing(board, typed, field):
    due()
    form = send(board, "/rules/reviews/add/", NEW | typed).context["form"]
    assert list(form.errors) == [field] and ReviewDue.objects.count() == 1


def test_the_first_day_and_the_other_kind_on_one_day_may_be(db):
    due()
    for row in (
        ReviewDue(kind="final", name="Tổng kết", due_on=date(2018, 8, 8)),
        ReviewDue(kind="interim", name="Sơ kết", due_on=date(2016, 8, 8)),
    ):
        save_review_due(row, by=BY)
    assert ReviewDue.objects.count() == 3


def test_what_units_answered_stays(world):
    opened(world)
    found = due()
    enter(world.alpha.unit, "interim", answers=found)
    with pytest.raises(Refusal, match="1"):
        remove_review_due(found, by=BY)
    found.kind = "final"
    with pytest.raises(Refusal, match="1"):
        save_review_due(found, by=BY)
    found.kind, found.due_on = "interim", date(2018, 9, 9)
    save_review_due(found, by=BY)
    assert Record.objects.get().answers.due_on == date(2018, 9, 9)


def test_the_days_of_a_closed_year_stay(world):
    RatingYear.objects.create(year=2018, scheme_id=1, state=YearState.CLOSED)
    found = due()
    with pytest.raises(Refusal, match="2018"):
        remove_review_due(found, by=BY)
    found.due_on = date(2019, 1, 1)
    with pytest.raises(Refusal, match="2018"):
        save_review_due(found, by=BY)
    with pytest.raises(Refusal, match="2018"):
        save_review_due(ReviewDue(kind="final", name="Tổng kết", due_on=date(2018, 2, 2)), by=BY)
    save_review_due(ReviewDue(kind="final", name="Tổng kết", due_on=date(2019, 2, 2)), by=BY)


def test_taken_back_after_its_year_was_closed_it_is_refused(board):
    send(board, "/rules/reviews/add/", NEW)
    RatingYear.objects.create(year=2019, scheme_id=1, state=YearState.CLOSED, closed_at="2999-01-01T00:00Z")
    board.post(f"/rules/acts/{ActDone.objects.get().pk}/undo/")
    assert ReviewDue.objects.count() == 1
