"""What the registers tell of a year: what nobody types, or what is typed is held against (ADR 36)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping

from django.db.models import Count, F, Q, Sum

from accounts.permissions import stores_names
from assessments.roster.counts.places import Places
from assessments.roster.counts.sizes import ByPlace
from assessments.roster.models.discipline import Discipline, Disciplined, DisciplineForm
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.movements import Movement, MovementKind
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.models.counts import CountLevel, Register
from members.models import LeavingReason, VillageHead


def registers_of(places: Places, only: Collection[str] | None = None) -> ByPlace:
    """The registers' numbers (`Register`) of each organization of `places`, of `only` or of all; a fixed
    number of statements."""
    found: ByPlace = defaultdict(dict)
    for codes, read in (_PARTS | (_OF_MEMBERS if stores_names() else {})).items():
        if only is None or any(code in only for code in codes):
            for place, numbers in read(places).items():
                found[place].update(numbers)
    return found


def _secretaries(places: Places) -> ByPlace:
    rows = places.rows(VillageLine)
    found = places.counted(rows, secretaries=Q(head_is_secretary=True, head__isnull=False))
    return {place: {Register.HEADS_WHO_ARE_SECRETARIES: count} for place, (_all, count) in found.items()}


def _founded(places: Places) -> ByPlace:
    """Cells of villages that were founded in the year; 0 where there are villages."""
    rows = places.rows(VillageLine)
    of_year = rows.filter(cell__established_on__year=places.year.pk)
    each = places.each(VillageLine)
    new = dict(of_year.values_list(each).annotate(Count("cell", distinct=True)))
    return {place: {Register.CELLS_FOUNDED: new.get(place, 0)} for place in places.counted(rows)}


def _moved(places: Places) -> ByPlace:
    """Admissions and expulsions where members are listed."""
    admitted = places.admitted
    left = places.rows(Movement).filter(
        kind=MovementKind.LEAVING, leaving_reason=LeavingReason.EXPELLED, on__year=places.year.pk
    )
    expelled = places.counted(left)
    is_grassroots = places.level == CountLevel.GRASSROOTS
    return {
        place: {
            Register.ADMITTED_WOMEN: admitted.get(place, (0, 0))[1],
            Register.EXPELLED: expelled.get(place, (0,))[0],
            **({Register.ADMITTED_NOBODY: int(place not in admitted)} if is_grassroots else {}),
        }
        for place in places.counted(places.listed(MemberLine))
    }


def _heads_admitted(places: Places) -> ByPlace:
    """Heads who were admitted in the year while in post."""
    villages = places.villages
    terms = VillageHead.objects.filter(
        village__in=list(villages),
        member__admitted_on__year=places.year.pk,
        member__admitted_outside=False,
        starts_on__lte=F("member__admitted_on"),
    ).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=F("member__admitted_on")))
    found = {place: {Register.HEADS_ADMITTED.value: 0} for place in villages.values()}
    for place, _member in {
        (villages[village], who) for village, who in terms.values_list("village_id", "member_id")
    }:
        found[place][Register.HEADS_ADMITTED] += 1
    return found


_BODY: Mapping[str, str] = {
    CountLevel.UNIT: "line__unit_id",
    CountLevel.GRASSROOTS: "line__grassroots_id",
    CountLevel.CELL: "line__organization_id",
}


def _expulsions(places: Places) -> ByPlace:
    """Expulsions as they were entered under discipline."""
    rows = Discipline.objects.filter(
        line__in=places.listed(OrganizationLine).values("pk"),
        of=Disciplined.MEMBER,
        form=DisciplineForm.EXPULSION,
    )
    sums = rows.order_by().values_list(_BODY[places.level]).annotate(Sum("count"))
    return {place: {Register.EXPULSIONS: count} for place, count in sums}


_PARTS: dict[tuple[Register, ...], Callable[[Places], ByPlace]] = {
    (Register.HEADS_WHO_ARE_SECRETARIES,): _secretaries,
    (Register.CELLS_FOUNDED,): _founded,
    (Register.EXPULSIONS,): _expulsions,
}
"""Numbers that are read together, and how."""
_OF_MEMBERS: dict[tuple[Register, ...], Callable[[Places], ByPlace]] = {
    (Register.ADMITTED_WOMEN, Register.EXPELLED, Register.ADMITTED_NOBODY): _moved,
    (Register.HEADS_ADMITTED,): _heads_admitted,
}
"""Likewise, where names are stored."""
