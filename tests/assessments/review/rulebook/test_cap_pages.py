"""Exceptions from a cap and groups of like bodies: seen before they are done, kept, refused, taken back."""

import pytest
from django.db import transaction

from accounts.models import Role
from assessments.registers.undoing.models import ActDone
from assessments.review.rulebook.cap_actions import save_cap, save_exception
from assessments.review.years.actions import close_year
from assessments.roster import tallies
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.caps import Cap, CapException, LikeGroup
from assessments.rules.models.schemes import Level
from assessments.rules.of_year import rules_of
from resolution03.lib.errors import Refusal
from tests import factories
from tests.assessments.registers.confirming import send
from tests.assessments.years import opened

pytestmark = pytest.mark.django_db


def refused(action, row, by) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        action(row, by=by)
    return refusal.value


@pytest.fixture
def board(client_as, world):
    return client_as(Role.BOARD, world.province)


@pytest.fixture
def year(world, actor):
    """Six of alpha's thirty strong ones are exemplary: one too many of 20%, just enough of 25%."""
    for number in range(29):
        factories.organization(world.alpha.unit, code=f"A.Y{number}", type_label="Xã")
    found = opened(2025, actor)
    lines = OrganizationLine.objects.filter(year=found, unit=world.alpha.unit, kind="grassroots")
    levels = {one.code: one for one in Level.objects.filter(scheme=found.scheme, subject="organization")}
    lines.update(decided=levels["HTTNV"])
    OrganizationLine.objects.filter(pk__in=list(lines.values_list("pk", flat=True)[:6])).update(
        decided=levels["HTXSNV"]
    )
    tallies.recount(found)
    return found


def exception(world, **changes) -> dict:
    return {
        "unit": world.alpha.unit.pk, "year": "2025", "subject": "grassroots", "level_code": "HTXSNV",
        "percent": "25", "document_number": "QĐ 12-QĐ/TU", "document_date": "1/11/2025",
    } | changes  # fmt: skip


def test_an_exception_is_seen_kept_and_taken_back(board, world, year):
    address = "/rules/caps/exceptions/add/"
    shown = board.post(address, exception(world))
    assert not CapException.objects.exists()
    told = " ".join(shown.context["preview"].sentences)
    assert "0 đơn vị vượt trần (trước: 1)" in told
    assert send(board, address, exception(world)).status_code == 302
    stored = CapException.objects.get()
    assert (stored.percent, stored.unit, stored.document) == (25, world.alpha.unit, "QĐ 12-QĐ/TU, 1/11/2025")
    [cap] = rules_of(year).caps_of("grassroots")
    assert cap.in_unit(world.alpha.unit.pk).percent == 25 and cap.in_unit(world.beta.unit.pk).percent == 20
    page = board.get("/rules/").content.decode()
    assert "QĐ 12-QĐ/TU, 1/11/2025" in page and world.alpha.unit.name in page
    [told] = [one for one in board.get("/rules/").context["history"] if one.changes[0].label == "đơn vị"]
    assert told.changes[0].after == world.alpha.unit.name
    [entry, *_] = shown.context["preview"].entries
    assert world.alpha.unit.name in [one.after for one in entry.values]
    assert board.post(f"/rules/acts/{ActDone.objects.get().pk}/undo/").status_code == 302
    assert not CapException.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"percent": "101"}, "percent"),
        ({"document_number": ""}, "document_number"),
        ({"document_date": ""}, "document_date"),
        ({"level_code": "HTTNV"}, "level_code"),
        ({"year": "2018"}, "level_code"),
        ({"unit": "0"}, "unit"),
    ],
)
def test_an_exception_that_makes_no_sense_is_refused_beside_its_field(board, world, year, changes, field):
    answer = send(board, "/rules/caps/exceptions/add/", exception(world, **changes))
    assert answer.status_code == 200 and field in answer.context["form"].errors
    assert not CapException.objects.exists()


def test_a_second_one_a_closed_year_and_named_groups_are_refused(world, year, actor):
    one = {"unit": world.alpha.unit, "subject": "grassroots", "level_code": "HTXSNV", "percent": 25}
    one |= {"document_number": "QĐ 1", "document_date": "2025-11-01"}
    save_exception(CapException(year=2025, **one), by=actor)
    assert refused(save_exception, CapException(year=2025, **one), by=actor).field == "unit"
    close_year(2025, by=actor, reason="thử")
    other = CapException(year=2025, **one | {"unit": world.beta.unit})
    assert refused(save_exception, other, by=actor).field == "year"
    LikeGroup.objects.create(name="Sở", by="organization", entries="A.X01")
    Cap.objects.filter(subject="grassroots", first_year=2025).update(group="named")
    later = CapException(year=2026, **one)
    assert refused(save_exception, later, by=actor).field == "unit"


