"""What a row would change in what is stored. Pure; values are compared as attributes of models,
references by code; a PartialDate fills `x_on` and `x_precision`."""

from collections.abc import Container, Mapping
from datetime import date

from resolution03.lib.dates import PartialDate, Precision, written
from resolution03.lib.text import is_in_capitals_alone
from resolution03.lib.workbooks.cell_types import CLEAR
from resolution03.lib.workbooks.kinds import Kind
from resolution03.lib.workbooks.table import Row

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"


def precision_of(key: str) -> str:
    """The attribute that holds the precision of the date `key`."""
    return key.removesuffix("_on") + "_precision"


def wanted(row: Row, keys: Container[str]) -> dict[str, object]:
    """The attributes that the filled cells of a row ask for."""
    found: dict[str, object] = {}
    for key, value in row.values.items():
        if key not in keys:
            continue
        if type(value) is PartialDate:
            found[key], found[precision_of(key)] = value.day, value.precision.value
        elif value is CLEAR:
            found[key] = row.kind.by_key[key].type.blank
            if key.endswith("_on"):
                found[precision_of(key)] = Precision.DAY.value
        else:
            found[key] = value
    return found


def compare(row: Row, stored: Mapping[str, object] | None, asked: Mapping[str, object]) -> None:
    """Set the status and the changes of a row; `stored` is None for a new object."""
    if stored is None:
        row.status = CREATED
        row.changes = {name: (None, value) for name, value in asked.items()}
        return
    row.changes = {
        name: (stored[name], value)
        for name, value in asked.items()
        if stored[name] != value and differs(row.kind, name, stored[name], value)
    }
    row.status = UPDATED if row.changes else UNCHANGED


def differs(kind: Kind, key: str, stored: object, asked: object) -> bool:
    """Whether a value is another than the stored one; a name all in capitals alone is not."""
    if key != kind.name_key or type(asked) is not str or type(stored) is not str:
        return stored != asked
    return stored != asked and not is_in_capitals_alone(asked, stored)


def shown_changes(row: Row) -> list[tuple[str, str, str]]:
    """(heading, before, after) of each changed column, for the plan that a person confirms."""
    keys = [key for key in row.kind.by_key if key in row.changes or precision_of(key) in row.changes]
    return [(row.kind.heading(key), _shown(row, key, 0), _shown(row, key, 1)) for key in keys]


def _shown(row: Row, key: str, side: int) -> str:
    value = row.changes.get(key, (None, None))[side]
    if key not in row.changes and (side == 1 or row.status != CREATED):
        value = row.day(key)
    if value is None or value == "":
        return ""
    if precision_of(key) in row.changes:
        precision = row.changes[precision_of(key)][side] or Precision.DAY
        return written(value if isinstance(value, date) else None, str(precision))
    if value is True or value is False:
        return "x" if value else ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return row.kind.by_key[key].type.names.get(str(value), str(value))


def keys_of(kind: Kind, *without: str) -> tuple[str, ...]:
    """The keys of a kind's columns that are stored as they stand."""
    return tuple(key for key in kind.by_key if key not in without)
