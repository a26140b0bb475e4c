from dataclasses import replace
from decimal import Decimal

import pytest

from assessments.rules.cap_groups import GroupKey, key_of
from assessments.rules.cap_rule import CapException, CapRule, Like
from assessments.rules.exceptions import (
    Exceptional,
    Warned,
    is_above_self,
    is_high_beside_discipline,
    is_jump,
    review,
)
from assessments.rules.line_facts import LineFacts

CAP = CapRule("grassroots", "HTXSNV", Decimal(20), "rated", "", "unit", "")
MEMBER_CAP = CapRule("member", "HTXSNV", Decimal(20), "level", "HTTNV", "grassroots", "")
BESIDE = CapRule("grassroots", "HTXSNV", Decimal(20), "level", "HTTNV", "unit", "")
RANKS = {"HTXSNV": 1, "HTTNV": 2, "HTNV": 3, "KHTNV": 4}


def line(pk, code="HTTNV", *, own=None, last=None, note=False, reason=False, **values):
    values = {"subject": "grassroots", "unit": 1, "grassroots": pk} | values
    return LineFacts(
        id=pk,
        decided=code,
        decided_rank=RANKS.get(code),
        self_rank=RANKS.get(own),
        last_rank=RANKS.get(last),
        has_reason=reason,
        has_note=note,
        **values,
    )


@pytest.mark.parametrize(
    ("decided", "own", "above"),
    [
        ("HTXSNV", "HTTNV", True),
        ("HTTNV", "HTTNV", False),
        ("HTNV", "HTTNV", False),
        ("HTTNV", None, False),
        ("", "HTTNV", False),
    ],
)
def test_above_the_self_rating(decided, own, above):
    assert is_above_self(line(1, decided, own=own)) is above


@pytest.mark.parametrize(
    ("decided", "last", "jump"),
    [("HTXSNV", "HTNV", True), ("KHTNV", "HTTNV", True), ("HTXSNV", "HTTNV", False), ("HTTNV", None, False)],
)
def test_a_jump_is_two_ranks_up_or_down(decided, last, jump):
    assert is_jump(line(1, decided, last=last)) is jump


def test_a_blank_row_has_neither_level_nor_reason_nor_exemption():
    found = review([line(1, ""), line(2, "", reason=True), line(3, "", is_exempt=True)], [])
    assert [fact.id for fact in found.blanks] == [1]


def rated(high, low, **values):
    return [line(pk, "HTXSNV" if pk < high else "HTNV", **values) for pk in range(high + low)]


@pytest.mark.parametrize(("high", "low", "over"), [(2, 8, 0), (3, 7, 1), (1, 3, 1), (1, 4, 0)])
def test_a_cap_is_rounded_down(high, low, over):
    found = review(rated(high, low), [CAP])
    assert sum(group.over for group in found.groups) == over


def test_as_many_rows_owe_a_reason_as_the_group_is_over():
    lines = rated(4, 6)
    assert review(lines, [CAP]).unexplained == {
        2: Exceptional.OVER_CAP,
        3: Exceptional.OVER_CAP,
    }
    lines[0] = line(0, "HTXSNV", note=True)
    assert review(lines, [CAP]).unexplained == {3: Exceptional.OVER_CAP}
    lines[1] = line(1, "HTXSNV", note=True)
    assert review(lines, [CAP]).unexplained == {}


def test_members_are_capped_in_each_grassroots_organization():
    here = [line(pk, "HTTNV", subject="member", grassroots=7) for pk in range(5)]
    one = line(10, "HTXSNV", subject="member", grassroots=7)
    elsewhere = line(11, "HTXSNV", subject="member", grassroots=8)
    groups = review([*here, one, elsewhere], [MEMBER_CAP]).groups
    assert [(group.place, group.ceiling.allowed, group.over) for group in groups] == [(8, 0, 1)]


def test_a_strong_organization_beside_discipline_is_explained():
    assert review([line(1, asks_discipline=True, disciplined=1)], []).unexplained == {1: "discipline"}
    assert review([line(1, asks_discipline=True, disciplined=1, note=True)], []).unexplained == {}
    assert review([line(1, "HTNV", disciplined=2)], []).count == 0


def test_a_row_tells_all_its_warnings_and_whether_a_reason_is_there():
    lines = [
        line(1, "HTXSNV", own="HTTNV", last="HTNV"),
        line(2, "HTXSNV", own="HTTNV", note=True),
        line(3, ""),
        line(4, "HTTNV"),
    ]
    found = review(lines, [CAP]).warnings
    assert found[1] == Warned((Exceptional.ABOVE_SELF, Exceptional.OVER_CAP, Exceptional.JUMP), False)
    assert found[2] == Warned((Exceptional.ABOVE_SELF, Exceptional.OVER_CAP), True)
    assert set(found) == {1, 2}


