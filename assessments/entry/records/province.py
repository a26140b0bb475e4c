"""The page "Tổ chức thực hiện": units × what they organized, with the year before beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Permission, may
from assessments.entry.records.answered import Answered, reviews_of
from assessments.entry.records.holders import Holder, ended_holder, province_of, units_of
from assessments.entry.records.models import Record
from assessments.entry.records.organized import NOTHING, Organized, added, of_ended, of_years
from assessments.figures import pages
from assessments.figures.year_choice import year_picker
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.reviews import ReviewDue
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.years import all_years
from orgs.models import Form, Organization
from orgs.scoping import province
from resolution03.lib.figures import number
from resolution03.lib.xlsx import Column, ListSheet

NUMBERS = ("contests_held", "participants", "prizes", "classes", "persons", "school_persons", "funds")


@dataclass(frozen=True)
class Row:
    """One holder: what it organized in the year and in the one before (None: that one is not known);
    `secretaries`: how many cells, and so secretaries, it has; None where no list tells."""

    holder: Holder
    now: Organized
    before: Organized | None
    secretaries: int | None = None


@dataclass(frozen=True)
class Share:
    """Units with something, of all units."""

    have: int
    of: int

    def __str__(self) -> str:
        return f"{number(self.have)}/{number(self.of)}"


@dataclass(frozen=True)
class Total:
    """The units of a year together; in the sums also what units held that `ended` in it, never the
    province's own."""

    units: list[Organized]
    ended: list[Organized]

    def _share(self, has: Callable[[Organized], object]) -> Share:
        return Share(sum(bool(has(one)) for one in self.units), len(self.units))

    @property
    def programmes(self) -> Share:
        return self._share(lambda one: one.programmes)

    @property
    def plans(self) -> Share:
        return self._share(lambda one: one.plans)

    @property
    def reviews(self) -> Share:
        return self._share(lambda one: one.reviews)

    @property
    def trainings(self) -> Share:
        return self._share(lambda one: one.trainings)

    @property
    def numbers(self) -> Mapping[str, int | None]:
        return {name: added(getattr(one, name) for one in (*self.units, *self.ended)) for name in NUMBERS}


@dataclass(frozen=True)
class Lacking:
    """What some units do not have, and which."""

    words: str
    rows: list[Row]


