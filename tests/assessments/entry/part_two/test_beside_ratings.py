"""Counts where a unit's ratings are read, submitted and reviewed: who lacks, what contradicts."""

import pytest
from django.urls import reverse

from accounts.actors import Actor
from assessments.entry.part_two.contrary import unexplained
from assessments.review.desk.unit import UnitReview
from assessments.review.submitting.actions import return_lines
from assessments.roster.counts.given import YearCounts
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.years import RatingYear, Submission, SubmissionState
from tests.assessments.year import organization_line
from tests.pages import flat

MONTHLY, ATTENDED = "cells_meeting_monthly", "cells_attended"
WORDS = "Chi bộ được dự sinh hoạt: 3, lớn hơn 2 (chi bộ)."


@pytest.fixture
def contrary(give):
    """In alpha one without a reason, in beta one with."""
    give("A.X01", **{ATTENDED: 3})
    give("B.X01", reason="một chi bộ được dự hai lần", **{ATTENDED: 3})


def test_only_what_nobody_explained_is_told(year, contrary):
    found = unexplained(
        YearCounts(RatingYear.objects.get(pk=2018), OrganizationLine.objects.filter(year=2018))
    )
    assert found == {year.bodies["A.X01"].pk: (WORDS,)}


@pytest.mark.parametrize(("count", "is_told"), [(2, False), (3, True)])
def test_on_both_sides_of_what_a_check_allows(give, board, count, is_told):
    give("A.X01", **{ATTENDED: count})
    assert ("lớn hơn 2 (chi bộ)" in flat(board.get("/counts/2018/missing/?show=contrary"))) == is_told


def test_the_units_page_tells_who_gave_the_shares_and_what_contradicts(board, officer, give, contrary):
    give("A.X01", **{MONTHLY: 1})
    for client in (board, officer):
        text = flat(client.get("/years/2018/units/A/"))
        assert "50,00%" in text and "1/2" in text and "báo 1/2" in text
        assert "1 tổ chức có số liệu mâu thuẫn chưa ghi lý do" in text
        assert "/counts/2018/missing/?unit=A&amp;show=contrary" in text
    assert "mâu thuẫn chưa ghi lý do" not in flat(board.get("/years/2018/units/B/"))


def test_completeness_leads_to_who_is_counted(board, contrary):
    page = board.get("/review/2018/completeness/").content.decode()
    assert 'href="/counts/2018/missing/?unit=A"' in page
    assert 'href="/counts/2018/missing/?unit=A&amp;show=contrary"' in page


def submitted(year) -> Submission:
    row = Submission.objects.get(year=2018, unit=year.world.alpha.unit)
    row.state, row.submitted_at = SubmissionState.SUBMITTED, "2019-01-10T00:00Z"
    row.save()
    return row


def test_the_board_sees_them_among_the_exceptions_and_returns_the_row(board, year, contrary):
    row = submitted(year)
    address = reverse("assessments:review_unit", args=[2018, row.pk])
    page = board.get(address, {"tab": "exceptions"})
    part = next(section for section in page.context["sections"] if section.part.title == "Số liệu mâu thuẫn")
    assert [found.contrary for found in part.rows] == [(WORDS,)] and "1 số liệu" in flat(page)
    line = organization_line(year.bodies["A.X01"])
    assert part.part.keys == [line.key]
    return_lines(
        by=Actor.of(year.board),
        submission=row,
        organizations={line.pk: "xem lại số chi bộ được dự"},
        members={},
        reason="",
    )
    line.refresh_from_db()
    assert line.return_reason == "xem lại số chi bộ được dự"


def test_a_unit_without_any_has_no_such_part(board, year, give):
    give("A.X01", **{ATTENDED: 2})
    row = submitted(year)
    assert UnitReview(RatingYear.objects.get(pk=2018), row).contrary == {}
    assert "Số liệu mâu thuẫn" not in flat(board.get(reverse("assessments:review_unit", args=[2018, row.pk])))


def test_whoever_submits_is_told_and_not_held_up(officer, year, contrary):
    text = flat(officer.get(reverse("assessments:submit", args=[2018])))
    assert "Số liệu của 1 tổ chức có mâu thuẫn chưa ghi lý do" in text
    assert "?show=contrary" in text and "Beta" not in text
