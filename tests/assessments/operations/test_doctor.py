"""The doctor finds nothing on a sound system, and each thing that is put wrong."""

from datetime import date

import pytest

from accounts.models import Role
from assessments.operations.checkup import findings
from assessments.roster.models.tallies import Tally
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
        (two_heads, "heads"),
    ],
)
def test_what_is_put_wrong_is_found(world, actor, spoil, code):
    opened(2018, actor)
    spoil(world)
    assert code in codes()


def test_debug_is_a_finding(world, settings):
    settings.DEBUG = True
    assert codes() == {"debug"}
