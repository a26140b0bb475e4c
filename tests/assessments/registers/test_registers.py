"""Pages change registers through one door, and open years follow."""

import ast
from datetime import date

import pytest
from django.db import transaction

from accounts.models import Role
from assessments.registers import acts, door
from assessments.review.years.actions import open_year
from assessments.roster.following import refresh
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.village_lines import VillageLine
from members.actions import members
from orgs.models import Organization
from resolution03.lib.errors import Refusal
from tests import factories, short
from tests.assessments.registers.confirming import send
from tests.places import ROOT

ACTIONS = {"orgs.actions", "members.actions"}
THROUGH_THE_DOOR = ("assessments/registers/units.py", "assessments/registers/reorganizing.py")
"""Actions that themselves are done through it, or as a load."""
DAY = "01/07/2018"
DECIDED = {"decision": "1-QĐ", "decided_on": "25/06/2018"}


@pytest.fixture
def year(world, actor):
    return open_year(2018, by=actor)


@pytest.fixture
def board(client_as, world):
    return client_as(Role.BOARD, world.province)


def nothing_to_follow(year, actor) -> bool:
    """Whether the roster already says what the registers say."""
    change = refresh(year, by=actor)
    return (change.created, change.changed, change.removed) == (0, 0, 0)


def actions_called(tree: ast.Module) -> set[str]:
    """Calls of an action of a register that do not go through `door.change`; workbooks write in bulk, and of
    accounts no year knows."""
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module
        and (node.module in ACTIONS or node.module.rpartition(".")[0] in ACTIONS)
        and "bulk" not in node.module
        for alias in node.names
        if "accounts" not in f"{node.module}.{alias.name}"
    }
    return {
        ast.unparse(node.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[0] in imported
    }


def test_no_page_goes_another_way():
    for path in (ROOT / "assessments").rglob("*.py"):
        if path.relative_to(ROOT).as_posix() in THROUGH_THE_DOOR:
            continue
        assert not actions_called(ast.parse(path.read_text("utf-8"))), path


def test_the_watch_sees_a_page_that_goes_another_way():
    tree = ast.parse("from members.actions import members\nmembers.leave(by=None)")
    assert actions_called(tree) == {"members.leave"}


POSTS = {
    "organization_correct": (
        "organizations/{commune}/correct/",
        {"name": "Đảng bộ xã Đúng", "code": "A.X01", "form": "committee", "parent": "A"},
    ),
    "organization_rename": ("organizations/{commune}/rename/", {"name": "Đảng bộ xã Mới", "on": DAY}),
    "organization_move": (
        "organizations/{commune}/move/",
        {"parent": "B", "on": DAY, "decision": "1-QĐ"},
    ),
    "organization_form": ("organizations/{commune}/form/", {"form": "section", "on": DAY}),
    "organization_merge": ("organizations/{commune}/merge/", {"target": "B.X01", "on": DAY, **DECIDED}),
    "organization_split": (
        "organizations/{commune}/split/",
        {"code": "A.X09", "name": "Tách", "on": DAY, "children": ["{cell}"], **DECIDED},
    ),
    "organization_dissolve": ("organizations/{empty}/dissolve/", {"on": DAY, **DECIDED}),
    "organization_found": (
        "organizations/found/",
        {
            "code": "A.X77",
            "name": "Đảng bộ xã Bảy",
            "form": "committee",
            "parent": "A",
            "established_on": "2017",
            **DECIDED,
        },
    ),
    "village_found": (
        "villages/found/",
        {"code": "T9", "name": "Thôn Chín", "committee": "A.X01", "cell": "A.X01.2"},
    ),
    "village_correct": (
        "villages/{village}/correct/",
        {"code": "T.A.1", "name": "Thôn Đúng", "committee": "A.X01"},
    ),
    "village_cover": (
        "villages/{village}/cover/",
        {"committee": "A.X01", "cell": "A.X01.2", "on": DAY},
    ),
    "village_merge": (
        "villages/merge/",
        {
            "committee": "A.X01",
            "sources": ["{village}", "{vacant}"],
            "code": "T.A.9",
            "name": "Thôn Nhập",
            "cell_code": "A.X01.9",
            "cell_name": "Chi bộ thôn Nhập",
            "joins_cells": "on",
            "head": "{head}",
            "on": DAY,
            **DECIDED,
        },
    ),
    "village_split": (
        "villages/{village}/split/",
        {"code": "T.A.8", "name": "Thôn Tách", "cell": "A.X01.2", "full_name": "A Tách", "on": DAY},
    ),
    "village_end": ("villages/{village}/end/", {"on": DAY}),
    "head_appoint": (
        "villages/{vacant}/head/",
        {"full_name": "A Mới", "starts_on": "1/2018", "is_member": "on"},
    ),
    "head_end": ("heads/{head}/end/", {"on": DAY}),
    "head_correct": (
        "heads/{head}/correct/",
        {"full_name": "A Khác", "is_member": "on", "starts_on": "1/1/2015"},
    ),
    "member_enrol": (
        "members/enrol/",
        {"code": "A9", "full_name": "Y Chín", "cell": "A.X01.1", "admitted_on": "5/2018"},
    ),
    "member_correct": (
        "members/{member}/correct/",
        {"code": "A1", "full_name": "Y Đúng", "cell": "A.X01.2", "admitted_on": "2009"},
    ),
    "member_transfer": ("members/{member}/transfer/", {"cell": "B.X01.1", "on": DAY}),
    "member_leave": ("members/{member}/leave/", {"on": DAY, "leaving_reason": "died"}),
    "member_recognize": ("members/{member}/recognize/", {"official_on": "1/1/2011", **DECIDED}),
    "member_exempt": ("members/{member}/exempt/", {"is_exempt": "on", "on": DAY}),
    "member_return": ("members/{gone}/return/", {"cell": "A.X01.2", "on": DAY}),
    "organization_level": ("organizations/{unit}/level/", {"level": "grassroots", "on": DAY, **DECIDED}),
    "merge of two cells": ("organizations/{cell}/merge/", {"target": "A.X01.2", "on": DAY, **DECIDED}),
}
"""Every act on a register by the name of its address, and what is typed on its page."""


def typed_pages(world) -> dict[str, tuple[str, dict]]:
    """POSTS with the keys of the world; what it names is made before a year is opened."""
    alpha = world.alpha
    vacant = factories.village(alpha.commune, alpha.cells[0], code="T.A.5")
    gone = factories.member(alpha.cells[0], code="A8", left_on=date(2016, 3, 1), leaving_reason="transferred")
    names = {
        "gone": gone.pk,
        "unit": alpha.unit.pk,
        "commune": alpha.commune.pk,
        "cell": alpha.cells[0].pk,
        "empty": alpha.cells[1].pk,
        "village": alpha.village.pk,
        "vacant": vacant.pk,
        "head": alpha.head.pk,
        "member": alpha.members[0].pk,
    }
    return {
        name: (f"/{address.format(**names)}", _filled(data, names)) for name, (address, data) in POSTS.items()
    }


def _filled(data: dict, names: dict) -> dict:
    return {
        name: [one.format(**names) for one in value] if isinstance(value, list) else value.format(**names)
        for name, value in data.items()
    }


@pytest.mark.once
def test_every_page_that_changes_a_register_takes_the_open_year_along(board, world, actor):
    pages = typed_pages(world)
    assert {act.name for act in acts.ACTS} - set(pages) == {"province_found"}
    year = open_year(2018, by=actor)
    for name, (address, data) in short.some(list(pages.items())):
        before, stood = transaction.savepoint(), snapshot(year)
        answer = send(board, address, data)
        assert answer.status_code == 302, (name, answer.context and answer.context["form"].errors)
        assert snapshot(year) != stood, name
        assert nothing_to_follow(year, actor), name
        transaction.savepoint_rollback(before)


def snapshot(year) -> list:
    """What the roster of the year says, names included."""
    return [
        sorted(map(str, model.objects.filter(year=year).values_list()))
        for model in (OrganizationLine, MemberLine, VillageLine)
    ] + [list(Organization.objects.values_list("name", "form", "parent", "level"))]


def test_an_appointed_head_counts_at_once(board, world, year, actor):
    village = factories.village(world.alpha.commune, world.alpha.cells[0])
    refresh(year, by=actor)
    address = f"/villages/{village.pk}/head/"
    answer = send(board, address, {"full_name": "A Mới", "starts_on": "1/2018", "is_member": "on"})
    assert answer.status_code == 302
    assert VillageLine.objects.get(year=year, village=village).head_state == "member"


def test_a_refused_change_leaves_register_and_year_alone(world, year, actor):
    before = snapshot(year)
    with pytest.raises(Refusal):
        door.change(
            members.transfer, by=actor, member=world.alpha.members[0], cell=world.alpha.commune,
            on=date(2018, 7, 1),
        )  # fmt: skip
    assert snapshot(year) == before


def test_a_year_that_cannot_follow_undoes_the_change(world, year, actor, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(door, "follow", fail)
    with pytest.raises(RuntimeError):
        door.change(
            members.exempt, by=actor, member=world.alpha.members[0], is_exempt=True, on=date(2018, 6, 1)
        )
    world.alpha.members[0].refresh_from_db()
    assert world.alpha.members[0].is_exempt is False
