"""The lines that a supplement touches, read once, and what may become of each."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from django.utils.translation import gettext as _

from assessments.review.supplements.models import SupplementLine
from assessments.review.supplements.rules import CHANGED, TITLE, line_faults
from assessments.roster import covering
from assessments.roster.models.line import RatedLine
from assessments.roster.models.lines import BY_LETTER
from assessments.rules.levels import code_of
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear
from assessments.rules.of_year import rules_of
from assessments.rules.ratings import Standing
from assessments.rules.year_rules import LevelRule
from resolution03.lib.text import clean


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one line should become, on top of the version that the unit saw.

    `key`: `o` or `m` (organization, member) and the line's id; levels are codes, "" is none; `awarded`:
    TITLE where the title is, of an organization.
    """

    key: str
    version: int
    decided: str = ""
    self_rated: str = ""
    reason: str = ""
    awarded: str = ""

    @classmethod
    def of(cls, row: RatedLine | SupplementLine) -> Self:
        """A line as it stands, or as it was filed; its levels must be loaded for many at once."""
        return cls(
            row.key,
            row.version,
            code_of(row.decided),
            code_of(row.self_rated),
            row.reason,
            TITLE * row.awarded,
        )

    @property
    def letter(self) -> str:
        return self.key[0]

    @property
    def line_id(self) -> int:
        return int(self.key[1:])

    @property
    def after(self) -> dict:
        told = {name: clean(getattr(self, name)) for name in CHANGED}
        return told | {"awarded": TITLE * bool(told["awarded"] and BY_LETTER[self.letter].also)}


@dataclass(frozen=True, slots=True)
class Judged:
    """One line of a supplement with all that stands against it."""

    wanted: Wanted
    line: RatedLine
    before: dict
    faults: list[str]

    @property
    def code(self) -> str:
        return self.line.code


class Case:
    """What a unit wants of lines of its closed year, judged line by line.

    Lines of another unit or year are not in it: `unknown` names their keys.
    """

    def __init__(self, year: RatingYear, unit_id: int, wanted: Collection[Wanted]):
        self.year, self.unit_id = year, unit_id
        self.wanted = {one.key: one for one in wanted}
        self.lines = {key: line for letter in BY_LETTER for key, line in self._read(letter)}
        self.unknown = self.wanted.keys() - self.lines.keys()

    def _read(self, letter: str):
        ids = [one.line_id for one in self.wanted.values() if one.letter == letter]
        if not ids:
            return
        lines = BY_LETTER[letter].objects.filter(year=self.year, unit=self.unit_id, pk__in=ids)
        for line in lines.with_rating().select_related("year"):
            yield line.key, line

    @cached_property
    def judged(self) -> list[Judged]:
        return [self._judge(one) for key, one in self.wanted.items() if key in self.lines]

    @property
    def has_faults(self) -> bool:
        return bool(self.unknown) or any(one.faults for one in self.judged)

    def reasons(self) -> list[str]:
        """Every fault with the code of its line; never a person's name."""
        outside = [_("Not in the roster of this year.")] if self.unknown else []
        return outside + [f"{one.code}: {fault}" for one in self.judged for fault in one.faults]

    def levels(self, letter: str) -> list[LevelRule]:
        """The levels that closing froze for organizations or members, the best first."""
        return self._rules.levels_of(BY_LETTER[letter].levels)

    def level(self, letter: str, code: str) -> Level | None:
        return self._levels.get((BY_LETTER[letter].levels, code))

    @property
    def awards_title(self) -> bool:
        """Whether “exemplary” is a title in the year, beside the level."""
        return self._rules.awards_title

    @cached_property
    def _rules(self):
        return rules_of(self.year)

    @cached_property
    def _levels(self) -> dict[tuple, Level]:
        rows = Level.objects.filter(scheme=self.year.scheme_id)
        return {(row.subject, row.code): row for row in rows}

    @cached_property
    def _covered(self) -> set[str]:
        found = set()
        for letter, model in BY_LETTER.items():
            ids = [line.pk for line in self.lines.values() if line.letter == letter]
            lines = model.objects.filter(pk__in=ids)
            covered = covering.covered_among(self.year.pk, lines) if ids else ()
            found |= {f"{letter}{pk}" for pk in covered}
        return found

    def _judge(self, wanted: Wanted) -> Judged:
        line = self.lines[wanted.key]
        before = {
            "self_rated": code_of(line.self_rated),
            "decided": code_of(line.decided),
            "reason": line.reason,
            "awarded": TITLE * line.awarded,
        }
        if line.version != wanted.version:
            return Judged(
                wanted,
                line,
                before,
                [
                    _(
                        "Another decision has changed this row since it was chosen: take it out, "
                        "choose it again."
                    )
                ],
            )
        codes = [level.code for level in self.levels(wanted.letter)]
        faults = line_faults(before, wanted.after, self.standing(wanted.key), codes)
        return Judged(wanted, line, before, faults)

    def standing(self, key: str) -> Standing:
        line = self.lines[key]
        return Standing.of(
            line,
            is_open=self.year.is_open,
            is_covered=key in self._covered,
            awards_title=self.awards_title,
        )
