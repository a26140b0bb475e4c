"""Villages that pass to another organization."""

from datetime import date

from orgs.actions import villages
from orgs.actions.required import villages_of
from orgs.models import Organization, Village


def holder_id(village: Village, organization: Organization) -> int | None:
    return village.cell_id if organization.is_cell else village.committee_id


def hand_over_villages(by, source, target, on, decision) -> None:
    for village in villages_of(source, on):
        hand_over(by, village, source, target, on, decision)


def hand_over(by, village: Village, source, target, on: date, decision: str) -> None:
    """A cell hands over that it covers the village, a committee that the village belongs to it."""
    villages.cover(
        by=by,
        village=village,
        committee=village.committee if source.is_cell else target,
        cell=target if source.is_cell else village.cell,
        on=on,
        decision=decision,
    )
