"""The rows of past lists by the body in which they stood, to be summed anew; and the bodies of today."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from assessments.roster.keys import COVERED, EXEMPT, UNRATED
from assessments.roster.models.line import Kind
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.movements import Movement
from assessments.roster.models.tallies import Subject, Tally
from assessments.roster.models.village_lines import VillageLine
from assessments.roster.querysets import ADMISSION_STATES, HEAD_STATES, VILLAGE_STATES
from assessments.roster.tallies import counting_lines, grouped, level_codes, states
from assessments.rules.models.years import RatingYear
from orgs.models import Organization, Village
from orgs.rules import unit_of


class Row(NamedTuple):
    """How many of a subject stood under a key in a body: a village for villages and heads, else an
    organization (of persons their cell). `is_reported`: a total that the organization reported."""

    year: int
    body: int
    subject: str
    key: str
    amount: int
    is_reported: bool = False

    @property
    def is_of_village(self) -> bool:
        return self.subject in (Subject.VILLAGE, Subject.HEAD) and not self.is_reported


class Only(NamedTuple):
    """The bodies whose rows are asked for."""

    organizations: Collection[int]
    villages: Collection[int]


def rows(years: Collection[RatingYear], only: Only | None = None) -> Iterator[Row]:
    """All rows of the years, in a fixed number of statements and two for each year with reported totals."""
    yield from _of_organizations(years, only)
    yield from _of_members(years, only)
    yield from _of_states(years, only)
    yield from reported(years, only)


def _of_organizations(years: Collection[RatingYear], only: Only | None) -> Iterator[Row]:
    codes, lines = level_codes(years), OrganizationLine.objects.filter(_among("organization", only))
    fields = ("year_id", "organization_id", "kind", "decided_id", "awarded")
    for some in counting_lines(lines, Kind.values, years, None):
        for year, body, kind, decided, awarded, amount in grouped(some, *fields):
            yield Row(year, body, kind, codes.get((year, decided), UNRATED), amount)
            if awarded and decided:
                yield Row(year, body, Subject.TITLE.value, kind, amount)


def _of_members(years: Collection[RatingYear], only: Only | None) -> Iterator[Row]:
    codes, lines = level_codes(years), MemberLine.objects.filter(_among("cell", only))
    for some in counting_lines(lines, [Subject.MEMBER.value], years, None):
        for year, body, decided, exempt, amount in grouped(
            some, "year_id", "cell_id", "decided_id", "is_exempt"
        ):
            key = EXEMPT if exempt else codes.get((year, decided), UNRATED)
            yield Row(year, body, Subject.MEMBER.value, key, amount)


def _of_states(years: Collection[RatingYear], only: Only | None) -> Iterator[Row]:
    chosen = Q() if only is None else Q(village__in=only.villages)
    villages = VillageLine.objects.filter(chosen, year__in=years)
    movements = Movement.objects.filter(_among("cell", only), year__in=years)
    for lines, body, subject, states_of in (
        (villages, "village_id", Subject.VILLAGE, VILLAGE_STATES),
        (villages, "village_id", Subject.HEAD, HEAD_STATES),
        (movements, "cell_id", Subject.ADMISSION, ADMISSION_STATES),
    ):
        keys = {(subject.value, key): met for key, met in states_of.items()}
        yield from (Row(*place, amount) for place, amount in states(lines, body, keys) if amount)


def reported(years: Collection[RatingYear], only: Only | None = None) -> Iterator[Row]:
    """Totals that organizations reported, and how many lines each stands for."""
    told = Tally.objects.filter(_among("organization", only), Q(is_reported=True) | Q(key=COVERED))
    fields = ("year_id", "organization_id", "subject", "key", "count", "is_reported")
    yield from (Row(*row) for row in told.filter(year__in=years).order_by().values_list(*fields))


def _among(field: str, only: Only | None) -> Q:
    return Q() if only is None else Q(**{f"{field}__in": only.organizations})


class Listed(NamedTuple):
    """An organization of a year's list, with whom it stood under on 31 December."""

    year: int
    body: int
    parent: int | None
    kind: str
    form: str


def lists(years: Collection[RatingYear]) -> Iterator[Listed]:
    lines = OrganizationLine.objects.in_roster().filter(year__in=years).order_by()
    fields = ("year_id", "organization_id", "parent_id", "kind", "form")
    return (Listed(*row) for row in lines.values_list(*fields))


def villages_listed(years: Collection[RatingYear]) -> QuerySet:
    """Year, village and its committee of 31 December."""
    lines = VillageLine.objects.filter(year__in=years).order_by()
    return lines.values_list("year_id", "village_id", "committee_id")


class Life(NamedTuple):
    """Of an organization or a village as the registers have it today. `place`: the unit, of a village its
    committee; `parts`: what was split off it, each with its first day."""

    place: int | None
    first: date | None
    has_ended: bool
    into: int | None
    parts: list[tuple[int, date | None]]


def organizations(today: date) -> dict[int, Life]:
    """Every organization ever registered; one statement."""
    fields = ("pk", "path", "established_on", "dissolved_on", "merged_into", "split_from")
    found: dict[int, Life] = {}
    parts: dict[int | None, list[tuple[int, date | None]]] = defaultdict(list)
    for pk, path, first, end, into, of in Organization.objects.order_by().values_list(*fields):
        found[pk] = Life(unit_of(path), first, end is not None and end <= today, into, parts[pk])
        parts[of].append((pk, first))
    return found


def villages(today: date) -> dict[int, Life]:
    """Every village ever registered; its last day still counts (INTERFACE, reading 2)."""
    fields = ("pk", "committee", "starts_on", "ends_on", "merged_into", "split_from")
    found: dict[int, Life] = {}
    parts: dict[int | None, list[tuple[int, date | None]]] = defaultdict(list)
    for pk, committee, first, last, into, of in Village.objects.order_by().values_list(*fields):
        found[pk] = Life(committee, first, last is not None and last < today, into, parts[pk])
        parts[of].append((pk, first))
    return found
