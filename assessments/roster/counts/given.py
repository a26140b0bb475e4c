"""Yearly counts that no register holds: what was given, by grassroots organization, unit, province.

One way for pages, forms and workbooks. What nobody gave is blank, never 0: a sum is of what was
given and says how many gave it. Women among those admitted are counted from the lists wherever
an organization's members are listed. Read through the roster of the year, so that a count follows
its organization and drops out with it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from accounts.permissions import stores_names
from assessments.roster.models.counts import ActivityCount
from assessments.roster.models.line import Kind
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.movements import Movement, MovementKind
from assessments.rules.models.counts import Activity
from assessments.rules.models.years import RatingYear
from orgs.models import Form, Organization

WOMEN = "admitted_women"
OF_THE_ADMITTED = (WOMEN, "admitted_ethnic", "admitted_youth_union")
CELLS = "cells_with_committee"

Counts = dict[str, int]
"""Counts by the codes of their activities; what is blank has no key."""


@dataclass(frozen=True, slots=True)
class Given:
    """A sum of what was given: by how many of how many grassroots organizations.

    `count` is None where nobody gave anything.
    """

    count: int | None = None
    given: int = 0
    of: int = 0

    def __add__(self, other: "Given") -> "Given":
        counts = [one.count for one in (self, other) if one.count is not None]
        return Given(sum(counts) if counts else None, self.given + other.given, self.of + other.of)

    @property
    def is_complete(self) -> bool:
        return self.given == self.of


@dataclass(frozen=True, slots=True)
class Known:
    """What the lists say of a grassroots organization.

    `admitted`, `women`: in the year; None where its members are not listed. `cells`: itself
    included where it is one.
    """

    cells: int = 0
    admitted: int | None = None
    women: int | None = None


def of_year(year: int) -> list[Activity]:
    """What is counted in a year, in the Board's order."""
    begun = Q(first_year__isnull=True) | Q(first_year__lte=year)
    not_ended = Q(last_year__isnull=True) | Q(last_year__gte=year)
    return list(Activity.objects.filter(begun, not_ended))


def everything():
    """All that is or was counted, with how many years have counts of it."""
    years = Count("counts__year", distinct=True)
    return Activity.objects.annotate(years_given=years).order_by("position", "pk")


def totals(year: RatingYear, scope: Organization) -> dict[str, Given]:
    """Every activity of the year, summed over the grassroots organizations under `scope`."""
    return _sums(by_unit(year, scope).values(), year)


def by_unit(year: RatingYear, scope: Organization) -> dict[int | None, dict[str, Given]]:
    """The same for each unit under `scope`, by the unit's key; a unit without any has none."""
    lines = grassroots(year, scope)
    found: dict[int | None, dict[str, Given]] = {}
    counts, codes = counted(year, lines), [activity.code for activity in of_year(year.pk)]
    for organization, unit in lines.values_list("organization_id", "unit_id"):
        sums = found.setdefault(unit, dict.fromkeys(codes, Given()))
        for code in codes:
            count = counts.get(organization, {}).get(code)
            sums[code] += Given(count, int(count is not None), 1)
    return found


def grassroots(year: RatingYear, scope: Organization):
    """The grassroots organizations in the year's roster, in the office's order."""
    lines = OrganizationLine.objects.under(scope).filter(year=year, kind=Kind.GRASSROOTS).in_roster()
    return lines.order_by("unit__position", "unit_id", "position", "pk")


def counted(year: RatingYear, lines, known: Mapping[int, Known] | None = None) -> dict[int, Counts]:
    """Counts by grassroots organization: those given, and women where the lists tell them.

    `known`: what `known_of` gave, where the caller has asked already.
    """
    found = counts_of(year, lines)
    for organization, lists in (known_of(year, lines) if known is None else known).items():
        if lists.women is not None:
            found.setdefault(organization, {})[WOMEN] = lists.women
    return found


def counts_of(year: RatingYear, lines) -> dict[int, Counts]:
    """Counts by grassroots organization as they were given."""
    found: dict[int, Counts] = {}
    stored = ActivityCount.objects.filter(year=year, grassroots__in=lines.values("organization"))
    for organization, code, count in stored.values_list("grassroots_id", "activity__code", "count"):
        found.setdefault(organization, {})[code] = count
    return found


def lacking(asked: Iterable[Activity], counts: Mapping[int, Counts], lines) -> int:
    """How many organizations of `lines` have not given every count that they are asked for."""
    codes = {activity.code for activity in asked}
    organizations = lines.values_list("organization_id", flat=True)
    return sum(not codes <= counts.get(organization, {}).keys() for organization in organizations)


def uncounted(year: RatingYear, lines) -> int:
    """The same over what is stored of the year."""
    return lacking(of_year(year.pk), counted(year, lines), lines)


def known_of(year: RatingYear, lines) -> dict[int, Known]:
    """What the lists say of each grassroots organization of `lines`; three statements."""
    organizations = list(lines.values_list("organization_id", flat=True))
    cells = _cells(year, lines)
    listed, admitted = (_listed(year, lines), _admitted(year, lines)) if stores_names() else ((), {})
    return {
        organization: Known(
            cells.get(organization, 0),
            *(admitted.get(organization, (0, 0)) if organization in listed else (None, None)),
        )
        for organization in organizations
    }


def _sums(parts: Iterable[Mapping[str, Given]], year: RatingYear) -> dict[str, Given]:
    parts = list(parts)
    return {
        activity.code: sum((part[activity.code] for part in parts), Given()) for activity in of_year(year.pk)
    }


def _within(model, year: RatingYear, lines):
    return model.objects.filter(year=year, grassroots__in=lines.values("organization")).order_by()


def _cells(year: RatingYear, lines) -> dict[int, int]:
    cells = _within(OrganizationLine, year, lines).in_roster().filter(form=Form.CELL)
    return dict(cells.values_list("grassroots").annotate(Count("pk")))


def _listed(year: RatingYear, lines) -> set[int]:
    members = _within(MemberLine, year, lines).in_roster()
    return set(members.values_list("grassroots_id", flat=True).distinct())


def _admitted(year: RatingYear, lines) -> dict[int, tuple[int, int]]:
    """Grassroots organization → admitted in the province this year, women among them."""
    admissions = _within(Movement, year, lines).filter(
        kind=MovementKind.ADMISSION, in_province=True, on__year=year.pk
    )
    rows = admissions.values_list("grassroots").annotate(
        Count("pk"), women=Count("pk", filter=Q(member__sex="f"))
    )
    return {organization: (count, women) for organization, count, women in rows}
