"""What changes of lists did to the tallies, whatever was rated meanwhile."""

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Q

from assessments.roster.keys import EXEMPT, UNRATED
from assessments.roster.models.line import AWARDED
from assessments.roster.models.lines import RATED_LINES, OrganizationLine
from assessments.roster.models.list_changes import ListChange
from assessments.roster.models.tallies import Subject, Tally
from assessments.roster.querysets import ADMISSION_STATES, HEAD_STATES, VILLAGE_STATES
from assessments.roster.seen import Values
from assessments.rules.models.years import RatingYear

Place = tuple[int, str, str]
"""Unit, subject and key of a counted tally."""


def taken_away(year: RatingYear, changes: Collection[ListChange]) -> dict[Place, int]:
    """What would have to be added to the tallies of `year` as they stand, had the changes not come;
    the rows keep the levels that they have now. Five queries at most."""
    counting = _Counting(year, changes)
    found: Counter = Counter()
    for change in changes:
        for sign, state in ((1, change.before), (-1, change.after)):
            for part, values in state.items():
                for place in counting.places(part, change.who, values) if values else ():
                    found[place] += sign
    return {place: count for place, count in found.items() if count}


class _Counting:
    """Under which keys a part of a row counts: its level now, and no reported total above it."""

    def __init__(self, year: RatingYear, changes: Collection[ListChange]):
        self.levels = {model.listed: _levels(year, model, changes) for model in RATED_LINES}
        self.awarded = _awarded(year, changes)
        rows = Tally.objects.filter(year=year, is_reported=True).order_by()
        self.reported = set(rows.values_list("subject", "organization").distinct())

    def places(self, part: str, who: int, values: Values) -> Iterator[Place]:
        unit: int = values["unit_id"]  # type: ignore[assignment]
        if part == "organization":
            yield from self._rated(str(values["kind"]), part, who, values)
        elif part == "member":
            yield from self._rated(Subject.MEMBER.value, part, who, values)
        elif part == "village":
            for subject, states in ((Subject.VILLAGE, VILLAGE_STATES), (Subject.HEAD, HEAD_STATES)):
                yield from ((unit, subject.value, key) for key, q in states.items() if holds(q, values))
        else:
            told = {**values, "kind": part}
            for key, q in ADMISSION_STATES.items():
                if holds(q, told):
                    yield unit, Subject.ADMISSION.value, key

    def _rated(self, subject: str, part: str, who: int, values: Values) -> Iterator[Place]:
        above = {value for name, value in values.items() if name.endswith("_id")} | {
            who if part == "organization" else None
        }
        if any((subject, organization) in self.reported for organization in above):
            return
        key = EXEMPT if values.get("is_exempt") else self.levels[part].get(who, UNRATED)
        yield values["unit_id"], subject, key  # type: ignore[misc]
        if part == OrganizationLine.listed and who in self.awarded:
            yield values["unit_id"], Subject.TITLE.value, subject  # type: ignore[misc]


def _levels(year: RatingYear, model, changes: Collection[ListChange]) -> dict[int, str]:
    who = {change.who for change in changes if change.listed == model.letter}
    if not who:
        return {}
    key = f"{model.listed}_id"
    rows = model.objects.filter(year=year, decided__scheme=year.scheme_id, **{f"{key}__in": who})
    return dict(rows.order_by().values_list(key, "decided__code"))


def _awarded(year: RatingYear, changes: Collection[ListChange]) -> set[int]:
    """The organizations among those changed whose title counts."""
    who = {change.who for change in changes if change.listed == OrganizationLine.letter}
    if not who:
        return set()
    lines = OrganizationLine.objects.filter(AWARDED, year=year, organization__in=who, decided__isnull=False)
    return set(lines.order_by().values_list("organization", flat=True))


def holds(condition: Q, values: Values) -> bool:
    """Whether a condition of a state (roster/querysets.py) holds of the values of one row."""
    children: list[Any] = condition.children
    found = (
        holds(child, values) if isinstance(child, Q) else _holds(child[0], child[1], values)
        for child in children
    )
    return (all(found) if condition.connector == Q.AND else any(found)) is not condition.negated


def _holds(lookup: str, wanted: object, values: Values) -> bool:
    name, _dash, how = lookup.partition("__")
    value = values[name] if name in values else values.get(f"{name}_id")
    if how == "isnull":
        return (value is None) is wanted
    return value <= wanted if how == "lte" else value == wanted  # type: ignore[operator]
