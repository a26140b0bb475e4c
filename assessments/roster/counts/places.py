"""Whose counts are added up: the organizations of a level, and by which field rows of the list are theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Model, Q, QuerySet

from assessments.roster.models.line import RatedLineQuerySet
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.movements import Movement, MovementKind
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.models.counts import CountLevel
from assessments.rules.models.years import RatingYear

FIELDS: Mapping[str, Mapping[type[Model], str]] = {
    CountLevel.UNIT: dict.fromkeys((OrganizationLine, MemberLine, VillageLine, Movement), "unit"),
    CountLevel.GRASSROOTS: dict.fromkeys((OrganizationLine, MemberLine, VillageLine, Movement), "grassroots"),
    CountLevel.CELL: {
        OrganizationLine: "organization", MemberLine: "cell", VillageLine: "cell", Movement: "cell",
    },
}  # fmt: skip
"""By which field of a row it is of an organization of the level."""


@dataclass(frozen=True)
class Places:
    """Organizations of one level in the list of a year; `within`: their keys, or a query of them."""

    year: RatingYear
    within: Any
    level: str = CountLevel.GRASSROOTS

    @classmethod
    def of(cls, year: RatingYear, lines: RatedLineQuerySet, level: str = CountLevel.GRASSROOTS) -> "Places":
        """Those that stand in `lines`."""
        return cls(year, lines.order_by().values("organization"), level)

    def rows(self, model: type[Model]) -> QuerySet:
        """The rows of the year's list that are theirs."""
        field = f"{FIELDS[self.level][model]}__in"
        return model._base_manager.filter(year=self.year, **{field: self.within}).order_by()

    def listed(self, model: type[OrganizationLine] | type[MemberLine]) -> QuerySet:
        """Of them those that count."""
        return self.rows(model).filter(dropped=False)

    @cached_property
    def admitted(self) -> dict[int, tuple[int, ...]]:
        """Organization → admitted in the province this year, women among them."""
        rows = self.rows(Movement).filter(
            kind=MovementKind.ADMISSION, in_province=True, on__year=self.year.pk
        )
        return self.counted(rows, women=Q(member__sex="f"))

    @cached_property
    def villages(self) -> dict[int, int]:
        """Village → organization, of the villages in the list."""
        return dict(self.rows(VillageLine).values_list("village_id", self.each(VillageLine)))

    def each(self, model: type[Model]) -> str:
        """The column in which a row names its organization."""
        return f"{FIELDS[self.level][model]}_id"

    def counted(self, rows: QuerySet, **more: Q) -> dict[int, tuple[int, ...]]:
        """Organization → how many of its `rows`, then how many under each of `more`; one statement."""
        asked = {name: Count("pk", filter=condition) for name, condition in more.items()}
        grouped = rows.values_list(self.each(rows.model)).annotate(Count("pk"), **asked)
        return {place: tuple(counts) for place, *counts in grouped}
