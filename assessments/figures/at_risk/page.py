"""The page of the villages at risk in a year: by unit, by village, and its Excel."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t
from django.utils.translation import ngettext

from accounts.permissions import Permission, may, stores_names
from assessments.figures.at_risk.rules import Risk
from assessments.figures.at_risk.villages import Village, with_own_cell
from assessments.figures.place import Place
from assessments.figures.village_mergers import note
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.of_year import rules_of
from resolution03.lib.figures import number
from resolution03.lib.paging import numbered
from resolution03.lib.xlsx import Column, ListSheet

PAGE = 50
WORDS = {
    Risk.FEW: _t("three official members or fewer"),
    Risk.LEAVING: _t("fewer than three left"),
    Risk.UNKNOWN: _t("not known: dates of birth missing"),
}


@dataclass(frozen=True)
class UnitRow:
    """How many villages of a unit have a cell of their own, and how many are in each state, once each."""

    name: str
    url: str
    villages: tuple[Village, ...]

    @cached_property
    def _counts(self) -> Counter:
        return Counter(one.risk for one in self.villages)

    @property
    def all(self) -> int:
        return len(self.villages)

    @property
    def few(self) -> int:
        return self._counts[Risk.FEW]

    @property
    def leaving(self) -> int:
        return self._counts[Risk.LEAVING]

    @property
    def at_risk(self) -> int:
        return self.few + self.leaving

    @property
    def unknown(self) -> int:
        return self._counts[Risk.UNKNOWN]


class AtRisk:
    """What is asked of the page of a place."""

    def __init__(self, place: Place, query: Mapping[str, str]):
        self.place, self.query, self.year = place, query, place.year
        self.rule = rules_of(self.year).risk_age

    @cached_property
    def villages(self) -> list[Village]:
        lines = VillageLine.objects.visible_to(self.place.user)
        lines = lines.under(self.place.unit.unit) if self.place.unit else lines
        return with_own_cell(lines, self.year, self.rule.age)

    @cached_property
    def rows(self) -> list[UnitRow]:
        return [row for row in map(self._row, self.place.units) if row.all]

    def _row(self, unit) -> UnitRow:
        own = tuple(one for one in self.villages if one.unit == unit.unit_id)
        return UnitRow(unit.name, self.place.address(self.year.pk, unit.code), own)

    @cached_property
    def total(self) -> UnitRow:
        name = self.place.title if self.place.unit else _("Whole province")
        return UnitRow(name, "", tuple(self.villages))

    @property
    def asked(self) -> str:
        found = self.query.get("risk", "")
        return found if found in tuple(Risk) else ""

    @cached_property
    def found(self) -> list[tuple[UnitRow, Village]]:
        """The villages at risk or unknown, by unit in the office's order."""
        return [
            (row, one)
            for row in self.rows
            for one in row.villages
            if one.risk and self.asked in ("", one.risk.value)
        ]

    @property
    def title(self) -> str:
        count = self.total.at_risk
        words = ngettext("%(n)s village at risk", "%(n)s villages at risk", count) % {"n": number(count)}
        if not self.total.unknown:
            return words
        unknown = _("%(n)s more cannot be told") % {"n": number(self.total.unknown)}
        return f"{words}; {unknown}"

    @property
    def rule_words(self) -> str:
        """The age with its document, or that it is the default."""
        document = self.rule.document or _("by default, no decision yet")
        return _("%(age)s years (%(document)s)") % {"age": self.rule.age, "document": document}

    @property
    def file_name(self) -> str:
        return f"thon-nguy-co-{self.year.pk}"

    def workbook(self) -> ListSheet:
        title = _("Villages at risk, %(place)s, %(year)s") % {"place": self.place.title, "year": self.year.pk}
        age = _("Age taken off: %(age)s") % {"age": self.rule_words}
        subtitle = ". ".join(filter(None, (age, self._merger_note)))
        return ListSheet(title, _columns(), enumerate(self.found, start=1), subtitle)

    @property
    def _merger_note(self) -> str:
        return note(self.place.past.mergers_until(self.year.pk))

    def context(self) -> dict:
        page = numbered(self.found, self.query.get("page"), PAGE)
        count = ngettext("Download Excel: %(n)s village", "Download Excel: %(n)s villages", page.count)
        return self.place.head() | {
            "now": timezone.now(),
            "title": self.title,
            "rows": self.rows,
            "total": self.total,
            "age": self.rule.age,
            "rule_words": self.rule_words,
            "merger_note": self._merger_note,
            "asked": self.asked,
            "choices": [(risk.value, words) for risk, words in WORDS.items()],
            "page": page,
            "listed": listed(page.rows, page.start_index()),
            "knows_members": stores_names(),
            "may_export": may(self.place.user, Permission.EXPORT),
            "export_label": count % {"n": number(page.count)},
        }


def listed(rows: Iterable[tuple[UnitRow, Village]], start: int) -> list[dict]:
    """The rows of one page, numbered from `start`."""
    return [
        {"number": place, "unit": row.name, "village": one, "words": WORDS[one.risk] if one.risk else ""}
        for place, (row, one) in enumerate(rows, start=start)
    ]


def _columns() -> tuple[Column, ...]:
    def of(name):
        return lambda row: getattr(row[1][1], name)

    return (
        Column(_("No."), lambda row: row[0], 6, "number"),
        Column(_("Unit"), lambda row: row[1][0].name, 30),
        Column(_("Village"), of("name"), 28),
        Column(_("Commune committee"), of("committee"), 28),
        Column(_("Official members"), of("official"), 12, "number"),
        Column(_("Exempt"), of("exempt"), 12, "number"),
        Column(_("Of that age within a year"), of("aged"), 14, "number"),
        Column(_("Date of birth unknown"), of("unborn"), 14, "number"),
        Column(_("Members left"), of("left"), 10, "number"),
        Column(_("State"), lambda row: str(WORDS[row[1][1].risk]), 34),
    )
