"""Writing reported totals: tallies of years or units of which no names survive."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from accounts.actors import Actor
from assessments import tallies
from assessments.actions.periods import ensure_reported_year
from assessments.models import Tally
from orgs import audit
from resolution03.lib import bulk

FIELDS = ("year", "unit", "organization", "subject", "key", "count", "is_reported")


@dataclass(frozen=True, slots=True)
class Total:
    """How many of a subject an organization reported at one level; `total`: how many in all."""

    year: int
    unit_id: int
    organization_id: int
    code: str
    subject: str
    level: str
    count: int
    total: int | None = None

    def rows(self) -> list[tuple]:
        """As the tallies hold it, one row for the level and one for the total."""
        keys = [(self.level, self.count)]
        if self.total is not None:
            keys.append((tallies.TOTAL, self.total))
        return [
            (self.year, self.unit_id, self.organization_id, self.subject, key, count, True)
            for key, count in keys
        ]


@transaction.atomic
def save_totals(*, by: Actor, totals: Collection[Total]) -> None:
    """Write reported totals; one given again replaces, a year never opened is created."""
    years = [ensure_reported_year(year, by=by) for year in sorted({total.year for total in totals})]
    before = _stored(totals)
    rows = {row[:5]: row for total in totals for row in total.rows()}
    bulk.upsert(
        Tally,
        FIELDS,
        rows.values(),
        unique=("year", "organization", "subject", "key", "is_reported"),
        update=("count", "unit"),
    )
    _record(totals, before, by=by)
    tallies.recount(*years)


def _stored(totals: Collection[Total]) -> dict[tuple, tuple[int, int]]:
    """(key, count) of what is stored, by year, organization, subject and level."""
    rows = Tally.objects.filter(is_reported=True, year__in={total.year for total in totals})
    return {
        tuple(row[:4]): (row[4], row[5])
        for row in rows.order_by().values_list(
            "year_id", "organization_id", "subject", "key", "pk", "count"
        )
    }


def _record(totals: Collection[Total], before: dict, *, by: Actor) -> None:
    after = _stored(totals)
    changes = []
    for total in totals:
        place = (total.year, total.organization_id, total.subject, total.level)
        pk, count = after[place]
        earlier = {"count": before[place][1]} if place in before else {}
        changes.append(
            audit.Change(
                Tally(pk=pk), earlier,
                {"year": total.year, "subject": total.subject, "level": total.level,
                 "count": count, "total": total.total},
                total.unit_id, total.code,
            )
        )
    audit.record(changes, by=by, action="tally.report")
