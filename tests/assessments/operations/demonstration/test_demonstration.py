"""`demo`: a tiny province is built, marked, left alone, and never put over real data."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import F

from accounts.models import Role, User
from assessments.entry.records.kinds import KINDS
from assessments.entry.records.models import Record
from assessments.entry.records.rules import faults
from assessments.figures.board import figures
from assessments.operations.demonstration import build as demonstration
from assessments.operations.demonstration import database, reorganized, stories
from assessments.operations.demonstration.gazetteer import UNITS
from assessments.operations.demonstration.offices import ARMY, PARTY, STATE
from assessments.operations.demonstration.reorganized import DISTRICTS_END
from assessments.operations.demonstration.stories import Story
from assessments.roster import tallies
from assessments.roster.counts.given import YearCounts
from assessments.roster.facts import whole_review
from assessments.roster.models.discipline import Discipline
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.revisions import RatingRevision
from assessments.rules.counts_of_year import counts_of
from assessments.rules.models.reviews import ReviewDue
from assessments.rules.models.years import RatingYear, Submission, SubmissionState, YearState
from members.models import Member
from orgs.models import AuditEntry, FormerName, Installation, Organization, Placement
from resolution03.lib.commands import Refused

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


def test_counts_contradict_here_and_there_and_never_what_is_refused(shown):
    province = Organization.objects.get(parent=None)
    years = [YearCounts.under(year, province) for year in RatingYear.objects.all()]
    found = [finding for counts in years for one in counts.bodies() for finding in counts.findings(one)]
    assert found and [one for one in found if one.check.is_hard] == []
    assert all(0 < counts.lacking < len(counts.bodies()) for counts in years)


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
    counted = counts_of(RatingYear(pk=2025))
    demonstration.build(1, scale=SCALE, reset=True)
    after = list(Member.objects.order_by("code").values_list("code", "full_name", "cell__code"))
    assert after == before and counts_of(RatingYear(pk=2025)) == counted and len(counted) == 72
    assert [str(one.percent) for one in figures(RatingYear.objects.get(pk=2020))] == figure
    assert Installation.objects.get().is_demonstration


def test_the_stories_are_known_by_what_the_pages_say(shown):
    assert stories.stored() is Story.PLAIN
    for story in Story:
        Installation.objects.update(note=story.note)
        assert stories.stored() is story
    assert len({story.note for story in Story}) == len(Story)


def test_another_story_than_the_stored_one_needs_a_reset(shown):
    before = AuditEntry.objects.count(), Member.objects.count()
    for other in ("reorganized", "merged"):
        with pytest.raises(Refused, match="--reset"):
            run(story=other)
    run(story="plain")
    assert (AuditEntry.objects.count(), Member.objects.count()) == before


def test_the_plan_of_2025_says_of_each_body_of_the_districts_what_becomes_of_it(shown):
    """Each once: communes into new ones, a force to its own, offices into the office of a commune."""
    rows = {row[0]: row for row in reorganized.of_2025().rows}
    districts = Organization.objects.units().filter(code__in=[unit.code for unit in UNITS if unit.district])
    below = Organization.objects.filter(parent__in=districts).existing_on(DISTRICTS_END)
    assert set(rows) == {body.code for body in (*districts, *below)}
    assert {rows[code][2] for code in districts.values_list("code", flat=True)} == {"KT"}
    assert rows["TP.X01"][2:7] == (
        "X02",
        "Đảng bộ phường Kon Tum",
        "KT",
        "Cấp trên trực tiếp cơ sở",
        "Đảng bộ",
    )
    assert {rows[body.code][4] for body in below.filter(type_label=ARMY)} <= {"QS"}
    for body in below.filter(form="cell", type_label__in=(STATE, PARTY)):
        assert Organization.objects.get(code=rows[body.code][2]).name.startswith(reorganized.OFFICE)


def test_the_plan_names_no_body_twice_and_founds_with_one_word(shown):
    rows = reorganized.of_2025("Đảng bộ tỉnh Quảng Ngãi").rows
    assert len({row[0] for row in rows}) == len(rows)
    founded = {(row[2], *row[3:7]) for row in rows if row[2].startswith("X") and row[3]}
    assert len({code for code, *_said in founded}) == len(founded)
    assert rows[-1][:4] == ("KT", "Đảng bộ tỉnh Kon Tum", "KT", "Đảng bộ tỉnh Quảng Ngãi")


def test_ten_years_of_documents_and_events_that_each_could_have_been_typed(shown):
    years = set(RatingYear.objects.values_list("pk", flat=True))
    found = list(Record.objects.select_related("answers"))
    assert {row.year_id for row in found} == years and {row.kind for row in found} == set(KINDS)
    for row in found:
        kind = KINDS[row.kind]
        values = {name: getattr(row, name) for name in ("on", *kind.fields)}
        assert faults(kind, values, year=row.year_id, today=date(2025, 12, 31)) == [], row
        assert row.answers is None or row.answers.kind == kind.review
        assert not row.stored_as


def test_some_units_lack_a_plan_a_class_or_a_review_in_time(shown):
    units = Submission.objects.count()
    for kind in ("plan", "training"):
        had = Record.objects.filter(kind=kind).values("organization", "year").distinct().count()
        assert units / 2 < had < units
    asked = Record.objects.filter(answers__isnull=False, organization__parent__isnull=False)
    assert 0 < asked.count() < ReviewDue.objects.count() * len(UNITS)
    assert asked.filter(on__gt=F("answers__due_on")).exists()
    assert Record.objects.filter(kind="training", funds=None).exists()
