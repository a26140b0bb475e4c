"""Brings the stored lines of a year to the wanted ones, writing only what differs."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model, Q

from assessments.roster.changes import LineChange, RosterChange
from assessments.roster.models.discipline import Discipline
from assessments.roster.models.line import AWARDED, CARRYING, RatedLine
from assessments.rules.models.years import RatingYear
from resolution03.lib.bulk import upsert

Wanted = dict[int, tuple]
"""Key (the id of who is listed) → the values of the synced fields."""


def sync(
    model: type[Model],
    year: RatingYear,
    key: str,
    fields: tuple[str, ...],
    wanted: Wanted,
    only: Collection[int] | None = None,
    kept: Collection[int] = (),
    **fixed,
) -> RosterChange:
    """Create, update and remove lines of `year`; `fixed` narrows the lines and fills new ones, `only`
    names those of whom nothing else is looked at, `kept` those whose line stays, with its last field true."""
    lines = _of(model, year, key, only).filter(**fixed)
    # Unordered: an order by a name or place would hide lines of what has just been taken back.
    stored = {row[0]: row[1:] for row in lines.order_by().values_list(key, *fields)}
    wanted = wanted | {who: (*stored[who][:-1], True) for who in kept}
    gone = [who for who in stored if who not in wanted]
    written = [who for who in wanted if stored.get(who) != wanted[who]]
    _write(model, year, key, fields, wanted, written, fixed)
    _remove(_of(model, year, key, None).filter(**fixed), key, gone)
    return RosterChange(
        [
            LineChange(model, year.pk, who, fields, stored.get(who), wanted.get(who), fixed.get("kind", ""))
            for who in [*written, *gone]
        ]
    )


def sync_rated(
    model: type[RatedLine],
    year: RatingYear,
    key: str,
    fields: tuple[str, ...],
    wanted: Wanted,
    only: Collection[int] | None = None,
) -> RosterChange:
    """As `sync`, but a line with a rating, a title, or with counts of discipline, is kept, marked as
    dropped, and comes back as it was."""
    lines = _of(model, year, key, only).order_by()
    disciplined = Discipline.objects.filter(line__year=year).values("line")
    carrying = CARRYING if model.is_member else CARRYING | AWARDED | Q(pk__in=disciplined)
    leaving = {
        who: was_dropped
        for who, was_dropped in lines.filter(carrying).values_list(key, "dropped")
        if who not in wanted
    }
    standing = {who: (*values, False) for who, values in wanted.items()}
    change = sync(model, year, key, (*fields, "dropped"), standing, only, kept=leaving)
    change.lines = [_without_dropped(line) for line in change.lines]
    dropped = [who for who, was_dropped in leaving.items() if not was_dropped]
    change.dropped = list(_of(model, year, key, dropped).order_by("pk")) if dropped else []
    return change


def _without_dropped(line: LineChange) -> LineChange:
    """A dropped line is not in the roster."""
    before, after = (row[:-1] if row and not row[-1] else None for row in (line.before, line.after))
    return LineChange(line.model, line.year, line.who, line.fields[:-1], before, after)


def _of(model: Any, year: RatingYear, key: str, only: Collection[int] | None):
    lines = model.objects.filter(year=year)
    return lines if only is None else lines.filter(**{f"{key}__in": only})


def _write(model, year, key, fields, wanted, keys, fixed) -> None:
    constants = (year.pk, *fixed.values())
    upsert(
        model,
        ["year", *fixed, key.removesuffix("_id"), *(name.removesuffix("_id") for name in fields)],
        ((*constants, who, *wanted[who]) for who in keys),
        unique=["year", key.removesuffix("_id"), *fixed],
        update=[name.removesuffix("_id") for name in fields],
    )


def _remove(lines, key: str, gone: list[int]) -> None:
    for start in range(0, len(gone), 500):
        lines.filter(**{f"{key}__in": gone[start : start + 500]}).delete()
