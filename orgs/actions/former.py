"""How what holds from a day on (`orgs.dated.Former`) is changed: the old value is kept until that day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from orgs import rules
from orgs.actions import stretches
from orgs.dated import Former
from orgs.touched import touch
from resolution03.lib import bulk
from resolution03.lib.errors import Refusal


class Before(NamedTuple):
    """A stored row: its key, the value, the day until which it held and the decision that then changed it."""

    pk: int
    value: Any
    until: date
    decision: str


def last_change(found: Iterable[Before], now: object) -> date | None:
    """The day of the latest change; a row that equals what follows it, after a correction, is none."""
    changes = [row.until for row in found if row.value != now]
    return max(changes, default=None)


def begin(
    rows, *, now: object, value: object, on: date, decision: str = "", decided_on: date | None = None
) -> None:
    """Let `value` hold from `on` on in place of `now`; the caller writes it on the thing itself.

    `rows` is the related manager of one thing. A change on the day of the latest one replaces it, and is
    none at all where it gives back what held before; one before it is refused.
    """
    held = rows.model.held
    latest = _without_empty(rows, held, now)
    if latest and not rules.follows(on, latest.until):
        raise Refusal(
            _("%(day)s is before the latest change of %(latest)s.")
            % {"day": f"{on:%d/%m/%Y}", "latest": f"{latest.until:%d/%m/%Y}"},
            field="on",
        )
    if not latest or latest.until != on:
        stretches.make(rows, until=on, decision=decision, decided_on=decided_on, **{held: now})
    elif getattr(latest, held) == value:
        _remove(latest)
    elif decision or decided_on:
        touch(latest)
        latest.decision, latest.decided_on = decision, decided_on
        latest.save(update_fields=["decision", "decided_on"])


def _without_empty(rows, held: str, now: object):
    """The latest row, once those are gone that a correction made equal to what follows them."""
    found = list(rows.order_by("-until"))
    while found and getattr(found[0], held) == now:
        _remove(found.pop(0))
    return found[0] if found else None


def _remove(row: Former) -> None:
    touch(row)
    row.delete()


class Begun(NamedTuple):
    """One of many changes: of which thing, what stands on file of it, what it was, what it becomes."""

    thing: int
    rows: Sequence[Before]
    now: object
    value: object
    on: date
    decision: str = ""


def begin_many(model: type[Former], owner: str, begun: Iterable[Begun]) -> None:
    """As `begin` for many things at once, judged before; no row goes, so that a load can be undone."""
    new, moved, valued, decided = [], [], [], []
    for one in begun:
        since = last_change(one.rows, one.now)
        empty = [row for row in one.rows if since is None or since < row.until]
        if since == one.on:
            valued += [(row.pk, one.value) for row in empty]
            latest = next(row.pk for row in one.rows if row.until == since)
            decided += [(latest, one.decision, None)] if one.decision else []
        elif empty:
            moved.append((empty[0].pk, one.on, one.decision, None))
        else:
            new.append((one.thing, one.now, one.on, one.decision))
    bulk.upsert(model, (owner, model.held, "until", "decision"), new)
    bulk.update(model, ["until", "decision", "decided_on"], moved)
    bulk.update(model, [model.held], valued)
    bulk.update(model, ["decision", "decided_on"], decided)
