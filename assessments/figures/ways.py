"""The ways of counting: a share by levels, a share of heads, villages in a state, admissions."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.figures.counted import Cells, Count, Counting, Formula, PartWords, adding, rated
from assessments.figures.fold import Counts
from assessments.figures.past import Cause
from assessments.roster.covering import counting
from assessments.roster.keys import WAITING
from assessments.roster.models.movements import Movement
from assessments.roster.models.tallies import Subject
from assessments.roster.models.village_lines import VillageLine
from assessments.roster.querysets import HEAD_STATES
from assessments.rules.models.schemes import Meaning
from assessments.rules.models.years import RatingYear
from assessments.rules.year_rules import ReadingRule, TermRule, YearRules
from orgs.scoping import YearScopedQuerySet
from resolution03.lib.phrases import Phrase

TITLE_READING = _("awarded the title “exemplary” (HD 06-HD/TW, 9/6/2025), of all rated")


@dataclass(frozen=True)
class LevelShare(Counting):
    """The share of the rated whose level counts under a meaning of the crosswalk; `has_title`: another
    reading takes those awarded the title, where it is not a level of its own."""

    subject: Subject
    meaning: Meaning
    also_of: Meaning | None = None
    has_title: bool = False
    is_rated = True
    broken_by = frozenset({Cause.SCHEME, Cause.TREE, Cause.PLACE})
    parts_called = PartWords(
        (_("Met"), _("Not met"), _("Not rated")),
        (_("counts"), _("does not count"), _("not rated")),
    )

    def level_reading(self, rules: YearRules) -> ReadingRule | None:
        return rules.reading(self.meaning)

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
        if self.has_title and rules.awards_title:
            found.append(Formula(TITLE_READING, adding(Subject.TITLE, [self.subject]), rated(self.subject)))
        return found

    def rated_and_roster(self, counts: Counts) -> tuple[int, int]:
        found = rated(self.subject)(counts)
        return found, found + adding(self.subject, WAITING)(counts)

    def rows(self, year: RatingYear, rules: YearRules, part: str) -> YearScopedQuerySet:
        reading = rules.reading(self.meaning)
        counted = Q(decided__code__in=reading.codes if reading else ())
        lines = counting(year.pk, self.subject)
        if part == "unrated":
            return lines.unrated()
        return lines.rated().filter(counted if part == "met" else ~counted)

    def parts(self, counts: Counts, have: int, whole: int | None) -> tuple[int | None, ...]:
        return have, (whole or 0) - have, adding(self.subject, WAITING)(counts)

    def cells(self, code: str) -> Cells:
        return Cells(self.subject.value, code, "rated", "unrated")

    def _count(self, reading: ReadingRule | None) -> Count:
        return adding(self.subject, reading.codes if reading else ())


@dataclass(frozen=True)
class HeadShare(Counting):
    """The share of villages with a head in post whose head is in a state of the roster; `without`:
    those left out by the other reading."""

    state: str
    reading: Phrase
    parts_called: PartWords
    without: str = ""
    without_reading: Phrase = ""
    subject = Subject.HEAD
    broken_by = frozenset({Cause.PLACE})
    has_milestones = True

    def formulas(self, rules: YearRules) -> list[Formula]:
        return self._formulas

    @cached_property
    def _formulas(self) -> list[Formula]:
        have, left_out = (adding(self.subject, [key]) for key in (self.state, self.without))
        heads = adding(self.subject, _IN_POST)
        found = [Formula(self.reading, have, heads)]
        if self.without:
            less = Formula(self.without_reading, lambda c: have(c) - left_out(c), heads)
            found.append(less)
        return found

    def rows(self, year: RatingYear, rules: YearRules, part: str) -> YearScopedQuerySet:
        lines = VillageLine.objects.filter(year=year)
        if part == "unrated":
            return lines.in_state("vacant")
        in_state, in_post = HEAD_STATES[self.state], lines.filter(head_state__in=_IN_POST)
        return in_post.filter(in_state if part == "met" else ~in_state)

    def parts(self, counts: Counts, have: int, whole: int | None) -> tuple[int | None, ...]:
        return have, (whole or 0) - have, adding(self.subject, ["vacant"])(counts)

    def cells(self, code: str) -> Cells:
        others = (((self.state,), (self.without,)),) if self.without else ()
        return Cells("villages", self.state, "in_post", "vacant", others)


_IN_POST = ("member", "not_member")


@dataclass(frozen=True)
class VillageCount(Counting):
    """How many villages are in a state that the resolution wants none to be in; `also`: a state that
    the other reading adds."""

    state: str
    reading: Phrase
    also: str = ""
    also_reading: Phrase = ""
    subject = Subject.VILLAGE
    is_share = False
    broken_by = frozenset({Cause.PLACE})
    is_limited = True
    parts_called = PartWords((_("In this state"), _("Not in this state"), ""), (_("in this list"), "", ""))

    def formulas(self, rules: YearRules) -> list[Formula]:
        return self._formulas

    @cached_property
    def _formulas(self) -> list[Formula]:
        return _with_also(self)

    def rows(self, year: RatingYear, rules: YearRules, part: str) -> YearScopedQuerySet:
        lines = VillageLine.objects.filter(year=year)
        if part == "unrated":
            return lines.none()
        found = lines.in_state(self.state)
        return found if part == "met" else lines.exclude(pk__in=found.values("pk"))

    def parts(self, counts: Counts, have: int, whole: int | None) -> tuple[int | None, ...]:
        return have, counts.get((self.subject, "total"), 0) - have, None

    def cells(self, code: str) -> Cells:
        return Cells("villages", self.state, others=_also_cells(self))


@dataclass(frozen=True)
class AdmissionCount(Counting):
    """Admissions over a term in a state of the roster, those who left later included: the resolution's
    term or, `of_current`, the one in which the year ends. `also`: those that the other reading adds, who
    are listed as not counted."""

    state: str
    reading: Phrase
    parts_called: PartWords
    also: str = ""
    also_reading: Phrase = ""
    of_current: bool = False
    subject = Subject.ADMISSION
    is_share = False
    broken_by = frozenset({Cause.TERM, Cause.PLACE})

    def term_of(self, rules: YearRules, year: int) -> TermRule | None:
        return rules.current_term(year) if self.of_current else rules.term

    def formulas(self, rules: YearRules) -> list[Formula]:
        return self._formulas

    @cached_property
    def _formulas(self) -> list[Formula]:
        return _with_also(self)

    def rows(self, year: RatingYear, rules: YearRules, part: str) -> YearScopedQuerySet:
        state = {"met": self.state, "missed": self.also}.get(part)
        lines = Movement.objects.filter(year=year)
        return lines.in_state(state) if state else lines.none()

    def parts(self, counts: Counts, have: int, whole: int | None) -> tuple[int | None, ...]:
        return have, adding(self.subject, [self.also])(counts) if self.also else None, None

    def cells(self, code: str) -> Cells:
        return Cells("movements", self.state, others=_also_cells(self))


def _with_also(counted: VillageCount | AdmissionCount) -> list[Formula]:
    """The count of the state, and with those that the other reading adds."""
    found = [Formula(counted.reading, adding(counted.subject, [counted.state]))]
    if counted.also:
        both = adding(counted.subject, [counted.state, counted.also])
        found.append(Formula(counted.also_reading, both))
    return found


def _also_cells(counted: VillageCount | AdmissionCount) -> tuple:
    return (((counted.state, counted.also), ()),) if counted.also else ()
