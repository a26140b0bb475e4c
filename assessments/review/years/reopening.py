"""What opening a closed year again would do to its lists and figures, and why: told before it is done."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from accounts.permissions import stores_names
from assessments.figures.changes import FigureChange
from assessments.figures.foreseen import Foreseen, foresee
from assessments.review.submitting.list_changes import ChangedRow, told
from assessments.review.years.reasons import Reasons
from assessments.roster import seen
from assessments.roster.changes import RosterChange
from assessments.roster.models.list_changes import ListChange, Listed
from assessments.roster.noting import codes_of
from assessments.roster.seen import RowChange
from assessments.rules.models.years import RatingYear, Submission
from orgs.models import Organization
from resolution03.lib.phrases import Phrase

SHOWN = 20
"""How many rows of a unit are named; of the others it is told how many."""

HAPPENED: dict[str, Phrase] = {
    "came": gettext_lazy("come into the list"),
    "went": gettext_lazy("go from the list"),
    "moved": gettext_lazy("move to another place"),
    "kind": gettext_lazy("are of another kind"),
    "form": gettext_lazy("have another form"),
    "is_exempt": gettext_lazy("are exempt, or no longer"),
    "other": gettext_lazy("change otherwise"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """One row in words, and the register's reason."""

    row: ChangedRow
    why: str


@dataclass(frozen=True, slots=True)
class OfUnit:
    """What changes in the list of one unit: how many rows in which way, the first of them, its figures."""

    name: str
    counts: list[tuple[Phrase, int]]
    rows: list[Named]
    more: int
    figures: list[FigureChange]


@dataclass(frozen=True, slots=True)
class Prospect:
    """`mark` stands for what is shown; `spellings`: rows of which only a name, code or order changes."""

    mark: str
    units: list[OfUnit]
    province: list[FigureChange]
    spellings: int

    @property
    def changes_nothing(self) -> bool:
        return not (self.units or self.province or self.spellings)


def prospect(year: RatingYear, user, reopen: Callable[[], tuple[RatingYear, RosterChange]]) -> Prospect:
    """What opening `year` again would change, as `reopen` does it; nothing is stored."""
    foreseen = foresee(reopen, opening=year.pk)
    rows = seen.rows(foreseen.change.lines)
    return Prospect(
        foreseen.change.mark,
        _units(foreseen, rows, year, user),
        foreseen.figures(year.pk),
        spellings(foreseen.change, rows),
    )


def summary(change: RosterChange) -> list[tuple[Phrase, int]]:
    """How many rows of the whole province change in which way."""
    rows = seen.rows(change.lines)
    found = Counter(_happened(row.before, row.after) for row in rows)
    return [(words, found[what]) for what, words in HAPPENED.items() if found[what]]


def spellings(change: RosterChange, rows: Iterable[RowChange]) -> int:
    """Lines that change without a difference that the Board would see."""
    known = {(row.listed, row.who) for row in rows}
    return len({seen.row_of(line) for line in change.lines} - known)


def _units(foreseen: Foreseen, rows: list[RowChange], year: RatingYear, user) -> list[OfUnit]:
    """By unit in the office's order; the same few statements for one row as for many."""
    units = Organization.objects.filter(pk__in=foreseen.units).order_by("position", "pk")
    of_units = {unit: [row for row in rows if row.is_seen_in(unit.pk)] for unit in units}
    shown = [
        _change(year, unit, row) for unit, found in of_units.items() for row in _may_be_named(found)[:SHOWN]
    ]
    named = _named(shown, year, user)
    return [
        OfUnit(
            unit.name,
            _counts(found, unit.pk),
            [one for one in named if one.row.change.submission.unit_id == unit.pk],
            max(0, len(found) - SHOWN) if stores_names() else 0,
            foreseen.figures(year.pk, unit.pk),
        )
        for unit, found in of_units.items()
        if found
    ]


def _may_be_named(rows: list[RowChange]) -> list[RowChange]:
    return rows if stores_names() else [row for row in rows if row.listed != Listed.MEMBER]


def _counts(rows: list[RowChange], unit: int) -> list[tuple[Phrase, int]]:
    found = Counter(_happened(seen.in_unit(row.before, unit), seen.in_unit(row.after, unit)) for row in rows)
    return [(words, found[what]) for what, words in HAPPENED.items() if found[what]]


def _happened(before: seen.State, after: seen.State) -> str:
    """What tells most of a row: its place in the list, else what is other in it."""
    for part in seen.PARTS.values():
        old, new = before.get(part), after.get(part)
        if bool(old) != bool(new):
            return "came" if new else "went"
        differing = {name for name in seen.SEEN[part] if old and new and old[name] != new[name]}
        if differing:
            moved = "moved" if differing.intersection(seen.PLACES) else ""
            return moved or next((one for one in HAPPENED if one in differing), "other")
    return "other"


def _change(year: RatingYear, unit: Organization, row: RowChange) -> ListChange:
    """Told in the same words as a change after acceptance; never stored."""
    of = Submission(year=year, unit=unit)
    return ListChange(submission=of, listed=row.listed, who=row.who, before=row.before, after=row.after)


def _named(changes: list[ListChange], year: RatingYear, user) -> list[Named]:
    why, codes = Reasons(changes, year), codes_of(changes)
    for change in changes:
        change.code = codes.get((change.listed, change.who), "")
    return [Named(row, why.of(row.change)) for row in told(changes, user)]
