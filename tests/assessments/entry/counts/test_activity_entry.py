"""The table on which yearly counts are typed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actors import Actor
from assessments.entry.counting.judging import Counted
from assessments.entry.counts.actions import save_counts
from assessments.roster.following import follow_registers
from assessments.roster.models.counts import ActivityCount
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.counts import Activity
from assessments.rules.models.years import Submission
from orgs.models import Form
from tests import factories
from tests.assessments.year import opened
from tests.queries import queries

CODE = "thematic_meetings"
ADDRESS = "/counts/2018/entry/"


@pytest.fixture
def entry(world):
    return opened(world)


def post(client, user, line, seen="{}", **texts):
    client.force_login(user)
    data = {f"{line.pk}-{key}": text for key, text in texts.items()}
    return client.post(ADDRESS, data | {f"seen-{line.pk}": seen})


def counts() -> dict:
    return dict(ActivityCount.objects.values_list("grassroots__code", "count"))


def test_the_table_has_the_units_grassroots_organizations_and_a_column_for_each_count(client, entry):
    client.force_login(entry.officer)
    page = client.get(ADDRESS).content.decode()
    assert "Đảng bộ xã Alpha" in page and "Chi bộ Alpha 1" not in page and "Beta" not in page
    assert page.count('inputmode="numeric"') == 58
    assert "tính từ danh sách đảng viên" in page


def test_counts_are_typed_without_a_script(client, entry):
    assert post(client, entry.officer, entry.line, **{CODE: "1.204"}).status_code == 302
    assert counts() == {"A.X01": 1204}


def test_what_is_no_number_is_named_with_its_column_and_kept(client, entry):
    page = post(client, entry.officer, entry.line, **{CODE: "ba", "checks_done": "2"}).content.decode()
    assert "Cuộc sinh hoạt chuyên đề: “ba”" in page and 'value="ba"' in page and 'value="2"' in page
    assert counts() == {}


def test_a_conflict_shows_both_values_and_a_second_save_replaces(client, entry):
    post(client, entry.officer, entry.line, **{CODE: "3"})
    page = post(client, entry.clerk, entry.line, **{CODE: "8"}).content.decode()
    assert "Cuộc sinh hoạt chuyên đề: 3" in page and 'value="8"' in page
    post(client, entry.clerk, entry.line, seen='{"thematic_meetings": 3}', **{CODE: "8"})
    assert counts() == {"A.X01": 8}


def test_a_clerk_has_the_own_organizations_row_only(client, entry, world, actor):
    factories.organization(world.alpha.unit, Form.CELL, code="A.C1", name="Chi bộ khác")
    follow_registers(by=actor)
    client.force_login(entry.clerk)
    page = client.get(ADDRESS)
    assert [row.line.code for row in page.context["rows"]] == ["A.X01"]


def test_what_the_board_holds_is_read_only(client, entry):
    Submission.objects.filter(pk=entry.submission.pk).update(
        state="submitted", submitted_at="2019-01-15T00:00Z"
    )
    client.force_login(entry.officer)
    assert 'inputmode="numeric"' not in client.get(ADDRESS).content.decode()
    page = post(client, entry.officer, entry.line, **{CODE: "3"}).content.decode()
    assert 'value="3"' in page and counts() == {}


def test_what_does_not_fit_is_said_at_its_row(client, entry):
    post(client, entry.officer, entry.line, cells_with_committee="7")
    page = client.get(ADDRESS).content.decode()
    assert "Chi bộ có chi ủy: 7, lớn hơn 2 (chi bộ)." in page


def test_statements_do_not_grow_with_rows(client, entry, world, actor):
    post(client, entry.officer, entry.line, **{CODE: "1"})
    queries(client, ADDRESS)
    found = []
    for _turn in range(2):
        ActivityCount.objects.all().delete()
        lines = OrganizationLine.objects.filter(unit=world.alpha.unit, kind="grassroots")
        typed = [Counted(line.pk, {}, {CODE: 2, "checks_done": 3}) for line in lines]
        shown = queries(client, ADDRESS)
        with CaptureQueriesContext(connection) as saved:
            save_counts(by=Actor.of(entry.officer), year=2018, lines=lines, entries=typed)
        found.append((shown, len(saved)))
        for _number in range(12):
            factories.organization(world.alpha.unit)
        follow_registers(by=actor)
    assert found[0] == found[1]


def test_the_work_page_leads_to_the_table(client, entry):
    client.force_login(entry.officer)
    assert reverse("assessments:enter_counts", args=[2018]) in client.get("/ratings/2018/").content.decode()


def test_the_page_of_submitting_says_what_is_not_counted_and_is_not_held_up(client, entry):
    client.force_login(entry.officer)
    page = client.get("/ratings/2018/submit/")
    before = page.context["missing"]
    assert "1 tổ chức chưa có đủ số liệu đếm" in page.content.decode()
    for activity in Activity.objects.exclude(source="computed"):
        ActivityCount.objects.create(
            year_id=2018,
            organization=entry.line.organization,
            grassroots=entry.line.organization,
            unit_id=entry.line.unit_id,
            activity=activity,
            count=0,
        )
    page = client.get("/ratings/2018/submit/")
    assert page.context["missing"] == before and "số liệu đếm" not in page.content.decode()
