"""The grid of one organization's reported totals: what is stored, what was typed, what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from assessments.entry.counting.cells import Cell, read, shown
from assessments.entry.totals.judging import SUBJECTS
from assessments.entry.totals.typed import Typed
from assessments.roster import covering, keys
from assessments.roster.models.tallies import ReportedNote, Subject, Tally
from assessments.rules.models.years import RatingYear, YearState
from assessments.rules.totals import Finding, asked_of, findings, findings_between
from assessments.rules.year_rules import LevelRule, YearRules
from resolution03.lib.figures import whole
from resolution03.lib.text import clean

MOST = 999_999


@dataclass(frozen=True, slots=True)
class GridRow:
    """One subject: a cell for each level, the total, the note, and what does not add up."""

    subject: Subject
    cells: list[Cell]
    total: Cell
    note: str
    findings: list[str]

    @property
    def sum(self) -> int | None:
        counts = [cell.count for cell in self.cells if cell.count is not None]
        return sum(counts) if counts else None

    @property
    def needs_note(self) -> bool:
        return bool(self.findings) and not self.note


class Grid:
    """The totals of one organization in one year. `typed`: the posted fields, if any.

    `told`: why they were not stored; once told of another's change, one may store over it.
    """

    def __init__(
        self,
        year: int,
        stored: RatingYear | None,
        organization: int,
        rules: YearRules,
        typed: Mapping[str, str] | None = None,
    ):
        self.year, self.stored_year, self.organization = year, stored, organization
        self.rules, self.typed = rules, typed
        self.told: list[str] = []

    def levels(self, subject: Subject) -> list[LevelRule]:
        return self.rules.levels_of(subject.levels)

    @property
    def tables(self) -> list[tuple[list[LevelRule], list[GridRow]]]:
        """Organizations and members have levels of their own, so each has a table."""
        organizations, members = self.rows[:2], self.rows[2:]
        return [
            (self.levels(Subject.GRASSROOTS), organizations),
            (self.levels(Subject.MEMBER), members),
        ]

    @cached_property
    def rows(self) -> list[GridRow]:
        found = []
        for subject in SUBJECTS:
            cells = [self._cell(subject, level.code) for level in self.levels(subject)]
            total = self._cell(subject, keys.TOTAL)
            words = [one.words for one in self.findings if one.subject == subject]
            found.append(GridRow(subject, cells, total, self._note(subject), words))
        return found

    @cached_property
    def findings(self) -> list[Finding]:
        """What the soft rules of the year find in the counts as they are shown."""
        found, totals = [], {}
        for subject in SUBJECTS:
            counts = {level.code: self._cell(subject, level.code).count for level in self.levels(subject)}
            levels = {code: count for code, count in counts.items() if count is not None}
            total = self._cell(subject, keys.TOTAL).count
            found += findings(subject, levels, total, self._roster(subject) if levels else None)
            if levels:
                totals[subject.value] = total if total is not None else sum(levels.values())
        return asked_of(found + findings_between(totals), self.rules.asked)

    @property
    def is_blank(self) -> bool:
        """Whether no count stands in any cell."""
        return not any(cell.text for row in self.rows for cell in (*row.cells, row.total))

    @property
    def faults(self) -> list[tuple[Cell, str]]:
        """Cells that hold no count."""
        cells = [cell for row in self.rows for cell in (*row.cells, row.total)]
        return [(cell, cell.fault) for cell in cells if cell.fault]

    @property
    def changes(self) -> list[Typed]:
        """Every cell as typed, for the action."""
        return [
            Typed(row.subject.value, cell.key, cell.seen, cell.count)
            for row in self.rows
            for cell in (*row.cells, row.total)
        ]

    @property
    def notes(self) -> dict[str, str]:
        return {row.subject.value: row.note for row in self.rows}

    def _cell(self, subject: Subject, key: str) -> Cell:
        name, stored = f"{subject.value}-{key}", self._counts.get((subject.value, key))
        if self.typed is None:
            return Cell(name, shown(stored), seen=stored, stored=stored)
        seen, typed = whole(self.typed.get(f"seen-{name}", "")), read(self.typed.get(name, ""), MOST)
        text = typed.text if typed.fault else shown(typed.number)
        return Cell(name, text, fault=typed.fault, seen=seen, stored=stored)

    def _note(self, subject: Subject) -> str:
        if self.typed is None:
            return self._notes.get(subject.value, "")
        return clean(self.typed.get(f"note-{subject.value}", ""))

    @cached_property
    def _counts(self) -> dict[tuple[str, str], int]:
        rows = Tally.objects.filter(year=self.year, organization=self.organization, is_reported=True)
        return {(subject, key): count for subject, key, count in rows.values_list("subject", "key", "count")}

    @cached_property
    def _notes(self) -> dict[str, str]:
        rows = ReportedNote.objects.filter(year=self.year, organization=self.organization)
        return dict(rows.values_list("subject", "text"))

    def _roster(self, subject: Subject) -> int | None:
        """How many of a subject stand in the year's roster there; None where nobody is listed."""
        if self.stored_year is None or self.stored_year.state == YearState.REPORTED:
            return None
        return covering.below(self.year, subject, self.organization).in_roster().count() or None
