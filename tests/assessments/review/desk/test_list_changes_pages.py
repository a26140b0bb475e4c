"""What changed in a list that the Board holds, as the pages show it and answer it."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.actors import Actor
from assessments.registers.door import Doing
from assessments.registers.undoing.done_actions import undo
from assessments.registers.undoing.models import ActDone
from assessments.registers.undoing.registers import BY_ACTS
from assessments.reports import declared
from assessments.review.notices import told as notices
from assessments.review.submitting import actions as submissions
from assessments.review.submitting.list_changes import by_act, told
from assessments.roster.models.list_changes import ListChange
from assessments.rules.models.years import RatingYear, Submission
from members.actions import heads, members
from orgs.actions import reorganize
from tests import factories
from tests.assessments.accepted import accepted, act, transfer, waiting
from tests.assessments.office_files import values
from tests.assessments.registers.undoing.doing import Doer
from tests.pages import text_of
from tests.queries import queries

STATE = "Đã duyệt, 3 thay đổi danh sách sau khi duyệt"


@pytest.fixture
def entry(world):
    return accepted(world)


@pytest.fixture
def changed(entry):
    """Three changes by the officer: a member moved, another left, a village's head ended."""
    alpha = entry.world.alpha
    transfer(entry, alpha.members[0], alpha.cells[1])
    act(entry, members.leave, member=alpha.members[1], on=date(2018, 6, 1), leaving_reason="died")
    act(entry, heads.end_term, head=alpha.head, on=date(2018, 6, 30))
    return entry


def url(entry, name="review_unit") -> str:
    return reverse(f"assessments:{name}", args=[2018, entry.submission.pk])


def read(client, user, address) -> str:
    client.force_login(user)
    return text_of(client.get(address))


def post(client, entry, name, user=None, **data):
    client.force_login(user or entry.board)
    return client.post(url(entry, name), data, follow=True)


def test_the_state_is_said_wherever_it_stands(client, changed):
    """Desk, overview, unit page, calls, work page, reports, notices, closing; to the Board and the unit."""
    places = {
        "review_year": [2018],
        "review_unit": [2018, changed.submission.pk],
        "unit": [2018, "A"],
        "review_calls": [2018],
    }
    for name, args in places.items():
        text = read(client, changed.board, reverse(f"assessments:{name}", args=args))
        assert "3 thay đổi danh sách sau khi duyệt" in text, name
    assert STATE in read(client, changed.board, reverse("assessments:review_year", args=[2018]))
    book = client.get(reverse("assessments:review_calls", args=[2018]) + "?export=xlsx")
    assert "3 thay đổi danh sách sau khi duyệt" in values(book.content).values()
    overview = read(client, changed.board, reverse("assessments:province", args=[2018]))
    assert "Huyện ủy Alpha: 3 thay đổi danh sách sau khi duyệt" in overview
    assert "1 có thay đổi danh sách chờ xác nhận" in overview
    assert "thay đổi danh sách chưa xác nhận" in read(
        client, changed.board, reverse("assessments:year_close", args=[2018])
    )
    for name, args in (("work_year", [2018]), ("unit", [2018, "A"])):
        assert "3 thay đổi danh sách sau khi duyệt" in read(
            client, changed.officer, reverse(f"assessments:{name}", args=args)
        ), name
    assert {notice.words for notice in notices.told(notices.unread(changed.board), changed.board)} >= {
        "Huyện ủy Alpha, năm 2018: 1 thay đổi danh sách chờ Ban xác nhận"
    }
    confirmed = post(client, changed, "review_confirm", all="on", seen=waiting(changed)[-1].pk)
    assert "3 thay đổi danh sách sau khi duyệt" not in text_of(confirmed)
    assert {notice.words for notice in notices.told(notices.unread(changed.officer), changed.officer)} >= {
        "Huyện ủy Alpha, năm 2018: Ban đã xác nhận 3 thay đổi danh sách"
    }


