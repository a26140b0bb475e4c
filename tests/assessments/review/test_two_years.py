"""While two years are open every start page shows both; what came back or is overdue in the old one first."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role
from assessments.review.years.actions import close_year, open_year
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.deadlines import Deadline, Stage
from assessments.rules.models.years import Submission
from tests.assessments.rated import ACTOR, rated_year
from tests.assessments.years import rate_all

OLD, NEW = timezone.localdate().year - 1, timezone.localdate().year


@pytest.fixture
def two(world):
    """The last year and this one are open; both of alpha's years are its own to fill."""
    rated_year(world, OLD)
    open_year(NEW, by=ACTOR)
    return world


def _return_a_row(world) -> None:
    line = OrganizationLine.objects.get(year=OLD, organization=world.alpha.commune)
    line.return_reason, line.returned_at = "chưa có lý do", timezone.now()
    line.save()
    Submission.objects.filter(year=OLD, unit=world.alpha.unit).update(
        state="returned", since=timezone.now(), submitted_at=timezone.now(), message="xem lại"
    )
    day = timezone.localdate() - timedelta(days=1)
    Deadline.objects.create(year_id=OLD, stage=Stage.ANSWER, due_on=day)


def _steps(client, address="/ratings/"):
    response = client.get(address)
    assert response.status_code == 200, response
    return [step for step, _first in response.context["steps"]]


def test_an_officers_returned_rows_of_the_old_year_come_first(two, client_as):
    _return_a_row(two)
    client = client_as(Role.OFFICER, two.alpha.unit)
    found = [(step.title, step.is_later) for step in _steps(client)]
    assert found[:3] == [
        (f"Sửa 1 dòng Ban trả lại, năm {OLD}", False),
        (f"Nhập xếp loại năm {OLD}", False),
        (f"Gửi lại năm {OLD}", True),
    ]
    assert (f"Nhập xếp loại năm {NEW}", False) in found[3:]
    response = client.get("/ratings/")
    assert response.context["title"].startswith(f"1 dòng năm {OLD} bị trả lại; năm {NEW} đang mở, còn")
    first = response.context["steps"][0][0]
    assert "xem lại" in first.detail and "quá hạn" in first.detail
    assert client.get(first.url).status_code == 200


def test_the_numbers_are_those_of_the_lists(two, client_as):
    """Of alpha's three organizations and three members one cell and one member are blank."""
    old = next(step for step in _steps(client_as(Role.OFFICER, two.alpha.unit)) if str(OLD) in step.title)
    assert "1 tổ chức trực thuộc" in old.detail and "1 đảng viên" in old.detail
    assert "đã nhập 4/6" in old.detail


def test_a_whole_year_is_offered_to_be_sent_and_a_locked_one_asks_nothing(two, client_as):
    rate_all(Submission.objects.filter(year=OLD).first().year, "HTTNV")
    client = client_as(Role.OFFICER, two.alpha.unit)
    first = _steps(client)[0]
    assert (first.title, first.url) == (f"Gửi năm {OLD}", f"/ratings/{OLD}/submit/")
    Submission.objects.filter(year=OLD).update(state="accepted", submitted_at=timezone.now())
    assert not [step for step in _steps(client) if str(OLD) in step.title]


def test_a_clerk_sees_both_years_and_never_sends_one(two, client_as):
    _return_a_row(two)
    titles = [step.title for step in _steps(client_as(Role.CLERK, two.alpha.commune))]
    assert titles[0] == f"Sửa 1 dòng Ban trả lại, năm {OLD}" and f"Nhập xếp loại năm {NEW}" in titles
    assert not [title for title in titles if title.startswith("Gửi")]


def test_one_open_year_is_opened_itself(world, client_as):
    open_year(NEW, by=ACTOR)
    assert client_as(Role.OFFICER, world.alpha.unit).get("/ratings/").url == f"/ratings/{NEW}/"
    assert client_as(Role.BOARD, world.province).get("/review/").url == f"/review/{NEW}/"


@pytest.mark.parametrize("address", ["/review/", "/overview/"])
def test_the_board_sees_both_years_the_old_one_first(two, client_as, address):
    _return_a_row(two)
    response = client_as(Role.BOARD, two.province).get(address, follow=True)
    old, new = response.context["open_years"]
    assert [(one.year.pk, one.returned, one.begun, one.units) for one in (old, new)] == [
        (OLD, 1, 13, 14),
        (NEW, 0, 14, 14),
    ]
    assert [item.title for item in old.lines][:2] == [
        "Huyện ủy Alpha chưa gửi lại",
        "14 đơn vị quá hạn chưa gửi",
    ]
    assert new.lines == []


def test_the_boards_steps_begin_with_the_old_year_and_end_with_its_closing(two, client_as):
    client = client_as(Role.BOARD, two.province)
    _return_a_row(two)
    found = _steps(client, "/review/")
    assert found[0].title == f"{OLD}: Huyện ủy Alpha chưa gửi lại"
    assert (found[-1].title, found[-1].is_later) == (f"Khoá năm {OLD}", True)
    Submission.objects.filter(year=OLD).update(state="accepted", submitted_at=timezone.now())
    (closing,) = _steps(client, "/review/")
    assert closing.url == f"/years/{OLD}/close/"


def test_the_overview_of_board_and_officer_begins_with_the_year_that_ends(two, client_as):
    for role, place in ((Role.BOARD, two.province), (Role.OFFICER, two.alpha.unit)):
        assert client_as(role, place).get("/overview/").url == f"/years/{OLD}/"
    close_year(OLD, by=ACTOR, reason="thử")
    assert client_as(Role.BOARD, two.province).get("/overview/").url == f"/years/{NEW}/"


def test_viewers_see_no_panel_of_open_years(two, client_as):
    assert client_as(Role.VIEWER, two.province).get(f"/years/{OLD}/").context["open_years"] == []


@pytest.mark.once
@pytest.mark.parametrize(("role", "address"), [(Role.BOARD, "/review/"), (Role.OFFICER, "/ratings/")])
def test_statements_do_not_grow_with_what_is_open(two, client_as, role, address):
    client = client_as(role, two.province if role == Role.BOARD else two.alpha.unit)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    rows = Submission.objects.filter(year=OLD)
    rows.update(state="returned", since=timezone.now(), submitted_at=timezone.now())
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) <= len(few)
