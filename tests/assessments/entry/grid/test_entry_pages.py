import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.review.years.actions import close_year
from assessments.roster.following import follow_registers
from assessments.roster.models.lines import OrganizationLine
from tests import factories
from tests.assessments.year import opened, organization_line


@pytest.fixture
def entry(world):
    return opened(world)


def page(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"assessments:{name}", args=args), query)


def send(client, user, line, version=0, kind="grassroots", **changes):
    client.force_login(user)
    rows = [{"line": line.pk, "version": version, "changes": changes}]
    return client.post(
        reverse("assessments:entry_save", args=[2018, kind]),
        json.dumps({"rows": rows}),
        content_type="application/json",
    )


@pytest.mark.parametrize("kind", ["grassroots", "affiliated", "members"])
def test_the_grid_lists_the_units_own_rows_only(client, entry, kind):
    answer = page(client, entry.officer, "entry", 2018, kind)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Alpha" in text
    assert "Beta" not in text


def test_the_grid_shows_last_years_level(client, world):
    opened(world, 2017)
    last = organization_line(world.alpha.commune, 2017)
    save_rating(by=Actor(name="x"), line=last, version=0, changes={"decided": "TSVM"})
    close_year(2017, by=Actor(name="x"), reason="thử")
    this = opened(world, 2018)
    text = page(client, this.officer, "entry", 2018, "grassroots").content.decode()
    assert 'class="c-last">TSVM<' in text


def test_other_roles_are_refused_and_strangers_find_nothing(client, entry, world):
    for user in (entry.board, entry.viewer):
        assert page(client, user, "entry", 2018, "grassroots").status_code == 403
        assert send(client, user, entry.line, decided="HTTNV").status_code == 403
    url = ["entry_row", 2018, "grassroots", entry.line.pk]
    assert page(client, entry.stranger, *url).status_code == 404
    assert page(client, entry.officer, *url).status_code == 200
    nowhere = factories.user("officer")
    assert page(client, nowhere, "entry", 2018, "grassroots").status_code == 403
    answer = send(client, entry.stranger, entry.line, decided="HTTNV")
    assert answer.json()["rows"][0]["state"] == "refused"
    entry.line.refresh_from_db()
    assert entry.line.decided is None


def test_a_year_never_opened_and_an_unknown_list_are_not_found(client, entry):
    assert page(client, entry.officer, "entry", 2019, "grassroots").status_code == 404
    assert page(client, entry.officer, "entry", 2018, "villages").status_code == 404
    assert page(client, entry.officer, "entry", 2018, "members", grassroots="B.X01").status_code == 404


def test_a_row_never_written_is_answered_when_nothing_changes_it(client, entry):
    answer = send(client, entry.officer, entry.line, decided="").json()["rows"][0]
    assert (answer["state"], answer["at"]) == ("saved", "")


def test_a_row_is_saved_and_answered_with_its_version(client, entry):
    answer = send(client, entry.officer, entry.line, decided="HTTNV").json()["rows"][0]
    assert (answer["state"], answer["version"]) == ("saved", 1)


def test_a_stale_row_is_answered_with_both_values(client, entry):
    send(client, entry.officer, entry.line, decided="HTTNV")
    answer = send(client, entry.officer, entry.line, decided="HTNV").json()["rows"][0]
    assert (answer["state"], answer["version"]) == ("conflict", 1)
    assert answer["values"]["decided"] == "HTTNV"
    assert (answer["own"], answer["by"]) == (True, "bạn, ở cửa sổ khác")
    colleague = factories.user("officer", entry.officer.posting.organization)
    answer = send(client, colleague, entry.line, decided="HTNV").json()["rows"][0]
    assert (answer["own"], answer["by"]) == (False, entry.officer.full_name)


