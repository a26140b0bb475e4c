"""The first screen of an officer or clerk: tasks, returned rows, days, notices."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.review.deadlines import actions as deadlines
from assessments.review.submitting import actions as submissions
from assessments.review.years.actions import close_year
from assessments.roster.following import follow_registers
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.deadlines import Stage
from tests import factories
from tests.assessments.year import opened


@pytest.fixture
def entry(world):
    return opened(world)


def rate(entry, line, **changes):
    line.refresh_from_db()
    save_rating(
        by=Actor.of(entry.officer),
        line=line,
        version=line.version,
        changes={"decided": "HTNV"} | changes,
    )


def rate_all(entry):
    for line in (entry.line, *entry.cells, *entry.members):
        rate(entry, line)


def submit(entry):
    submissions.submit(by=Actor.of(entry.officer), submission=entry.submission)


def page(client, user):
    client.force_login(user)
    return client.get(reverse("assessments:work_year", args=[2018]))


def tasks(client, user) -> list[tuple[str, str]]:
    return [(task.title, task.url) for task in page(client, user).context["tasks"]]


def test_blank_rows_are_counted_and_lead_to_the_filtered_list(client, entry):
    assert tasks(client, entry.officer) == [
        ("Xếp loại 1 dòng còn trống, hoặc ghi lý do", "/ratings/2018/grassroots/?filter=blank"),
        ("Xếp loại 2 dòng còn trống, hoặc ghi lý do", "/ratings/2018/affiliated/?filter=blank"),
        ("Xếp loại 3 dòng còn trống, hoặc ghi lý do", "/ratings/2018/members/?filter=blank"),
    ]


def test_a_clerk_has_the_rows_below_the_own_organization_and_the_day_of_drafts(client, entry):
    by, year = Actor.of(entry.board), entry.submission.year
    deadlines.set_deadline(by=by, year=year, stage=Stage.DRAFT, due_on=date(2019, 1, 15))
    answer = page(client, entry.clerk)
    assert answer.context["desk"].due.stage == Stage.DRAFT
    assert "15/01/2019" in answer.content.decode()
    rate_all(entry)
    assert tasks(client, entry.clerk) == []
    assert not page(client, entry.clerk).context["can_submit"]


def test_rows_that_need_a_reason_are_the_officers_to_explain(client, entry):
    rate_all(entry)
    rate(entry, entry.line, self_rated="KHTNV")
    rate(entry, entry.members[0], self_rated="KHTNV")
    urls = ["/ratings/2018/grassroots/?filter=owed", "/ratings/2018/members/?filter=owed"]
    assert [url for _title, url in tasks(client, entry.officer)] == urls
    assert tasks(client, entry.clerk) == []


def test_returned_rows_come_first_each_with_its_reason(client, entry):
    rate_all(entry)
    submit(entry)
    submissions.return_lines(
        by=Actor.of(entry.board),
        submission=entry.submission,
        organizations={entry.cells[0].pk: "Thiếu căn cứ"},
        members={entry.members[0].pk: "Sai mức"},
    )
    answer = page(client, entry.officer)
    assert [(row.name, row.reason) for row in answer.context["returned"]] == [
        ("Chi bộ Alpha 1", "Thiếu căn cứ"),
        ("Y Alpha 1", "Sai mức"),
    ]
    assert tasks(client, entry.officer) == [
        ("Sửa 1 dòng bị trả lại", "/ratings/2018/affiliated/?filter=returned"),
        ("Sửa 1 dòng bị trả lại", "/ratings/2018/members/?filter=returned"),
    ]
    assert [notice.words for notice in answer.context["notices"]][0] == (
        "2 dòng của Huyện ủy Alpha bị trả lại, năm 2018"
    )


def test_a_mended_row_waits_to_be_sent_again_and_is_no_longer_to_answer(client, entry):
    rate_all(entry)
    submit(entry)
    by = Actor.of(entry.board)
    lines = {line.pk: "Thiếu căn cứ" for line in entry.cells}
    submissions.return_lines(by=by, submission=entry.submission, organizations=lines)
    rate(entry, entry.cells[0], note="Đã có căn cứ")
    answer = page(client, entry.officer)
    assert [row.name for row in answer.context["returned"]] == ["Chi bộ Alpha 2"]
    assert tasks(client, entry.officer) == [
        ("Sửa 1 dòng bị trả lại", "/ratings/2018/affiliated/?filter=returned")
    ]
    for name, code in (("mended", "A.X01.1"), ("returned", "A.X01.2")):
        listed = client.get(f"/ratings/2018/affiliated/?filter={name}")
        assert [row.code for row in listed.context["page"]] == [code], name
        assert {part.name: part.count for part in listed.context["parts"]}[name] == 1
    assert "đã sửa, chờ gửi lại" in client.get("/ratings/2018/affiliated/?filter=mended").content.decode()
    rate(entry, entry.cells[1], note="Đã có căn cứ")
    assert "2 dòng đã sửa, chờ gửi lại" in page(client, entry.officer).content.decode()
    submissions.return_lines(by=by, submission=entry.submission, organizations=lines)
    assert page(client, entry.officer).context["returned_count"] == 2


def test_nothing_is_to_do_while_the_board_holds_it_or_the_year_is_closed(client, entry):
    rate_all(entry)
    submit(entry)
    assert tasks(client, entry.officer) == []
    assert "Ban đang giữ" in page(client, entry.officer).content.decode()
    submissions.accept(by=Actor.of(entry.board), submission=entry.submission)
    assert "Năm 2018 đã được duyệt" in page(client, entry.officer).content.decode()
    close_year(2018, by=Actor(name="x"), reason="thử")
    assert tasks(client, entry.officer) == []


def test_of_many_returned_rows_the_first_are_shown(client, entry, monkeypatch):
    monkeypatch.setattr("assessments.review.work_page.views.MOST_RETURNED", 2)
    OrganizationLine.objects.filter(unit=entry.line.unit).update(return_reason="x")
    MemberLine.objects.filter(unit=entry.line.unit).update(return_reason="x")
    context = page(client, entry.officer).context
    assert (len(context["returned"]), context["returned_count"]) == (2, 6)


def test_an_officer_of_another_unit_sees_nothing_of_it(client, entry):
    OrganizationLine.objects.filter(unit=entry.line.unit).update(return_reason="Lý do của Alpha")
    assert "Alpha" not in page(client, entry.stranger).content.decode()


def test_the_page_takes_the_same_queries_for_few_rows_and_for_many(client, entry, world):
    def statements():
        with CaptureQueriesContext(connection) as queries:
            page(client, entry.officer)
        return len(queries)

    rate(entry, entry.members[0], self_rated="KHTNV")
    OrganizationLine.objects.filter(pk=entry.line.pk).update(return_reason="x")
    MemberLine.objects.filter(pk=entry.members[1].pk).update(return_reason="x")
    statements()
    before = statements()
    for _ in range(10):
        commune = factories.organization(world.alpha.unit)
        factories.member(factories.cell(commune))
    follow_registers(by=Actor(name="x"))
    OrganizationLine.objects.filter(unit=world.alpha.unit).update(return_reason="x")
    MemberLine.objects.filter(unit=world.alpha.unit).update(return_reason="x")
    assert statements() <= before
