"""An act shows what it will do before it does it: to each in their scope, nothing stored, nothing typed
lost; whoever confirms what is no longer so is shown it again."""

import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from assessments.registers.undoing.models import ActDone
from assessments.review.years.actions import open_year
from assessments.roster import tallies
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear, Submission
from members.models import Member
from orgs.models import AuditEntry
from orgs.versions import data_version
from tests import factories, short
from tests.assessments.registers.confirming import send
from tests.assessments.registers.test_registers import typed_pages

LEAVING = {"on": "01/07/2018", "leaving_reason": "withdrew"}


@pytest.fixture
def year(world, actor):
    """2018 and 2019 open, all rated in 2018."""
    found = open_year(2018, by=actor)
    open_year(2019, by=actor)
    for model, subject in ((OrganizationLine, "organization"), (MemberLine, "member")):
        level = Level.objects.get(scheme=found.scheme, subject=subject, code="HTTNV")
        model.objects.filter(year=found).update(decided=level)
    tallies.recount(*RatingYear.objects.all())
    return found


@pytest.fixture
def officer(client_as, world):
    return client_as(Role.OFFICER, world.alpha.unit)


@pytest.fixture
def board(client_as, world):
    return client_as(Role.BOARD, world.province)


def test_what_will_be_is_shown_and_nothing_is_stored_or_lost(board, world, year):
    pages, version, entries = typed_pages(world), data_version(), AuditEntry.objects.count()
    small = {"organization_correct", "village_correct"}
    for name, (address, typed) in pages.items():
        if name in small:
            continue
        shown = board.post(address, typed)
        assert shown.status_code == 200 and shown.context["preview"], (name, shown.context["form"].errors)
        page = shown.content.decode()
        assert "Chưa ghi gì. Nếu xác nhận thì:" in page and 'form="act"' in page, name
        for value in typed.values():
            assert isinstance(value, list) or value == "on" or str(value) in page, (name, value)
        assert (data_version(), AuditEntry.objects.count()) == (version, entries), name
    assert not ActDone.objects.exists()


def test_figures_and_lists_before_and_after_are_told_by_year_and_place(board, world, year):
    member = world.alpha.members[0]
    preview = board.post(f"/members/{member.pk}/leave/", LEAVING).context["preview"]
    told = {(one.year, one.place): one.changes for one in preview.figures}
    assert set(told) == {(2018, "Toàn tỉnh"), (2018, "Huyện ủy Alpha")}
    (change,) = told[2018, "Huyện ủy Alpha"]
    assert [one["fraction"] for one in change.shown] == ["3 / 3", "2 / 2"]
    lines = {(year.year, str(group.becomes)): group for year in preview.years for group in year.groups}
    assert lines[2018, "ra khỏi danh sách"].names == [member.full_name]
    assert (2019, "ra khỏi danh sách") in lines
    assert any("1 dòng đã xếp loại" in words for words in preview.sentences)


@pytest.mark.once
def test_what_was_chosen_by_a_code_is_told_by_name_and_from_which_day(board, world, year):
    for name, (address, typed) in typed_pages(world).items():
        context = board.post(address, typed).context
        told = " ".join(context["preview"].sentences) if context else ""
        form = context and context["form"]
        for field in ("target", "parent", "cell", "committee"):
            thing = form and form.cleaned_data.get(field)
            if thing and thing.pk != getattr(form.subject, f"{field}_id", None):
                assert thing.name in told, (name, field, told)
        assert not form or "on" not in typed or str(typed["on"]) in told, (name, told)


@pytest.mark.once
def test_only_what_is_written_otherwise_is_told_so(board, world, year):
    """Counts that go with a line, and where a movement is counted, are no spelling."""
    pages = typed_pages(world)
    respelled = {}
    for name, (address, typed) in short.some(list(pages.items())):
        preview = board.post(address, typed).context
        groups = [group for one in preview["preview"].years for group in one.groups] if preview else []
        respelled[name] = sorted({str(group.what) for group in groups if group.becomes == "đổi cách ghi"})
    assert {name for name, things in respelled.items() if things} <= {"organization_rename"}, respelled


