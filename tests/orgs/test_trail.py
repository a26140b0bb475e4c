import re
from datetime import date
from pathlib import Path

import pytest

from accounts.models import Role
from members.actions import members
from orgs.actions import reorganize, villages
from orgs.models import AuditEntry
from orgs.trail import ACTIONS, read_entries
from tests import factories


@pytest.fixture
def changed(world, actor):
    """One change in alpha and two in beta."""
    villages.correct(by=actor, village=world.alpha.village, name="Thôn Sửa")
    members.correct(by=actor, member=world.beta.members[0], full_name="Y Beta Khác")
    reorganize.correct(by=actor, organization=world.beta.commune, parent=world.units[0])


def codes(answer) -> list[str]:
    return [read.entry.object_code for read in answer.context["entries"]]


def test_the_board_reads_everything_the_latest_first(client_as, world, changed):
    answer = client_as(Role.BOARD, world.province).get("/trail/")
    assert codes(answer) == ["B.X01", "B1", "T.A.1"]
    page = answer.content.decode()
    assert "Thôn Alpha" in page and "Thôn Sửa" in page


def test_an_officer_reads_the_own_unit_only(client_as, world, changed):
    answer = client_as(Role.OFFICER, world.alpha.unit).get("/trail/")
    assert codes(answer) == ["T.A.1"]
    assert b"Beta" not in answer.content


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=t.a", ["T.A.1"]),
        ("what=member", ["B1"]),
        ("who=nobody", []),
        ("since=1/1/2000", ["B.X01", "B1", "T.A.1"]),
        ("until=1/1/2000", []),
        ("since=nonsense", ["B.X01", "B1", "T.A.1"]),
    ],
)
def test_the_trail_is_filtered(client_as, world, changed, asked, found):
    assert codes(client_as(Role.BOARD, world.province).get(f"/trail/?{asked}")) == found


def test_ids_are_read_as_codes_and_names_stay_hidden(world, changed):
    board = factories.user(Role.BOARD, world.province)
    administrator = factories.user(Role.ADMINISTRATOR, world.province)
    moved, renamed, _ = read_entries(AuditEntry.objects.all(), board)
    assert [(value.before, value.after) for value in moved.values] == [("B", "U1")]
    assert [value.after for value in renamed.values] == ["Y Beta Khác"]
    hidden = read_entries(AuditEntry.objects.all(), administrator)[1]
    assert [(value.before, value.after) for value in hidden.values] == [("…", "…")]


def test_reading_takes_the_same_queries_for_one_and_for_many(
    world, actor, django_assert_num_queries, django_assert_max_num_queries
):
    board = factories.user(Role.BOARD, world.province)
    villages.cover(
        by=actor, village=world.alpha.village, committee=world.alpha.commune, cell=None,
        on=date(2019, 1, 1),
    )  # fmt: skip
    with django_assert_max_num_queries(5) as one:
        read_entries(AuditEntry.objects.all(), board)
    for _ in range(10):
        made = villages.found(
            by=actor, code=f"N{AuditEntry.objects.count()}", name="Thôn",
            committee=world.alpha.commune, cell=world.alpha.cells[0],
        )  # fmt: skip
        assert made.pk
    with django_assert_num_queries(len(one.captured_queries)):
        read_entries(AuditEntry.objects.all(), board)


def test_every_action_of_the_code_is_told_in_words():
    """By the literals; those made of a verb are named by their rooms' tests."""
    root = Path(__file__).resolve().parent.parent.parent
    written = {
        name
        for room in ("accounts", "orgs", "members", "assessments")
        for path in (root / room).rglob("*.py")
        for name in re.findall(r'action="([a-z]+\.[a-z_]+)"', path.read_text("utf-8"))
    }
    assert "year.close" in written and written <= set(ACTIONS)


@pytest.mark.parametrize("step", ["submit", "return", "accept"])
def test_every_step_of_a_submission_is_told_in_words(step):
    assert f"submission.{step}" in ACTIONS
