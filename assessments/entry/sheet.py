"""What the yearly entry page shows: rows, last year's levels, counts, targets and caps."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Count
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.models import (
    Comparison,
    Meaning,
    MemberLine,
    OrganizationLine,
    RatedSubject,
    RatingYear,
    Subject,
)
from assessments.querysets import RatedLineQuerySet
from assessments.review.reading import disciplined_below, strong_codes
from assessments.review_rules import LineFacts, review
from assessments.rules import is_met, needed, shortfall
from assessments.year_rules import CapRule, LevelRule, YearRules
from resolution03.lib import figures
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


@dataclass(slots=True)
class Row:
    """One line as the grid shows it; `owed` says which reason the unit still has to write."""

    line: object
    number: int
    code: str
    name: str
    place: str
    last: str
    last_rank: int | None
    owed: str = ""

    @property
    def search(self) -> str:
        return fold(f"{self.code} {self.name} {self.place}")

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
    def rule(self) -> str:
        return f"{Comparison(self.comparison).label} {_plain(self.value)}%"

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
    def label(self) -> str:
        base = _("of those rated") if self.rule.base == "rated" else self.rule.base_level_code
        return gettext("Cap on %(level)s, %(percent)s%% %(base)s") % {
            "level": self.rule.level_code, "percent": _plain(self.rule.percent), "base": base,
        }

    @property
    def base(self) -> int:
        return self.rule.base_of(self._levels)

    @property
    def allowed(self) -> int:
        return self.rule.allowance(self._levels)

    @property
    def _levels(self) -> dict[str, int]:
        return {key: count for key, count in self.counts.items() if key != UNRATED}

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
    last_rules: YearRules | None
    scope: RatedLineQuerySet
    shown: RatedLineQuerySet

    @property
    def last_year(self) -> int:
        return self.year.pk - 1

    @property
    def is_former(self) -> bool:
        """Five levels: the former scheme, whose levels have no fills of their own."""
        return len(self.levels) > 4

    @property
    def is_new_scheme(self) -> bool:
        """Last year had other levels: then nothing is filled in like last year."""
        last = self.last_rules.levels_of(self.kind.levels) if self.last_rules else []
        return bool(last) and [rule.name for rule in last] != [rule.name for rule in self.levels]

    @property
    def last_scheme_note(self) -> str:
        """One sentence when last year's levels were other ones."""
        if not self.is_new_scheme:
            return ""
        last = self.last_rules.levels_of(self.kind.levels)
        reading = self.last_rules.reading(self.kind.indicators[0][1])
        counted = [x.code for x in last if reading and x.code in reading.codes]
        others = [x.code for x in last if x.code not in counted]
        return gettext("Levels of %(year)s by the former scheme: %(counted)s count, %(others)s do not") % {
            "year": self.last_year, "counted": ", ".join(counted), "others": ", ".join(others),
        }

    @cached_property
    def levels(self) -> list[LevelRule]:
        return self.rules.levels_of(self.kind.levels)

    @cached_property
    def rows(self) -> list[Row]:
        lines = _for_grid(self.shown)
        last = self._last_levels()
        key = "member_id" if self.kind.subject == Subject.MEMBER else "organization_id"
        rows = [
            _row(line, number, last.get(getattr(line, key)))
            for number, line in enumerate(lines, start=1)
        ]
        self._mark_owed(rows)
        return rows

    def _mark_owed(self, rows: list[Row]) -> None:
        """Say which rows still need a reason; a unit's cap only where the whole unit is listed."""
        is_whole = len(rows) == self.scope.count()
        caps = [cap for cap in self.rules.caps if is_whole or cap.group == "grassroots"]
        owed = review(self._facts(rows), caps, self.rules.asked).unexplained
        for row in rows:
            if row.line.pk in owed:
                rule = owed[row.line.pk].label
                row.owed = gettext("Saved; a reason is needed: %(rule)s") % {"rule": rule}

    def _facts(self, rows: list[Row]) -> list[LineFacts]:
        strong, disciplined = (), Counter()
        if self.kind.subject != Subject.MEMBER:
            strong, disciplined = strong_codes(self.rules), disciplined_below(self.year, self.shown)
        return [_facts(row, strong, disciplined) for row in rows]

    def _last_levels(self) -> dict[int, tuple[str, int]]:
        """Last year's decided levels of those listed, whichever unit they stood in; without a
        rank where the levels were other ones."""
        model = self.shown.model
        key = "member_id" if model is MemberLine else "organization_id"
        rated = model.objects.filter(
            **{"year": self.year.pk - 1, "dropped": False, "decided__isnull": False,
               f"{key}__in": self.shown.order_by().values(key)}
        ).order_by()
        rows = rated.values_list(key, "decided__code", "decided__rank")
        return {who: (code, None if self.is_new_scheme else rank) for who, code, rank in rows}

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

    @cached_property
    def has_proposed(self) -> bool:
        return any(row.line.proposed_id for row in self.rows)

    @property
    def rated(self) -> int:
        return _rated(self.counts)

    @property
    def roster(self) -> int:
        return self.counts.total()

    @property
    def unrated(self) -> int:
        return self.counts[UNRATED]

    @property
    def bars(self) -> list[dict]:
        """The parts of the bar of levels, of 1000 wide; the last one is what is not rated."""
        parts = [(level.code, self.counts[level.code], level.rank) for level in self.levels]
        parts.append((_("blank"), self.unrated, 0))
        bars, x = [], 0
        for code, count, rank in parts:
            width = count * 1000 // self.roster if self.roster else 0
            bars.append({"code": code, "count": count, "rank": rank, "x": x, "width": width})
            x += width
        return bars

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
            "isNewScheme": self.is_new_scheme,
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


def _facts(row: Row, strong: tuple[str, ...], disciplined: Counter) -> LineFacts:
    line, code = row.line, row.line.decided.code if row.line.decided_id else ""
    return LineFacts(
        line.pk, getattr(line, "kind", Subject.MEMBER.value), line.unit_id, line.grassroots_id,
        code, line.decided.rank if line.decided_id and not row.is_exempt else None,
        line.self_rated.rank if line.self_rated_id else None, row.last_rank,
        bool(line.reason), bool(line.note), row.is_exempt, code in strong,
        disciplined[getattr(line, "organization_id", None)],
    )


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


def _plain(value: Decimal) -> str:
    """Without trailing zeros: `50`, `62,5`."""
    return figures.number(int(value) if value == int(value) else value.normalize())


def _hundredths(value: Decimal) -> int:
    return int(value * 100)
