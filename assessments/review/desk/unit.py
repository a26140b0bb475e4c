"""One unit opened on the review desk: exceptions, then what changed, then the rest, in pages."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from django.utils.translation import gettext as _

from assessments.entry.part_two.contrary import unexplained
from assessments.figures.capped_groups import capped_name
from assessments.review.desk.parts import GroupOver, Part, Section
from assessments.review.submitting.unit_rows import Line, UnitRows
from assessments.roster.counts.given import YearCounts
from assessments.roster.models.lines import OrganizationLine, lines_of
from assessments.roster.submitted import last_submissions, levels_before
from assessments.rules.exceptions import Exceptional
from assessments.rules.models.years import SubmissionState
from resolution03.lib.figures import number
from resolution03.lib.paging import NumberedPage, numbered

PER_PAGE = 100
TABS = ("exceptions", "list", "changed", "organizations", "members", "group")
LIST = "list"
_LETTERS = {"organizations": "o", "members": "m"}


class SectionedPage(NamedTuple):
    """A page of keys, and its rows under their headings."""

    page: NumberedPage
    sections: list[Section]


class UnitReview(UnitRows):
    """One unit's rows as the Board reviews them."""

    @cached_property
    def previous(self) -> datetime | None:
        """The submission with which to compare: the last one while the unit answers, else the
        last but one."""
        sent = last_submissions([self.submission.pk]).get(self.submission.pk, [])
        is_with_unit = self.submission.state in (SubmissionState.RETURNED, SubmissionState.IN_PROGRESS)
        place = 0 if is_with_unit else 1
        return sent[place] if len(sent) > place else None

    @property
    def blanks(self) -> tuple[int, int]:
        """Organizations and members with neither a level nor a reason."""
        organizations, members = self.reviews
        return len(organizations.blanks), len(members.blanks)

    @property
    def exception_count(self) -> int:
        return sum(review.count for review in self.reviews)

    @cached_property
    def changed(self) -> list[str]:
        """Rows written since the submission to compare with, organizations first."""
        if self.previous is None:
            return []
        return [
            f"{lines.model.letter}{pk}"
            for lines in (self.organizations, self.members)
            for pk in lines.filter(updated_at__gt=self.previous).values_list("pk", flat=True)
        ]

    @cached_property
    def contrary(self) -> dict[str, tuple[str, ...]]:
        """Organization's row → what its counts contradict without a reason."""
        found = unexplained(YearCounts(self.year, self.organizations))
        rows = self.organizations.filter(organization__in=found).order_by("position", "pk")
        return {
            f"{OrganizationLine.letter}{pk}": found[body]
            for pk, body in rows.values_list("pk", "organization")
        }

    @property
    def contrary_words(self) -> str:
        return _("%(n)s of counts") % {"n": number(len(self.contrary))}

    @cached_property
    def groups(self) -> list[GroupOver]:
        """The groups over their caps, first of organizations, then of members."""
        found = [group for review in self.reviews for group in review.groups]
        names = dict(self.organizations.values_list("organization_id", "name"))
        names |= {self.submission.unit_id: self.submission.name}
        return [
            GroupOver(str(number), capped_name(group.key, names), group) for number, group in enumerate(found)
        ]

    def page(self, tab: str, number, group: str = "") -> SectionedPage:
        """One page of a tab."""
        parts = self._parts(tab, group)
        flat = [(place, key) for place, part in enumerate(parts) for key in part.keys]
        page = numbered(flat, number, PER_PAGE)
        rows = self._rows([key for _place, key in page.rows])
        sections = [
            Section(parts[place], [rows[key] for _place, key in entries if key in rows])
            for place, entries in groupby(page.rows, key=lambda entry: entry[0])
        ]
        if page.number == 1:
            sections += [Section(part) for part in parts if part.groups and not part.keys]
        return SectionedPage(page, sections)

    def _parts(self, tab: str, group: str) -> list[Part]:
        if tab == "group":
            return [self._of_group(found) for found in self.groups if found.key == group]
        if tab == "changed":
            return self._changed(self.changed)
        shown = self._exceptions(tab)
        if tab == "exceptions":
            shown.append(Part(_("Counts that contradict"), _("no reason given"), list(self.contrary)))
        if tab in ("organizations", "members"):
            seen = {key for part in shown for key in part.keys}
            shown += self._changed(key for key in self.changed if key not in seen and _is_in(key, tab))
            seen |= set(self.changed)
            shown.append(Part(_("The other rows"), "", self._rest(tab, seen)))
        return [part for part in shown if part.keys or part.groups]

    def _exceptions(self, tab: str) -> list[Part]:
        """The exceptions of a tab, in the order of review, organizations before members."""
        return [
            Part(
                kind.label,
                _("reason needed") if kind.needs_reason else _("to be looked at"),
                [
                    key
                    for letter, review in self.by_letter.items()
                    for key in (f"{letter}{fact.id}" for fact in review.lines.get(kind, ()))
                    if _is_in(key, tab)
                ],
                tuple(self.groups) if kind == Exceptional.OVER_CAP and tab == "exceptions" else (),
            )
            for kind in Exceptional
        ]

    def _changed(self, keys: Iterable[str]) -> list[Part]:
        return [Part(_("Changed since the last submission"), _("before → after"), list(keys))]

    def _of_group(self, found: GroupOver) -> Part:
        letter = lines_of(found.group.ceiling.rule.subject).model.letter
        title = _("%(level)s in %(place)s") % {
            "level": found.group.ceiling.rule.level_code,
            "place": found.place,
        }
        hint = _("%(allowed)s allowed, %(given)s given") % {
            "allowed": found.group.ceiling.allowed,
            "given": found.group.ceiling.used,
        }
        return Part(title, hint, [f"{letter}{line.id}" for line in found.group.lines])

    def _rest(self, tab: str, seen: set[str]) -> list[str]:
        lines = self.members if tab == "members" else self.organizations
        keys = (f"{lines.model.letter}{pk}" for pk in lines.values_list("pk", flat=True))
        return [key for key in keys if key not in seen]

    def _rows(self, keys: list[str]) -> dict[str, Line]:
        """The rows of some keys; a fixed number of queries."""
        found: dict[str, Line] = {}
        for lines in (self.organizations, self.members):
            wanted = [int(key[1:]) for key in keys if key[0] == lines.model.letter]
            rows = self.rows(lines.filter(pk__in=wanted))
            self._compare(rows, lines.model)
            for row in rows:
                row.contrary = self.contrary.get(row.line.key, ())
            found |= {row.line.key: row for row in rows}
        return found

    def _compare(self, rows: list[Line], model) -> None:
        if self.previous is None:
            return
        before = levels_before(model, [row.line.pk for row in rows], self.previous)
        for row in rows:
            if row.line.updated_at and row.line.updated_at > self.previous:
                row.before = before.get(row.line.pk, row.level)


def _is_in(key: str, tab: str) -> bool:
    return key.startswith(_LETTERS.get(tab, ""))
