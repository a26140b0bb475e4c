"""What the yearly entry page shows: rows, last year's levels, counts, targets and caps."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q
from django.utils.translation import gettext

from assessments.entry.grid.filters import listed
from assessments.entry.grid.head import Goal, bars_of, cap_data, goals_of, rated_of
from assessments.entry.grid.kinds import Kind
from assessments.entry.grid.places import Places
from assessments.entry.grid.rows import Row, read_rows
from assessments.roster.facts import disciplined_below, had_other_levels
from assessments.roster.models.line import RatedLineQuerySet
from assessments.rules.cap_groups import key_of
from assessments.rules.cap_rule import CapRule
from assessments.rules.ceilings import UNRATED, Ceiling
from assessments.rules.discipline import asking_codes
from assessments.rules.exceptions import review
from assessments.rules.levels import spellings
from assessments.rules.line_facts import LineFacts
from assessments.rules.models.caps import CapGroup
from assessments.rules.models.years import RatingYear
from assessments.rules.reasons import Reasons, reasons_of
from assessments.rules.year_rules import LevelRule, YearRules
from resolution03.lib.paging import NumberedPage, numbered
from resolution03.lib.text import match_key
from resolution03.lib.workbooks.cells import NO, YES

MARK = "x"
"""A title that is awarded, as page and script tell it; "" is none."""
ROWS_A_PAGE = 30
"""How many rows the server draws: what a page without scripts shows at a time."""


@dataclass(frozen=True)
class Sheet:
    """The whole page's data.

    `scope`: all lines that the counts speak of; `places.chosen` says which of them are listed.
    `is_unit`: the user sees the whole unit, so that its targets and caps can be counted.
    """

    year: RatingYear
    kind: Kind
    rules: YearRules
    last_rules: YearRules | None
    scope: RatedLineQuerySet
    places: Places
    is_unit: bool

    @property
    def last_year(self) -> int:
        return self.year.pk - 1

    @property
    def is_former(self) -> bool:
        """Five levels: the former scheme, whose levels have no fills of their own."""
        return len(self.levels) > 4

    @cached_property
    def is_new_scheme(self) -> bool:
        """Last year had other levels: then nothing is filled in like last year."""
        return self.last_rules is not None and had_other_levels(self.year, self.kind.levels)

    @property
    def last_scheme_note(self) -> str:
        """One sentence when last year's levels were other ones."""
        if not self.is_new_scheme or self.last_rules is None:
            return ""
        last = self.last_rules.levels_of(self.kind.levels)
        reading = self.kind.indicators[0].counted.level_reading(self.last_rules)
        counted = [x.code for x in last if reading and x.code in reading.codes]
        others = [x.code for x in last if x.code not in counted]
        return gettext("Levels of %(year)s by the former scheme: %(counted)s count, %(others)s do not") % {
            "year": self.last_year,
            "counted": ", ".join(counted),
            "others": ", ".join(others),
        }

    @cached_property
    def levels(self) -> list[LevelRule]:
        return self.rules.levels_of(self.kind.levels)

    @cached_property
    def rows(self) -> list[Row]:
        rows = read_rows(
            self.places.narrowed(self.scope),
            self.levels,
            self.places.all,
            self.year.pk,
            ranked=not self.is_new_scheme,
        )
        if not self.kind.is_members:
            below = disciplined_below(self.year, self.scope)
            for row in rows:
                row.disciplined = below[row.who]
        for row in rows:
            row.suggested = self.reasons.recent if row.is_recent and row.is_blank else ""
        self._mark_owed(rows)
        return rows

    @cached_property
    def reasons(self) -> Reasons:
        """Why somebody of this list may not be rated, as the Board offers it."""
        return reasons_of(self.year.pk, self.kind.levels)

    @property
    def awards_title(self) -> bool:
        """Whether the list has a column for the title."""
        return not self.kind.is_members and self.rules.awards_title

    def page(self, number: str | None, part: str) -> NumberedPage:
        """The rows that the server draws, of one part of the list (`filters`); any other number
        than a page's is the nearest one."""
        return numbered(listed(self.rows, part), number, ROWS_A_PAGE)

    def _mark_owed(self, rows: list[Row]) -> None:
        """Say which rows still need a reason; a cap only where its whole group is listed."""
        caps = [cap for cap in self.caps if self.places.cell is None or cap.group == CapGroup.UNIT]
        facts = [_facts(row, self.asking) for row in rows]
        owed = review(facts, caps, self.rules.asked).unexplained
        for row in rows:
            if row.pk in owed:
                row.owed = owed[row.pk].value

    @cached_property
    def asking(self) -> tuple[str, ...]:
        """The levels beside which discipline asks, where the list is of organizations."""
        return () if self.kind.is_members else asking_codes(self.year.pk, self.rules)

    @cached_property
    def by_group(self) -> dict[int | None, Counter]:
        """How many lines of the scope have each level, by grassroots organization; "" is not
        rated, exempt left out."""
        if self.places.chosen is None:
            return self.shown_by_group
        found: dict[int | None, Counter] = defaultdict(Counter)
        for group, code, count, _noted in self.grouped:
            found[group][code] += count
        return found

    @cached_property
    def grouped(self) -> list[tuple]:
        """Grassroots organization, level, lines, and how many of them have a note."""
        lines = self.scope.to_rate()
        codes = {level.id: level.code for level in self.levels}
        counted = (
            lines.order_by()
            .values_list("grassroots_id", "decided_id")
            .annotate(lines=Count("pk"), noted=Count("pk", filter=~Q(note="")))
        )
        return [(group, codes.get(pk, UNRATED), lines, noted) for group, pk, lines, noted in counted]

    @cached_property
    def shown_by_group(self) -> dict[int | None, Counter]:
        found: dict[int | None, Counter] = defaultdict(Counter)
        for row in self.rows:
            if not row.is_exempt:
                found[row.group][row.decided.code if row.decided else UNRATED] += 1
        return found

    @cached_property
    def counts(self) -> Counter:
        return sum(self.by_group.values(), Counter())

    @cached_property
    def has_proposed(self) -> bool:
        return any(row.proposed for row in self.rows)

    @property
    def rated(self) -> int:
        return rated_of(self.counts)

    @property
    def roster(self) -> int:
        return self.counts.total()

    @property
    def unrated(self) -> int:
        return self.counts[UNRATED]

    @property
    def bars(self) -> list[dict]:
        return bars_of(self.counts, self.levels)

    @cached_property
    def goals(self) -> list[Goal]:
        found = goals_of(self.kind, self.year.pk, self.rules, self.counts) if self.is_unit else []
        return [goal.under(self.ceilings) for goal in found]

    @cached_property
    def caps(self) -> list[CapRule]:
        """The caps whose groups the user sees whole."""
        seen = {CapGroup.GRASSROOTS, CapGroup.UNIT} if self.is_unit else {CapGroup.GRASSROOTS}
        return [cap for cap in self.rules.caps_of(self.kind.subject) if cap.group in seen]

    @cached_property
    def ceilings(self) -> list[Ceiling]:
        """Each cap for the group of the first row, and how many groups are over it."""
        if not self.rows:
            return []
        first = _facts(self.rows[0], self.asking)
        within = [cap for cap in self.caps if key_of(cap, first).unit is not None]
        return [self._ceiling(cap.in_unit(first.unit)) for cap in within]

    def _ceiling(self, cap: CapRule) -> Ceiling:
        if cap.group == CapGroup.UNIT:
            return Ceiling(cap, self.counts)
        first = self.rows[0].group
        over = sum(Ceiling(cap, counts).over > 0 for counts in self.by_group.values())
        place = self.places.all.get(first) if first else None
        return Ceiling(cap, self.by_group[first], place.name if place else "", over)

    def as_data(self) -> dict:
        """What the page's script computes with; `assessments.entry.grid.data` adds the rows."""
        return {
            "levels": [{"code": level.code, "name": level.name, "rank": level.rank} for level in self.levels],
            "spellings": {match_key(text): level.code for level in self.levels for text in spellings(level)},
            "isNewScheme": self.is_new_scheme,
            "lastYear": self.last_year,
            "goals": [goal.as_data() for goal in self.goals],
            "asked": self.rules.asked,
            "disciplineAt": self.asking,
            "awardsTitle": self.awards_title,
            "marks": dict.fromkeys(sorted(YES), MARK) | dict.fromkeys(sorted(NO), "")
            if self.awards_title
            else {},
            "recent": self.reasons.recent,
            "caps": [cap_data(ceiling.rule) for ceiling in self.ceilings],
        }


def _facts(row: Row, asking: tuple[str, ...]) -> LineFacts:
    code = row.decided.code if row.decided else ""
    return LineFacts(
        row.pk,
        row.subject,
        row.unit,
        row.group,
        code,
        row.decided.rank if row.decided and not row.is_exempt else None,
        row.self_rated.rank if row.self_rated else None,
        row.last_rank,
        bool(row.reason),
        bool(row.note),
        row.is_exempt,
        code in asking,
        row.disciplined,
        None if row.subject == "member" else row.who,
        is_recent=row.is_recent,
    )
