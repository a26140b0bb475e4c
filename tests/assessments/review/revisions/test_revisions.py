"""The earlier figures of a year stay readable, and what changed between two of its revisions."""

import pytest
from django.urls import reverse

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.figures.kept import board_at
from assessments.review.revisions.lines import between
from assessments.review.supplements.actions import accept_supplement
from assessments.review.years.actions import close_year, reopen_year
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.schemes import Reading
from assessments.rules.models.years import RatingYear, Submission, YearRevision
from tests import factories
from tests.assessments.closed import REASON, closed, file, wanted
from tests.assessments.years import figure
from tests.queries import queries


@pytest.fixture
def year(world):
    """2018 closed, then supplemented: the commune from HTNV to HTTNV, one member rated late."""
    found = closed(world)
    filed = file(found, found.line, found.members[2])
    accept_supplement(by=Actor.of(found.board), supplement=filed)
    return found


def reopened(year):
    """Reopened, one cell of alpha rated that was blank, the commune changed again, closed."""
    reopen_year(2018, by=Actor.of(year.board), reason="Rà soát toàn tỉnh")
    Submission.objects.filter(pk=year.submission.pk).update(state="not_begun")
    machine = Actor(name="máy")
    for line, code in ((year.cells[1], "HTNV"), (year.line, "HTXSNV")):
        line.refresh_from_db()
        save_rating(by=machine, line=line, version=line.version, changes={"decided": code})
    close_year(2018, by=Actor.of(year.board), reason="Còn đơn vị chưa gửi")
    return YearRevision.objects.get(year=2018, number=3)


def revision(number) -> YearRevision:
    return YearRevision.objects.select_related("year__scheme").get(year=2018, number=number)


def strong(number, unit=None):
    found = board_at(revision(number)).figure("grassroots_strong", 2018, unit)
    return found.numerator, found.denominator, found.short


def test_each_revision_gives_its_own_figures(year):
    assert strong(1) == (0, 1, 1) == strong(1, year.unit.pk)
    assert strong(2) == (1, 1, 0) == strong(2, year.unit.pk)


def test_the_latest_revision_equals_the_stored_figures(year):
    reopened(year)
    board = board_at(revision(3))
    now = RatingYear.objects.get(pk=2018)
    for unit in (None, year.unit):
        for code in ("grassroots_strong", "affiliated_strong", "members_well", "villages_without_cell"):
            kept, live = board.figure(code, 2018, unit and unit.pk), figure(now, code, unit)
            assert (kept.numerator, kept.denominator, kept.short, kept.rated, kept.roster) == (
                live.numerator,
                live.denominator,
                live.short,
                live.rated,
                live.roster,
            )


def test_a_revision_keeps_the_rules_of_its_day(year):
    Reading.objects.filter(scheme__years=2018, meaning="strong").update(in_use=False)
    assert strong(2) == (1, 1, 0)


def changed_codes(first, second, model=OrganizationLine):
    found = between(revision(first), revision(second), model.objects.all(), True)
    return [
        (one.line.code, one.before.decided and one.before.decided.code, one.after.decided.code)
        for one in found
    ]


def test_what_changed_is_told_by_name(year):
    assert changed_codes(1, 2) == [("A.X01", "HTNV", "HTTNV")]
    assert changed_codes(1, 2, MemberLine) == [("A3", None, "HTTNV")]


def test_a_later_change_does_not_reach_back(year):
    reopened(year)
    assert changed_codes(1, 2) == [("A.X01", "HTNV", "HTTNV")]
    assert changed_codes(2, 3) == [("A.X01", "HTTNV", "HTXSNV"), ("A.X01.2", None, "HTNV")]
    assert changed_codes(1, 3) == [("A.X01", "HTNV", "HTXSNV"), ("A.X01.2", None, "HTNV")]


def test_what_went_there_and_back_is_no_change(year):
    filed = file(year, wanted(OrganizationLine.objects.get(pk=year.line.pk), "HTNV", self_rated="HTNV"))
    accept_supplement(by=Actor.of(year.board), supplement=filed)
    assert changed_codes(1, 3) == []


def shown(client_of, user, name, *args, **query):
    answer = client_of(user).get(reverse(f"assessments:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_tells_closings_supplements_and_reopenings(client_of, year):
    reopened(year)
    text = shown(client_of, year.board, "year_revisions", 2018)
    for word in (REASON, "Rà soát toàn tỉnh", "Còn đơn vị chưa gửi", "Các đơn vị khác chưa dùng hệ thống"):
        assert word in text
    assert reverse("assessments:year_revision_changes", args=[2018, 3]) in text


def test_the_closing_says_what_was_missing_without_names(client_of, year):
    text = shown(client_of, year.board, "year_revisions", 2018)
    assert "B.X01" in text and "Y Beta" not in text


def test_an_officer_reads_the_own_reasons_only(client_of, year):
    text = shown(client_of, year.officer, "year_revisions", 2018)
    assert REASON in text and "Các đơn vị khác" not in text and "B.X01" not in text
    assert REASON not in shown(client_of, year.stranger, "year_revisions", 2018)


def test_the_page_of_a_revision_shows_its_figures(client_of, year):
    first = shown(client_of, year.board, "year_revision", 2018, 1)
    assert "0 / 1" in first and "1 / 1" not in shown_sheet(first)
    assert "1 / 1" in shown(client_of, year.board, "year_revision", 2018, 2, unit="A")


def shown_sheet(text: str) -> str:
    """The first row of the target sheet."""
    return text.split("<tbody>")[1].split("</tr>")[0]


def test_another_unit_does_not_exist(client_of, year):
    client = client_of(year.stranger)
    page = reverse("assessments:year_revision", args=[2018, 1])
    assert client.get(page, {"unit": "A"}).status_code == 404
    assert client.get(page, {"unit": "B"}).status_code == 200
    assert client.get(reverse("assessments:year_revision", args=[2018, 9])).status_code == 404


def test_changes_name_lines_in_scope_only(client_of, year):
    page = ("year_revision_changes", 2018, 2)
    own, other = shown(client_of, year.officer, *page), shown(client_of, year.stranger, *page)
    assert "A.X01" in own and "Y Alpha 3" in own
    assert "A.X01" not in other and "Alpha" not in other


def test_a_viewer_sees_how_many_persons_not_who(client_of, year):
    text = shown(client_of, year.viewer, "year_revision_changes", 2018, 2)
    assert "A.X01" in text and "Y Alpha" not in text and "1 đảng viên" in text


def test_the_dashboard_marks_a_year_with_two_revisions(client_of, year):
    link = reverse("assessments:year_revisions", args=[2018])
    assert link in shown(client_of, year.viewer, "province", 2018)
    assert link in shown(client_of, year.officer, "unit", 2018, "A")


def test_the_organization_says_that_the_year_has_two_values(client_of, year):
    answer = client_of(year.officer).get(year.line.organization.get_absolute_url())
    assert reverse("assessments:year_revisions", args=[2018]) in answer.content.decode()


def test_changes_ask_as_little_for_many_rows(client_of, world):
    for _ in range(30):
        factories.member(world.alpha.cells[1])
    year = closed(world)
    board = Actor.of(year.board)
    accept_supplement(by=board, supplement=file(year, year.members[2]))
    accept_supplement(by=board, supplement=file(year, *year.members[3:]))
    client = client_of(year.board)
    pages = [reverse("assessments:year_revision_changes", args=[2018, n]) for n in (2, 2, 3)]
    _warm, few, many = (queries(client, page) for page in pages)
    assert few == many
