"""What each unit organized in a year: part III of the resolution and the contests of II.2. The tab's page,
its workbook and the report's form 10 read the same."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assessments.entry.records.kinds import KINDS
from assessments.entry.records.models import Record, RecordKind, RecordQuerySet
from assessments.rules.models.years import RatingYear
from orgs.models import Organization

REVIEWS = (RecordKind.INTERIM, RecordKind.FINAL)


@dataclass(frozen=True)
class Organized:
    """The records of one holder in a year, in the order of their days. `programmes`: those that hold, of
    years before too; None of a number: nobody gave it, which is not zero."""

    programmes: tuple[Record, ...] = ()
    plans: tuple[Record, ...] = ()
    reviews: tuple[Record, ...] = ()
    contests: tuple[Record, ...] = ()
    trainings: tuple[Record, ...] = ()

    @property
    def programme(self) -> Record | None:
        """The latest that holds."""
        return self.programmes[-1] if self.programmes else None

    @property
    def plan(self) -> Record | None:
        return self.plans[-1] if self.plans else None

    @property
    def review(self) -> Record | None:
        return self.reviews[-1] if self.reviews else None

    def lacks(self, name: str) -> bool:
        """Whether a contest or class was entered without that number, so that its sum is incomplete."""
        rows = (*self.contests, *self.trainings)
        return any(name in KINDS[row.kind].numbers and getattr(row, name) is None for row in rows)

    @property
    def rows(self) -> tuple[Record, ...]:
        return (*self.programmes, *self.plans, *self.reviews, *self.contests, *self.trainings)

    @property
    def is_empty(self) -> bool:
        return not self.rows

    def of_year(self, year: int) -> list[Record]:
        """Without the programmes of years before."""
        return [row for row in self.rows if row.year_id == year]

    @property
    def contests_held(self) -> int | None:
        return len(self.contests) or None

    @property
    def participants(self) -> int | None:
        return added(row.participants for row in self.contests)

    @property
    def prizes(self) -> int | None:
        return added(row.prizes for row in self.contests)

    @property
    def classes(self) -> int | None:
        return added(row.classes for row in self.trainings)

    @property
    def persons(self) -> int | None:
        return added(row.persons for row in self.trainings)

    @property
    def school_persons(self) -> int | None:
        return added(row.school_persons for row in self.trainings)

    @property
    def funds(self) -> int | None:
        """In million dong."""
        return added(row.funds for row in self.trainings)


def added(counts: Iterable[int | None]) -> int | None:
    """The sum of what was given; None where nothing was."""
    given = [count for count in counts if count is not None]
    return sum(given) if given else None


NOTHING = Organized()


def of_years(rows: RecordQuerySet, years: Iterable[int]) -> Mapping[tuple[int, int], Organized]:
    """(year, organization) → what it organized, out of `rows`, in one statement."""
    wanted = sorted(set(years))
    lasting = [code for code, kind in KINDS.items() if kind.lasts]
    held = rows.filter(year__in=wanted) | rows.filter(kind__in=lasting, year__lt=wanted[-1])
    found: dict[tuple[int, int], dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for row in held.select_related("organization").order_by("on", "pk"):
        for year in wanted:
            if row.year_id == year or (KINDS[row.kind].lasts and row.year_id < year):
                found[year, row.organization_id][row.kind].append(row)
    return {key: _organized(by_kind) for key, by_kind in found.items()}


def of_year(rows: RecordQuerySet, year: RatingYear) -> Mapping[int, Organized]:
    """Organization → what it organized in the year."""
    return {organization: held for (_year, organization), held in of_years(rows, [year.pk]).items()}


def of_ended(
    held: Mapping[int, Organized], known: Collection[int | None], year: int
) -> list[tuple[Organization, Organized]]:
    """What was held in the year by those who are not `known` as units of it: they ended in it."""
    found = [(one.of_year(year), one) for organization, one in held.items() if organization not in known]
    return [(rows[0].organization, one) for rows, one in found if rows]


def _organized(by_kind: Mapping[str, list[Record]]) -> Organized:
    return Organized(
        programmes=tuple(by_kind[RecordKind.PROGRAMME]),
        plans=tuple(by_kind[RecordKind.PLAN]),
        reviews=tuple(sorted((row for kind in REVIEWS for row in by_kind[kind]), key=_by_day)),
        contests=tuple(by_kind[RecordKind.CONTEST]),
        trainings=tuple(by_kind[RecordKind.TRAINING]),
    )


def _by_day(row: Record) -> tuple[date, int]:
    return row.on, row.pk
