"""`demo`: a tiny province is built, marked, left alone, and never put over real data."""

from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import Role, User
from assessments.figures.board import figures
from assessments.operations.demonstration import build as demonstration
from assessments.operations.demonstration import database
from assessments.roster import tallies
from assessments.roster.facts import whole_review
from assessments.roster.models.discipline import Discipline
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.revisions import RatingRevision
from assessments.rules.models.years import RatingYear, Submission, SubmissionState, YearState
from members.models import Member
from orgs.models import AuditEntry, FormerName, Installation, Organization, Placement

SCALE = 0.03


@pytest.fixture(scope="module")
def province(django_db_setup, django_db_blocker):
    """One small demonstration for all tests of this module; removed after them."""
    with django_db_blocker.unblock():
        made = demonstration.build(1, scale=SCALE)
        yield made
        database.empty()


@pytest.fixture
def shown(province, db):
    """The demonstration, in a test's own transaction."""
    return province


def run(**options):
    out = StringIO()
    call_command("demo", no_serve=True, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_ten_years_nine_of_them_closed(shown):
    states = dict(RatingYear.objects.values_list("year", "state"))
    assert [year for year, state in states.items() if state == YearState.CLOSED] == list(range(2016, 2025))
    assert states[2025] == YearState.OPEN


def test_it_is_marked_and_says_it_was_not_reorganized(shown):
    installation = Installation.objects.get()
    assert installation.is_demonstration
    assert "không sắp xếp lại" in installation.note
    assert database.state() is database.State.MARKED


def test_stored_figures_equal_the_rows(shown):
    for year in RatingYear.objects.all():
        assert tallies.recount(year, check=True) == []


def test_figures_differ_between_the_years(shown):
    for place, indicator in enumerate(figures(RatingYear.objects.get(pk=2016))):
        if indicator.code in ("grassroots_strong", "members_well", "village_heads_members"):
            shares = {figures(year)[place].percent for year in RatingYear.objects.all()}
            assert len(shares) > 5, indicator.code


def test_some_targets_are_missed_by_a_few(shown):
    first = {figure.code: figure for figure in figures(RatingYear.objects.get(pk=2016))}
    assert first["grassroots_strong"].short == 4
    assert first["affiliated_strong"].short == 3


def test_every_line_of_a_closed_year_has_a_level_or_a_reason(shown):
    blank = MemberLine.objects.in_roster().unexplained().filter(year__lt=2025)
    assert not blank.exists()


def test_one_unit_is_late_in_the_last_year(shown):
    states = list(Submission.objects.filter(year=2025).values_list("state", flat=True))
    assert states.count(SubmissionState.IN_PROGRESS) == 1
    assert states.count(SubmissionState.RETURNED) == 1
    assert states.count(SubmissionState.ACCEPTED) == 9
    assert MemberLine.objects.unexplained().filter(year=2025, unit__code="IH").exists()


def test_who_submitted_has_explained_what_the_rules_ask_about(shown):
    year = RatingYear.objects.get(pk=2025)
    submitted = Submission.objects.filter(year=2025, state__in=("submitted", "accepted"))
    units = submitted.values("unit")
    lines = [
        model.objects.filter(year=2025, unit__in=units).in_roster()
        for model in (OrganizationLine, MemberLine)
    ]
    for found in whole_review(year, *lines):
        assert not found.unexplained
        assert found.warnings
    assert Discipline.objects.filter(line__year=2025, count__gt=0).exists()


def test_organizations_were_renamed_and_moved(shown):
    assert FormerName.objects.exists()
    assert Placement.objects.filter(starts_on__isnull=False).exclude(decision="").exists()
    assert RatingRevision.objects.exists()


def test_paths_follow_the_parents(shown):
    for organization in Organization.objects.select_related("parent"):
        above = organization.parent.path if organization.parent else "/"
        assert organization.path == f"{above}{organization.pk}/"


def test_there_is_an_account_for_each_role_and_unit(shown):
    roles = [account.role for account in shown]
    assert roles.count(Role.OFFICER) == 14
    assert {*roles} == set(Role)
    assert len({account.password for account in shown}) == len(shown)


def test_the_accounts_can_sign_in(shown):
    for account in (shown[0], shown[-1]):
        user = User.objects.get(username=account.username)
        assert user.check_password(account.password)
        assert user.posting.organization


def test_a_second_start_builds_nothing(shown):
    before = AuditEntry.objects.count(), Member.objects.count()
    assert "đã có" in run() or "already" in run()
    assert (AuditEntry.objects.count(), Member.objects.count()) == before


def test_reset_with_the_same_seed_builds_the_same(shown):
    before = list(Member.objects.order_by("code").values_list("code", "full_name", "cell__code"))
    figure = [str(figure.percent) for figure in figures(RatingYear.objects.get(pk=2020))]
    demonstration.build(1, scale=SCALE, reset=True)
    after = list(Member.objects.order_by("code").values_list("code", "full_name", "cell__code"))
    assert after == before
    assert [str(one.percent) for one in figures(RatingYear.objects.get(pk=2020))] == figure
    assert Installation.objects.get().is_demonstration
