"""A sheet as a table of a known kind: the seven of INTERFACE, and behind them yearly counts.

The columns of counts are what the Board asks offices to count. A sheet is one of counts only when
it heads at least one column with the name of a count, names year and code, and is recognized as
nothing else by any heading beyond those.
"""

from collections.abc import Collection

from assessments.entry.counts.models import Activity
from assessments.entry.imports import KINDS, YEARLY_COUNTS, YEARLY_COUNTS_BY_ALL
from resolution03.lib.workbooks.cells import NUMBER
from resolution03.lib.workbooks.headings import Header, find_header
from resolution03.lib.workbooks.kinds import Column, Kind
from resolution03.lib.workbooks.reading import Sheet
from resolution03.lib.workbooks.tables import Table, read_table

_BY_ALL = {column.key for column in YEARLY_COUNTS_BY_ALL}
_NEEDED = {column.key for column in YEARLY_COUNTS_BY_ALL if column.required}


def known_table(sheet: Sheet, ignored: Collection[str]) -> Table | None:
    """The table of a sheet by its headings, or None. `ignored`: match keys of headings."""
    table = read_table(sheet, KINDS, ignored)
    if table and not _keys(table.header) <= _BY_ALL:
        return table
    kind = kind_of_counts()
    header = find_header(sheet, [kind], ignored)
    if header and _keys(header) >= _NEEDED and _keys(header) - _BY_ALL:
        return read_table(sheet, [kind], ignored)
    return table


def kind_of_counts() -> Kind:
    """The kind with a column for every count that was ever asked for."""
    asked = tuple(
        Column(one.code, one.name, NUMBER, aliases=(one.short_name,), adds_up=True)
        for one in Activity.objects.all()
    )
    return Kind(YEARLY_COUNTS, "code", (*YEARLY_COUNTS_BY_ALL, *asked))


def _keys(header: Header) -> set[str]:
    return {column.key for _at, column in header.columns}
