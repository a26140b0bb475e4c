"""What was typed as counts of a year's organizations: judged against what stands now.

Discipline and yearly counts are stored apart and judged alike, by the same standing as a rating.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from accounts.actors import Actor
from assessments.rules.models.years import RatingYear
from assessments.rules.ratings import Fault, Standing, standing_faults

Counts = dict[str, int | None]
"""Counts by the names of their cells; None is blank, which is not zero."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What someone typed for one organization, and the counts that they saw before."""

    line_id: int
    seen: Counts
    counts: Counts


@dataclass
class Outcome:
    """What became of each entry. `saved`: lines that changed; `conflicts`: for each line the
    counts as they stand now that someone else changed meanwhile."""

    saved: set[int] = field(default_factory=set)
    conflicts: dict[int, Counts] = field(default_factory=dict)
    refused: dict[int, Sequence[str]] = field(default_factory=dict)


class Written(Protocol):
    """Whose counts are written: a line, or what shows its face."""

    @property
    def pk(self) -> int: ...

    @property
    def unit_id(self) -> int: ...


OneWritten = TypeVar("OneWritten", bound=Written)


@dataclass(frozen=True, slots=True)
class Pending(Generic[OneWritten]):
    """An organization's counts that are about to change."""

    line: OneWritten
    before: Counts
    after: Counts


class Desk(Protocol):
    """The locked rows of one writing."""

    def judge(self, entry: Counted, outcome: Outcome, pending: list) -> None: ...


OneDesk = TypeVar("OneDesk", bound=Desk)


def settled(entries: Iterable[Counted], desk: OneDesk, write: Callable[[list, OneDesk], None]) -> Outcome:
    """What became of `entries`, each judged for itself; what can be written is given to `write`."""
    outcome = Outcome()
    pending: list[Pending] = []
    for entry in entries:
        desk.judge(entry, outcome, pending)
    if pending:
        write(pending, desk)
    return outcome


def judge(
    entry: Counted,
    line: OneWritten,
    stored: Counts,
    faults: Callable[[OneWritten, Counts], Sequence[str]],
    outcome: Outcome,
    pending: list[Pending[OneWritten]],
) -> None:
    """Refused, in conflict with what someone else changed since it was seen, or to be written."""
    after = {key: count for key, count in entry.counts.items() if stored.get(key) != count}
    changed = {key: stored.get(key) for key in after if stored.get(key) != entry.seen.get(key)}
    if after and (found := faults(line, after)):
        outcome.refused[line.pk] = found
    elif changed:
        outcome.conflicts[line.pk] = changed
    elif after:
        pending.append(Pending(line, {key: stored.get(key) for key in after}, after))
        outcome.saved.add(line.pk)


def line_faults(line: Written, year: RatingYear, states: Mapping[int, str], by: Actor) -> list[Fault]:
    """Why nothing can be counted for the organization; `states`: of the units' submissions."""
    standing = Standing.of(line, is_open=year.is_open, state=states.get(line.unit_id))
    return standing_faults(standing, binding=not by.is_command_line)
