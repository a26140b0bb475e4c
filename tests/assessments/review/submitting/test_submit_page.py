"""The page of submitting: what blocks, and the reasons that are typed there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.review.rulebook.switch_actions import switch_rule
from assessments.review.submitting.actions import submit
from assessments.review.submitting.refused import NotComplete
from assessments.roster.following import follow_registers
from assessments.roster.models.discipline import Discipline
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.tallies import ReportedNote, Tally
from tests import factories
from tests.assessments.year import opened

ABOVE = {"decided": "HTTNV", "self_rated": "HTNV"}
ADDRESS = reverse("assessments:submit", args=[2018])


@pytest.fixture
def entry(world):
    """All of alpha rated; the commune's two cells above what they gave themselves."""
    entry = opened(world)
    for line in (entry.line, *entry.cells, *entry.members):
        rate(entry, line, **(ABOVE if line in entry.cells else {"decided": "HTNV"}))
    return entry


def rate(entry, line, **changes):
    line.refresh_from_db()
    save_rating(by=Actor.of(entry.officer), line=line, version=line.version, changes=changes)
    line.refresh_from_db()


def look(client, entry):
    client.force_login(entry.officer)
    return client.get(ADDRESS)


def explain(client, entry, **data):
    client.force_login(entry.officer)
    return client.post(ADDRESS, {"reasons": "x"} | data)


def note(line, text, version=None):
    key = f"{'m' if isinstance(line, MemberLine) else 'o'}{line.pk}"
    return {f"note-{key}": text, f"version-{key}": line.version if version is None else version}


def stored(*lines):
    return [type(line).objects.get(pk=line.pk).note for line in lines]


def kinds(answer):
    return {check.kind: check.count for check in (*answer.context["hard"], *answer.context["soft"])}


def test_each_rule_stands_with_its_words_document_and_rows(client, entry):
    answer = look(client, entry)
    assert kinds(answer) == {"above_self": 2}
    page = answer.content.decode()
    assert "Mức quyết định cao hơn mức tự xếp loại thì ghi lý do." in page
    assert 'rules/entry/2018/#above_self">Thông lệ của cơ quan' in page
    assert "Alpha 1" in page and "Gửi năm 2018" not in page


def test_reasons_are_saved_and_then_the_year_is_submitted(client, entry):
    one, two = entry.cells
    assert explain(client, entry, **note(one, "Kết quả quý IV")).status_code == 302
    assert stored(one, two) == ["Kết quả quý IV", ""]
    assert kinds(look(client, entry)) == {"above_self": 1}
    two.refresh_from_db()
    explain(client, entry, **note(two, "Theo biên bản"))
    assert look(client, entry).context["is_ready"]
    assert client.post(ADDRESS, {"message": "Xong"}).status_code == 302
    entry.submission.refresh_from_db()
    assert entry.submission.state == "submitted"


def test_one_reason_for_a_group_leaves_a_reason_of_ones_own(client, entry):
    one, two = entry.cells
    same = {"same-above_self": "Theo biên bản", "number-above_self": 2}
    explain(client, entry, **note(one, "Riêng"), **note(two, ""), **same)
    assert stored(one, two) == ["Riêng", "Theo biên bản"]


def test_a_group_that_has_changed_its_number_is_not_filled(client, entry):
    rate(entry, entry.line, **ABOVE)
    same = {"same-above_self": "Theo biên bản", "number-above_self": 2}
    answer = explain(client, entry, **same)
    assert answer.status_code == 200
    assert "nay là 3 dòng" in answer.content.decode()
    assert answer.context["soft"][0].same == "Theo biên bản"
    assert stored(entry.line, *entry.cells) == ["", "", ""]


def test_a_row_that_another_changed_keeps_what_was_typed_and_the_rest_is_saved(client, entry):
    one, two = entry.cells
    old = one.version
    rate(entry, one, proposed="HTNV")
    answer = explain(client, entry, **note(one, "Cũ", old), **note(two, "Mới"))
    assert stored(one, two) == ["", "Mới"]
    row = answer.context["soft"][0].rows[0]
    assert (row.key, row.note) == (f"o{one.pk}", "Cũ") and row.why
    again = note(one, row.note, row.row.line.version)
    assert explain(client, entry, **again).status_code == 302
    assert stored(one) == ["Cũ"]


def test_a_reason_that_another_wrote_meanwhile_is_shown_before_it_is_replaced(client, entry):
    one, two = entry.cells
    old = one.version
    rate(entry, one, note="Người khác ghi")
    answer = explain(client, entry, **note(one, "Tôi ghi", old))
    row = answer.context["strayed"][0]
    assert (row.note, "Người khác ghi" in row.why) == ("Tôi ghi", True)
    assert 'value="Tôi ghi"' in answer.content.decode()
    assert stored(one) == ["Người khác ghi"]


@pytest.mark.parametrize("field", ["dropped", "accepted"])
def test_a_row_that_cannot_be_written_says_why_and_keeps_the_text(client, entry, field):
    one = entry.cells[0]
    OrganizationLine.objects.filter(pk=one.pk).update(**{field: True})
    answer = explain(client, entry, **note(one, "Chữ đã gõ"))
    assert 'value="Chữ đã gõ"' in answer.content.decode()
    assert stored(one) == [""]


def test_a_reason_too_long_is_refused_beside_its_row(client, entry):
    answer = explain(client, entry, **note(entry.cells[0], "x" * 201))
    assert "200" in answer.context["soft"][0].rows[0].why
    assert stored(entry.cells[0]) == [""]


