"""The names behind a figure: which lines, and how they are searched.

The page and the workbook take the same lines and the same table.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from assessments.figures.count_ways import COUNT, UNIT_COUNT
from assessments.figures.counted import PARTS
from assessments.figures.figure import Figure
from assessments.figures.indicator import PERSONAL
from assessments.figures.names.table import POPULATIONS
from assessments.roster.models.line import AWARDED, RatedLineQuerySet
from assessments.roster.models.lines import RATED_LINES, OrganizationLine, lines_of
from assessments.roster.models.tallies import RATED, Subject
from assessments.rules.models.years import RatingYear
from assessments.rules.year_rules import YearRules
from resolution03.lib.figures import number, plain
from resolution03.lib.text import fold


@dataclass(frozen=True, slots=True)
class Tab:
    """One part of a figure; `count` is what the figure says of it."""

    part: str
    label: str
    icon: str
    count: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """What one looks for: words without diacritics, a unit, a form, how it stood the year before,
    only lines without a level and a reason, only those awarded the title."""

    words: str = ""
    unit: int | None = None
    form: str = ""
    before: str = ""
    blank: bool = False
    awarded: bool = False


def tabs(figure: Figure) -> list[Tab]:
    """The parts of a figure with their numbers, in words that fit what is counted."""
    labels = figure.indicator.counted.parts_called.headings
    icons = ("check-circle-fill", "exclamation-triangle-fill", "dash-lg")
    return [
        Tab(part, str(label), icon, count)
        for part, label, icon, count in zip(PARTS, labels, icons, parts(figure), strict=True)
        if count is not None
    ]


def parts(figure: Figure) -> tuple[int | None, ...]:
    """How many stand in each of PARTS; None where a part does not exist."""
    counted = figure.indicator.counted
    return counted.parts(figure.counts, figure.numerator or 0, figure.denominator)


def lines(
    user, figure: Figure, year: RatingYear, rules: YearRules, part: str, chosen: Chosen = Chosen()
) -> QuerySet:
    """The lines behind a part, inside the user's scope, narrowed to what was chosen."""
    counted = figure.indicator.counted
    found = counted.rows(year, rules, part).visible_to(user)
    if not figure.counts and counted.population in (COUNT, UNIT_COUNT):
        return found.none()
    if chosen.unit:
        found = found.filter(unit=chosen.unit)
    if chosen.words:
        found = found.filter(**{f"{POPULATIONS[counted.population].searched}__contains": fold(chosen.words)})
    if chosen.form and found.model is OrganizationLine:
        found = found.filter(form=chosen.form)
    if chosen.awarded and found.model is OrganizationLine:
        found = found.filter(AWARDED)
    if chosen.blank and isinstance(found, RatedLineQuerySet):
        found = found.unexplained()
    return found


def narrowed_by_before(found: QuerySet, before: QuerySet) -> QuerySet:
    """Lines of the organizations among the lines `before` of the year before."""
    return found.filter(organization__in=before.values("organization"))


def in_order(found: QuerySet, subject: Subject, *, within_unit: bool) -> QuerySet:
    """In the order of the roster; persons by cell and name within one unit."""
    if subject in PERSONAL and within_unit:
        return found.order_by("cell__position", "member__sort_key", "pk")
    if subject in PERSONAL:
        return found.order_by("pk")
    return found.order_by("position", "pk")


def loaded(found: QuerySet, population: str, first: int, last: int, *, are_many: bool = False) -> list:
    """The lines from `first` to before `last` with all that a row shows.

    Their keys are found first, so that the rows passed over are joined with nothing. Of many, what lines
    share (levels, cells) is read once, in a statement of its own.
    """
    keys = list(found.values_list("pk", flat=True)[first:last])
    joined = set(POPULATIONS[population].joined)
    apart = joined - _EACH_ITS_OWN if are_many else set()
    rows = found.model.objects.filter(pk__in=keys).select_related(*(joined - apart or [None]))
    lines = rows.prefetch_related(*apart).in_bulk()
    return [lines[key] for key in keys]


_EACH_ITS_OWN = {"member", "head"}


def reasons(figure: Figure, found: QuerySet) -> list[tuple[str, int]]:
    """Why lines are not rated, with how many of each."""
    if found.model not in RATED_LINES or not figure.indicator.counted.is_rated:
        return []
    has_exempt = found.model.is_member
    fields = ("is_exempt", "reason") if has_exempt else ("reason",)
    counted: dict[str, int] = {}
    for *values, count in found.order_by().values_list(*fields).annotate(Count("pk")):
        exempt, reason = values if has_exempt else (False, *values)
        words = _("exempt from party work and meetings") if exempt else reason
        counted[words] = counted.get(words, 0) + count
    return sorted(
        ((words or _("no reason given"), count) for words, count in counted.items()),
        key=lambda row: -row[1],
    )


def arithmetic(figure: Figure) -> str:
    """The comparison on whole numbers: `24 × 100 = 2.400 < 50 × 49 = 2.450`."""
    if figure.target is None or not figure.denominator or figure.numerator is None:
        return ""
    if figure.average is not None:
        wanted = figure.target * figure.denominator
        sign = _sign(figure.numerator, wanted)
        product = f"{plain(figure.target)} × {number(figure.denominator)} = {plain(wanted)}"
        return f"{number(figure.numerator)} {sign} {product}"
    have, wanted = figure.numerator * 100, figure.target * figure.denominator
    sign = _sign(have, wanted)
    return (
        f"{number(figure.numerator)} × 100 = {number(have)} {sign} "
        f"{plain(figure.target)} × {number(figure.denominator)} = {plain(wanted)}"
    )


def _sign(have: int, wanted: Decimal) -> str:
    return "=" if have == wanted else ("<" if have < wanted else ">")


def lines_before(
    user, year: RatingYear | None, subject: Subject, found: Iterable, *, are_many: bool = False
) -> dict[int, object]:
    """Last year's lines of the organizations or members shown, one query; of many, their levels in
    another."""
    if year is None or subject not in RATED:
        return {}
    listed = [line.listed_id for line in found]
    model = lines_of(subject).model
    past = model.objects.visible_to(user).filter(year=year, **{f"{model.listed}__in": listed})
    rows = past.prefetch_related("decided") if are_many else past.select_related("decided")
    return {line.listed_id: line for line in rows}
