"""Brings the stored lines of a year to the wanted ones, writing only what differs."""

from dataclasses import dataclass, field

from django.db.models import Q

from assessments.roster.models.discipline import Discipline
from assessments.roster.models.line import CARRYING, RatedLine
from assessments.rules.models.years import RatingYear
from resolution03.lib.bulk import upsert

Wanted = dict[int, tuple]
"""Key (the id of who is listed) → the values of the synced fields."""


@dataclass
class RosterChange:
    """How many lines came, changed and went; `dropped`: the rated lines that left the roster."""

    created: int = 0
    changed: int = 0
    removed: int = 0
    dropped: list[RatedLine] = field(default_factory=list)

    def __add__(self, other: "RosterChange") -> "RosterChange":
        return RosterChange(
            self.created + other.created,
            self.changed + other.changed,
            self.removed + other.removed,
            self.dropped + other.dropped,
        )


def sync(model, year: RatingYear, key: str, fields: tuple[str, ...], wanted: Wanted, **fixed):
    """Create, update and remove lines of `year`; `fixed` narrows the lines and fills new ones."""
    lines = model.objects.filter(year=year, **fixed)
    # Unordered: an order by a name or place would hide lines of what has just been taken back.
    stored = {row[0]: row[1:] for row in lines.order_by().values_list(key, *fields)}
    new = [who for who in wanted if who not in stored]
    changed = [who for who in wanted if who in stored and stored[who] != wanted[who]]
    gone = [who for who in stored if who not in wanted]
    _write(model, year, key, fields, wanted, new + changed, fixed)
    _remove(lines, key, gone)
    return RosterChange(len(new), len(changed), len(gone))


def sync_rated(model, year: RatingYear, key: str, fields: tuple[str, ...], wanted: Wanted):
    """As `sync`, but a line with a rating, or with counts of discipline, is kept, marked as
    dropped, and comes back as it was."""
    disciplined = Discipline.objects.filter(line__year=year).values("line")
    carrying = CARRYING if model.is_member else CARRYING | Q(pk__in=disciplined)
    kept = model.objects.filter(carrying, year=year).order_by().values_list(key, flat=True)
    leaving = [who for who in kept if who not in wanted]
    dropped = _dropped_now(model, year, key, leaving)
    lines = {who: (*values, False) for who, values in wanted.items()}
    change = sync(
        model, year, key, (*fields, "dropped"), lines | _as_stored(model, year, key, fields, leaving)
    )
    change.dropped = dropped
    return change


def _dropped_now(model, year, key, leaving: list[int]) -> list[RatedLine]:
    """The rated lines that leave the roster with this change."""
    gone = set(leaving)
    lines = model.objects.filter(year=year, dropped=False).order_by("pk") if gone else ()
    return [line for line in lines if getattr(line, key) in gone]


def _as_stored(model, year, key, fields, leaving) -> Wanted:
    if not leaving:
        return {}
    gone = set(leaving)
    rows = model.objects.filter(year=year).order_by().values_list(key, *fields)
    return {row[0]: (*row[1:], True) for row in rows if row[0] in gone}


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