def test_an_officer_reads_nothing_of_other_units_but_the_province(officer, board, world, year):
    """Of a commune that moves to another unit the Board is told both."""
    address, typed = f"/organizations/{world.alpha.cells[0].pk}/merge/", {
        "target": "A.X01.2", "on": "01/07/2018", "decision": "1-QĐ", "decided_on": "25/06/2018",
    }  # fmt: skip
    page = officer.post(address, typed)
    assert page.context["preview"].years, page.context["form"].errors
    assert "Beta" not in page.content.decode()
    moved = {"parent": "B", "on": "01/07/2018", "decision": "1-QĐ", "decided_on": "25/06/2018"}
    seen = board.post(f"/organizations/{world.alpha.commune.pk}/move/", moved).context["preview"]
    assert {one.place for one in seen.figures} == {"Huyện ủy Alpha", "Huyện ủy Beta"}


def test_the_officer_is_told_that_the_board_will_be_asked_again(officer, board, world, year):
    held = Submission.objects.filter(year=2018, unit=world.alpha.unit)
    held.update(state="accepted", submitted_at="2019-01-05T00:00:00Z")
    address = f"/members/{world.alpha.members[0].pk}/leave/"
    told = officer.post(address, LEAVING).context["preview"].sentences
    assert any("2018" in words and "xác nhận" in words for words in told), told
    told = board.post(address, LEAVING).context["preview"].sentences
    assert not any("xác nhận" in words for words in told), "what the Board does is confirmed by that"


def test_what_is_another_by_then_is_shown_again(board, world, year):
    member, other = world.alpha.members[:2]
    address = f"/members/{member.pk}/leave/"
    first = board.post(address, LEAVING).context["preview"]
    send(board, f"/members/{other.pk}/leave/", LEAVING)
    again = board.post(address, LEAVING | {"sure": first.key})
    assert again.status_code == 200 and again.context["preview"].key != first.key
    assert Member.objects.get(pk=member.pk).left_on is None
    assert board.post(address, LEAVING | {"sure": again.context["preview"].key}).status_code == 302


def test_mere_text_is_stored_at_once_and_taken_back_like_all_else(board, world, year):
    commune = world.alpha.commune
    typed = {"name": commune.name, "code": "A.X01", "form": "committee", "parent": "A", "phone": "0260 386"}
    assert board.post(f"/organizations/{commune.pk}/correct/", typed).status_code == 302
    board.post(f"/acts/{ActDone.objects.get().pk}/undo/")
    commune.refresh_from_db()
    assert commune.phone == ""


def test_a_preview_costs_the_same_whatever_the_size_of_the_province(board, world, year, actor):
    first, second = world.alpha.members[:2]
    board.post(f"/members/{first.pk}/leave/", LEAVING)
    with CaptureQueriesContext(connection) as few:
        board.post(f"/members/{first.pk}/leave/", LEAVING)
    for unit in world.units:
        for _ in range(3):
            factories.member(factories.cell(factories.organization(unit)))
    with CaptureQueriesContext(connection) as many:
        board.post(f"/members/{second.pk}/leave/", LEAVING)
    assert len(many) == len(few)


def test_two_who_confirm_at_once_do_it_once(reference, world, actor, client_as):
    """Of one member two leave forms: one stores, the other is told why not."""
    open_year(2018, by=actor)
    member = world.alpha.members[0]
    clients = [client_as(Role.BOARD, world.province) for _ in range(2)]
    address, answers, start = f"/members/{member.pk}/leave/", [], threading.Barrier(2)
    keys = [client.post(address, LEAVING).context["preview"].key for client in clients]

    def confirm(client, key):
        start.wait(10)
        try:
            answers.append(client.post(address, LEAVING | {"sure": key}).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm, args=pair) for pair in zip(clients, keys, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers) == [200, 302]
    assert ActDone.objects.count() == AuditEntry.objects.filter(action="member.leave").count() == 1


def test_two_who_undo_at_once_undo_once(reference, world, actor, client_as):
    open_year(2018, by=actor)
    clients = [client_as(Role.BOARD, world.province) for _ in range(2)]
    member, answers, start = world.alpha.members[0], [], threading.Barrier(2)
    send(clients[0], f"/members/{member.pk}/leave/", LEAVING)
    address = f"/acts/{ActDone.objects.get().pk}/undo/"

    def undo(client):
        start.wait(10)
        try:
            answers.append(client.post(address).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=undo, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert answers == [302, 302] and Member.objects.get(pk=member.pk).left_on is None
    assert AuditEntry.objects.filter(action="member.undo").count() == 1
