"""The table of counts and the fieldset on an organization's row."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actors import Actor
from assessments.entry.discipline.actions import counts_of
from assessments.entry.discipline.table import TABLE
from assessments.roster.following import follow_registers
from assessments.roster.models.discipline import CELLS, Discipline
from assessments.roster.models.lines import OrganizationLine
from tests import factories
from tests.assessments.year import opened


@pytest.fixture
def entry(world):
    return opened(world)


def address(kind="affiliated"):
    return reverse("assessments:discipline", args=[2018, kind])


def sent(line, seen=None, **texts):
    """What the page sends for one row: all its counts and what was seen."""
    return {f"{line.pk}-{key}": texts.get(key, "") for key in CELLS} | {
        f"seen-{line.pk}": TABLE.written(seen or {})
    }


def post(client, user, *rows, kind="affiliated"):
    client.force_login(user)
    data = {name: value for row in rows for name, value in row.items()}
    return client.post(address(kind), data)


def stored(line):
    return counts_of([line.pk]).get(line.pk, {})


def test_the_table_lists_the_units_own_organizations_with_a_count_a_form(client, entry):
    client.force_login(entry.officer)
    page = client.get(address()).content.decode()
    assert "Alpha 1" in page and "Beta" not in page
    assert page.count('inputmode="numeric"') == 2 * len(CELLS)
    assert "Cảnh cáo" in page and "Lưu ý" not in page


def test_counts_are_saved_and_blank_is_not_zero(client, entry):
    one, two = entry.cells
    answer = post(client, entry.officer, sent(one, member_warning="2", member_reprimand="0"), sent(two))
    assert answer.status_code == 302
    assert stored(one) == {"member_warning": 2, "member_reprimand": 0}
    assert stored(two) == {}
    page = client.get(address()).context["rows"]
    assert [cell.text for cell in page[0].cells].count("0") == 1


def test_what_is_no_number_comes_back_as_typed_and_the_rest_is_saved(client, entry):
    one, two = entry.cells
    answer = post(client, entry.officer, sent(one, member_warning="hai"), sent(two, member_warning="1"))
    assert answer.status_code == 200
    assert 'value="hai"' in answer.content.decode()
    assert "từ 0 đến 999" in answer.context["rows"][0].why
    assert (stored(one), stored(two)) == ({}, {"member_warning": 1})


@pytest.mark.parametrize("text", ["-1", "1000", "1,5", "²", "１"])
def test_only_whole_numbers_are_counts(client, entry, text):
    assert post(client, entry.officer, sent(entry.cells[0], member_warning=text)).status_code == 200
    assert not Discipline.objects.exists()


def test_what_another_typed_meanwhile_is_shown_and_replaced_only_when_saved_again(client, entry):
    line = entry.cells[0]
    post(client, entry.officer, sent(line, member_warning="2"))
    answer = post(client, entry.officer, sent(line, member_warning="3"))
    row = answer.context["rows"][0]
    assert "2" in row.why and [cell.text for cell in row.cells if cell.text] == ["3"]
    assert stored(line) == {"member_warning": 2}
    again = {f"seen-{line.pk}": row.seen} | {cell.name: cell.text for cell in row.cells}
    assert post(client, entry.officer, again).status_code == 302
    assert stored(line) == {"member_warning": 3}


def test_a_row_that_left_the_roster_keeps_what_was_typed(client, entry):
    OrganizationLine.objects.filter(pk=entry.cells[0].pk).update(dropped=True)
    answer = post(client, entry.officer, sent(entry.cells[0], member_warning="2"))
    row = next(row for row in answer.context["rows"] if row.line.pk == entry.cells[0].pk)
    assert "31/12/2018" in row.why and "2" in [cell.text for cell in row.cells]


def test_a_submitted_unit_shows_numbers_and_refuses_what_was_typed_before(client, entry):
    type(entry.submission).objects.filter(pk=entry.submission.pk).update(
        state="submitted", submitted_at="2019-01-01T00:00:00Z"
    )
    client.force_login(entry.officer)
    assert 'inputmode="numeric"' not in client.get(address()).content.decode()
    answer = post(client, entry.officer, sent(entry.cells[0], member_warning="2"))
    assert 'value="2"' in answer.content.decode()
    assert not Discipline.objects.exists()


def test_a_clerk_counts_in_the_own_grassroots_organization(client, entry, world):
    other = factories.organization(world.alpha.unit, code="A.X02", name="Đảng bộ xã Gamma")
    follow_registers(by=Actor(name="x"))
    post(client, entry.clerk, sent(entry.line, member_warning="1"), kind="grassroots")
    assert stored(entry.line) == {"member_warning": 1}
    assert other.name not in client.get(address("grassroots")).content.decode()


def test_other_roles_strangers_and_unknown_lists(client, entry):
    for user, status in ((entry.board, 403), (entry.viewer, 403), (entry.stranger, 200)):
        assert post(client, user, sent(entry.cells[0], member_warning="1")).status_code == status
    assert not Discipline.objects.exists()
    client.force_login(entry.officer)
    assert client.get(address("members")).status_code == 404


def test_what_is_not_ours_in_the_request_is_left_out(client, entry):
    odd = {"seen-x": "{}", f"seen-{entry.cells[0].pk}": "[1", "seen-": "", "1-member_warning": "4"}
    assert post(client, entry.officer, odd).status_code == 302
    assert not Discipline.objects.exists()


def row_form(line, **values):
    blank = {key: "" for key in CELLS} | {"seen": "{}", "version": line.version}
    return blank | values


def test_an_organizations_row_holds_rating_and_counts(client, entry):
    client.force_login(entry.officer)
    url = reverse("assessments:entry_row", args=[2018, "grassroots", entry.line.pk])
    assert "member_expulsion" in client.get(url).content.decode()
    data = row_form(entry.line, decided="HTTNV", member_warning="1", organization_reprimand="0")
    assert client.post(url, data).status_code == 302
    entry.line.refresh_from_db()
    assert entry.line.decided.code == "HTTNV"
    assert stored(entry.line) == {"member_warning": 1, "organization_reprimand": 0}


def test_a_row_saves_both_or_neither(client, entry):
    client.force_login(entry.officer)
    url = reverse("assessments:entry_row", args=[2018, "grassroots", entry.line.pk])
    Discipline.objects.create(line=entry.line, of="member", form="warning", count=5)
    data = row_form(entry.line, decided="HTTNV", member_warning="1")
    answer = client.post(url, data)
    entry.line.refresh_from_db()
    assert (answer.status_code, entry.line.decided, stored(entry.line)) == (200, None, {"member_warning": 5})
    assert "5" in str(answer.context["form"].non_field_errors())
    again = data | {"seen": answer.context["form"]["seen"].value()}
    assert client.post(url, again).status_code == 302
    assert stored(entry.line) == {"member_warning": 1}


def test_a_wrong_count_stands_beside_its_field(client, entry):
    client.force_login(entry.officer)
    url = reverse("assessments:entry_row", args=[2018, "grassroots", entry.line.pk])
    answer = client.post(url, row_form(entry.line, decided="HTTNV", member_warning="-1"))
    assert list(answer.context["form"].errors) == ["member_warning"]
    entry.line.refresh_from_db()
    assert entry.line.decided is None


def test_the_queries_do_not_grow_with_the_rows(client, entry, django_assert_num_queries):
    client.force_login(entry.officer)
    OrganizationLine.objects.filter(pk=entry.cells[1].pk).update(dropped=True)
    client.get(address())
    with CaptureQueriesContext(connection) as one:
        client.get(address())
    OrganizationLine.objects.update(dropped=False)
    with django_assert_num_queries(len(one)):
        assert len(client.get(address()).context["rows"]) == 2
