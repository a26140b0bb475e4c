"""An act on a register is one entry (ADR 26): one that is added is met everywhere; each says the truth of
how it is taken back and of what the trail tells."""

from datetime import date
from importlib import import_module, reload

import pytest
from django import forms
from django.db import transaction
from django.urls import clear_url_caches, reverse
from django.urls.converters import REGISTERED_CONVERTERS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import Role
from accounts.permissions import ROLES, Permission
from assessments.registers import acts
from assessments.registers.acts import ACTIONS
from assessments.registers.acts.act import NO_BUTTON, ON_A_RECORD, Act, Begin, Button, Words
from assessments.registers.records import HEADS, MEMBERS, ORGANIZATIONS, VILLAGES
from assessments.registers.register_form import RegisterForm
from assessments.review.years.actions import open_year
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.tallies import Tally
from assessments.roster.models.village_lines import VillageLine
from orgs.actions import villages
from orgs.actions.writing import store
from orgs.filters import KINDS
from orgs.models import AuditEntry, Organization, Village
from orgs.rules import unit_of
from orgs.trail.words import actions
from orgs.versions import writing
from tests import factories, short
from tests.assessments.registers.confirming import send
from tests.assessments.registers.test_registers import typed_pages
from tests.assessments.test_sent_twice import TOKEN
from tests.walls_world import user_with


class NewName(RegisterForm):
    name = forms.CharField(label=_("Name of the organization"), max_length=255)


@writing()
def entitle(*, by, organization, name):
    store(organization, by=by, action="organization.entitle", unit_id=unit_of(organization.path), name=name)
    return organization


ADDED = Act(
    code="entitle",
    register=ORGANIZATIONS,
    on=ORGANIZATIONS,
    needs=Permission.EDIT_REGISTERS,
    form=NewName,
    action=entitle,
    words=Words("Entitle: %s", "Entitle it", "It is entitled."),
    button=Button("Entitle this", offered=lambda organization: not organization.is_cell),
    effect=lambda form: [f"{form.subject} will be {form.cleaned_data['name']} in every open year."],
    trail=_("transferred"),
)


class Settle(RegisterForm):
    name = forms.CharField(label=_("Name of the village"), max_length=255)


def settle(*, by, name):
    return villages.found(by=by, code="T.A.8", name=name, committee=Organization.objects.get(code="A.X01"))


MAKING = Act(
    code="settle",
    register=VILLAGES,
    on=None,
    needs=Permission.REORGANIZE,
    form=Settle,
    action=settle,
    words=Words("Settle a village", "Settle it", "It is settled."),
    button=Button("Settle one", menu="More"),
    begin=Begin(back=lambda place: reverse("registers:village_list")),
    trail=("village.found",),
)


@pytest.fixture
def board(client_as, world):
    return client_as(Role.BOARD, world.province)


@pytest.fixture
def added(monkeypatch):
    """The program as it starts with one more entry in two of the lists, and nothing else."""
    with monkeypatch.context() as patch:
        patch.setattr(acts.organizations, "ACTS", (*acts.organizations.ACTS, ADDED))
        patch.setattr(acts.villages, "ACTS", (*acts.villages.ACTS, MAKING))
        _start()
        yield ADDED
    _start()


def _start() -> None:
    """Read the lists anew, as a process does that starts."""
    names = ("assessments.registers.acts", "assessments.registers.urls", "resolution03.urls")
    modules = [import_module(name) for name in names]
    REGISTERED_CONVERTERS.clear()
    for module in modules:
        reload(module)
    actions.cache_clear()
    clear_url_caches()


def statuses(client_of, world, address) -> dict[Role, int]:
    return {role: client_of(user_with(role, world)).get(address).status_code for role in Role}


def test_an_act_that_is_added_is_met_everywhere(added, world, actor, client, client_of, client_as):
    """Address, walls, button, form, effect, open year, trail in both languages, sent twice, way back."""
    year, commune = open_year(2018, by=actor), world.alpha.commune
    address = reverse("registers:organization_entitle", args=[commune.pk])
    assert address == f"/organizations/{commune.pk}/entitle/"

    assert client.get(address).url.startswith(reverse("accounts:sign_in"))
    may = {role: 200 if Permission.EDIT_REGISTERS in ROLES[role] else 403 for role in Role}
    assert statuses(client_of, world, address) == may
    stranger = client_as(Role.OFFICER, world.beta.unit)
    assert {stranger.get(address).status_code, stranger.post(address).status_code} == {404}

    officer = client_as(Role.OFFICER, world.alpha.unit)
    shown, on_cell = (officer.get(one.get_absolute_url()) for one in (commune, world.alpha.cells[0]))
    button = f'href="{address}"'
    assert button in shown.content.decode() and "Entitle this" in shown.content.decode()
    assert "Entitle this" not in on_cell.content.decode()
    viewer = client_as(Role.VIEWER, world.province)
    assert button not in viewer.get(commune.get_absolute_url()).content.decode()

    page = officer.get(address).content.decode()
    assert f"Entitle: {commune.name}" in page and 'name="name"' in page and "Entitle it" in page
    typed = {"name": "Đảng bộ xã Tân Lập", "once": TOKEN.search(page)[1]}
    asked = officer.post(address, typed)
    told = asked.content.decode()
    assert f"{commune.name} will be Đảng bộ xã Tân Lập in every open year." in told
    assert Organization.objects.get(pk=commune.pk).name == commune.name

    typed["sure"] = asked.context["preview"].key
    done, again = (officer.post(address, typed, follow=True) for _time in range(2))
    assert "It is entitled." in done.content.decode()
    assert done.redirect_chain == again.redirect_chain == [(commune.get_absolute_url(), 302)]
    assert OrganizationLine.objects.get(year=year, organization=commune).name == "Đảng bộ xã Tân Lập"
    entry = AuditEntry.objects.get(action="organization.entitle")

    for language, words in (("vi", "chuyển sinh hoạt"), ("en", "transferred")):
        with override(language):
            assert str(actions()[entry.action].words) == words
        type(entry.actor).objects.filter(pk=entry.actor_id).update(language=language)
        reader = client_of(type(entry.actor).objects.get(pk=entry.actor_id))
        for place in (commune.get_absolute_url(), "/trail/?what=organization"):
            assert words in reader.get(place).content.decode(), (language, place)


