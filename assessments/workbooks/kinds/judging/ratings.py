"""Rows of ratings against the roster of their year: faults, and what would change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.entry.grid.actions import Entry, save_ratings
from assessments.roster import covering
from assessments.roster.models.line import RatedLine
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import Submission
from assessments.rules.ratings import Standing, entry_faults
from assessments.rules.reasons import reasons_of
from assessments.workbooks.kinds.books import Expecting
from assessments.workbooks.kinds.judging.around import Around, Registry
from assessments.workbooks.kinds.judging.rows import (
    blame,
    judge_level,
    judge_whose,
    judge_year,
    opened_fault,
)
from resolution03.lib.workbooks.changes import CREATED, UNCHANGED, compare, wanted
from resolution03.lib.workbooks.table import Row

LEVEL_KEYS = ("self_rated", "decided")
CHUNK = 10_000


class Ratings:
    """Rows of ratings of organizations, or of members, of any years."""

    def __init__(
        self,
        model: type[RatedLine],
        registry: Registry,
        around: Around,
        rows: list[Row],
    ):
        self.model = model
        self.all_rows = rows
        self.keys = (*LEVEL_KEYS, *model.also, "reason")
        self.registry = registry
        self.around = around
        self.years = years = around.years
        self.by = around.by
        self.today = timezone.localdate()
        self.lines = {
            year: dict(_lines(model, year))
            for year in {row.whole("year") for row in rows}
            if year in years.stored
        }
        self.covered = {year: covering.covered_among(year, model.objects.all()) for year in self.lines}
        self.reasons = {year: reasons_of(year, model.levels) for year in self.lines}
        self.states = {} if self.by.is_command_line else _states(list(self.lines))

    def judge(self) -> None:
        for row in self.all_rows:
            year = row.whole("year")
            if year is not None:
                for key in LEVEL_KEYS:
                    judge_level(row, key, year, self.model.levels, self.years)
                judge_year(row, year, self.around, self._year_fault(year))
                if row.code:
                    self._judge(row, year, self._line(row))

    def entries(self) -> Iterator[tuple[int, Row, Entry]]:
        """(year, row, entry) of each row that changes its line."""
        for row in self.all_rows:
            line, year = self._line(row), row.whole("year")
            if line and year and row.fault is None and row.status != UNCHANGED:
                values = {name: after or "" for name, (_before, after) in row.changes.items()}
                yield year, row, Entry(line.pk, line.version, values)

    def announce(self, journal: Expecting) -> None:
        """Tell which lines `apply` is going to change."""
        journal.expect(self.model, rows=[entry.line_id for _year, _row, entry in self.entries()])

    def apply(self) -> None:
        """Write through the same action as the browser; what it refuses is a fault of the row."""
        by_year: dict[int, list[tuple[Row, Entry]]] = {}
        for year, row, entry in self.entries():
            by_year.setdefault(year, []).append((row, entry))
        for year, pairs in by_year.items():
            for start in range(0, len(pairs), CHUNK):
                self._write(year, pairs[start : start + CHUNK])

    def rated_lines(self, year: int) -> set[int]:
        """The lines of a year that this load gives a decided level."""
        return {
            entry.line_id
            for found, _row, entry in self.entries()
            if found == year and entry.changes.get("decided")
        }

    def _write(self, year: int, pairs: list[tuple[Row, Entry]]) -> None:
        entries = [entry for _row, entry in pairs]
        outcome = save_ratings(by=self.by, year=year, lines=self.model.objects.all(), entries=entries)
        refused: dict[int, Sequence[str]] = {
            line.pk: [_("This row was changed meanwhile.")] for line in outcome.conflicts
        }
        refused |= outcome.refused
        for row, entry in pairs if refused else ():
            if entry.line_id in refused:
                row.blame("inconsistent", next(iter(row.changes)), " ".join(refused[entry.line_id]))

    def _line(self, row: Row) -> "_Listed | None":
        return self.lines.get(row.whole("year") or 0, {}).get(row.code)

    def _year_fault(self, year: int) -> str:
        if self.years.scheme(year) is None:
            return _("no rating scheme holds in this year")
        return opened_fault(self.years, year)

    def _judge(self, row: Row, year: int, line: "_Listed | None") -> None:
        inside = self._is_inside(row, year, line)
        judge_whose(row, self.around, self.registry, is_listed=line is not None, is_inside=inside)
        compare(row, line.values if line else self._blank, self._wanted(row, year, line))
        if row.status != UNCHANGED and not (line and any(line.values.values())):
            row.status = CREATED
        if row.status == UNCHANGED and line is not None:
            return
        if (line is None or line.dropped) and not self.registry.is_open(row.code):
            row.blame("not_in_roster", "code", _("not in the roster of 31/12/%(year)s") % {"year": year})
        if row.status != UNCHANGED and year in self.years.stored:
            self._judge_changes(row, year, line or _Listed(year))

    @property
    def _blank(self) -> dict[str, object]:
        return dict.fromkeys(self.keys, "") | dict.fromkeys(self.model.also, False)

    def _wanted(self, row: Row, year: int, line: "_Listed | None") -> dict[str, object]:
        """A reason that stood there by itself goes, once a level is typed beside it."""
        asked = wanted(row, self.keys)
        recent = self.reasons[year].recent if year in self.reasons else ""
        if recent and asked.get("decided") and asked.get("reason") == recent:
            if not (line and line.values["reason"]):
                del asked["reason"]
        return asked

    def _is_inside(self, row: Row, year: int, line: "_Listed | None") -> bool:
        """Ratings are placed as on 31 December."""
        around = self.around
        if around.scope.unit is None or around.scope_pk is None:
            return True
        if line is not None:
            return around.scope_pk in (line.unit_id, line.grassroots_id, line.place_id)
        return self.registry.is_inside(row.code, year)

    def _judge_changes(self, row: Row, year: int, line: "_Listed") -> None:
        """As the action will judge again under its locks; to have left the roster is an error apart."""
        standing = Standing.of(
            replace(line, dropped=False),
            is_open=not self.years.stored[year].is_closed,
            state=self.states.get((year, line.unit_id)),
            is_covered=line.pk in self.covered.get(year, ()),
            awards_title=self.years.awards_title(year),
        )
        levels = {key: row.changes[key][1] for key in ("decided", "self_rated") if key in row.changes}
        titles = {key: row.changes[key][1] for key in self.model.also if key in row.changes}
        faults = entry_faults(
            levels | titles,
            standing,
            [str(level) for level in levels.values() if level],
            binding=not self.by.is_command_line,
            drafts_only=False,
            today=self.today,
        )
        first = next(key for key in self.keys if key in row.changes)
        for fault in faults:
            blame(row, year, fault, first, next(iter(levels), first))


def _states(years: list[int]) -> dict[tuple[int, int], str]:
    """The states of the units' submissions, by year and unit."""
    rows = Submission.objects.filter(year__in=years).values_list("year_id", "unit_id", "state")
    return {(year, unit): state for year, unit, state in rows}


