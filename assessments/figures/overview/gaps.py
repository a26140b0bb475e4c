"""What a unit's grassroots organizations have still to rate, and its villages."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from assessments.figures.board import Board
from assessments.figures.indicators import over_states
from assessments.roster.models.line import Kind
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.tallies import Subject
from assessments.rules.models.years import RatingYear, Submission

_RATED = Q(decided__isnull=False)


@dataclass(frozen=True, slots=True)
class Gap:
    """A grassroots organization with something not rated; the exempt are not counted."""

    line: OrganizationLine
    affiliated: int
    affiliated_rated: int
    members: int
    members_rated: int

    @property
    def missing(self) -> int:
        own = 0 if self.line.decided_id else 1
        return own + self.affiliated - self.affiliated_rated + self.members - self.members_rated


def of_unit(user, year: RatingYear, unit: Submission) -> list[Gap]:
    """The unit's grassroots organizations that are not rated throughout, in the roster's order."""
    lines = OrganizationLine.objects.visible_to(user).under(unit.unit).filter(year=year).in_roster()
    members = MemberLine.objects.visible_to(user).under(unit.unit).filter(year=year).to_rate()
    affiliated = _by_grassroots(lines.filter(kind=Kind.AFFILIATED))
    people = _by_grassroots(members.in_roster())
    found = (
        Gap(line, *affiliated.get(line.organization_id, (0, 0)), *people.get(line.organization_id, (0, 0)))
        for line in lines.filter(kind=Kind.GRASSROOTS).select_related("decided")
    )
    return [gap for gap in found if gap.missing]


def _by_grassroots(lines) -> dict[int, tuple[int, int]]:
    rows = lines.order_by().values_list("grassroots_id")
    counted = rows.annotate(total=Count("pk"), rated=Count("pk", filter=_RATED))
    return {grassroots: (total, rated) for grassroots, total, rated in counted}


def villages(board: Board, year: int, unit_id: int) -> Iterable[tuple[str, int]]:
    """Counts of the unit's villages by state, with their words."""
    counts = board.counts.get((year, unit_id), {})
    words = (
        (Subject.VILLAGE, "total", _("villages")),
        (Subject.VILLAGE, "without_cell", _("without a party organization")),
        (Subject.VILLAGE, "blank_again_cell", _("of these, blank again")),
        (Subject.VILLAGE, "without_member", _("without a party member")),
        (Subject.VILLAGE, "blank_again_member", _("of these, blank again")),
        (Subject.VILLAGE, "shared_cell", _("sharing a cell")),
        (Subject.VILLAGE, "at_risk", _("at risk: an own cell of three official members or fewer")),
        (Subject.HEAD, "vacant", _("without a head in post")),
        (Subject.HEAD, "secretary", _("whose head is secretary of the cell")),
    )
    more = over_states(Subject.VILLAGE, {key for _subject, key, _text in words})
    told = [*words, *((one.subject, one.cells.have, str(one.label)) for one in more)]
    return [(text, counts.get((subject, key), 0)) for subject, key, text in told]
