"""Ratings before and after, by name; those of a supplement."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.permissions import Permission, may
from assessments.figures.names.cells import document
from assessments.review.supplements.models import Supplement, SupplementLine
from assessments.roster.models.line import RatedLine
from assessments.roster.models.lines import RATED_LINES
from assessments.roster.models.revisions import RatingRevision
from assessments.rules.models.schemes import Level

JOINED = ("self_rated", "decided")


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating as it stood, with the number and date of the decision that it rests on."""

    decided: Level | None
    self_rated: Level | None
    reason: str
    awarded: bool = False
    decision: str = field(default="", compare=False)

    @classmethod
    def of(cls, row: RatedLine | RatingRevision | SupplementLine) -> "Rated":
        by = row.supplement if isinstance(row, SupplementLine) else row
        decision = document(by.decision_number, by.decided_on)
        return cls(row.decided, row.self_rated, row.reason, row.awarded, decision)


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
            *JOINED,
            *(f"{model.link}__{name}" for model in RATED_LINES for name in (*JOINED, *model.joined)),
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
            kept = RatingRevision.objects.filter(**{f"{model.link}__in": ids}).select_related(*JOINED)
            found |= {(model, getattr(one, f"{model.link}_id"), one.version): one for one in kept}
    return found
