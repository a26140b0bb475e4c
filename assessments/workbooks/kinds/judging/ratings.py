"""Rows of ratings against the roster of their year: faults, and what would change."""

from collections.abc import Iterator
from functools import partial

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.entry.grid.actions import Entry, save_ratings
from assessments.roster import tallies
from assessments.roster.models.lines import MemberLine
from assessments.rules.entry_rule import Code
from assessments.rules.models.schemes import Level, RatedSubject
from assessments.rules.models.years import LOCKED, Submission
from assessments.rules.ratings import Standing, change_faults
from assessments.workbooks.kinds.declared import Expecting
from assessments.workbooks.kinds.judging.around import Around, Registry
from orgs.loading.scope import unknown
from resolution03.lib.workbooks.changes import CREATED, UNCHANGED, compare, wanted
from resolution03.lib.workbooks.names import warn_of_name
from resolution03.lib.workbooks.table import Row

LEVEL_KEYS = ("self_rated", "decided")
KEYS = (*LEVEL_KEYS, "reason")
CHUNK = 10_000


class Ratings:
    """Rows of ratings of organizations, or of members, of any years."""

    def __init__(
        self,
        model: type[Model],
        registry: Registry,
        around: Around,
        rows: list[Row],
    ):
        self.model = model
        self.all_rows = rows
        self.registry = registry
        self.scope, self.scope_pk = around.scope, around.scope_pk
        self.years = years = around.years
        self.by = around.by
        self.only_year = around.only_year
        self.today = timezone.localdate()
        is_member = model is MemberLine
        self.subject = RatedSubject.MEMBER if is_member else RatedSubject.ORGANIZATION
        self.lines = {
            year: dict(_lines(model, year))
            for year in {row.given("year") for row in rows}
            if year in years.stored
        }
        self.covered = {year: tallies.covered_among(year, model.objects.all()) for year in self.lines}
        self.locked_units = self._locked_units()

    def judge(self) -> None:
        for row in self.all_rows:
            year = row.given("year")
            if year is not None:
                self._judge_levels(row, year)
                self._judge_year(row, year)
                if row.code:
                    self._judge(row, year, self._line(row))

    def entries(self) -> Iterator[tuple[int, Row, Entry]]:
        """(year, row, entry) of each row that changes its line."""
        for row in self.all_rows:
            line = self._line(row)
            if line and row.fault is None and row.status != UNCHANGED:
                values = {name: after or "" for name, (_before, after) in row.changes.items()}
                yield row.given("year"), row, Entry(line["pk"], line["version"], values)

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
        refused = {line.pk: [_("This row was changed meanwhile.")] for line in outcome.conflicts}
        refused |= outcome.refused
        for row, entry in pairs if refused else ():
            if entry.line_id in refused:
                row.blame("inconsistent", next(iter(row.changes)), " ".join(refused[entry.line_id]))

    def _line(self, row: Row) -> dict | None:
        return self.lines.get(row.given("year"), {}).get(row.code)

    def _judge_levels(self, row: Row, year: int) -> None:
        """Replace what is written by the level's code in the year's scheme."""
        if self.years.scheme(year) is None:
            return
        for key in LEVEL_KEYS:
            written = row.given(key)
            if written is None:
                continue
            code = self.years.level_code(year, self.subject, written)
            if code is None:
                del row.values[key]
                row.blame(
                    "bad_choice",
                    key,
                    _("no level of %(year)s; write one of: %(levels)s")
                    % {
                        "year": year,
                        "levels": "; ".join(self.years.level_names(year, self.subject)),
                    },
                )
            else:
                row.values[key] = code

    def _judge_year(self, row: Row, year: int) -> None:
        if self.only_year and year != self.only_year:
            row.blame("wrong_year", "year", _("this load is limited to %(year)s") % {"year": self.only_year})
        elif self.years.scheme(year) is None:
            row.blame("wrong_year", "year", _("no rating scheme holds in this year"))
        elif year not in self.years.stored or not self._was_opened(year):
            row.blame("wrong_year", "year", _("this year was never opened"))

    def _was_opened(self, year: int) -> bool:
        stored = self.years.stored[year]
        return stored.is_open or stored.is_closed

    def _judge(self, row: Row, year: int, line: dict | None) -> None:
        if not self.registry.knows(row.code) and line is None:
            row.blame("unknown_code", "code", unknown(row.code, self.registry.knows))
        elif not self._is_inside(row, year, line):
            row.blame(self.scope.outside_code, "code", self.scope.outside_message)
        elif row.has("name"):
            names = partial(self.registry.former_names, row.code)
            warn_of_name(row, "name", self.registry.names(row.code), names)
        compare(row, line or _BLANK, wanted(row, KEYS))
        if row.status != UNCHANGED and (line is None or line["is_blank"]):
            row.status = CREATED
        if row.status == UNCHANGED and line is not None:
            return
        self._judge_lock(row, year, line)
        if (line is None or line["dropped"]) and not self.registry.is_open(row.code):
            row.blame("not_in_roster", "code", _("not in the roster of 31/12/%(year)s") % {"year": year})
        if line is not None:
            self._judge_level(row, year, line)

    def _is_inside(self, row: Row, year: int, line: dict | None) -> bool:
        """Ratings are placed as on 31 December."""
        if self.scope.unit is None or self.scope_pk is None:
            return True
        if line is not None:
            return self.scope_pk in (line["unit_id"], line["grassroots_id"], line["organization"])
        return self.registry.is_inside(row.code, year)

    def _judge_lock(self, row: Row, year: int, line: dict | None) -> None:
        if row.status == UNCHANGED or year not in self.years.stored:
            return
        key = next(key for key in KEYS if key in row.changes)
        if self.years.stored[year].is_closed:
            row.blame("locked", key, _("year %(year)s is closed") % {"year": year})
        elif line is not None and not self.by.is_command_line:
            if line["unit_id"] in self.locked_units.get(year, ()) or line["accepted"]:
                row.blame("locked", key, _("the unit's year is submitted or accepted"))

    def _judge_level(self, row: Row, year: int, line: dict) -> None:
        key = next((key for key in ("decided", "self_rated") if row.given(key)), None)
        if key is None or key not in row.changes:
            return
        level, found = row.given(key), self._standing(year, line)
        faults = change_faults({key: level}, found, [level], drafts_only=False, today=self.today)
        for fault in faults:
            row.blame("inconsistent", "code" if fault.rule == Code.BESIDE_TOTAL else key, fault)

    def _standing(self, year: int, line: dict) -> Standing:
        """What bears on a level; locks and the roster have errors of their own."""
        return Standing(
            year=year,
            year_is_open=True,
            is_submitted=False,
            is_accepted=False,
            is_dropped=False,
            is_exempt=line["is_exempt"],
            is_covered=line["pk"] in self.covered[year],
        )

    def _locked_units(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        if not self.by.is_command_line:
            rows = Submission.objects.filter(year__in=list(self.lines), state__in=LOCKED)
            for year, unit in rows.values_list("year_id", "unit_id"):
                found.setdefault(year, set()).add(unit)
        return found


_BLANK = {"self_rated": "", "decided": "", "reason": ""}


def _lines(model, year: int) -> Iterator[tuple[str, dict]]:
    """The lines of a year by code, levels by their codes."""
    levels = dict(Level.objects.values_list("pk", "code"))
    is_member = model is MemberLine
    names = [
        "pk",
        "unit_id",
        "grassroots_id",
        "self_rated_id",
        "decided_id",
        "reason",
        "dropped",
        "version",
        "accepted",
        "member__code" if is_member else "organization__code",
        "is_exempt" if is_member else "organization_id",
        "cell_id" if is_member else "organization_id",
    ]
    for row in model.objects.filter(year=year).order_by().values_list(*names):
        pk, unit, grassroots, self_rated, decided, reason, dropped, version, accepted, code, *rest = row
        yield (
            code,
            {
                "pk": pk,
                "unit_id": unit,
                "grassroots_id": grassroots,
                "dropped": dropped,
                "self_rated": levels.get(self_rated, ""),
                "decided": levels.get(decided, ""),
                "reason": reason,
                "version": version,
                "accepted": accepted,
                "is_exempt": is_member and rest[0],
                "organization": rest[1],
                "is_blank": not (self_rated or decided or reason),
            },
        )
