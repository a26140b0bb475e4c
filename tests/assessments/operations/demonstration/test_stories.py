"""The demonstration's other stories, each built whole: reorganized in 2025 and 2026, and merged."""

import pytest

from accounts.models import Role, User
from assessments.figures.board import figures
from assessments.operations import checkup
from assessments.operations.demonstration import build as demonstration
from assessments.operations.demonstration import database, stories
from assessments.operations.demonstration.gazetteer import UNITS
from assessments.operations.demonstration.stories import Story
from assessments.roster import tallies
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.years import RatingYear, Submission, YearState
from orgs.models import Installation, Level, Organization

pytestmark = pytest.mark.long

SCALE = 0.03
DISTRICTS = [unit.code for unit in UNITS if unit.district]


@pytest.fixture(scope="module", params=[Story.REORGANIZED, Story.MERGED])
def told(request, django_db_setup, django_db_blocker):
    """One small province a story; removed after its tests."""
    with django_db_blocker.unblock():
        made = demonstration.build(1, story=request.param, scale=SCALE)
        yield request.param, made
        database.empty()


@pytest.fixture
def story(told, db):
    return told[0]


def communes():
    return Organization.objects.units().filter(dissolved_on=None).exclude(code__in=[u.code for u in UNITS])


def test_it_says_which_story_it_tells(story):
    assert stories.stored() is story
    assert "01/7/2025" in Installation.objects.get().note


def test_the_districts_ended_and_their_communes_are_grassroots_organizations(story):
    ended = Organization.objects.filter(code__in=DISTRICTS)
    assert {one.dissolved_on.isoformat() for one in ended} == {"2025-07-01"}
    assert {one.merged_into.code for one in ended} == {"KT"}
    assert {one.level for one in communes()} == {Level.GRASSROOTS}
    joined = communes().filter(name="Đảng bộ phường Cẩm Thành")
    assert joined.exists() == (story is Story.MERGED)
    province = Organization.objects.get(parent=None)
    assert ("Quảng Ngãi" in province.name) == (story is Story.MERGED)


def test_each_year_has_the_tree_of_its_day(story):
    kinds = {
        year: OrganizationLine.objects.filter(year=year, organization__in=communes()).in_roster()
        for year in (2024, 2025, 2026)
    }
    assert not kinds[2024].filter(organization__code__startswith="X").exists()
    assert not kinds[2025].filter(kind="grassroots").exists()
    assert kinds[2026].filter(kind="grassroots").count() == communes().count()
    assert set(Submission.objects.filter(year=2024).values_list("code", flat=True)) >= set(DISTRICTS)
    assert not Submission.objects.filter(year=2025, code__in=DISTRICTS).exists()


def test_nothing_is_left_behind_but_accounts_that_read(story):
    assert {finding["code"] for finding in checkup.findings()} == {"orphans"}
    left = User.objects.filter(is_active=True, posting__organization__dissolved_on__isnull=False)
    assert {user.role for user in left} == {Role.OFFICER, Role.CLERK}
    assert len(checkup.findings()) == left.count()


def test_stored_figures_equal_the_rows_and_closed_years_are_the_plain_ones(story):
    for year in RatingYear.objects.all():
        assert tallies.recount(year, check=True) == []
    assert RatingYear.objects.filter(state=YearState.CLOSED).count() == 9
    assert figures(RatingYear.objects.get(pk=2016))[0].short == 4


def test_every_unit_has_an_officer_who_can_sign_in(story, told):
    assert not Organization.objects.units().filter(dissolved_on=None).without_officer().exists()
    for account in told[1]:
        user = User.objects.get(username=account.username)
        assert user.check_password(account.password) and not user.must_change_password
