from datetime import date

import pytest

from accounts.models import Role
from members.actions import members
from orgs import audit
from orgs.actions import reorganize, villages
from orgs.models import AuditEntry
from orgs.trail import read_entries
from orgs.versions import writing
from resolution03.lib.dates import PartialDate, Precision
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


OLD = [
    ("account.add", "accounts.user", {}, {"full_name": "A", "posting": "GONE", "is_active": True}),
    ("account.move", "accounts.user", {"posting": 7}, {"posting": [1, {"a": None}], "posting_id": 3}),
    ("member.correct", "members.member", {"born_precision": "d"}, {"born_precision": "y"}),
    ("member.correct", "members.member", {"born_on": "22/2/89", "sex": 5}, {"born_on": None, "sex": "?"}),
    ("organization.move", "orgs.organization", {"parent_id": "x"}, {"parent_id": 2**70, "no_such": {}}),
    ("village.gone", "orgs.gone", {"a": 1}, {"a": 2}),
    ("rules.change", "assessments.target", {"value": "NaN", "indicator": "gone"}, {"value": "ten"}),
    ("submission.return", "assessments.submission", {"state": "lost"}, {"state": "returned", "rows": None}),
    ("prepared.download", "orgs.organization", {}, {"rows": {"members": "x", "gone": 2}, "year": "2018"}),
]


def test_what_nobody_declared_is_told_as_text_and_never_an_error(client_as, world):
    """Entries of earlier versions, and of none: unknown actions, objects, keys and values."""
    for number, (action, model, before, after) in enumerate(OLD):
        AuditEntry.objects.create(
            actor_name="cũ", action=action, object_type=model, object_id=number, before=before, after=after
        )
    for role in (Role.BOARD, Role.ADMINISTRATOR):
        answer = client_as(role, world.province).get("/trail/")
        assert answer.status_code == 200
        assert len(answer.context["entries"]) == len(OLD)
    read = read_entries(AuditEntry.objects.order_by("pk"), factories.user(Role.BOARD, world.province))
    assert (read[5].action, read[5].kind) == ("village.gone", "orgs.gone")
    assert [(value.label, value.before, value.after) for value in read[5].values] == [("a", "1", "2")]
    exact = read[2].values[0]
    assert (exact.label, exact.before, exact.after) == ("ngày sinh (chính xác đến)", "ngày", "năm")


def test_an_unknown_key_is_hidden_from_whoever_may_not_see_persons(world):
    AuditEntry.objects.create(
        actor_name="cũ", action="member.correct", object_type="members.member", after={"nickname": "Y Bí"}
    )
    told = {
        role: read_entries(AuditEntry.objects.all(), factories.user(role, world.province))[0].values[0].after
        for role in (Role.BOARD, Role.ADMINISTRATOR)
    }
    assert told == {Role.BOARD: "Y Bí", Role.ADMINISTRATOR: "…"}


def test_a_year_of_birth_is_one_line_in_page_and_workbook(world, actor):
    member = world.alpha.members[0]
    for born in (PartialDate(date(1989, 2, 22)), PartialDate(date(1989, 1, 1), Precision.YEAR)):
        members.correct(by=actor, member=member, born_on=born)
    read = read_entries(AuditEntry.objects.order_by("pk"), factories.user(Role.BOARD, world.province))
    told = [[(one.label, one.before, one.after) for one in entry.values] for entry in read]
    assert told == [
        [("ngày sinh", "–", "22/02/1989")],
        [("ngày sinh", "22/02/1989", "1989")],
    ]


def test_an_action_that_nobody_declared_is_not_written(world, actor):
    with pytest.raises(LookupError), writing():
        audit.record([audit.Change(world.province)], by=actor, action="organization.sell")
