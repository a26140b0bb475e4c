"""The lines behind a pair of levels: which they are, and what a row shows of them."""

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assessments.figures.judged.crossing import HIGHER, NONE, Crossing, Pair
from assessments.figures.names.cells import Column, Level, Row, document
from assessments.figures.names.table import POPULATIONS
from assessments.roster.models.lines import OrganizationLine, lines_of
from assessments.roster.models.tallies import Subject
from assessments.rules.models.years import RatingYear, Submission


def lines_behind(user, subject: Subject, year: RatingYear, unit_id: int | None, pair: Pair) -> QuerySet:
    """The lines that the user sees, in the order of the roster."""
    lines = lines_of(subject).visible_to(user).in_roster().to_rate().filter(year=year)
    if unit_id is not None:
        lines = lines.filter(unit=unit_id)
    for field, code in zip(("self_rated", "decided"), pair, strict=True):
        lines = lines.filter(**({field: None} if code == NONE else {f"{field}__code": code}))
    return lines


class Table:
    """Columns and rows of a list, as the table of the names behind a figure has them."""

    def __init__(
        self,
        subject: Subject,
        crossing: Crossing,
        pair: Pair,
        units: Mapping[int, Submission],
        *,
        before: int | None,
        all_units: bool,
    ):
        self.subject, self.crossing, self.pair, self.units = subject, crossing, pair, units
        self.before, self.all_units = before, all_units
        self.is_old = len(crossing.levels) != 4
        self.is_higher = crossing.way(pair) == HIGHER

    @property
    def listed(self) -> str:
        return self.subject

    @property
    def columns(self) -> list[Column]:
        shown = [
            Column("code", _("Code"), "code"),
            Column("name", str(POPULATIONS[self.subject].heading), "name"),
        ]
        if self.all_units:
            shown.append(Column("unit", _("Unit")))
        if self.subject != Subject.GRASSROOTS:
            heading = _("Cell") if self.subject == Subject.MEMBER else _("Grassroots organization")
            shown.append(Column("place", heading))
        if self.before is not None:
            shown.append(Column("before", _("Year %(year)s") % {"year": self.before}, "level"))
        return [
            *shown,
            Column("self_rated", _("Self-rated"), "level"),
            Column("decided", _("Decided"), "level"),
            Column("document", _("Document"), "cap"),
            Column("reason", _("Reason")),
        ]

    def rows(self, found: Iterable, before: Mapping | None = None) -> list[Row]:
        """`before`: last year's line of each organization or member."""
        past = before or {}
        return [self._row(line, past.get(line.listed_id)) for line in found]

    def _row(self, line, before) -> Row:
        is_organization = isinstance(line, OrganizationLine)
        unit = self.units.get(line.unit_id)
        cells = {
            "place": line.place,
            "before": self._level(before.decided, old=True) if before else None,
            "self_rated": self._level(line.self_rated),
            "decided": self._level(line.decided),
            "document": document(line.decision_number, line.decided_on),
            "reason": self._reason(line),
        }
        page = "registers:organization" if is_organization else "registers:member"
        return Row(line.code, line.name, unit.name if unit else "", cells, (page, line.listed_id))

    def _reason(self, line) -> str:
        """Why it is not rated, or what was written beside the level."""
        if told := line.note if line.decided_id else line.reason:
            return told
        return _("no reason given") if self.is_higher or not line.decided_id else "–"

    def _level(self, level, *, old: bool = False) -> Level | None:
        return level and Level(level.code, level.name, level.rank, self.is_old or old)
