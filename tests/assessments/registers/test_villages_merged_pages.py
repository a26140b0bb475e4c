"""Merging and splitting villages on pages: choose, name and decide, see what follows, confirm, take back."""

from datetime import date

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from accounts.models import Role
from assessments.registers.undoing.models import ActDone
from assessments.review.years.actions import open_year
from members.models import Member, VillageHead
from orgs.models import AuditEntry, Organization, Village
from tests import factories
from tests.assessments.registers.confirming import send
from tests.assessments.registers.undoing.test_acts_undone import differing, state

MERGE = "/villages/merge/"
DAY = "01/07/2018"
DECIDED = {"on": DAY, "decision": "52-QĐ/UBND", "decided_on": "20/06/2018"}
NEW = {"name": "Thôn Bình Minh", "code": "T.A.9"}


@pytest.fixture
def officer(client_as, world):
    return client_as(Role.OFFICER, world.alpha.unit)


@pytest.fixture
def three(world, actor) -> list[Village]:
    """With six, no and no official members; a head who is none, one who is a member and secretary, nobody."""
    first, (_cell, other) = world.alpha.village, world.alpha.cells
    Member.objects.update(official_on=date(2011, 1, 1))
    found = [first]
    for number, covering in ((2, other), (3, other)):
        found.append(
            factories.village(world.alpha.commune, covering, code=f"T.A.{number}", name=f"Thôn {number}")
        )
    factories.head(found[1], full_name="A Hai", is_member=True, is_secretary=True)
    open_year(2018, by=actor)
    return found


def typed(world, villages, **more):
    return {"committee": "A.X01", "sources": [one.pk for one in villages], **DECIDED, **more}


def test_first_the_commune_then_its_villages(officer, world, three):
    page = officer.get(MERGE)
    assert list(page.context["form"].fields) == ["committee"]
    chosen = officer.post(MERGE, {"committee": "A.X01"})
    assert chosen.status_code == 200 and not chosen.context["form"].errors
    told = chosen.content.decode()
    assert told.count('aria-current="step"') == 1 == told.count('class="done"')
    assert all(f"{one.code} · {one.name}" in told for one in three) and "Beta" not in told
    at = officer.get(f"{MERGE}?committee={world.alpha.commune.pk}").content.decode()
    assert "T.A.2 · Thôn 2 · Chi bộ Alpha 2" in at and "của Thôn 2: A Hai, đảng viên, bí thư chi bộ" in at


def test_it_is_offered_in_the_list_at_the_commune_and_at_each_village(officer, client_as, world, three):
    at = f"{MERGE}?committee={world.alpha.commune.pk}"
    viewer = client_as(Role.VIEWER, world.province)
    for page, address in {
        "/villages/": MERGE,
        world.alpha.commune.get_absolute_url(): at,
        three[1].get_absolute_url(): at,
    }.items():
        assert f'href="{address}"' in officer.get(page).content.decode(), page
        assert f'href="{address}"' not in viewer.get(page).content.decode(), page


def test_one_that_ended_is_merged_no_more(officer, world, three):
    Village.objects.filter(pk=three[1].pk).update(ends_on=date(2018, 3, 31))
    page = officer.get(three[1].get_absolute_url()).content.decode()
    assert "/merge/" not in page and "/split/" not in page
    at = officer.get(f"{MERGE}?committee={world.alpha.commune.pk}").content.decode()
    assert "T.A.1" in at and "T.A.2" not in at


