"""A plan in the registers, and the submissions of open years that go with it (INTERFACE, reading 11)."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django.utils import timezone

from accounts.actors import Actor
from assessments.registers.units import ADVANCING
from assessments.roster.answering import waiting
from assessments.rules.models.years import RatingYear, Submission, SubmissionState, YearState
from members.actions.reorganizing import reorganize
from orgs import audit
from orgs.reorganizing.tree import Trees
from orgs.versions import writing


@writing()
def carry_out(*, by: Actor, trees: Trees, follow: Callable[[], object]) -> Mapping[str, int]:
    """Carry a plan out; `follow` brings the open years after it. What units had begun goes on with their
    successors. Gives how many accounts went along, by the code of the old body."""
    inherited = Inherited(trees)
    states = inherited.states
    told = [audit.Change(one, {"state": one.state}, {}) for one in inherited.ended]
    postings = reorganize(by=by, trees=trees)
    Submission.objects.filter(pk__in=[one.pk for one in inherited.ended]).delete()
    follow()
    audit.record([*told, *_go_on(states, by)], by=by, action="submission.join", reason=trees.plan.decisions)
    return postings


class Inherited:
    """The submissions of open years that a plan ends or hands on, as they stand before it."""

    def __init__(self, trees: Trees):
        self.trees = trees

    @cached_property
    def ended(self) -> list[Submission]:
        """Those of units that end, of the years in whose roster they do not stand any more."""
        days = {code: row.on for code, row in self.trees.plan.ending.items() if self._is_unit_before(code)}
        return [
            one for one in self._held if one.unit.code in days and one.year_id >= days[one.unit.code].year
        ]

    @cached_property
    def heirs(self) -> Mapping[str, set[str]]:
        """By the code of a unit that goes on: the units whose submissions it takes over, itself included."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.trees.plan.ending.values():
            heir = self._unit_after(row.new)
            source = self._unit_before(row.old)
            if heir and source and (self._is_unit_before(row.old) or not self._is_unit_before(heir)):
                found[heir].add(source)
        for code in self._comes_up:
            found[code] |= {unit for unit in [self._unit_before(code)] if unit}
        for heir in found:
            if self._is_unit_before(heir):
                found[heir].add(heir)
        return {heir: sources for heir, sources in found.items() if sources != {heir}}

    @property
    def years(self) -> list[int]:
        """The open years whose rosters the plan changes."""
        first = min((row.on.year for row in self.trees.plan.rows), default=9999)
        open_years = RatingYear.objects.filter(state=YearState.OPEN, year__gte=first)
        return list(open_years.values_list("year", flat=True))

    @property
    def states(self) -> Mapping[tuple[int, str], "State"]:
        """By year and code of the unit that goes on, the least advanced state of all submissions that meet;
        nothing where none was begun."""
        by_unit = {(one.year_id, one.unit.code): one for one in self._held}
        found = {}
        for heir, sources in self.heirs.items():
            for year in self.years:
                met = [by_unit[year, source] for source in sources if (year, source) in by_unit]
                if any(one.state != SubmissionState.NOT_BEGUN for one in met):
                    found[year, heir] = min(map(_state, met), key=lambda one: ADVANCING.index(one.state))
        return found

    @cached_property
    def _held(self) -> list[Submission]:
        rows = Submission.objects.filter(year__in=self.years).select_related("unit", "year")
        return list(rows.order_by("year", "position", "pk"))

    @property
    def _comes_up(self) -> Iterator[str]:
        """Bodies that stood below a unit and are units themselves from then on."""
        for code in self.trees.stored:
            if not self._is_unit_before(code) and code != self.trees.root:
                if code not in self.trees.plan.ending and self._is_unit_after(code):
                    yield code

    def _is_unit_before(self, code: str) -> bool:
        return code in self.trees.stored and self.trees.stored[code]["parent"] == self.trees.root is not None

    def _is_unit_after(self, code: str) -> bool:
        return self.trees.parent_after(code) == self.trees.root

    def _unit_before(self, code: str) -> str | None:
        chain = self.trees.chain_before(code)
        return chain[-2] if len(chain) > 1 else None

    def _unit_after(self, code: str) -> str | None:
        chain, _is_whole = self.trees.chain_after(code)
        return chain[-2] if len(chain) > 1 else None


class State(NamedTuple):
    """How far a submission is."""

    state: SubmissionState
    submitted_at: datetime | None
    message: str


def _state(submission: Submission) -> State:
    """What was accepted while changes wait for the Board's word is no more than submitted."""
    state = SubmissionState(submission.state)
    if state == SubmissionState.ACCEPTED and waiting(submission).exists():
        state = SubmissionState.SUBMITTED
    return State(state, submission.submitted_at, submission.message)


def _go_on(states: Mapping[tuple[int, str], State], by: Actor) -> Iterator[audit.Change]:
    """Write the states of those that go on, and tell them; their submissions came with the roster."""
    for (year, code), state in states.items():
        submission = Submission.objects.filter(year=year, unit__code=code).first()
        if submission is None:
            continue
        before = submission.state
        submission.state, submission.submitted_at, submission.message = state
        submission.since, submission.changed_by = timezone.now(), by.user
        submission.save()
        yield audit.Change(submission, {"state": before}, {"state": submission.state}, submission.unit_id)
