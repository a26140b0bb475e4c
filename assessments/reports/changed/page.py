"""The page of what changed since an issued report: which report, its figures, one part by name."""

from collections.abc import Iterator
from functools import cached_property

from django.http import Http404, QueryDict

from accounts.permissions import Permission, require
from assessments.figures import pages
from assessments.figures.year_choice import year_or_404
from assessments.reports.changed.compared import MEMBERS, PARTS, Moved, Named, Since, named
from assessments.reports.issued.differences import FigureDifference, since_then
from assessments.reports.issued.jobs import matter_today
from assessments.reports.issued.models import IssuedReport
from assessments.reports.issued.names import title_of
from resolution03.lib.paging import NumberedPage, numbered

PAGE, OFFERED = 50, 60


class Page:
    """What is asked: a year, of a unit or the province, the issued report to compare with (the last one
    where none is named), and a part. 404 for a report outside the user's ledger."""

    def __init__(self, user, asked: QueryDict, year: int, unit: str = ""):
        self.user, self.asked = user, asked
        self.year = year_or_404(year)
        self.submissions = pages.visible_submissions(user, self.year)
        self.unit = pages.unit_or_404(self.submissions, unit) if unit else None
        self.part = asked.get("part", PARTS[0])
        if self.part not in PARTS:
            raise Http404

    @cached_property
    def offered(self) -> list[IssuedReport]:
        """The reports of the year, or of the unit in it, that the user finds in the ledger; the last
        first."""
        rows = IssuedReport.objects.visible_to(self.user).filter(year=self.year)
        if self.unit:
            rows = rows.filter(unit=self.unit.unit_id)
        rows = rows.select_related("unit").defer("figures", "standing").order_by("-pk")
        return list(rows[:OFFERED])

    @cached_property
    def issued(self) -> IssuedReport | None:
        """The report asked for, else the last one; None where there is none."""
        key = self.asked.get("report", "")
        if key and not (key.isascii() and key.isdecimal() and len(key) < 10):
            raise Http404
        found = int(key) if key else next((one.pk for one in self.offered), None)
        if found is None:
            return None
        rows = IssuedReport.objects.visible_to(self.user).select_related("year", "unit")
        chosen = rows.filter(year=self.year, pk=found).first()
        if chosen is None or (self.unit and chosen.unit_id != self.unit.unit_id):
            raise Http404
        return chosen

    @cached_property
    def since(self) -> Since | None:
        """None where no report is there, or the year no longer has what it spoke of."""
        matter = matter_today(self.user, self.issued) if self.issued else None
        return Since(self.user, self.issued, matter) if self.issued and matter else None

    @property
    def choices(self) -> Iterator[dict]:
        for one in self.offered:
            yield {
                "report": one,
                "title": title_of(one.slug),
                "is_chosen": self.issued is not None and one.pk == self.issued.pk,
            }

    @cached_property
    def figures(self) -> list[FigureDifference]:
        """Every indicator as issued and now."""
        if self.since is None or self.issued is None or not self.issued.figures.get("figures"):
            return []
        return since_then(self.year.pk, self.issued.figures, self.since.matter)

    @property
    def changed(self) -> int:
        return sum(one.is_other_figure for one in self.figures)

    @cached_property
    def moved(self) -> dict[str, list[Moved]]:
        """Part → what moved in it."""
        return {part: self.since.part(part) for part in PARTS} if self.since else {}

    @property
    def amount(self) -> int:
        """How many rows the part has."""
        return len(self.moved.get(self.part, []))

    @property
    def may_name(self) -> bool:
        return self.part != MEMBERS or bool(self.since and self.since.names_members)

    def rows(self) -> list[Named]:
        """All rows of the part; 403 where they would name persons to who may not see them."""
        if self.part == MEMBERS:
            require(self.user, Permission.VIEW_PERSONS)
        return named(self.since, self.part, self.moved[self.part]) if self.since else []

    def shown(self) -> tuple[NumberedPage, list[Named]]:
        page = numbered(self.moved.get(self.part, []), self.asked.get("page"), PAGE)
        if not self.may_name or self.since is None:
            return page, []
        return page, named(self.since, self.part, list(page.rows))

    def counts(self, part: str) -> dict[str, int]:
        """How many came, went, and are otherwise."""
        ways = [one.way for one in self.moved.get(part, [])]
        return {way: ways.count(way) for way in ("changed", "came", "went")}
