"""The review desk: a reason for each returned row, what is kept, the order, the pages, the list."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.review.desk import unit as unit_page
from assessments.review.desk.unit import UnitReview
from assessments.review.submitting import actions as submissions
from assessments.roster.following import follow_registers
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.caps import Cap
from assessments.rules.models.years import Submission
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
from tests import factories
from tests.assessments.year import opened


@pytest.fixture
def entry(world):
    """Alpha complete and submitted."""
    entry = opened(world)
    for line in (entry.line, *entry.cells, *entry.members):
        rate(entry, line)
    submit(entry)
    return entry


def rate(entry, line, **changes):
    line.refresh_from_db()
    save_rating(
        by=Actor.of(entry.officer),
        line=line,
        version=line.version,
        changes={"decided": "HTNV"} | changes,
    )


def submit(entry):
    submissions.submit(by=Actor.of(entry.officer), submission=entry.submission)


def give_back(entry, organizations=(), members=(), reason=""):
    return submissions.return_lines(
        by=Actor.of(entry.board),
        submission=entry.submission,
        organizations=dict(organizations),
        members=dict(members),
        reason=reason,
    )


def reasons(entry) -> list[str]:
    rows = (entry.line, *entry.cells, *entry.members)
    return [type(row).objects.get(pk=row.pk).return_reason for row in rows]


def post(client, entry, name="review_return", query="", user=None, **data):
    client.force_login(user or entry.board)
    address = reverse(f"assessments:{name}", args=[2018, entry.submission.pk])
    return client.post(address + query, data)


def page(client, entry, **asked):
    client.force_login(entry.board)
    return client.get(reverse("assessments:review_unit", args=[2018, entry.submission.pk]), asked)


def names(answer) -> list[tuple[str, list[str]]]:
    return [
        (str(section.part.title), [row.line.name for row in section.rows])
        for section in answer.context["sections"]
    ]


def test_each_row_goes_back_with_its_own_reason_or_the_common_one(entry):
    give_back(
        entry,
        {entry.line.pk: " Thiếu  căn cứ ", entry.cells[0].pk: ""},
        {entry.members[0].pk: "Sai mức"},
        reason="Xem lại",
    )
    assert reasons(entry) == ["Thiếu căn cứ", "Xem lại", "", "Sai mức", "", ""]
    trail = AuditEntry.objects.filter(action="rating.return")
    assert {(e.object_code, e.reason) for e in trail} == {
        ("A.X01", "Thiếu căn cứ"),
        ("A.X01.1", "Xem lại"),
        (str(entry.members[0].member_id), "Sai mức"),
    }
    assert len({e.batch for e in trail}) == 1
    moved = AuditEntry.objects.get(action="submission.return")
    assert moved.after == {"state": "returned", "rows": 3}


@pytest.mark.once
def test_a_row_without_any_reason_is_named_and_nothing_goes_back(entry):
    with pytest.raises(Refusal, match="Đảng bộ xã Alpha"):
        give_back(entry, {entry.line.pk: " ", entry.cells[0].pk: "Sai mức"})
    assert not any(reasons(entry))
    assert Submission.objects.get(pk=entry.submission.pk).state == "submitted"


@pytest.mark.once
@pytest.mark.parametrize("where", ["row", "common"])
def test_a_reason_too_long_for_the_unit_to_read_is_refused(entry, where):
    long = "x" * 301
    with pytest.raises(Refusal, match="300"):
        give_back(entry, {entry.line.pk: long if where == "row" else ""}, reason=long)
    assert not any(reasons(entry))


def test_the_page_returns_rows_and_tells_the_unit_each_reason(client, entry):
    answer = post(
        client,
        entry,
        query="?tab=members",
        row=[f"o{entry.line.pk}", f"m{entry.members[1].pk}"],
        **{f"why-o{entry.line.pk}": "Thiếu căn cứ"},
        reason="Sai mức",
    )
    assert answer.url.endswith(f"/review/2018/{entry.submission.pk}/?tab=members")
    client.force_login(entry.officer)
    text = client.get(reverse("assessments:work_year", args=[2018])).content.decode()
    assert "Thiếu căn cứ" in text and "Sai mức" in text


@pytest.mark.once
def test_a_refused_page_keeps_ticks_reasons_and_part(client, entry):
    line, member = f"o{entry.line.pk}", f"m{entry.members[0].pk}"
    answer = post(
        client,
        entry,
        query="?tab=organizations",
        row=[line, member],
        **{f"why-{member}": "Sai mức"},
    )
    assert answer.status_code == 200 and answer.context["tab"] == "organizations"
    assert "Đảng bộ xã Alpha" in answer.context["typed"].errors[0]
    row = next(row for section in answer.context["sections"] for row in section.rows if row.line.key == line)
    assert row.is_chosen and row.is_wrong
    again = post(client, entry, query="?tab=members", row=[line, member], **{f"why-{member}": "Sai mức"})
    row = next(row for section in again.context["sections"] for row in section.rows if row.line.key == member)
    assert (row.is_chosen, row.is_wrong, row.why) == (True, False, "Sai mức")
    assert not any(reasons(entry))


@pytest.mark.parametrize("row", ["", "x5", "o", "o-1", "o" + "9" * 40, "oa"])
def test_a_tick_that_is_no_row_returns_nothing(client, entry, row):
    assert post(client, entry, row=[row], reason="x").status_code == 200
    assert not any(reasons(entry))


def test_nothing_is_accepted_while_rows_are_ticked(client, entry):
    answer = post(client, entry, "review_accept", row=[f"o{entry.line.pk}"])
    assert answer.status_code == 200 and answer.context["typed"].errors
    assert Submission.objects.get(pk=entry.submission.pk).state == "submitted"
    assert post(client, entry, "review_accept").status_code == 302
    assert Submission.objects.get(pk=entry.submission.pk).state == "accepted"


@pytest.mark.once
def test_a_look_at_the_address_of_a_step_only_looks(client, entry):
    client.force_login(entry.board)
    address = reverse("assessments:review_accept", args=[2018, entry.submission.pk])
    assert client.get(address, {"tab": "members"}).status_code == 302
    assert Submission.objects.get(pk=entry.submission.pk).state == "submitted"


def test_members_changed_since_the_last_submission_are_told_with_their_level_then(client, entry):
    give_back(entry, {entry.line.pk: "a"}, {entry.members[0].pk: "b"})
    rate(entry, entry.members[0], decided="HTTNV")
    rate(entry, entry.line, decided="HTNV", note="Có biên bản")
    submit(entry)
    answer = page(client, entry, tab="changed")
    rows = [row for section in answer.context["sections"] for row in section.rows]
    assert [(row.line.name, row.before, row.is_moved) for row in rows] == [
        ("Đảng bộ xã Alpha", "HTNV", False),
        ("Y Alpha 1", "HTNV", True),
    ]


def test_while_the_unit_answers_the_board_sees_what_it_changed(client, entry):
    give_back(entry, {entry.line.pk: "a"})
    assert page(client, entry, tab="changed").context["unit"].changed == []
    rate(entry, entry.line, decided="HTTNV")
    assert page(client, entry, tab="changed").context["unit"].changed == [f"o{entry.line.pk}"]


def test_exceptions_come_first_then_what_changed_then_the_rest(client, entry):
    give_back(entry, {line.pk: "a" for line in (entry.line, *entry.cells)})
    rate(entry, entry.cells[1], self_rated="KHTNV", note="Có biên bản")
    rate(entry, entry.cells[0], decided="KHTNV")
    submit(entry)
    assert [rows for _title, rows in names(page(client, entry, tab="organizations"))] == [
        ["Chi bộ Alpha 2"],
        ["Chi bộ Alpha 1"],
        ["Đảng bộ xã Alpha"],
    ]
    assert [rows for _title, rows in names(page(client, entry))] == [["Chi bộ Alpha 2"]]
    assert [rows for _title, rows in names(page(client, entry, tab="members"))] == [
        ["Y Alpha 1", "Y Alpha 2", "Y Alpha 3"]
    ]


@pytest.mark.once
def test_a_group_over_its_cap_opens_to_its_rows(client, entry):
    Cap.objects.filter(subject="member").update(first_year=2010, percent=0)
    for line in entry.members:
        MemberLine.objects.filter(pk=line.pk).update(decided=line_level(entry, "HTXSNV"))
    answer = page(client, entry)
    over = answer.context["unit"].groups[0]
    assert "Đảng bộ xã Alpha" in answer.content.decode()
    rows = names(page(client, entry, tab="group", group=over.key))
    assert sorted(rows[0][1]) == ["Y Alpha 1", "Y Alpha 2", "Y Alpha 3"]
    assert names(page(client, entry, tab="group", group="99")) == []


def line_level(entry, code):
    return entry.submission.year.scheme.levels.get(subject="member", code=code)


@pytest.mark.once
def test_long_lists_come_in_pages_each_with_its_headings(client, entry, monkeypatch):
    monkeypatch.setattr(unit_page, "PER_PAGE", 2)
    assert [rows for _t, rows in names(page(client, entry, tab="members"))] == [["Y Alpha 1", "Y Alpha 2"]]
    assert [rows for _t, rows in names(page(client, entry, tab="members", page=2))] == [["Y Alpha 3"]]


@pytest.mark.once
def test_a_row_leads_to_the_page_of_its_organization_or_member(client, entry):
    text = page(client, entry, tab="members").content.decode()
    assert reverse("registers:member", args=[entry.members[0].member_id]) in text
    text = page(client, entry, tab="organizations").content.decode()
    assert reverse("registers:organization", args=[entry.line.organization_id]) in text


def test_while_a_unit_enters_only_accepted_rows_can_be_ticked(client, world):
    entry = opened(world)
    save_rating(by=Actor(name="máy"), line=entry.line, version=0, changes={"decided": "HTTNV"})
    text = page(client, entry, tab="organizations").content.decode()
    assert text.count('name="row"') == 1 and f'value="o{entry.line.pk}"' in text


def units(client, entry):
    client.force_login(entry.board)
    return client.get(reverse("assessments:review_year", args=[2018])).context


def test_the_list_counts_exceptions_of_members_too(client, entry):
    give_back(entry, members={entry.members[0].pk: "a"})
    rate(entry, entry.members[0], self_rated="KHTNV", note="Có biên bản")
    rows = {row.submission.code: row for row in units(client, entry)["units"]}
    assert (rows["A"].exceptions, rows["B"].exceptions, rows["B"].blank) == (1, 0, 6)


def test_what_waits_for_the_board_stands_oldest_first(client, entry, world):
    for line in OrganizationLine.objects.filter(unit=world.beta.unit):
        save_rating(by=Actor.of(entry.stranger), line=line, version=0, changes={"decided": "HTNV"})
    for line in MemberLine.objects.filter(unit=world.beta.unit):
        save_rating(by=Actor.of(entry.stranger), line=line, version=0, changes={"decided": "HTNV"})
    beta = Submission.objects.get(unit=world.beta.unit)
    submissions.submit(by=Actor.of(entry.stranger), submission=beta)
    assert [item.title for item in units(client, entry)["waiting"]] == [
        "Huyện ủy Alpha",
        "Huyện ủy Beta",
    ]
    submissions.accept(by=Actor.of(entry.board), submission=entry.submission)
    assert [item.title for item in units(client, entry)["waiting"]] == ["Huyện ủy Beta"]


@pytest.mark.once
def test_an_unchanged_desk_is_not_sent_again(client, entry):
    first = page(client, entry)
    again = {"HTTP_IF_NONE_MATCH": first["ETag"]}
    address = reverse("assessments:review_unit", args=[2018, entry.submission.pk])
    assert client.get(address, **again).status_code == 304
    give_back(entry, {entry.line.pk: "a"})
    assert client.get(address, **again).status_code == 200


def test_only_the_board_returns_and_accepts(client, entry):
    for user in (entry.officer, entry.clerk, entry.viewer, entry.stranger):
        for name in ("review_return", "review_accept"):
            row = f"o{entry.line.pk}"
            assert post(client, entry, name, user=user, row=[row], reason="x").status_code == 403
    assert not any(reasons(entry))


@pytest.mark.once
@pytest.mark.parametrize("tab", ["exceptions", "changed", "organizations", "members"])
def test_the_opened_unit_takes_the_same_queries_for_few_rows_and_for_many(client, entry, world, tab):
    def statements():
        with CaptureQueriesContext(connection) as queries:
            page(client, entry, tab=tab)
        return len(queries)

    give_back(entry, {line.pk: "a" for line in entry.cells}, {entry.members[0].pk: "b"})
    rate(entry, entry.cells[0], self_rated="KHTNV")
    rate(entry, entry.members[0], self_rated="KHTNV")
    statements()
    before = statements()
    for number in range(12):
        factories.cell(world.alpha.commune)
        factories.member(world.alpha.cells[0], admitted_on=date(2012, 1, number + 1))
    follow_registers(by=Actor(name="x"))
    for model in (OrganizationLine, MemberLine):
        for line in model.objects.filter(unit=world.alpha.unit, decided=None):
            rate(entry, line, self_rated="KHTNV")
    assert UnitReview(entry.submission.year, entry.submission).exception_count > 20
    assert statements() == before


@pytest.mark.once
def test_levels_of_an_older_scheme_are_plain_text(world, client):
    entry = opened(world, 2017)
    rate(entry, entry.line, decided="TSVM")
    submission = Submission.objects.get(year=2017, unit=world.alpha.unit)
    client.force_login(entry.board)
    address = reverse("assessments:review_unit", args=[2017, submission.pk])
    page = client.get(address, {"tab": "organizations"}).content.decode()
    assert ">TSVM</span>" in page and 'class="lv l2"' not in page


def test_only_the_rows_that_were_given_back_are_counted(client, entry, world):
    """Ticked on an old page: one of two rows has gone to another unit meanwhile."""
    OrganizationLine.objects.filter(pk=entry.cells[0].pk).update(unit=world.beta.unit)
    rows = [f"o{entry.cells[0].pk}", f"o{entry.cells[1].pk}"]
    answer = post(client, entry, row=rows, reason="Xem lại")
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert said == ["Đã trả lại 1 dòng."]
