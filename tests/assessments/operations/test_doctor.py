"""The doctor finds nothing on a sound system, and each thing that is put wrong."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from assessments.operations.checkup import findings
from assessments.roster.models.tallies import Tally
from assessments.rules.models.years import Submission
from members.models import Member
from orgs.models import Organization, Village
from tests import factories
from tests.assessments.years import opened

pytestmark = pytest.mark.django_db


def codes():
    return {finding["code"] for finding in findings()}


def test_a_sound_system_has_no_finding(world, actor):
    opened(2018, actor)
    factories.head(factories.village(world.alpha.commune), ends_on=date(2017, 1, 1))
    assert findings() == []


def test_a_successor_on_the_last_day_is_no_finding(world):
    village = factories.village(world.alpha.commune)
    factories.head(village, ends_on=date(2017, 1, 1))
    factories.head(village, starts_on=date(2017, 1, 1))
    assert codes() == set()


def two_heads(world):
    village = factories.village(world.alpha.commune)
    factories.head(village, ends_on=date(2017, 1, 2))
    factories.head(village, starts_on=date(2017, 1, 1))


def child(world):
    Organization.objects.filter(code="A.X01").update(dissolved_on=date(2017, 7, 1))


def later_child(world):
    """Founded under a body that had ended."""
    gone = factories.organization(world.alpha.unit, dissolved_on=date(2017, 7, 1))
    factories.cell(gone, established_on=date(2017, 9, 1))


def later_member(world):
    cell = factories.cell(world.alpha.commune, dissolved_on=date(2017, 7, 1))
    factories.member(cell, admitted_on=date(2017, 9, 1))


def gone_since(world):
    """In a cell after its end, and elsewhere by now."""
    cell = factories.cell(world.alpha.commune, dissolved_on=date(2017, 7, 1))
    member = factories.member(cell)
    member.memberships.update(ends_on=date(2017, 9, 1))
    member.memberships.create(cell=world.alpha.cells[0], starts_on=date(2017, 9, 1))
    Member.objects.filter(pk=member.pk).update(cell=world.alpha.cells[0])


def village(world):
    cell = factories.cell(world.alpha.commune, dissolved_on=date(2017, 7, 1))
    factories.village(world.alpha.commune, cell)


def head(world):
    factories.head(factories.village(world.alpha.commune, ends_on=date(2017, 7, 1)))


def begun(world):
    gone = factories.organization(world.province, dissolved_on=date(2018, 7, 1))
    Submission.objects.create(year_id=2018, unit=gone, code="G", name="G", state="in_progress")


def posted(world):
    gone = factories.organization(world.province, dissolved_on=date(2018, 7, 1))
    factories.user(Role.OFFICER, gone)


IN_ENDED = (child, later_child, later_member, gone_since, village, head)


def test_what_stands_in_a_body_that_ended_is_found_in_as_many_statements(
    world, actor, django_assert_num_queries
):
    """One finding a body; the sums of what it holds, and no person's name."""
    opened(2018, actor)
    with CaptureQueriesContext(connection) as sound:
        assert findings() == []
    for spoil in (*IN_ENDED, *IN_ENDED[1:]):
        spoil(world)
    with django_assert_num_queries(len(sound)):
        found = findings()
    assert [row["code"] for row in found].count("in_ended") == len(IN_ENDED) * 2 - 1
    told = next(row["message"] for row in found if "A.X01 " in row["message"])
    assert "01/07/2017" in told and "Y Alpha" not in told
    assert all(row["do"] and row["message"] for row in found)


def test_what_ended_with_its_body_or_stood_there_before_is_no_finding(world, actor):
    day = date(2017, 7, 1)
    gone = factories.organization(world.alpha.unit, dissolved_on=day)
    cell = factories.cell(gone, dissolved_on=day)
    factories.member(cell, left_on=day)
    factories.head(factories.village(gone, cell, ends_on=date(2017, 6, 30)), ends_on=date(2017, 6, 30))
    closed = factories.user(Role.OFFICER, factories.organization(world.province, dissolved_on=day))
    closed.is_active = False
    closed.save()
    opened(2018, actor)
    assert codes() == set()


def lowered(world):
    """A clerk at what has become a unit."""
    factories.user(Role.CLERK, world.beta.unit)


def test_an_account_left_at_an_ended_body_is_told_as_something_to_do(world, actor):
    """Where it went stands beside it; who is closed, or stands at what lives, is not told."""
    gone = factories.organization(
        world.province, code="G", dissolved_on=date(2018, 7, 1), merged_into=world.alpha.unit
    )
    for name, place, values in (
        ("con", gone, {}), ("khoa", gone, {"is_active": False}), ("day", world.alpha.unit, {}),
    ):  # fmt: skip
        factories.user(Role.OFFICER, place, username=name, **values)
    [finding] = findings()
    assert finding["code"] == "orphans"
    assert finding["message"] == (
        "Việc cần làm: tài khoản con còn ở G, tổ chức đã nhập vào A từ ngày 01/07/2018."
    )


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda w: Tally.objects.update(count=99), "tallies"),
        (lambda w: Organization.objects.filter(code="A").update(path="/x/"), "path"),
        (
            lambda w: Organization.objects.filter(code="A.X01").update(parent=w.beta.unit),
            "placement",
        ),
        (lambda w: Village.objects.filter(code="T.A.1").update(cell=None), "coverage"),
        (lambda w: Member.objects.filter(code="A1").update(cell=w.beta.cells[0]), "membership"),
        (lambda w: factories.user(Role.OFFICER), "posting"),
        (lowered, "posting"),
        (two_heads, "heads"),
        (begun, "orphans"),
        (posted, "orphans"),
        *((spoil, "in_ended") for spoil in IN_ENDED),
    ],
)
def test_what_is_put_wrong_is_found(world, actor, spoil, code):
    opened(2018, actor)
    spoil(world)
    assert code in codes()


def test_debug_is_a_finding(world, settings):
    settings.DEBUG = True
    assert codes() == {"debug"}