def test_a_closed_year_keeps_its_exceptions_and_groups(world, year, actor):
    LikeGroup.objects.create(name="Nhóm xã", by="type", entries="Xã")
    Cap.objects.filter(subject="grassroots", first_year=2025).update(group="unit_type", least_size=4)
    CapException.objects.create(
        unit=world.alpha.unit, year=2025, subject="grassroots", level_code="HTXSNV", percent="22.5",
        document_number="QĐ 1",
    )  # fmt: skip
    stood = rules_of(year).caps
    year = close_year(2025, by=actor, reason="thử") or year
    year.refresh_from_db()
    LikeGroup.objects.all().delete()
    CapException.objects.all().delete()
    Cap.objects.all().delete()
    assert rules_of(year).caps == stood
    [kept] = [cap for cap in stood if cap.subject == "grassroots"]
    assert kept.likes[0].name == "Nhóm xã" and str(kept.exceptions[0].percent) in ("22.5", "22.50")


def test_a_group_of_like_bodies_is_entered_and_counted_by(board, world, year):
    typed = {"name": "Nhóm xã", "by": "type", "entries": "Xã\n xã \n"}
    cap = Cap.objects.get(subject="grassroots", first_year=2025)
    form = {
        "subject": "grassroots", "level_code": "HTXSNV", "percent": "20", "base": "level",
        "base_level_code": "HTTNV", "group": "unit_type", "first_year": "2025", "is_default": "on",
    }  # fmt: skip
    early = send(board, f"/rules/caps/{cap.pk}/", form)
    assert "group" in early.context["form"].errors
    assert send(board, "/rules/caps/groups/add/", typed).status_code == 302
    assert LikeGroup.objects.get().listed == ["Xã", "xã"]
    assert send(board, f"/rules/caps/{cap.pk}/", form).status_code == 302
    [rule] = rules_of(year).caps_of("grassroots")
    assert rule.is_default and [like.name for like in rule.likes] == ["Nhóm xã"]
    only = LikeGroup.objects.get()
    answer = send(board, f"/rules/caps/groups/{only.pk}/remove/")
    assert answer.status_code == 200 and LikeGroup.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": "Nhóm", "by": "type", "entries": " \n "}, "entries"),
        ({"name": "Nhóm", "by": "organization", "entries": "A.X01\nZZ.1"}, "entries"),
        ({"name": "Nhóm", "by": "type", "entries": "cơ  quan"}, "entries"),
        ({"name": "Nhóm", "by": "type", "entries": "Khác\nXãã"}, "entries"),
        ({"name": "NHÓM CƠ QUAN", "by": "type", "entries": "Khác"}, "name"),
    ],
)
def test_a_group_that_makes_no_sense_is_refused(board, world, typed, field):
    LikeGroup.objects.create(name="Nhóm cơ quan", by="type", entries="Cơ quan")
    for label in ("Cơ quan", "Khác"):
        factories.organization(world.alpha.unit, type_label=label)
    answer = send(board, "/rules/caps/groups/add/", typed)
    assert answer.status_code == 200 and field in answer.context["form"].errors
    assert LikeGroup.objects.count() == 1


def test_a_cap_that_makes_no_sense_is_refused(world, actor):
    LikeGroup.objects.create(name="Nhóm xã", by="type", entries="Xã")
    member, body = Cap.objects.get(subject="member"), Cap.objects.get(subject="affiliated", first_year=2025)
    for cap, changes, field in (
        (member, {"group": "unit_type"}, "group"),
        (body, {"group": "named"}, "group"),
        (body, {"base_level_code": "HTXSNV"}, "base_level_code"),
    ):
        point = transaction.savepoint()
        for name, value in changes.items():
            setattr(cap, name, value)
        assert refused(save_cap, cap, by=actor).field == field
        transaction.savepoint_rollback(point)
        cap.refresh_from_db()


def test_an_officer_sees_neither_exceptions_nor_codes_of_another_unit(client_as, world):
    CapException.objects.create(
        unit=world.beta.unit, year=2025, subject="grassroots", level_code="HTXSNV", percent=25,
        document_number="QĐ 77-QĐ/TU",
    )  # fmt: skip
    LikeGroup.objects.create(name="Sở, ngành", by="organization", entries="B.X01")
    for at, sees in ((world.alpha.unit, False), (world.beta.unit, True)):
        page = client_as(Role.OFFICER, at).get("/rules/").content.decode()
        assert ("QĐ 77-QĐ/TU" in page) is sees
        assert "B.X01" not in page