@pytest.mark.once
def test_a_submitted_unit_says_since_when_it_was_sent(client, entry):
    Submission.objects.filter(pk=entry.submission.pk).update(state="submitted")
    transfer(entry, entry.world.alpha.members[0], entry.world.alpha.cells[1])
    text = read(client, entry.board, url(entry) + "?tab=exceptions")
    assert "Chờ duyệt, 1 thay đổi danh sách sau khi gửi" in text
    assert "Duyệt là xác nhận luôn 1 thay đổi danh sách từ khi gửi." in text
    transfer(entry, entry.world.alpha.members[1], entry.world.alpha.cells[1])
    post(client, entry, "review_accept", seen=waiting(entry)[0].pk)
    assert [row.code for row in waiting(entry)] == ["A2"]
    post(client, entry, "review_confirm", one=waiting(entry)[0].pk)
    assert not waiting(entry)


def test_the_page_tells_what_happened_old_and_new_by_whom_and_by_which_act(client, changed):
    text = read(client, changed.board, url(changed))
    for words in (
        "Chi bộ: Chi bộ Alpha 1 → Chi bộ Alpha 2",
        "Ra khỏi danh sách: Chi bộ Alpha 1 → –",
        "Từ trần",
        "Thôn trưởng: A Alpha Trưởng → –",
        "Y Alpha 1",
        changed.officer.full_name,
        "chuyển",
        "Số liệu của Huyện ủy Alpha",
        "Xác nhận cả 3 thay đổi",
    ):
        assert words.lower() in text.lower(), words


def test_figures_stand_before_and_after(client, changed):
    client.force_login(changed.board)
    effect = client.get(url(changed)).context["effect"]
    told_of = {one.after.code: one for one in effect.unit}
    assert told_of["members_well"].before.denominator == 4
    assert told_of["members_well"].after.denominator == 3
    assert told_of["village_heads_members"].before.denominator == 1
    assert told_of["village_heads_members"].after.denominator == 0
    province = {one.after.code: one for one in effect.province}
    assert province["members_well"].before.denominator - province["members_well"].after.denominator == 1


@pytest.mark.once
def test_what_came_since_the_page_was_shown_is_not_confirmed_by_it(client, changed):
    """Chosen ones that changed meanwhile are said to be; all means those shown."""
    shown = waiting(changed)
    act(changed, members.exempt, member=changed.world.alpha.members[0], is_exempt=True, on=date(2018, 6, 1))
    answer = post(client, changed, "review_confirm", change=[row.pk for row in shown[:2]])
    assert "1 thay đổi trong lúc đó đã khác đi" in text_of(answer)
    post(client, changed, "review_confirm", all="on", seen=shown[-1].pk)
    assert [row.code for row in waiting(changed)] == ["A1"]
    nothing = post(client, changed, "review_confirm", all="on", seen=shown[-1].pk)
    assert "không còn chờ nữa" in text_of(nothing)
    assert "Hãy chọn ít nhất một thay đổi." in text_of(post(client, changed, "review_confirm"))


@pytest.mark.once
def test_the_unit_is_returned_with_a_reason_that_it_reads(client, changed):
    row = waiting(changed)[0]
    refused = post(client, changed, "review_return_changes", change=row.pk, reason=" ")
    assert "Hãy ghi lý do trả lại" in text_of(refused) and waiting(changed)
    assert f'value="{row.pk}"' in refused.content.decode() and "checked" in refused.content.decode()
    post(client, changed, "review_return_changes", change=row.pk, reason="Sai chi bộ của đảng viên")
    assert Submission.objects.get(pk=changed.submission.pk).state == "returned"
    work = read(client, changed.officer, reverse("assessments:work_year", args=[2018]))
    assert "Sai chi bộ của đảng viên" in work and "thay đổi danh sách sau" not in work
    assert {notice.words for notice in notices.told(notices.unread(changed.officer), changed.officer)} >= {
        "Huyện ủy Alpha, năm 2018: trả lại vì 1 thay đổi danh sách"
    }
    submissions.submit(by=Actor.of(changed.officer), submission=changed.submission)
    again = read(client, changed.board, url(changed) + "?tab=list")
    assert "Đi cùng lần gửi của đơn vị" in again and "“Sai chi bộ của đảng viên”" in again
    assert "Duyệt năm của đơn vị" in read(client, changed.board, url(changed)) or "Duyệt 1 dòng" in read(
        client, changed.board, url(changed)
    )
    client.force_login(changed.board)
    desk = client.get(url(changed)).context
    (row,) = [row for row in desk["units"] if row.submission == changed.submission]
    assert row.exceptions == desk["unit"].exception_count + 2
    seen = desk["changes"].newest
    post(client, changed, "review_accept", seen=seen)
    assert Submission.objects.get(pk=changed.submission.pk).state == "accepted"
    assert not ListChange.objects.unseen().exists()


