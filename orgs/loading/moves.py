"""Rows that repeat a move of the past: nothing changes by them (INTERFACE, readings 8 and 9)."""

from collections.abc import Iterable, Mapping
from datetime import date

from orgs.rules import follows
from resolution03.lib.workbooks.changes import differs, wanted
from resolution03.lib.workbooks.table import Row

Stretch = tuple[str, str | None, date | None]


def repeated_moves(
    rows: Iterable[Row],
    stored: Mapping[str, Mapping],
    *,
    place: str,
    latest: str,
    keys: Iterable[str],
    past: Iterable[Stretch],
) -> set[str]:
    """The codes of rows whose move, before the latest one, is on file with its day and place.

    `place`, `latest`: the keys of the place and of the day of the latest move in `stored`;
    `keys`: the columns in which the row must agree with it; `past`: (code, place, from) of
    the stretches that are over, read only when a row asks for one.
    """
    others = [key for key in keys if key != place]
    early = {
        row.code: (row.given(place), day)
        for row in rows
        if (day := row.day("applies_on"))
        and row.code in stored
        and not follows(day, stored[row.code][latest])
        and not any(
            differs(row.kind, name, stored[row.code][name], value)
            for name, value in wanted(row, others).items()
        )
    }
    return {code for code, stood, start in (past if early else ()) if early.get(code) == (stood, start)}