def test_what_was_typed_stays_when_the_unit_was_submitted_meanwhile(client, entry):
    type(entry.submission).objects.filter(pk=entry.submission.pk).update(
        state="submitted", submitted_at="2019-01-01T00:00:00Z"
    )
    answer = explain(client, entry, **note(entry.cells[0], "Chữ đã gõ"))
    assert 'value="Chữ đã gõ"' in answer.content.decode()
    assert stored(entry.cells[0]) == [""]


def test_rows_of_another_unit_and_what_is_no_row_are_left_alone(client, entry, world):
    foreign = OrganizationLine.objects.get(year=2018, organization=world.beta.commune)
    odd = {
        "note-o": "x",
        "version-o": "1",
        "note-oz": "x",
        "version-oz": "1",
        "note-x9": "x",
        "version-x9": "1",
        "same-nothing": "x",
        f"note-o{2**63}": "x",
        f"version-o{2**63}": "1",
    }
    answer = explain(client, entry, **note(foreign, "Lạ"), **odd)
    assert answer.status_code == 200 and "Beta" not in answer.content.decode()
    assert stored(foreign) == [""]


def test_members_are_explained_as_organizations_are(client, entry):
    rate(entry, entry.members[0], **ABOVE)
    answer = look(client, entry)
    assert kinds(answer) == {"above_self": 3}
    explain(client, entry, **note(entry.members[0], "Theo biên bản"))
    assert stored(entry.members[0]) == ["Theo biên bản"]


def test_hard_rules_come_first_and_link_to_their_rows(client, entry):
    rate(entry, entry.line, decided="")
    MemberLine.objects.filter(pk=entry.members[0].pk).update(is_exempt=True)
    answer = look(client, entry)
    assert [check.kind for check in answer.context["hard"]] == ["blank", "exempt_rated"]
    page = answer.content.decode()
    assert reverse("assessments:entry_row", args=[2018, "grassroots", entry.line.pk]) in page
    assert f'name="note-o{entry.line.pk}"' not in page


def test_discipline_tells_its_number_and_other_rules_are_named(client, entry):
    Discipline.objects.create(line=entry.cells[0], of="member", form="warning", count=3)
    page = look(client, entry).content.decode()
    assert "quyết định kỷ luật trong năm: 3" in page
    assert "đồng thời: Mức cao mà có kỷ luật" in page


def test_a_group_over_its_cap_tells_whole_numbers(client, world):
    entry = opened(world, 2019)
    for line in (entry.line, *entry.cells, *entry.members):
        rate(entry, line, decided="HTXSNV" if line in entry.members[:2] else "HTTNV")
    client.force_login(entry.officer)
    answer = client.get(reverse("assessments:submit", args=[2019]))
    assert kinds(answer) == {"over_cap": 2}
    assert "Đảng bộ xã Alpha, HTXSNV: được 0, đang 2; còn thiếu 2 lý do" in answer.content.decode()


def test_a_rule_that_is_off_asks_nothing(client, entry):
    switch_rule(by=Actor.of(entry.board), year=2018, rule="above_self", is_on=False, reason="Năm đầu")
    assert look(client, entry).context["is_ready"]


def test_only_the_officer_of_the_unit(client, entry):
    for user, status in ((entry.clerk, 403), (entry.board, 403), (entry.viewer, 403)):
        client.force_login(user)
        assert client.post(ADDRESS, {"reasons": "x"} | note(entry.cells[0], "x")).status_code == status
    client.force_login(entry.stranger)
    client.post(ADDRESS, {"reasons": "x"} | note(entry.cells[0], "x"))
    assert stored(*entry.cells) == ["", ""]


def test_the_queries_do_not_grow_with_the_rows(client, entry, django_assert_num_queries):
    explain(client, entry, **note(entry.cells[1], "Theo biên bản"))
    look(client, entry)
    with CaptureQueriesContext(connection) as one:
        client.get(ADDRESS)
    rate(entry, entry.cells[1], note="")
    with django_assert_num_queries(len(one)):
        assert kinds(client.get(ADDRESS)) == {"above_self": 2}


def test_fifty_rows_are_listed_and_the_rest_is_counted(client, entry, world):
    for number in range(51):
        factories.member(world.alpha.cells[0], code=f"M{number:02}", full_name=f"A {number:02}")
    follow_registers(by=Actor(name="x"))
    page = look(client, entry)
    check = page.context["hard"][0]
    assert (check.count, len(check.rows), check.more) == (51, 50, 1)
    assert "members/?filter=blank" in page.content.decode()


def test_totals_that_do_not_add_up_need_a_reason_as_well(client, entry, world):
    for line in entry.cells:
        rate(entry, line, note="Theo biên bản")
    unit = world.alpha.unit
    OrganizationLine.objects.filter(pk=entry.line.pk).update(decided=None)
    place = {"year_id": 2018, "unit": unit, "organization": unit, "subject": "grassroots"}
    Tally.objects.create(**place, key="HTTNV", count=2, is_reported=True)
    Tally.objects.create(**place, key="total", count=3, is_reported=True)
    answer = look(client, entry)
    assert [row.subject for row in answer.context["totals"]] == ["grassroots"]
    words = " ".join(answer.context["totals"][0].findings)
    assert "còn 1 chưa xếp loại" in words and words in answer.content.decode()
    with pytest.raises(NotComplete):
        submit(by=Actor.of(entry.officer), submission=entry.submission)
    ReportedNote.objects.create(**place, text="Chép từ sổ cũ")
    assert submit(by=Actor.of(entry.officer), submission=entry.submission).state == "submitted"
