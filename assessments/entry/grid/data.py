"""The list as the page's script reads it: one compact JSON document.

A row is an array in the order of `_cells`, without the empty values at its end; levels, last
year's levels and names of places stand once and are given by their index (-1: none).
"""

import json
from collections import Counter
from collections.abc import Iterator

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from assessments.entry.grid.places import Places
from assessments.entry.grid.rows import Row
from assessments.entry.grid.sheet import Sheet
from assessments.entry.grid.texts import texts
from assessments.entry.tags import Clock
from assessments.rules.ceilings import UNRATED
from resolution03.lib import figures

EXEMPT, ACCEPTED, DISCIPLINED, MENDED, RECENT, AWARDED = 1, 2, 4, 8, 16, 32


def sheet_data(sheet: Sheet, *, at_once: int, filter_name: str = "") -> dict:
    """Everything that the script needs. `at_once`: how many rows one request may save."""
    names, lasts, clock = _Names(sheet.places), _Values(), Clock()
    levels = {level.code: index for index, level in enumerate(sheet.levels, start=1)}
    rows = [_trimmed(_cells(row, names, lasts, levels, clock)) for row in sheet.rows]
    outside = [[names.of(group), *rest] for group, *rest in _outside(sheet)]
    return sheet.as_data() | {
        "rows": rows,
        "names": names.values,
        "lasts": lasts.values,
        "outside": outside,
        "atOnce": at_once,
        "filter": filter_name,
        "thousands": figures.number(1000)[1:-3],
        "texts": texts(),
    }


class _Values:
    """Values kept once; `of` gives the index of one."""

    def __init__(self):
        self.values: list = []
        self._indexes: dict = {None: -1}

    def of(self, key) -> int:
        if key not in self._indexes:
            self._indexes[key] = len(self.values)
            self.values.append(self.value(key))
        return self._indexes[key]

    def value(self, key):
        return key


class _Names(_Values):
    """Names of organizations by their key."""

    def __init__(self, places: Places):
        super().__init__()
        self._places = places.all

    def value(self, key) -> str:
        return self._places[key].name if key in self._places else ""


def _cells(row: Row, names: _Names, lasts: _Values, levels: dict[str, int], clock: Clock) -> list:
    rated = (row.self_rated, row.proposed, row.decided)
    return [
        row.pk,
        row.version,
        row.code,
        row.name,
        names.of(row.place.pk if row.place else None),
        names.of(row.group),
        lasts.of((row.last, row.last_rank) if row.last else None),
        *(levels[level.code] if level else 0 for level in rated),
        EXEMPT * row.is_exempt
        | ACCEPTED * row.accepted
        | DISCIPLINED * (row.disciplined > 0)
        | MENDED * row.is_mended
        | RECENT * row.is_recent
        | AWARDED * row.awarded,
        clock(row.updated_at) if row.updated_at else "",
        row.reason,
        row.note,
        row.return_reason,
    ]


def _trimmed(cells: list) -> list:
    while cells[-1] == "":
        cells.pop()
    return cells


def _outside(sheet: Sheet) -> Iterator[tuple]:
    """Lines that count beside those listed: group, level's code, how many, how many with a note."""
    noted = Counter(
        (row.group, row.decided.code if row.decided else UNRATED)
        for row in sheet.rows
        if row.note and not row.is_exempt
    )
    for group, code, lines, with_note in sheet.grouped if sheet.places.chosen else ():
        others = lines - sheet.shown_by_group[group][code]
        if others:
            yield group, code, others, with_note - noted[group, code]


def as_block(data: dict) -> SafeString:
    """The document as a part of the page that is not drawn; letters stand as they are."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_IN_A_PAGE)
    return format_html('<template id="rows">{}</template>', mark_safe(text))  # noqa: S308


_IN_A_PAGE = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}