def test_a_wrong_level_is_answered_with_the_reason(client, entry):
    answer = send(client, entry.officer, entry.line, decided="TSVM").json()["rows"][0]
    assert answer["state"] == "refused"
    assert "TSVM" in answer["why"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"rows": []}',
        '{"rows": [1]}',
        '{"rows": [{"line": 1}]}',
        '{"rows": [{"line": 1e999, "version": 0, "changes": {}}]}',
        '{"rows": [{"line": 99999999999999999999, "version": 0, "changes": {}}]}',
        '{"rows": [{"line": 1, "version": 0, "changes": {"accepted": "1"}}]}',
        '{"rows": [{"line": 1, "version": 0, "changes": {"decided": 5}}]}',
    ],
)
def test_what_is_no_row_is_a_bad_request(client, entry, body):
    client.force_login(entry.officer)
    url = reverse("assessments:entry_save", args=[2018, "grassroots"])
    assert client.post(url, body, content_type="application/json").status_code == 400


def test_a_clerk_works_in_the_own_grassroots_organization(client, entry, world):
    other = factories.organization(world.alpha.unit, code="A.X02", name="Đảng bộ xã Gamma")
    follow_registers(by=Actor(name="x"))
    text = page(client, entry.clerk, "entry", 2018, "grassroots").content.decode()
    assert "Alpha" in text and "Gamma" not in text
    line = organization_line(other)
    assert page(client, entry.clerk, "entry_row", 2018, "grassroots", line.pk).status_code == 404
    answer = send(client, entry.clerk, entry.line, self_rated="HTTNV")
    assert answer.json()["rows"][0]["state"] == "saved"
    assert page(client, entry.clerk, "submit", 2018).status_code == 403


def test_one_row_as_a_plain_form(client, entry):
    client.force_login(entry.officer)
    url = reverse("assessments:entry_row", args=[2018, "grassroots", entry.line.pk])
    data = {"version": 0, "decided": "HTTNV", "decided_on": "30/12/2018", "deciding_body": "Ban"}
    assert client.post(url, data).status_code == 302
    entry.line.refresh_from_db()
    assert (entry.line.decided.code, f"{entry.line.decided_on}") == ("HTTNV", "2018-12-30")
    stale = client.post(url, data | {"decided": "HTNV"})
    assert stale.status_code == 200
    assert "HTTNV" in str(stale.context["form"].non_field_errors())
    again = client.post(url, data | {"decided": "HTNV", "version": 1})
    assert again.status_code == 302


def test_a_locked_row_keeps_what_was_typed_and_says_why(client, entry):
    close_year(2018, by=Actor(name="x"), reason="thử")
    client.force_login(entry.officer)
    url = reverse("assessments:entry_row", args=[2018, "grassroots", entry.line.pk])
    answer = client.post(url, {"version": 0, "decided": "HTTNV"})
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    entry.line.refresh_from_db()
    assert entry.line.decided is None


def test_the_decision_is_written_into_rated_rows_without_one(client, entry):
    for line in entry.cells:
        send(client, entry.officer, line, kind="affiliated", decided="HTTNV")
    url = reverse("assessments:entry_decision", args=[2018, "affiliated"])
    client.post(url, {"deciding_body": "Đảng ủy xã", "decision_number": "12-QĐ/ĐU"})
    stored = OrganizationLine.objects.filter(deciding_body="Đảng ủy xã")
    assert {line.pk for line in stored} == {line.pk for line in entry.cells}


def test_the_first_screen_says_what_is_mine_to_do(client, entry):
    client.force_login(entry.officer)
    assert client.get(reverse("assessments:work")).url == reverse("assessments:work_year", args=[2018])
    text = page(client, entry.officer, "work_year", 2018).content.decode()
    assert reverse("assessments:submit", args=[2018]) in text
    assert reverse("assessments:entry", args=[2018, "members"]) in text


def test_officers_and_clerks_begin_with_their_tasks(client, entry):
    for user in (entry.officer, entry.clerk):
        client.force_login(user)
        assert client.get("/").url == reverse("assessments:work")
    client.force_login(entry.board)
    assert client.get("/").url != reverse("assessments:work")


