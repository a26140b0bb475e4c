"""New members who may be known already: the same name without marks, and the same birth.

Asked about an upload alone; a command has nobody to ask and takes every code for a person.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from assessments.workbooks.kinds.listed import kind_of
from assessments.workbooks.layouts.agreeing import agree
from assessments.workbooks.layouts.directory import Directory, Entry
from assessments.workbooks.layouts.naming import ADDED, MOST_ASKED
from resolution03.lib.text import fold
from resolution03.lib.workbooks.faults import UNDECIDED
from resolution03.lib.workbooks.table import Row, Table

ANOTHER = "+"


@dataclass(frozen=True, slots=True)
class Double:
    """A row that would create a member, and who it may be: codes of members of the unit, and
    earlier rows of the load in the same words."""

    row: int
    code: str
    name: str
    born: str
    admitted: str
    cell: str
    members: list[str]
    rows: list["Double"]


def settle_persons(tables: Iterable[Table], unit: str | None) -> None:
    """Do as the user decided about each possible double; who is not decided about is asked.

    The same person: the row takes the existing code, wherever the load names the new one; of two
    rows for one person the later is left out. Another person: the row stands.
    """
    tables = list(tables)
    members = [table for table in tables if kind_of(table.kind.name).fills == "members" and not table.faults]
    if not members:
        return
    directory = Directory(unit)
    new = [(table, row) for table in members for row in table.rows if _is_new(row, directory)]
    if not new:
        return
    known = _by_name(directory.members.by_code.values())
    earlier: dict[str, list[Row]] = defaultdict(list)
    same: dict[str, str] = {}
    for table, row in new:
        double = _double(row, known, earlier)
        if double is None:
            earlier[_folded(row.text("full_name") or "")].append(row)
        elif not _decide(table, row, double, same):
            earlier[_folded(row.text("full_name") or "")].append(row)
    for table in tables:
        _rename(table, same)


def _is_new(row: Row, directory: Directory) -> bool:
    if not row.code or row.code in directory.member_codes or row.given(ADDED):
        return False
    return bool(row.text("full_name") and row.partial("born_on"))


def _folded(name: str) -> str:
    """A name without marks; its words are those of many others."""
    return " ".join(map(_folded_word, name.split()))


@lru_cache(maxsize=20_000)
def _folded_word(word: str) -> str:
    return fold(word)


def _by_name(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found = defaultdict(list)
    for entry in entries:
        if entry.born:
            found[_folded(entry.name)].append(entry)
    return found


def _double(row: Row, known: dict[str, list[Entry]], earlier: dict[str, list[Row]]) -> Double | None:
    name, born = _folded(row.text("full_name") or ""), row.partial("born_on")
    members = [entry.code for entry in known.get(name, ()) if agree(entry.born, born)]
    rows = [
        _told(other)
        for other in earlier.get(name, ())
        if other.code != row.code and agree(other.partial("born_on"), born)
    ]
    return _told(row, members, rows) if members or rows else None


def _told(row: Row, members: Iterable[str] = (), rows: Iterable[Double] = ()) -> Double:
    name, born, admitted, cell = (
        str(row.given(key) or "") for key in ("full_name", "born_on", "admitted_on", "cell")
    )
    return Double(row.number, row.code, name, born, admitted, cell, list(members), list(rows))


def _decide(table: Table, row: Row, double: Double, same: dict[str, str]) -> bool:
    """Whether the row is of a person who is there already; asks where nothing is decided."""
    decided = table.answers.get("persons", {}).get(row.code)
    in_file = {other.code for other in double.rows}
    if decided in double.members or decided in in_file:
        same[row.code] = decided
        if decided in in_file:
            table.rows.remove(row)
            table.passed.append((row.number, double.name))
        return True
    if decided != ANOTHER:
        row.blame(UNDECIDED, "code", _("say first whether this is the same person"))
        asked = table.note.setdefault("persons", [])
        if len(asked) < MOST_ASKED:
            asked.append(asdict(double))
    return False


def _rename(table: Table, same: dict[str, str]) -> None:
    key = kind_of(table.kind.name).mapped.member_key
    for row in table.rows if same else ():
        while key and (code := row.text(key)) in same:
            row.values[key] = same[code]
