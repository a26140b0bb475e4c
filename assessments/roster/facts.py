"""Reading what review needs: lines as facts, what changed since the last submission."""

from collections import Counter

from django.db.models import Q

from assessments.roster.covering import not_covered
from assessments.roster.models.discipline import Discipline
from assessments.roster.models.line import RatedLineQuerySet
from assessments.rules.exceptions import Review, review
from assessments.rules.line_facts import LineFacts
from assessments.rules.models.schemes import Level, Meaning
from assessments.rules.models.years import RatingYear
from assessments.rules.of_year import rules_of
from assessments.rules.year_rules import YearRules


def organization_facts(
    year: RatingYear, lines: RatedLineQuerySet, rules: YearRules | None = None
) -> list[LineFacts]:
    """The organizations of `lines` with last year's rank; a fixed number of queries."""
    last = last_ranks(year, lines)
    levels = _levels()
    strong, disciplined = strong_codes(rules or rules_of(year)), disciplined_below(year, lines)
    rows = _counting(year, lines).values_list(
        "pk",
        "kind",
        "unit_id",
        "grassroots_id",
        "decided_id",
        "self_rated_id",
        "organization_id",
        "reason",
        "note",
        "type_label",
    )
    return [
        LineFacts(
            pk,
            kind,
            unit,
            grassroots,
            *levels[decided],
            levels[own][1],
            last.get(who),
            bool(reason),
            bool(note),
            is_strong=levels[decided][0] in strong,
            disciplined=disciplined[who],
            organization=who,
            type_label=label,
        )
        for pk, kind, unit, grassroots, decided, own, who, reason, note, label in rows
    ]


def member_facts(year: RatingYear, lines: RatedLineQuerySet) -> list[LineFacts]:
    """The members of `lines` with last year's rank; a fixed number of queries."""
    last = last_ranks(year, lines)
    levels = _levels()
    rows = _counting(year, lines).values_list(
        "pk",
        "unit_id",
        "grassroots_id",
        "decided_id",
        "self_rated_id",
        "member_id",
        "reason",
        "note",
        "is_exempt",
    )
    return [
        LineFacts(
            pk,
            "member",
            unit,
            grassroots,
            levels[decided][0],
            None if exempt else levels[decided][1],
            levels[own][1],
            last.get(who),
            bool(reason),
            bool(note),
            exempt,
        )
        for pk, unit, grassroots, decided, own, who, reason, note, exempt in rows
    ]


def _levels() -> dict[int | None, tuple[str, int | None]]:
    """Code and rank of every level: thirty thousand lines are read faster without joining them."""
    rows = Level.objects.order_by().values_list("pk", "code", "rank")
    return {None: ("", None)} | {pk: (code, rank) for pk, code, rank in rows}


def strong_codes(rules: YearRules) -> tuple[str, ...]:
    """The levels that count as strong by the reading in use."""
    reading = rules.reading(Meaning.STRONG)
    return reading.codes if reading else ()


def disciplined_below(year: RatingYear, lines: RatedLineQuerySet) -> Counter:
    """How many decisions on discipline the year brought, for each organization of the units of
    `lines`, in it and in those below it."""
    found: Counter = Counter()
    counts = Discipline.objects.filter(
        line__year=year,
        line__dropped=False,
        count__gt=0,
        line__unit__in=lines.order_by().values("unit"),
    )
    for count, *places in counts.values_list(
        "count", "line__organization", "line__parent", "line__grassroots"
    ):
        for place in set(places):
            found[place] += count
    return found


def _counting(year: RatingYear, lines: RatedLineQuerySet) -> RatedLineQuerySet:
    """Lines that count by themselves: not below an organization with a reported total."""
    by_subject = Q()
    for subject in lines.model.subjects:
        by_subject |= lines.model.holding(subject) & not_covered(year.pk, subject)
    return lines.in_roster().filter(by_subject)


def last_ranks(year: RatingYear, lines: RatedLineQuerySet) -> dict[int, int]:
    """Last year's ranks of those listed this year, whichever unit they stood in; none when last
    year had other levels."""
    last, now = _levels_last_and_now(year, lines.model.levels)
    if last != now:
        return {}
    key = f"{lines.model.listed}_id"
    rated = lines.model.objects.filter(year=year.pk - 1, dropped=False, decided__isnull=False)
    listed = rated.filter(**{f"{key}__in": lines.order_by().values(key)})
    levels = _levels()
    rows = listed.order_by().values_list(key, "decided_id")
    return {who: rank for who, decided in rows if (rank := levels[decided][1]) is not None}


def had_other_levels(year: RatingYear, subject: str) -> bool:
    """Whether last year was rated by other levels: then no line is compared with its own of last
    year, or filled in like it."""
    last, now = _levels_last_and_now(year, subject)
    return bool(last) and last != now


def _levels_last_and_now(year: RatingYear, subject: str) -> tuple[list[str], list[str]]:
    """The names of the levels of last year, none where it was not rated, and of this one."""
    names: dict[int, list[str]] = {year.pk - 1: [], year.pk: []}
    rows = Level.objects.filter(subject=subject, scheme__years__in=list(names)).order_by("rank")
    for of_year, name in rows.values_list("scheme__years", "name"):
        names[of_year].append(name)
    return names[year.pk - 1], names[year.pk]


def reviews(
    year: RatingYear,
    organizations: RatedLineQuerySet,
    members: RatedLineQuerySet,
) -> dict[int, tuple[Review, Review]]:
    """The reviews of organizations and of members for each unit that has lines, with the same
    queries for one as for all."""
    rules = rules_of(year)
    by_unit: dict[int, tuple[list[LineFacts], list[LineFacts]]] = {}
    for place, facts in enumerate(
        (organization_facts(year, organizations, rules), member_facts(year, members))
    ):
        for line in facts:
            by_unit.setdefault(line.unit, ([], []))[place].append(line)
    return {
        unit: (review(rated, rules.caps, rules.asked), review(listed, rules.caps, rules.asked))
        for unit, (rated, listed) in by_unit.items()
    }


def whole_review(
    year: RatingYear, organizations: RatedLineQuerySet, members: RatedLineQuerySet
) -> tuple[Review, Review]:
    """The reviews of a unit's organizations and members."""
    rules = rules_of(year)
    return (
        review(organization_facts(year, organizations, rules), rules.caps, rules.asked),
        review(member_facts(year, members), rules.caps, rules.asked),
    )
