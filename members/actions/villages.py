"""How villages with heads are merged, split, corrected and end."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.actors import Actor
from members.actions import cells
from members.actions.heads import appoint, end_term
from members.models import VillageHead
from members.standing import HEADS
from orgs.actions import reorganize, village_lineage, villages
from orgs.actions.placing import lock_tree
from orgs.actions.village_lineage import day_before
from orgs.models import Coverage, Form, Organization, Village
from orgs.standing import require_begun, require_ended
from orgs.versions import writing
from resolution03.lib.dates import PartialDate
from resolution03.lib.errors import Refusal

Typed = dict[str, Any]


@writing()
def end(*, by: Actor, village: Village, on: date, **decision) -> Village:
    """End a village; `on` is its last day, and that of the head in post. One who starts later is named."""
    ended = villages.end(by=by, village=village, on=on, **decision)
    _end_terms(ended, by, on)
    return ended


def _end_terms(village: Village, by: Actor, last: date) -> None:
    for head in HEADS.after_end(village=village).filter(starts_on__lte=last):
        end_term(by=by, head=head, on=last)
    require_ended([HEADS], village, by=by, field="on")


@writing()
def correct(*, by: Actor, village: Village, **values) -> Village:
    """Correct a village; no head is left in post on days on which it does not exist."""
    before = {name: getattr(village, name) for name in villages.LIFE}
    corrected = villages.correct(by=by, village=village, **values)
    if corrected.starts_on != before["starts_on"]:
        require_begun([HEADS], corrected, by=by, field="starts_on")
    if corrected.ends_on != before["ends_on"]:
        require_ended([HEADS], corrected, by=by, field="ends_on")
    return corrected


@writing()
def merge(
    *,
    by: Actor,
    sources: Iterable[Village],
    on: date,
    into: Village | None = None,
    village: Typed | None = None,
    cell: Organization | None = None,
    new_cell: Typed | None = None,
    joins_cells: bool = False,
    head: VillageHead | None = None,
    new_head: Typed | None = None,
    **decision,
) -> Village:
    """Let villages go into a standing one, or into one that is founded that day, by one decision.

    `village`: code, name, kind and committee of the new one; the last two may be left out. `cell`: covers it
    from then on (None: of a standing one as before, of a new one none), or the `new_cell` of code and name.
    `joins_cells`: the cells of the villages go into that one, with their members. `head`: who heads one of
    the villages on the day before goes on as head; or `new_head`, as `heads.appoint` takes it; else a
    standing village keeps its own and the post of a new one is vacant. All others end the day before.
    """
    lock_tree()
    gone = _sources(sources, into)
    merging = [*gone, *([into] if into else [])]
    village_lineage.lock(merging)
    _require_in_post(head, merging, day_before(on))
    covering, when = _covering(merging, on), {"on": on, **decision}
    place: Typed = {"committee": gone[0].committee, "kind": gone[0].kind, **(village or {})}
    if new_cell:
        cell = _found_cell(
            covering, into.committee if into else place["committee"], by, on, new_cell | decision
        )
    if into is None:
        into = villages.found(by=by, cell=cell, starts_on=PartialDate(on), **place, **decision)
    elif cell and cell != into.cell:
        villages.cover(by=by, village=into, committee=into.committee, cell=cell, **when)
    for ended in village_lineage.merge(by=by, sources=gone, into=into, **when):
        _end_terms(ended, by, day_before(on))
    _let_head(into, head, new_head, by, on)
    if joins_cells:
        _join_cells(covering, cell or into.cell, by=by, **when)
    return Village.objects.select_related("committee", "cell").get(pk=into.pk)


def _sources(sources: Iterable[Village], into: Village | None) -> list[Village]:
    """Each once; into a new one at least two go."""
    found = sorted(set(sources), key=lambda village: (village.position, village.pk))
    if len(found) < (1 if into else 2):
        few = _("Choose the villages that go into it.") if into else _("Choose two villages or more.")
        raise Refusal(few, field="sources")
    return found


def _covering(merging: list[Village], on: date) -> list[Organization]:
    """The cells that cover the villages on the day before and go on, each once."""
    rows = Coverage.objects.on(day_before(on)).filter(village__in=merging, cell__isnull=False)
    cells = Organization.objects.existing_on(on).filter(pk__in=rows.order_by().values("cell"))
    return list(cells.select_related("parent"))


def _require_in_post(head: VillageHead | None, merging: list[Village], day: date) -> None:
    if head is None or (head.village in merging and head.is_in_post_on(day)):
        return
    words = _("%(name)s does not head any of the villages on %(day)s.")
    raise Refusal(words % {"name": head, "day": f"{day:%d/%m/%Y}"}, field="head")


def _found_cell(
    covering: list[Organization], committee: Organization, by: Actor, on: date, values: Typed
) -> Organization:
    """A cell beside those that it follows; where these stand apart, below the committee."""
    above = {cell.parent for cell in covering}
    parent = above.pop() if len(above) == 1 else committee
    day = PartialDate(on)
    try:
        return reorganize.found(by=by, parent=parent, form=Form.CELL, established_on=day, **values)
    except Refusal as refusal:
        raise Refusal(*refusal.reasons, field=f"cell_{refusal.field}") from refusal


def _let_head(village: Village, head: VillageHead | None, new: Typed | None, by: Actor, on: date) -> None:
    """Put who is chosen in post from `on` on; the sitting head of a standing village ends the day before."""
    if head is not None and head.village == village:
        return
    if head is not None:
        names = ("full_name", "is_member", "member", "is_secretary")
        new = {name: getattr(head, name) for name in names}
    if not new:
        return
    for sitting in village.heads.all():
        if sitting.is_in_post_on(on) and sitting.starts_on < on:
            end_term(by=by, head=sitting, on=day_before(on))
    appoint(by=by, village=village, starts_on=PartialDate(on), **new)


def _join_cells(covering: list[Organization], cell: Organization | None, *, by: Actor, **known) -> None:
    if cell is None:
        raise Refusal(_("Choose the cell into which the others go."), field="cell")
    for old in covering:
        if old != cell:
            cells.merge(by=by, source=old, target=cell, **known)


@writing()
def split(
    *,
    by: Actor,
    village: Village,
    on: date,
    new_head: Typed | None = None,
    **values,
) -> Village:
    """Split a village as `village_lineage.split` does; `new_head`: who heads the new one from then on."""
    part = village_lineage.split(by=by, village=village, on=on, **values)
    _let_head(part, None, new_head, by, on)
    return part
