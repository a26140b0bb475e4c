"""Closing in view of what is missing: grouped, kept with the revision; and the dropped lines."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.review.years import actions as periods
from assessments.roster import lacking
from assessments.roster.following import follow_registers
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.years import RatingYear, Submission, YearRevision
from members.actions import members
from orgs.actions import reorganize
from resolution03.lib.errors import Refusal
from tests import factories
from tests.assessments.year import opened


@pytest.fixture
def entry(world):
    return opened(world)


def year():
    return RatingYear.objects.get(pk=2018)


def groups() -> list[tuple]:
    found = lacking.by_unit(year(), lacking.lacking(year()))
    return [(group.unit, group.kind, group.count) for group in found]


def get(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(f"assessments:{name}", args=args))


def test_what_is_missing_stands_by_unit_and_kind(entry):
    save_rating(by=Actor.of(entry.officer), line=entry.line, version=0, changes={"decided": "HTNV"})
    alpha, beta = "Huyện ủy Alpha", "Huyện ủy Beta"
    assert groups() == [
        (alpha, "affiliated", 2),
        (alpha, "member", 3),
        (alpha, "submission", 1),
        (beta, "grassroots", 1),
        (beta, "affiliated", 2),
        (beta, "member", 3),
    ]


def test_the_page_shows_counts_and_the_first_of_each(client, entry, monkeypatch):
    monkeypatch.setattr(lacking, "SHOWN", 2)
    text = get(client, entry.board, "year_close", 2018).content.decode()
    assert "A.X01.1" in text and "2 dòng đầu" in text
    assert "A1" in text and "A3" not in text
    assert "Y Alpha" not in text


def test_closing_with_a_reason_keeps_the_list_members_by_code_only(client, entry):
    client.force_login(entry.board)
    client.post(reverse("assessments:year_close", args=[2018]), {"reason": "Chưa đủ đơn vị"})
    stored = YearRevision.objects.get(year=2018).missing
    assert {
        "unit": "Huyện ủy Alpha",
        "kind": "member",
        "rows": [["A1", "A.X01.1"], ["A2", "A.X01.1"], ["A3", "A.X01.1"]],
    } in stored
    assert ["A.X01", "Đảng bộ xã Alpha"] in next(row["rows"] for row in stored if row["kind"] == "grassroots")
    assert "Y Alpha" not in str(stored)
    text = get(client, entry.board, "year_revisions", 2018).content.decode()
    assert "A.X01.1" in text and "Y Alpha" not in text


def test_a_complete_year_keeps_an_empty_list(entry):
    OrganizationLine.objects.update(reason="Chờ")
    MemberLine.objects.update(reason="Chờ")
    periods.close_year(2018, by=Actor(name="x"))
    assert YearRevision.objects.get(year=2018).missing == []


def test_the_refusal_names_each_thing_as_before(entry):
    Submission.objects.filter(pk=entry.submission.pk).update(state="in_progress")
    with pytest.raises(Refusal) as refused:
        periods.close_year(2018, by=Actor(name="x"))
    assert len(refused.value.reasons) == sum(count for _unit, _kind, count in groups())
    assert refused.value.reasons[-1].startswith("A Huyện ủy Alpha")


def drop(entry, world):
    """A rated cell is dissolved and a rated member has left before the year's end."""
    save_rating(by=Actor.of(entry.officer), line=entry.cells[1], version=0, changes={"decided": "HTNV"})
    save_rating(by=Actor.of(entry.officer), line=entry.members[0], version=0, changes={"self_rated": "HTTNV"})
    by, day = Actor(name="x"), date(2018, 6, 1)
    members.leave(by=by, member=world.alpha.members[0], on=day, leaving_reason="died")
    reorganize.dissolve(by=by, organization=world.alpha.cells[1], on=day, decision="1-QĐ")
    follow_registers(by=by)


def test_dropped_lines_are_listed_with_what_they_keep(client, entry, world):
    drop(entry, world)
    dropped = get(client, entry.officer, "work_year", 2018).context["dropped"]
    assert [(row.code, row.level) for row in dropped] == [
        ("A.X01.2", "HTNV"),
        ("A1", "tự xếp HTTNV"),
    ]
    on_close = get(client, entry.board, "year_close", 2018)
    assert [row.unit for row in on_close.context["dropped"]] == ["Huyện ủy Alpha"] * 2
    assert get(client, entry.stranger, "work_year", 2018).context["dropped"] == []


def test_the_page_takes_the_same_queries_for_few_things_and_for_many(client, entry, world):
    def statements():
        with CaptureQueriesContext(connection) as queries:
            get(client, entry.board, "year_close", 2018)
        return len(queries)

    statements()
    before = statements()
    for _ in range(10):
        factories.member(factories.cell(world.beta.commune))
    follow_registers(by=Actor(name="x"))
    OrganizationLine.objects.filter(unit=world.alpha.unit).update(dropped=True)
    MemberLine.objects.filter(unit=world.alpha.unit).update(dropped=True)
    assert statements() == before


def test_closing_twice_makes_one_revision(entry):
    for _ in range(2):
        periods.close_year(2018, by=Actor(name="x"), reason="thử")
    assert YearRevision.objects.count() == 1
