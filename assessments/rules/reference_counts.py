"""The counts of parts II and III with which a database begins: `counts.toml`, written as rows."""

import tomllib
from pathlib import Path
from typing import Any

from assessments.rules.count_rule import CheckRule, CountRule, freeze_counts
from assessments.rules.counts_of_year import holds

Row = dict[str, Any]
BEGAN = 2016
RELATED = ("denominator", "less")
OF_CHECKS = ("plus", "other", "less")
FIRST_CHECKS = {
    **dict.fromkeys(("admitted_women", "admitted_ethnic", "admitted_youth_union"), "admitted"),
    **dict.fromkeys(("cells_with_committee", "cells_meeting_monthly"), "cells"),
}
"""To which size each was held before checks were data."""


def declared() -> list[Row]:
    """The counts as the file has them, with what it leaves to be understood."""
    rows = tomllib.loads((Path(__file__).parent / "counts.toml").read_text(encoding="utf-8"))["count"]
    return [_understood(row) for row in rows]


def _understood(row: Row) -> Row:
    document = f"NQ 03-NQ/TU, mục {row['clause']}"
    plain = {"short_name": row["name"], "first_year": BEGAN, "document": document, "checks": []}
    return plain | row


def install_counts(apps) -> None:
    """Write what is not there yet, and what is known now of those counted before; their names, years and
    documents stay. What the Board added stands behind them."""
    activity = apps.get_model("assessments", "Activity")
    rows = {row.code: row for row in activity.objects.order_by("position")}
    wanted = declared()
    added = [row for code, row in rows.items() if code not in {one["code"] for one in wanted}]
    for position, values in enumerate(wanted, 1):
        row = rows.setdefault(values["code"], activity(code=values["code"]))
        _write(row, values, position)
    for position, row in enumerate(added, len(wanted) + 1):
        activity.objects.filter(pk=row.pk).update(position=position)
    _relate(apps, rows, wanted)


def _write(row, values: Row, position: int) -> None:
    kept = {"name", "short_name", "form", "first_year", "last_year", "document"} if row.pk else set()
    for name in values.keys() - kept - {"checks", *RELATED}:
        setattr(row, name, values[name])
    row.position = position
    row.save()


def _relate(apps, rows: Row, wanted: list[Row]) -> None:
    """Wholes and checks, once all counts are there."""
    check = apps.get_model("assessments", "CountCheck")
    for values in wanted:
        row = rows[values["code"]]
        for name in RELATED:
            setattr(row, name, rows.get(values.get(name, "")))
        row.save()
        for one in values["checks"]:
            related = {name: rows[one[name]] for name in OF_CHECKS if name in one}
            check.objects.create(activity=row, **one | related)


def first_counts(apps, year: int) -> list[dict]:
    """What a year counted before wholes and checks were data, as closing would have frozen it."""
    rows = apps.get_model("assessments", "Activity").objects.order_by("position")
    return freeze_counts(tuple(_first(row) for row in rows if holds(row, year)))


def _first(row) -> CountRule:
    size = FIRST_CHECKS.get(row.code)
    women = {"source": "computed", "register": row.code} if row.code == "admitted_women" else {}
    return CountRule(
        row.code,
        row.name,
        row.short_name,
        document=row.document,
        form=row.form,
        checks=(CheckRule(size=size),) if size else (),
        **women,
    )
