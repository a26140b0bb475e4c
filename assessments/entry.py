"""What the yearly entry page shows: rows, last year's levels, counts, targets and caps."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from assessments.models import (
    Meaning,
    MemberLine,
    OrganizationLine,
    RatedSubject,
    RatingYear,
    Subject,
)
from assessments.querysets import RatedLineQuerySet
from assessments.rules import cap_allowance, is_met, needed, shortfall
from assessments.year_rules import CapRule, LevelRule, YearRules
from resolution03.lib.text import fold, match_key

UNRATED = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the three lists that a unit fills in."""

    slug: str
    subject: str
    levels: str
    title: object
    column: object
    indicators: tuple[tuple[str, Meaning], ...]


KINDS = {
    kind.slug: kind
    for kind in (
        Kind(
            "grassroots", Subject.GRASSROOTS, RatedSubject.ORGANIZATION,
            _("Rating grassroots organizations"), _("Organization"),
            (("grassroots_strong", Meaning.STRONG), ("grassroots_exemplary", Meaning.EXEMPLARY)),
        ),
        Kind(
            "affiliated", Subject.AFFILIATED, RatedSubject.ORGANIZATION,
            _("Rating affiliated organizations"), _("Organization"),
            (("affiliated_strong", Meaning.STRONG),),
        ),
        Kind(
            "members", Subject.MEMBER, RatedSubject.MEMBER,
            _("Rating members"), _("Member"),
            (("members_well", Meaning.WELL),),
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line as the grid shows it."""

    line: object
    number: int
    code: str
    name: str
    place: str
    last: str
    last_rank: int | None

    @property
    def search(self) -> str:
        return fold(f"{self.code} {self.name}")

    @property
    def is_exempt(self) -> bool:
        return getattr(self.line, "is_exempt", False)


@dataclass(frozen=True)
class Goal:
    """A target with the counts of the list, and what is still missing to it."""

    label: str
    comparison: str
    value: Decimal
    codes: tuple[str, ...]
    counts: Counter
    roster: int

    @property
    def numerator(self) -> int:
        return sum(self.counts[code] for code in self.codes)

    @property
    def rated(self) -> int:
        return _rated(self.counts)

    @property
    def met(self) -> bool | None:
        return is_met(self.numerator, self.rated, self.comparison, self.value)

    @property
    def short(self) -> int | None:
        return shortfall(self.numerator, self.rated, self.comparison, self.value)

    @property
    def needed(self) -> int:
        return needed(self.rated, self.comparison, self.value)

    @property
    def needed_in_full(self) -> int:
        return needed(self.roster, self.comparison, self.value)


@dataclass(frozen=True)
class Ceiling:
    """A cap with the counts of its group."""

    rule: CapRule
    counts: Counter

    @property
    def base(self) -> int:
        if self.rule.base == "rated":
            return _rated(self.counts)
        return self.counts[self.rule.base_level_code]

    @property
    def allowed(self) -> int:
        return cap_allowance(self.base, self.rule.percent)

    @property
    def used(self) -> int:
        return self.counts[self.rule.level_code]

    @property
    def over(self) -> int:
        return max(0, self.used - self.allowed)


@dataclass(frozen=True)
class Sheet:
    """The whole page's data. `scope`: all lines that the counts speak of; `shown`: those listed."""

    year: RatingYear
    kind: Kind
    rules: YearRules
    scope: RatedLineQuerySet
    shown: RatedLineQuerySet

    @cached_property
    def levels(self) -> list[LevelRule]:
        return self.rules.levels_of(self.kind.levels)

    @cached_property
    def rows(self) -> list[Row]:
        lines = _for_grid(self.shown)
        last = self._last_levels()
        key = "member_id" if self.kind.subject == Subject.MEMBER else "organization_id"
        return [
            _row(line, number, last.get(getattr(line, key)))
            for number, line in enumerate(lines, start=1)
        ]

    def _last_levels(self) -> dict[int, tuple[str, int]]:
        """Last year's decided levels of those listed, whichever unit they stood in."""
        model = self.shown.model
        key = "member_id" if model is MemberLine else "organization_id"
        rated = model.objects.filter(
            **{"year": self.year.pk - 1, "dropped": False, "decided__isnull": False,
               f"{key}__in": self.shown.order_by().values(key)}
        ).order_by()
        rows = rated.values_list(key, "decided__code", "decided__rank")
        return {who: (code, rank) for who, code, rank in rows}

    @cached_property
    def counts(self) -> Counter:
        """How many lines of the scope have each level; "" is not rated, exempt left out."""
        return _count(self.scope)

    @cached_property
    def shown_counts(self) -> Counter:
        return Counter(
            row.line.decided.code if row.line.decided_id else UNRATED
            for row in self.rows if not row.is_exempt
        )

    @property
    def rated(self) -> int:
        return _rated(self.counts)

    @property
    def roster(self) -> int:
        return self.counts.total()

    @property
    def unrated(self) -> int:
        return self.counts[UNRATED]

    @cached_property
    def goals(self) -> list[Goal]:
        found = []
        for indicator, meaning in self.kind.indicators:
            target, reading = self.rules.target(indicator), self.rules.reading(meaning)
            if target and target.value is not None and reading:
                found.append(Goal(
                    _MEANINGS[meaning], target.comparison, target.value, reading.codes,
                    self.counts, self.roster,
                ))
        return found

    @cached_property
    def ceilings(self) -> list[Ceiling]:
        """Caps of the group that the list shows."""
        return [Ceiling(cap, self._group(cap)) for cap in self.rules.caps_of(self.kind.subject)]

    def _group(self, cap: CapRule) -> Counter:
        if cap.group == "unit":
            return self.counts
        places = {row.line.grassroots_id for row in self.rows}
        return _count(self.scope.filter(grassroots__in=places)) if len(places) == 1 else Counter()

    def spellings(self) -> dict[str, str]:
        """Every accepted spelling of a level, without case, spaces and commas → its code."""
        found = {}
        for level in self.levels:
            short = level.name.removeprefix("Đủ tư cách, ")
            for text in (level.code, level.name, short, short[0].upper() + short[1:]):
                found[match_key(text)] = level.code
            if level.code == "TSVMTB":
                found[match_key("TSVM tiêu biểu")] = level.code
                found[match_key("TSVM TB")] = level.code
        return found

    def as_data(self) -> dict:
        """What the page's script computes with: whole numbers, percentages in hundredths."""
        outside = self.counts - self.shown_counts
        return {
            "levels": [
                {"code": level.code, "name": level.name, "rank": level.rank} for level in self.levels
            ],
            "spellings": self.spellings(),
            "outside": dict(outside),
            "goals": [
                {"codes": goal.codes, "comparison": goal.comparison, "value": _hundredths(goal.value)}
                for goal in self.goals
            ],
            "caps": [
                {
                    "level": cap.rule.level_code, "percent": _hundredths(cap.rule.percent),
                    "base": cap.rule.base_level_code if cap.rule.base == "level" else None,
                    "outside": dict(cap.counts - self.shown_counts),
                    "applies": bool(cap.counts),
                }
                for cap in self.ceilings
            ],
        }


_MEANINGS = {
    Meaning.STRONG: _("Strong"),
    Meaning.EXEMPLARY: _("Exemplary"),
    Meaning.WELL: _("Performing well"),
}


def _row(line, number: int, last: tuple[str, int] | None) -> Row:
    code, rank = last or ("", None)
    if isinstance(line, OrganizationLine):
        place = line.parent.name if line.parent and line.kind == Subject.AFFILIATED else ""
        return Row(line, number, line.code, line.name, place, code, rank)
    return Row(line, number, line.member.code, line.member.full_name, line.cell.name, code, rank)


def _for_grid(lines: RatedLineQuerySet) -> RatedLineQuerySet:
    extra = ("member", "cell") if lines.model is MemberLine else ("parent",)
    found = lines.select_related("self_rated", "proposed", "decided", *extra)
    if lines.model is MemberLine:
        return found
    return found.order_by("grassroots__position", "grassroots_id", "position", "pk")


def _count(lines: RatedLineQuerySet) -> Counter:
    if lines.model is MemberLine:
        lines = lines.filter(is_exempt=False)
    rows = lines.order_by().values_list("decided__code").annotate(lines=Count("pk"))
    return Counter({code or UNRATED: count for code, count in rows})


def _rated(counts: Counter) -> int:
    return counts.total() - counts[UNRATED]


def _hundredths(value: Decimal) -> int:
    return int(value * 100)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one list is: rated, explained without a level, and blank lines."""

    rated: int
    roster: int
    blank: int
    returned: int


def progress(lines: RatedLineQuerySet, *by: str) -> dict[tuple, Progress]:
    """Progress of the lines grouped by some fields; exempt members stand outside."""
    lines = lines.in_roster()
    if lines.model is MemberLine:
        lines = lines.filter(is_exempt=False)
    rows = lines.order_by().values_list(*by).annotate(
        _rated=Count("pk", filter=Q(decided__isnull=False)),
        _roster=Count("pk"),
        _blank=Count("pk", filter=Q(decided__isnull=True, reason="")),
        _returned=Count("pk", filter=~Q(return_reason="")),
    )
    return {tuple(row[:-4]): Progress(*row[-4:]) for row in rows}
