"""One count opened: the organizations behind it, what each gave, and who did not."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from accounts.permissions import Permission, may
from assessments.entry.counts.rules import words_of
from assessments.entry.part_two.asked import Asked, address
from assessments.entry.part_two.bodies import Body, bodies
from assessments.entry.part_two.cells import Cell, added
from assessments.entry.part_two.columns import Head, held_with, whole_of
from assessments.roster.counts.before import Before, before
from assessments.roster.counts.given import YearCounts
from assessments.roster.models.counts import ActivityCount
from assessments.rules.count_rule import CountRule, findings
from assessments.rules.models.counts import Register
from resolution03.lib.figures import number
from resolution03.lib.paging import numbered
from resolution03.lib.xlsx import Column, ListSheet

PAGE = 50
GIVEN, MISSING, CONTRARY = "given", "missing", "contrary"
STATES = {
    "": _t("All that are asked"),
    GIVEN: _t("Has given"),
    MISSING: _t("Has not given"),
    CONTRARY: _t("With a contradiction"),
}

_VILLAGES = ("registers:village_list", Permission.VIEW_ORGANIZATIONS, {"state": "all"})
_MEMBERS = ("registers:member_list", Permission.VIEW_PERSONS)
LISTS: dict[str, tuple[str, Permission, dict[str, str]]] = {
    Register.HEADS_WHO_ARE_SECRETARIES: _VILLAGES,
    Register.CELLS_FOUNDED: _VILLAGES,
    Register.HEADS_ADMITTED: _VILLAGES,
    Register.EXPELLED: (*_MEMBERS, {"state": "left"}),
    Register.ADMITTED_WOMEN: (*_MEMBERS, {"state": "probationary"}),
    Register.ADMITTED_NOBODY: (*_MEMBERS, {"state": "probationary"}),
}
"""Where the lines of a register are read: page, who may, what is asked of it."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one organization gave of a count; `contrary`: what it fails, in words."""

    body: Body
    cell: Cell
    before: Before | None
    contrary: tuple[str, ...]
    reason: str

    def is_in(self, state: str) -> bool:
        is_given = bool(self.cell.given.given)
        told = {
            GIVEN: is_given,
            MISSING: bool(self.cell.asked) and not is_given,
            CONTRARY: bool(self.contrary),
        }
        return told.get(state, bool(self.cell.asked) or is_given)

    @property
    def before_words(self) -> str:
        return self.before.words if self.before else ""

    @property
    def before_parts(self) -> str:
        """Who gave what, where several bodies did."""
        parts = self.before.parts if self.before else ()
        return "; ".join(f"{name}: {number(count)}" for name, count in parts) if len(parts) > 1 else ""


