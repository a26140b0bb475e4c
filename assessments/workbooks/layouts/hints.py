"""What may have been meant by a code that nobody knows: the nearest ones inside the unit."""

from collections.abc import Iterable

from assessments.workbooks.kinds.declared import WorkbookKind
from assessments.workbooks.kinds.listed import every
from assessments.workbooks.layouts.directory import Directory, Entry
from resolution03.lib.text import code, match_key
from resolution03.lib.workbooks.cells import CODE
from resolution03.lib.workbooks.kinds import Kind

MOST = 3


def near_codes(
    faults: Iterable[tuple[str, dict, dict]], unit: str | None, *, sees_persons: bool
) -> list[tuple[str, dict, dict]]:
    """The faults of a page, each with `near`: up to three entries for a code that is unknown."""
    directory, faults = Directory(unit), list(faults)
    names = {sheet["kind"] for _kind, sheet, _fault in faults}
    kinds = {kind.name: (kind, kind.columns()) for kind in every() if kind.name in names}
    return [
        (kind, sheet, fault | {"near": _near(kinds.get(sheet["kind"]), fault, directory, sees_persons)})
        for kind, sheet, fault in faults
    ]


def _near(
    found: tuple[WorkbookKind, Kind] | None, fault: dict, directory: Directory, sees_persons: bool
) -> list[Entry]:
    if fault["code"] != "unknown_code" or found is None:
        return []
    kind, columns = found
    column = columns.by_heading.get(match_key(fault["column"] or ""))
    if column is None or column.type is not CODE:
        return []
    name = kind.mapped.register_of(column.key)
    if not fault["value"] or (name == "members" and not sees_persons):
        return []
    register = getattr(directory, name)
    return register.suggest_code(code(fault["value"]), MOST) or register.suggest(fault["value"], MOST)
