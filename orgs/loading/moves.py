"""Rows that repeat a change of the past: nothing changes by them (INTERFACE, readings 8 and 9)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from orgs.actions.former import Before
from orgs.dated import Former
from orgs.rules import exists_on, follows
from resolution03.lib.workbooks.changes import differs, wanted
from resolution03.lib.workbooks.table import Row


class Stretch(NamedTuple):
    """What a thing was, from when (None: from the beginning) to the first day no longer."""

    code: str
    value: object
    starts_on: date | None
    ends_on: date


@dataclass(frozen=True, slots=True)
class Course:
    """A column whose value holds from a day on. `since`: the key in what is stored of the day of the
    latest change; `past`: the stretches that are over, read only when a row asks for one."""

    key: str
    since: str
    past: Callable[[], Iterable[Stretch]]


Wanted = Callable[[Row, Collection[str]], Mapping[str, object]]
"""What a row asks for in some columns."""


def repeated_moves(
    rows: Iterable[Row],
    stored: Mapping[str, Mapping],
    courses: Iterable[Course],
    keys: Iterable[str],
    wanted: Wanted = wanted,
) -> set[str]:
    """The codes of rows that differ only by what is on file already: each such value held on the
    day of the row, before its latest change, and one of them from that day on. `keys`: the columns
    in which else the row must agree with what is stored."""
    courses = list(courses)
    dated = {course.key for course in courses}
    others = [key for key in keys if key not in dated]
    early = {
        row.code: (day, asked)
        for row in rows
        if (day := row.day("applies_on"))
        and row.code in stored
        and not any(_differing(row, stored[row.code], wanted(row, others)))
        and (asked := _asked_early(row, stored[row.code], courses, day, wanted))
    }
    if not early:
        return set()
    held = {course.key: _by_code(course.past()) for course in courses}
    return {code for code, (day, asked) in early.items() if _is_on_file(code, day, asked, held)}


def _differing(row: Row, stored: Mapping, asked: Mapping[str, object]) -> Iterable[tuple[str, object]]:
    for name, value in asked.items():
        if differs(row.kind, name, stored[name], value):
            yield name, value


def _asked_early(
    row: Row, stored: Mapping, courses: list[Course], day: date, wanted: Wanted
) -> dict[str, object] | None:
    """What differs, where all of it would lie before the latest change; None where it does not."""
    asked = dict(_differing(row, stored, wanted(row, [course.key for course in courses])))
    since = {course.key: stored[course.since] for course in courses}
    return asked if asked and not any(follows(day, since[key]) for key in asked) else None


def _is_on_file(code: str, day: date, asked: Mapping, held: Mapping[str, Mapping]) -> bool:
    found = [
        next((one for one in held[key][code] if one.value == value and _holds(one, day)), None)
        for key, value in asked.items()
    ]
    return all(found) and any(one.starts_on == day for one in found if one)


def _holds(stretch: Stretch, day: date) -> bool:
    return exists_on(day, stretch.starts_on, stretch.ends_on)


def _by_code(found: Iterable[Stretch]) -> Mapping[str, list[Stretch]]:
    by_code: dict[str, list[Stretch]] = defaultdict(list)
    for stretch in found:
        by_code[stretch.code].append(stretch)
    return by_code


def former_stretches(model: type[Former], code: str) -> Iterable[Stretch]:
    """What things were before, by rows of `Former`; `code`: the path to the code of the thing."""
    starts: dict[str, date] = {}
    rows = model._default_manager.order_by("until").values_list(code, model.held, "until")
    for of, value, until in rows:
        yield Stretch(of, value, starts.get(of), until)
        starts[of] = until


def former_rows(model: type[Former], owner: str) -> Mapping[int, list[Before]]:
    """The rows of `Former` by the key of their thing; one query."""
    found: dict[int, list[Before]] = defaultdict(list)
    columns = (f"{owner}_id", "pk", model.held, "until", "decision")
    for thing, *row in model._default_manager.order_by("until").values_list(*columns):
        found[thing].append(Before(*row))
    return found


def judge_day(
    row: Row, stored: Mapping | None, course: str, since: str, day: date | None, at: str = "applies_on"
) -> None:
    """A change of a column that holds from a day on comes on or after its latest one."""
    if day and stored and course in row.changes and not follows(day, stored[since]):
        row.blame(
            "inconsistent",
            at,
            _("before the latest change, of %(day)s") % {"day": f"{stored[since]:%d/%m/%Y}"},
        )


def note_day(row: Row, stored: Mapping | None, courses: Iterable[Course], day: date | None) -> None:
    """Say of a changed value from which day on it holds; without one it is corrected from its own start."""
    changed = [course for course in courses if stored and course.key in row.changes]
    if not changed or not stored:
        return
    since = [stored[course.since] for course in changed]
    if day:
        row.note = _("Holds from %(day)s on.") % {"day": f"{day:%d/%m/%Y}"}
    elif any(since):
        latest = ", ".join(f"{one:%d/%m/%Y}" for one in since if one)
        row.note = _("No day is given: corrected from the latest change on, of %(day)s.") % {"day": latest}
    else:
        row.note = _("No day is given: corrected from the beginning.")
