"""Accounts of many units in one act, with one sheet of one-time passwords."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, User
from orgs.actions import unit_accounts
from orgs.actions.unit_accounts import Wanted
from orgs.models import AuditEntry, Organization, Posting
from orgs.unit_accounts_form import UnitAccountsForm, named
from resolution03.lib.errors import Refusal
from tests import factories

ADDRESS = "/accounts/units/"


@pytest.fixture
def administrator(client_as, world):
    return client_as(Role.ADMINISTRATOR, world.province)


def wanted(*units, prefix="canbo."):
    return [Wanted(unit, f"{prefix}{unit.code.lower()}") for unit in units]


def sent(*units, **more):
    """The form as the page sends it, with these units chosen."""
    rows = UnitAccountsForm().units
    data = {f"name_{unit.pk}": named("canbo.{ma}", unit) for unit in rows}
    data |= {f"box_{unit.pk}": "on" for unit in units}
    return {"pattern": "canbo.{ma}", "filled": "canbo.{ma}"} | data | more


def officers():
    return User.objects.filter(role=Role.OFFICER)


def test_each_unit_gets_an_officer_who_must_change_the_password(world, actor):
    made = unit_accounts.add(by=actor, wanted=wanted(world.alpha.unit, world.units[0]))
    assert [one.user.username for one in made] == ["canbo.a", "canbo.u1"]
    assert len({one.password for one in made}) == 2
    for one in made:
        user = User.objects.get(pk=one.user.pk)
        assert user.check_password(one.password) and user.must_change_password
        assert (user.role, user.posting.organization, user.full_name) == ("officer", one.unit, one.unit.name)


def test_an_account_is_one_row_of_the_trail_and_all_are_one_act(world, actor):
    made = unit_accounts.add(by=actor, wanted=wanted(*world.units))
    entries = AuditEntry.objects.order_by("pk")
    assert [entry.object_code for entry in entries] == [one.user.username for one in made]
    assert {entry.action for entry in entries} == {"account.add"}
    assert len({entry.batch for entry in entries}) == 1
    assert [entry.unit for entry in entries] == world.units
    assert [entry.after["posting"] for entry in entries] == [unit.code for unit in world.units]
    told = " ".join(str(entry.after) + entry.reason for entry in entries)
    assert not any(one.password in told for one in made)


def taken(world):
    factories.user(Role.VIEWER, world.province, username="CANBO.U2")


def served(world):
    factories.user(Role.OFFICER, world.units[1])


def gone(world):
    Organization.objects.filter(code="U2").update(dissolved_on=date(2020, 1, 1))


def lowered(world):
    Organization.objects.filter(code="U2").update(parent=world.units[0])


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (taken, "canbo.u2 đã có người dùng"), (served, "đã có tài khoản"), (gone, "không phải là đơn vị"),
        (lowered, "không phải là đơn vị"),
    ],
)  # fmt: skip
def test_one_fault_and_nothing_is_made(world, actor, spoil, words):
    spoil(world)
    before = set(User.objects.values_list("username", flat=True))
    with pytest.raises(Refusal) as caught:
        unit_accounts.add(by=actor, wanted=wanted(*world.units[:3]))
    [reason] = caught.value.reasons
    assert words in reason
    assert set(User.objects.values_list("username", flat=True)) == before
    assert not AuditEntry.objects.exists()


def test_every_fault_is_told(world, actor):
    taken(world)
    asked = [
        Wanted(world.units[0], "có dấu"), *wanted(world.units[1]),
        Wanted(world.units[2], "hai"), Wanted(world.units[3], "hai"),
    ]  # fmt: skip
    found = unit_accounts.faults(asked)
    assert list(found) == [unit.pk for unit in world.units[:4]]
    assert unit_accounts.faults(wanted(world.units[0])) == {}


def test_a_closed_account_and_another_role_leave_a_unit_free(world, actor):
    factories.user(Role.OFFICER, world.units[0], is_active=False)
    assert len(unit_accounts.add(by=actor, wanted=wanted(world.units[0]))) == 1


def test_more_units_take_no_more_statements(world, actor):
    counts = []
    for units in (world.units[:2], world.units[2:]):
        with CaptureQueriesContext(connection) as asked:
            unit_accounts.add(by=actor, wanted=wanted(*units))
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("code", "name"), [("TM", "canbo.tm"), ("Đ.01", "canbo.d.01"), ("51-23293", "canbo.51-23293")]
)
def test_a_name_follows_from_the_pattern_and_the_code(code, name):
    assert named("canbo.{ma}", Organization(code=code)) == name


def test_the_page_offers_units_without_an_open_officer(administrator, world):
    served(world)
    gone_since = factories.organization(world.province, dissolved_on=date(2020, 1, 1))
    page = administrator.get(ADDRESS)
    offered = [unit for unit, _box, _name in page.context["form"].rows]
    assert world.units[1] not in offered and gone_since not in offered
    assert {world.alpha.unit, world.beta.unit, world.units[0]} <= set(offered)
    assert 'value="canbo.u1"' in page.content.decode()


def test_the_sheet_stands_on_one_answer_only(administrator, world):
    answer = administrator.post(ADDRESS, sent(world.alpha.unit, world.units[0]))
    made = answer.context["made"]
    text = answer.content.decode()
    assert [one.unit.code for one in made] == ["U1", "A"]
    assert all(one.password in text and one.user.check_password(one.password) for one in made)
    assert "no-store" in answer.headers["Cache-Control"]
    assert officers().count() == 2
    for address in ("/accounts/", ADDRESS, "/trail/"):
        later = administrator.get(address).content.decode()
        assert not any(one.password in later for one in made)


def test_a_conflict_is_told_beside_its_name_and_what_was_typed_stays(administrator, world):
    taken(world)
    unit = world.units[1]
    answer = administrator.post(ADDRESS, sent(*world.units[:2], **{f"name_{world.units[0].pk}": "rieng"}))
    form = answer.context["form"]
    assert list(form.errors) == [f"name_{unit.pk}"]
    text = answer.content.decode()
    assert 'value="rieng"' in text and f'aria-describedby="why-name_{unit.pk}"' in text
    assert not officers().exists()


def test_nothing_chosen_is_told(administrator, world):
    answer = administrator.post(ADDRESS, sent())
    assert answer.context["form"].non_field_errors()
    assert not officers().exists()


def test_another_pattern_names_anew_and_makes_nothing_yet(administrator, world):
    """Not even by the button that makes accounts: nobody has seen these names."""
    unit = world.units[0]
    answer = administrator.post(ADDRESS, sent(unit, pattern="tochuc.{ma}", **{f"name_{unit.pk}": "rieng"}))
    text = answer.content.decode()
    assert 'value="tochuc.u1"' in text and 'value="rieng"' not in text
    assert answer.context["form"][f"box_{unit.pk}"].value()
    assert not answer.context["form"][f"box_{world.units[1].pk}"].value()
    assert not officers().exists()
    again = sent(unit, pattern="tochuc.{ma}", filled="tochuc.{ma}", **{f"name_{unit.pk}": "tochuc.u1"})
    administrator.post(ADDRESS, again)
    assert officers().get().username == "tochuc.u1"


def test_checking_makes_nothing_and_keeps_names_typed_by_hand(administrator, world):
    unit = world.units[0]
    answer = administrator.post(ADDRESS, sent(unit, fill="1", **{f"name_{unit.pk}": "rieng"}))
    assert 'value="rieng"' in answer.content.decode() and not officers().exists()


@pytest.mark.parametrize("pattern", ["canbo", "", "{code}"])
def test_a_pattern_without_the_code_is_refused(administrator, world, pattern):
    answer = administrator.post(ADDRESS, sent(world.units[0], pattern=pattern))
    assert "pattern" in answer.context["form"].errors
    assert not officers().exists()


def test_sent_twice_the_second_sheet_holds(administrator, world):
    """The first one was never seen; nobody is made twice, and who signed in keeps the own password."""
    data = sent(*world.units[:3], once="8a0f2a5e-6f0e-4b7e-9a53-3d3f6c0f1b11")
    first = {one.user.username: one.password for one in administrator.post(ADDRESS, data).context["made"]}
    User.objects.filter(username="canbo.u2").update(last_login="2026-01-01T00:00:00Z")
    second = administrator.post(ADDRESS, data).context["made"]
    assert [one.user.username for one in second] == ["canbo.u1", "canbo.u3"]
    for one in second:
        user = User.objects.get(pk=one.user.pk)
        assert user.check_password(one.password) and not user.check_password(first[one.user.username])
    assert User.objects.get(username="canbo.u2").check_password(first["canbo.u2"])
    assert officers().count() == 3
    assert AuditEntry.objects.filter(action="account.reset").count() == 2


def test_who_comes_second_is_told_that_the_unit_has_an_account(administrator, client_as, world):
    """Two administrators with the same page before them."""
    other = client_as(Role.ADMINISTRATOR, world.province)
    data = sent(world.units[0])
    other.post(ADDRESS, data)
    answer = administrator.post(ADDRESS, data | {f"name_{world.units[0].pk}": "khac.u1"})
    [error] = answer.context["form"].errors[f"name_{world.units[0].pk}"]
    assert "canbo.u1" in error
    assert officers().count() == 1


def test_keys_that_no_page_sends_choose_nothing(administrator, world):
    strange = {
        "box_x": "on",
        "box_": "on",
        "box_99999999999999999999": "on",
        f"box_{world.alpha.commune.pk}": "on",
    }
    answer = administrator.post(ADDRESS, {"pattern": "canbo.{ma}"} | strange)
    assert answer.status_code == 200 and not officers().exists()


def test_the_list_tells_of_units_without_an_account_and_of_accounts_left_behind(administrator, world):
    factories.user(Role.OFFICER, factories.organization(world.province, dissolved_on=date(2020, 1, 1)))
    page = administrator.get("/accounts/")
    assert page.context["unserved"] == 14 and len(page.context["left"]) == 1
    text = page.content.decode()
    assert reverse("orgs:account_units") in text and "kết thúc 01/01/2020" in text


def test_where_every_unit_is_served_the_page_says_so(administrator, world):
    Posting.objects.bulk_create(
        Posting(user=factories.user(Role.OFFICER), organization=unit) for unit in Organization.objects.units()
    )
    assert "Mọi đơn vị đều có tài khoản" in administrator.get(ADDRESS).content.decode()
    assert reverse("orgs:account_units") not in administrator.get("/accounts/").content.decode()
