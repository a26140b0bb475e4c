"""Workbooks as sheets of known kinds; what cannot be read becomes an error or a warning."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from accounts.permissions import stores_names
from assessments.workbooks.kinds.listed import kind_of
from assessments.workbooks.layouts.cells import converted, offers
from assessments.workbooks.layouts.sheets import Choices, Layouts, read_sheet
from assessments.workbooks.layouts.waiting import fault_of_unread
from assessments.workbooks.loading.known import known_table
from assessments.workbooks.loading.plan import SheetPlan
from assessments.workbooks.prepared.marks import key_of
from orgs.jobs.phases import Count, Phase, Tell, silent
from resolution03.lib.errors import Refusal
from resolution03.lib.text import match_key
from resolution03.lib.workbooks.faults import Fault
from resolution03.lib.workbooks.marking.marks import is_list
from resolution03.lib.workbooks.reading import Sheet, read_workbook
from resolution03.lib.workbooks.table import Table
from resolution03.lib.workbooks.unreadable import UNREADABLE, NotAWorkbook, Unreadable


@dataclass(frozen=True, slots=True)
class Source:
    """A workbook to load: where it lies, and the name under which it is spoken of; `choices`:
    what its user decided about it, None where nobody can be asked."""

    path: Path
    name: str
    choices: Choices | None = None


Part = tuple[str, Table | SheetPlan]
"""A file's name, and a table to judge or a sheet of which all is said already."""


class NamesNotStored(Refusal):
    """A workbook holds members, and this installation stores no names of persons."""


def read_files(
    sources: Iterable[Source],
    ignored: Iterable[str] = (),
    layouts: Layouts | None = None,
    tell: Tell = silent,
) -> list[Part]:
    """All sheets of all files, in order; `layouts`: those of the user's office. Raises
    NotAWorkbook for what is none, NamesNotStored for members where no names are stored."""
    keys = {match_key(heading) for heading in ignored}
    heard = Count(tell, Phase.READ).add
    parts = [part for source in sources for part in _read(source, keys, layouts or {}, heard)]
    if not stores_names():
        _refuse_persons(parts)
    return parts


def _refuse_persons(parts: list[Part]) -> None:
    for file, part in parts:
        if isinstance(part, Table) and kind_of(part.kind.name).is_of_persons:
            text = _(
                "%(file)s, sheet “%(sheet)s”: this installation stores no names of members "
                "(STORE_NAMES=off); load reported totals instead."
            )
            raise NamesNotStored(text % {"file": file, "sheet": part.sheet})


def _read(source: Source, ignored: set[str], layouts: Layouts, heard: Callable[[int], None]) -> list[Part]:
    try:
        sheets = enumerate(read_workbook(source.path, heard=heard))
    except NotAWorkbook as error:
        raise NotAWorkbook(f"{source.name}: {error}") from error
    except Unreadable as error:
        return [(source.name, _unreadable(source.name, str(error)))]
    read = (
        _sheet(source.name, sheet, ignored)
        if source.choices is None
        else _asked(source, index, sheet, ignored, layouts)
        for index, sheet in sheets
        if not is_list(sheet)
    )
    parts = [(source.name, part) for part in read if part is not None]
    if source.choices is None and not any(isinstance(part, Table) for _name, part in parts):
        return [(source.name, _unreadable(source.name, str(UNREADABLE["no_table"])))]
    return parts


def _sheet(file: str, sheet: Sheet, ignored: set[str]) -> Table | SheetPlan | None:
    """None for what a prepared workbook explains and lists beside its rows."""
    if sheet.is_hidden:
        return _skipped(file, sheet, "hidden_sheet", _("a hidden sheet is not read"))
    table = known_table(sheet, ignored)
    if table is None and key_of(sheet):
        return None
    return table or _skipped(file, sheet, "no_header", _("no row of headings that is known"))


def _asked(
    source: Source, index: int, sheet: Sheet, ignored: set[str], layouts: Layouts
) -> Table | SheetPlan | None:
    """A sheet of an upload: its user can be asked how it is to be read."""
    choices = source.choices
    if choices is None or sheet.is_hidden or not sheet.rows:
        return _sheet(source.name, sheet, ignored)
    chosen = choices.of_sheet(sheet.name).get("cells", {})
    table, note = read_sheet(converted(sheet, chosen), index, choices, layouts, ignored)
    if key := key_of(sheet):
        if table is None and note.keys() & {"unknown", "no_table"}:
            return None
        note["prepared"] = str(key)
    if table is None:
        plan = SheetPlan(source.name, sheet.name, note=note)
        if fault := fault_of_unread(note):
            plan.errors.append(fault)
        return plan
    table.note, table.answers = note, choices.stored
    if stores_names() or not kind_of(table.kind.name).names_persons:
        note["old_cells"] = offers(sheet, table, chosen)
    return table


def _skipped(file: str, sheet: Sheet, code: str, message: str) -> SheetPlan:
    return SheetPlan(file, sheet.name, warnings=[Fault(None, None, None, code, message)])


def _unreadable(file: str, message: str) -> SheetPlan:
    fault = Fault(None, None, None, "unreadable", message)
    return SheetPlan(file, None, errors=[fault], is_unreadable=True)
