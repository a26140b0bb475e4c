"""The Excel of units × shares, and of a unit's organizations × shares."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessments.entry.part_two.matrix import Matrix, Row
from assessments.entry.part_two.words import partly
from resolution03.lib.xlsx import Column, ListSheet, Value


def sheet(matrix: Matrix, title: str, year: int, *, of_units: bool) -> ListSheet:
    """The rows of the page, its total last; of each count the number, part, whole, how many gave it, and
    the year before."""
    first = _("Unit") if of_units else _("Organization")
    given = _("Grassroots organizations that gave") if of_units else _("Counts given")
    columns = [
        Column(_("Code"), "code", 12, "text"),
        Column(first, "name", 36),
        Column(given, lambda row: f"{row.full}/{row.of}" if row.of else None, 12),
    ]
    for place in range(len(matrix.heads)):
        columns += _of(matrix, place, year)
    rows = [*matrix.rows, _named(matrix.total, _("Total"))]
    if matrix.province:
        rows.append(_named(matrix.province, _("Whole province")))
    return ListSheet(title, tuple(columns), rows, partly(matrix))


def _of(matrix: Matrix, place: int, year: int) -> Iterator[Column]:
    rule = matrix.heads[place].rule
    name = rule.short_name
    yield Column(f"{name} {year}", _value(place, lambda shown: shown.now.value), 12)
    if rule.has_share:
        yield Column(_("%(name)s: part") % {"name": name}, _value(place, lambda one: one.now.given.part), 12)
        yield Column(
            _("%(name)s: whole") % {"name": name}, _value(place, lambda one: one.now.given.whole), 12
        )
    gave = _value(place, lambda one: f"{one.now.gave}/{one.now.asked}" if one.now.given.is_asked else None)
    yield Column(_("%(name)s: gave") % {"name": name}, gave, 12)
    yield Column(f"{name} {year - 1}", _value(place, lambda one: one.before.value), 12)


def _value(place: int, of) -> Value:
    return lambda row: of(row.cells[place])


def _named(row: Row, name: str) -> Row:
    return Row("", name, row.cells, row.full, row.of)
