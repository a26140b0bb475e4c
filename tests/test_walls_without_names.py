"""An installation that stores no names (STORE_NAMES=off): no person in any byte, for any role."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Role
from accounts.permissions import OF_PERSONS, ROLES, Permission, may
from assessments.operations.checkup import findings
from assessments.rules.models.years import RatingYear
from assessments.workbooks.models import Upload
from members.models import Member, VillageHead
from orgs.models import Organization
from resolution03.lib.commands import Refused
from resolution03.settings import _on_or_off
from tests.assessments.loads import Loader
from tests.assessments.years import figure
from tests.routes import all_routes
from tests.test_walls import PERSON, may_open, readable
from tests.walls_world import places, user_with
from tests.workbooks import HEADS, MEMBER_RATINGS, MEMBER_ROWS, TREE, VILLAGE_ROWS, book

pytestmark = pytest.mark.once


ROUTES = all_routes()


@pytest.fixture
def loader(db, tmp_path):
    return Loader(tmp_path)


@pytest.fixture
def nameless(settings):
    settings.STORE_NAMES = False


@pytest.mark.parametrize("role", Role)
def test_no_role_may_anything_about_persons(nameless, world, role):
    user = user_with(role, world)
    assert not any(may(user, permission) for permission in OF_PERSONS)
    assert all(may(user, permission) for permission in ROLES[role] - OF_PERSONS)


@pytest.mark.parametrize("role", Role)
def test_no_page_holds_a_persons_name(nameless, client_of, world, role):
    alpha, _beta = places(world)
    client = client_of(user_with(role, world))
    for name, route in ROUTES.items():
        if name == "accounts:sign_out":
            continue
        answer = client.get(reverse(name, kwargs=route.fill(alpha)), follow=True)
        found = PERSON.search(readable(answer))
        assert not found, (name, found and found[0])


def test_where_names_are_stored_the_same_walk_meets_them(client_of, world):
    alpha, _beta = places(world)
    client = client_of(user_with(Role.OFFICER, world))
    pages = ("registers:village", "registers:member_list", "assessments:review_unit")
    met = [
        bool(PERSON.search(readable(client.get(reverse(name, kwargs=ROUTES[name].fill(alpha))))))
        for name in pages
    ]
    assert met == [True, True, False]


@pytest.mark.parametrize("role", Role)
def test_every_address_about_persons_is_absent(nameless, client_of, world, role):
    alpha, _beta = places(world)
    client = client_of(user_with(role, world))
    addresses = [
        reverse(name, kwargs=route.fill(alpha)) for name, route in ROUTES.items() if route.needs in OF_PERSONS
    ]
    if Permission.ENTER_RATINGS in ROLES[role]:
        members = [2018, "members"]
        addresses += [
            reverse("assessments:entry", args=members),
            reverse("assessments:entry_save", args=members),
            reverse("assessments:entry_row", args=[*members, alpha.member_line.pk]),
        ]
    for address in addresses:
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code in {404, 405}, address


@pytest.mark.parametrize("role", [Role.BOARD, Role.OFFICER, Role.VIEWER])
def test_the_names_behind_figures_of_persons_are_absent(nameless, client_of, world, role):
    places(world)
    client = client_of(user_with(role, world))
    for code in ("members_well", "admissions_term"):
        page = reverse("assessments:unit_drilldown", args=[2018, code, "A"])
        assert client.get(page).status_code == 404


def test_the_same_addresses_exist_where_names_are_stored(client_of, world):
    alpha, _beta = places(world)
    client = client_of(user_with(Role.OFFICER, world))
    for name, route in ROUTES.items():
        if route.needs in OF_PERSONS and may_open(Role.OFFICER, route):
            assert client.get(reverse(name, kwargs=route.fill(alpha))).status_code == 200, name


def test_the_first_screen_leads_to_the_totals_of_members(nameless, client_of, world):
    places(world)
    client = client_of(user_with(Role.OFFICER, world))
    page, grid = "/ratings/2018/", reverse("assessments:totals_unit", args=[2018, "A"])
    assert grid in client.get(page).content.decode()
    client.post(grid, {"member-HTTNV": "3", "member-total": "3"})
    found = figure(RatingYear.objects.get(pk=2018), "members_well", world.alpha.unit)
    assert (found.numerator, found.denominator, found.is_reported) == (3, 3, True)


def test_supplements_find_no_person(nameless, client_of, world):
    alpha, _beta = places(world)
    client = client_of(user_with(Role.OFFICER, world))
    page = reverse("assessments:supplement_new", args=[2018])
    assert b"Y Alpha" not in client.post(page, {"q": "y alpha", "find": "1"}).content
    assert client.post(page, {"add": f"m{alpha.member_line.pk}"}).status_code == 404


RATED = [MEMBER_RATINGS, [2018, "M1", None, "HTTNV"]]


@pytest.mark.parametrize("rows", [MEMBER_ROWS, RATED])
def test_loading_members_is_refused_in_one_line(nameless, db, tmp_path, rows):
    path = book(tmp_path / "book.xlsx", {"tc": TREE, "dv": rows})
    with pytest.raises(Refused) as refused:
        call_command("load", str(path))
    assert len(str(refused.value).splitlines()) == 1 and "STORE_NAMES" in str(refused.value)
    assert not Member.objects.exists() and not Organization.objects.exists()


def test_an_upload_of_members_is_refused_and_not_kept(nameless, client_of, world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    path = book(tmp_path / "dv.xlsx", {"dv": MEMBER_ROWS})
    file = SimpleUploadedFile("dv.xlsx", path.read_bytes())
    client = client_of(user_with(Role.OFFICER, world))
    shown = client.post(reverse("assessments:upload"), {"files": [file]}).content.decode()
    assert "STORE_NAMES" in shown and not Upload.objects.exists()
    assert not list((tmp_path / "uploads").iterdir())


def test_a_head_is_stored_without_a_name(nameless, loader):
    heads = [HEADS, ["A.T1", "A Một", "x", None, "x", "1/1/2015"]]
    sheets = {"tc": TREE, "thon": VILLAGE_ROWS, "tt": heads}
    loader(sheets)
    head = VillageHead.objects.get()
    assert (head.full_name, head.is_member) == ("", True)
    again = loader(sheets)
    assert set(again.counts) == {"unchanged"}


def test_the_doctor_says_what_is_still_stored(nameless, world):
    assert "names" in {finding["code"] for finding in findings()}
    Member.objects.all().delete()
    assert "names" not in {finding["code"] for finding in findings()}


@pytest.mark.parametrize(("written", "means"), [("", True), ("on", True), ("OFF", False), (" off ", False)])
def test_the_switch_is_read(monkeypatch, written, means):
    monkeypatch.setenv("STORE_NAMES", written)
    assert _on_or_off("STORE_NAMES", default=True) is means


@pytest.mark.parametrize("written", ["no", "0", "of", "không"])
def test_a_slip_of_the_pen_throws_no_switch(monkeypatch, written):
    monkeypatch.setenv("STORE_NAMES", written)
    with pytest.raises(ImproperlyConfigured, match="STORE_NAMES"):
        _on_or_off("STORE_NAMES", default=True)
