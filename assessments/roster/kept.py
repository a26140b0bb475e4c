"""What a revision of a closed year keeps: its rules, and its tallies as they stood."""

from collections.abc import Sequence

from accounts.actors import Actor
from assessments.roster.models.tallies import Tally
from assessments.rules.models.years import RatingYear, RevisionKind, YearRevision

FIELDS = ("unit_id", "organization_id", "subject", "key", "count", "is_reported")
"""Of each tally, in the order in which it is kept."""


def keep_revision(
    year: RatingYear, *, by: Actor, kind: RevisionKind, reason: str, missing: Sequence[dict] = ()
) -> None:
    """Keep the figures of a closed year as they stand now, under its new revision."""
    rows = Tally.objects.filter(year=year).order_by("pk")
    YearRevision.objects.create(
        year=year,
        number=year.revision,
        kind=kind,
        by_name=by.name,
        reason=reason,
        missing=list(missing),
        rules=year.frozen,
        tallies=[list(row) for row in rows.values_list(*FIELDS)],
    )
