"""What the pages of the records tell about the years, and of the trail."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Count, F, Model, Q

from accounts.permissions import Permission, may
from assessments.figures.past import Cause, Past
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.revisions import RatingRevision
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.models.schemes import Level, Meaning
from assessments.rules.models.years import RatingYear
from assessments.rules.of_year import rules_of_years
from assessments.rules.year_rules import ReadingRule
from members.models import Member
from orgs.models import AuditEntry, Organization
from orgs.trail import ReadEntry, latest_of, read_entries

TRAIL_ROWS = 8


@dataclass(frozen=True)
class YearOfLine:
    """One column of the strip of ratings. `is_old`: levels of an earlier scheme, no chips."""

    year: int
    document: str
    is_break: bool
    is_old: bool
    self_rated: Level | None
    decided: Level | None
    reason: str
    counts: bool | None
    members: int | None = None
    awarded: bool = False


@dataclass(frozen=True)
class Strip:
    """The years of one organization or member, and the documents above them with their widths."""

    years: list[YearOfLine]
    documents: list[tuple[str, int, bool]]

    @property
    def has_title(self) -> bool:
        return any(year.awarded for year in self.years)


@dataclass(frozen=True)
class TwoValues:
    """A closed year in which the organization was rated otherwise when it was first closed."""

    year: int
    at: datetime
    first: Level | None
    now: Level | None


def two_values(organization: Organization, user) -> list[TwoValues]:
    """The years that a supplement or a reopening changed for the organization; one query."""
    lines = OrganizationLine.objects.visible_to(user).filter(organization=organization)
    kept = RatingRevision.objects.filter(
        organization_line__in=lines,
        organization_line__year__revisions__number=1,
        replaced_at__gt=F("organization_line__year__revisions__at"),
    ).annotate(closed_at=F("organization_line__year__revisions__at"))
    kept = kept.select_related("decided", "organization_line__decided").order_by("version", "pk")
    first: dict[int, TwoValues] = {}
    for one in kept:
        if (line := one.organization_line) is None:
            continue
        first.setdefault(line.year_id, TwoValues(line.year_id, one.closed_at, one.decided, line.decided))
    return [found for found in first.values() if found.first != found.now]


def trail_of(user, about: Mapping[type[Model], Iterable[int]]) -> list[ReadEntry]:
    """The latest entries about these objects, as the user reads them; none for who reads no trail."""
    if not may(user, Permission.VIEW_AUDIT):
        return []
    entries = latest_of(AuditEntry.objects.visible_to(user), about)
    return read_entries(entries[:TRAIL_ROWS], user)


def years_with_lists() -> list[RatingYear]:
    """The years that have a roster of their own, the earliest first."""
    years = RatingYear.objects.exclude(scheme=None)
    return list(years.select_related("scheme").defer("frozen"))


def year_asked(text: str | None, years: list[RatingYear]) -> RatingYear | None:
    """The year named in the address, else the latest; None where no year was opened yet."""
    named = [year for year in years if str(year.pk) == text]
    shown = named or years
    return shown[-1] if shown else None


def ratings_of_organization(organization: Organization, user) -> Strip:
    """The organization's lines that the user may see, with the members of each year."""
    lines = OrganizationLine.objects.visible_to(user).in_roster().filter(organization=organization)
    return _strip(lines, Meaning.STRONG, _members_by_year(organization, user))


def ratings_of_member(member: Member, user) -> Strip:
    lines = MemberLine.objects.visible_to(user).in_roster().filter(member=member)
    return _strip(lines, Meaning.WELL, {})


def member_counts(organization: Organization, year: RatingYear, user) -> dict:
    """Members of the organization and all below it on 31 December, by standing."""
    lines = MemberLine.objects.visible_to(user).in_roster().filter(year=year)
    return lines.filter(_held_by(organization)).aggregate(
        total=Count("pk"),
        probationary=Count("pk", filter=Q(is_probationary=True)),
        exempt=Count("pk", filter=Q(is_exempt=True)),
    )


def villages_of(organization: Organization, year: RatingYear, user):
    """Villages that the organization covers as a cell, or holds as a committee, that year."""
    lines = VillageLine.objects.visible_to(user).filter(year=year)
    held = Q(cell=organization) | Q(committee=organization)
    return lines.filter(held).select_related("head", "cell")


def _members_by_year(organization: Organization, user) -> dict[int, int]:
    lines = MemberLine.objects.visible_to(user).in_roster().filter(_held_by(organization))
    return dict(lines.order_by().values_list("year").annotate(count=Count("pk")))


def _held_by(organization: Organization) -> Q:
    if organization.parent_id is None:
        return Q()
    if organization.is_cell:
        return Q(cell=organization)
    return Q(grassroots=organization) | Q(unit=organization)


def _strip(lines, meaning: Meaning, members: dict[int, int]) -> Strip:
    lines = list(lines.select_related("year__scheme", "self_rated", "decided").order_by("year"))
    held = [line.year for line in lines]
    rules, past = rules_of_years(held), Past(held)
    levels = level_codes()
    latest = next(reversed(levels.values()))
    years = []
    apart = {cut.year for cut in past.breaks if cut.cause == Cause.SCHEME}
    for line in lines:
        is_old = levels[line.year.scheme_id] != latest
        reading = rules[line.year_id].reading(meaning)
        is_break = line.year_id in apart
        years.append(_column(line, reading, is_break, is_old, members.get(line.year_id)))
    return Strip(years, _documents(years))


def _column(
    line, reading: ReadingRule | None, is_break: bool, is_old: bool, members: int | None
) -> YearOfLine:
    counts = line.decided.code in reading.codes if line.decided and reading else None
    return YearOfLine(
        year=line.year_id,
        document=line.year.scheme.document,
        is_break=is_break,
        is_old=is_old,
        self_rated=line.self_rated,
        decided=line.decided,
        reason=line.reason,
        counts=counts,
        members=members,
        awarded=line.awarded,
    )


def level_codes() -> dict[int, tuple]:
    """What levels each scheme has: two schemes with the same levels can be compared."""
    levels = Level.objects.order_by("scheme__first_year", "subject", "rank")
    rows = levels.values_list("scheme_id", "subject", "code")
    return {scheme: tuple(row[1:] for row in group) for scheme, group in groupby(rows, lambda row: row[0])}


def _documents(years: Iterable[YearOfLine]) -> list[tuple[str, int, bool]]:
    grouped = ((name, list(group)) for name, group in groupby(years, lambda year: year.document))
    return [(name, len(group), group[0].is_break) for name, group in grouped]
