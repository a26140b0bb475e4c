"""The indicators of the resolution: declarations over tallies and rosters.

An indicator names a subject and the keys that count; from that one declaration come the
numerator, the denominator, the other reading and the names behind them (docs/indicators.md).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from assessments.figures.fold import Counts
from assessments.figures.judge import Cause
from assessments.roster.models.lines import Movement, VillageLine
from assessments.roster.models.tallies import Subject
from assessments.roster.tallies import WAITING, counting
from assessments.rules.models.schemes import Meaning
from assessments.rules.models.years import RatingYear
from assessments.rules.year_rules import ReadingRule, YearRules

Count = Callable[[Counts], int]
"""A number out of the counts of one year and unit."""


def adding(subject: str, keys: Iterable[str]) -> Count:
    """How many of a subject stand under any of `keys`."""
    places = [(str(subject), key) for key in keys]
    return lambda counts: sum([counts.get(place, 0) for place in places])


def rated(subject: str) -> Count:
    """How many of a subject have a level, whichever it is."""
    wanted = str(subject)
    return lambda counts: sum(
        [n for (found, key), n in counts.items() if found == wanted and key not in WAITING]
    )


@dataclass(frozen=True, slots=True)
class Formula:
    """How one reading counts; `denominator` None: a plain count. `reading` is shown."""

    reading: str
    numerator: Count
    denominator: Count | None = None


@dataclass(frozen=True)
class Indicator:
    """A share or a count. `label` and `rule` are shown; `subject` says who is counted."""

    code: str
    label: str
    rule: str
    subject: Subject

    @property
    def broken_by(self) -> frozenset[str]:
        """What parts its figures from those of earlier years (judge.Cause)."""
        return frozenset()

    def formulas(self, rules: YearRules) -> list[Formula]:
        """How a year counts: by the reading in use, then by the other readings."""
        raise NotImplementedError

    def rated_and_roster(self, counts: Counts) -> tuple[int | None, int | None]:
        """How many are rated, and how many stand in the roster; None where neither applies."""
        return None, None

    def rows(self, year: RatingYear, rules: YearRules, part: str) -> QuerySet:
        """The names behind the figure: `met`, `missed` or `unrated`."""
        raise NotImplementedError


@dataclass(frozen=True)
class LevelShare(Indicator):
    """The share of the rated whose level counts under a meaning of the crosswalk."""

    meaning: Meaning
    also_of: Meaning | None = None

    @property
    def broken_by(self) -> frozenset[str]:
        return frozenset({Cause.SCHEME, Cause.TREE})

    def formulas(self, rules: YearRules) -> list[Formula]:
        mine = rules.reading(self.meaning)
        readings = [mine, *rules.other_readings(self.meaning)]
        found = [
            Formula(reading.name if reading else "", self._count(reading), rated(self.subject))
            for reading in readings
        ]
        if self.also_of:
            whole = self._count(rules.reading(self.also_of))
            words = _("share of those that count as strong")
            found.append(Formula(words, self._count(mine), whole))
        return found

    def rated_and_roster(self, counts: Counts) -> tuple[int, int]:
        found = rated(self.subject)(counts)
        return found, found + adding(self.subject, WAITING)(counts)

    def rows(self, year: RatingYear, rules: YearRules, part: str) -> QuerySet:
        reading = rules.reading(self.meaning)
        counted = Q(decided__code__in=reading.codes if reading else ())
        lines = self._lines(year)
        if part == "unrated":
            return lines.unrated()
        return lines.rated().filter(counted if part == "met" else ~counted)

    def _lines(self, year: RatingYear) -> QuerySet:
        return counting(year.pk, self.subject)

    def _count(self, reading: ReadingRule | None) -> Count:
        return adding(self.subject, reading.codes if reading else ())


@dataclass(frozen=True)
class HeadShare(Indicator):
    """The share of villages with a head in post whose head is a member."""

    def formulas(self, rules: YearRules) -> list[Formula]:
        return self._formulas

    @cached_property
    def _formulas(self) -> list[Formula]:
        members = adding(self.subject, ["member"])
        probationary = adding(self.subject, ["probationary"])
        heads = adding(self.subject, ["member", "not_member"])
        return [
            Formula(_("probationary members included"), members, heads),
            Formula(
                _("without probationary members"),
                lambda counts: members(counts) - probationary(counts),
                heads,
            ),
        ]

    def rows(self, year: RatingYear, rules: YearRules, part: str) -> QuerySet:
        state = {"met": "member", "missed": "not_member", "unrated": "vacant"}[part]
        return VillageLine.objects.filter(year=year).in_state(state)


@dataclass(frozen=True)
class VillageCount(Indicator):
    """How many villages are in a state that the resolution wants none to be in."""

    state: str
    reading: str
    also: str = ""
    also_reading: str = ""

    def formulas(self, rules: YearRules) -> list[Formula]:
        return self._formulas

    @cached_property
    def _formulas(self) -> list[Formula]:
        found = [Formula(self.reading, adding(self.subject, [self.state]))]
        if self.also:
            both = adding(self.subject, [self.state, self.also])
            found.append(Formula(self.also_reading, both))
        return found

    def rows(self, year: RatingYear, rules: YearRules, part: str) -> QuerySet:
        lines = VillageLine.objects.filter(year=year)
        if part == "unrated":
            return lines.none()
        found = lines.in_state(self.state)
        return found if part == "met" else lines.exclude(pk__in=found.values("pk"))


@dataclass(frozen=True)
class AdmissionCount(Indicator):
    """Admissions in the province over the term, those who left later included."""

    @property
    def broken_by(self) -> frozenset[str]:
        return frozenset({Cause.TERM})

    def formulas(self, rules: YearRules) -> list[Formula]:
        return self._formulas

    @cached_property
    def _formulas(self) -> list[Formula]:
        everywhere = adding(self.subject, ["term", "term_outside"])
        return [
            Formula(_("admitted in the province"), adding(self.subject, ["term"])),
            Formula(_("with those admitted outside the province"), everywhere),
        ]

    def rows(self, year: RatingYear, rules: YearRules, part: str) -> QuerySet:
        state = {"met": "term", "missed": "term_outside"}.get(part)
        lines = Movement.objects.filter(year=year)
        return lines.in_state(state) if state else lines.none()


INDICATORS: tuple[Indicator, ...] = (
    LevelShare(
        "grassroots_strong",
        _("Strong grassroots organizations"),
        _("grassroots organizations whose level counts as strong, of those rated"),
        Subject.GRASSROOTS,
        Meaning.STRONG,
    ),
    LevelShare(
        "grassroots_exemplary",
        _("Exemplary grassroots organizations"),
        _("exemplary grassroots organizations, of all those rated"),
        Subject.GRASSROOTS,
        Meaning.EXEMPLARY,
        also_of=Meaning.STRONG,
    ),
    LevelShare(
        "affiliated_strong",
        _("Strong affiliated organizations"),
        _("organizations affiliated to a grassroots committee that count as strong, of those rated"),
        Subject.AFFILIATED,
        Meaning.STRONG,
    ),
    LevelShare(
        "members_well",
        _("Members performing well"),
        _("members performing well or better, of those rated"),
        Subject.MEMBER,
        Meaning.WELL,
    ),
    HeadShare(
        "village_heads_members",
        _("Village heads who are members"),
        _("villages whose head on 31 December is a member, of those with a head in post"),
        Subject.HEAD,
    ),
    AdmissionCount(
        "admissions_term",
        _("Admissions of the term"),
        _("members admitted in the province over the term"),
        Subject.ADMISSION,
    ),
    VillageCount(
        "villages_without_cell",
        _("Villages without a cell"),
        _("villages without a cell on 31 December"),
        Subject.VILLAGE,
        "without_cell",
        _("a shared cell counts as a cell"),
        "shared_cell",
        _("with those that share a cell"),
    ),
    VillageCount(
        "villages_without_member",
        _("Villages without a member"),
        _("villages without a cell, or whose cell has no member, on 31 December"),
        Subject.VILLAGE,
        "without_member",
        _("exempt members count as members"),
    ),
    VillageCount(
        "villages_blank_again_cell",
        _("Villages blank again of a cell"),
        _("villages without a cell that had one on an earlier day"),
        Subject.VILLAGE,
        "blank_again_cell",
        _("had a cell on an earlier day"),
    ),
    VillageCount(
        "villages_blank_again_member",
        _("Villages blank again of members"),
        _("villages without a member whose cell had one on an earlier day"),
        Subject.VILLAGE,
        "blank_again_member",
        _("had a member on an earlier day"),
    ),
)

BY_CODE: dict[str, Indicator] = {indicator.code: indicator for indicator in INDICATORS}


def rows(code: str, year: RatingYear, rules: YearRules, part: str) -> QuerySet:
    """The lines behind a part of a figure; narrow with `visible_to` and `under`."""
    return BY_CODE[code].rows(year, rules, part)
