import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.review.submitting import actions as submissions
from assessments.roster.following import follow_registers
from assessments.rules.models.years import RatingYear, Submission
from tests import factories
from tests.assessments.year import opened


@pytest.fixture
def entry(world):
    entry = opened(world)
    for line in (entry.line, *entry.cells, *entry.members):
        save_rating(by=Actor.of(entry.officer), line=line, version=0, changes={"decided": "HTNV"})
    return entry


def get(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(f"assessments:{name}", args=args))


def post(client, user, name, *args, **data):
    client.force_login(user)
    return client.post(reverse(f"assessments:{name}", args=args), data)


def state(entry):
    return Submission.objects.get(pk=entry.submission.pk).state


def test_the_way_from_submitting_to_closing(client, entry):
    pk = entry.submission.pk
    assert get(client, entry.officer, "submit", 2018).context["is_ready"]
    post(client, entry.officer, "submit", 2018, message="Xong")
    assert state(entry) == "submitted"
    post(client, entry.board, "review_return", 2018, pk, row=[f"o{entry.line.pk}"], reason="Xem lại")
    assert state(entry) == "returned"
    text = get(client, entry.officer, "work_year", 2018).content.decode()
    assert "Xem lại" in text
    post(client, entry.officer, "submit", 2018)
    post(client, entry.board, "review_accept", 2018, pk)
    assert state(entry) == "accepted"
    refused = post(client, entry.board, "year_close", 2018, reason="")
    assert refused.status_code == 200 and refused.context["missing"]
    post(client, entry.board, "year_close", 2018, reason="Các đơn vị khác nộp sau")
    assert RatingYear.objects.get(pk=2018).is_closed
    post(client, entry.board, "year_reopen", 2018, reason="Rà soát")
    assert RatingYear.objects.get(pk=2018).is_open


def test_submitting_names_what_is_blank(client, world):
    entry = opened(world)
    answer = get(client, entry.officer, "submit", 2018)
    assert not answer.context["is_ready"]
    assert "Alpha" in answer.content.decode()
    assert post(client, entry.officer, "submit", 2018).status_code == 200
    assert state(entry) == "not_begun"


@pytest.mark.parametrize("tab", ["exceptions", "changed", "organizations", "members", "group", "x"])
def test_a_unit_opens_beside_the_list(client, entry, tab):
    client.force_login(entry.board)
    url = reverse("assessments:review_unit", args=[2018, entry.submission.pk])
    answer = client.get(url, {"tab": tab})
    assert answer.status_code == 200
    assert "Huyện ủy Alpha" in answer.content.decode()


def test_only_the_board_reviews_and_moves_years(client, entry):
    pk = entry.submission.pk
    for user in (entry.officer, entry.clerk, entry.viewer):
        assert get(client, user, "review_year", 2018).status_code == 403
        assert get(client, user, "years").status_code == 403
        assert post(client, user, "review_accept", 2018, pk).status_code == 403
        assert post(client, user, "review_return", 2018, pk, reason="x").status_code == 403
        assert post(client, user, "year_close", 2018, reason="x").status_code == 403
    assert state(entry) == "in_progress"


def test_the_list_counts_exceptions_of_each_unit(client, entry):
    save_rating(
        by=Actor.of(entry.officer),
        line=entry.line,
        version=1,
        changes={"self_rated": "KHTNV", "note": "Có biên bản"},
    )
    post(client, entry.officer, "submit", 2018)
    rows = get(client, entry.board, "review_year", 2018).context["units"]
    row = next(row for row in rows if row.submission == entry.submission)
    assert row.exceptions == 1
    assert (row.progress.rated, row.progress.roster) == (3, 3)


def test_what_changed_since_the_last_submission_is_listed(client, entry):
    pk = entry.submission.pk
    post(client, entry.officer, "submit", 2018)
    post(client, entry.board, "review_return", 2018, pk, row=[f"o{entry.line.pk}"], reason="Xem lại")
    entry.line.refresh_from_db()
    save_rating(
        by=Actor.of(entry.officer),
        line=entry.line,
        version=entry.line.version,
        changes={"decided": "HTTNV"},
    )
    post(client, entry.officer, "submit", 2018)
    client.force_login(entry.board)
    url = reverse("assessments:review_unit", args=[2018, pk])
    sections = client.get(url, {"tab": "changed"}).context["sections"]
    rows = [(row.line.name, row.before) for section in sections for row in section.rows]
    assert rows == [(entry.line.name, "HTNV")]


def test_a_year_is_opened_once_and_wrong_years_are_refused(client, world):
    board = factories.user("board", world.province)
    post(client, board, "years", year=2018)
    assert RatingYear.objects.get(pk=2018).is_open
    assert post(client, board, "years", year=2099).context["form"].errors
    assert post(client, board, "years", year=2005).context["form"].errors
    assert post(client, board, "years", year="abc").context["form"].errors
    assert RatingYear.objects.count() == 1


def test_the_desk_takes_the_same_queries_for_any_number_of_rows(client, entry, world):
    def statements():
        with CaptureQueriesContext(connection) as queries:
            get(client, entry.board, "review_unit", 2018, entry.submission.pk)
        return len(queries)

    factories.organization(world.alpha.unit)
    follow_registers(by=Actor(name="x"))
    statements()
    before = statements()
    for _ in range(15):
        factories.organization(world.alpha.unit)
        factories.organization(world.province)
    follow_registers(by=Actor(name="x"))
    assert statements() == before


def test_the_board_returns_rows_accepted_before_the_unit_began(client, world):
    entry = opened(world)
    save_rating(by=Actor(name="máy"), line=entry.line, version=0, changes={"decided": "HTTNV"})
    submissions.return_lines(
        by=Actor.of(entry.board),
        submission=entry.submission,
        organizations={entry.line.pk: ""},
        reason="Đơn vị tự sửa",
    )
    entry.line.refresh_from_db()
    saved = save_rating(
        by=Actor.of(entry.officer),
        line=entry.line,
        version=entry.line.version,
        changes={"decided": "HTNV"},
    )
    assert saved.decided.code == "HTNV"
