"""The Board's list of why somebody is not rated: changed, ordered, switched off, undone, offered."""

import pytest

from accounts.actors import Actor
from accounts.models import Role
from assessments.registers.undoing.models import ActDone
from assessments.review.rulebook.reason_actions import move_reason, save_reason
from assessments.rules.models.reasons import UnratedReason
from assessments.rules.reasons import reasons_of
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
from tests.assessments.registers.confirming import send

BOARD = Actor("Ban Tổ chức")
NEW = {"text": "Chờ kết luận kiểm tra", "for_members": "on", "for_organizations": "on", "is_offered": "on"}


@pytest.fixture
def board(world, client_as):
    return client_as(Role.BOARD, world.province)


def texts(subject="member", year=2025):
    return list(reasons_of(year, subject).offered)


def test_what_is_there_after_migrate(db):
    assert texts() == [
        "Mới kết nạp dưới 6 tháng",
        "Bị đình chỉ sinh hoạt đảng",
        "Chờ quyết định của cấp ủy có thẩm quyền",
    ]
    assert texts("organization") == ["Tổ chức đảng mới thành lập", "Chờ quyết định của cấp ủy có thẩm quyền"]
    words = " ".join(UnratedReason.objects.values_list("text", flat=True)).lower()
    assert not any(rated in words for rated in ("ốm", "thai sản", "tạm thời", "vắng"))
    assert (reasons_of(2025, "member").recent, reasons_of(2024, "member").recent) == (texts()[0], "")
    assert reasons_of(2025, "organization").recent == ""


@pytest.mark.parametrize("role", [Role.BOARD, Role.OFFICER, Role.CLERK, Role.VIEWER])
def test_all_read_the_list_and_the_board_edits_it(role, world, client_as):
    client = client_as(role, world.province)
    page = client.get("/rules/reasons/").content.decode()
    assert "Mới kết nạp dưới 6 tháng" in page and "QĐ 366-QĐ/TW, 30/8/2025 của Bộ Chính trị" in page
    assert ("Thêm lý do" in page) == (role == Role.BOARD)
    first = UnratedReason.objects.first()
    expected = 200 if role == Role.BOARD else 403
    assert client.get("/rules/reasons/add/").status_code == expected
    assert client.get(f"/rules/reasons/{first.pk}/").status_code == expected
    assert client.post(f"/rules/reasons/{first.pk}/move/").status_code == (302 if role == Role.BOARD else 403)


def test_a_reason_is_added_offered_and_taken_back(board):
    send(board, "/rules/reasons/add/", NEW, follow=True)
    assert texts()[-1] == texts("organization")[-1] == NEW["text"]
    done = ActDone.objects.get(code="rules.add")
    board.post(f"/rules/acts/{done.pk}/undo/")
    assert NEW["text"] not in texts()
    assert {"rules.add", "rules.undo"} <= set(AuditEntry.objects.values_list("action", flat=True))


def test_one_that_is_switched_off_is_no_longer_offered_and_rows_keep_it(board):
    reason = UnratedReason.objects.get(text="Bị đình chỉ sinh hoạt đảng")
    typed = {"text": reason.text, "for_members": "on"}
    page = send(board, f"/rules/reasons/{reason.pk}/", typed, follow=True).content.decode()
    assert reason.text not in texts() and reason.text in page
    assert "ngừng dùng" in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": "mới kết nạp  dưới 6 tháng"}, "text"),
        ({"text": ""}, "text"),
        ({"text": "x" * 121}, "text"),
        ({"for_members": "", "for_organizations": ""}, "for_organizations"),
        ({"known": "recent"}, "known"),
        ({"first_year": "20"}, "first_year"),
    ],
)
def test_what_cannot_be_stands_beside_its_field_and_stores_nothing(board, typed, field):
    before = UnratedReason.objects.count()
    form = send(board, "/rules/reasons/add/", NEW | typed).context["form"]
    assert list(form.errors) == [field]
    assert UnratedReason.objects.count() == before


def test_only_members_are_admitted_recently(db):
    UnratedReason.objects.update(known="")
    found = UnratedReason(text="Khác", for_organizations=True, known="recent")
    with pytest.raises(Refusal) as caught:
        save_reason(found, by=BOARD)
    assert caught.value.field == "known"


def test_the_order_is_the_boards(db):
    last = UnratedReason.objects.last()
    move_reason(last, by=BOARD, up=True)
    assert texts("organization")[0] == last.text
    entries = AuditEntry.objects.filter(action="rules.change").count()
    move_reason(UnratedReason.objects.first(), by=BOARD, up=True)
    assert AuditEntry.objects.filter(action="rules.change").count() == entries


def test_from_its_year_on(db):
    UnratedReason.objects.filter(text="Bị đình chỉ sinh hoạt đảng").update(first_year=2026)
    assert "Bị đình chỉ sinh hoạt đảng" not in texts(year=2025)
    assert "Bị đình chỉ sinh hoạt đảng" in texts(year=2026)
