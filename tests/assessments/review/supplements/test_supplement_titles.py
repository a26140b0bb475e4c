"""A supplement awards or takes back the title of a closed year, by its decision."""

import pytest

from accounts.actors import Actor
from assessments.figures.board import figures
from assessments.review.supplements.actions import accept_supplement
from assessments.review.supplements.case import Case, Wanted
from assessments.review.supplements.effect import effect_of
from assessments.roster import tallies
from assessments.roster.models.lines import OrganizationLine
from assessments.roster.models.revisions import RatingRevision
from assessments.rules.models.years import RatingYear
from resolution03.lib.errors import Refusal
from tests.assessments.closed import closed, file, wanted


@pytest.fixture
def year(world):
    return closed(world)


def title(line, code="HTNV", awarded="x") -> Wanted:
    return Wanted(f"o{line.pk}", line.version, code, code, awarded=awarded)


def accept(year, filed):
    return accept_supplement(by=Actor.of(year.board), supplement=filed)


def awarded() -> tuple[int, int]:
    found = next(
        one for one in figures(RatingYear.objects.get(pk=2018)) if one.code == "grassroots_exemplary"
    )
    return found.other[-1].numerator, found.other[-1].denominator


def test_the_title_alone_is_a_change_and_carries_the_decision(year):
    filed = file(year, title(year.line))
    assert (awarded(), filed.lines.get().awarded) == ((0, 1), True)
    accept(year, filed)
    line = OrganizationLine.objects.get(pk=year.line.pk)
    assert (line.awarded, line.decision_number, f"{line.decided_on:%d/%m/%Y}") == (
        True,
        "12-QĐ/HU",
        "20/02/2019",
    )
    assert awarded() == (1, 1)
    assert not tallies.recount(RatingYear.objects.get(pk=2018), check=True)
    year.line.refresh_from_db()
    accept(year, file(year, title(year.line, awarded="")))
    assert (awarded(), RatingRevision.objects.latest("pk").awarded) == ((0, 1), True)
    assert not tallies.recount(RatingYear.objects.get(pk=2018), check=True)


def test_nothing_changed_is_refused_and_a_member_has_no_title(year):
    with pytest.raises(Refusal):
        file(year, title(year.line, awarded=""))
    member = year.members[0]
    with pytest.raises(Refusal):
        file(year, Wanted(f"m{member.pk}", member.version, "HTTNV", "HTTNV", awarded="x"))


def test_its_effect_is_counted_without_writing(year):
    case = Case(year.rating_year, year.unit.pk, [title(year.line)])
    assert not case.has_faults
    effect_of(year.rating_year, case)
    assert awarded() == (0, 1)


def test_the_page_shows_title_and_decision(client, year):
    filed = file(year, title(year.line))
    client.force_login(year.board)
    page = client.get(f"/review/supplements/{filed.pk}/").content.decode()
    assert "danh hiệu tiêu biểu" in page and "Quyết định 12-QĐ/HU, 20/02/2019" in page
    assert wanted(year.line).after["awarded"] == ""