class WhatIsOrganized:
    """The page of a year; the statements do not grow with units or records."""

    def __init__(self, user, year: RatingYear, submissions: list[Submission]):
        self.user, self.year, self._submissions = user, year, submissions
        self._years = all_years()

    @cached_property
    def before(self) -> RatingYear | None:
        """The year before, where it was ever opened or reported."""
        return next((one for one in self._years if one.pk == self.year.pk - 1), None)

    @property
    def last_year(self) -> int:
        return self.year.pk - 1

    @cached_property
    def _held(self) -> Mapping[tuple[int, int], Organized]:
        years = [one.pk for one in (self.before, self.year) if one]
        return of_years(Record.objects.visible_to(self.user), years)

    @cached_property
    def rows(self) -> list[Row]:
        return [self._row(holder) for holder in units_of(self._submissions)]

    @cached_property
    def province(self) -> Row | None:
        """What the province itself organized."""
        root = province()
        return self._row(province_of(self.year, root)) if root else None

    @cached_property
    def ended(self) -> list[Row]:
        """Units that ended in the year, with what they had held until then."""
        return [self._row(ended_holder(one)) for one, _held in self._ended(self.year.pk, self._submissions)]

    @cached_property
    def total(self) -> Total:
        return Total([row.now for row in self.rows], [row.now for row in self.ended])

    @cached_property
    def total_before(self) -> Total | None:
        """Of the units of the year before, whatever became of them; None where that year is not known."""
        if self.before is None:
            return None
        units = list(Submission.objects.visible_to(self.user).filter(year=self.before))
        ended = [held for _one, held in self._ended(self.before.pk, units)]
        return Total([self._held.get((self.before.pk, one.unit_id), NOTHING) for one in units], ended)

    def _ended(self, year: int, units: list[Submission]) -> list[tuple[Organization, Organized]]:
        root = province()
        known = {one.unit_id for one in units} | {root.pk if root else None}
        return of_ended({one: held for (of, one), held in self._held.items() if of == year}, known, year)

    @property
    def secretaries(self) -> int | None:
        return added(row.secretaries for row in self.rows)

    @cached_property
    def reviews(self) -> list[Answered]:
        """Of the Board's reviews who held them."""
        return reviews_of(self.user, self.year)

    @property
    def next_review(self) -> ReviewDue | None:
        """The first that lies ahead."""
        after = max(date(self.year.pk, 12, 31), timezone.localdate())
        return ReviewDue.objects.filter(due_on__gt=after).first()

    @property
    def lacking(self) -> list[Lacking]:
        found = (
            Lacking(_("no programme"), [row for row in self.rows if not row.now.programmes]),
            Lacking(_("no plan of the year"), [row for row in self.rows if not row.now.plans]),
            Lacking(_("no training class"), [row for row in self.rows if not row.now.trainings]),
            Lacking(_("prizes of a contest"), self._without("prizes")),
            Lacking(_("part of the Political School"), self._without("school_persons")),
            Lacking(_("funds of a class"), self._without("funds")),
            Lacking(_("nothing at all"), [row for row in self.rows if row.now.is_empty]),
        )
        return [one for one in found if one.rows]

    def _without(self, name: str) -> list[Row]:
        """Who did not give a number, so that its sum is incomplete."""
        return [row for row in self.rows if row.now.lacks(name)]

    @property
    def title(self) -> str:
        told = {
            "programmes": self.total.programmes,
            "plans": self.total.plans,
            "persons": number(self.total.numbers["persons"] or 0),
        }
        words = _(
            "What is organized: %(programmes)s units have a programme, %(plans)s a plan of the year; "
            "%(persons)s persons trained"
        )
        return words % told

    def context(self) -> dict:
        return {
            "year": self.year,
            "years": year_picker(self.year, lambda number: pages.address_of("records", number), self._years),
            "marks": pages.marks(self.year),
            "page": self,
            "may_export": may(self.user, Permission.EXPORT),
            "may_edit_rules": may(self.user, Permission.MANAGE_RULES),
        }

    def workbook(self) -> ListSheet:
        """A row a unit, as on the page, then those that ended, then the province's own."""
        rows = [*self.rows, *self.ended, *([self.province] if self.province else [])]
        title = _("What is organized, year %(year)s") % {"year": self.year.pk}
        return ListSheet(title, _columns(self.year.pk), rows)

    def _row(self, holder: Holder) -> Row:
        key = holder.organization_id
        now = self._held.get((self.year.pk, key), NOTHING)
        before = self._held.get((self.year.pk - 1, key), NOTHING) if self.before else None
        return Row(holder, now, before, self._secretaries.get(key))

    @cached_property
    def _secretaries(self) -> Mapping[int, int]:
        """Unit → cells of the year's list."""
        lines = OrganizationLine.objects.visible_to(self.user).in_roster()
        cells = lines.filter(year=self.year, form=Form.CELL).order_by()
        return dict(cells.values_list("unit").annotate(Count("pk")))


def _columns(year: int) -> tuple[Column, ...]:
    def document(kind: str, name: str) -> Callable[[Row], object]:
        return lambda row: getattr(getattr(row.now, kind), name, None)

    def earlier(name: str) -> Callable[[Row], object]:
        return lambda row: getattr(row.before, name) if row.before else None

    told = {"year": year - 1}
    return (
        Column(_("Unit"), "holder.name", 34),
        Column(_("Programme: number"), document("programme", "number"), 18),
        Column(_("Programme: day"), document("programme", "on"), 12),
        Column(_("Plan of the year: number"), document("plan", "number"), 18),
        Column(_("Plan of the year: day"), document("plan", "on"), 12),
        Column(_("Plans %(year)s") % told, lambda row: row.before and len(row.before.plans), 9),
        Column(_("Review: kind"), lambda row: row.now.review and row.now.review.get_kind_display(), 14),
        Column(_("Review: day"), document("review", "on"), 12),
        Column(_("Reviews %(year)s") % told, lambda row: row.before and len(row.before.reviews), 9),
        Column(_("Contests"), "now.contests_held", 9),
        Column(_("Secretaries who took part"), "now.participants", 12),
        Column(_("Secretaries"), "secretaries", 10),
        Column(_("Prizes"), "now.prizes", 9),
        Column(_("Contests %(year)s") % told, earlier("contests_held"), 9),
        Column(_("Classes"), "now.classes", 9),
        Column(_("Persons trained"), "now.persons", 12),
        Column(_("Of them by the Political School"), "now.school_persons", 14),
        Column(_("Funds (million dong)"), "now.funds", 12),
        Column(_("Persons trained %(year)s") % told, earlier("persons"), 12),
    )
