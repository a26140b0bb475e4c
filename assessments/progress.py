"""How far the lists of a year are filled in."""

from dataclasses import dataclass

from django.db.models import Count, Q

from assessments.models import MemberLine
from assessments.querysets import RatedLineQuerySet


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one list is: rated, explained without a level, and blank lines."""

    rated: int
    roster: int
    blank: int
    returned: int


def progress(lines: RatedLineQuerySet, *by: str) -> dict[tuple, Progress]:
    """Progress of the lines grouped by some fields; exempt members stand outside."""
    lines = lines.in_roster()
    if lines.model is MemberLine:
        lines = lines.filter(is_exempt=False)
    rows = lines.order_by().values_list(*by).annotate(
        _rated=Count("pk", filter=Q(decided__isnull=False)),
        _roster=Count("pk"),
        _blank=Count("pk", filter=Q(decided__isnull=True, reason="")),
        _returned=Count("pk", filter=~Q(return_reason="")),
    )
    return {tuple(row[:-4]): Progress(*row[-4:]) for row in rows}
