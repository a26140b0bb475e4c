"""Random acts on the registers of a small world: what the properties of the roster are tried with."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import transaction

from assessments.registers.door import change
from assessments.roster import tallies
from assessments.roster.models.line import Kind
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.tallies import Subject, Tally
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear
from members.actions import cells, heads, members
from members.actions import villages as with_heads
from members.models import LeavingReason, Member, VillageHead
from orgs.actions import reorganize, villages
from orgs.models import Form, Organization, Village
from resolution03.lib.dates import PartialDate
from resolution03.lib.errors import Refusal
from tests.assessments.years import opened

YEARS = (2017, 2018)
FIRST = date(2016, 10, 1)
Values = dict[str, Any]


@contextmanager
def example() -> Iterator[None]:
    """One example's writes, gone at its end; actions inside may be durable as in a test."""
    atomic = transaction.atomic()
    atomic._from_testcase = True  # type: ignore[attr-defined]  # as TestCase marks its own
    with atomic:
        yield
        transaction.set_rollback(True)


def two_open_years(world, actor) -> list[RatingYear]:
    """Some lines rated, so that they are dropped and come back; a total stands for some of 2017. Members
    are official, a head is one of another cell."""
    Member.objects.update(official_on=date(2011, 1, 1))
    _let_head_be_member_elsewhere(world)
    for year in YEARS:
        found = opened(year, actor)
        for model, subject in ((OrganizationLine, "organization"), (MemberLine, "member")):
            level = Level.objects.filter(scheme=found.scheme, subject=subject).order_by("rank").first()
            some = list(model.objects.filter(year=found).order_by("pk").values_list("pk", flat=True))[::2]
            model.objects.filter(pk__in=some).update(decided=level)
    for subject in (Subject.MEMBER.value, Kind.AFFILIATED.value):
        Tally.objects.create(
            year_id=YEARS[0],
            unit=world.beta.unit,
            organization=world.beta.commune,
            subject=subject,
            key="HTTNV",
            count=3,
            is_reported=True,
        )
    found = list(RatingYear.objects.order_by("pk"))
    tallies.recount(*found)
    return found


def _let_head_be_member_elsewhere(world) -> None:
    world.alpha.head.member = world.beta.members[0]
    world.alpha.head.save()


class RandomActs:
    """`do` carries out one random act on random records with random days; False where it was refused."""

    def __init__(self, seed: int, actor):
        self.random, self.actor, self.number = Random(seed), actor, 0  # noqa: S311

    def do(self, acts: Sequence["Make"] = ()) -> bool:
        make = self.random.choice(acts or ACTS)
        try:
            action, values = make(self)
            change(action, by=self.actor, **values)
        except (Refusal, IndexError):
            return False
        return True

    def day(self) -> date:
        return FIRST + timedelta(days=self.random.randrange(900))

    def partial(self) -> PartialDate:
        return PartialDate(self.day())

    def maybe(self, value: Callable[[], Any], nothing: Any = None) -> Any:
        return value() if self.random.random() < 0.5 else nothing

    def one(self, rows) -> Any:
        return self.random.choice(list(rows.order_by("pk")))

    def some(self, rows) -> tuple:
        found = list(rows.order_by("pk"))
        return tuple(self.random.sample(found, min(len(found), self.random.randrange(3))))

    def cell(self) -> Organization:
        return self.one(Organization.objects.filter(form=Form.CELL))

    def committee(self) -> Organization:
        return self.one(Organization.objects.exclude(form=Form.CELL).filter(parent__isnull=False))

    def body(self) -> Organization:
        return self.one(Organization.objects.filter(parent__parent__isnull=False))

    def unit(self) -> Organization:
        return self.one(Organization.objects.units())

    def code(self) -> str:
        self.number += 1
        return f"N{self.number}"


def _found(r: RandomActs) -> tuple[Callable, Values]:
    form = r.random.choice([Form.CELL, Form.COMMITTEE])
    days = r.maybe(lambda: {"established_on": r.partial()}, {})
    return reorganize.found, {"code": r.code(), "name": "Mới", "form": form, "parent": r.committee(), **days}


def _merge(r: RandomActs) -> tuple[Callable, Values]:
    is_cell = r.random.random() < 0.7
    source, target = (r.cell(), r.cell()) if is_cell else (r.committee(), r.committee())
    return cells.merge, {"source": source, "target": target, "on": r.day()}


def _split(r: RandomActs) -> tuple[Callable, Values]:
    body = r.body()
    values: Values = (
        {"members": r.some(body.members)} if body.is_cell else {"children": r.some(body.children)}
    )
    return cells.split, {"organization": body, "code": r.code(), "name": "Tách", "on": r.day(), **values}


def _correct_organization(r: RandomActs) -> tuple[Callable, Values]:
    values = r.random.choice(
        [
            {"dissolved_on": r.maybe(r.partial)},
            {"established_on": r.maybe(r.partial)},
            {"name": f"Tên {r.day()}"},
            {"parent": r.committee()},
            {"type_label": f"Loại {r.day()}"},
        ]
    )
    return cells.correct, {"organization": r.body(), **values}


