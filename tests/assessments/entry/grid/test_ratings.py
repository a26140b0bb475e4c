from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actors import Actor
from assessments.entry.grid.actions import Conflict, Entry, save_rating, save_ratings
from assessments.review.years.actions import close_year
from assessments.roster import tallies
from assessments.roster.following import follow_registers
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.revisions import RatingRevision
from assessments.roster.models.tallies import Tally
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear, Submission, SubmissionState
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
from tests import factories
from tests.assessments.year import opened


@pytest.fixture
def entry(world):
    return opened(world)


def rate(entry, code="HTTNV", *, line=None, by=None, **changes):
    line = line or entry.line
    line.refresh_from_db()
    return save_rating(
        by=Actor.of(by or entry.officer),
        line=line,
        version=line.version,
        changes={"decided": code, **changes},
    )


def count(entry, key, subject="grassroots"):
    row = Tally.objects.filter(
        year=entry.year, unit=entry.line.unit, subject=subject, key=key, is_reported=False
    ).first()
    return row.count if row else 0


def refusal(entry, **arguments):
    with pytest.raises(Refusal) as caught:
        rate(entry, **arguments)
    return str(caught.value)


def test_a_rating_is_stored_counted_and_recorded(entry):
    saved = rate(entry, "HTTNV", self_rated="HTXSNV", deciding_body=" Ban  Thường vụ ")
    saved.refresh_from_db()
    assert (saved.decided.code, saved.self_rated.code, saved.version) == ("HTTNV", "HTXSNV", 1)
    assert (saved.deciding_body, saved.updated_by, saved.accepted) == (
        "Ban Thường vụ",
        entry.officer,
        False,
    )
    assert (count(entry, "HTTNV"), count(entry, "unrated")) == (1, 0)
    trail = AuditEntry.objects.get(action="rating.save", object_type="assessments.organizationline")
    assert (trail.before["decided"], trail.after["decided"]) == ("", "HTTNV")
    assert (trail.object_code, trail.actor) == ("A.X01", entry.officer)


def test_the_first_entry_begins_the_submission(entry):
    rate(entry)
    entry.submission.refresh_from_db()
    assert entry.submission.state == SubmissionState.IN_PROGRESS
    began = AuditEntry.objects.get(object_type="assessments.submission")
    assert began.after == {"state": "in_progress"}


def test_a_replaced_rating_is_kept_as_a_revision(entry):
    rate(entry, "HTTNV")
    assert not RatingRevision.objects.exists()
    rate(entry, "HTNV")
    revision = RatingRevision.objects.get()
    assert (revision.decided.code, revision.version) == ("HTTNV", 1)
    assert (revision.organization_line, revision.replaced_by) == (entry.line, entry.officer)
    assert (count(entry, "HTTNV"), count(entry, "HTNV")) == (0, 1)


def test_clearing_a_rating_leaves_the_line_unrated(entry):
    rate(entry, "HTTNV")
    rate(entry, "", reason="Mới thành lập")
    assert (count(entry, "HTTNV"), count(entry, "unrated")) == (0, 1)
    entry.line.refresh_from_db()
    assert (entry.line.decided, entry.line.reason) == (None, "Mới thành lập")


def test_a_stale_version_is_a_conflict_that_shows_the_current_line(entry):
    seen = entry.line.version
    rate(entry, "HTTNV")
    with pytest.raises(Conflict) as caught:
        save_rating(by=Actor.of(entry.officer), line=entry.line, version=seen, changes={"decided": "HTNV"})
    assert caught.value.line.decided.code == "HTTNV"
    assert caught.value.line.updated_by == entry.officer
    assert not RatingRevision.objects.exists()


def test_sending_the_same_value_again_neither_conflicts_nor_writes(entry):
    rate(entry, "HTTNV")
    again = save_rating(by=Actor.of(entry.officer), line=entry.line, version=0, changes={"decided": "HTTNV"})
    assert again.version == 1
    assert AuditEntry.objects.filter(object_type="assessments.organizationline").count() == 1


def test_a_level_of_another_scheme_is_refused_with_the_right_ones(entry):
    message = refusal(entry, code="TSVM")
    assert "TSVM" in message and "HTXSNV, HTTNV, HTNV, KHTNV" in message
    assert count(entry, "unrated") == 1


def test_a_member_level_is_no_level_of_an_organization(world):
    entry = opened(world, 2016)
    assert Level.objects.filter(scheme__years=2016, subject="member", code="HTXSNV").exists()
    assert "HTXSNV" in refusal(entry, code="HTXSNV")
    assert rate(entry, "TSVMTB").decided.code == "TSVMTB"


def test_an_exempt_member_is_not_rated(entry):
    line = entry.members[0]
    MemberLine.objects.filter(pk=line.pk).update(is_exempt=True)
    assert refusal(entry, line=line)
    line.refresh_from_db()
    assert line.decided is None


def test_a_line_that_left_the_roster_is_refused(entry):
    OrganizationLine.objects.filter(pk=entry.line.pk).update(dropped=True)
    assert "31/12/2018" in refusal(entry)


def test_a_closed_year_is_refused(entry):
    close_year(2018, by=Actor(name="x"), reason="thử")
    assert "2018" in refusal(entry)
    assert count(entry, "unrated") == 1


@pytest.mark.parametrize("state", [SubmissionState.SUBMITTED, SubmissionState.ACCEPTED])
def test_a_submitted_unit_is_locked(entry, state):
    Submission.objects.filter(pk=entry.submission.pk).update(state=state, submitted_at=timezone.now())
    assert refusal(entry)
    assert rate_from_command_line(entry).decided.code == "HTTNV"


