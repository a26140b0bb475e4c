"""How many groups have more of a level than the caps of a year allow, under the rules before and after."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import ngettext

from assessments.figures.board import Board
from assessments.figures.capped_groups import capped_groups
from assessments.figures.foreseen import Foreseen
from assessments.roster.models.tallies import RATED, Subject
from assessments.rules.models.caps import CapGroup
from assessments.rules.models.years import RatingYear, Submission
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
    units = Submission.objects.filter(year=year).values_list("unit_id", flat=True)
    for cap in board.rules[year.pk].caps:
        groups = capped_groups(board, year.pk, cap, list(units))
        found[cap.subject, cap.level_code, cap.group] += sum(bool(one.ceiling.over) for one in groups)
    return found


def _words(group: str, count: int) -> str:
    if group == CapGroup.GRASSROOTS:
        return ngettext(
            "%(year)s, %(subject)s: %(n)s grassroots organization over the cap on %(level)s (was %(was)s)",
            "%(year)s, %(subject)s: %(n)s grassroots organizations over the cap on %(level)s (was %(was)s)",
            count,
        )
    if group != CapGroup.UNIT:
        return ngettext(
            "%(year)s, %(subject)s: %(n)s group over the cap on %(level)s (was %(was)s)",
            "%(year)s, %(subject)s: %(n)s groups over the cap on %(level)s (was %(was)s)",
            count,
        )
    return ngettext(
        "%(year)s, %(subject)s: %(n)s unit over the cap on %(level)s (was %(was)s)",
        "%(year)s, %(subject)s: %(n)s units over the cap on %(level)s (was %(was)s)",
        count,
    )