def _correct_member(r: RandomActs) -> tuple[Callable, Values]:
    values = r.random.choice(
        [
            {"cell": r.cell()},
            {"left_on": r.maybe(r.partial)},
            {"official_on": r.maybe(r.partial)},
            {"arrived_on": r.maybe(r.partial)},
            {"admitted_on": r.partial()},
        ]
    )
    return members.correct, {"member": r.one(Member.objects), **values}


def _enrol(r: RandomActs) -> tuple[Callable, Values]:
    values = {"admitted_on": r.partial()} | r.maybe(lambda: {"official_on": r.partial()}, {})
    return members.enrol, {"code": r.code(), "full_name": "Người Mới", "cell": r.cell(), **values}


def _cover(r: RandomActs) -> tuple[Callable, Values]:
    values = {"committee": r.committee(), "cell": r.maybe(r.cell), "on": r.day()}
    return villages.cover, {"village": r.one(Village.objects), **values}


def _correct_village(r: RandomActs) -> tuple[Callable, Values]:
    values = r.random.choice(
        [{"cell": r.maybe(r.cell)}, {"ends_on": r.maybe(r.partial)}, {"starts_on": r.maybe(r.partial)}]
    )
    return with_heads.correct, {"village": r.one(Village.objects), **values}


def _found_village(r: RandomActs) -> tuple[Callable, Values]:
    days = r.maybe(lambda: {"starts_on": r.partial()}, {})
    values = {"committee": r.committee(), "cell": r.maybe(r.cell), **days}
    return villages.found, {"code": r.code(), "name": "Thôn Mới", **values}


def _merge_villages(r: RandomActs) -> tuple[Callable, Values]:
    sources = {r.one(Village.objects) for _time in range(3)}
    into = r.maybe(lambda: {"into": r.one(Village.objects)}, {"village": {"code": r.code(), "name": "Nhập"}})
    cell = r.maybe(lambda: {"new_cell": {"code": r.code(), "name": "Chi bộ nhập"}}, {"cell": r.cell()})
    head = r.maybe(lambda: {"head": r.one(VillageHead.objects)}, {"new_head": {"full_name": "A Bầu"}})
    values: Values = {"sources": sources, "joins_cells": r.random.random() < 0.3, "on": r.day()}
    return with_heads.merge, values | into | r.maybe(lambda: cell, {}) | r.maybe(lambda: head, {})


def _split_village(r: RandomActs) -> tuple[Callable, Values]:
    values: Values = {"village": r.one(Village.objects), "cell": r.maybe(r.cell), "on": r.day()}
    head = r.maybe(lambda: {"new_head": {"full_name": "A Tách"}}, {})
    return with_heads.split, values | {"code": r.code(), "name": "Thôn tách"} | head


def _appoint(r: RandomActs) -> tuple[Callable, Values]:
    values = {"member": r.maybe(lambda: r.one(Member.objects)), "starts_on": r.partial()}
    return heads.appoint, {"village": r.one(Village.objects), "full_name": "A Trưởng", **values}


def _change_form(r: RandomActs) -> tuple[Callable, Values]:
    below = r.maybe(lambda: {"code": r.code(), "name": "Chi bộ dưới"}, {})
    values = {"organization": r.body(), "form": r.random.choice(Form.values), "on": r.day()}
    return cells.change_form, values | below


def _come_back(r: RandomActs) -> tuple[Callable, Values]:
    gone = r.one(Member.objects.exclude(left_on=None))
    return members.come_back, {"member": gone, "cell": r.cell(), "on": r.day(), "decision": "1-QĐ"}


def _change_level(r: RandomActs) -> tuple[Callable, Values]:
    level = r.random.choice(("unit", "grassroots"))
    return reorganize.change_level, {"organization": r.unit(), "level": level, "on": r.day()}


Make = Callable[[RandomActs], tuple[Callable, Values]]
DATED: tuple[Make, ...] = (
    _merge,
    _split,
    _enrol,
    _cover,
    _appoint,
    _come_back,
    lambda r: (reorganize.rename, {"organization": r.body(), "name": f"Tên {r.day()}", "on": r.day()}),
    lambda r: (reorganize.move, {"organization": r.body(), "parent": r.committee(), "on": r.day()}),
    lambda r: (cells.dissolve, {"organization": r.body(), "on": r.day()}),
    _change_form,
    _change_level,
    lambda r: (members.transfer, {"member": r.one(Member.objects), "cell": r.cell(), "on": r.day()}),
    lambda r: (
        members.leave,
        {"member": r.one(Member.objects), "on": r.day(), "leaving_reason": LeavingReason.WITHDREW},
    ),
    lambda r: (
        members.exempt,
        {"member": r.one(Member.objects), "is_exempt": r.random.random() < 0.5, "on": r.day()},
    ),
    lambda r: (heads.end_term, {"head": r.one(VillageHead.objects), "on": r.day()}),
    lambda r: (with_heads.end, {"village": r.one(Village.objects), "on": r.day()}),
    _merge_villages,
    _split_village,
)
"""Acts that change nothing before their day."""

ACTS: tuple[Make, ...] = (
    *DATED,
    _found,
    _found_village,
    _correct_organization,
    _correct_member,
    _correct_village,
    lambda r: (
        heads.correct,
        {"head": r.one(VillageHead.objects), "member": r.maybe(lambda: r.one(Member.objects))},
    ),
)
