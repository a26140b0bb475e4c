"""Who was admitted recently: the reason stands there by itself, and a level beside it asks for one."""

import json
from datetime import date

import pytest

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.review.rulebook.switch_actions import switch_rule
from assessments.roster.facts import whole_review
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.reasons import UnratedReason
from assessments.rules.models.years import RatingYear
from members.models import Member
from tests.assessments.year import opened

WORDS = "Mới kết nạp dưới 6 tháng"


def admitted(world, *days):
    for member, day in zip(world.alpha.members, days, strict=False):
        Member.objects.filter(pk=member.pk).update(admitted_on=day, admitted_precision="d")


@pytest.fixture
def entry(world):
    """The first member admitted on the last day that is rated, the second the day after."""
    admitted(world, date(2025, 6, 30), date(2025, 7, 1))
    return opened(world, 2025)


def rows(client, user, year=2025):
    client.force_login(user)
    response = client.get(f"/ratings/{year}/members/?grassroots=A.X01")
    return {row.pk: row for row in response.context["sheet"].rows}, response.content.decode()


def line_of(member, year=2025):
    return MemberLine.objects.get(year=year, member=member)


def test_the_reason_stands_by_itself_and_is_not_stored(client, entry, world):
    found, page = rows(client, entry.officer)
    first, second = (line_of(member) for member in world.alpha.members[:2])
    assert [found[line.pk].suggested for line in (first, second)] == ["", WORDS]
    assert f"{WORDS} (chưa lưu)" in page
    assert (second.reason, found[second.pk].is_blank) == ("", True)
    form = client.get(f"/ratings/2025/members/{second.pk}/").context["form"]
    assert form["reason"].value() == WORDS
    assert client.get(f"/ratings/2025/members/{first.pk}/").context["form"]["reason"].value() == ""


def test_once_it_is_saved_it_stands_like_any_other(client, entry, world):
    line = line_of(world.alpha.members[1])
    body = {"rows": [{"line": line.pk, "version": 0, "changes": {"reason": WORDS}}]}
    client.force_login(entry.officer)
    client.post("/ratings/2025/members/save/", json.dumps(body), content_type="application/json")
    found, page = rows(client, entry.officer)
    assert (found[line.pk].reason, found[line.pk].suggested) == (WORDS, "")
    assert f"{WORDS} (chưa lưu)" not in page


def test_before_2025_nothing_stands_by_itself(client, world):
    admitted(world, date(2024, 7, 1))
    found, page = rows(client, opened(world, 2024).officer, 2024)
    assert not any(row.suggested for row in found.values()) and f"{WORDS} (chưa lưu)" not in page


@pytest.mark.parametrize("change", [{"is_offered": False}, {"known": ""}, {"first_year": 2026}])
def test_the_board_decides_whether_and_from_when(client, entry, change):
    UnratedReason.objects.filter(known="recent").update(**change)
    found, _page = rows(client, entry.officer)
    assert not any(row.suggested for row in found.values())


def unexplained():
    lines = OrganizationLine.objects.filter(year=2025), MemberLine.objects.filter(year=2025)
    return whole_review(RatingYear.objects.get(pk=2025), *lines)[1].unexplained


def rate(entry, line, **changes):
    line.refresh_from_db()
    return save_rating(by=Actor.of(entry.officer), line=line, version=line.version, changes=changes)


def test_a_level_beside_it_asks_for_a_reason(entry, world):
    first, second = (line_of(member) for member in world.alpha.members[:2])
    for line in (first, second):
        rate(entry, line, decided="HTTNV")
    assert unexplained() == {second.pk: "recent_rated"}
    rate(entry, second, note="Chi bộ thống nhất")
    assert unexplained() == {}


def test_the_rule_is_switched_off_like_the_others(entry, world):
    second = line_of(world.alpha.members[1])
    rate(entry, second, decided="HTTNV")
    switch_rule(by=Actor.of(entry.board), year=2025, rule="recent_rated", is_on=False, reason="thử")
    assert unexplained() == {}
