"""The documents and events of one unit in a year: groups by kind, on the page and as a workbook."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assessments.entry.records.holders import Holder
from assessments.entry.records.kinds import DOCUMENT, KINDS, NUMBERS, Kind
from assessments.entry.records.models import ContestLevel, Record
from assessments.rules.models.years import RatingYear
from resolution03.lib.bulk import column
from resolution03.lib.figures import number
from resolution03.lib.xlsx import Column, ListSheet


@dataclass(frozen=True, slots=True)
class Line:
    """One record: its own fields in words, in the order of its kind."""

    record: Record
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Group:
    """The records of one kind; `earlier`: programmes of years before, which still hold."""

    kind: Kind
    headings: list[str]
    lines: list[Line]
    earlier: list[Line]

    @property
    def numbers(self) -> list[bool]:
        """Which of the columns hold numbers."""
        return [name in self.kind.numbers for name in own_fields(self.kind)]


def own_fields(kind: Kind) -> list[str]:
    """What a kind has beside day, number and title."""
    return [name for name in kind.fields if name not in DOCUMENT]


def heading(name: str) -> str:
    return capfirst(str(column(Record, name).verbose_name))


class Listing:
    """What is read of one holder in a year, in one statement."""

    def __init__(self, user, year: RatingYear, holder: Holder):
        self.year, self.holder = year, holder
        rows = Record.objects.visible_to(user).filter(organization=holder.organization_id, year__lte=year)
        lasting = [code for code, kind in KINDS.items() if kind.lasts]
        found = rows.filter(year=year) | rows.filter(kind__in=lasting)
        self._rows = list(found.select_related("answers"))

    @property
    def groups(self) -> list[Group]:
        return [self._group(kind) for kind in KINDS.values()]

    @property
    def count(self) -> int:
        return sum(row.year_id == self.year.pk for row in self._rows)

    def _group(self, kind: Kind) -> Group:
        names = own_fields(kind)
        lines = [
            Line(row, [told(row, name) for name in names]) for row in self._rows if row.kind == kind.code
        ]
        now = [line for line in lines if line.record.year_id == self.year.pk]
        earlier = [line for line in lines if line.record.year_id != self.year.pk]
        return Group(kind, [heading(name) for name in names], now, earlier)

    def workbook(self) -> ListSheet:
        """A row a record, the programmes that still hold among them."""
        rows = [(group.kind, line.record) for group in self.groups for line in (*group.earlier, *group.lines)]
        names = list(dict.fromkeys(name for kind in KINDS.values() for name in own_fields(kind)))
        columns = (
            Column(_("Kind"), lambda row: capfirst(str(row[0].label)), 24),
            Column(_("Clause"), lambda row: row[0].clause, 9),
            Column(heading("on"), lambda row: row[1].on, 12),
            Column(heading("number"), lambda row: row[1].number, 18),
            Column(heading("title"), lambda row: row[1].title, 44),
            *(Column(heading(name), _value(name), 14) for name in names),
        )
        title = _("Documents and events, %(place)s %(year)s")
        return ListSheet(title % {"place": self.holder.name, "year": self.year.pk}, columns, rows)


def told(record: Record, name: str) -> str:
    """A value of a record in words."""
    value = getattr(record, name)
    if value in (None, ""):
        return ""
    if name in NUMBERS:
        return number(value)
    if name == "on":
        return f"{value:%d/%m/%Y}"
    return str(ContestLevel(value).label) if name == "level" else str(value)


def _value(name: str):
    """A number as a number, all else in words."""

    def value(row: tuple[Kind, Record]):
        kind, record = row
        if name not in kind.fields:
            return None
        return getattr(record, name) if name in kind.numbers else told(record, name)

    return value