def test_each_row_stands_under_its_first_kind():
    found = review([line(1, "HTXSNV", own="HTTNV", last="HTNV")], [])
    assert list(found.lines) == [Exceptional.ABOVE_SELF]
    assert found.count == 1


def test_each_exception_names_its_own_line():
    blank, exempt = line(1, ""), line(2, "HTTNV", is_exempt=True)
    jump = line(3, "HTXSNV", own="HTTNV", last="HTNV", note=True)
    found = review([blank, exempt, jump], [])
    assert found.lines == {
        Exceptional.BLANK: (blank,),
        Exceptional.EXEMPT_RATED: (exempt,),
        Exceptional.ABOVE_SELF: (jump,),
    }
    assert found.contradictions == (exempt,) and found.count == 3
    assert found.broken == {3: Warned((Exceptional.ABOVE_SELF, Exceptional.JUMP), True)}


def test_a_group_holds_the_rated_lines_of_its_subject():
    lines = [
        line(1, "HTXSNV"),
        line(2, "HTTNV"),
        line(3, "HTTNV", subject="affiliated"),
        line(4, ""),
        line(5, "HTXSNV", unit=2),
    ]
    groups = review(lines, [CAP]).groups
    assert [(group.place, group.ceiling.base, group.ceiling.allowed) for group in groups] == [
        (1, 2, 0),
        (2, 1, 0),
    ]
    assert [[one.id for one in group.lines] for group in groups] == [[1], [5]]
    assert {group.ceiling.rule for group in groups} == {CAP}
    assert review(lines, [CAP], asked=()).groups == ()


def test_strong_without_discipline_is_nothing_to_explain():
    assert not is_high_beside_discipline(line(1, asks_discipline=True, disciplined=0))
    assert is_high_beside_discipline(line(1, asks_discipline=True, disciplined=1))
    assert not is_high_beside_discipline(line(1, disciplined=1))


def place(found) -> list[tuple]:
    return [(group.key.unit, group.key.name, group.over) for group in found.groups]


def test_like_bodies_of_a_unit_are_counted_together():
    """Three of four agencies are over, communes and what has no type are not."""
    likes = (Like("Xã", ("xã", "phường")), Like("Cơ quan", ("cơquan",)))
    cap = replace(CAP, group="unit_type", likes=likes)
    lines = [
        *[line(pk, "HTXSNV", type_label="Cơ  quan") for pk in range(3)],
        line(3, "HTNV", type_label="cơ quan"),
        line(4, "HTXSNV", type_label="Xã"),
        *[line(pk, "HTNV", type_label="Phường") for pk in range(5, 9)],
        *[line(pk, "HTNV") for pk in range(20, 30)],
        line(40, "HTXSNV", type_label="Doanh nghiệp"),
    ]
    assert place(review(lines, [cap])) == [(1, "Cơ quan", 3)]
    assert place(review([*lines, line(50, "HTXSNV", unit=2, type_label="Cơ quan")], [cap])) == [
        (1, "Cơ quan", 3),
        (2, "Cơ quan", 1),
    ]


def test_what_reaches_beyond_a_unit_asks_nothing_of_it():
    """Directly under the province, or in a group that the Board names."""
    direct = [line(pk, "HTXSNV", unit=pk, grassroots=pk, organization=pk) for pk in range(3)]
    assert place(review(direct, [CAP])) == []
    assert key_of(CAP, direct[0]) == key_of(CAP, direct[1]) == GroupKey(None)
    below = line(9, "HTXSNV", subject="affiliated", unit=3, grassroots=3, organization=8)
    assert place(review([below], [replace(CAP, subject="affiliated")])) == [(3, "", 1)]
    named = replace(CAP, group="named", likes=(Like("Sở", organizations=(11, 12)),))
    lines = [line(pk, "HTXSNV", organization=pk) for pk in (11, 12, 13)]
    assert [key_of(named, one) for one in lines] == [GroupKey(None, name="Sở")] * 2 + [GroupKey(1)]
    assert place(review(lines, [named])) == [(1, "", 1)]
    member = line(20, "HTXSNV", subject="member", grassroots=12)
    assert key_of(replace(named, subject="member"), member) == GroupKey(None, name="Sở")


def test_a_unit_with_an_exception_is_judged_by_its_own():
    """HTTNV or better are 30 in each: a sixth is five, a fifth six."""
    cap = replace(BESIDE, exceptions=(CapException(2, Decimal(25), "QĐ 1"),))
    lines = [
        line(100 * unit + pk, "HTXSNV" if pk < 6 else "HTTNV", unit=unit)
        for unit in (1, 2)
        for pk in range(30)
    ]
    assert place(review(lines, [cap])) == [(1, "", 1)]
