"""Which units held the reviews that the Board set a day for (part III.4), and which did not yet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.entry.records.models import Record, RecordQuerySet
from assessments.rules.models.reviews import ReviewDue
from assessments.rules.models.years import RatingYear, Submission
from resolution03.lib.figures import number


@dataclass(frozen=True)
class Unit:
    """A unit of whom a review was asked; `on`: the day on which it held it, None while it did not."""

    code: str
    name: str
    on: date | None
    is_late: bool


@dataclass(frozen=True)
class Answered:
    """One review that was asked for: of the units of the year of its day, who held it."""

    due: ReviewDue
    units: tuple[Unit, ...]
    today: date

    @property
    def of(self) -> int:
        return len(self.units)

    @property
    def held(self) -> int:
        return sum(unit.on is not None for unit in self.units)

    @property
    def late(self) -> int:
        return sum(unit.is_late for unit in self.units)

    @property
    def missing(self) -> list[Unit]:
        return [unit for unit in self.units if unit.on is None]

    @property
    def is_over(self) -> bool:
        """Whether its day has passed."""
        return self.today > self.due.due_on

    @property
    def standing(self) -> str:
        """The sign: met, unmet after the day, wait before it."""
        if not self.missing:
            return "met"
        return "unmet" if self.is_over else "wait"

    @property
    def standing_words(self) -> str:
        words = {
            "met": _("All units reviewed"),
            "unmet": _("%(held)s of %(of)s units reviewed"),
            "wait": _("%(held)s of %(of)s units reviewed, not yet due"),
        }
        told = {"held": number(self.held), "of": number(self.of)}
        return words[self.standing] % told

    @property
    def late_words(self) -> str:
        return ngettext("%(n)s after the day", "%(n)s after the day", self.late) % {"n": number(self.late)}


def reviews_of(user, year: RatingYear) -> list[Answered]:
    """`reviews_asked` of what the user sees, as it is today."""
    dues = ReviewDue.objects.filter(due_on__year__lte=year.pk)
    years = list(dues.values_list("due_on__year", flat=True))
    units = Submission.objects.visible_to(user).filter(year__in=years)
    return reviews_asked(Record.objects.visible_to(user), year, units, timezone.localdate())


def reviews_asked(
    rows: RecordQuerySet, year: RatingYear, submissions: Iterable[Submission], today: date
) -> list[Answered]:
    """The reviews due in the year, and those of years before that some had not held when it began; by what
    `rows` hold up to the end of the year. `submissions`: of the units and years that one may see."""
    dues = list(ReviewDue.objects.filter(due_on__year__lte=year.pk))
    units = defaultdict(list)
    for one in submissions:
        units[one.year_id].append(one)
    days = _days(rows.filter(year__lte=year, answers__in=dues))
    found = [(_answered(due, units[due.due_on.year], days, today)) for due in dues]
    return [one for one in found if one.due.due_on.year == year.pk or _was_open(one, year.pk)]


def owed_by(rows: RecordQuerySet, year: int, unit: int) -> list[ReviewDue]:
    """The reviews of a year that the unit has not entered yet, out of `rows`."""
    held = rows.filter(organization=unit).values("answers")
    return list(ReviewDue.objects.filter(due_on__year=year).exclude(pk__in=held.exclude(answers=None)))


def _was_open(one: Answered, year: int) -> bool:
    return any(unit.on is None or unit.on.year >= year for unit in one.units)


def _days(rows: RecordQuerySet) -> Mapping[tuple[int, int], date]:
    """(review, organization) → the first day on which it was held."""
    found: dict[tuple[int, int], date] = {}
    for due, organization, on in rows.order_by("on").values_list("answers", "organization", "on"):
        found.setdefault((due, organization), on)
    return found


def _answered(
    due: ReviewDue, units: list[Submission], days: Mapping[tuple[int, int], date], today: date
) -> Answered:
    told = []
    for one in units:
        on = days.get((due.pk, one.unit_id))
        told.append(Unit(one.code, one.name, on, on is not None and on > due.due_on))
    return Answered(due, tuple(told), today)
