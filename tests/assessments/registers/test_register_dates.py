"""Days on the pages of the registers: after today, doubtful, and what is asked before it is stored."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from members.models import Member, VillageHead
from orgs.models import Organization, Village
from resolution03.lib.forms import BaseForm
from tests import factories
from tests.assessments.registers.confirming import send
from tests.assessments.registers.test_registers import DECIDED

AHEAD = timezone.localdate() + timedelta(days=40)
TYPED = f"{AHEAD:%d/%m/%Y}"


@pytest.fixture
def board(world, client_as):
    return client_as(Role.BOARD, world.province)


def new_member(world, **values) -> dict:
    return {
        "full_name": "Y Mới", "code": "M900", "cell": world.alpha.cells[0].code,
        "admitted_on": "3/2/2015",
    } | values  # fmt: skip


def test_a_day_after_today_is_refused_on_every_page_that_writes_what_happened(board, world):
    """Nothing is stored, nothing typed is lost, and the page says which day."""
    member, village = world.alpha.members[0], world.alpha.village
    cases = [
        ("member_enrol", [], new_member(world, admitted_on=TYPED), Member),
        ("member_enrol", [], new_member(world, born_on=TYPED), Member),
        ("member_enrol", [], new_member(world, official_on=TYPED), Member),
        ("member_enrol", [], new_member(world, admitted_outside="on", arrived_on=TYPED), Member),
        ("member_transfer", [member.pk], {"cell": world.alpha.cells[1].code, "on": TYPED}, Member),
        ("member_correct", [member.pk],
         {"full_name": "Y", "code": "A1", "cell": world.alpha.cells[0].code, "admitted_on": TYPED}, Member),
        ("head_appoint", [village.pk], {"full_name": "A Mới", "starts_on": TYPED}, VillageHead),
        ("village_found", [], {"name": "Thôn Mới", "code": "T.A.9", "committee": world.alpha.commune.code,
                               "starts_on": TYPED}, Village),
        ("village_cover", [village.pk], {"committee": world.alpha.commune.code, "on": TYPED}, Village),
        ("organization_correct", [world.alpha.cells[1].pk],
         {"name": "Chi bộ", "code": "A.X01.2", "form": "cell", "parent": world.alpha.commune.code,
          "established_on": TYPED}, Organization),
    ]  # fmt: skip
    for name, arguments, typed, model in cases:
        before = list(model.objects.order_by("pk").values())
        answer = send(board, reverse(f"registers:{name}", args=arguments), typed)
        page = answer.content.decode()
        assert answer.status_code == 200, (name, typed)
        assert f"Ngày {TYPED} sau hôm nay." in page and f'value="{TYPED}"' in page, (name, typed)
        assert list(model.objects.order_by("pk").values()) == before, (name, typed)


def test_an_end_that_is_decided_and_a_reorganization_may_lie_ahead(board, world):
    alpha, cell = world.alpha, world.alpha.cells[1]
    cases = [
        ("member_leave", alpha.members[0].pk, {"on": TYPED, "leaving_reason": "transferred"}),
        ("head_end", alpha.head.pk, {"on": TYPED}),
        ("village_end", world.beta.village.pk, {"on": TYPED}),
        ("organization_rename", alpha.commune.pk, {"name": "Đảng bộ xã Mới", "on": TYPED}),
        ("organization_move", cell.pk, {"parent": world.beta.commune.code, "on": TYPED}),
        ("organization_split", world.beta.commune.pk,
         {"name": "Đảng bộ tách", "code": "B.X02", "on": TYPED, **DECIDED}),
        ("organization_merge", world.beta.cells[1].pk,
         {"target": world.beta.cells[0].code, "on": TYPED, **DECIDED}),
        ("organization_dissolve", cell.pk, {"on": TYPED, **DECIDED}),
    ]  # fmt: skip
    for name, pk, typed in cases:
        answer = send(board, reverse(f"registers:{name}", args=[pk]), typed)
        assert answer.status_code == 302, (name, answer.content.decode())
    member = Member.objects.get(pk=alpha.members[0].pk)
    page = send(
        board,
        reverse("registers:member_correct", args=[member.pk]),
        {
            "full_name": "Y Alpha",
            "code": member.code,
            "cell": member.cell.code,
            "admitted_on": "1/1/2010",
            "left_on": TYPED,
            "leaving_reason": "transferred",
        },
    )
    assert page.status_code == 302


def test_a_death_does_not_lie_ahead(board, world):
    """Its day, or tomorrow as the first day not counted; later it is refused, in a correction too."""
    member, died = world.alpha.members[0], {"leaving_reason": "died"}
    corrected = {"full_name": "Y Alpha", "code": member.code, "cell": member.cell.code,
                 "admitted_on": "1/1/2010", "left_on": TYPED}  # fmt: skip
    for name, typed in (("member_leave", {"on": TYPED}), ("member_correct", corrected)):
        answer = send(board, reverse(f"registers:{name}", args=[member.pk]), typed | died)
        assert f"Ngày {TYPED} sau hôm nay." in answer.content.decode(), name
        assert not Member.objects.exclude(left_on=None).exists(), name
    tomorrow = timezone.localdate() + timedelta(days=1)
    send(board, reverse("registers:member_leave", args=[member.pk]), {"on": f"{tomorrow:%d/%m/%Y}"} | died)
    assert Member.objects.get(pk=member.pk).left_on == tomorrow


def test_a_founding_ahead_is_asked(board, world):
    typed = {"name": "Chi bộ Mới", "code": "A.X01.9", "form": "cell",
             "parent": world.alpha.commune.code, "established_on": TYPED, **DECIDED}  # fmt: skip
    asked = board.post(reverse("registers:organization_found"), typed)
    assert asked.status_code == 200 and "ngày này còn ở phía trước" in asked.content.decode()
    typed["sure"] = asked.context["preview"].key
    assert send(board, reverse("registers:organization_found"), typed).status_code == 302


def test_a_day_ahead_that_stood_there_before_stops_no_other_correction(board, world):
    """Loaded with a warning, a day to come is no reason to refuse a corrected name."""
    member = world.alpha.members[0]
    Member.objects.filter(pk=member.pk).update(official_on=AHEAD)
    answer = send(
        board,
        reverse("registers:member_correct", args=[member.pk]),
        {
            "full_name": "Y Sửa",
            "code": member.code,
            "cell": member.cell.code,
            "admitted_on": "1/1/2010",
            "official_on": TYPED,
        },
    )
    assert answer.status_code == 302 and Member.objects.get(pk=member.pk).full_name == "Y Sửa"


DOUBTFUL = [
    ({"official_on": "2/2/2016"}, "chính thức chưa đủ mười hai tháng sau kết nạp"),
    ({"born_on": "4/2/2005"}, "9 năm sau ngày sinh 04/02/2005"),
    ({"admitted_on": "1929"}, "1929: trước năm 1930 không thể có ngày này"),
]


def test_what_is_doubtful_is_asked_once_and_stored_when_it_is_confirmed(board, world):
    address = reverse("registers:member_enrol")
    for number, (typed, words) in enumerate(DOUBTFUL):
        values = new_member(world, code=f"M90{number}") | typed
        asked = board.post(address, values)
        page = asked.content.decode()
        assert asked.status_code == 200 and "Chưa ghi gì. Nếu xác nhận thì:" in page
        assert any(words in said for said in asked.context["preview"].doubts), typed
        assert not Member.objects.filter(code=values["code"]).exists()
        sure = values | {"sure": asked.context["preview"].key}
        assert send(board, address, sure).status_code == 302
        assert Member.objects.filter(code=values["code"]).exists()


def test_an_end_before_1930_is_asked(board, world):
    for name, pk in (("village_end", world.alpha.village.pk), ("organization_rename", world.alpha.unit.pk)):
        typed = {"on": "1/1/1900", "name": "Tên mới"}
        asked = board.post(reverse(f"registers:{name}", args=[pk]), typed)
        assert "01/01/1900: trước năm 1930 không thể có ngày này" in asked.content.decode(), name
    assert not Village.objects.exclude(ends_on=None).exists()


def test_a_transfer_or_move_to_where_one_is_is_not_called_recorded(board, world):
    member, cell = world.alpha.members[0], world.alpha.cells[1]
    village = world.alpha.village
    cases = [("member_transfer", member.pk, "cell", {"cell": member.cell.code}),
             ("organization_move", cell.pk, "parent", {"parent": cell.parent.code}),
             ("village_cover", village.pk, "committee",
              {"committee": village.committee.code, "cell": village.cell.code})]  # fmt: skip
    for name, pk, field, typed in cases:
        answer = send(board, reverse(f"registers:{name}", args=[pk]), typed | {"on": "1/2/2026"})
        assert answer.status_code == 200 and list(answer.context["form"].errors) == [field], name
    assert [rows.count() for rows in (member.memberships, cell.placements, village.coverages)] == [1, 1, 1]


def test_a_reason_for_leaving_without_a_day_is_refused(board, world):
    member = world.alpha.members[0]
    answer = send(
        board,
        reverse("registers:member_correct", args=[member.pk]),
        {
            "full_name": "Y Alpha",
            "code": member.code,
            "cell": member.cell.code,
            "admitted_on": "1/1/2010",
            "leaving_reason": "expelled",
        },
    )
    assert list(answer.context["form"].errors) == ["left_on"]
    assert not Member.objects.exclude(leaving_reason="").exists()


def test_twelve_months_to_the_day_are_not_doubtful_and_one_day_less_is(board, world):
    address = reverse("registers:member_enrol")
    exact = new_member(world, official_on="3/2/2016")
    assert send(board, address, exact).status_code == 302
    early = board.post(address, new_member(world, code="M901", official_on="2/2/2016"))
    assert early.status_code == 200 and len(early.context["preview"].doubts) == 1


def test_an_admission_before_the_cell_was_founded_is_asked_and_another_doubt_asks_again(board, world):
    Organization.objects.filter(pk=world.alpha.cells[0].pk).update(established_on=date(2016, 1, 1))
    address, values = reverse("registers:member_enrol"), new_member(world)
    asked = board.post(address, values)
    assert ["chi bộ" in words for words in asked.context["preview"].doubts] == [True]
    more = values | {"official_on": "1/3/2015", "sure": asked.context["preview"].key}
    again = board.post(address, more)
    assert again.status_code == 200 and len(again.context["preview"].doubts) == 2
    assert not Member.objects.filter(code="M900").exists()


def test_a_correction_asks_only_about_what_it_changes(board, world):
    member = world.alpha.members[0]
    Member.objects.filter(pk=member.pk).update(official_on=date(2010, 3, 1))
    stored = {
        "full_name": "Y Khác", "code": member.code, "cell": member.cell.code,
        "admitted_on": "01/01/2010", "official_on": "01/03/2010",
    }  # fmt: skip
    address = reverse("registers:member_correct", args=[member.pk])
    assert send(board, address, stored).status_code == 302
    changed = board.post(address, stored | {"official_on": "1/4/2010"})
    assert changed.status_code == 200 and len(changed.context["preview"].doubts) == 1


def test_a_head_whose_mark_or_name_differs_from_the_member_is_asked(board, world):
    village = factories.village(world.alpha.commune, world.alpha.cells[0])
    address = reverse("registers:head_appoint", args=[village.pk])
    typed = {"full_name": "A Khác", "member": world.alpha.members[0].code, "starts_on": "1/1/2018"}
    asked = board.post(address, typed)
    assert asked.status_code == 200 and len(asked.context["preview"].doubts) == 2
    agreed = typed | {"full_name": world.alpha.members[0].full_name.upper(), "is_member": "on"}
    assert send(board, address, agreed).status_code == 302


def test_what_pages_and_workbooks_doubt_is_decided_in_one_module():
    """Neither has words or limits of its own."""
    from pathlib import Path  # noqa: PLC0415

    from django.conf import settings  # noqa: PLC0415

    rooms, registers = ("members/loading", "assessments/registers/forms"), ("members", "heads")
    for name in (f"{room}/{register}.py" for room in rooms for register in registers):
        source = Path(settings.BASE_DIR / name).read_text("utf-8")
        assert "doubts." in source, name
        assert "earliest_official" not in source and "is_age_at_admission" not in source, name


def test_a_choice_that_must_be_made_begins_empty():
    from django import forms  # noqa: PLC0415

    class Asked(BaseForm):
        must = forms.ChoiceField(choices=[("a", "A"), ("b", "B")])
        stored = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], initial="b")
        may = forms.ChoiceField(choices=[("", "—"), ("a", "A")], required=False)

    form = Asked()
    assert [value for value, _label in form["must"].field.choices] == ["", "a", "b"]
    assert [value for value, _label in form["stored"].field.choices] == ["a", "b"]
    assert [value for value, _label in form["may"].field.choices] == ["", "a"]
    assert "must" in Asked({"must": "", "stored": "a"}).errors
    assert not Asked({"must": "a", "stored": "a"}).errors


def test_a_founding_corrected_past_who_was_there_is_asked_and_names_them(board, world):
    """Who was admitted before may have been elsewhere then (reading 5): told, and stored when confirmed."""
    cell = world.alpha.cells[0]
    typed = {"name": cell.name, "code": cell.code, "form": "cell", "parent": world.alpha.commune.code}
    address = reverse("registers:organization_correct", args=[cell.pk])
    asked = board.post(address, typed | {"established_on": "1/2/2011"})
    (told,) = asked.context["preview"].doubts
    assert "3 đảng viên" in told and "A1 Y Alpha 1" in told
    sure = asked.context["preview"].key
    assert board.post(address, typed | {"established_on": "1/2/2011", "sure": sure}).status_code == 302
    same_day = board.post(address, typed | {"established_on": "1/1/2010"})
    assert same_day.status_code == 302 or not same_day.context["preview"].doubts
