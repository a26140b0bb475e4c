"""A unit's accepted year, and acts on the registers behind its back."""

from datetime import date

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.registers import door
from assessments.review.submitting import actions as submissions
from assessments.roster.models.list_changes import ListChange
from members.actions import members
from tests import factories
from tests.assessments.year import opened, organization_line


def accepted(world):
    """Alpha's year 2018 accepted, with a third cell and a fourth member; its officer and the Board."""
    third = factories.cell(world.alpha.commune, code="A.X01.3")
    factories.member(world.alpha.cells[0], code="A4")
    entry = opened(world)
    entry.world, entry.third = world, third
    for line in (entry.line, *entry.cells, organization_line(third), *entry.members):
        save_rating(by=Actor.of(entry.officer), line=line, version=0, changes={"decided": "HTNV"})
    submissions.submit(by=Actor.of(entry.officer), submission=entry.submission)
    submissions.accept(by=Actor.of(entry.board), submission=entry.submission)
    entry.submission.refresh_from_db()
    return entry


def act(entry, action, user=None, **values):
    """An act on a register, by the unit's officer if nobody else is named."""
    return door.change(action, by=Actor.of(user or entry.officer), **values)


def transfer(entry, member, cell, user=None):
    act(entry, members.transfer, user, member=member, cell=cell, on=date(2018, 5, 1))


def waiting(entry) -> list[ListChange]:
    return list(ListChange.objects.waiting().filter(submission=entry.submission).order_by("pk"))
