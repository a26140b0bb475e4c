"""A load that touches a list which the Board holds: told before, waiting when an officer's, confirmed
when the Board's; undone, nothing waits."""

import pytest
from django.urls import reverse

from accounts.actors import Actor
from assessments.review.submitting.change_actions import confirm_changes
from assessments.roster.models.list_changes import ListChange
from assessments.rules.models.years import Submission
from members.models import Member
from tests.assessments.accepted import accepted, waiting
from tests.assessments.loads import Loader
from tests.assessments.workbooks.batches.test_upload import confirm, shown, upload, workbook
from tests.pages import text_of

HEADINGS = ("Mã đảng viên", "Họ và tên", "Ngày kết nạp", "Mã chi bộ")
ASKED = "Năm 2018 của Huyện ủy Alpha đã được duyệt: Ban Tổ chức phải xác nhận lại."


@pytest.fixture
def entry(world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return accepted(world)


def moved(cell="A.X01.2", name="Y Alpha 1"):
    return workbook(("A1", name, "1/1/2010", cell), headings=HEADINGS)


def plan(client, user, file) -> tuple:
    answer = upload(client, user, file)
    return answer, text_of(client.get(answer.url))


def test_an_officers_load_tells_before_that_the_board_is_asked_again_and_waits(client, entry):
    answer, page = plan(client, entry.officer, moved())
    assert ASKED in page
    assert not ListChange.objects.exists()
    confirm(client, answer, shown(client, answer)["first"].plan_hash)
    (row,) = waiting(entry)
    confirm_changes(by=Actor.of(entry.board), submission=entry.submission)
    undoing = reverse("assessments:upload_undo", args=[answer.url.split("/")[-2]])
    assert ASKED in text_of(client.get(undoing)) and not waiting(entry)
    ListChange.objects.update(state="waiting")
    assert (row.code, row.action, row.by) == ("A1", "member.load", entry.officer)
    assert ASKED not in text_of(client.get(answer.url))
    client.post(undoing)
    assert Member.objects.get(code="A1").cell.code == "A.X01.1"
    assert not waiting(entry)


def test_what_touches_no_list_of_the_board_asks_nothing(client, entry):
    assert ASKED not in plan(client, entry.officer, moved("A.X01.1", "Y Khác Hẳn"))[1]
    Submission.objects.update(state="returned")
    assert ASKED not in plan(client, entry.officer, moved())[1]


def test_a_load_of_the_board_counts_as_confirmed(client, entry, tmp_path):
    """On the page and on the command line."""
    answer, page = plan(client, entry.board, moved())
    assert ASKED not in page
    confirm(client, answer, shown(client, answer)["first"].plan_hash)
    Loader(tmp_path)({"dv": [HEADINGS, ("A2", "Y Alpha 2", "1/1/2010", "A.X01.2")]}, by=Actor(name="lệnh"))
    assert not waiting(entry)
    assert set(ListChange.objects.values_list("code", "state")) == {("A1", "confirmed"), ("A2", "confirmed")}
