"""A supplement while it is written: the rows chosen, what was typed into them, what was found.

All of it travels in the form, so nothing typed is lost between finding, looking and filing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from accounts.permissions import Permission, may
from assessments.review.supplements.case import Case, Wanted
from assessments.review.supplements.count_draft import STEPS_OF_COUNTS, CountDraft
from assessments.review.supplements.effect import Effect, effect_of
from assessments.review.supplements.line_changes import LineChange, Rated
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.years import RatingYear
from resolution03.lib.figures import whole
from resolution03.lib.text import fold

FOUND = 15
_KEY = re.compile(r"[om]\d{1,12}")


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A chosen line: what it is, what is wanted of it, what stands against that."""

    change: LineChange
    wanted: Wanted
    levels: list
    faults: list[str]


class Draft:
    """What a user has written so far. `typed`: the posted fields, or the address's."""

    def __init__(self, user, year: RatingYear, unit_id: int, typed):
        self.user, self.year, self.unit_id, self.typed = user, year, unit_id, typed
        self.sees_persons = may(user, Permission.VIEW_PERSONS)
        self.query = typed.get("q", "").strip()[:100]
        self.case = Case(year, unit_id, self._filled(self._keys()))

    @property
    def is_foreign(self) -> bool:
        """Whether it names a line that does not exist for the user."""
        return bool(self.case.unknown or self.counts.case.unknown)

    @property
    def count(self) -> int:
        """How many rows and counts are chosen."""
        return len(self.rows) + len(self.counts.rows)

    @property
    def is_right(self) -> bool:
        """Whether something is chosen and nothing stands against it."""
        return bool(self.count) and not self.case.has_faults and not self.counts.case.has_faults

    @property
    def rows(self) -> list[DraftRow]:
        return [
            DraftRow(change, one.wanted, self.case.levels(one.wanted.letter), one.faults)
            for change, one in zip(self.changes, self.case.judged, strict=True)
        ]

    @cached_property
    def changes(self) -> list[LineChange]:
        return [self._change(one) for one in self.case.judged]

    @property
    def effect(self) -> Effect:
        return effect_of(self.year, self.case)

    @cached_property
    def counts(self) -> CountDraft:
        return CountDraft(self.year, self.unit_id, self.typed)

    @property
    def wanted(self) -> list[Wanted]:
        return list(self.case.wanted.values())

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Everything typed, for a page that shows it without letting it be changed."""
        silent = {"csrfmiddlewaretoken", "find", "add", "remove", "preview", "file", "q", *STEPS_OF_COUNTS}
        return [
            (name, value) for name in self.typed if name not in silent for value in self.typed.getlist(name)
        ]

    @cached_property
    def found(self) -> list[LineChange]:
        """Lines of the unit that the words name, by code or name without diacritics."""
        if not self.query:
            return []
        return [*self._found_organizations(), *(self._found_members() if self.sees_persons else ())]

    def _found_organizations(self):
        words = fold(self.query)
        lines = OrganizationLine.objects.filter(year=self.year, unit=self.unit_id).in_roster()
        lines = lines.select_related("decided", "self_rated", "grassroots")
        found = [line for line in lines if words in fold(f"{line.code} {line.name}")]
        return [self._as_found(line) for line in found if f"o{line.pk}" not in self.case.lines][:FOUND]

    def _found_members(self):
        lines = (
            MemberLine.objects.filter(
                year=self.year, unit=self.unit_id, member__search_key__contains=fold(self.query)
            )
            .in_roster()
            .exclude(pk__in=[int(key[1:]) for key in self.case.lines if key[0] == "m"])
        )
        lines = lines.select_related("decided", "self_rated", "member", "cell")
        return [self._as_found(line) for line in lines[:FOUND]]

    def _as_found(self, line) -> LineChange:
        return LineChange(line, Rated.of(line), Rated.of(line), self.sees_persons)

    def _change(self, one) -> LineChange:
        after = one.wanted.after
        decided, own = (self.case.level(one.wanted.letter, after[name]) for name in ("decided", "self_rated"))
        return LineChange(
            one.line,
            Rated.of(one.line),
            Rated(decided, own, after["reason"], bool(after["awarded"])),
            self.sees_persons,
        )

    def _keys(self) -> list[str]:
        keys = [*self.typed.getlist("line"), self.typed.get("add", "")]
        known = [key for key in dict.fromkeys(keys) if _KEY.fullmatch(key)]
        return [key for key in known if key != self.typed.get("remove")]

    def _filled(self, keys: list[str]) -> list[Wanted]:
        """What was typed for each line; one just added begins with what it says now.

        Where persons do not exist, neither do their lines: their keys stay unknown.
        """
        new = [key for key in keys if whole(self.typed.get(f"version-{key}", "")) is None]
        stored = Case(self.year, self.unit_id, [Wanted(key, 0) for key in new]).lines
        found = [Wanted.of(stored[key]) if key in stored else _typed(key, self.typed) for key in keys]
        if self.sees_persons:
            return found
        return [replace(one, key="o0") if one.letter == "m" else one for one in found]


def _typed(key: str, typed: Mapping[str, str]) -> Wanted:
    version = whole(typed.get(f"version-{key}", ""))
    return Wanted(
        key,
        -1 if version is None else version,
        typed.get(f"decided-{key}", ""),
        typed.get(f"self_rated-{key}", ""),
        typed.get(f"reason-{key}", ""),
        typed.get(f"awarded-{key}", ""),
    )
