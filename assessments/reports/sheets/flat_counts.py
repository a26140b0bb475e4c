"""The flat table of counts of parts II and III: a row per year, unit, period and count; zero is a row, what
nobody gave is none."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from django.db.models import Exists, OuterRef

from assessments.reports.building.counted import WHOSE
from assessments.reports.building.matter import Matter
from assessments.roster.counts.given import Given, YearCounts
from assessments.roster.models.counts import OF_HALF, OF_YEAR, ActivityCount, Period
from assessments.rules.count_rule import CountRule
from assessments.rules.counts_of_year import counts_of_years
from assessments.rules.models.counts import CountLevel
from assessments.rules.models.years import RatingYear, Submission

NAME, TABLE = "Bảng số đếm", "SoDem"
COLUMNS = (
    ("Năm", 8, "code"),
    ("Mã đơn vị", 12, "text"),
    ("Đơn vị", 36, "text"),
    ("Mã kỳ", 8, "text"),
    ("Kỳ", 10, "text"),
    ("Mã chỉ tiêu", 24, "text"),
    ("Chỉ tiêu", 48, "text"),
    ("Nhóm", 24, "text"),
    ("Mục", 8, "text"),
    ("Đơn vị tính", 14, "text"),
    ("Số lượng", 11, "number"),
    ("Tử số", 11, "number"),
    ("Mẫu số", 11, "number"),
    ("Nơi đã có số", 11, "number"),
    ("Nơi phải có số", 11, "number"),
    ("Mã cấp đếm", 12, "text"),
    ("Cấp đếm", 20, "text"),
    ("Nguồn", 22, "text"),
    ("Tình trạng", 34, "text"),
)
_PERIODS = {Period.YEAR: OF_YEAR, Period.HALF: OF_HALF}


def rows(matter: Matter, held: Iterable[Submission], states: Mapping[int, str]) -> Iterator[tuple]:
    """Of each unit of `held`; `states`: by its key how final its year is, in words."""
    by_year: dict[int, list[Submission]] = {}
    for unit in held:
        by_year.setdefault(unit.year_id, []).append(unit)
    years = list(_given(by_year))
    rules = counts_of_years(years)
    for year in years:
        for period in _PERIODS if year.has_halves else (Period.YEAR,):
            counts = replace(YearCounts.under(year, matter.scope, period), only=rules[year.pk])
            for unit in by_year[year.pk]:
                yield from _of_unit(counts, unit, states[unit.pk])


def _given(years: Iterable[int]):
    """The years, each with whether anything was given of its half."""
    halves = ActivityCount.objects.filter(year=OuterRef("pk"), period=Period.HALF)
    found = RatingYear.objects.filter(pk__in=list(years)).order_by("pk")
    return found.annotate(has_halves=Exists(halves))


def _of_unit(counts: YearCounts, unit: Submission, state: str) -> Iterator[tuple]:
    for rule in counts.asked:
        given = counts.sums(rule).get(unit.unit_id, Given())
        if given.given:
            yield _row(counts, unit, rule, given, state)


def _row(counts: YearCounts, unit: Submission, rule: CountRule, given: Given, state: str) -> tuple:
    period = Period(counts.period)
    return (
        unit.year_id,
        unit.code,
        unit.name,
        period.value,
        _PERIODS[period],
        rule.code,
        rule.name,
        rule.group,
        rule.clause,
        rule.measure,
        given.count,
        given.part,
        given.whole,
        given.given,
        given.of,
        rule.level,
        WHOSE[CountLevel(rule.level)],
        "Tính từ danh sách" if rule.is_computed else "Số cung cấp",
        state,
    )
