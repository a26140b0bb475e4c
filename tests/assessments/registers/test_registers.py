"""Pages change registers through one door, and open years follow."""

import ast
from datetime import date
from pathlib import Path

import pytest

from accounts.models import Role
from assessments.registers import door
from assessments.registers.views import handling
from assessments.review.years.actions import open_year
from assessments.roster.following import refresh
from assessments.roster.models.lines import MemberLine, OrganizationLine, VillageLine
from members.actions import members
from orgs.models import Organization
from resolution03.lib.errors import Refusal
from tests import factories

VIEWS = Path(handling.__file__).parents[1]
ACTIONS = {"orgs.actions", "members.actions"}
DAY = "01/07/2018"


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
    """Calls of an action of a register that do not go through `registers.change`."""
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module
        and (node.module in ACTIONS or node.module.rpartition(".")[0] in ACTIONS)
        for alias in node.names
    }
    return {
        ast.unparse(node.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[0] in imported
    }


def test_no_page_goes_another_way():
    for path in VIEWS.rglob("*.py"):
        assert not actions_called(ast.parse(path.read_text("utf-8"))), path.name


def test_the_watch_sees_a_page_that_goes_another_way():
    tree = ast.parse("from members.actions import members\nmembers.leave(by=None)")
    assert actions_called(tree) == {"members.leave"}


POSTS = [
    ("organizations/{commune}/correct/", {"name": "Đảng bộ xã Đúng", "code": "A.X01",
     "form": "committee", "parent": "A"}),
    ("organizations/{commune}/rename/", {"name": "Đảng bộ xã Mới", "on": DAY}),
    ("organizations/{commune}/move/", {"parent": "B", "on": DAY, "decision": "1-QĐ"}),
    ("organizations/{cell}/merge/", {"target": "A.X01.2", "on": DAY}),
    ("organizations/{commune}/merge/", {"target": "B.X01", "on": DAY}),
    ("organizations/{commune}/split/", {"code": "A.X09", "name": "Tách", "on": DAY,
     "children": ["{cell}"]}),
    ("organizations/{empty}/dissolve/", {"on": DAY}),
    ("organizations/found/", {"code": "A.X77", "name": "Đảng bộ xã Bảy", "form": "committee",
     "parent": "A", "established_on": "2017"}),
    ("villages/found/", {"code": "T9", "name": "Thôn Chín", "committee": "A.X01",
     "cell": "A.X01.2"}),
    ("villages/{village}/correct/", {"code": "T.A.1", "name": "Thôn Đúng", "committee": "A.X01"}),
    ("villages/{village}/cover/", {"committee": "A.X01", "cell": "A.X01.2", "on": DAY}),
    ("villages/{village}/end/", {"on": DAY}),
    ("heads/{head}/end/", {"on": DAY}),
    ("heads/{head}/correct/", {"full_name": "A Khác", "is_member": "on",
     "starts_on": "1/1/2015"}),
    ("members/enrol/", {"code": "A9", "full_name": "Y Chín", "cell": "A.X01.1",
     "admitted_on": "5/2018"}),
    ("members/{member}/correct/", {"code": "A1", "full_name": "Y Đúng", "cell": "A.X01.2",
     "admitted_on": "2009"}),
    ("members/{member}/transfer/", {"cell": "B.X01.1", "on": DAY}),
    ("members/{member}/leave/", {"on": DAY, "leaving_reason": "died"}),
    ("members/{member}/exempt/", {"is_exempt": "on"}),
]  # fmt: skip


@pytest.mark.parametrize(("address", "data"), POSTS, ids=[address for address, _ in POSTS])
def test_every_page_that_changes_a_register_takes_the_open_year_along(
    board, world, year, actor, address, data
):
    alpha = world.alpha
    names = {
        "commune": alpha.commune.pk, "cell": alpha.cells[0].pk, "empty": alpha.cells[1].pk,
        "village": alpha.village.pk, "head": alpha.head.pk, "member": alpha.members[0].pk,
    }  # fmt: skip
    data = {
        name: [v.format(**names) for v in value] if isinstance(value, list) else value
        for name, value in data.items()
    }
    before = snapshot(year)
    answer = board.post(f"/{address.format(**names)}", data)
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    assert snapshot(year) != before
    assert nothing_to_follow(year, actor)


def snapshot(year) -> list:
    """What the roster of the year says, names included."""
    return [
        sorted(map(str, model.objects.filter(year=year).values_list()))
        for model in (OrganizationLine, MemberLine, VillageLine)
    ] + [list(Organization.objects.values_list("name", "form", "parent"))]


def test_an_appointed_head_counts_at_once(board, world, year, actor):
    village = factories.village(world.alpha.commune, world.alpha.cells[0])
    refresh(year, by=actor)
    address = f"/villages/{village.pk}/head/"
    answer = board.post(address, {"full_name": "A Mới", "starts_on": "1/2018", "is_member": "on"})
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
    def fail(**kwargs):
        raise RuntimeError

    monkeypatch.setattr(door, "follow_registers", fail)
    with pytest.raises(RuntimeError):
        door.change(members.exempt, by=actor, member=world.alpha.members[0], is_exempt=True)
    world.alpha.members[0].refresh_from_db()
    assert world.alpha.members[0].is_exempt is False
