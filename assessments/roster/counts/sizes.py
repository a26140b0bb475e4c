"""How large organizations are by a year's list: what counts are shares of and are held against (ADR 36;
Charter, art. 24; DOMAIN-additions E).

Of a half-year the list is the year's, without the cells founded after 30 June. What no list of members
tells has no number.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date

from django.db.models import Count, Q

from accounts.permissions import stores_names
from assessments.roster.counts.places import Places
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.village_lines import HeadState, VillageLine
from assessments.rules.count_rule import MONTHS
from assessments.rules.models.counts import Size
from assessments.rules.models.schemes import Level
from members.models import VillageHead
from orgs.models import Form

COMMITTEE_FROM = 9
"""Official members from whom on a cell elects a committee (Charter, art. 24.4)."""
GOOD = "HTTNV"

ByPlace = dict[int, dict[str, int]]
"""Organization → number by code."""


def sizes_of(places: Places, period: str = "year", only: Collection[str] | None = None) -> ByPlace:
    """The sizes (`Size`) of each organization of `places`, of `only` or of all; a fixed number of
    statements."""
    found: ByPlace = defaultdict(dict)
    for codes, read in _PARTS.items():
        if only is None or any(code in only for code in codes):
            for place, sizes in read(places, period).items():
                found[place].update(sizes)
    return found


def _bodies(places: Places, period: str) -> ByPlace:
    """Organizations and cells; how long cells existed; how they are rated."""
    months = MONTHS[period]
    found: ByPlace = {}
    good = _good_levels(places)
    rows = places.listed(OrganizationLine).values_list(
        places.each(OrganizationLine), "form", "kind", "organization__established_on", "decided_id"
    )
    for place, form, kind, founded, level in rows:
        lasted = _months(founded, places.year.pk, months)
        if not lasted:
            continue
        sizes = found.setdefault(place, dict.fromkeys(_OF_BODIES, 0))
        is_cell = form == Form.CELL
        sizes[Size.ORGANIZATIONS] += 1
        sizes[Size.GRASSROOTS] += kind == "grassroots"
        sizes[Size.CELLS] += is_cell
        sizes[Size.CELLS_ALL_YEAR] += is_cell and lasted == months
        sizes[Size.CELL_MONTHS] += is_cell * lasted
        sizes[Size.GOOD_CELLS] += is_cell and level in good
    return found


_OF_BODIES = (
    Size.ORGANIZATIONS, Size.GRASSROOTS, Size.CELLS, Size.CELLS_ALL_YEAR, Size.CELL_MONTHS, Size.GOOD_CELLS,
)  # fmt: skip


def _months(founded: date | None, year: int, months: int) -> int:
    """Months of the period in which it existed: of one founded in month m the months from m on."""
    if founded is None or founded.year < year:
        return months
    return max(0, months + 1 - founded.month) if founded.year == year else 0


def _good_levels(places: Places) -> set[int]:
    """Levels of organizations that are HTTNV or better in their scheme."""
    rows = Level.objects.filter(subject="organization").values_list("pk", "scheme_id", "code", "rank")
    levels = list(rows)
    last = {scheme: rank for _pk, scheme, code, rank in levels if code == GOOD}
    return {pk for pk, scheme, _code, rank in levels if rank <= last.get(scheme, 0)}


def _members(places: Places, period: str) -> ByPlace:
    """Members where they are listed, and cells large enough for a committee."""
    if not stores_names():
        return {}
    grouped = (
        places.listed(MemberLine)
        .values_list(places.each(MemberLine), "cell_id")
        .annotate(
            all=Count("pk"),
            exempt=Count("pk", filter=Q(is_exempt=True)),
            official=Count("pk", filter=Q(is_probationary=False)),
        )
    )
    admitted = places.admitted
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for place, _cell, count, exempt, official in grouped:
        found[place].update(
            {
                Size.MEMBERS: count,
                Size.MEMBERS_NOT_EXEMPT: count - exempt,
                Size.CELLS_OF_NINE: int(official >= COMMITTEE_FROM),
            }
        )
    return {
        place: dict(sizes) | {Size.ADMITTED: admitted.get(place, (0, 0))[0]} for place, sizes in found.items()
    }


def _villages(places: Places, period: str) -> ByPlace:
    rows = places.rows(VillageLine)
    in_post = places.counted(rows, heads=~Q(head_state=HeadState.VACANT))
    cells = rows.filter(cell__isnull=False).values_list(places.each(VillageLine))
    with_cells = dict(cells.annotate(Count("cell", distinct=True)))
    return {
        place: {
            Size.VILLAGES: villages,
            Size.HEADS_IN_POST: heads,
            Size.VILLAGE_CELLS: with_cells.get(place, 0),
        }
        for place, (villages, heads) in in_post.items()
    }


def _not_members(places: Places, period: str) -> ByPlace:
    """Heads in post on 1 January who were not members that day, where a list of members says so."""
    day, villages = date(places.year.pk, 1, 1), places.villages
    terms = VillageHead.objects.filter(village__in=list(villages), starts_on__lte=day).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    )
    found = {place: {Size.HEADS_NOT_MEMBERS.value: 0} for place in villages.values()}
    for term in terms.order_by("starts_on").select_related("member").prefetch_related("member__past_stays"):
        is_member = term.member.is_present_on(day) if term.member else term.is_member
        found[villages[term.village_id]][Size.HEADS_NOT_MEMBERS] += not is_member
    return found


_PARTS: Mapping[tuple[Size, ...], Callable[[Places, str], ByPlace]] = {
    _OF_BODIES: _bodies,
    (Size.MEMBERS, Size.MEMBERS_NOT_EXEMPT, Size.CELLS_OF_NINE, Size.ADMITTED): _members,
    (Size.VILLAGES, Size.HEADS_IN_POST, Size.VILLAGE_CELLS): _villages,
    (Size.HEADS_NOT_MEMBERS,): _not_members,
}
"""Sizes that are read together, and how."""