class Behind:
    """The page of a count in a place; 404 for what the period does not count."""

    def __init__(self, asked: Asked, code: str):
        self.asked, self.rule = asked, asked.rule(code)
        self.state = asked.query.get("state", "")
        self.words = asked.query.get("q", "").strip()[:100]
        if self.state not in STATES:
            raise Http404

    @cached_property
    def counts(self) -> YearCounts:
        return self.asked.counts()

    @cached_property
    def rows(self) -> list[Row]:
        """All of the place that are asked for it or gave it."""
        rule, found = self.rule, bodies(self.asked, self.counts, self.rule.level)
        pks = [body.pk for body in found]
        last = before(self.asked.year, pks, [rule.code], self.asked.period)
        reasons = self._reasons(pks)
        rows = [
            Row(
                body,
                Cell.of(rule, self.counts.of(rule, body.pk)),
                last.get(body.pk, {}).get(rule.code),
                tuple(self._contrary(body.pk)),
                reasons.get(body.pk, ""),
            )
            for body in found
        ]
        return [row for row in rows if row.is_in("")]

    def _contrary(self, body: int) -> Iterator[str]:
        known = self.counts.known(self.rule.level)[body]
        for finding in findings(self._held, known):
            if finding.concerns({self.rule.code}):
                yield words_of(finding, self.asked.every)

    @cached_property
    def _held(self) -> tuple[CountRule, ...]:
        """The counts whose checks name this one, and itself."""
        return held_with(self.rule, self.asked.every)

    def _reasons(self, pks: list[int]) -> dict[int, str]:
        stored = ActivityCount.objects.filter(
            year=self.asked.year, period=self.asked.period, activity__code=self.rule.code
        )
        unit = self.asked.unit_asked
        stored = stored.filter(unit=unit.unit_id) if unit else stored
        return dict(stored.exclude(reason="").order_by().values_list("organization", "reason"))

    @cached_property
    def found(self) -> list[Row]:
        return [row for row in self.rows if row.is_in(self.state) and row.body.is_called(self.words)]

    @property
    def total(self) -> Cell:
        return added(self.rule, (row.cell for row in self.rows))

    @property
    def head(self) -> Head:
        return Head(self.rule, whole_of(self.rule, {one.code: one.short_name for one in self.asked.every}))

    def choices(self) -> list[dict]:
        """The states with how many stand in each."""
        tally = Counter(state for state in STATES for row in self.rows if row.is_in(state))
        return [
            {
                "label": label,
                "count": tally[state],
                "is_chosen": state == self.state,
                "url": self.address(state=state),
            }
            for state, label in STATES.items()
        ]

    def address(self, **query: str) -> str:
        unit = self.asked.unit_asked
        period = self.asked.period if self.asked.is_half else ""
        asked = {"unit": unit.code if unit else "", "period": period, "q": self.words} | query
        return address("counts_behind", self.asked.year.pk, self.rule.code, **asked)

    @property
    def lines_url(self) -> str:
        """The list of the register that tells it, where the user may read that; empty else."""
        found = LISTS.get(self.rule.register)
        if found is None or not self.rule.is_computed or not may(self.asked.user, found[1]):
            return ""
        name, _permission, query = found
        unit = self.asked.unit_asked
        of_unit = {"unit": str(unit.unit_id)} if unit and self.asked.sees_all else {}
        of_year = {"year": str(self.asked.year.pk)} if name.endswith("village_list") else {}
        return f"{reverse(name)}?{urlencode(query | of_year | of_unit)}"

    def workbook(self) -> ListSheet:
        """The rows as they are filtered."""
        title = _("%(count)s, %(period)s") % {"count": self.rule.name, "period": self.asked.period_words}
        return ListSheet(title, tuple(self._columns()), self.found)

    def _columns(self):
        yield Column(_("Code"), "body.code", 12, "text")
        yield Column(_("Organization"), "body.name", 40)
        yield Column(_("Unit"), "body.unit", 30)
        yield Column(self.rule.short_name, "cell.given.count", 12, "number")
        if self.rule.has_share:
            yield Column(self.head.whole.capitalize(), _whole, 12, "number")
            yield Column(_("Share") if not self.rule.is_average else _("Average"), "cell.exact", 10)
        yield Column(str(self.asked.year.pk - 1), "before_words", 10)
        yield Column(_("Reason"), "reason", 30)
        yield Column(_("Contradiction"), lambda row: " ".join(row.contrary), 50)

    def context(self) -> dict:
        page = numbered(self.found, self.asked.query.get("page"), PAGE)
        return {
            "rule": self.rule,
            "head": self.head,
            "total": self.total,
            "choices": self.choices(),
            "words": self.words,
            "state": self.state,
            "page": page,
            "unit": self.asked.unit_asked,
            "has_many_units": self.asked.unit_asked is None,
            "lines_url": self.lines_url,
            "last_year": self.asked.year.pk - 1,
            "has_contrary": any(row.contrary for row in page.rows),
            "has_reasons": any(row.reason for row in page.rows),
        }


def _whole(row: Row) -> int | None:
    return row.cell.given.whole
