"""Acts on what a world holds, done as pages do them."""

from datetime import date
from uuid import uuid4

from accounts.actors import Actor
from assessments.registers import acts, door
from assessments.registers.door import Doing
from assessments.registers.undoing.done_actions import undo
from assessments.registers.undoing.models import ActDone
from assessments.registers.undoing.registers import BY_ACTS
from members.actions import cells, heads, members
from orgs.actions import reorganize, villages
from resolution03.lib.dates import PartialDate

DAY = date(2018, 7, 1)


class Doer:
    """Acts on what a world holds, as they are done through the door."""

    def __init__(self, world, actor):
        self.world, self.actor = world, actor
        self.alpha, self.beta = world.alpha, world.beta
        self.cell, self.other = world.alpha.cells
        self.member, self.head, self.village = world.alpha.members[0], world.alpha.head, world.alpha.village

    def act(self, told, record, action, **values) -> ActDone:
        by = Actor(self.actor.name, self.actor.user, uuid4())
        door.change(action, by=by, doing=Doing(told, record), **values)
        return ActDone.objects.get(batch=by.once)

    def transfer(self, to, on=DAY, member=None):
        member = member or self.member
        return self.act("member.transfer", member, members.transfer, member=member, cell=to, on=on)

    def leave(self):
        values = {"member": self.member, "on": DAY, "leaving_reason": "withdrew"}
        return self.act("member.leave", self.member, members.leave, **values)

    def recode(self, code):
        return self.act("member.correct", self.member, members.correct, member=self.member, code=code)

    def enrol(self, code, cell):
        day = PartialDate(date(2012, 1, 1))
        values = {"code": code, "full_name": "Y Khác", "cell": cell, "admitted_on": day}
        return self.act("member.enrol", None, members.enrol, **values)

    def found(self, code="A.X01.9", parent=None, form="cell"):
        values = {"code": code, "name": "Chi bộ mới", "form": form, "parent": parent or self.alpha.commune}
        return self.act("organization.found", None, reorganize.found, **values)

    def move(self, organization, parent, on=DAY):
        values = {"organization": organization, "parent": parent, "on": on}
        return self.act("organization.move", organization, reorganize.move, **values)

    def merge(self, source, target, on=DAY):
        values = {"source": source, "target": target, "on": on}
        return self.act("organization.merge", source, cells.merge, **values)

    def dissolve(self, organization, on=DAY):
        values = {"organization": organization, "on": on}
        return self.act("organization.dissolve", organization, cells.dissolve, **values)

    def reform(self, organization, form):
        values = {"organization": organization, "form": form}
        return self.act("organization.correct", organization, cells.correct, **values)

    def end_term(self):
        return self.act("head.end", self.head, heads.end_term, head=self.head, on=DAY)

    def succeed(self):
        values = {"full_name": "A Kế", "starts_on": PartialDate(date(2018, 8, 1)), "village": self.village}
        return self.act("head.appoint", self.village, heads.appoint, **values)

    def end_village(self):
        return self.act("village.end", self.village, villages.end, village=self.village, on=DAY)

    def undo(self, done: ActDone) -> bool:
        return undo(done, by=self.actor, told=acts.find(done.code).told_back, tables=BY_ACTS)
