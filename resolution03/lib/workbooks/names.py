"""The record that a row's code names bears another name than the row."""

from collections.abc import Callable, Collection, Iterable

from django.utils.translation import gettext as _

from resolution03.lib.text import same_name_key
from resolution03.lib.workbooks.changes import UPDATED
from resolution03.lib.workbooks.table import Row

CODE = "name_differs"


def other_name(typed: str | None, borne: Collection[str], known: Callable[[], Iterable[str]] = tuple) -> str:
    """That the record of a code bears none like the name typed, in words; empty where it does, or
    bears none. Case, spaces and tone placement do not count. `borne`: the names that the record
    bears, the first is told; `known`: others that it bore, asked only when needed."""
    borne = [name for name in borne if name]
    if not typed or not borne or typed in borne:
        return ""
    wanted = same_name_key(typed)
    if any(wanted == same_name_key(name) for name in (*borne, *known())):
        return ""
    return _("the record of this code bears another name: %(name)s") % {"name": borne[0]}


def warn_of_name(
    row: Row, key: str, borne: Collection[str], known: Callable[[], Iterable[str]] = tuple
) -> None:
    """Warn at the name in column `key`; a row that was found by its name needs no check."""
    if not row.kind.is_named and (words := other_name(row.text(key), borne, known)):
        row.warn(CODE, key, words)


def warn_of_renaming(row: Row, stored: str) -> None:
    """Warn at the name of a row of a register that changes it to another."""
    key = row.kind.name_key
    if row.status == UPDATED and key in row.changes:
        warn_of_name(row, key, [stored])