def test_without_a_year_the_first_screen_says_so(client, world):
    officer = factories.user("officer", world.alpha.unit)
    assert page(client, officer, "work").status_code == 200


def statements(client, *arguments, **query):
    page(client, *arguments, **query)
    with CaptureQueriesContext(connection) as queries:
        assert page(client, *arguments, **query).status_code == 200
    return len(queries)


@pytest.mark.once
@pytest.mark.parametrize("kind", ["grassroots", "affiliated", "members"])
def test_twenty_rows_take_the_same_queries_as_one(client, entry, world, kind):
    before = statements(client, entry.officer, "entry", 2018, kind)
    for number in range(20):
        factories.organization(world.alpha.unit, code=f"N{number}")
        factories.cell(world.alpha.commune, code=f"NC{number}")
        factories.member(world.alpha.cells[0])
    follow_registers(by=Actor(name="x"))
    assert statements(client, entry.officer, "entry", 2018, kind) == before


def test_the_grid_saves_a_row_in_at_most_eight_statements(client, entry):
    send(client, entry.officer, entry.line, decided="HTTNV")
    with CaptureQueriesContext(connection) as queries:
        assert send(client, entry.officer, entry.line, 1, decided="HTNV").status_code == 200
    own = [q["sql"] for q in queries if "assessments_" in q["sql"] or "audit" in q["sql"]]
    assert len(own) <= 8, own


def test_saving_into_a_year_never_opened_is_not_found(client, entry):
    client.force_login(entry.officer)
    rows = [{"line": entry.line.pk, "version": 0, "changes": {"decided": "HTTNV"}}]
    url = reverse("assessments:entry_save", args=[2011, "grassroots"])
    answer = client.post(url, json.dumps({"rows": rows}), content_type="application/json")
    assert answer.status_code == 404


@pytest.mark.once
def test_without_scripts_the_rows_come_in_pages(client, entry, world):
    for number in range(40):
        factories.member(world.alpha.cells[0], code=f"P{number:02}", full_name=f"Y Trang {number}")
    follow_registers(by=Actor(name="x"))
    first = page(client, entry.officer, "entry", 2018, "members")
    second = page(client, entry.officer, "entry", 2018, "members", page=2)
    assert [len(answer.context["page"].object_list) for answer in (first, second)] == [30, 13]
    assert "page=2" in first.content.decode()


@pytest.mark.once
def test_a_part_of_the_list_counts_the_whole_unit(client, entry, world):
    send(client, entry.officer, entry.members[0], kind="members", decided="HTTNV")
    part = page(client, entry.officer, "entry", 2018, "members", cell="A.X01.2").context["sheet"]
    assert (len(part.rows), part.roster, part.rated) == (0, 3, 1)
    assert page(client, entry.officer, "entry", 2018, "members", cell="B.X01.1").status_code == 404
    assert page(client, entry.clerk, "entry", 2018, "members", cell="A.X01.1").status_code == 200


def test_a_refused_row_is_named_only_to_who_may_see_it(client, entry):
    OrganizationLine.objects.filter(pk=entry.line.pk).update(dropped=True)
    own = send(client, entry.officer, entry.line, decided="HTTNV").json()["rows"][0]
    other = send(client, entry.stranger, entry.line, decided="HTTNV").json()["rows"][0]
    assert (own["who"], other["who"]) == (["A.X01", "Đảng bộ xã Alpha"], [])


def test_more_rows_than_one_request_may_save_are_refused_whole(client, entry):
    client.force_login(entry.officer)
    rows = [{"line": entry.line.pk, "version": 0, "changes": {"decided": "HTTNV"}}] * 301
    url = reverse("assessments:entry_save", args=[2018, "grassroots"])
    answer = client.post(url, json.dumps({"rows": rows}), content_type="application/json")
    assert answer.status_code == 400
    assert '"atOnce":300' in page(client, entry.officer, "entry", 2018, "grassroots").content.decode()
