"""The awarded title: in the grid, as a plain form, in the tallies, kept and undone."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from assessments.entry.grid.actions import Entry, save_rating, save_ratings
from assessments.figures.board import figures
from assessments.roster import tallies
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.revisions import RatingRevision
from assessments.roster.models.tallies import Tally
from assessments.rules.models.years import RatingYear
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
from tests.assessments.year import opened

SAVE = "/ratings/2018/{}/save/"


@pytest.fixture
def entry(world):
    return opened(world)


def titles(kind="grassroots", year=2018) -> int:
    rows = Tally.objects.filter(year=year, subject="title", key=kind)
    return sum(rows.values_list("count", flat=True))


def save(line, by, **changes):
    line.refresh_from_db()
    return save_rating(by=Actor.of(by), line=line, version=line.version, changes=changes)


def agrees(year=2018) -> bool:
    return not tallies.recount(RatingYear.objects.get(pk=year), check=True)


def test_a_title_counts_beside_a_level_and_no_more_when_it_is_taken_back(entry):
    save(entry.line, entry.officer, awarded=True)
    assert (titles(), agrees()) == (0, True), "not rated: those awarded are among those rated"
    save(entry.line, entry.officer, decided="HTXSNV")
    assert (titles(), agrees()) == (1, True)
    save(entry.line, entry.officer, decided="")
    assert (titles(), agrees()) == (0, True)
    save(entry.line, entry.officer, decided="HTTNV", awarded=False)
    assert (titles(), agrees()) == (0, True)
    save(entry.cells[0], entry.officer, decided="HTTNV", awarded=True)
    assert (titles(), titles("affiliated"), agrees()) == (0, 1, True)


def test_recount_finds_a_wrong_number_of_titles(entry):
    save(entry.line, entry.officer, decided="HTXSNV", awarded=True)
    Tally.objects.filter(subject="title").update(count=7)
    assert not agrees()
    tallies.recount(RatingYear.objects.get(pk=2018))
    assert (titles(), agrees()) == (1, True)


def test_the_earlier_state_and_the_trail_tell_of_the_title(entry):
    save(entry.line, entry.officer, decided="HTXSNV", awarded=True)
    save(entry.line, entry.officer, awarded=False)
    assert [row.awarded for row in RatingRevision.objects.all()] == [True]
    told = AuditEntry.objects.filter(action="rating.save", object_code=entry.line.code).latest("pk")
    assert (told.before["awarded"], told.after["awarded"]) == (True, False)


def test_a_clerk_awards_no_title(entry):
    with pytest.raises(Refusal):
        save(entry.line, entry.clerk, awarded=True)
    assert not OrganizationLine.objects.filter(awarded=True).exists()


def test_where_the_title_is_a_level_it_is_not_recorded_beside_it(world):
    found = opened(world, 2017)
    with pytest.raises(Refusal) as caught:
        save(found.line, found.officer, awarded=True)
    assert "mức của bộ mức" in str(caught.value)
    figure = next(one for one in figures(found.submission.year) if one.code == "grassroots_exemplary")
    assert len(figure.other) == 1, "the share of the strong ones alone"


def post(client, entry, kind, line, **changes):
    client.force_login(entry.officer)
    body = {"rows": [{"line": line.pk, "version": line.version, "changes": changes}]}
    return client.post(SAVE.format(kind), json.dumps(body), content_type="application/json")


def test_the_grid_saves_the_mark_and_takes_it_back(client, entry):
    answer = post(client, entry, "grassroots", entry.line, decided="HTXSNV", awarded="x").json()
    assert answer["rows"][0]["state"] == "saved"
    entry.line.refresh_from_db()
    assert entry.line.awarded
    stale = entry.line
    stale.version = 0
    answer = post(client, entry, "grassroots", stale, awarded="").json()["rows"][0]
    assert (answer["state"], answer["values"]["awarded"]) == ("conflict", "x")
    entry.line.refresh_from_db()
    post(client, entry, "grassroots", entry.line, awarded="")
    entry.line.refresh_from_db()
    assert not entry.line.awarded


@pytest.mark.parametrize("wrong", ["y", "1", "xx"])
def test_anything_but_the_mark_is_refused(client, entry, wrong):
    assert post(client, entry, "grassroots", entry.line, awarded=wrong).status_code == 400


def test_members_have_no_title(client, entry):
    assert post(client, entry, "members", entry.members[0], awarded="x").status_code == 400
    page = client.get("/ratings/2018/members/?grassroots=A.X01").content.decode()
    assert "untitled" in page


def test_the_plain_form_has_the_tick(client, entry):
    client.force_login(entry.officer)
    page = f"/ratings/2018/grassroots/{entry.line.pk}/"
    typed = {"version": 0, "decided": "HTXSNV", "awarded": "on", "seen": "{}"}
    assert client.post(page, typed).status_code == 302
    entry.line.refresh_from_db()
    assert entry.line.awarded
    client.post(page, {"version": entry.line.version, "decided": "HTXSNV", "seen": "{}"})
    entry.line.refresh_from_db()
    assert not entry.line.awarded
    assert "awarded" not in client.get(f"/ratings/2018/members/{entry.members[0].pk}/").context["form"].fields


def test_a_title_is_one_further_reading_of_the_exemplary_ones(entry):
    save(entry.line, entry.officer, decided="HTTNV", awarded=True)
    figure = next(one for one in figures(entry.submission.year) if one.code == "grassroots_exemplary")
    title = figure.other[-1]
    assert (figure.numerator, title.numerator, title.denominator, title.met) == (0, 1, 1, True)
    assert "HD 06-HD/TW" in title.reading
    others = [one for one in figures(entry.submission.year) if one.code != "grassroots_exemplary"]
    assert not any("HD 06-HD/TW" in other.reading for one in others for other in one.other)


def test_saving_titles_takes_no_more_statements(entry):
    """The budget of a saved row is nine (PERFORMANCE)."""
    save(entry.line, entry.officer, decided="HTTNV", awarded=True)
    entry.line.refresh_from_db()
    lines = OrganizationLine.objects.filter(year=2018)
    wanted = [Entry(entry.line.pk, entry.line.version, {"decided": "HTXSNV", "awarded": False})]
    with CaptureQueriesContext(
        connection,
    ) as caught:
        save_ratings(by=Actor.of(entry.officer), year=2018, lines=lines, entries=wanted)
    told = [query["sql"] for query in caught if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(told) <= 9, told


def test_a_member_line_is_never_awarded(entry):
    assert not any(line.awarded for line in MemberLine.objects.all())
