"""How far the lists of a year are filled in."""

from dataclasses import dataclass

from django.db.models import Count, Q

from assessments.roster.models.line import MENDED, RETURNED, RatedLineQuerySet


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one list is: lines that are rated, blank, returned and not mended, and mended but
    not sent again."""

    rated: int = 0
    roster: int = 0
    blank: int = 0
    returned: int = 0
    mended: int = 0


def progress(lines: RatedLineQuerySet, *by: str) -> dict[tuple, Progress]:
    """Progress of the lines grouped by some fields; exempt members stand outside."""
    rows = (
        lines.in_roster()
        .to_rate()
        .order_by()
        .values_list(*by)
        .annotate(
            _rated=Count("pk", filter=Q(decided__isnull=False)),
            _roster=Count("pk"),
            _blank=Count("pk", filter=Q(decided__isnull=True, reason="")),
            _returned=Count("pk", filter=RETURNED & ~MENDED),
            _mended=Count("pk", filter=MENDED),
        )
    )
    return {tuple(row[:-5]): Progress(*row[-5:]) for row in rows}
