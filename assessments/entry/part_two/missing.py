"""Who has not given: organizations and what each lacks; and whose counts contradict."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.entry.counts.rules import words_of
from assessments.entry.part_two.asked import Asked, address
from assessments.entry.part_two.bodies import Body, bodies
from assessments.roster.counts.given import YearCounts, to_type
from assessments.roster.models.counts import ActivityCount
from assessments.rules.count_rule import CountRule, Finding
from assessments.rules.models.counts import CountLevel
from resolution03.lib.figures import number
from resolution03.lib.paging import numbered
from resolution03.lib.xlsx import Column, ListSheet

PAGE, NAMED = 50, 10
LACKING, CONTRARY = "", "contrary"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A check that a count fails, in words; `reason`: why it stands so, where somebody wrote it."""

    rule: CountRule
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """What an organization lacks of `of` counts that it has to type, and what it contradicts."""

    body: Body
    lacks: tuple[CountRule, ...]
    of: int
    contrary: tuple[Contradiction, ...]

    @property
    def is_silent(self) -> bool:
        """Whether it has given nothing."""
        return len(self.lacks) == self.of

    @property
    def names(self) -> str:
        return "; ".join(rule.short_name for rule in self.lacks)

    @property
    def what(self) -> str:
        """Nothing at all, or the names of the first that are missing and how many more there are."""
        if self.is_silent:
            return _("has given nothing yet")
        names = [rule.short_name for rule in self.lacks[:NAMED]]
        more = len(self.lacks) - NAMED
        return "; ".join([*names, _("%(n)s more") % {"n": number(more)}] if more > 0 else names)

    @property
    def unexplained(self) -> int:
        return sum(not one.reason for one in self.contrary)


class Missing:
    """The page of a place."""

    def __init__(self, asked: Asked):
        self.asked, self.show = asked, asked.query.get("show", "")
        self.words = asked.query.get("q", "").strip()[:100]
        if self.show not in (LACKING, CONTRARY):
            raise Http404

    @cached_property
    def counts(self) -> YearCounts:
        return self.asked.counts()

    @cached_property
    def rows(self) -> list[Row]:
        """All that are asked for something, each level for itself."""
        found = []
        for level in (CountLevel.UNIT, CountLevel.GRASSROOTS, CountLevel.CELL):
            rules = [rule for rule in self.counts.asked if rule.level == level]
            for body in bodies(self.asked, self.counts, level) if rules else ():
                found.append(self._row(body, level, rules))
        return found

    def _row(self, body: Body, level: str, rules: list[CountRule]) -> Row:
        known = self.counts.known(level)[body.pk]
        of = sum(not rule.is_of_event for rule in to_type(rules, known))
        contrary = tuple(
            Contradiction(one.rule, words_of(one, self.counts.rules), self._reason(body, one))
            for one in self.counts.findings(body.pk, level)
        )
        return Row(body, tuple(self.counts.lacks(body.pk, level)), of, contrary)

    def _reason(self, body: Body, finding: Finding) -> str:
        return self._reasons.get((body.pk, finding.rule.code), "")

    @cached_property
    def _reasons(self) -> dict[tuple[int, str], str]:
        stored = ActivityCount.objects.filter(year=self.asked.year, period=self.asked.period)
        unit = self.asked.unit_asked
        stored = (stored.filter(unit=unit.unit_id) if unit else stored).exclude(reason="").order_by()
        rows = stored.values_list("organization", "activity__code", "reason")
        return {(organization, code): reason for organization, code, reason in rows}

    @property
    def lacking(self) -> list[Row]:
        return [row for row in self.rows if row.lacks]

    @property
    def contrary(self) -> list[Row]:
        return [row for row in self.rows if row.contrary]

    @cached_property
    def found(self) -> list[Row]:
        rows = self.contrary if self.show == CONTRARY else self.lacking
        return [row for row in rows if row.body.is_called(self.words)]

    def address(self, show: str) -> str:
        unit = self.asked.unit_asked
        period = self.asked.period if self.asked.is_half else ""
        return address(
            "counts_missing", self.asked.year.pk, unit=unit.code if unit else "", period=period, show=show
        )

    @property
    def title(self) -> str:
        """How many, of how many that are asked."""
        of = {"of": number(len(self.rows))}
        if self.show == CONTRARY:
            words = ngettext(
                "Counts of %(n)s organization contradict",
                "Counts of %(n)s organizations contradict",
                len(self.contrary),
            )
            return words % {"n": number(len(self.contrary))}
        words = ngettext(
            "%(n)s of %(of)s organizations has not given all",
            "%(n)s of %(of)s organizations have not given all",
            len(self.lacking),
        )
        return words % (of | {"n": number(len(self.lacking))})

    def workbook(self) -> ListSheet:
        """The rows as they are filtered."""
        words = _("Contradictions, %(period)s") if self.show == CONTRARY else _("Not given, %(period)s")
        return ListSheet(words % {"period": self.asked.period_words}, tuple(self._columns()), self.found)

    def _columns(self) -> Iterable[Column]:
        yield Column(_("Code"), "body.code", 12, "text")
        yield Column(_("Organization"), "body.name", 40)
        yield Column(_("Unit"), "body.unit", 30)
        if self.show == CONTRARY:
            yield Column(_("Contradiction"), lambda row: "\n".join(one.words for one in row.contrary), 60)
            yield Column(_("Reason"), lambda row: "\n".join(one.reason or "–" for one in row.contrary), 30)
            return
        yield Column(_("Counts not given"), lambda row: len(row.lacks), 12, "number")
        yield Column(_("of"), "of", 9, "number")
        yield Column(_("Which"), "names", 80)

    def context(self) -> dict:
        page = numbered(self.found, self.asked.query.get("page"), PAGE)
        return {
            "show": self.show,
            "words": self.words,
            "page": page,
            "title": self.title,
            "units": self.asked.units,
            "unit": self.asked.unit_asked,
            "has_many_units": self.asked.unit_asked is None,
            "tabs": [
                {
                    "label": _("Has not given"),
                    "count": len(self.lacking),
                    "url": self.address(""),
                    "is_chosen": not self.show,
                },
                {
                    "label": _("Contradictions"),
                    "count": len(self.contrary),
                    "url": self.address(CONTRARY),
                    "is_chosen": bool(self.show),
                },
            ],
        }
