"""Number and date of a decision are asked where the Party's rules ask for one, and nowhere else."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Role
from assessments.review.years.actions import open_year
from assessments.roster.models.lines import MemberLine
from assessments.workbooks.batches import actions as uploads
from assessments.workbooks.loading.files import Source
from assessments.workbooks.loading.run import Options
from assessments.workbooks.models import Upload
from assessments.workbooks.undoing import actions as undo
from members import rules
from members.actions import members
from members.models import Member
from orgs.actions import reorganize
from orgs.models import AuditEntry, Organization
from resolution03.lib.errors import Refusal
from tests import factories, short
from tests.assessments.registers.confirming import send
from tests.assessments.registers.test_registers import DAY, DECIDED
from tests.workbooks import AFFILIATED, GRASSROOTS, MEMBERS, ORGANIZATIONS, book

ASKED = "Quy định của Đảng yêu cầu có quyết định: hãy ghi số và ngày quyết định."
NUMBER, DECIDED_ON = "1-QĐ", date(2018, 6, 25)


@pytest.fixture
def board(client_as, world):
    return client_as(Role.BOARD, world.province)


def acts(world) -> dict[str, tuple]:
    """Address → what is typed but the decision, and whether that is asked."""
    alpha, beta = world.alpha, world.beta
    leave = reverse("registers:member_leave", args=[alpha.members[0].pk])
    correct = {"code": "A.X01.2", "name": "Chi bộ", "form": "cell", "parent": "A.X01"}
    person = {"code": "A3", "full_name": "Y Ba", "cell": "A.X01.1", "admitted_on": "2010", "left_on": DAY}
    addresses = {
        name: reverse(f"registers:{name}", args=[pk])
        for name, pk in (
            ("organization_merge", beta.cells[1].pk),
            ("organization_split", beta.commune.pk),
            ("organization_dissolve", alpha.cells[1].pk),
            ("organization_correct", alpha.cells[1].pk),
            ("organization_rename", alpha.commune.pk),
            ("organization_move", alpha.cells[1].pk),
            ("organization_form", alpha.cells[0].pk),
            ("member_recognize", alpha.members[1].pk),
            ("member_correct", alpha.members[2].pk),
            ("member_transfer", alpha.members[2].pk),
            ("village_cover", alpha.village.pk),
            ("village_end", beta.village.pk),
        )
    }
    return {
        "found": (reverse("registers:organization_found"),
                  {"code": "A.X09", "name": "Xã", "form": "committee", "parent": "A"}, True),
        "merge": (addresses["organization_merge"], {"target": "B.X01.1", "on": DAY}, True),
        "split": (addresses["organization_split"], {"name": "Tách", "code": "B.X09", "on": DAY}, True),
        "dissolve": (addresses["organization_dissolve"], {"on": DAY}, True),
        "form, with a cell below": (addresses["organization_form"],
                  {"form": "committee", "on": DAY, "name": "Chi bộ", "code": "A.X01.1.1"}, True),
        "expelled": (leave, {"on": DAY, "leaving_reason": "expelled"}, True),
        "struck off": (leave, {"on": DAY, "leaving_reason": "struck_off"}, True),
        "recognized": (addresses["member_recognize"], {"official_on": "1/1/2011"}, True),
        "corrected to expelled": (addresses["member_correct"], person | {"leaving_reason": "expelled"}, True),
        "corrected to dissolved": (addresses["organization_correct"], correct | {"dissolved_on": DAY}, True),
        "died": (leave, {"on": DAY, "leaving_reason": "died"}, False),
        "withdrew": (leave, {"on": DAY, "leaving_reason": "withdrew"}, False),
        "moved away": (leave, {"on": DAY, "leaving_reason": "transferred"}, False),
        "corrected to died": (addresses["member_correct"], person | {"leaving_reason": "died"}, False),
        "corrected": (addresses["organization_correct"], correct, False),
        "rename": (addresses["organization_rename"], {"name": "Xã Mới", "on": DAY}, False),
        "move": (addresses["organization_move"], {"parent": "B.X01", "on": DAY}, False),
        "transfer": (addresses["member_transfer"], {"cell": "A.X01.2", "on": DAY}, False),
        "cover": (addresses["village_cover"], {"committee": "A.X01", "cell": "A.X01.2", "on": DAY}, False),
        "end": (addresses["village_end"], {"on": DAY}, False),
        "village": (reverse("registers:village_found"),
                    {"code": "T9", "name": "Thôn", "committee": "A.X01"}, False),
    }  # fmt: skip


LEAVING, DISSOLUTION = "leaving_", "dissolution_"
PREFIXES = {
    "corrected to expelled": LEAVING,
    "corrected to died": LEAVING,
    "corrected to dissolved": DISSOLUTION,
    "corrected": DISSOLUTION,
}


@pytest.mark.once
def test_it_is_asked_where_the_rules_ask_and_nowhere_else(board, world, django_db_savepoint):
    """One message at the part that is missing; nothing is stored, nothing typed is lost."""
    for name, (address, typed, is_asked) in short.some(list(acts(world).items())):
        number, day = (f"{PREFIXES.get(name, '')}{key}" for key in DECIDED)
        part = {number: DECIDED["decision"]}
        whole = part | {day: DECIDED["decided_on"]}
        for given, missing in (({}, number), (part, day), ({day: DECIDED["decided_on"]}, number)):
            with django_db_savepoint():
                answer = send(board, address, typed | given)
                if not is_asked:
                    assert answer.status_code == 302, (name, given, answer.context["form"].errors)
                    continue
                assert answer.status_code == 200, (name, given)
                assert answer.context["form"].errors == {missing: [ASKED]}, (name, given)
                assert not AuditEntry.objects.exists(), name
        with django_db_savepoint():
            answer = send(board, address, typed | whole)
            assert answer.status_code == 302, (name, answer.context and answer.context["form"].errors)
        for wrong in ("32/1/2018", "2018", "1/1/2999"):
            errors = board.post(address, typed | part | {day: wrong}).context["form"].errors
            assert list(errors) == [day], (name, wrong)
        assert day in board.post(address, typed | {day: "32/1/2018"}).context["form"].errors, name


@pytest.fixture
def django_db_savepoint():
    """What is done inside is as if it had not been."""
    from contextlib import contextmanager

    from django.db import transaction

    @contextmanager
    def undone():
        before = transaction.savepoint()
        yield
        transaction.savepoint_rollback(before)

    return undone


def test_it_stands_with_what_it_dates_in_the_history_and_in_the_trail(board, world):
    both, told = {"decision": NUMBER, "decided_on": DECIDED_ON}, "1-QĐ, 25/06/2018"
    pages, rows = acts(world), Organization.objects
    done = ("found", "merge", "split", "rename", "transfer", "cover", "expelled", "recognized")
    for name in done:
        address, typed, _asked = pages[name]
        assert send(board, address, typed | DECIDED).status_code == 302, name
    for code in ("A.X09", "B.X09"):
        assert rows.get(code=code).placements.filter(**both).exists(), code
    merged = rows.get(code="B.X01.2")
    assert (merged.dissolution_decision, merged.dissolution_decided_on) == (NUMBER, DECIDED_ON)
    assert world.alpha.commune.former_names.filter(**both).exists()
    left, official = Member.objects.get(code="A1"), Member.objects.get(code="A2")
    assert (left.leaving, official.recognition) == (told, told)
    shown = [rows.get(code="A.X09"), merged, world.alpha.commune, left, official]
    for record in shown:
        content = board.get(record.get_absolute_url()).content.decode()
        assert content.count(told) >= 2, (record, "the history and the trail")
    assert set(AuditEntry.objects.values_list("reason", flat=True)) == {told}


def test_a_recognition_counts_from_its_day_and_is_done_once(board, world, actor):
    """By the charter twelve months after the admission, whenever it is decided: that day is offered."""
    member = factories.member(world.alpha.cells[0], code="A9", admitted_on=date(2017, 5, 1))
    year = open_year(2018, by=actor)
    address = reverse("registers:member_recognize", args=[member.pk])
    assert f'href="{address}"' in board.get(member.get_absolute_url()).content.decode()
    assert 'value="01/05/2018"' in board.get(address).content.decode()
    for day, words in (("1/4/2018", "12"), ("1/9/2018", "01/05/2018")):
        asked = board.post(address, {"official_on": day, **DECIDED})
        assert asked.status_code == 200 and asked.context["preview"].doubts, day
        assert words == "12" or words in asked.context["preview"].doubts[0]
    assert send(board, address, {"official_on": "1/5/2018", **DECIDED}).status_code == 302
    member.refresh_from_db()
    assert member.official_on == date(2018, 5, 1)
    assert not MemberLine.objects.get(year=year, member=member).is_probationary
    assert f'href="{address}"' not in board.get(member.get_absolute_url()).content.decode()
    assert AuditEntry.objects.get(action="member.recognize").object_code == "A9"
    answer = board.post(address, {"official_on": "1/9/2018", **DECIDED})
    assert len(answer.context["form"].errors["official_on"]) == 1
    assert answer.content.decode().count("Ngày chính thức: theo Điều lệ") == 1


@pytest.mark.parametrize(
    ("official", "field"), [(date(2009, 1, 1), "official_on"), (date(2018, 8, 1), "official_on")]
)
def test_nobody_is_recognized_before_the_admission_or_after_leaving(world, actor, official, field):
    member = factories.member(world.alpha.cells[0], left_on=date(2018, 7, 1))
    with pytest.raises(Refusal) as caught:
        members.recognize(by=actor, member=member, official_on=official, decision="1", decided_on=official)
    assert caught.value.field == field


def test_what_is_taken_off_takes_its_decision_along(world, actor):
    member, cell = world.alpha.members[0], world.alpha.cells[1]
    decided = {"decision": NUMBER, "decided_on": DECIDED_ON}
    members.recognize(by=actor, member=member, official_on=date(2011, 1, 1), **decided)
    members.leave(by=actor, member=member, on=DECIDED_ON, leaving_reason="expelled", **decided)
    members.correct(by=actor, member=member, left_on=None, leaving_reason="", official_on=None)
    member.refresh_from_db()
    assert (member.leaving, member.recognition) == ("", "")
    reorganize.dissolve(by=actor, organization=cell, on=DECIDED_ON, **decided)
    reorganize.correct(by=actor, organization=cell, dissolved_on=None)
    assert Organization.objects.get(pk=cell.pk).dissolution == ""


@pytest.mark.once
def test_who_is_removed_leaves_by_a_decision():
    reasons = ("died", "expelled", "struck_off", "withdrew", "transferred", "", None)
    assert [reason for reason in reasons if rules.needs_decision(reason)] == ["expelled", "struck_off"]


def test_a_sheet_that_brings_another_number_takes_the_date_of_the_old_one_away(
    world, actor, tmp_path, settings
):
    """No sheet tells the date of a decision; undone, the load gives number and date back."""
    settings.VAR_DIR = tmp_path
    commune, cell, member = world.alpha.commune, world.alpha.cells[1], world.alpha.members[0]
    decided = {"decision": NUMBER, "decided_on": DECIDED_ON}
    reorganize.move(by=actor, organization=commune, parent=world.beta.unit, on=DECIDED_ON, **decided)
    reorganize.dissolve(by=actor, organization=cell, on=DECIDED_ON, **decided)
    members.leave(by=actor, member=member, on=DECIDED_ON, leaving_reason="expelled", **decided)
    rows = [
        ["A.X01", commune.name, "B", GRASSROOTS, "Đảng bộ", *[None] * 4, "2-QĐ"],
        ["A.X01.2", cell.name, "A.X01", AFFILIATED, "Chi bộ", None, None, "25/6/2018", None, "3-QĐ"],
    ]
    left = ["A1", member.full_name, "1/1/2010", "A.X01.1", None, "xoá", "xoá"]
    path = book(tmp_path / "sổ.xlsx", {"tc": [ORGANIZATIONS, *rows], "dv": [MEMBERS, left]})
    plan = uploads.store(by=actor, sources=[Source(path, path.name)], options=Options())
    assert plan.applied, [sheet.errors for sheet in plan.sheets]
    assert told_of(commune, cell, member) == ["2-QĐ", "3-QĐ", ""]
    undo.undo(by=actor, uploads=[Upload.objects.get()])
    assert told_of(commune, cell, member) == ["1-QĐ, 25/06/2018"] * 3


def told_of(commune, cell, member) -> list[str]:
    for one in (commune, cell, member):
        one.refresh_from_db()
    return [commune.placements.get(ends_on=None).decided, cell.dissolution, member.leaving]
