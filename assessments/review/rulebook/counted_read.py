"""What offices are asked to count as the Board's page shows it: in groups, wholes and checks in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count
from django.utils.translation import gettext as _

from assessments.entry.counts.rules import sentence, whole_of
from assessments.review.rulebook.read import years
from assessments.rules.count_rule import CountRule
from assessments.rules.counts_of_year import all_counts
from assessments.rules.models.counts import Activity


@dataclass(frozen=True, slots=True)
class CountedLine:
    """One count: `years_given`: of how many years somebody gave it."""

    row: Activity
    whole: str
    checks: tuple[str, ...]
    years: str
    years_given: int
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class CountedGroup:
    name: str
    lines: tuple[CountedLine, ...]

    @property
    def is_on(self) -> bool:
        return any(not line.row.is_off for line in self.lines)

    @property
    def off(self) -> int:
        return sum(line.row.is_off for line in self.lines)


def groups() -> list[CountedGroup]:
    """Everything that is or was counted; three statements."""
    found = all_counts()
    names = {rule.code: rule.short_name for _row, rule in found}
    given = dict(Activity.objects.order_by().values_list("pk").annotate(Count("counts__year", distinct=True)))
    return [
        CountedGroup(name, tuple(_lines(list(rows), names, given)))
        for name, rows in groupby(found, key=lambda pair: pair[0].group)
    ]


def _lines(
    rows: list[tuple[Activity, CountRule]], names: dict[str, str], given: dict[int, int]
) -> Iterator[CountedLine]:
    for place, (row, rule) in enumerate(rows):
        yield CountedLine(
            row,
            whole_of(rule, names),
            tuple(_asked(rule, names)),
            years(row),
            given.get(row.pk, 0),
            is_first=place == 0,
            is_last=place == len(rows) - 1,
        )


def _asked(rule: CountRule, names: dict[str, str]) -> Iterator[str]:
    """What stands alone before the sign is not said again."""
    this = _("this count")
    for check in rule.checks:
        words = sentence(this, check, names)
        yield words if check.plus else words.removeprefix(f"{this} ")
