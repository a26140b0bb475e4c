"""Every page of each role, walked once: what none of them may show.

Nothing that a rule of the house forbids a browser to get, no number that wheel or language spoils,
nothing chosen that would be false if it were left so, no word of another unit, no person for whom
persons are not.
"""

import pytest
from django.urls import reverse

from accounts.models import Role
from tests.test_first_choices import REVIEWED, chosen_at_first
from tests.test_numbers_typed import NUMBER_FIELD
from tests.test_walls import PERSON, ROUTES, STRANGER, may_open, readable
from tests.walls_world import places, user_with

pytestmark = pytest.mark.once


OF_ONE_UNIT = {Role.OFFICER, Role.CLERK}


def own_pages(client, role: Role, place):
    """(route, whether it is a page, its bytes or those of all parts of its workbook)."""
    for name, route in ROUTES.items():
        if may_open(role, route) and name != "accounts:sign_out":
            answer = client.get(reverse(name, kwargs=route.fill(place)), follow=True)
            is_page = answer.headers.get("Content-Type", "").startswith("text/html")
            yield name, is_page, readable(answer)


def faults(role: Role, is_page: bool, content: bytes):
    """What must not stand in the answer."""
    if role in OF_ONE_UNIT and STRANGER in content:
        yield STRANGER
    if role == Role.VIEWER and (found := PERSON.search(content)):
        yield found[0]
    if is_page and (found := NUMBER_FIELD.search(content.decode())):
        yield found[0]


@pytest.mark.parametrize("role", Role)
def test_own_pages_hold_nothing_that_they_must_not(role, client_of, world):
    alpha, _beta = places(world)
    chosen: dict[tuple[str, str], str] = {}
    for name, is_page, content in own_pages(client_of(user_with(role, world)), role, alpha):
        assert list(faults(role, is_page, content)) == [], name
        found = chosen_at_first(content.decode()) if is_page else {}
        chosen |= {(name, field): value for field, value in found.items()}
    assert [(*place, value) for place, value in chosen.items() if place not in REVIEWED] == []
    expected = {place for place in REVIEWED if may_open(role, ROUTES[place[0]])}
    assert expected <= set(chosen), "no longer there: take it out of the list"
