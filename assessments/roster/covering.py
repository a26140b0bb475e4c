"""Which lines a reported total covers."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q, QuerySet

from assessments.roster.keys import COVERED, Key
from assessments.roster.models.line import RatedLineQuerySet
from assessments.roster.models.lines import OrganizationLine, lines_of
from assessments.roster.models.tallies import Subject, Tally
from assessments.roster.reach import Reach
from assessments.rules.models.years import RatingYear

Lines = TypeVar("Lines", bound=QuerySet)


@dataclass(frozen=True, slots=True)
class Covering:
    """An organization with a reported total, and how many lines stand below it."""

    place: Key
    count: int


def below(year: int, subject: str, *organizations: int) -> RatedLineQuerySet:
    """The lines of a subject for which a total of one of the organizations would stand: in its
    unit, grassroots organization, section or cell."""
    return lines_of(subject).filter(_below(year, subject, organizations), year=year)


def counting(year: int, subject: str) -> RatedLineQuerySet:
    """The lines of a subject in a year's roster that count by themselves."""
    return lines_of(subject).filter(not_covered(year, subject), year=year).in_roster()


def not_covered(year: int, subject: str) -> Q:
    """Lines of a subject for which no reported total stands."""
    reported = _reported_organizations(year, subject)
    return ~_below(year, subject, reported) if reported else Q()


def covered_among(year: int, lines: RatedLineQuerySet) -> set[int]:
    """The ids of those of `lines` of a year for which a reported total stands."""
    found: set[int] = set()
    for subject in lines.model.subjects:
        if reported := _reported_organizations(year, subject):
            covered = lines.of(subject).filter(_below(year, subject, reported), year=year)
            found |= set(covered.order_by().values_list("pk", flat=True))
    return found


def _below(year: int, subject: str, organizations: Collection[int]) -> Q:
    here = Q(unit__in=organizations) | Q(grassroots__in=organizations)
    if subject != Subject.MEMBER:
        return here | Q(organization__in=organizations) | Q(parent__in=organizations)
    cells = OrganizationLine.objects.filter(year=year, parent__in=organizations)
    return here | Q(cell__in=organizations) | Q(cell__in=cells.values("organization"))


def _reported_organizations(year: int, subject: str) -> list[int]:
    rows = Tally.objects.filter(year=year, subject=subject, is_reported=True)
    return list(rows.order_by().values_list("organization", flat=True).distinct())


def within(lines: Lines, reach: Reach | None) -> Lines:
    """Of `lines` those that a change of the registers may change; None: all."""
    if reach is None:
        return lines
    keys = {"organization": reach.organizations, "member": reach.members, "village": reach.villages}
    return lines.filter(**{f"{lines.model.listed}__in": keys[lines.model.listed]})


def coverings(years: Collection[RatingYear], reach: Reach | None = None) -> Iterator[Covering]:
    reported = Tally.objects.filter(year__in=years, is_reported=True).order_by()
    for year, unit, organization, subject in reported.values_list(
        "year_id", "unit_id", "organization_id", "subject"
    ).distinct():
        lines = within(below(year, subject, organization).in_roster(), reach)
        yield Covering((year, unit, organization, subject, COVERED), lines.count())
