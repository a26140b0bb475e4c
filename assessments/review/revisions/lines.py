"""Ratings before and after, by name, between two revisions of a year."""

from assessments.review.supplements.line_changes import JOINED, LineChange, Rated
from assessments.roster.models.line import RatedLineQuerySet
from assessments.roster.models.revisions import RatingRevision
from assessments.rules.models.years import YearRevision


def between(
    before: YearRevision, after: YearRevision, lines: RatedLineQuerySet, sees_persons: bool
) -> list[LineChange]:
    """Lines (of organizations or members, in the reader's scope) whose rating differs between
    two revisions, the earlier one first, in the order of the roster."""
    link = lines.model.link
    own = lines.filter(year=before.year_id).order_by().values("pk")
    kept = RatingRevision.objects.filter(replaced_at__gt=before.at, **{f"{link}__in": own})
    first: dict[int, RatingRevision] = {}
    later: dict[int, RatingRevision] = {}
    for one in kept.select_related(*JOINED).order_by("version", "pk"):
        held = first if one.replaced_at <= after.at else later
        held.setdefault(getattr(one, f"{link}_id"), one)
    found = lines.filter(pk__in=first).with_rating()
    changes = (
        LineChange(line, Rated.of(first[line.pk]), Rated.of(later.get(line.pk, line)), sees_persons)
        for line in found
    )
    return [one for one in changes if one.is_changed]
