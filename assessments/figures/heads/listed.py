"""The list of villages as it is asked for: words, units, way; and its workbook."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from assessments.figures.heads.sheet import UnitRow
from assessments.figures.heads.villages import Village
from resolution03.lib.text import fold
from resolution03.lib.xlsx import Column, ListSheet

SHORT, ALL = "short", "all"
PART_WORDS = {
    "a": _t("A: the head can be admitted"), "b": _t("B: a member can stand"), "c": _t("C: vacant"),
    "none": _t("No cell yet"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """`units`: those short of the target, all, or one by its code."""

    words: str
    units: str
    part: str

    @classmethod
    def of(cls, query: Mapping[str, str], *, default: str) -> "Asked":
        part = query.get("way", "")
        words, units = query.get("q", "").strip()[:100], query.get("units", "") or default
        return cls(words, units, part if part in PART_WORDS else "")


@dataclass(frozen=True, slots=True)
class Group:
    """The villages of one unit on a page; `first`: the number of the first of them."""

    row: UnitRow
    villages: list[tuple[int, Village]]


def found(rows: Iterable[UnitRow], codes: Mapping[int, str], asked: Asked) -> list[tuple[UnitRow, Village]]:
    """The villages asked for, by unit in the office's order."""
    key = fold(asked.words)
    return [
        (row, one)
        for row in rows
        if row.pk is not None and _is_wanted(row, codes.get(row.pk, ""), asked.units)
        for one in row.listed
        if _is_in(one, asked.part) and (key in fold(f"{one.name} {one.committee} {one.code}"))
    ]


def _is_wanted(row: UnitRow, code: str, units: str) -> bool:
    if units == SHORT:
        return row.is_short
    return units in (ALL, code)


def _is_in(village: Village, part: str) -> bool:
    told = {
        "a": village.may_admit,
        "b": village.may_stand,
        "c": village.is_vacant,
        "none": village.lacks_cell,
    }
    return told.get(part, True)


def grouped(rows: Iterable[tuple[UnitRow, Village]], start: int) -> list[Group]:
    """Rows of one page under their units, numbered from `start`."""
    numbered = enumerate(rows, start=start)
    return [
        Group(group[0][1][0], [(number, village) for number, (_row, village) in group])
        for _unit, same in groupby(numbered, key=lambda pair: pair[1][0].pk)
        for group in [list(same)]
    ]


def cell_words(village: Village) -> str:
    """Own cell, shared with which villages, or none."""
    if not village.has_cell:
        return _("no cell yet")
    if village.shares_with:
        return _("shared with %(villages)s") % {"villages": "; ".join(village.shares_with)}
    return _("own cell")


def way_words(village: Village) -> str:
    """What the unit means to do, or what has to come first."""
    if village.is_vacant:
        return _("a new election; put forward a member")
    if village.lacks_cell:
        return _("found a cell first (article II.5)")
    return village.chosen.value.upper() if village.chosen else _("still open")


def workbook(title: str, rows: Iterable[tuple[UnitRow, Village]], subtitle: str) -> ListSheet:
    """The rows of the list; no name of a person is among them."""
    return ListSheet(title, _columns(), list(enumerate(rows, start=1)), subtitle)


def _columns() -> tuple[Column, ...]:
    def of(value):
        return lambda row: value(row[1][1])

    return (
        Column(_("No."), lambda row: row[0], 6, "number"),
        Column(_("Unit"), lambda row: row[1][0].name, 30),
        Column(_("Village"), of(lambda one: one.name), 28),
        Column(_("Commune committee"), of(lambda one: one.committee), 28),
        Column(_("Cell"), of(cell_words), 28),
        Column(_("Official members taking part"), of(lambda one: one.members), 14, "number"),
        Column(_("Head in post"), of(lambda one: _("vacant") if one.is_vacant else _from(one)), 14),
        Column("A", of(lambda one: _mark(one.may_admit)), 6),
        Column("B", of(lambda one: _mark(one.may_stand)), 6),
        Column("C", of(lambda one: _mark(one.is_vacant)), 6),
        Column(_("Way of the unit"), of(way_words), 30),
    )


def _from(village: Village) -> str:
    return _("from %(day)s") % {"day": village.since} if village.since else ""


def _mark(holds: bool) -> str:
    return "x" if holds else ""
