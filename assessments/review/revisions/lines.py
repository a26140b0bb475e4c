"""Ratings before and after, by name: of one supplement, or between two revisions of a year."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.permissions import Permission, may
from assessments.review.supplements.models import Supplement, SupplementLine
from assessments.roster.models.line import RatedLine, RatedLineQuerySet
from assessments.roster.models.lines import RATED_LINES
from assessments.roster.models.revisions import RatingRevision
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import YearRevision

_JOINED = ("self_rated", "decided")


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating as it stood."""

    decided: Level | None
    self_rated: Level | None
    reason: str

    @classmethod
    def of(cls, row: RatedLine | RatingRevision | SupplementLine) -> "Rated":
        return cls(row.decided, row.self_rated, row.reason)


@dataclass(frozen=True, slots=True)
class LineChange:
    """One line before and after; `name` is empty for a person whom the reader may not see."""

    line: RatedLine
    before: Rated
    after: Rated
    sees_persons: bool

    @property
    def is_member(self) -> bool:
        return self.line.is_member

    @property
    def name(self) -> str:
        return self.line.name if self.sees_persons or not self.is_member else ""

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def of_supplement(supplement: Supplement, user) -> list[LineChange]:
    """What a supplement makes, or made, of its lines; three queries for any number of them."""
    rows = list(
        supplement.lines.select_related(
            *_JOINED,
            *(f"{model.link}__{name}" for model in RATED_LINES for name in (*_JOINED, *model.joined)),
        )
    )
    earlier = _at_versions(rows)
    sees = may(user, Permission.VIEW_PERSONS)
    found = []
    for row in rows:
        line = row.line
        before: RatedLine | RatingRevision = line
        if line.version != row.version:
            before = earlier.get((type(line), line.pk, row.version), line)
        found.append(LineChange(line, Rated.of(before), Rated.of(row), sees))
    return found


def _at_versions(rows: Iterable[SupplementLine]) -> dict[tuple, RatingRevision]:
    """Kept ratings of the lines by model, line and version."""
    found: dict[tuple, RatingRevision] = {}
    for model in RATED_LINES:
        ids = [pk for row in rows if (pk := getattr(row, f"{model.link}_id"))]
        if ids:
            kept = RatingRevision.objects.filter(**{f"{model.link}__in": ids}).select_related(*_JOINED)
            found |= {(model, getattr(one, f"{model.link}_id"), one.version): one for one in kept}
    return found


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
    for one in kept.select_related(*_JOINED).order_by("version", "pk"):
        held = first if one.replaced_at <= after.at else later
        held.setdefault(getattr(one, f"{link}_id"), one)
    found = lines.filter(pk__in=first).with_rating()
    changes = (
        LineChange(line, Rated.of(first[line.pk]), Rated.of(later.get(line.pk, line)), sees_persons)
        for line in found
    )
    return [one for one in changes if one.is_changed]
