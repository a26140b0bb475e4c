"""The indicators of the resolution: declarations over tallies and rosters.

An indicator names a subject and the keys that count; from that one declaration come the
numerator, the denominator, the other reading and the names behind them (docs/indicators.md).
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.counts import Counts
from assessments.models import (
    Meaning,
    MemberLine,
    Movement,
    OrganizationLine,
    RatingYear,
    Subject,
    VillageLine,
)
from assessments.tallies import EXEMPT, UNRATED, not_covered
from assessments.year_rules import ReadingRule, YearRules


@dataclass(frozen=True, slots=True)
class Measure:
    """What one reading counts; `denominator` None: a plain count."""

    reading: str
    numerator: int
    denominator: int | None


@dataclass(frozen=True)
class Indicator:
    """A share or a count. `label` and `rule` are shown; `subject` says who is counted."""

    code: str
    label: str
    rule: str
    subject: Subject

    def measure(self, counts: Counts, rules: YearRules) -> Measure:
        """Numerator and denominator by the reading in use."""
        raise NotImplementedError

    def others(self, counts: Counts, rules: YearRules) -> list[Measure]:
        """The same by the other readings."""
        return []

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

    def measure(self, counts: Counts, rules: YearRules) -> Measure:
        return self._by(rules.reading(self.meaning), counts, rules)

    def others(self, counts: Counts, rules: YearRules) -> list[Measure]:
        found = [self._by(reading, counts, rules) for reading in rules.other_readings(self.meaning)]
        if self.also_of:
            mine, base = rules.reading(self.meaning), rules.reading(self.also_of)
            part, whole = self._count(mine, counts), self._count(base, counts)
            found.append(Measure(_("share of those that count as strong"), part, whole))
        return found

    def rated_and_roster(self, counts: Counts) -> tuple[int, int]:
        rated = self._rated(counts)
        waiting = (counts.get((self.subject, key), 0) for key in (UNRATED, EXEMPT))
        return rated, rated + sum(waiting)

    def rows(self, year: RatingYear, rules: YearRules, part: str) -> QuerySet:
        reading = rules.reading(self.meaning)
        counted = Q(decided__code__in=reading.codes if reading else ())
        lines = self._lines(year)
        if part == "unrated":
            return lines.unrated()
        return lines.rated().filter(counted if part == "met" else ~counted)

    def _lines(self, year: RatingYear) -> QuerySet:
        own = not_covered(year.pk, self.subject)
        if self.subject == Subject.MEMBER:
            return MemberLine.objects.filter(own, year=year).in_roster()
        return OrganizationLine.objects.filter(own, year=year, kind=self.subject).in_roster()

    def _by(self, reading: ReadingRule | None, counts: Counts, rules: YearRules) -> Measure:
        name = reading.name if reading else ""
        return Measure(name, self._count(reading, counts), self._rated(counts))

    def _count(self, reading: ReadingRule | None, counts: Counts) -> int:
        codes = reading.codes if reading else ()
        return sum(counts.get((self.subject, code), 0) for code in codes)

    def _rated(self, counts: Counts) -> int:
        return sum(
            count
            for (subject, key), count in counts.items()
            if subject == self.subject and key not in (UNRATED, EXEMPT)
        )


@dataclass(frozen=True)
class HeadShare(Indicator):
    """The share of villages with a head in post whose head is a member."""

    def measure(self, counts: Counts, rules: YearRules) -> Measure:
        members, others = (
            counts.get((self.subject, "member"), 0),
            counts.get((self.subject, "not_member"), 0),
        )
        return Measure(_("probationary members included"), members, members + others)

    def others(self, counts: Counts, rules: YearRules) -> list[Measure]:
        measure = self.measure(counts, rules)
        official = measure.numerator - counts.get((self.subject, "probationary"), 0)
        return [Measure(_("without probationary members"), official, measure.denominator)]

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

    def measure(self, counts: Counts, rules: YearRules) -> Measure:
        return Measure(str(self.reading), counts.get((self.subject, self.state), 0), None)

    def others(self, counts: Counts, rules: YearRules) -> list[Measure]:
        if not self.also:
            return []
        more = counts.get((self.subject, self.also), 0)
        numerator = counts.get((self.subject, self.state), 0) + more
        return [Measure(str(self.also_reading), numerator, None)]

    def rows(self, year: RatingYear, rules: YearRules, part: str) -> QuerySet:
        lines = VillageLine.objects.filter(year=year)
        if part == "unrated":
            return lines.none()
        found = lines.in_state(self.state)
        return found if part == "met" else lines.exclude(pk__in=found.values("pk"))


@dataclass(frozen=True)
class AdmissionCount(Indicator):
    """Admissions in the province over the term, those who left later included."""

    def measure(self, counts: Counts, rules: YearRules) -> Measure:
        reading = _("admitted in the province")
        return Measure(reading, counts.get((self.subject, "term"), 0), None)

    def others(self, counts: Counts, rules: YearRules) -> list[Measure]:
        outside = counts.get((self.subject, "term_outside"), 0)
        inside = counts.get((self.subject, "term"), 0)
        return [Measure(_("with those admitted outside the province"), inside + outside, None)]

    def rows(self, year: RatingYear, rules: YearRules, part: str) -> QuerySet:
        state = {"met": "term", "missed": "term_outside"}.get(part)
        lines = Movement.objects.filter(year=year)
        return lines.in_state(state) if state else lines.none()


_t = gettext_lazy
INDICATORS: tuple[Indicator, ...] = (
    LevelShare(
        "grassroots_strong",
        _t("Strong grassroots organizations"),
        _t("grassroots organizations whose level counts as strong, of those rated"),
        Subject.GRASSROOTS,
        Meaning.STRONG,
    ),
    LevelShare(
        "grassroots_exemplary",
        _t("Exemplary grassroots organizations"),
        _t("exemplary grassroots organizations, of all those rated"),
        Subject.GRASSROOTS,
        Meaning.EXEMPLARY,
        also_of=Meaning.STRONG,
    ),
    LevelShare(
        "affiliated_strong",
        _t("Strong affiliated organizations"),
        _t(
            "organizations affiliated to a grassroots committee that count as strong, of those rated"
        ),
        Subject.AFFILIATED,
        Meaning.STRONG,
    ),
    LevelShare(
        "members_well",
        _t("Members performing well"),
        _t("members performing well or better, of those rated"),
        Subject.MEMBER,
        Meaning.WELL,
    ),
    HeadShare(
        "village_heads_members",
        _t("Village heads who are members"),
        _t("villages whose head on 31 December is a member, of those with a head in post"),
        Subject.HEAD,
    ),
    AdmissionCount(
        "admissions_term",
        _t("Admissions of the term"),
        _t("members admitted in the province over the term"),
        Subject.ADMISSION,
    ),
    VillageCount(
        "villages_without_cell",
        _t("Villages without a cell"),
        _t("villages without a cell on 31 December"),
        Subject.VILLAGE,
        "without_cell",
        _t("a shared cell counts as a cell"),
        "shared_cell",
        _t("with those that share a cell"),
    ),
    VillageCount(
        "villages_without_member",
        _t("Villages without a member"),
        _t("villages without a cell, or whose cell has no member, on 31 December"),
        Subject.VILLAGE,
        "without_member",
        _t("exempt members count as members"),
    ),
    VillageCount(
        "villages_blank_again_cell",
        _t("Villages blank again of a cell"),
        _t("villages without a cell that had one on an earlier day"),
        Subject.VILLAGE,
        "blank_again_cell",
        _t("had a cell on an earlier day"),
    ),
    VillageCount(
        "villages_blank_again_member",
        _t("Villages blank again of members"),
        _t("villages without a member whose cell had one on an earlier day"),
        Subject.VILLAGE,
        "blank_again_member",
        _t("had a member on an earlier day"),
    ),
)

BY_CODE: dict[str, Indicator] = {indicator.code: indicator for indicator in INDICATORS}


def rows(code: str, year: RatingYear, rules: YearRules, part: str) -> QuerySet:
    """The lines behind a part of a figure; narrow with `visible_to` and `under`."""
    return BY_CODE[code].rows(year, rules, part)
