"""Counts of a closed year are added or corrected by a supplement, and stand only once it is accepted."""

import pytest
from django.urls import reverse

from accounts.actors import Actor
from assessments.review.supplements.actions import accept_supplement, decline_supplement, file_supplement
from assessments.review.supplements.counts import CountWanted
from assessments.review.supplements.models import SupplementState
from assessments.roster.models.counts import ActivityCount
from assessments.rules.models.counts import Activity
from assessments.rules.models.years import RatingYear, YearRevision
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
from tests.assessments.closed import DECISION, REASON, closed, wanted
from tests.pages import flat

PLANNED, DONE = "checks_planned", "checks_done"


@pytest.fixture
def year(world):
    found = closed(world)
    give(found, PLANNED, 5)
    return found


def give(year, code, count, period="year"):
    commune = year.line.organization
    ActivityCount.objects.create(
        year=year.rating_year,
        organization=commune,
        grassroots=commune,
        unit=year.unit,
        activity=Activity.objects.get(code=code),
        count=count,
        period=period,
        reason="cũ",
    )


def stored(period="year") -> dict:
    rows = ActivityCount.objects.filter(period=period)
    return {
        code: (count, version)
        for code, count, version in rows.values_list("activity__code", "count", "version")
    }


def want(code, before, count, organization="A.X01", period="year"):
    return CountWanted(organization, code, period, before, count)


def file(year, *counts, lines=()):
    return file_supplement(
        by=Actor.of(year.officer),
        year=year.rating_year,
        unit=year.unit,
        wanted=[wanted(line) for line in lines],
        reason=REASON,
        decision=DECISION,
        counts=counts,
    )


def accept(year, filed):
    return accept_supplement(by=Actor.of(year.board), supplement=filed)


def test_filing_changes_nothing_and_accepting_writes_a_revision(year):
    filed = file(year, want(PLANNED, 5, 8), want(DONE, None, 4))
    assert stored() == {PLANNED: (5, 1)}
    accept(year, filed)
    assert stored() == {PLANNED: (8, 2), DONE: (4, 1)}
    revision = YearRevision.objects.get(year=2018, number=RatingYear.objects.get(pk=2018).revision)
    assert (revision.kind, revision.reason) == ("supplement", REASON)
    assert not ActivityCount.objects.exclude(reason="").exists()


def test_what_stood_before_stays_readable_and_is_in_the_trail(year, client_of):
    filed = file(year, want(PLANNED, 5, 8))
    accept(year, filed)
    assert [(row.before, row.count) for row in filed.counts.all()] == [(5, 8)]
    told = AuditEntry.objects.filter(action="activity.count").latest("pk")
    assert list(told.before.values()) == [5] and list(told.after.values()) == [8] and told.reason == REASON
    page = flat(client_of(year.officer).get(reverse("assessments:supplement", args=[2018, filed.pk])))
    assert "Kiểm tra, giám sát: kế hoạch" in page and ">5<" in page and ">8<" in page


def test_a_count_is_taken_back_and_a_half_year_stands_for_itself(year):
    give(year, PLANNED, 2, period="half")
    accept(year, file(year, want(PLANNED, 5, None)))
    assert stored() == {} and stored("half") == {PLANNED: (2, 1)}


def test_ratings_and_counts_go_together(year):
    filed = file(year, want(PLANNED, 5, 8), lines=[year.line])
    accept(year, filed)
    year.line.refresh_from_db()
    assert year.line.decided.code == "HTTNV" and stored()[PLANNED] == (8, 2)


def test_declined_nothing_changes(year):
    filed = file(year, want(PLANNED, 5, 8))
    decline_supplement(by=Actor.of(year.board), supplement=filed, answer="chưa rõ")
    filed.refresh_from_db()
    assert filed.state == SupplementState.DECLINED and stored() == {PLANNED: (5, 1)}


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (want(PLANNED, 5, 100_000), "từ 0 đến 99999"),
        (want(PLANNED, 5, 5), "chưa đổi gì"),
        (want(PLANNED, 4, 6), "đã đổi từ khi chọn"),
        (want("cells_told_nothing", None, 6), "Không có trong danh sách"),
        (want(PLANNED, None, 6, organization="B.X01"), "Không có trong danh sách"),
        (want("issues_solved", None, 1, period="half"), "Không có trong danh sách"),
        (want("admitted_women", None, 1), "không gõ tay"),
    ],
)
def test_what_cannot_become_is_refused_with_words(year, count, words):
    with pytest.raises(Refusal) as refused:
        file(year, count)
    assert words.casefold() in " ".join(refused.value.reasons).casefold()


@pytest.mark.parametrize(("solved", "is_right"), [(3, True), (4, False)])
def test_a_hard_check_holds_over_all_that_is_wanted(year, solved, is_right):
    both = want("issues_raised", None, 3), want("issues_solved", None, solved)
    if is_right:
        accept(year, file(year, *both))
        assert stored()["issues_solved"] == (3, 1)
        return
    with pytest.raises(Refusal):
        file(year, *both)


def test_what_changed_or_waits_meanwhile_is_refused(year):
    first = file(year, want(PLANNED, 5, 8))
    with pytest.raises(Refusal) as refused:
        file(year, want(PLANNED, 5, 9))
    assert "báo cáo bổ sung số 1" in str(refused.value).lower()
    ActivityCount.objects.update(count=6)
    with pytest.raises(Refusal):
        accept(year, first)
    assert stored()[PLANNED] == (6, 1)


def typed(**fields):
    return {
        "reason": "Bổ sung", "deciding_body": "Ban Thường vụ", "decision_number": "1-QĐ/HU",
        "decided_on": "20/02/2019", **fields,
    }  # fmt: skip


def test_a_count_is_chosen_typed_looked_at_and_filed_on_the_page(year, client_of):
    client, address = client_of(year.officer), reverse("assessments:supplement_new", args=[2018])
    chosen = client.post(
        address, {"add_count": "1", "count_of": "A.X01", "count_code": PLANNED, "count_period": "year"}
    )
    name = f"A.X01|{PLANNED}|year"
    assert f'name="number-{name}"' in flat(chosen) and "Beta" not in flat(chosen)
    fields = typed(**{"count": name, f"before-{name}": "5", f"number-{name}": "tám"})
    wrong = flat(client.post(address, fields | {"preview": "1"}))
    assert 'value="tám"' in wrong and "từ 0 đến 99999" in wrong
    fields[f"number-{name}"] = "8"
    assert ">8<" in flat(client.post(address, fields | {"preview": "1"}))
    filed = client.post(address, fields | {"file": "1"})
    assert filed.status_code == 302 and stored() == {PLANNED: (5, 1)}
    board = client_of(year.board)
    waiting = reverse("assessments:review_supplements")
    assert (
        "A.X01" not in flat(client_of(year.stranger).get(filed.url)) and board.get(waiting).status_code == 200
    )
    pk = int(filed.url.rstrip("/").rsplit("/", 1)[1])
    answer = reverse("assessments:review_supplement", args=[pk])
    assert "Kiểm tra, giám sát: kế hoạch" in flat(board.get(answer))
    assert board.post(answer, {"accept": "1", "answer": ""}).status_code == 302
    assert stored() == {PLANNED: (8, 2)}


def test_another_units_count_does_not_exist_on_the_page(year, client_of):
    address = reverse("assessments:supplement_new", args=[2018])
    asked = {"add_count": "1", "count_of": "B.X01", "count_code": PLANNED, "count_period": "year"}
    assert client_of(year.officer).post(address, asked).status_code == 404
