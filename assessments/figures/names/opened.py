"""A figure opened, with what is asked of it."""

from functools import cached_property
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission, may, require
from assessments.figures import pages
from assessments.figures.board import Board, board
from assessments.figures.count_indicators import indicator_of
from assessments.figures.figure import Figure
from assessments.figures.indicator import Indicator
from assessments.figures.indicators import BUILT_IN
from assessments.figures.names import lines as names
from assessments.figures.names import workbook
from assessments.figures.names.count_page import CountPage
from assessments.figures.names.table import Table
from assessments.figures.overview import history
from assessments.figures.overview.chosen_set import with_set
from assessments.figures.overview.sheet import Row, bullet
from assessments.figures.past import Break, Past
from assessments.figures.year_choice import year_or_404, year_picker
from assessments.roster.counts.given import Given
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.years import RatingYear
from assessments.rules.years import all_years
from orgs.jobs.declared import File
from orgs.jobs.phases import Count
from orgs.models import Form
from resolution03.lib.paging import NumberedPage, numbered

PAGE = 50


class Opened:
    """A figure with what was asked of it; 404 outside the scope, 403 where it would name persons."""

    def __init__(self, user, asked: QueryDict, year: int, code: str, unit: str):
        self.user, self.asked = user, asked
        self.years = all_years()
        self.year = year_or_404(year, self.years)
        self.submissions = pages.visible_submissions(self.user, self.year)
        self.unit = pages.unit_or_404(self.submissions, unit) if unit else None
        self.code = code
        self.indicator = self._indicator(code)
        self.subject = self.indicator.subject
        self.names = may(self.user, Permission.VIEW_PERSONS)
        if self.indicator.is_of_persons:
            require(self.user, Permission.VIEW_PERSONS)
        self.part = asked.get("part", "met")
        if self.part not in names.PARTS:
            raise Http404

    def _indicator(self, code: str) -> Indicator:
        """As the year has it; 404 for one that nobody declared."""
        found = indicator_of(code)
        if found is None:
            raise Http404
        return found if code in BUILT_IN else self.board.indicator(code, self.year.pk)

    @property
    def moved_to(self) -> str:
        """One who may not open every unit's names is taken to the own unit's."""
        unit = pages.own_unit(self.user, self.unit, self.submissions)
        if unit is None:
            return ""
        own = [self.year.pk, self.code, unit.code]
        asked = urlencode({"part": self.part} | ({"blank": 1} if self.asked.get("blank") else {}))
        url = f"{reverse('assessments:unit_drilldown', args=own)}?{asked}"
        return with_set(url, self.asked.get("set", ""))

    @cached_property
    def before_year(self) -> RatingYear | None:
        """The year before, for organizations and members rated by levels."""
        if self.code not in BUILT_IN or not self.indicator.counted.is_rated:
            return None
        return next((y for y in self.years if y.pk == self.year.pk - 1), None)

    @cached_property
    def board(self) -> Board:
        if self.code in BUILT_IN:
            return board([year for year in (self.before_year, self.year) if year])
        span = history.span_of(self.years, self.year.pk)
        return board(sorted({*span, self.year}, key=lambda year: year.pk), detailed=[self.year.pk])

    @cached_property
    def of(self) -> str:
        """The set of targets asked for; of a count, without that, the first that has a target on it."""
        asked = self.asked.get("set", "")
        if asked or self.code in BUILT_IN:
            return asked
        return self.board.first_set(self.year.pk, self.code)

    @cached_property
    def figure(self) -> Figure:
        return self._judged(self.unit.unit_id if self.unit else None)

    def _judged(self, unit_id: int | None) -> Figure:
        """By the set of targets asked for; 404 for one that the year does not know."""
        try:
            return self.board.figure(self.code, self.year.pk, unit_id, of=self.of)
        except LookupError as error:
            raise Http404 from error

    @cached_property
    def figure_before(self) -> Figure | None:
        return self.board.figure(self.code, self.before_year.pk) if self.before_year else None

    @cached_property
    def chosen(self) -> names.Chosen:
        asked = self.asked
        unit = self.unit.unit_id if self.unit else None
        if not unit and asked.get("unit"):
            unit = pages.unit_or_404(self.submissions, str(asked["unit"])).unit_id
        form = asked.get("form", "")
        return names.Chosen(
            asked.get("q", "").strip()[:100],
            unit,
            form if form in Form.values else "",
            asked.get("before", ""),
            self.part == "unrated" and bool(asked.get("blank")),
            self.figure.shows_title and bool(asked.get("awarded")),
        )

    @cached_property
    def found(self) -> QuerySet:
        """The lines asked for, in order."""
        lines = self._part(self.part, self.chosen)
        if self.chosen.before in ("met", "missed") and self._compares:
            lines = names.narrowed_by_before(lines, self._part_before(self.chosen.before))
        return names.in_order(lines, self.subject, within_unit=self.chosen.unit is not None)

    @cached_property
    def parted(self) -> list[Break]:
        """What stands against comparing with the year before."""
        if self.before_year is None:
            return []
        return self.past.between(self.indicator, self.before_year.pk, self.year.pk)

    @cached_property
    def past(self) -> Past:
        return Past(self.years, self.unit.unit_id if self.unit else None)

    @property
    def _compares(self) -> bool:
        return self.figure_before is not None and self.subject in OrganizationLine.subjects

    def _part(self, part: str, chosen: names.Chosen) -> QuerySet:
        return names.lines(self.user, self.figure, self.year, self.figure.rules, part, chosen)

    def _part_before(self, part: str) -> QuerySet:
        figure, year = self.figure_before, self.before_year
        if figure is None or year is None:
            raise LookupError(self.year.pk - 1)
        return names.lines(self.user, figure, year, figure.rules, part)

    def _table(self, *, with_names: bool) -> Table:
        return Table(
            self.figure,
            self.part,
            {s.unit_id: s for s in self.submissions},
            names=with_names,
            all_units=self.unit is None,
            before=self.figure_before,
            is_compared=not self.parted,
            given=self.given,
        )

    def given(self, organization: int) -> Given:
        """What an organization gave of a count."""
        read = self.board.of_counts.read(self.code, self.year.pk)
        return read.of(read.rule(self.code), organization) if read else Given()

    def workbook(self, written: Count) -> File:
        """The same rows as a workbook; persons stand there by their codes."""
        place = self.unit.name if self.unit else ""
        parts = (str(self.indicator.words.short), place, str(self.year.pk))
        return workbook.made(
            self._table(with_names=False),
            self.found,
            self.user,
            self.before_year,
            title=" · ".join(part for part in parts if part),
            name=f"{self.code}-{self.year.pk}-{self.part}",
            written=written,
        )

    def context(self) -> dict:
        page = numbered(self.found, self.asked.get("page"), PAGE, count=self._count)
        return (
            self._head()
            | self._list(page)
            | {
                "tabs": names.tabs(self.figure),
                "part": self.part,
                "reasons": names.reasons(self.figure, self._part("unrated", self._place)),
                "lost": self._lost(),
                "parted": self.parted,
                "has_blank": self.indicator.counted.is_rated,
                "has_title": self.figure.shows_title and self.part != "unrated",
                "province_figure": self._judged(None) if self.unit else None,
                "may_export": may(self.user, Permission.EXPORT),
            }
            | self._of_count()
        )

    def _of_count(self) -> dict:
        if self.code in BUILT_IN:
            return {}
        page = CountPage(self.board, self.indicator, self.year, self.years, self.unit, self.past, self.of)
        return page.context(self.user, self.submissions)

    @property
    def count(self) -> int:
        """How many rows there are."""
        known = self._count
        return self.found.count() if known is None else known

    @property
    def _count(self) -> int | None:
        """The number of rows is the figure's own, unless the list was narrowed."""
        if self.chosen != self._place or self.figure.is_reported:
            return None
        return dict(zip(names.PARTS, names.parts(self.figure), strict=True))[self.part] or 0

    @property
    def _place(self) -> names.Chosen:
        return names.Chosen(unit=self.unit.unit_id if self.unit else None)

    def _lost(self) -> int | None:
        """How many organizations counted the year before and do not now."""
        if self.part != "missed" or not self._compares or self.parted:
            return None
        missed = self._part("missed", self._place)
        return names.narrowed_by_before(missed, self._part_before("met")).count()

    def _list(self, page: NumberedPage) -> dict:
        table = self._table(with_names=self.names)
        shown = names.loaded(self.found, table.listed, max(page.start_index() - 1, 0), page.end_index())
        past = names.lines_before(self.user, self.before_year, self.subject, shown)
        return {
            "table": table,
            "page": page,
            "table_rows": table.rows(shown, past),
            "chosen": self.chosen,
            "asked": self.asked,
            "forms": Form.choices if self.subject in OrganizationLine.subjects else [],
            "units": [] if self.unit else self.submissions,
            "before_year": self.before_year if self.subject in OrganizationLine.subjects else None,
        }

    def _head(self) -> dict:
        figure = self.figure
        return {
            "year": self.year,
            "unit": self.unit,
            "marks": pages.marks(self.year),
            "now": timezone.now(),
            "figure": figure,
            "words": self.indicator.words,
            "row": Row(1, figure, pages.addresses(self.user, self.submissions), self.past),
            "bullet": bullet(figure, 250),
            "reading": self.indicator.counted.level_reading(figure.rules),
            "arithmetic": names.arithmetic(figure),
            "years": year_picker(
                self.year, self._same_page, self.years, self.past, self.unit.unit_id if self.unit else None
            ),
        }

    def _same_page(self, year: int) -> str:
        args = [year, self.code, *([self.unit.code] if self.unit else [])]
        url = reverse(f"assessments:{'unit_drilldown' if self.unit else 'drilldown'}", args=args)
        return with_set(url, self.asked.get("set", ""))
