import io
from datetime import date

import pytest
from django.core.management import call_command

from accounts.models import Role, User
from orgs.actions import accounts
from orgs.models import AuditEntry, Posting
from resolution03.lib.commands import Refused, UsageError
from resolution03.lib.errors import Refusal
from tests import factories


def add(actor, organization, role=Role.OFFICER, **values):
    values = {"username": "sathay.toan", "full_name": "Phạm Thử"} | values
    return accounts.add(by=actor, role=role, organization=organization, **values)


def test_an_account_comes_with_posting_and_one_time_password(world, actor):
    user, password = add(actor, world.alpha.unit)
    assert user.check_password(password)
    assert user.must_change_password
    assert user.posting.organization == world.alpha.unit
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_code, entry.unit) == (
        "account.add", "sathay.toan", world.alpha.unit,
    )  # fmt: skip
    assert entry.after["posting"] == "A"
    assert password not in str(entry.after)


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.OFFICER, "province"), (Role.OFFICER, "commune"), (Role.CLERK, "unit"),
        (Role.BOARD, "unit"), (Role.VIEWER, None),
    ],
)  # fmt: skip
def test_a_role_stands_at_its_depth(world, actor, role, place):
    places = {"province": world.province, "unit": world.alpha.unit, "commune": world.alpha.commune}
    with pytest.raises(Refusal) as caught:
        add(actor, places.get(place), role)
    assert caught.value.field == "organization"
    assert not User.objects.exists()


def test_a_name_is_used_once(world, actor):
    add(actor, world.alpha.unit)
    with pytest.raises(Refusal) as caught:
        add(actor, world.beta.unit, username="SaThay.Toan")
    assert caught.value.field == "username"


def test_page_and_command_take_the_same_names(world, client_as):
    """What the page refuses as an account name, the command refuses as well."""
    admin = client_as(Role.ADMINISTRATOR, world.province)
    page = {"full_name": "Y Thử", "role": "viewer", "organization": "KT"}
    for name in ("", " ", "Ab C", "phạm", "a/b", "a" * 61, "a\x01b", "a\nb"):
        answer = admin.post("/accounts/add/", page | {"username": name, "full_name": "Y" * 121})
        assert {"full_name", "username"} & set(answer.context["form"].errors), name
        with pytest.raises(Refused):
            call_command("account", "add", name, "--role", "administrator")
    with pytest.raises(Refused):
        call_command("account", "add", "thu", "--role", "administrator", "--full-name", "Y" * 121)
    assert not User.objects.exclude(role=Role.ADMINISTRATOR).exists() and User.objects.count() == 1
    call_command("account", "add", "thu", "--role", "administrator", "--full-name", "Y\x01 Thử ")
    assert User.objects.get(username="thu").full_name == "Y Thử"


def test_a_change_moves_role_and_posting_together(world, actor):
    user, _ = add(actor, world.alpha.unit)
    accounts.change(by=actor, user=user, organization=world.beta.commune, role=Role.CLERK, is_active=False)
    assert Posting.objects.get(user=user).organization == world.beta.commune
    entry = AuditEntry.objects.first()
    assert (entry.before["role"], entry.after["role"]) == ("officer", "clerk")
    assert (entry.before["posting"], entry.after["posting"]) == ("A", "B.X01")
    assert entry.after["is_active"] is False


def test_nobody_closes_the_own_account(world, actor):
    user, _ = add(actor, world.province, Role.ADMINISTRATOR)
    with pytest.raises(Refusal):
        accounts.change(by=actor.of(user), user=user, organization=world.province, is_active=False)
    user.refresh_from_db()
    assert user.is_active


def test_a_reset_ends_the_old_password(world, actor):
    user, old = add(actor, world.alpha.unit)
    new = accounts.reset(by=actor, user=user)
    user.refresh_from_db()
    assert user.check_password(new) and not user.check_password(old)


def run(*arguments, **options):
    out = io.StringIO()
    call_command("account", *arguments, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def test_the_command_adds_resets_and_unlocks(world):
    name, password = run("add", "kt.ban", role="board").split()
    user = User.objects.get(username="kt.ban")
    assert name == "kt.ban" and user.check_password(password)
    assert user.posting.organization == world.province
    _, password = run("reset", "kt.ban").split()
    user.refresh_from_db()
    assert user.check_password(password)
    assert "kt.ban" in run("unlock", "kt.ban")
    run("add", "a.canbo", role="officer", unit="a")
    assert Posting.objects.get(user__username="a.canbo").organization == world.alpha.unit


@pytest.mark.parametrize(
    ("arguments", "options", "fault"),
    [
        (("add", "x"), {}, UsageError),
        (("add", "x"), {"role": "officer", "unit": "ZZ"}, UsageError),
        (("reset", "nobody"), {}, UsageError),
        (("unlock", "nobody"), {}, UsageError),
        (("add", "x"), {"role": "officer", "unit": "KT"}, Refused),
        (("add", "x"), {"role": "officer"}, Refused),
    ],
)
def test_the_command_says_what_is_wrong(world, arguments, options, fault):
    with pytest.raises(fault):
        run(*arguments, **options)
    assert not User.objects.exists()


@pytest.fixture
def administrator(client_as, world):
    return client_as(Role.ADMINISTRATOR, world.province)


def test_the_password_stands_on_one_answer_only(administrator, world):
    data = {"username": "a.moi", "full_name": "Lê Mới", "role": "officer", "organization": "A"}
    answer = administrator.post("/accounts/add/", data)
    user = User.objects.get(username="a.moi")
    password = answer.context["password"]
    assert user.check_password(password) and password in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert password not in administrator.get("/accounts/").content.decode()


def test_a_wrong_place_is_told_beside_its_field(administrator, world):
    data = {"username": "a.moi", "full_name": "Lê Mới", "role": "clerk", "organization": "A"}
    answer = administrator.post("/accounts/add/", data)
    assert "organization" in answer.context["form"].errors
    assert not User.objects.filter(username="a.moi").exists()


def test_the_page_changes_and_closes_an_account(administrator, world, actor):
    user, _ = add(actor, world.alpha.unit)
    data = {"full_name": "Phạm Đổi", "role": "officer", "organization": "B"}
    assert administrator.post(f"/accounts/{user.pk}/", data).status_code == 302
    user.refresh_from_db()
    assert (user.full_name, user.is_active) == ("Phạm Đổi", False)
    assert Posting.objects.get(user=user).organization == world.beta.unit


def test_nobody_is_posted_where_there_is_nothing_any_more(world, actor):
    """Who stands there already may still be renamed and closed, not opened again."""
    gone = factories.organization(world.province, dissolved_on=date(2019, 7, 1))
    with pytest.raises(Refusal) as caught:
        add(actor, gone)
    assert caught.value.field == "organization"
    left = factories.user(Role.OFFICER, gone)
    accounts.change(by=actor, user=left, organization=gone, full_name="Tên đúng")
    accounts.change(by=actor, user=left, organization=gone, is_active=False)
    with pytest.raises(Refusal):
        accounts.change(by=actor, user=left, organization=gone, is_active=True)
    here = factories.user(Role.OFFICER, world.alpha.unit)
    with pytest.raises(Refusal):
        accounts.change(by=actor, user=here, organization=gone)
