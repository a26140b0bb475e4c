"""The last day of each stage, of all units and of one: rules, action, pages."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from assessments.review.deadlines import actions
from assessments.review.years.actions import close_year
from assessments.rules import deadlines
from assessments.rules.models.deadlines import Deadline, Stage
from assessments.rules.models.years import RatingYear, Submission, SubmissionState
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
from tests.assessments.year import opened


@pytest.fixture
def entry(world):
    return opened(world)


@pytest.fixture
def year(entry):
    return RatingYear.objects.get(pk=2018)


def set_day(entry, stage, day):
    actions.set_deadline(
        by=Actor.of(entry.board), year=RatingYear.objects.get(pk=2018), stage=stage, due_on=day
    )


def extend(entry, day, reason="Cán bộ mới", stage=Stage.SUBMISSION):
    actions.extend_deadline(
        by=Actor.of(entry.board), submission=entry.submission, stage=stage, due_on=day, reason=reason
    )


def stored() -> list[tuple]:
    rows = Deadline.objects.order_by("pk")
    return list(rows.values_list("stage", "unit__code", "due_on", "reason"))


def due(entry, state, **how):
    entry.submission.state = state
    return deadlines.of_year(entry.submission.year).now(entry.submission, **how)


@pytest.mark.parametrize(
    ("state", "stage"),
    [
        ("not_begun", "submission"),
        ("in_progress", "submission"),
        ("submitted", "review"),
        ("returned", "answer"),
    ],
)
def test_the_stage_follows_from_the_state(entry, state, stage):
    assert due(entry, state).stage == stage
    assert due(entry, state).on is None and due(entry, state).days_late == 0


def test_a_clerk_keeps_the_day_of_the_drafts_until_the_unit_submits(entry):
    assert due(entry, "in_progress", is_draft=True).stage == Stage.DRAFT
    assert due(entry, "returned", is_draft=True).stage == Stage.ANSWER


def test_nothing_is_due_once_accepted(entry):
    assert due(entry, SubmissionState.ACCEPTED) is None


@pytest.mark.parametrize(("days", "left", "late"), [(3, 3, 0), (0, 0, 0), (-2, -2, 2)])
def test_days_left_and_late(entry, days, left, late):
    set_day(entry, Stage.SUBMISSION, timezone.localdate() + timedelta(days))
    found = due(entry, "in_progress")
    assert (found.days_left, found.days_late) == (left, late)


def test_a_units_own_day_goes_before_the_day_of_all(entry, world):
    set_day(entry, Stage.SUBMISSION, date(2019, 1, 31))
    extend(entry, date(2019, 2, 10))
    dues = deadlines.of_year(entry.submission.year)
    own = dues.of(Stage.SUBMISSION, world.alpha.unit.pk)
    assert (own.on, own.is_own, own.reason) == (date(2019, 2, 10), True, "Cán bộ mới")
    assert dues.of(Stage.SUBMISSION, world.beta.unit.pk).on == date(2019, 1, 31)


def test_days_are_stored_changed_taken_back_and_in_the_trail(entry):
    set_day(entry, Stage.DRAFT, date(2019, 1, 15))
    set_day(entry, Stage.DRAFT, date(2019, 1, 20))
    set_day(entry, Stage.DRAFT, date(2019, 1, 20))
    extend(entry, date(2019, 2, 10))
    assert stored() == [
        ("draft", None, date(2019, 1, 20), ""),
        ("submission", "A", date(2019, 2, 10), "Cán bộ mới"),
    ]
    extend(entry, None, reason="")
    set_day(entry, Stage.DRAFT, None)
    set_day(entry, Stage.REVIEW, None)
    assert stored() == []
    trail = AuditEntry.objects.filter(action__in=["year.deadline", "submission.extend"])
    days = [(e.object_code, e.before.get("due_on"), e.after.get("due_on")) for e in trail]
    assert days == [
        ("2018", "2019-01-20", None),
        ("A", "2019-02-10", None),
        ("A", None, "2019-02-10"),
        ("2018", "2019-01-15", "2019-01-20"),
        ("2018", None, "2019-01-15"),
    ]


def test_an_extension_needs_a_reason(entry):
    with pytest.raises(Refusal):
        extend(entry, date(2019, 2, 10), reason="  ")
    assert stored() == []


def test_a_day_before_the_year_is_refused(entry):
    with pytest.raises(Refusal, match="31/12/2017"):
        set_day(entry, Stage.REVIEW, date(2017, 12, 31))


def test_a_closed_year_keeps_its_days(entry):
    set_day(entry, Stage.REVIEW, date(2019, 2, 28))
    close_year(2018, by=Actor(name="x"), reason="thử")
    with pytest.raises(Refusal):
        set_day(entry, Stage.REVIEW, None)
    with pytest.raises(Refusal):
        extend(entry, date(2019, 3, 1))
    assert len(stored()) == 1


def test_several_years_are_read_with_one_query(entry, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = deadlines.of_years([RatingYear(pk=2017), RatingYear(pk=2018)])
    assert found[2017].of(Stage.REVIEW).on is None


def post(client, user, name, *args, **data):
    client.force_login(user)
    return client.post(reverse(f"assessments:{name}", args=args), data)


def page(client, user, name, *args) -> str:
    client.force_login(user)
    return client.get(reverse(f"assessments:{name}", args=args)).content.decode()


def test_the_board_sets_all_stages_on_one_page(client, entry):
    answer = post(
        client,
        entry.board,
        "year_deadlines",
        2018,
        draft="15/01/2019",
        submission="31/01/2019",
        answer="",
        review="28.2.2019",
    )
    assert answer.status_code == 302
    assert [(stage, f"{day:%d/%m}") for stage, _unit, day, _why in stored()] == [
        ("draft", "15/01"),
        ("submission", "31/01"),
        ("review", "28/02"),
    ]
    assert "31/01/2019" in page(client, entry.officer, "work_year", 2018)
    assert "15/01/2019" in page(client, entry.clerk, "work_year", 2018)


@pytest.mark.parametrize("typed", ["30/02/2019", "31/12/2016", "hôm nào đó"])
def test_one_wrong_day_stores_none_and_keeps_what_was_typed(client, entry, typed):
    answer = post(client, entry.board, "year_deadlines", 2018, draft="15/01/2019", review=typed)
    assert list(answer.context["form"].errors) == ["review"]
    assert typed in answer.content.decode() and stored() == []


def test_a_unit_is_given_another_day_and_it_is_taken_back(client, entry):
    pk = entry.submission.pk
    wrong = post(client, entry.board, "review_extend", 2018, pk, stage="submission", due_on="5/2/2019")
    assert list(wrong.context["form"].errors) == ["reason"] and stored() == []
    post(
        client,
        entry.board,
        "review_extend",
        2018,
        pk,
        stage="submission",
        due_on="5/2/2019",
        reason="Mưa lũ",
    )
    assert "Mưa lũ" in page(client, entry.board, "year_deadlines", 2018)
    assert "05/02/2019" in page(client, entry.officer, "work_year", 2018)
    assert "05/02/2019" not in page(client, entry.stranger, "work_year", 2018)
    post(client, entry.board, "review_take_back", 2018, pk, "submission")
    assert stored() == []
    assert post(client, entry.board, "review_take_back", 2018, pk, "never").status_code == 404


def test_a_unit_cannot_extend_its_own_day(client, entry):
    for name in ("review_extend", "year_deadlines"):
        args = [2018] if name == "year_deadlines" else [2018, entry.submission.pk]
        assert post(client, entry.officer, name, *args, due_on="5/2/2019").status_code == 403
    assert stored() == []


def test_the_page_takes_the_same_queries_with_one_and_many_own_days(client, entry):
    def statements():
        with CaptureQueriesContext(connection) as queries:
            page(client, entry.board, "year_deadlines", 2018)
        return len(queries)

    extend(entry, date(2019, 2, 10))
    statements()
    before = statements()
    Deadline.objects.bulk_create(
        Deadline(year_id=2018, stage=stage, unit=row.unit, due_on=date(2019, 3, 1), reason="x")
        for row in Submission.objects.exclude(pk=entry.submission.pk)
        for stage in Stage
    )
    assert statements() == before
