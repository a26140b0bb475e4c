"""How many groups have more of a level than the caps of a year allow, under the rules before and after."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Count
from django.utils.translation import ngettext

from assessments.figures.board import Board
from assessments.figures.foreseen import Foreseen
from assessments.roster.covering import counting
from assessments.roster.models.tallies import RATED, Subject
from assessments.rules.ceilings import Ceiling
from assessments.rules.models.targets import CapGroup
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.year_rules import CapRule
from resolution03.lib.figures import number

Capped = tuple[str, str, str]
"""Subject, level, which groups."""


def sentences(foreseen: Foreseen, year: RatingYear) -> Iterator[str]:
    """What changes, in words, by subject, level and kind of group."""
    before, after = foreseen.before, foreseen.after
    if before.rules[year.pk].caps == after.rules[year.pk].caps:
        return
    over, over_after = (_over(board, year) for board in (before, after))
    for capped in sorted({*over, *over_after}):
        was, now = over[capped], over_after[capped]
        if was != now:
            subject, level, group = capped
            yield _words(group, now) % {
                "year": year.pk,
                "subject": RATED[Subject(subject)],
                "level": level,
                "was": number(was),
                "n": number(now),
            }


def _over(board: Board, year: RatingYear) -> Counter[Capped]:
    found: Counter[Capped] = Counter()
    for cap in board.rules[year.pk].caps:
        groups = _grassroots(year, cap) if cap.group == CapGroup.GRASSROOTS else _units(board, year, cap)
        ceilings = (Ceiling(cap, counts) for counts in groups)
        found[cap.subject, cap.level_code, cap.group] += sum(bool(one.over) for one in ceilings)
    return found


def _units(board: Board, year: RatingYear, cap: CapRule) -> list[dict[str, int]]:
    """How many of each unit have each level, reported totals included."""
    units = Submission.objects.filter(year=year).values_list("unit_id", flat=True)
    return [board.rated_by_level(cap.subject, year.pk, unit) for unit in units]


def _grassroots(year: RatingYear, cap: CapRule) -> Iterable[Counter[str]]:
    """How many of each grassroots organization have each level."""
    groups: dict[int, Counter[str]] = defaultdict(Counter)
    rated = counting(year.pk, cap.subject).rated().order_by()
    for place, level, count in rated.values_list("grassroots", "decided__code").annotate(Count("pk")):
        groups[place][level] += count
    return groups.values()


def _words(group: str, count: int) -> str:
    if group == CapGroup.GRASSROOTS:
        return ngettext(
            "%(year)s, %(subject)s: %(n)s grassroots organization over the cap on %(level)s (was %(was)s)",
            "%(year)s, %(subject)s: %(n)s grassroots organizations over the cap on %(level)s (was %(was)s)",
            count,
        )
    return ngettext(
        "%(year)s, %(subject)s: %(n)s unit over the cap on %(level)s (was %(was)s)",
        "%(year)s, %(subject)s: %(n)s units over the cap on %(level)s (was %(was)s)",
        count,
    )
