"""Reading what review needs: lines as facts, what changed since the last submission."""

from collections import Counter, defaultdict

from django.db.models import Q

from assessments.roster.covering import not_covered
from assessments.roster.models.discipline import Discipline, Disciplined
from assessments.roster.models.line import RatedLineQuerySet
from assessments.rules.discipline import asking_codes, counting_decisions
from assessments.rules.entry_rule import Code
from assessments.rules.exceptions import Review, review
from assessments.rules.line_facts import LineFacts
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear
from assessments.rules.of_year import rules_of
from assessments.rules.recent import last_day_rated
from assessments.rules.year_rules import YearRules


def organization_facts(
    year: RatingYear, lines: RatedLineQuerySet, rules: YearRules | None = None
) -> list[LineFacts]:
    """The organizations of `lines` with last year's rank; a fixed number of queries."""
    last = last_ranks(year, lines)
    levels = _levels()
    asking = asking_codes(year.pk, rules or rules_of(year))
    disciplined = disciplined_below(year, lines)
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
            asks_discipline=levels[decided][0] in asking,
            disciplined=disciplined[who],
            organization=who,
            type_label=label,
        )
        for pk, kind, unit, grassroots, decided, own, who, reason, note, label in rows
    ]


def member_facts(
    year: RatingYear, lines: RatedLineQuerySet, rules: YearRules | None = None
) -> list[LineFacts]:
    """The members of `lines` with last year's rank; a fixed number of queries."""
    last = last_ranks(year, lines)
    recent = recent_among(year, lines) if Code.RECENT_RATED in (rules or rules_of(year)).asked else ()
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
            is_recent=pk in recent,
        )
        for pk, unit, grassroots, decided, own, who, reason, note, exempt in rows
    ]


def _levels() -> dict[int | None, tuple[str, int | None]]:
    """Code and rank of every level: thirty thousand lines are read faster without joining them."""
    rows = Level.objects.order_by().values_list("pk", "code", "rank")
    return {None: ("", None)} | {pk: (code, rank) for pk, code, rank in rows}


def recent_among(year: RatingYear, lines: RatedLineQuerySet) -> set[int]:
    """Those of `lines` of members who were admitted too late in the year to be rated."""
    late = lines.filter(member__admitted_on__gt=last_day_rated(year.pk))
    return set(late.order_by().values_list("pk", flat=True))


def disciplined_below(year: RatingYear, lines: RatedLineQuerySet) -> Counter:
    """How many decisions on discipline that count the year brought, for each organization of the units of
    `lines`, in it and in those below it."""
    counts = Discipline.objects.filter(
        Q(count__gt=0) | Q(of=Disciplined.COMMITTEE),
        line__year=year,
        line__dropped=False,
        line__unit__in=lines.order_by().values("unit"),
    )
    by_line: dict[tuple, dict[str, int]] = defaultdict(dict)
    for of, count, *places in counts.order_by().values_list(
        "of", "count", "line__organization", "line__parent", "line__grassroots"
    ):
        given = by_line[tuple(places)]
        given[of] = given.get(of, 0) + count
    found: Counter = Counter()
    for where, given in by_line.items():
        count = counting_decisions(
            year.pk,
            given.get(Disciplined.ORGANIZATION, 0),
            given.get(Disciplined.MEMBER, 0),
            given.get(Disciplined.COMMITTEE),
        )
        for place in set(where):
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
        (organization_facts(year, organizations, rules), member_facts(year, members, rules))
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
        review(member_facts(year, members, rules), rules.caps, rules.asked),
    )
