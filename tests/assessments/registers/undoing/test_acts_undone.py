"""Every declared act is kept whole and taken back by one act, or refused with what rests on it by name."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction

from accounts.actors import Actor
from accounts.models import Role
from assessments.registers import acts, door
from assessments.registers.undoing.actions import HasDependents
from assessments.registers.undoing.done_actions import undo
from assessments.registers.undoing.models import ActDone, BatchRows
from assessments.registers.undoing.registers import BY_ACTS
from assessments.review.years.actions import close_year, open_year
from assessments.roster import tallies
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.list_changes import ListChange
from assessments.roster.models.movements import Movement
from assessments.roster.models.tallies import Tally
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.models.years import RatingYear, Submission
from orgs.actions import beginning, villages
from orgs.models import AuditEntry, Organization, Posting
from resolution03.lib.errors import Refusal
from tests import factories, short
from tests.assessments.registers.confirming import send
from tests.assessments.registers.test_registers import typed_pages
from tests.assessments.registers.undoing.doing import Doer
from tests.assessments.test_sent_twice import TOKEN


@pytest.fixture
def board(client_as, world):
    return client_as(Role.BOARD, world.province)


def state() -> dict:
    """All that registers, rosters and figures say, but for the keys of lines and counters of versions."""
    apart = {"id", "version", "updated_at"}
    registers = [model for model in BY_ACTS if model not in (Submission, ListChange)]
    found = {model._meta.label: sorted(map(repr, model._base_manager.values_list())) for model in registers}
    for model in (OrganizationLine, MemberLine, VillageLine, Movement, Submission, RatingYear):
        rows = model._base_manager.values()
        found[model._meta.label] = sorted(repr(_told(row, apart)) for row in rows)
    figures = Tally.objects.exclude(count=0).values_list("year", "organization", "subject", "key", "count")
    return found | {"figures": sorted(map(repr, figures))}


def _told(row: dict, apart: set[str]) -> dict:
    """A line that is kept apart stands nowhere: it bears the place from which it went last."""
    place = {"unit_id", "grassroots_id", "cell_id", "parent_id"} if row.get("dropped") else set()
    return {name: value for name, value in row.items() if name not in apart | place}


def differing(before: dict, after: dict) -> dict:
    """What was and is no longer, and what is and was not, of each table that differs."""
    return {
        name: (sorted(set(before[name]) - set(after[name])), sorted(set(after[name]) - set(before[name])))
        for name in before
        if before[name] != after[name]
    }


def images() -> dict:
    """Every register table whole: key → values, of the columns that do not follow from others."""
    return {
        table.label: {row[0]: row[1:] for row in model._base_manager.values_list("pk", *table.columns)}
        for model, table in BY_ACTS.items()
    }


def written(before: dict, after: dict) -> dict:
    """(created, changed) keys of each table that differs."""
    found = {}
    for label, rows in after.items():
        created = set(rows) - set(before[label])
        changed = {pk for pk, values in before[label].items() if values != rows.get(pk)}
        if created or changed:
            found[label] = created, changed
    return found


def noted(batch) -> dict:
    rows = BatchRows.objects.filter(batch=batch)
    return {row.model: ({pk for pk, _ in row.created}, set(map(int, row.changed))) for row in rows}


def test_every_act_notes_each_row_that_it_writes_and_is_taken_back_whole(board, world, actor):
    pages = typed_pages(world)
    open_year(2018, by=actor)
    for name, (address, data) in short.some(list(pages.items())):
        point, stood, before = transaction.savepoint(), state(), images()
        answer = send(board, address, data)
        assert answer.status_code == 302, (name, answer.context["form"].errors, answer.context["preview"])
        found = ActDone.objects.get()
        assert acts.find(found.code).name == name or name == "merge of two cells", name
        wrote = written(before, images())
        assert wrote and noted(found.batch) == wrote, name
        assert state() != stood, name
        entries = set(AuditEntry.objects.filter(batch=found.batch).values_list("action", flat=True))
        assert entries, name

        undone = board.post(f"/acts/{found.pk}/undo/")
        assert undone.status_code == 302, (name, undone.context["refusal"])
        assert differing(stood, state()) == {}, name
        assert tallies.recount(*RatingYear.objects.all(), check=True) == [], name
        assert not BatchRows.objects.exists()
        told = AuditEntry.objects.latest("pk")
        assert told.action == acts.find(found.code).told_back, name

        again = board.post(f"/acts/{found.pk}/undo/", follow=True)
        assert "đã được hoàn tác trước đó" in again.content.decode(), name
        assert state() == stood, name
        transaction.savepoint_rollback(point)


@pytest.fixture
def do(world, actor):
    return Doer(world, actor)


def told_on_undoing(done, by) -> list[str]:
    """Why it is refused, in words; whatever there is stays as it is."""
    stood = state()
    with pytest.raises(HasDependents) as refused:
        undo(done, by=by, told=acts.find(done.code).told_back, tables=BY_ACTS)
    assert state() == stood
    return refused.value.reasons[1:]


def test_what_rests_on_an_act_is_named_and_nothing_changes(do, world, actor):
    new = "A.X01.9"
    rested = {
        "changed since": (lambda: do.transfer(do.other), do.leave, "A1"),
        "refers to it": (do.found, lambda: do.enrol("A77", Organization.objects.get(code=new)), "A77"),
        "its code": (lambda: do.recode("A1B"), lambda: do.enrol("A1", do.other), "A1"),
        "a successor": (do.end_term, do.succeed, "T.A.1"),
        "ended since": (
            lambda: do.transfer(do.beta.cells[1]),
            lambda: do.merge(do.cell, do.other, date(2018, 8, 1)),
            "A.X01.1",
        ),
        "below it since": (
            lambda: do.move(do.alpha.commune, do.beta.unit),
            lambda: do.move(do.alpha.unit, do.alpha.commune, date(2018, 8, 1)),
            "A",
        ),
        "members in it": (
            lambda: do.reform(Organization.objects.get(code="A.X02"), "cell"),
            lambda: do.enrol("A78", Organization.objects.get(code="A.X02")),
            "A78",
        ),
    }
    factories.organization(do.alpha.unit, code="A.X02", name="Đảng bộ xã Hai")
    open_year(2018, by=actor)
    for why, (act, later, named) in rested.items():
        point = transaction.savepoint()
        done = act()
        following = later()
        reasons = told_on_undoing(done, actor)
        assert any(f" {named}:" in reason for reason in reasons), (why, reasons)
        undo(following, by=actor, told=acts.find(following.code).told_back, tables=BY_ACTS)
        stood = undo(done, by=actor, told=acts.find(done.code).told_back, tables=BY_ACTS)
        assert stood, f"{why}: the later one undone, this one can be, too"
        transaction.savepoint_rollback(point)


def test_a_rating_or_a_closed_year_that_rests_on_it_is_named(do, world, actor):
    year = open_year(2018, by=actor)
    done = do.enrol("A77", do.cell)
    line = MemberLine.objects.get(member__code="A77")
    line.reason = "Mới về"
    line.save()
    assert told_on_undoing(done, actor) == ["Đảng viên trong danh sách năm A77: đã được xếp loại sau đó."]
    line.reason = ""
    line.save()
    later = do.transfer(do.other)
    close_year(year.pk, by=actor, reason="thử")
    assert any("2018" in reason for reason in told_on_undoing(done, actor))
    assert any("2018" in reason for reason in told_on_undoing(later, actor))


def test_who_takes_an_act_back(do, world, actor, client_as, client):
    """Whoever may do such an act on the record; an officer nothing that reaches beyond the unit."""
    inside, beyond = do.transfer(do.other), do.move(do.beta.commune, do.alpha.unit)
    address = f"/acts/{inside.pk}/undo/"
    assert client.post(address).status_code == 302 and "sign" in client.post(address).url
    assert client_as(Role.VIEWER, world.province).post(address).status_code == 403
    assert client_as(Role.CLERK, do.alpha.commune).post(address).status_code == 403
    assert client_as(Role.OFFICER, do.beta.unit).post(address).status_code == 404
    assert client_as(Role.BOARD, world.province).post("/acts/999/undo/").status_code == 404
    officer = client_as(Role.OFFICER, do.alpha.unit)
    refused = officer.post(f"/acts/{beyond.pk}/undo/")
    assert refused.status_code == 200 and "chỉ Ban Tổ chức" in refused.content.decode()
    assert "Beta" not in refused.content.decode().replace(do.beta.commune.name, "")
    assert officer.post(address).status_code == 302
    inside.refresh_from_db()
    assert inside.taken_back_at and inside.taken_back_by_name
    assert client_as(Role.BOARD, world.province).post(f"/acts/{beyond.pk}/undo/").status_code == 302


def test_the_record_lists_what_was_done_and_offers_the_way_back(do, world, client_as):
    officer = client_as(Role.OFFICER, do.alpha.unit)
    typed = {"cell": "A.X01.2", "on": "01/07/2018"}
    page = send(officer, f"/members/{do.member.pk}/transfer/", typed)
    shown = officer.get(page.url).content.decode()
    done = ActDone.objects.get()
    address = f'action="/acts/{done.pk}/undo/"'
    assert shown.count(address) == 2, "beside the record at once, and in the list of what was done"
    viewer = client_as(Role.CLERK, do.alpha.commune).get(page.url).content.decode()
    assert address not in viewer
    officer.post(f"/acts/{done.pk}/undo/")
    after = officer.get(page.url).content.decode()
    assert address not in after and "đã hoàn tác lúc" in after


def test_what_is_out_of_scope_is_not_named(do, world, client_as):
    """An officer is told that something rests on the act, not what, where it lies elsewhere."""
    done = do.found()
    made = Organization.objects.get(code="A.X01.9")
    do.transfer(made, member=do.beta.members[0])
    do.transfer(do.beta.cells[0], member=do.beta.members[0], on=date(2018, 8, 1))
    page = client_as(Role.OFFICER, do.alpha.unit).post(f"/acts/{done.pk}/undo/").content.decode()
    assert "ngoài phạm vi" in page and " B1:" not in page
    page = client_as(Role.BOARD, world.province).post(f"/acts/{done.pk}/undo/").content.decode()
    assert " B1:" in page


def test_what_is_no_longer_kept_is_said(do, actor):
    done = do.leave()
    BatchRows.objects.all().delete()
    with pytest.raises(Refusal, match="Không còn lưu giữ|no longer kept"):
        undo(done, by=actor, told="member.undo", tables=BY_ACTS)


def test_the_first_organization_goes_again_with_the_postings_that_it_brought(db, actor):
    administrator = factories.user(Role.ADMINISTRATOR)
    batch = uuid4()
    by = Actor(actor.name, actor.user, batch)
    values = {"code": "KT", "name": "Đảng bộ tỉnh", "doing": door.Doing("province.found", None)}
    door.change(beginning.found_province, by=by, **values)
    done = ActDone.objects.get(batch=batch)
    assert Posting.objects.get().user == administrator
    assert undo(done, by=actor, told="organization.undo", tables=BY_ACTS)
    assert not Posting.objects.exists() and not Organization.objects.exists()


@pytest.mark.parametrize("act", ["member_transfer", "member_enrol"])
def test_a_form_that_is_sent_again_after_it_was_undone_does_nothing(board, world, act):
    address, typed = typed_pages(world)[act]
    typed |= {"once": TOKEN.search(board.get(address).content.decode())[1]}
    stood = state()
    send(board, address, typed)
    board.post(f"/acts/{ActDone.objects.get().pk}/undo/")
    again = send(board, address, typed)
    again = again if again.status_code == 200 else board.get(again.url)
    assert "Việc này đã làm và đã được hoàn tác" in again.content.decode()
    assert differing(stood, state()) == {}


def test_what_changes_nothing_is_no_act_to_take_back(do, actor):
    values = {"committee": do.alpha.commune, "cell": do.cell, "village": do.village}
    door.change(villages.correct, by=actor, doing=door.Doing("village.correct", do.village), **values)
    assert not ActDone.objects.exists() and not BatchRows.objects.exists()


def test_what_an_act_on_another_founded_offers_the_way_back_too(board, world):
    """Who splits an organization lands on the new one."""
    address, data = typed_pages(world)["organization_split"]
    page = send(board, address, data, follow=True)
    done, founded = ActDone.objects.get(), Organization.objects.get(code="A.X09")
    assert done.object_id != founded.pk
    assert page.redirect_chain[-1][0] == founded.get_absolute_url()
    assert f"/acts/{done.pk}/undo/" in page.content.decode()
    assert board.post(f"/acts/{done.pk}/undo/").status_code == 302
    assert not Organization.objects.filter(pk=founded.pk).exists()
