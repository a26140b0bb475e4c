"""Decisions on members of the committee: counted apart, among the members, asked about from 2025 on."""

import pytest

from accounts.actors import Actor
from assessments.entry.counting.judging import Counted
from assessments.entry.discipline.actions import counts_of, save_discipline
from assessments.entry.grid.actions import save_rating
from assessments.roster.facts import disciplined_below, organization_facts
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.exceptions import review
from assessments.rules.models.years import RatingYear
from tests.assessments.year import opened


@pytest.fixture
def entry(world):
    return opened(world, 2025)


def count(entry, line, **counts):
    lines = OrganizationLine.objects.filter(pk=line.pk)
    seen = counts_of([line.pk]).get(line.pk, {})
    entries = [Counted(line.pk, seen, counts)]
    return save_discipline(by=Actor.of(entry.officer), year=line.year_id, lines=lines, entries=entries)


def disciplined(entry, line) -> int:
    lines = OrganizationLine.objects.filter(year=entry.year)
    return disciplined_below(RatingYear.objects.get(pk=entry.year), lines)[line.organization_id]


def rate(entry, line, code):
    line.refresh_from_db()
    save_rating(by=Actor.of(entry.officer), line=line, version=line.version, changes={"decided": code})


def asked(entry) -> set:
    facts = organization_facts(
        RatingYear.objects.get(pk=entry.year), OrganizationLine.objects.filter(year=entry.year)
    )
    return {pk for pk, rule in review(facts, []).unexplained.items() if rule == "discipline"}


def test_without_a_count_of_their_own_every_member_counts(entry):
    count(entry, entry.cells[0], member_warning=2)
    assert (disciplined(entry, entry.cells[0]), disciplined(entry, entry.line)) == (2, 2)


@pytest.mark.parametrize(("committee", "left"), [(0, 0), (1, 1), (2, 2)])
def test_with_one_only_they_count(entry, committee, left):
    count(entry, entry.cells[0], member_warning=2, committee_any=committee)
    assert (disciplined(entry, entry.cells[0]), disciplined(entry, entry.line)) == (left, left)


def test_decisions_on_the_organization_count_in_any_case(entry):
    count(entry, entry.cells[0], organization_reprimand=1, member_warning=2, committee_any=0)
    assert disciplined(entry, entry.line) == 1


def test_before_2025_members_of_the_committee_are_no_other_count(world):
    found = opened(world, 2024)
    count(found, found.cells[0], member_warning=2, committee_any=0)
    assert disciplined(found, found.line) == 2


def test_from_2025_on_it_asks_beside_the_exemplary_level_alone(entry):
    count(entry, entry.cells[0], member_warning=1)
    rate(entry, entry.line, "HTTNV")
    assert asked(entry) == set()
    rate(entry, entry.line, "HTXSNV")
    assert asked(entry) == {entry.line.pk}


def test_until_2024_it_asks_beside_every_strong_level(world):
    found = opened(world, 2024)
    count(found, found.cells[0], member_warning=1)
    rate(found, found.line, "HTTNV")
    assert asked(found) == {found.line.pk}


@pytest.mark.parametrize(
    ("counts", "is_saved"),
    [
        ({"member_warning": 1, "committee_any": 1}, True),
        ({"member_warning": 1, "committee_any": 2}, False),
        ({"member_reprimand": 1, "member_warning": 1, "committee_any": 2}, True),
        ({"committee_any": 2}, True),
        ({"member_warning": 0, "committee_any": 1}, False),
    ],
)
def test_they_are_among_the_members(entry, counts, is_saved):
    outcome = count(entry, entry.line, **counts)
    assert bool(outcome.saved) == is_saved
    assert bool(counts_of([entry.line.pk])) == is_saved
    if not is_saved:
        assert "Cấp ủy viên nằm trong số đảng viên" in str(outcome.refused[entry.line.pk][0])


def test_the_page_and_the_row_have_the_count(client, entry):
    client.force_login(entry.officer)
    page = client.get("/ratings/2025/grassroots/discipline/").content.decode()
    assert "Trong đó cấp ủy viên" in page
    form = client.get(f"/ratings/2025/grassroots/{entry.line.pk}/").context["form"]
    assert "committee_any" in form.fields
    client.post(
        "/ratings/2025/grassroots/discipline/",
        {
            f"seen-{entry.line.pk}": "{}",
            f"{entry.line.pk}-member_warning": "1",
            f"{entry.line.pk}-committee_any": "1",
        },
    )
    assert counts_of([entry.line.pk])[entry.line.pk] == {"member_warning": 1, "committee_any": 1}
