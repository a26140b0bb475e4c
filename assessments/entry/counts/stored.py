"""Counts as they stand, one by one, with what tells whether someone else changed them meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assessments.entry.counting.cells import shown
from assessments.roster.models.counts import ActivityCount, PaperTotal
from assessments.rules.models.years import RatingYear

PAPER = "paper:"
"""Begins the key of the total on a paper."""
Key = tuple[int, str]
"""Organization and code of what is counted."""


@dataclass(frozen=True, slots=True)
class Stored:
    """`count` is None where nobody gave it; `writer`: whose it is, None of the command line."""

    count: int | None = None
    reason: str = ""
    version: int = 0
    at: datetime | None = None
    writer: int | None = None
    writer_name: str = ""

    @property
    def text(self) -> str:
        return shown(self.count)

    @property
    def mark(self) -> str:
        """What another state of it does not bear; taken back and given anew it begins at one again."""
        return f"{self.version}:{self.text}"


BLANK = Stored()
_FIELDS = (
    "organization_id", "activity__code", "count", "reason", "version", "changed_at", "changed_by_id",
    "changed_by__full_name",
)  # fmt: skip


def stored_counts(year: RatingYear | int, period: str, organizations: Any) -> Mapping[Key, Stored]:
    """The counts of `organizations`, keys or a query of them; one statement."""
    rows = ActivityCount.objects.filter(year=year, period=period, organization__in=organizations)
    found = rows.order_by().values_list(*_FIELDS)
    return {
        (place, code): Stored(count, reason, version, at, writer, name or "")
        for place, code, count, reason, version, at, writer, name in found
    }


def paper_totals(year: RatingYear | int, period: str, places: Iterable[int]) -> Mapping[Key, Stored]:
    """What stands on paper of `places`; a total has no version but itself."""
    rows = PaperTotal.objects.filter(year=year, period=period, organization__in=list(places))
    found = rows.values_list(
        "organization_id", "activity__code", "total", "changed_at", "changed_by_id", "changed_by__full_name"
    )
    return {
        (place, code): Stored(total, "", 1, at, writer, name or "")
        for place, code, total, at, writer, name in found
    }
