"""Sets of targets and quotas of units on the Board's pages: shown before, kept, taken back."""

import pytest

from accounts.models import Role
from assessments.figures.board import board as figures
from assessments.registers.undoing.models import ActDone
from assessments.review.years.actions import open_year
from assessments.rules.models.target_sets import Quota, TargetSet
from assessments.rules.models.targets import Target
from orgs.models import AuditEntry
from tests.assessments.review.rulebook.test_scheme_pages import send
from tests.pages import text_of

pytestmark = pytest.mark.django_db
SET = {"code": "dh16", "name": "Đại hội XVI", "document_number": "NQ 1", "issuer": "Đại hội"}
ASSIGNED = {"indicator": "village_heads_members", "comparison": ">=", "scope": "quota", "value": ""}


@pytest.fixture
def board(client_as, world):
    return client_as(Role.BOARD, world.province)


@pytest.fixture
def quotas(board, world, actor) -> Target:
    """A target whose value each unit has of its own; 2018 is open."""
    open_year(2018, by=actor)
    send(board, "/rules/sets/add/", SET)
    assert send(board, "/rules/targets/add/?set=DH16", ASSIGNED).status_code == 302
    return Target.objects.get(set__code="DH16")


def typed(**by_unit) -> dict:
    return {key[1:]: value for key, value in by_unit.items()}


def test_a_set_is_added_changed_and_taken_away(board):
    send(board, "/rules/sets/add/", SET)
    row = TargetSet.objects.get(code="DH16")
    assert (row.title, row.short_name, row.document) == ("Đại hội XVI", "DH16", "NQ 1 của Đại hội")
    send(board, f"/rules/sets/{row.pk}/", SET | {"short_name": "ĐH XVI"})
    row.refresh_from_db()
    assert row.short_name == "ĐH XVI" and "Mục tiêu: Đại hội XVI" in text_of(board.get("/rules/"))
    send(board, f"/rules/sets/{row.pk}/remove/", {})
    assert not TargetSet.objects.filter(pk=row.pk).exists()
    undo = f"/rules/acts/{ActDone.objects.latest('pk').pk}/undo/"
    assert board.post(undo).status_code == 302
    assert TargetSet.objects.filter(code="DH16").exists()


@pytest.mark.parametrize(("code", "words"), [("NQ03", "đã dùng cho bộ"), ("a b", "Chữ A đến Z")])
def test_a_code_is_of_one_set_and_of_plain_letters(board, code, words):
    page = board.post("/rules/sets/add/", SET | {"code": code})
    assert page.status_code == 200 and list(page.context["form"].errors) == ["code"]
    assert words in text_of(page) and TargetSet.objects.count() == 1


def test_the_default_set_stays(board):
    row = TargetSet.objects.get()
    assert "không bỏ được" in text_of(board.post(f"/rules/sets/{row.pk}/remove/")).lower()
    assert TargetSet.objects.count() == 1


def test_quotas_are_typed_in_one_table_shown_before_and_taken_back(board, quotas, world):
    alpha, beta = world.alpha.unit, world.beta.unit
    address = f"/rules/targets/{quotas.pk}/quotas/"
    values = typed(**{f"u{alpha.pk}": "40", f"u{beta.pk}": "100"})
    shown = board.post(address, values)
    assert shown.status_code == 200 and not Quota.objects.exists()
    assert "tổng chỉ tiêu giao 140" in text_of(shown)
    assert send(board, address, values).status_code == 302
    assert dict(Quota.objects.values_list("unit__code", "value")) == {"A": 40, "B": 100}
    told = AuditEntry.objects.filter(object_type="assessments.quota", action="rules.add")
    assert sorted(told.values_list("unit__code", "object_code")) == [("A", "A"), ("B", "B")]
    assert send(board, address, typed(**{f"u{alpha.pk}": "", f"u{beta.pk}": "90"})).status_code == 302
    assert dict(Quota.objects.values_list("unit__code", "value")) == {"B": 90}
    undo = f"/rules/acts/{ActDone.objects.latest('pk').pk}/undo/"
    assert board.post(undo).status_code == 302
    assert dict(Quota.objects.values_list("unit__code", "value")) == {"A": 40, "B": 100}


@pytest.mark.parametrize("wrong", ["101", "-1", "4,5", "mười"])
def test_one_clear_message_a_wrong_cell_and_nothing_stored(board, quotas, world, wrong):
    alpha, beta = world.alpha.unit, world.beta.unit
    values = typed(**{f"u{alpha.pk}": wrong, f"u{beta.pk}": "70"})
    page = send(board, f"/rules/targets/{quotas.pk}/quotas/", values)
    assert page.status_code == 200 and list(page.context["form"].errors) == [str(alpha.pk)]
    assert len(page.context["form"].errors[str(alpha.pk)]) == 1
    assert f'value="{wrong}"' in page.content.decode() and 'value="70"' in page.content.decode()
    assert not Quota.objects.exists()


def test_only_quotas_have_the_table(board):
    target = Target.objects.filter(set__is_default=True).first()
    assert board.get(f"/rules/targets/{target.pk}/quotas/").status_code == 404


def test_what_each_unit_is_assigned_stands_on_no_page_that_all_read(board, quotas, world, client_as):
    Quota.objects.create(target=quotas, unit=world.beta.unit, value=87)
    officer = client_as(Role.OFFICER, world.alpha.unit)
    for address in ("/rules/", "/rules/indicators/village_heads_members/", "/trail/"):
        page = officer.get(address)
        assert page.status_code in (200, 403) and "87" not in text_of(page), address
    assert officer.get(f"/rules/targets/{quotas.pk}/quotas/").status_code == 403


def test_removing_the_target_takes_its_quotas_along_and_undoing_brings_them_back(board, quotas, world):
    Quota.objects.create(target=quotas, unit=world.beta.unit, value=87)
    assert send(board, f"/rules/targets/{quotas.pk}/remove/", {}).status_code == 302
    assert not Quota.objects.exists()
    assert board.post(f"/rules/acts/{ActDone.objects.latest('pk').pk}/undo/").status_code == 302
    assert Quota.objects.get().value == 87
    [found] = figures([open_year_of(2018)]).of_set(2018, "DH16", world.beta.unit.pk)
    assert found.target == 87


def open_year_of(year: int):
    from assessments.rules.models.years import RatingYear

    return RatingYear.objects.get(pk=year)
