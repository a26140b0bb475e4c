"""Changes of a list as people read them: what happened to which row, old and new, by whom and when."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission, may
from assessments.figures.changes import FigureChange, changed, figure_changes
from assessments.figures.kept import boards_with
from assessments.registers.undoing.models import ActDone
from assessments.roster import seen
from assessments.roster.list_deltas import taken_away
from assessments.roster.models.line import Kind
from assessments.roster.models.list_changes import ChangeState, ListChange, Listed
from assessments.roster.models.tallies import Subject
from assessments.roster.models.village_lines import HeadState
from assessments.roster.seen import SEEN
from assessments.rules.models.years import RatingYear, Submission
from members.models import LeavingReason, Member, VillageHead
from orgs.models import Form, Organization, Village
from orgs.scoping import stands_at_root
from orgs.trail.words import actions
from resolution03.lib.phrases import Phrase

_PAGES = {Listed.ORGANIZATION: "organization", Listed.MEMBER: "member", Listed.VILLAGE: "village"}
_NAMED = {
    Organization: seen.PLACES,
    VillageHead: ("head_id",),
}
_PLACE = {"organization": "parent_id", "member": "cell_id", "village": "committee_id"}
"""Where a row stands, told when it came or went."""

_CAME: dict[str, tuple[Phrase, Phrase]] = {
    "admission": (gettext_lazy("admission counted"), gettext_lazy("admission no longer counted")),
    "arrival": (gettext_lazy("arrival counted"), gettext_lazy("arrival no longer counted")),
    "leaving": (gettext_lazy("leaving counted"), gettext_lazy("leaving no longer counted")),
}
_LIST = (gettext_lazy("came into the list"), gettext_lazy("went from the list"))
_WORDS: dict[str, Phrase] = {
    "unit_id": gettext_lazy("unit"),
    "parent_id": gettext_lazy("superior"),
    "grassroots_id": gettext_lazy("grassroots organization"),
    "cell_id": gettext_lazy("cell"),
    "committee_id": gettext_lazy("committee"),
    "kind": gettext_lazy("kind"),
    "form": gettext_lazy("form"),
    "is_exempt": gettext_lazy("exempt"),
    "is_probationary": gettext_lazy("probationary"),
    "has_member": gettext_lazy("cell with members"),
    "had_cell": gettext_lazy("had a cell before"),
    "had_member": gettext_lazy("had members before"),
    "head_id": gettext_lazy("village head"),
    "head_state": gettext_lazy("head is a member"),
    "head_is_secretary": gettext_lazy("head is secretary"),
    "head_is_probationary": gettext_lazy("head is probationary"),
    "on": gettext_lazy("day"),
    "in_province": gettext_lazy("in the province"),
    "in_term": gettext_lazy("in the term"),
    "leaving_reason": gettext_lazy("reason"),
}
_CHOICES = {"kind": Kind, "form": Form, "head_state": HeadState, "leaving_reason": LeavingReason}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is other than it was."""

    words: Phrase
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A change of a list in words. `act`: by which act; `name`: empty where the reader may not see it."""

    change: ListChange
    act: Phrase
    name: str
    url: str
    differences: list[Difference]
    is_chosen: bool = False


@dataclass(slots=True)
class Act:
    """The rows that one act changed, with what became of them."""

    first: ChangedRow
    rows: list[ChangedRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Effect:
    """The figures that differ without the changes from how they stand."""

    unit: list[FigureChange]
    province: list[FigureChange]


def told(changes: Iterable[ListChange], user, chosen: Iterable[int] = ()) -> list[ChangedRow]:
    """Changes in words, for whoever sees them; the same few queries for one as for many."""
    changes, ticked = list(changes), set(chosen)
    names = _Names(changes, user)
    return [
        ChangedRow(
            change,
            names.act(change),
            names.of_row(change),
            names.url(change),
            list(_differences(change, names)),
            change.pk in ticked,
        )
        for change in changes
    ]


def by_act(rows: Iterable[ChangedRow]) -> list[Act]:
    """Rows that follow each other and are of one act and in one state."""
    found: list[Act] = []
    for row in rows:
        if not found or _group(found[-1].first) != _group(row):
            found.append(Act(row))
        found[-1].rows.append(row)
    return found


def _group(row: ChangedRow) -> tuple:
    change = row.change
    return change.batch, change.action, change.by_name, change.state, change.batch or change.pk


def effect_of(year: RatingYear, submission: Submission, changes: Iterable[ListChange]) -> Effect:
    """What the changes that wait did to the figures of the unit and of the province."""
    deltas = taken_away(year, list(changes))
    now, without = boards_with(year, deltas)
    subjects = {Subject(subject) for _unit, subject, _key in deltas}
    return Effect(
        changed(figure_changes(without, now, year.pk, submission.unit_id, subjects)),
        changed(figure_changes(without, now, year.pk, None, subjects)),
    )


def _differences(change: ListChange, names: "_Names") -> Iterator[Difference]:
    unit = change.submission.unit_id
    before, after = seen.in_unit(change.before, unit), seen.in_unit(change.after, unit)
    for part in SEEN:
        old, new = before.get(part), after.get(part)
        if old and new:
            yield from _changed(part, old, new, names)
        elif old or new:
            yield from _came_or_went(change, part, bool(new), names)


def _changed(part: str, old: Mapping, new: Mapping, names: "_Names") -> Iterator[Difference]:
    for name in SEEN[part]:
        is_implied = name == "grassroots_id" and old[_PLACE[part]] != new[_PLACE[part]]
        if old[name] != new[name] and not is_implied:
            yield Difference(_WORDS[name], names.tell(name, old[name]), names.tell(name, new[name]))


def _came_or_went(change: ListChange, part: str, is_here: bool, names: "_Names") -> Iterator[Difference]:
    """With the place in this unit; who sees all units is told also the other one."""
    came, went = _CAME.get(part, _LIST)
    old, new = change.before.get(part), change.after.get(part)
    here, elsewhere = (new, old) if is_here else (old, new)
    place = names.place(part, here)
    other = names.elsewhere(elsewhere)
    yield Difference(came, other, place) if is_here else Difference(went, place, other)


class _Names:
    """How everything is called that changes name, as far as the reader sees it."""

    def __init__(self, changes: list[ListChange], user):
        self.sees_all = stands_at_root(user)
        self.user, self.changes = user, changes

    @cached_property
    def _of(self) -> dict[type, dict[int, str]]:
        wanted: dict[type, set] = {model: set() for model in _NAMED}
        for change in self.changes:
            for values in (*change.before.values(), *change.after.values()):
                for model, fields in _NAMED.items():
                    wanted[model] |= {values[name] for name in fields if values and values.get(name)}
        return {
            Organization: dict(
                Organization.objects.visible_to(self.user)
                .filter(pk__in=wanted[Organization])
                .order_by()
                .values_list("pk", "name")
            ),
            VillageHead: dict(
                self._heads.filter(pk__in=wanted[VillageHead]).order_by().values_list("pk", "full_name")
            ),
        }

    @property
    def _heads(self):
        sees_persons = may(self.user, Permission.VIEW_PERSONS)
        return VillageHead.objects.visible_to(self.user) if sees_persons else VillageHead.objects.none()

    @cached_property
    def _rows(self) -> dict[str, dict[int, str]]:
        who = {listed: {c.who for c in self.changes if c.listed == listed} for listed in Listed}
        organizations = Organization.objects.visible_to(self.user).filter(pk__in=who[Listed.ORGANIZATION])
        members = Member.objects.visible_to(self.user).filter(pk__in=who[Listed.MEMBER])
        villages = Village.objects.visible_to(self.user).filter(pk__in=who[Listed.VILLAGE])
        return {
            Listed.ORGANIZATION: dict(organizations.order_by().values_list("pk", "name")),
            Listed.MEMBER: dict(members.order_by().values_list("pk", "full_name")),
            Listed.VILLAGE: dict(villages.order_by().values_list("pk", "name")),
        }

    @cached_property
    def _acts(self) -> dict[UUID, str]:
        """The acts that pages know by name, by batch: a merger is one, whatever it wrote."""
        batches = {change.batch for change in self.changes if change.batch}
        return dict(ActDone.objects.filter(batch__in=batches).values_list("batch", "code"))

    def act(self, change: ListChange) -> Phrase:
        code = self._acts.get(change.batch, change.action) if change.batch else change.action
        found = actions().get(code) or actions().get(change.action)
        return str(found.words) if found else _("the list follows the registers")

    def of_row(self, change: ListChange) -> str:
        return self._rows[change.listed].get(change.who, "")

    def url(self, change: ListChange) -> str:
        is_seen = change.who in self._rows[change.listed]
        return reverse(f"registers:{_PAGES[Listed(change.listed)]}", args=[change.who]) if is_seen else ""

    def tell(self, name: str, value) -> str:
        if value in (None, ""):
            return "–"
        for model, fields in _NAMED.items():
            if name in fields:
                return self._of[model].get(value, "…")
        if name == "on":
            return f"{date.fromisoformat(value):%d/%m/%Y}"
        if name in _CHOICES:
            return str(_CHOICES[name](value).label)
        return _("yes") if value else _("no")

    def place(self, part: str, values: Mapping | None) -> str:
        if not values:
            return "–"
        if part in _PLACE:
            return self.tell(_PLACE[part], values[_PLACE[part]])
        reason = values["leaving_reason"]
        day = self.tell("on", values["on"])
        return f"{day}, {self.tell('leaving_reason', reason)}" if reason else day

    def elsewhere(self, values: Mapping | None) -> str:
        return self.tell("unit_id", values["unit_id"]) if values and self.sees_all else "–"


def shown_first(submission: Submission) -> list[int]:
    """The keys of a submission's changes: what waits, what goes with the next submission, what was
    answered, the newest first."""
    rows = ListChange.objects.filter(submission=submission).named().order_by("pk")
    found = list(rows.values_list("pk", "state"))
    waiting = [pk for pk, state in found if state == ChangeState.WAITING]
    sent = [pk for pk, state in found if state == ChangeState.SENT]
    open_ones = {*waiting, *sent}
    return [*waiting, *sent, *(pk for pk, _state in reversed(found) if pk not in open_ones)]
