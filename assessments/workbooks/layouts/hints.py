"""What may have been meant by a code that nobody knows: the nearest ones inside the unit."""

from collections.abc import Iterable

from assessments.workbooks.layouts.directory import Directory, Entry
from assessments.workbooks.layouts.mapping import KINDS_BY_NAME
from assessments.workbooks.layouts.naming import register_of
from resolution03.lib.text import code, match_key
from resolution03.lib.workbooks.cells import CODE

MOST = 3


def near_codes(
    faults: Iterable[tuple[str, dict, dict]], unit: str | None, *, sees_persons: bool
) -> list[tuple[str, dict, dict]]:
    """The faults of a page, each with `near`: up to three entries for a code that is unknown."""
    directory = Directory(unit)
    return [
        (kind, sheet, fault | {"near": _near(sheet, fault, directory, sees_persons)})
        for kind, sheet, fault in faults
    ]


def _near(sheet: dict, fault: dict, directory: Directory, sees_persons: bool) -> list[Entry]:
    kind = KINDS_BY_NAME.get(sheet["kind"])
    column = kind and kind.by_heading.get(match_key(fault["column"] or ""))
    if fault["code"] != "unknown_code" or column is None or column.type is not CODE:
        return []
    name = register_of(f"{kind.name}.{column.key}")
    if not fault["value"] or (name == "members" and not sees_persons):
        return []
    register = getattr(directory, name)
    return register.suggest_code(code(fault["value"]), MOST) or register.suggest(fault["value"], MOST)
