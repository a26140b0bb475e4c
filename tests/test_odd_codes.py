"""Codes that were stored before their form was a rule; tests/test_walls.py opens every page with one."""

from io import BytesIO
from urllib.parse import unquote

import pytest
from django.urls import resolve, reverse
from openpyxl import load_workbook

from accounts.models import Role
from tests.routes import all_routes
from tests.walls_world import places, user_with, with_odd_codes

pytestmark = pytest.mark.once


ODD = (
    "A/B",
    "A B",
    "?",
    "#1",
    "%41",
    "100%",
    ".AN",
    "..",
    "~x",
    "Ñé Ω",
    "a\\b",
    "\"<i>'",
    "A:[B]*",
    "=1+1",
    "-",
    "X" * 60,
    "A\tB",
    "Á/../B",
    "\u202eAB",
    "Điện.1",
)
ROUTES = all_routes()


@pytest.mark.once
def test_every_code_has_an_address_that_leads_back_to_it():
    for code in ODD:
        address = reverse("assessments:office", args=[code])
        assert resolve(unquote(address)).kwargs == {"code": code}, (code, address)
        assert ".." not in address.split("/"), address


def test_an_address_that_nobody_gave_does_not_exist(client_as, world):
    board = client_as(Role.BOARD, world.province)
    for part in ("~", "~zz", "~ff", "~41f", "~41", "..%2f", "%FF", "%41%00", "~00", "~4100"):
        assert board.get(f"/offices/{part}/").status_code in {400, 404}, part


def test_what_leaves_for_an_odd_code_leaves(client_of, world, settings, tmp_path):
    """Names of files, of sheets and of ranges are made of codes, too."""
    settings.VAR_DIR = tmp_path
    with_odd_codes(world.alpha)
    alpha, _ = places(world)
    client = client_of(user_with(Role.BOARD, world))
    leaves = {
        "prepared_take": client.post,
        "unit_person_report": client.post,
        "unit_report": client.get,
        "unit_document": client.get,
    }
    for name, ask in leaves.items():
        address = reverse(f"assessments:{name}", kwargs=ROUTES[f"assessments:{name}"].fill(alpha))
        answer = ask(address, {"purpose": "thử"}, follow=True)
        content = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code == 200 and content.startswith(b"PK"), (name, answer.status_code)
        if name != "unit_document":
            assert load_workbook(BytesIO(content)).sheetnames, name
