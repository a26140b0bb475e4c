"""What the drop-downs of a prepared workbook offer: choices, levels, reasons, codes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.rules.models.schemes import Level, RatedSubject, Scheme
from assessments.rules.reasons import reasons_of
from assessments.workbooks.kinds.roles import LEVEL_KEYS
from assessments.workbooks.prepared.sheets import PreparedSheet
from orgs.models import Form, Organization, Village
from resolution03.lib.workbooks.cells import MARK
from resolution03.lib.workbooks.kinds import Column

CLEAR = "xoá"
MARKS = ("x", "không")


@dataclass(frozen=True, slots=True)
class Options:
    """One list: what may be chosen, with a name beside where a code says too little.

    `is_all`: nothing else can be right. Codes may be new ones of the same file, reasons are free.
    """

    title: str
    rows: tuple[tuple[str, str], ...]
    is_all: bool = True
    is_free: bool = False

    @property
    def has_names(self) -> bool:
        return any(name for _value, name in self.rows)


class Lists:
    """The lists of one unit and scheme; what stands in the registers is read when asked for."""

    def __init__(self, unit: Organization, scheme: Scheme | None, year: int):
        self.unit = unit
        self.scheme = scheme
        self.year = year
        self._codes: dict[str, tuple[tuple[str, str], ...]] = {}

    def of(self, sheet: PreparedSheet, column: Column) -> Options | None:
        """What a column offers; None where it is typed freely."""
        if column.type.choices:
            return Options(_title(column), _optional(column, column.type.choices))
        if column.key in sheet.prepared.codes:
            return self._codes_of(sheet.prepared.codes[column.key])
        if column.key in LEVEL_KEYS and sheet.entry.subjects:
            return self._levels(sheet, column)
        if column.type is MARK:
            return Options(_("Mark"), tuple((mark, "") for mark in MARKS))
        if column.key == "reason":
            return self._reasons(sheet, column)
        return None

    def levels(self, subjects: Iterable[str]) -> list[Level]:
        found = Level.objects.filter(scheme=self.scheme, subject__in=subjects)
        return list(found.order_by("subject", "rank")) if self.scheme else []

    def _levels(self, sheet: PreparedSheet, column: Column) -> Options | None:
        subjects = sheet.entry.subjects
        names: dict[str, str] = {}
        for level in self.levels(subjects):
            names.setdefault(level.code, level.name)
        rows = list(names.items())
        if column.required or not rows:
            return Options(self._level_title(subjects), tuple(rows)) if rows else None
        return Options(self._level_title(subjects), (*rows, (CLEAR, "")))

    def _reasons(self, sheet: PreparedSheet, column: Column) -> Options | None:
        """The Board's list for those who are not rated."""
        subject = sheet.entry.subjects[0]
        rows = tuple((reason, "") for reason in reasons_of(self.year, subject).offered)
        title = _("Reasons of members") if subject == RatedSubject.MEMBER else _("Reasons of organizations")
        return Options(title, rows, is_free=True) if rows else None

    def _level_title(self, subjects: tuple[str, ...]) -> str:
        if len(subjects) > 1:
            return _("Levels of reported totals")
        return (
            _("Levels of organizations")
            if subjects[0] == RatedSubject.ORGANIZATION
            else _("Levels of members")
        )

    def _codes_of(self, name: str) -> Options:
        if name not in self._codes:
            self._codes[name] = tuple(_REGISTERED[name](self.unit))
        return Options(str(_TITLES[name]()), self._codes[name], is_all=False)


def _title(column: Column) -> str:
    """Not the heading itself: a sheet with headings of its own would be read as one of data."""
    return _("For “%(heading)s”") % {"heading": column.heading}


def _optional(column: Column, choices: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    more = () if column.required else (CLEAR,)
    return tuple((choice, "") for choice in (*choices, *more))


def _cells(unit: Organization):
    return _organizations(unit).filter(form=Form.CELL).values_list("code", "name")


def _committees(unit: Organization):
    return _organizations(unit).exclude(form=Form.CELL).values_list("code", "name")


def _organizations(unit: Organization):
    return Organization.objects.under(unit).existing_on(timezone.localdate()).order_by("position", "pk")


def _villages(unit: Organization):
    found = Village.objects.under(unit).existing_on(timezone.localdate())
    return found.order_by("position", "pk").values_list("code", "name")


_REGISTERED = {"cells": _cells, "committees": _committees, "villages": _villages}
_TITLES = {
    "cells": lambda: _("Codes of cells"),
    "committees": lambda: _("Codes of committees"),
    "villages": lambda: _("Codes of villages"),
}
