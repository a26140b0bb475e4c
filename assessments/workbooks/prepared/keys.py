"""The text that names a row of a prepared workbook, whether it goes out or comes back."""

from collections.abc import Iterable

from assessments.workbooks.kinds.declared import PreparedRow, WorkbookKind
from assessments.workbooks.kinds.listed import kind_of
from resolution03.lib.dates import PartialDate, Precision
from resolution03.lib.workbooks.kinds import Kind
from resolution03.lib.workbooks.table import Row


def key_of_values(values: Iterable[object]) -> str:
    """The key of these values, in the order of the key of their kind."""
    return "|".join(_plain(value) for value in values)


def key_written(entry: WorkbookKind, kind: Kind, row: PreparedRow) -> str:
    """The key of a row as it is written: what reading its cells gives."""
    return key_of_values(kind.by_key[name].type.read(row[name]) for name in entry.key)


def key_read(row: Row) -> str:
    """The key of a row that was read."""
    return key_of_values(row.given(name) for name in kind_of(row.kind.name).key)


def _plain(value: object) -> str:
    if isinstance(value, PartialDate):
        return value.day.isoformat() if value.precision == Precision.DAY else str(value)
    return "" if value is None else str(value)