def test_what_follows_is_seen_before_with_need_and_share(officer, world, three):
    """Before: two heads, one a member; after: one of one. More than 60% of two need two, of one one."""
    before = state()
    shown = officer.post(MERGE, typed(world, three, head=three[1].heads.get().pk, cell="A.X01.1", **NEW))
    assert state() == before and not ActDone.objects.exists()
    merger = shown.context["preview"].detail
    assert merger.title == "Nhập thôn: Thôn Alpha, Thôn 2, Thôn 3 thành Thôn Bình Minh (mới)"
    assert [(row.name, row.cell, row.members, row.head, row.becomes) for row in merger.villages] == [
        ("Thôn Alpha", "Chi bộ Alpha 1", "3", "không phải đảng viên", "nhập"),
        ("Thôn 2", "Chi bộ Alpha 2", "0", "đảng viên, bí thư chi bộ", "nhập"),
        ("Thôn 3", "Chi bộ Alpha 2", "0", "khuyết", "nhập"),
    ]
    result = merger.result
    assert (result.name, result.cell, result.members) == ("Thôn Bình Minh (mới)", "Chi bộ Alpha 1", "3")
    assert (result.head, result.becomes) == ("đảng viên, bí thư chi bộ", "lập 01/07/2018")
    numbers = {row.words: (row.before, row.after, row.why) for row in merger.numbers}
    assert numbers == {
        "Thôn, làng của đơn vị": ("3", "1", "3 thôn thành 1"),
        "Thôn trưởng là đảng viên": ("1 / 2", "1 / 1", "50,00% → 100,00%"),
        "Cần cho > 60%": ("2", "1", "do nhập thôn, không do kết nạp"),
        "Chi bộ thôn": ("2", "1", ""),
        "Thôn chưa có tổ chức đảng": ("0", "0", "thôn đã nhập không phải tái trắng"),
    }
    told = shown.content.decode()
    assert all(
        escape(words) in told for words in (*numbers, "Từ 01/07/2018, 3 thôn nhập thành Thôn Bình Minh.")
    )


def test_confirmed_it_stands_and_one_act_takes_it_back(officer, world, three):
    before = state()
    cell = {"cell_name": "Chi bộ thôn Bình Minh", "cell_code": "A.X01.9", "joins_cells": "on"}
    answer = send(officer, MERGE, typed(world, three, full_name="Y Mới", is_member="on", **cell, **NEW))
    made = Village.objects.get(code="T.A.9")
    assert answer.url == made.get_absolute_url()
    assert {one.merged_into for one in Village.objects.filter(pk__in=[one.pk for one in three])} == {made}
    assert made.cell.code == "A.X01.9" and made.heads.get().full_name == "Y Mới"
    assert not Organization.objects.filter(
        form="cell", dissolved_on=None, parent=world.alpha.commune
    ).exclude(pk=made.cell_id)
    (done,) = ActDone.objects.all()
    assert "Hoàn tác" in officer.get(made.get_absolute_url()).content.decode()
    assert officer.post(f"/acts/{done.pk}/undo/").status_code == 302
    assert differing(before, state()) == {}


def test_a_village_that_goes_on_needs_no_name_and_keeps_its_head(officer, world, three):
    kept, *others = three
    answer = send(officer, MERGE, typed(world, three, into=kept.pk))
    assert answer.url == kept.get_absolute_url()
    assert kept.heads.get().ends_on is None
    assert {one.merged_into for one in Village.objects.exclude(merged_into=None)} == {kept}
    assert Village.objects.filter(pk__in=[one.pk for one in others], ends_on=date(2018, 6, 30)).count() == 2


WRONG = {
    "no name": ({"code": "T.A.9"}, "name"),
    "no code": ({"name": "Thôn"}, "code"),
    "a bad code": ({**NEW, "code": "T A 9"}, "code"),
    "a taken code": ({**NEW, "code": "T.B.1"}, "code"),
    "no decision": ({**NEW, "decision": ""}, "decision"),
    "no day": ({**NEW, "on": ""}, "on"),
    "two heads": ({**NEW, "full_name": "Y Mới", "head": "HEAD"}, "full_name"),
    "a mark without a name": ({**NEW, "is_member": "on"}, "full_name"),
    "a cell and a new one": ({**NEW, "cell": "A.X01.1", "cell_name": "Chi bộ", "cell_code": "A.9"}, "cell"),
    "half a cell": ({**NEW, "cell_name": "Chi bộ"}, "cell_code"),
    "a taken code of the cell": ({**NEW, "cell_name": "Chi bộ", "cell_code": "A.X01.1"}, "cell_code"),
    "cells into none": ({**NEW, "joins_cells": "on"}, "cell"),
    "a cell elsewhere": ({**NEW, "cell": "B.X01.1"}, "cell"),
}


