"""Supplements of a closed year: filed, accepted once, declined, refused with their reasons."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.review.supplements.actions import accept_supplement, decline_supplement
from assessments.review.supplements.models import Supplement, SupplementState
from assessments.review.years.actions import close_year, reopen_year
from assessments.roster import tallies
from assessments.roster.following import follow_registers
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.revisions import RatingRevision
from assessments.roster.models.tallies import Tally
from assessments.rules.models.years import RatingYear, RevisionKind, YearRevision
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
from tests import factories
from tests.assessments.closed import DECISION, REASON, closed, file, wanted
from tests.assessments.year import organization_line
from tests.assessments.years import figure


@pytest.fixture
def year(world):
    return closed(world)


def accept(year, supplement, answer=""):
    return accept_supplement(by=Actor.of(year.board), supplement=supplement, answer=answer)


def refusal(action, *arguments, **changes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        action(*arguments, **changes)
    return caught.value


def strong(year, unit=None):
    found = figure(RatingYear.objects.get(pk=2018), "grassroots_strong", unit)
    return found.numerator, found.denominator, found.short


def test_filing_changes_no_figure_and_is_recorded(year):
    before = strong(year)
    filed = file(year, year.line)
    assert (filed.number, filed.state, filed.filed_by) == (1, SupplementState.FILED, year.officer)
    assert strong(year) == before == (0, 1, 1)
    assert year.line.version == OrganizationLine.objects.get(pk=year.line.pk).version
    entry = AuditEntry.objects.get(action="supplement.file")
    assert (entry.unit_id, entry.object_code, entry.reason) == (year.unit.pk, "A", REASON)
    assert entry.after == {"year": 2018, "number": 1, "state": "filed"}


def test_accepting_writes_the_lines_the_figures_and_the_next_revision(year):
    filed = file(year, wanted(year.line, "HTTNV", self_rated="HTTNV"), year.members[2])
    accept(year, filed, "Đồng ý")
    line = OrganizationLine.objects.get(pk=year.line.pk)
    assert (line.decided.code, line.self_rated.code, line.version) == ("HTTNV", "HTTNV", 2)
    assert (line.deciding_body, line.decision_number) == ("Ban Thường vụ Huyện ủy", "12-QĐ/HU")
    assert (line.accepted, line.updated_by) == (True, year.officer)
    assert strong(year) == (1, 1, 0) == strong(year, year.unit)
    assert figure(RatingYear.objects.get(pk=2018), "members_well").denominator == 3
    found = RatingYear.objects.get(pk=2018)
    assert (found.revision, found.is_closed) == (2, True)
    assert tallies.recount(found, check=True) == []


def test_accepting_keeps_what_was_and_says_who(year):
    accept(year, file(year, year.line, year.members[2]), "Đồng ý")
    kept = RatingRevision.objects.get(organization_line=year.line)
    assert (kept.decided.code, kept.version, kept.why) == ("HTNV", 1, REASON)
    blank = RatingRevision.objects.get(member_line=year.members[2])
    assert (blank.decided, blank.version, blank.replaced_by) == (None, 0, year.board)
    first, second = YearRevision.objects.all()
    assert (second.number, second.kind, second.reason) == (2, RevisionKind.SUPPLEMENT, REASON)
    assert first.tallies != second.tallies and first.rules == second.rules
    entries = AuditEntry.objects.filter(action__in=["supplement.accept", "rating.supplement"])
    assert entries.values("batch").distinct().count() == 1 and entries.count() == 3
    moved = entries.get(object_code="A.X01")
    assert (moved.before["decided"], moved.after["decided"]) == ("HTNV", "HTTNV")


def test_a_level_may_give_way_to_a_reason(year):
    accept(year, file(year, wanted(year.line, "", "Đang chờ kết luận")))
    line = OrganizationLine.objects.get(pk=year.line.pk)
    assert (line.decided, line.reason) == (None, "Đang chờ kết luận")
    assert figure(RatingYear.objects.get(pk=2018), "grassroots_strong").unrated == 2
    assert tallies.recount(RatingYear.objects.get(pk=2018), check=True) == []


def test_declining_needs_words_and_changes_nothing(year):
    filed = file(year, year.line)
    by = Actor.of(year.board)
    assert refusal(decline_supplement, by=by, supplement=filed, answer=" ").field == "answer"
    declined = decline_supplement(by=by, supplement=filed, answer="Thiếu  căn cứ")
    assert (declined.state, declined.answer) == (SupplementState.DECLINED, "Thiếu căn cứ")
    assert strong(year) == (0, 1, 1) and YearRevision.objects.count() == 1
    assert AuditEntry.objects.get(action="supplement.decline").reason == "Thiếu căn cứ"
    refusal(accept, year, filed)


def faults_of(year, *lines, **changes) -> str:
    return str(refusal(file, year, *lines, **changes))


def test_a_level_of_another_scheme_names_the_right_ones(year):
    said = faults_of(year, wanted(year.line, "TSVM"))
    assert said.startswith("A.X01: ") and "HTXSNV, HTTNV, HTNV, KHTNV" in said


def test_an_exempt_member_is_not_rated(year):
    MemberLine.objects.filter(pk=year.members[0].pk).update(is_exempt=True)
    assert faults_of(year, year.members[0]).startswith("A1: ")


def test_a_line_of_another_unit_is_unknown(year, world):
    beta = organization_line(world.beta.commune)
    said = faults_of(year, wanted(beta))
    assert "B.X01" not in said and "Beta" not in said


def test_a_row_that_does_not_change_is_refused(year):
    assert faults_of(year, wanted(year.line, "HTNV", self_rated="HTNV")).startswith("A.X01: ")


@pytest.mark.parametrize(("code", "reason"), [("", ""), ("HTTNV", "Lý do")])
def test_a_level_or_a_reason_never_both_nor_neither(year, code, reason):
    assert faults_of(year, wanted(year.line, code, reason)).startswith("A.X01: ")


def test_a_stale_row_is_refused(year):
    assert faults_of(year, wanted(year.line, version=0)).startswith("A.X01: ")


def test_a_covered_row_is_refused(year):
    Tally.objects.create(
        year_id=2018,
        unit=year.unit,
        organization=year.unit,
        subject="grassroots",
        key="HTTNV",
        count=1,
        is_reported=True,
    )
    assert faults_of(year, year.line).startswith("A.X01: ")


def test_an_open_year_takes_no_supplement(year):
    reopen_year(2018, by=Actor.of(year.board), reason="rà soát")
    year.rating_year.refresh_from_db()
    assert "2018" in faults_of(year, year.line)


def test_a_decision_of_tomorrow_stands_at_its_field(year):
    later = timezone.localdate() + timedelta(days=1)
    refused = refusal(file, year, year.line, decision=DECISION | {"decided_on": later})
    assert refused.field == "decided_on" and f"{later:%d/%m/%Y}" in str(refused)


@pytest.mark.parametrize("name", ["deciding_body", "decision_number", "decided_on"])
def test_every_part_of_the_decision_is_needed(year, name):
    assert refusal(file, year, year.line, decision=DECISION | {name: None}).field == name


def test_a_reason_and_a_row_are_needed(year):
    assert refusal(file, year, year.line, reason="  ").field == "reason"
    assert faults_of(year)


def test_a_row_waits_in_one_supplement_only(year):
    file(year, year.line)
    assert faults_of(year, year.line).startswith("A.X01: ")
    assert file(year, year.members[2]).number == 2


def test_accepting_refuses_a_line_changed_since(year):
    filed, by = file(year, year.line, year.members[2]), Actor.of(year.board)
    reopen_year(2018, by=by, reason="rà soát")
    assert refusal(accept, year, filed)
    line = OrganizationLine.objects.get(pk=year.line.pk)
    save_rating(by=Actor(name="máy"), line=line, version=1, changes={"decided": "HTXSNV"})
    close_year(2018, by=by, reason="như trước")
    assert str(refusal(accept, year, filed)).startswith("A.X01: ")
    assert not MemberLine.objects.get(pk=year.members[2].pk).decided_id
    assert YearRevision.objects.count() == 2


def test_of_two_acceptances_one_counts(year):
    filed = file(year, year.line)
    accept(year, filed)
    assert refusal(accept, year, filed)
    assert YearRevision.objects.count() == 2 and strong(year) == (1, 1, 0)


@pytest.mark.django_db(transaction=True)
def test_two_boards_at_once_accept_once(reference, world):
    year = closed(world)
    filed = file(year, year.line)
    others = [year.board, factories.user("board", world.province)]
    refusals, gate = [], threading.Barrier(2)

    def run(user):
        try:
            gate.wait()
            accept_supplement(by=Actor.of(user), supplement=Supplement.objects.get(pk=filed.pk))
        except Refusal as refused:
            refusals.append(refused)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(user,)) for user in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refusals) == 1
    assert RatingYear.objects.get(pk=2018).revision == 2 and strong(year) == (1, 1, 0)
    assert tallies.recount(RatingYear.objects.get(pk=2018), check=True) == []
    connection.close()


def statements(action) -> int:
    with CaptureQueriesContext(connection) as queries:
        action()
    return len([q for q in queries if "SAVEPOINT" not in q["sql"]])


def test_many_rows_take_as_few_statements_as_one(world):
    for _ in range(40):
        factories.member(world.alpha.cells[1])
    year = closed(world)
    follow_registers(by=Actor(name="x"))
    one, many = file(year, year.members[2]), file(year, *year.members[3:])
    few = statements(lambda: accept(year, one))
    assert many.lines.count() == 40
    assert statements(lambda: accept(year, many)) <= few + 2
    assert figure(RatingYear.objects.get(pk=2018), "members_well").denominator == 43
