"""The text that names a row of a prepared workbook, whether it goes out or comes back."""

from collections.abc import Iterable

from assessments.entry.imports import ROW_KEYS
from resolution03.lib.dates import PartialDate, Precision
from resolution03.lib.workbooks.kinds import Kind
from resolution03.lib.workbooks.tables import Row


def key_of_values(values: Iterable[object]) -> str:
    """The key of these values, in the order of ROW_KEYS."""
    return "|".join(_plain(value) for value in values)


def key_written(kind: Kind, row: dict[str, object]) -> str:
    """The key of a row as it is written: what reading its cells gives."""
    names = ROW_KEYS[kind.name]
    return key_of_values(kind.by_key[name].type.read(row[name]) for name in names)


def key_read(row: Row) -> str:
    """The key of a row that was read."""
    return key_of_values(row.given(name) for name in ROW_KEYS[row.kind.name])


def _plain(value: object) -> str:
    if isinstance(value, PartialDate):
        return value.day.isoformat() if value.precision == Precision.DAY else str(value)
    return "" if value is None else str(value)
