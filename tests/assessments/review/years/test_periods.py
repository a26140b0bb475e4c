"""Opening, closing and reopening a year; recounting."""

import io
import json
from datetime import date

import pytest
from django.core.management import call_command

from assessments.review.years import actions as periods
from assessments.roster.models.tallies import Tally
from assessments.rules.models.years import RatingYear, Submission, YearRevision
from orgs.models import AuditEntry
from resolution03.lib.commands import Refused, UsageError
from resolution03.lib.errors import NotPossible, Refusal
from tests.assessments.years import figure, opened, rate, rate_all

pytestmark = pytest.mark.django_db


def command(*args):
    out = io.StringIO()
    call_command(*args, stdout=out)
    return json.loads(out.getvalue())


def test_opening_twice_changes_nothing(world, actor):
    opened(2018, actor)
    entries = AuditEntry.objects.count()
    opened(2018, actor)
    assert AuditEntry.objects.count() == entries


@pytest.mark.parametrize("year", [2013, date.today().year + 1])
def test_a_year_without_scheme_or_to_come_cannot_be_opened(world, actor, year):
    with pytest.raises(NotPossible):
        opened(year, actor)
    assert not RatingYear.objects.exists()


def test_closing_names_what_is_missing_and_a_reason_overrides(world, actor):
    year = opened(2018, actor)
    rate(year, world.alpha.commune, reason="mới thành lập")
    with pytest.raises(Refusal) as refused:
        periods.close_year(2018, by=actor)
    said = str(refused.value)
    assert "B.X01" in said and "B.X01.1" in said and "member A1" not in said.split("\n")[0]
    assert "A.X01 " not in said
    assert any("A1" in reason for reason in refused.value.reasons)
    assert not any(member.full_name in said for member in world.alpha.members)
    assert periods.close_year(2018, by=actor, reason="chỉ một huyện gửi").is_closed


def test_a_unit_that_has_begun_must_be_accepted(world, actor):
    year = opened(2018, actor)
    rate_all(year, "HTTNV")
    Submission.objects.filter(unit=world.alpha.unit).update(state="in_progress")
    with pytest.raises(Refusal, match="Alpha"):
        periods.close_year(2018, by=actor)
    Submission.objects.filter(unit=world.alpha.unit).update(state="accepted")
    assert periods.close_year(2018, by=actor).is_closed


def test_reopening_needs_a_reason_and_keeps_the_earlier_figures(world, actor):
    year = opened(2018, actor)
    rate_all(year, "HTTNV")
    periods.close_year(2018, by=actor)
    with pytest.raises(NotPossible):
        periods.reopen_year(2018, by=actor, reason="  ")
    year = periods.reopen_year(2018, by=actor, reason="bổ sung")
    rate(year, world.alpha.commune, "HTNV")
    closed = periods.close_year(2018, by=actor)
    assert closed.revision == 2
    first, second = YearRevision.objects.all()
    assert first.tallies != second.tallies


def test_recount_mends_what_check_only_finds(world, actor):
    year = opened(2018, actor)
    rate_all(year, "HTTNV")
    Tally.objects.filter(subject="grassroots", key="HTTNV").update(count=40)
    with pytest.raises(Refused):
        call_command("recount", 2018, check=True, stdout=io.StringIO())
    assert len(command("recount", "--json")["differences"]) == 2
    assert command("recount", "--check", "--json")["differences"] == []
    assert figure(year, "grassroots_strong").numerator == 2


def test_the_document_of_a_unit(world, actor):
    opened(2018, actor)
    document = command("indicators", "2018", "--unit", "A", "--json")
    assert document["unit"] == {"code": "A", "name": "Huyện ủy Alpha"}
    assert document["as_of"] == "2018-12-31" and document["closed"] is False
    assert len(document["indicators"]) == 10
    assert {
        "numerator",
        "denominator",
        "percent",
        "target",
        "comparison",
        "due",
        "met",
        "short",
        "rated",
        "roster",
        "flags",
        "reading",
        "other",
        "code",
    } == set(document["indicators"][0])
    assert command("indicators", "2018", "--json")["unit"]["code"] == "KT"


def test_an_organization_that_is_no_unit_is_wrong_usage(world, actor):
    opened(2018, actor)
    for code in ("A.X01", "NO"):
        with pytest.raises(UsageError):
            call_command("indicators", 2018, unit=code, stdout=io.StringIO())


def test_a_year_never_opened(world):
    assert command("period", "status", "2018", "--json") == {"year": 2018, "state": "absent"}
    for words in (["indicators", "2018"], ["period", "close", "2018"], ["recount", "2018"]):
        with pytest.raises(UsageError):
            call_command(*words, stdout=io.StringIO())