def test_an_act_that_makes_a_record_is_met_in_the_list(added, world, client_as):
    officer, viewer = client_as(Role.OFFICER, world.alpha.unit), client_as(Role.VIEWER, world.province)
    assert viewer.get("/villages/settle/").status_code == 403
    assert "Settle one" not in viewer.get("/villages/").content.decode()
    listed = officer.get("/villages/").content.decode()
    assert 'href="/villages/settle/"' in listed and "More" in listed
    assert 'aria-current="page"' in officer.get("/villages/settle/").content.decode()
    send(officer, "/villages/settle/", {"name": "Thôn Tám"})
    made = Village.objects.get(code="T.A.8")
    assert "thêm mới" in officer.get(made.get_absolute_url()).content.decode()
    assert AuditEntry.objects.get(object_type="orgs.village", object_id=made.pk).action == "village.found"


def said(year: int) -> list:
    """Roster and figures of a year, but for the keys and counters of their rows and figures that are none."""
    apart = {"id", "version"}
    rows = [
        row
        for model in (OrganizationLine, MemberLine, VillageLine, Tally)
        for row in model.objects.filter(year=year).values()
        if row.get("count") != 0
    ]
    return sorted(str({name: value for name, value in row.items() if name not in apart}) for row in rows)


@pytest.mark.once
def test_every_act_is_told_as_it_declares(board, world, actor):
    """How each is taken back: tests/assessments/registers/undoing."""
    pages = typed_pages(world)
    year = open_year(2018, by=actor).pk
    for act in short.some(acts.ACTS):
        if act.name not in pages:
            continue
        before, stood = transaction.savepoint(), said(year)
        last = AuditEntry.objects.latest("pk").pk
        address, typed = pages[act.name]
        assert send(board, address, typed).status_code == 302, act.name
        assert said(year) != stood, act.name
        entries = AuditEntry.objects.filter(pk__gt=last)
        told = set(entries.values_list("action", flat=True)) - {"roster.drop"}
        mine = told - set(act.also)
        assert mine == {act.told} if act.told in ACTIONS else mine and mine <= set(act.trail), (
            act.name,
            told,
        )
        transaction.savepoint_rollback(before)


@pytest.mark.once
def test_every_act_is_offered_where_it_is_done(board, world):
    """On the page of its record, else in the list of its register; of who has no tree yet, on none."""
    alpha = world.alpha
    records = {
        ORGANIZATIONS: alpha.commune,
        VILLAGES: alpha.village,
        HEADS: alpha.head,
        MEMBERS: alpha.members[0],
    }
    others = {
        "organization_level": alpha.unit,
        "member_return": factories.member(
            alpha.cells[0], left_on=date(2016, 3, 1), leaving_reason="transferred"
        ),
    }
    for act in acts.ACTS:
        record = others.get(act.name, records[act.on]) if act.on else None
        page = record.get_absolute_url() if record else f"/{act.register.folder}/"
        is_there = f'href="{act.url(record)}"' in board.get(page).content.decode()
        assert is_there == (act.button is not NO_BUTTON), act.name
        if act.begin.button is not NO_BUTTON:
            below = board.get(alpha.commune.get_absolute_url()).content.decode()
            assert f'href="{act.url(place=alpha.commune)}"' in below, act.name


@pytest.mark.once
def test_what_one_entry_says_agrees_with_the_others():
    names = [act.name for act in acts.ACTS]
    assert len(names) == len(set(names))
    for act in acts.ACTS:
        assert (act.begin is ON_A_RECORD) == (act.on is not None), act.name
        assert act.told_back in ACTIONS and acts.find(act.told) is act, act.name
        assert act.button is not NO_BUTTON or act.name == "province_found", act.name
        assert act.register.name in {*dict(KINDS), "province"}, act.name
        assert act.told in ACTIONS or set(act.trail) <= set(actions()), act.name
