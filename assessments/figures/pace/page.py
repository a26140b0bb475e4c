"""The page of the pace: what accumulates, so far, beside its quota or target and the same day last year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import Permission, may
from assessments.figures.board import board
from assessments.figures.judge import Aim, Standing
from assessments.figures.pace.aims import Aims
from assessments.figures.pace.moments import Moment, moment
from assessments.figures.place import Place
from assessments.figures.words import fraction
from assessments.roster.on_day import ByUnit
from assessments.roster.tree import Branches
from assessments.rules.target_rules import TermRule
from resolution03.lib.figures import number, percent, percentage
from resolution03.lib.xlsx import Column, ListSheet

DAYS = ("06-30", "09-30", "12-31")


@dataclass(frozen=True, slots=True)
class Measure:
    """So far, of a base where it is a share; what it is held to; the same day of the year before."""

    have: int | None
    base: int | None
    aim: Aim
    before: int | None
    before_base: int | None
    is_quota: bool = False

    @property
    def shown(self) -> str:
        return _shown(self.have, self.base)

    @property
    def share(self) -> str:
        """The share of the base, or of a quota."""
        whole = self.base if self.base is not None else (self.needed if self.is_quota else None)
        return percentage(percent(self.have or 0, whole)) if whole else ""

    @property
    def needed(self) -> int | None:
        return self.aim.needed(self.base)

    @property
    def short(self) -> int | None:
        return self.aim.short(self.have, self.base)

    @property
    def standing(self) -> Standing:
        return self.aim.standing(self.have, self.base)

    @property
    def earlier(self) -> str:
        return _shown(self.before, self.before_base)


@dataclass(frozen=True, slots=True)
class Line:
    """A unit, or the whole province."""

    name: str
    url: str
    in_year: Measure
    in_term: Measure
    heads: Measure

    @property
    def measures(self) -> tuple[Measure, Measure, Measure]:
        return self.in_year, self.in_term, self.heads


class Pace:
    """What is asked of the page of a place: on which day."""

    def __init__(self, place: Place, query: Mapping[str, str]):
        self.place, self.year = place, place.year
        asked = query.get("day", "")
        self.asked = asked if asked in DAYS else self._default
        self.day = self._on(self.asked)
        self.board = board([one for one in place.years if one.pk in (self.year.pk - 1, self.year.pk)])
        self.rules = self.board.rules[self.year.pk]
        self.aims = Aims(self.board, self.year.pk, self.term)

    def _on(self, key: str) -> date:
        return date.fromisoformat(f"{self.year.pk}-{key}")

    @property
    def _default(self) -> str:
        """The latest of the days that has come; of an earlier year its last."""
        today = timezone.localdate()
        passed = [key for key in DAYS if self._on(key) <= today]
        return passed[-1] if passed else DAYS[0]

    @cached_property
    def term(self) -> TermRule | None:
        """The term in which the day lies."""
        return next((term for term in self.rules.terms if term.holds(self.day)), None)

    @cached_property
    def _branches(self) -> Branches:
        return Branches()

    @cached_property
    def _moments(self) -> tuple[Moment, Moment]:
        units = [unit.unit_id for unit in self.place.submissions]
        before = self.day.replace(year=self.day.year - 1)
        now, then = (moment(self.board, day, self.term, self._branches, units) for day in (self.day, before))
        return now, then

    @cached_property
    def lines(self) -> list[Line]:
        return [
            self._line(unit.name, self.place.address(self.year.pk, unit.code), unit.unit_id)
            for unit in self.place.units
        ]

    @cached_property
    def total(self) -> Line:
        return self._line(_("Whole province"), "", None)

    def _line(self, name: str, url: str, unit: int | None) -> Line:
        now, then = self._moments
        heads_aim, is_quota = self.aims.of_heads(unit)
        return Line(
            name,
            url,
            self._counted(now.in_year, then.in_year, unit, *self.aims.of_year(unit)),
            self._counted(now.in_term, then.in_term, unit, *self.aims.of_term(unit)),
            Measure(
                of(now.members, unit), of(now.posts, unit) or 0, heads_aim,
                of(then.members, unit), of(then.posts, unit) or 0, is_quota,
            ),
        )  # fmt: skip

    def _counted(
        self, now: ByUnit | None, then: ByUnit | None, unit: int | None, aim: Aim, is_quota: bool
    ) -> Measure:
        return Measure(of(now, unit), None, aim, of(then, unit), None, is_quota)

    @property
    def marks(self) -> list[str]:
        """Of which days the registers of today tell, because the year is closed."""
        told = [f"{one.day:%d/%m/%Y}" for one in self._moments if one.by_registers]
        words = _("%(days)s: by the registers of today, the year is closed")
        return [words % {"days": "; ".join(told)}] if told else []

    @property
    def file_name(self) -> str:
        return f"tien-do-{self.day}"

    def workbook(self) -> ListSheet:
        told = {"place": self.place.title, "day": f"{self.day:%d/%m/%Y}"}
        rows = [*self.lines, *([] if self.place.unit else [self.total])]
        return ListSheet(_("Pace, %(place)s, %(day)s") % told, tuple(_columns()), rows, "; ".join(self.marks))

    def context(self) -> dict:
        count = len(self.lines)
        words = ngettext("Download Excel: %(n)s unit", "Download Excel: %(n)s units", count)
        return self.place.head() | {
            "now": timezone.now(),
            "day": self.day,
            "before": self._moments[1].day,
            "days": [
                {
                    "key": key,
                    "day": date.fromisoformat(f"{self.year.pk}-{key}"),
                    "is_shown": key == self.asked,
                }
                for key in DAYS
            ],
            "term": self.term,
            "lines": self.lines,
            "total": self.total,
            "notes": self.marks,
            "may_export": may(self.place.user, Permission.EXPORT),
            "export_label": words % {"n": number(count)},
        }


def _shown(have: int | None, base: int | None) -> str:
    """The count, or the part of a base; nothing where there is no village with a head."""
    if have is None or base == 0:
        return "–"
    return number(have) if base is None else fraction(have, base)


def of(counts: ByUnit | None, unit: int | None) -> int | None:
    """How many of a unit, or of all."""
    if counts is None:
        return None
    return sum(counts.values()) if unit is None else counts[unit]


def _columns() -> Iterator[Column]:
    yield Column(_("Unit"), "name", 32)
    groups = {
        "in_year": _("Admissions of the year"),
        "in_term": _("Admissions of the term"),
        "heads": _("Village heads who are members"),
    }
    parts = {
        "have": _("So far"),
        "needed": _("Quota or target"),
        "short": _("Still short"),
        "before": _("Same day last year"),
    }
    for name, words in groups.items():
        for part, heading in parts.items():
            yield Column(f"{words}: {heading}", _part(name, part), 14, "number")
    yield Column(_("Villages with a head"), _part("heads", "base"), 14, "number")
    yield Column(_("Villages with a head, same day last year"), _part("heads", "before_base"), 14, "number")


def _part(name: str, part: str):
    return lambda line: getattr(getattr(line, name), part)
