"""What is asked of every row about a year, whatever it tells: whose it is, of which year, which level,
and what the one judge of entries has against it."""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.rules.entry_rule import Code
from assessments.rules.ratings import Fault
from assessments.workbooks.kinds.judging.around import Around, Registry
from assessments.workbooks.kinds.judging.levels import Years
from orgs.loading.scope import unknown
from resolution03.lib.workbooks.names import warn_of_name
from resolution03.lib.workbooks.table import Row

_LOCKED = {
    Code.YEAR_CLOSED: gettext_lazy("year %(year)s is closed"),
    Code.SUBMITTED: gettext_lazy("the unit's year is submitted or accepted"),
    Code.ACCEPTED: gettext_lazy("the unit's year is submitted or accepted"),
}


def judge_year(row: Row, year: int, around: Around, fault: str) -> None:
    """A load may be limited to one year; `fault`: what else stands against the year."""
    if around.only_year and year != around.only_year:
        fault = _("this load is limited to %(year)s") % {"year": around.only_year}
    if fault:
        row.blame("wrong_year", "year", fault)


def opened_fault(years: Years, year: int) -> str:
    """Why a year has no roster."""
    stored = years.stored.get(year)
    return "" if stored and (stored.is_open or stored.is_closed) else _("this year was never opened")


def judge_whose(row: Row, around: Around, registry: Registry, *, is_listed: bool, is_inside: bool) -> None:
    """The code is known or stands in the year's roster, lies inside the scope, and bears the name."""
    if not is_listed and not registry.knows(row.code):
        row.blame("unknown_code", "code", unknown(row.code, registry.knows))
    elif not is_inside:
        row.blame(around.scope.outside_code, "code", around.scope.outside_message)
    elif row.has("name"):
        warn_of_name(row, "name", registry.names(row.code), partial(registry.former_names, row.code))


def judge_level(row: Row, key: str, year: int, subject: str, years: Years) -> None:
    """Replace what is written by the level's code in the year's scheme."""
    written = row.text(key)
    if written is None or years.scheme(year) is None:
        return
    if code := years.level_code(year, subject, written):
        row.values[key] = code
        return
    del row.values[key]
    words = _("no level of %(year)s; write one of: %(levels)s")
    levels = "; ".join(years.level_names(year, subject))
    row.blame("bad_choice", key, words % {"year": year, "levels": levels})


def blame(row: Row, year: int, fault: Fault, key: str, level: str = "") -> None:
    """Put what the judge of entries refuses on the row: a lock at `key`, what is wrong with the level
    at `level`, what stands beside a total at the code."""
    if fault.rule in _LOCKED:
        row.blame("locked", key, _LOCKED[fault.rule] % {"year": year})
    else:
        at = {Code.BESIDE_TOTAL: "code", Code.TITLE_AS_LEVEL: "awarded"}.get(fault.rule, level)
        row.blame("inconsistent", at, fault)
