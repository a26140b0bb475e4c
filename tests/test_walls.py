"""Every address as nobody, as every role, and as the officer of another unit."""

import io
import re
import zipfile

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import Role
from accounts.permissions import PLACELESS, ROLES, Permission
from tests import factories
from tests.routes import Access, Route, all_routes
from tests.walls_world import places, user_with, with_odd_codes

ROUTES = all_routes()
STRANGER = b"Beta"
PERSON = re.compile(rb"[AY] (Alpha|Beta) (\d|Tr\xc6\xb0\xe1\xbb\x9fng)")
NOT_STRICT = re.compile(
    rb"<[^>]*\s(style|on[a-z]+)=|<script(?![^>]*\ssrc=)|<style|(src|action)=\"(https?:)?//", re.I
)


def view_names(patterns=None, prefix=""):
    """All names of the URLconf, with their namespaces."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from view_names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def may_open(role: Role, route: Route) -> bool:
    return route.needs in (Access.OPEN, Access.SIGNED_IN) or route.needs in ROLES[role]


def readable(response) -> bytes:
    """The bytes of a page, or of all parts of a workbook."""
    content = b"".join(response) if response.streaming else response.content
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return b"\n".join(book.read(name) for name in book.namelist())


def test_every_address_says_who_may_open_it():
    assert set(view_names()) == set(ROUTES)


@pytest.mark.once
def test_nobody_opens_nothing_but_the_doors(client, world):
    alpha, _ = places(world)
    for name, route in ROUTES.items():
        if route.needs is Access.OPEN:
            continue
        address = reverse(name, kwargs=route.fill(alpha))
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 302, name
            assert answer.url.startswith(reverse("accounts:sign_in")), name


@pytest.mark.once
@pytest.mark.parametrize("role", Role)
def test_a_role_without_the_permission_gets_403(role, client_of, world):
    alpha, _ = places(world)
    client = client_of(user_with(role, world))
    for name, route in ROUTES.items():
        if may_open(role, route) or (name == "orgs:job_cancel" and Permission.SEE_JOBS in ROLES[role]):
            continue
        address = reverse(name, kwargs=route.fill(alpha))
        statuses = {client.get(address).status_code, client.post(address).status_code}
        refused = 404 if route.needs is Access.OWNED else 403
        assert refused in statuses and statuses <= {refused, 405}, (name, statuses)


@pytest.mark.parametrize("role", Role)
def test_a_role_with_the_permission_gets_its_page(role, client_of, world):
    """Whatever characters the stored codes are made of."""
    with_odd_codes(world.alpha)
    alpha, _ = places(world)
    client = client_of(user_with(role, world))
    for name, route in ROUTES.items():
        if not may_open(role, route) or name == "accounts:sign_out":
            continue
        answer = client.get(reverse(name, kwargs=route.fill(alpha)))
        assert answer.status_code in {200, 302, 405}, (name, answer.status_code)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            found = NOT_STRICT.search(readable(answer))
            assert not found, (name, found and found[0])


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CLERK])
def test_another_unit_does_not_exist(role, client_of, world):
    alpha, beta = places(world)
    client = client_of(user_with(role, world))
    for name, route in ROUTES.items():
        kwargs = route.fill(beta)
        if not may_open(role, route) or kwargs == route.fill(alpha):
            continue
        address = reverse(name, kwargs=kwargs)
        statuses = {client.get(address).status_code, client.post(address).status_code}
        assert 404 in statuses and statuses <= {404, 405}, (name, statuses)


OWN = {"accounts:password", "accounts:sign_in", "accounts:sign_out", "accounts:language", "health"}
NO_POSTING = "Tài khoản này chưa có nơi công tác"


@pytest.mark.once
@pytest.mark.parametrize("role", Role)
def test_without_a_posting_there_is_one_sentence(role, client_of, world):
    """An administrator keeps accounts and the sign-in log; everybody the own account."""
    alpha, _ = places(world)
    client = client_of(factories.user(role))
    for name, route in ROUTES.items():
        if name in OWN or name.startswith("orgs:job"):
            continue
        address = reverse(name, kwargs=route.fill(alpha))
        keeps = role == Role.ADMINISTRATOR and (route.needs in PLACELESS or name == "home")
        for answer in (client.get(address), client.post(address)):
            page = answer.content.decode()
            assert (NO_POSTING in page) != keeps, (name, answer.status_code)
            assert answer.status_code != 403 if keeps else answer.status_code == 403, name
            assert keeps or "Alpha" not in page, name
            has_bar = role == Role.ADMINISTRATOR and page and not answer.has_header("Location")
            assert ("<nav" in page) == bool(has_bar), name


def test_an_administrator_without_a_posting_opens_accounts(client_of, world):
    client = client_of(factories.user(Role.ADMINISTRATOR))
    account = factories.user(Role.OFFICER, world.alpha.unit)
    page = client.get("/", follow=True)
    bar = [entry["url"] for entry in page.context["navigation"]]
    assert bar == ["/accounts/", "/account/sign-ins/", "/backups/"]
    assert account.username in page.content.decode()
    assert client.get(f"/accounts/{account.pk}/").status_code == 200
