"""Loads workbooks: judges all rows of all files, then stores all or nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.registers.undoing.journal import Journal
from assessments.roster.changes import RosterChange
from assessments.roster.following import follow, follow_registers
from assessments.roster.noting import asked_again, may_ask_again
from assessments.roster.reach import MOST
from assessments.rules.holding import writing_years
from assessments.rules.models.years import Submission
from assessments.workbooks.kinds.books import Book
from assessments.workbooks.kinds.declared import WorkbookKind
from assessments.workbooks.kinds.judging.around import Around
from assessments.workbooks.kinds.judging.levels import Years
from assessments.workbooks.kinds.judging.records import Records
from assessments.workbooks.kinds.judging.registers import Registers
from assessments.workbooks.kinds.judging.reorganizations import Reorganizations
from assessments.workbooks.kinds.judging.reorganizing import Reorganization
from assessments.workbooks.kinds.listed import every, written_tables
from assessments.workbooks.layouts.naming import resolve_names
from assessments.workbooks.layouts.persons import settle_persons
from assessments.workbooks.loading.files import Part, Source, read_files
from assessments.workbooks.loading.plan import Plan, sheet_plan
from orgs.jobs.phases import Count, Phase, Tell, silent
from orgs.loading.scope import Scope
from orgs.versions import writing
from resolution03.lib.collecting import collector_paused
from resolution03.lib.workbooks.table import Row, Table


class UnknownUnit(Exception):
    """The unit to which a load is limited is none."""


@dataclass(frozen=True, slots=True)
class Options:
    """What limits a load: a unit's code and a year that rows may not leave, headings to leave out; `hides`:
    the uploader sees nothing outside the unit; `leaves`: what a plan leaves behind is confirmed to stay;
    `needs`: the kind without a row of which nothing is stored; `check`: store nothing; `batch`: keep under
    this key what is written, so that it can be undone."""

    unit: str | None = None
    year: int | None = None
    ignored: tuple[str, ...] = ()
    hides: bool = False
    leaves: bool = False
    needs: str = ""
    check: bool = False
    batch: UUID | None = None


def load(sources: Iterable[Source], *, by: Actor, options: Options = Options()) -> Plan:
    """Plan a load and, unless something is wrong or only checked, store it in one transaction.

    Raises NotAWorkbook and UnknownUnit.
    """
    with collector_paused():
        parts = read_files(sources, options.ignored)
        return load_parts(parts, by=by, options=options)


@writing_years()
def load_parts(parts: list[Part], *, by: Actor, options: Options, tell: Tell = silent) -> Plan:
    """As `load`, of files that are read already: reading takes long and holds nothing."""
    plan = Load(parts, by=by, options=options, tell=tell).run()
    if not plan.applied:
        transaction.set_rollback(True)
    return plan


def is_only_judged(parts: Iterable[Part], *, by: Actor) -> bool:
    """Whether a check of these files writes nothing, not even to see what would follow: then it needs not
    hold anything (`Load` within `one_snapshot`)."""
    tables = [part for _file, part in parts if isinstance(part, Table) and part.rows]
    tried = {kind.name for kind in every() if kind.is_tried}
    if any(table.kind.name in tried for table in tables):
        return False
    registers = {kind.name for kind in every() if kind.is_register}
    of_registers = [table for table in tables if table.kind.name in registers]
    return not of_registers or (len(of_registers) == len(tables) and not may_ask_again(by))


class Load:
    """One load, inside its transaction."""

    def __init__(self, parts: list[Part], *, by: Actor, options: Options, tell: Tell = silent):
        self.parts = parts
        self.by = by
        self.options = options
        self.tell = tell
        self.journal = Journal(options.batch, written_tables())
        self.years = Years()
        self.asked: list[Submission] = []
        tables = [part for _file, part in parts if isinstance(part, Table)]
        resolve_names(tables, options.unit)
        if not by.is_command_line:
            settle_persons(tables, options.unit)
        self.rows, self.mentioned = _rows_by_kind(parts)
        total = sum(map(len, self.rows.values()))
        self.judged = Count(tell, Phase.JUDGE, total)
        self.stored = Count(tell, Phase.STORE, total)
        self.scope = Scope(options.unit, options.hides)
        self.registers = Registers(self.rows, self.mentioned, self.scope)
        self._require_unit()
        if options.unit == self.registers.organizations.root:
            self.scope = Scope(None, options.hides)

    def run(self) -> Plan:
        self.registers.judge(self.judged)
        self._blame_duplicates(is_register=True)
        books_too = any(self.rows[kind.name] for kind in every() if kind.book)
        if self.registers.changes:
            is_followed = not self.options.check or books_too or may_ask_again(self.by)
            if not self._is_refused and is_followed:
                is_few = self.registers.changes <= MOST
                if is_few or self.options.batch:
                    self.registers.announce(self.journal)
                self.registers.apply(by=self.by, stored=self.stored)
                self.tell(Phase.FOLLOW, 0, 0)
                self.asked = asked_again(self._follow(is_few), by=self.by)
            elif books_too:
                self._try_registers()
        books = self._judge_books() if books_too else []
        if not self._is_refused:
            self._store(books)
        plan = self._plan(books)
        is_needed = not self.options.needs or bool(self.rows[self.options.needs])
        plan.applied = is_needed and not plan.has_errors and not self.options.check
        if plan.applied:
            self.journal.close()
        return plan

    def _store(self, books: list[tuple[WorkbookKind, Book]]) -> None:
        """Store what was judged; of a check only what is seen by being tried."""
        for kind, book in books:
            if self.options.check and not kind.is_tried:
                continue
            if self.options.batch or kind.is_tried:
                book.announce(self.journal)
            book.apply()
            self.stored.add(len(book.all_rows))

    def _follow(self, is_few: bool) -> RosterChange:
        """By the rows written, where that is less than everything."""
        if is_few:
            return follow(self.journal.touched(), by=self.by)
        return follow_registers(by=self.by)

    def _try_registers(self) -> None:
        """Write what is right although the load is refused, so that ratings are judged against
        the roster that it would make; where the rest is too faulty, against the stored one."""
        try:
            with writing():
                self.registers.apply_rated(by=self.by)
                follow_registers(by=self.by)
        except IntegrityError:
            self.registers.is_undetermined = True

    @property
    def _is_refused(self) -> bool:
        """Whether anything is wrong so far."""
        return any(
            part.errors if not isinstance(part, Table) else part.faults or any(row.fault for row in part.rows)
            for _file, part in self.parts
        )

    def _require_unit(self) -> None:
        code = self.options.unit
        if code and not self.options.hides and not self.registers.is_unit(code):
            raise UnknownUnit(_("There is no unit %(code)s.") % {"code": code})

    def _judge_books(self) -> list[tuple[WorkbookKind, Book]]:
        """What is no register, judged against the registers as this load leaves them."""
        around = Around(
            self.registers,
            self.scope,
            self.options.unit,
            self.years,
            self.by,
            self.options.year,
            self._follow_again,
            self.options.leaves,
        )
        books = [(kind, kind.book(around, self.rows[kind.name])) for kind in every() if kind.book]
        around.books += [book for _kind, book in books]
        for book in around.books:
            book.judge()
            self.judged.add(len(book.all_rows))
        self._blame_duplicates(is_register=False)
        return books

    def _follow_again(self, is_few: bool) -> RosterChange:
        """The open years follow what a book wrote into the registers."""
        self.tell(Phase.FOLLOW, 0, 0)
        change = self._follow(is_few)
        self.asked += asked_again(change, by=self.by)
        return change

    def _blame_duplicates(self, *, is_register: bool) -> None:
        for kind in every():
            if kind.is_register == is_register:
                blame_duplicates(self.rows[kind.name], kind.key)

    def _plan(self, books: list[tuple[WorkbookKind, Book]]) -> Plan:
        sheets = [sheet_plan(file, part) if isinstance(part, Table) else part for file, part in self.parts]
        records, kinds = Records(self.registers), {kind.name: kind for kind in every()}
        return Plan(
            sheets,
            record_of=lambda row: kinds[row.kind.name].record_of(records, row),
            asked=self.asked,
            reorganization=next((told for _kind, book in books if (told := _told(book))), None),
        )


def _told(book: Book) -> Reorganization | None:
    """What becomes of bodies, where the sheet says so."""
    return book.told if isinstance(book, Reorganizations) and book.all_rows else None


def blame_duplicates(rows: Collection[Row], keys: tuple[str, ...]) -> None:
    """A key given twice in one load, identical or not: at the code of the later row."""
    seen = set()
    for row in rows:
        key = tuple(_plain(row.given(name)) for name in keys)
        if None in key:
            continue
        if key in seen:
            row.blame("duplicate", row.kind.code_key, _("this key stands in an earlier row already"))
        seen.add(key)


def _plain(value: object) -> object:
    return getattr(value, "day", value)


def _rows_by_kind(parts: list[Part]) -> tuple[dict[str, list[Row]], dict[str, set[str]]]:
    """Rows to judge, and the codes of rows that are not judged, by the names of kinds."""
    rows: dict[str, list[Row]] = defaultdict(list)
    mentioned: dict[str, set[str]] = defaultdict(set)
    for _file, table in parts:
        if not isinstance(table, Table):
            continue
        if table.faults:
            mentioned[table.kind.name] |= {row.code for row in table.rows if row.code}
        else:
            rows[table.kind.name] += table.rows
    return rows, mentioned