def test_a_year_returned_for_what_has_no_row_can_be_accepted_again(client, entry):
    """Every row is accepted already: the button is there all the same."""
    act(entry, heads.end_term, head=entry.world.alpha.head, on=date(2018, 6, 30))
    post(client, entry, "review_return_changes", reason="Ai thay?", seen=waiting(entry)[0].pk)
    submissions.submit(by=Actor.of(entry.officer), submission=entry.submission)
    page = post(client, entry, "review_accept", seen=waiting(entry)[-1].pk if waiting(entry) else 0)
    assert page.status_code == 200
    assert Submission.objects.get(pk=entry.submission.pk).state == "accepted"


def test_who_may_not_answers_nothing_and_sees_only_what_is_theirs(client, changed):
    """The officer of the unit reads what waits and answers nothing; others see no number of it."""
    for user in (changed.officer, changed.clerk, changed.viewer, changed.stranger):
        for name in ("review_confirm", "review_return_changes"):
            client.force_login(user)
            assert client.post(url(changed, name), {"all": "on", "reason": "x"}).status_code == 403
    assert len(waiting(changed)) == 3
    work = read(client, changed.officer, reverse("assessments:work_year", args=[2018]))
    assert "Y Alpha 1" in work and "Chi bộ Alpha 1 → Chi bộ Alpha 2" in work
    clerk = read(client, changed.clerk, reverse("assessments:work_year", args=[2018]))
    assert "thay đổi danh sách" not in clerk and "A Alpha Trưởng" not in clerk
    viewer = read(client, changed.viewer, reverse("assessments:unit", args=[2018, "A"]))
    assert "3 thay đổi danh sách sau khi duyệt" in viewer and "Alpha 1" not in viewer
    stranger = read(client, changed.stranger, reverse("assessments:work_year", args=[2018]))
    assert "thay đổi danh sách" not in stranger
    assert not ListChange.objects.visible_to(changed.stranger).exists()
    assert not ListChange.objects.visible_to(changed.clerk).exists()


def test_an_officer_reads_nothing_of_another_unit(entry):
    """A member whom the Board's officer gave to beta: alpha reads that they went, not where to."""
    alpha, beta = entry.world.alpha, entry.world.beta
    move = {"member": alpha.members[0], "cell": beta.cells[0], "on": date(2018, 5, 1)}
    act(entry, members.transfer, entry.officer, **move)
    rows = ListChange.objects.filter(submission=entry.submission, code="A1").select_related("submission")
    (for_officer,), (for_board,) = told(rows, entry.officer), told(rows, entry.board)
    assert (for_officer.name, for_officer.url) == ("", "")
    assert [(one.before, one.after) for one in for_officer.differences] == [("Chi bộ Alpha 1", "–")]
    assert [(one.before, one.after) for one in for_board.differences] == [("Chi bộ Alpha 1", "Huyện ủy Beta")]


@pytest.mark.once
def test_without_names_no_change_of_a_member_is_shown_or_counted(client, changed, settings):
    settings.STORE_NAMES = False
    text = read(client, changed.board, url(changed) + "?tab=list")
    assert "1 thay đổi danh sách sau khi duyệt" in text
    assert "Y Alpha" not in text and "A1" not in text and "A Alpha Trưởng" not in text
    post(client, changed, "review_confirm", all="on", seen=waiting(changed)[-1].pk)
    assert not waiting(changed)


