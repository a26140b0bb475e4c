"""A sheet as a table of a known kind.

Kinds whose columns follow a list that the Board keeps come last. A sheet is one of these only when
it heads at least one column of that list, names what every such sheet does, and is recognized as
nothing else by any heading beyond those.
"""

from collections.abc import Collection

from assessments.workbooks.kinds.declared import WorkbookKind
from assessments.workbooks.kinds.listed import every
from resolution03.lib.workbooks.headings import Header, find_header
from resolution03.lib.workbooks.kinds import Kind
from resolution03.lib.workbooks.reading import Sheet
from resolution03.lib.workbooks.table import Table
from resolution03.lib.workbooks.tables import read_table


def known_table(sheet: Sheet, ignored: Collection[str]) -> Table | None:
    """The table of a sheet by its headings, or None. `ignored`: match keys of headings."""
    table = read_table(sheet, [kind.columns() for kind in every() if not kind.common], ignored)
    for kind in every():
        if kind.common and (table is None or _keys(table.header) <= kind.common):
            columns = kind.columns()
            if _is_of(kind, columns, find_header(sheet, [columns], ignored)):
                return read_table(sheet, [columns], ignored)
    return table


def _is_of(kind: WorkbookKind, columns: Kind, header: Header | None) -> bool:
    keys = _keys(header) if header else set()
    needed = {column.key for column in columns.required}
    return bool(keys) and keys >= needed and bool(keys - kind.common)


def _keys(header: Header) -> set[str]:
    return {column.key for _at, column in header.columns}
