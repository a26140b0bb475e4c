"""Pages on which an exemption, a return and a form are given a day."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Role
from members.models import Member
from orgs.models import Organization
from tests import factories
from tests.assessments.registers.confirming import send

LEFT = date(2019, 3, 1)


@pytest.fixture
def officer(world, client_as):
    return client_as(Role.OFFICER, world.alpha.unit)


def gone(world, reason="transferred") -> Member:
    return factories.member(world.alpha.cells[0], left_on=LEFT, leaving_reason=reason)


def address(name: str, record) -> str:
    return reverse(f"registers:{name}", args=[record.pk])


def test_who_left_is_offered_a_return_and_told_when_it_is_early(officer, world):
    member = gone(world, "expelled")
    at, typed = address("member_return", member), {"cell": "A.X01.2", "on": "1/5/2021"}
    shown = officer.get(member.get_absolute_url()).content.decode()
    assert f'href="{at}"' in shown and "Trở lại sinh hoạt đảng" in shown
    assert 'value="A.X01.1 · Chi bộ Alpha 1"' in officer.get(at).content.decode()
    refused = officer.post(at, typed).content.decode()
    assert "hãy ghi số và ngày" in refused and 'value="1/5/2021"' in refused
    typed |= {"decision": "7-QĐ/TU", "decided_on": "20/4/2021"}
    asked = officer.post(at, typed).content.decode()
    assert "chưa đủ 36 tháng" in asked and Member.objects.get(pk=member.pk).left_on == LEFT
    assert send(officer, at, typed).status_code == 302
    shown = officer.get(member.get_absolute_url()).content.decode()
    for words in ("Thời gian sinh hoạt và miễn sinh hoạt", "01/05/2021", "01/03/2019", "7-QĐ/TU", "Khai trừ"):
        assert words in shown, words
    assert f'href="{at}"' not in shown


def test_who_died_or_is_there_is_offered_none(officer, world):
    for member in (gone(world, "died"), world.alpha.members[0]):
        at = address("member_return", member)
        assert f'href="{at}"' not in officer.get(member.get_absolute_url()).content.decode()
        answer = officer.post(at, {"cell": "A.X01.1", "on": "1/5/2021"})
        assert answer.status_code == 200 and answer.context["form"].errors


def test_wrong_input_of_a_return_stands_at_its_field_and_stores_nothing(officer, world):
    member = gone(world)
    at = address("member_return", member)
    for typed, field in (
        ({"on": "1/5/2021", "cell": "B.X01.1"}, "cell"),
        ({"on": "1/5/2021", "cell": "A.X01"}, "cell"),
        ({"on": "1/2/2019", "cell": "A.X01.1"}, "on"),
        ({"on": "32/1/2021", "cell": "A.X01.1"}, "on"),
        ({"cell": "A.X01.1"}, "on"),
    ):
        answer = send(officer, at, typed)
        assert answer.status_code == 200 and list(answer.context["form"].errors) == [field], typed
    assert not member.past_stays.exists()


def test_the_walls_of_a_return(world, client_as):
    at = address("member_return", gone(world))
    typed = {"cell": "A.X01.1", "on": "1/5/2021"}
    for role, place, status in (
        (Role.OFFICER, world.beta.unit, 404),
        (Role.VIEWER, world.province, 403),
        (Role.ADMINISTRATOR, world.province, 403),
    ):
        client = client_as(role, place)
        assert (client.get(at).status_code, client.post(at, typed).status_code) == (status, status), role


def test_an_exemption_has_a_day_and_without_one_is_of_today(officer, world):
    one, two = world.alpha.members[:2]
    assert (
        send(officer, address("member_exempt", one), {"is_exempt": "on", "on": "1/5/2018"}).status_code == 302
    )
    assert send(officer, address("member_exempt", two), {"is_exempt": "on"}).status_code == 302
    days = [member.former_exemptions.get().until for member in (one, two)]
    assert days == [date(2018, 5, 1), date.today()]
    answer = send(officer, address("member_exempt", one), {"on": "30/4/2018"})
    assert "trước lần thay đổi gần nhất" in answer.content.decode()
    assert "miễn sinh hoạt từ ngày này" in officer.get(one.get_absolute_url()).content.decode()


def test_a_form_has_a_day_and_its_history_a_line(officer, world, client_as):
    commune = world.alpha.commune
    at, typed = (
        address("organization_form", commune),
        {"form": "section", "on": "1/5/2018", "decision": "3-QĐ"},
    )
    assert client_as(Role.OFFICER, world.beta.unit).post(at, typed).status_code == 404
    assert send(officer, at, typed).status_code == 302
    assert Organization.objects.get(pk=commune.pk).form == "section"
    now, before = officer.get(commune.get_absolute_url()).context["history"]
    assert (now.happened, now.form, now.decided) == ("formed", "Đảng bộ bộ phận", "3-QĐ")
    assert (before.form, before.last.day) == ("Đảng bộ", date(2018, 4, 30))
    full = address("organization_form", world.alpha.cells[0])
    refused = send(officer, full, {"form": "committee", "on": "1/5/2018"}).content.decode()
    assert "Y Alpha 1" in refused and "Hãy chuyển đi trước" in refused
    below = {"name": "Chi bộ thôn", "code": "A.X01.1.1", "decision": "4-QĐ", "decided_on": "1/4/2018"}
    assert send(officer, full, {"form": "committee", "on": "1/5/2018"} | below).status_code == 302
    assert Organization.objects.get(code="A.X01.1.1").members.count() == 3