def rate_from_command_line(entry):
    return save_rating(by=Actor(name="máy"), line=entry.line, version=0, changes={"decided": "HTTNV"})


def test_what_the_command_line_writes_counts_as_accepted_and_begins_nothing(entry):
    saved = rate_from_command_line(entry)
    assert saved.accepted
    entry.submission.refresh_from_db()
    assert entry.submission.state == SubmissionState.NOT_BEGUN
    assert refusal(entry, code="HTNV")


def test_a_clerk_enters_drafts_only(entry):
    line = entry.cells[0]
    assert refusal(entry, by=entry.clerk, line=line)
    saved = save_rating(
        by=Actor.of(entry.clerk),
        line=line,
        version=0,
        changes={"self_rated": "HTTNV", "proposed": "HTTNV"},
    )
    assert (saved.self_rated.code, saved.decided) == ("HTTNV", None)
    assert count(entry, "unrated", "affiliated") == 2


def test_a_rating_beside_a_reported_total_is_refused(entry):
    Tally.objects.create(
        year_id=2018,
        unit=entry.line.unit,
        organization=entry.line.unit,
        subject="grassroots",
        key="HTTNV",
        count=3,
        is_reported=True,
    )
    assert refusal(entry)
    assert rate(entry, "HTTNV", line=entry.cells[0]).decided.code == "HTTNV"


def test_a_decision_in_the_future_is_refused(entry):
    later = timezone.localdate() + timedelta(days=1)
    assert f"{later:%d/%m/%Y}" in refusal(entry, decided_on=later)
    assert rate(entry, decided_on=date(2018, 12, 30)).decided_on == date(2018, 12, 30)


def test_too_long_a_text_is_refused(entry):
    assert "200" in refusal(entry, note="x" * 201)


def save_many(entry, lines, code, by=None):
    return save_ratings(
        by=Actor.of(by or entry.officer),
        year=2018,
        lines=type(lines[0]).objects.all(),
        entries=[Entry(line.pk, line.version, {"decided": code}) for line in lines],
    )


def test_of_many_rows_each_stands_for_itself(entry):
    rate(entry, "HTNV", line=entry.cells[0])
    OrganizationLine.objects.filter(pk=entry.line.pk).update(dropped=True)
    outcome = save_many(entry, [entry.line, *entry.cells], "HTTNV")
    assert [line.pk for line in outcome.saved] == [entry.cells[1].pk]
    assert len(outcome.conflicts) == 0 or outcome.conflicts[0].pk == entry.cells[0].pk
    assert list(outcome.refused) == [entry.line.pk]


def test_rows_outside_the_writers_lines_are_not_in_the_roster(entry, world):
    foreign = OrganizationLine.objects.get(organization=world.beta.commune)
    outcome = save_ratings(
        by=Actor.of(entry.officer),
        year=2018,
        lines=OrganizationLine.objects.visible_to(entry.officer),
        entries=[Entry(foreign.pk, 0, {"decided": "HTTNV"})],
    )
    assert list(outcome.refused) == [foreign.pk]
    foreign.refresh_from_db()
    assert foreign.decided is None


def test_different_values_for_many_rows_are_all_stored(entry, world):
    members = [factories.member(world.alpha.cells[1]) for _ in range(10)]
    follow_registers(by=Actor(name="x"))
    lines = list(MemberLine.objects.filter(member__in=members).order_by("pk"))
    save_ratings(
        by=Actor.of(entry.officer),
        year=2018,
        lines=MemberLine.objects.all(),
        entries=[
            Entry(line.pk, 0, {"decided": "HTTNV", "note": f"lý do {n}"}) for n, line in enumerate(lines)
        ],
    )
    stored = MemberLine.objects.filter(member__in=members).order_by("pk")
    assert [(line.note, line.version) for line in stored] == [(f"lý do {n}", 1) for n in range(10)]
    assert tallies.recount(RatingYear.objects.get(pk=2018), check=True) == []


def statements(action):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        action()
    return [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]


def test_saving_one_row_takes_at_most_nine_statements(entry):
    """The last raises the data version."""
    rate(entry, "HTTNV")
    lines = OrganizationLine.objects.visible_to(entry.officer)
    by = Actor.of(entry.officer)
    sql = statements(
        lambda: save_ratings(
            by=by, year=2018, lines=lines, entries=[Entry(entry.line.pk, 1, {"decided": "HTNV"})]
        )
    )
    assert RatingRevision.objects.count() == 1
    assert len(sql) <= 9, sql


def test_saving_many_rows_takes_as_few_statements(entry, world):
    for _ in range(300):
        factories.member(world.alpha.cells[1])
    follow_registers(by=Actor(name="x"))
    lines = list(MemberLine.objects.filter(unit=world.alpha.unit))
    save_many(entry, lines, "HTTNV")
    lines = list(MemberLine.objects.filter(unit=world.alpha.unit))
    sql = statements(lambda: save_many(entry, lines, "HTNV"))
    assert count(entry, "HTNV", "member") == 303
    assert RatingRevision.objects.count() == 303
    assert len(sql) <= 12, len(sql)


def test_tallies_equal_the_rows_after_all_of_it(entry):
    for code in ("HTTNV", "HTNV", "", "HTXSNV"):
        rate(entry, code)
        rate(entry, code, line=entry.members[0])
    assert tallies.recount(RatingYear.objects.get(pk=2018), check=True) == []