@dataclass(frozen=True, slots=True)
class _Listed:
    """A line as a load needs it, tens of thousands at a time; `values` as a workbook writes them."""

    year_id: int
    pk: int = 0
    unit_id: int = 0
    grassroots_id: int | None = None
    place_id: int | None = None
    version: int = 0
    accepted: bool = False
    dropped: bool = False
    is_exempt: bool = False
    values: dict[str, object] = field(default_factory=dict)


def _lines(model: type[RatedLine], year: int) -> Iterator[tuple[str, _Listed]]:
    """The lines of a year by the present code of what they list, levels by their codes."""
    levels = dict(Level.objects.values_list("pk", "code"))
    own = ("pk", "unit_id", "grassroots_id", model.place_path, "version", "accepted", "dropped")
    rated = ("self_rated_id", "decided_id", "reason")
    rows = model.objects.filter(year=year).order_by()
    for row in rows.values_list(f"{model.listed}__code", *own, model.exempt, *rated, *model.also):
        code, pk, unit, grassroots, place, version, accepted, dropped, exempt, *ratings = row
        self_rated, decided, reason, *also = ratings
        values = {
            "self_rated": levels.get(self_rated, ""),
            "decided": levels.get(decided, ""),
            "reason": reason,
            **dict(zip(model.also, also, strict=True)),
        }
        yield code, _Listed(year, pk, unit, grassroots, place, version, accepted, dropped, exempt, values)
