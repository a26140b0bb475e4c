"""Every page in a real browser: the content policy, WCAG 2.1 A and AA, 200% zoom."""

from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.permissions import ROLES
from tests import short
from tests.routes import Access, all_routes
from tests.walls_world import places, user_with

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
# What answers with a file, a fragment or only to POST is no page.
NOT_PAGES = {"health", "accounts:sign_out", "accounts:language"}


def addresses(role: Role, alpha):
    """The addresses that a role may open; its own, where the address names a place."""
    for name, route in all_routes().items():
        may_open = route.needs in (Access.OPEN, Access.SIGNED_IN) or route.needs in ROLES[role]
        if may_open and name not in NOT_PAGES:
            yield reverse(name, kwargs=route.fill(alpha))


def violations(page) -> list[str]:
    """What axe-core, which the page has already, finds; one line each."""
    found = page.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", RULES)
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]]


def is_page(page, address: str) -> bool:
    """Whether a page is open now; a file, a fragment and what only takes a POST are none. Asked first: a
    navigation that fails would interrupt the one after it."""
    answer = page.request.get(address)
    if not answer.ok or not answer.headers.get("content-type", "").startswith("text/html"):
        return False
    return "<html" in answer.text() and page.goto(address).ok


def too_wide(page) -> list[str]:
    """Whether the page scrolls sideways at 1366 px, or at 683 px, which is 200% zoom."""
    found = []
    for width in (683, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        needed = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{needed} px wide at {width}"] if needed > width else []
    return found


@pytest.mark.once
@pytest.mark.parametrize(
    ("role", "fewest"),
    [
        (Role.BOARD, len(short.some(range(120)))),
        pytest.param(Role.OFFICER, 40, marks=pytest.mark.long),
        pytest.param(Role.ADMINISTRATOR, 5, marks=pytest.mark.long),
    ],
)
def test_pages_keep_to_the_policy_to_wcag_and_to_their_width(
    role, fewest, reference, world, page_of, live_server
):
    alpha, _ = places(world)
    page = page_of(user_with(role, world))
    page.add_init_script(AXE)
    found, seen = [], 0
    for address in short.some(list(addresses(role, alpha))):
        if is_page(page, live_server.url + address):
            seen += 1
            found += [f"{address} {line}" for line in violations(page) + too_wide(page)]
    assert seen >= fewest
    assert not found, "\n".join(found)