@pytest.mark.once
def test_wrong_input_is_told_at_its_field_and_nothing_is_lost(officer, world, three):
    before, head = state(), str(three[1].heads.get().pk)
    for name, (wrong, field) in WRONG.items():
        data = typed(world, three) | {key: head if value == "HEAD" else value for key, value in wrong.items()}
        answer = officer.post(MERGE, data)
        form = answer.context["form"]
        assert answer.status_code == 200 and field in form.errors, (name, form.errors)
        page = answer.content.decode()
        assert all(f'value="{one.pk}"' in page for one in three), name
        assert page.count("checked") >= 3 and "52-QĐ/UBND" in page or not data["decision"], name
    assert "sources" in officer.post(MERGE, typed(world, three[:1], **NEW)).context["form"].errors
    assert differing(before, state()) == {}


def test_villages_of_another_unit_do_not_exist(officer, client_as, world, three):
    may_not = [client_as(Role.CLERK, world.alpha.commune), client_as(Role.VIEWER, world.province)]
    before = state()
    other = officer.post(MERGE, typed(world, [*three, world.beta.village], **NEW))
    assert "sources" in other.context["form"].errors
    elsewhere = officer.post(MERGE, typed(world, three, **NEW) | {"committee": "B.X01"})
    assert "committee" in elsewhere.context["form"].errors
    assert officer.get(f"{MERGE}?committee={world.beta.commune.pk}").status_code == 404
    split = f"/villages/{world.beta.village.pk}/split/"
    assert officer.get(split).status_code == officer.post(split, {**NEW, "on": DAY}).status_code == 404
    for client in may_not:
        assert client.post(MERGE, typed(world, three, **NEW)).status_code == 403
    assert differing(before, state()) == {}


def test_without_names_a_head_of_old_still_goes_on(officer, world, three):
    with override_settings(STORE_NAMES=False):
        page = officer.get(f"{MERGE}?committee={world.alpha.commune.pk}").content.decode()
        assert "của Thôn 2: đảng viên, bí thư chi bộ" in page and "A Hai" not in page
        assert 'name="full_name"' not in page
        send(officer, MERGE, typed(world, three, head=three[1].heads.get().pk, **NEW))
    made = VillageHead.objects.get(village__code="T.A.9")
    assert (made.full_name, made.is_member, made.starts_on) == ("A Hai", True, date(2018, 7, 1))


def test_a_part_is_split_off_on_the_page(officer, world, three):
    before, whole = state(), three[0]
    data = {**NEW, **DECIDED, "cell": "A.X01.2", "full_name": "A Tách"}
    answer = send(officer, f"/villages/{whole.pk}/split/", data)
    part = Village.objects.get(code="T.A.9")
    assert answer.url == part.get_absolute_url()
    assert (part.split_from, part.committee, part.starts_on) == (whole, whole.committee, date(2018, 7, 1))
    assert AuditEntry.objects.filter(
        action="village.found", object_id=part.pk, reason__startswith="52-"
    ).exists()
    assert officer.post(f"/acts/{ActDone.objects.get().pk}/undo/").status_code == 302
    assert differing(before, state()) == {}


def test_statements_do_not_grow_with_the_villages(officer, world, three):
    def asked(villages) -> int:
        with CaptureQueriesContext(connection) as captured:
            page = officer.get(f"{MERGE}?committee={world.alpha.commune.pk}")
            assert page.content.decode().count("checkbox") >= villages
        return len(captured)

    VillageHead.objects.update(member=world.alpha.members[0])
    asked(3)
    first = asked(3)
    for _one in range(4):
        factories.head(
            factories.village(world.alpha.commune, world.alpha.cells[0]), member=world.alpha.members[0]
        )
    assert asked(7) == first