@pytest.mark.once
def test_the_statements_of_a_page_do_not_grow_with_the_changes(client, entry):
    """Of the desk, a unit's page, the work page, the calls, the overview: one change or a dissolved
    commune's, one changed unit or all."""
    alpha = entry.world.alpha
    pages = [
        (entry.board, reverse("assessments:review_year", args=[2018])),
        (entry.board, url(entry) + "?tab=list"),
        (entry.board, reverse("assessments:review_calls", args=[2018])),
        (entry.board, reverse("assessments:province", args=[2018])),
        (entry.officer, reverse("assessments:work_year", args=[2018])),
    ]

    def counted() -> list[int]:
        found = []
        for user, page in pages:
            client.force_login(user)
            client.get(page)
            found.append(queries(client, page))
        return found

    transfer(entry, alpha.members[0], alpha.cells[1])
    act(entry, heads.end_term, head=alpha.head, on=date(2018, 6, 30))
    act(entry, reorganize.move, organization=entry.third, parent=entry.world.alpha.unit, on=date(2018, 6, 1))
    before = counted()
    for member in alpha.members[1:]:
        transfer(entry, member, alpha.cells[1])
    Submission.objects.filter(unit=entry.world.beta.unit).update(
        state="accepted", since=entry.submission.since, submitted_at=entry.submission.since
    )
    beta = entry.world.beta
    stranger = factories.user("officer", beta.unit)
    for member in beta.members[:2]:
        transfer(entry, member, beta.cells[1], stranger)
    assert counted() == before


@pytest.mark.once
def test_the_form_of_progress_says_whose_list_changed(changed):
    year = RatingYear.objects.get(pk=2018)
    content = declared.BY_SLUG["progress"].build(declared.matter_of(year, year.province, None))
    notes = [str(value) for value in values(content).values()]
    assert any("chờ Ban xác nhận: Huyện ủy Alpha: 3." in note for note in notes)


@pytest.mark.once
def test_an_officer_is_told_before_an_act_that_the_board_is_asked_again(client, entry):
    """By the page of the act, before it is stored; who only corrects a name, or is the Board, is not."""
    member = entry.world.alpha.members[0]
    asked = "Năm 2018 của Huyện ủy Alpha đã được duyệt: Ban Tổ chức phải xác nhận lại."
    address = reverse("registers:member_transfer", args=[member.pk])
    typed = {"cell": "A.X01.2", "on": "1/5/2018"}
    for user, is_told in ((entry.officer, True), (entry.board, False)):
        client.force_login(user)
        page = text_of(client.post(address, typed))
        assert (asked in page) is is_told, user.role
    assert not ListChange.objects.exists()
    client.force_login(entry.officer)
    name = {"code": "A1", "full_name": "Y Khác", "cell": "A.X01.1", "admitted_on": "1/1/2010"}
    page = client.post(reverse("registers:member_correct", args=[member.pk]), name)
    assert asked not in text_of(page)


def test_an_officer_is_told_before_an_act_is_undone_too(client, entry):
    """What the Board has confirmed and the officer takes back waits again; nothing stays of looking."""
    member = entry.world.alpha.members[0]
    move = {"member": member, "cell": entry.world.alpha.cells[1], "on": date(2018, 5, 1)}
    act(entry, members.transfer, doing=Doing("member.transfer", member), **move)
    post(client, entry, "review_confirm", all="on", seen=waiting(entry)[-1].pk)
    client.force_login(entry.officer)
    page = client.get(reverse("registers:undo", args=[ActDone.objects.get().pk]))
    assert "đã được duyệt: Ban Tổ chức phải xác nhận lại." in text_of(page)
    assert not waiting(entry) and ActDone.objects.get().taken_back_at is None
    client.post(reverse("registers:undo", args=[ActDone.objects.get().pk]))
    assert [row.code for row in waiting(entry)] == ["A1"]


def test_what_is_taken_back_is_told_as_one_act(client, entry):
    doer = Doer(entry.world, Actor.of(entry.officer))
    merged = doer.merge(*entry.world.alpha.cells)
    newest = waiting(entry)[-1].pk
    post(client, entry, "review_confirm", all="on", seen=newest)
    assert waiting(entry) == []
    undo(merged, by=doer.actor, told="organization.undo", tables=BY_ACTS)
    rows = told(waiting(entry), entry.board)
    (taken_back,) = by_act(rows)
    assert len(taken_back.rows) == len(rows) > 3
    assert {(row.change.batch, row.change.action) for row in rows} == {(merged.batch, "organization.undo")}
