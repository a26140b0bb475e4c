"""What the Board may not make of what offices count: names, codes, years, and what rests on a count."""

import re
from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from assessments.entry.imports import KINDS, YEARLY_COUNTS_BY_ALL
from assessments.figures.indicators import BUILT_IN
from assessments.roster.models.counts import ActivityCount, PaperTotal
from assessments.rules.count_declared import Declared, faults, resting_on
from assessments.rules.count_rule import CountRule
from assessments.rules.counts_of_year import FROZEN, all_counts
from assessments.rules.models.counts import Activity, Direction
from assessments.rules.models.targets import Comparison, Target
from assessments.rules.models.years import RatingYear, YearState
from resolution03.lib.errors import Refusal
from resolution03.lib.text import match_key
from resolution03.lib.workbooks.headings import NEVER_UNKNOWN

_NAMES = ("name", "short_name")
_CODE = re.compile(r"[a-z][a-z0-9_]*")
ALWAYS = 9999
MEANING = ("level", "period")
"""What no number that was given outlives."""


def refuse_names(activity: Activity, others: Iterable[Activity]) -> None:
    """Names head the columns of workbooks: each must stand for one thing only."""
    taken = {match_key(getattr(one, name)) for one in others for name in _NAMES}
    columns = [*YEARLY_COUNTS_BY_ALL, *(column for kind in KINDS for column in kind.columns)]
    headings = {match_key(heading) for one in columns for heading in (one.heading, *one.aliases)}
    for field in _NAMES:
        key = match_key(getattr(activity, field))
        if key in taken:
            raise Refusal(_("Another count bears this name."), field=field)
        if key in headings | NEVER_UNKNOWN or key.isdecimal():
            raise Refusal(_("A column of other workbooks bears this name; choose another."), field=field)


def refuse_code(activity: Activity, others: Iterable[Activity]) -> None:
    if not _CODE.fullmatch(activity.code):
        raise Refusal(_("A code: small letters a to z, digits and “_”, a letter first."), field="code")
    if activity.code in {one.code for one in others}:
        raise Refusal(_("Another count has this code."), field="code")
    if activity.code in BUILT_IN:
        raise Refusal(_("An indicator has this code."), field="code")


def refuse_other_meaning(activity: Activity, before: Activity) -> None:
    """Numbers that were given keep what they say."""
    if activity.code != before.code:
        raise Refusal(_("The code of a count stays as it is."), field="code")
    _refuse_other_share(activity, before)
    changed = [name for name in MEANING if getattr(activity, name) != getattr(before, name)]
    if changed:
        refuse_given(activity, changed[0])


def refuse_given(activity: Activity, field: str) -> None:
    """Another level or period, where somebody gave it."""
    if years := years_given(activity):
        words = _("Counts of %(year)s were given already: end this count and declare another one.")
        raise Refusal(words % {"year": years[0]}, field=field)


def _refuse_other_share(activity: Activity, before: Activity) -> None:
    """A target asks for a share, or for a number, and in one direction."""
    targets = Target.objects.filter(indicator=activity.code)
    if _has_share(activity) != _has_share(before):
        _refuse_resting(before.short_name, [], targets, "size")
    if activity.direction == Direction.DOWN != before.direction:
        _refuse_resting(before.short_name, [], targets.exclude(comparison=Comparison.AT_MOST), "direction")


def _has_share(activity: Activity) -> bool:
    return bool(activity.denominator_id or activity.size)


def refuse_years(activity: Activity, before: Activity | None) -> None:
    first, last = activity.first_year, activity.last_year
    if first and last and last < first:
        raise Refusal(_("The last year comes before the first."), field="last_year")
    if before is not None:
        refuse_outside(activity)
        _refuse_what_goes_on(activity, before)


def refuse_outside(activity: Activity) -> None:
    """Years of which it was given stay in those in which it is counted."""
    first, last = activity.first_year, activity.last_year
    years = years_given(activity)
    for field, outside in (
        ("first_year", [year for year in years if first and year < first]),
        ("last_year", [year for year in years if last and year > last]),
    ):
        if outside:
            words = _("Counts of %(year)s were given already and would fall outside.")
            raise Refusal(words % {"year": outside[0]}, field=field)


def _refuse_what_goes_on(activity: Activity, before: Activity) -> None:
    """What rests on it in years in which it was counted until now."""
    declared = [(row, rule) for row, rule in all_counts() if not row.is_off and row.pk != activity.pk]
    on = resting_on(activity.code, [rule for _row, rule in declared])
    resting = [row for row, rule in declared if rule in on]
    since, until = activity.first_year or 0, activity.last_year or ALWAYS
    if since > (before.first_year or 0):
        sooner = [row.short_name for row in resting if (row.first_year or 0) < since]
        _refuse_resting(before.short_name, sooner, (), "first_year")
    if until < (before.last_year or ALWAYS):
        longer = [row.short_name for row in resting if (row.last_year or ALWAYS) > until]
        targets = Target.objects.filter(indicator=activity.code).exclude(last_year__lte=until)
        _refuse_resting(before.short_name, longer, targets, "last_year")


def refuse_faults(rule: CountRule, rules: Iterable[CountRule], off: Collection[str]) -> None:
    """The first thing that is wrong with it; of a check its field is `checks-` and the row."""
    for fault in faults(rule, Declared({one.code: one for one in rules}, frozenset(off))):
        field = fault.field if fault.row is None else f"{fault.field}-{fault.row}"
        raise Refusal(fault.words, field=field)


def refuse_away(gone: Collection[str]) -> None:
    """What still rests on counts that go, by code, is named."""
    found = [(row, rule) for row, rule in all_counts() if not row.is_off or rule.code in gone]
    staying = [rule for _row, rule in found if rule.code not in gone]
    for row, rule in found:
        if rule.code in gone:
            resting = [one.short_name for one in resting_on(rule.code, staying)]
            targets = Target.objects.filter(indicator=rule.code).exclude(last_year__lt=_first_open())
            _refuse_resting(row.short_name, resting, targets)


def _first_open() -> int:
    """The first year that targets still judge anew."""
    open_years = RatingYear.objects.exclude(state=YearState.CLOSED).order_by("pk")
    return open_years.values_list("pk", flat=True).first() or 0


def _refuse_resting(name: str, counts: list[str], targets: Iterable[Target], field: str = "") -> None:
    if counts:
        words = _("“%(name)s” is the whole, or in a check, of: %(counts)s. Change these first.")
        raise Refusal(words % {"name": name, "counts": ", ".join(counts)}, field=field)
    if told := ", ".join(map(_told, targets)):
        words = _("A target rests on “%(name)s”: %(targets)s. Remove it first.")
        raise Refusal(words % {"name": name, "targets": told}, field=field)


def _told(target: Target) -> str:
    value = "…" if target.value is None else f"{target.value.normalize():f}"
    return f"{target.set.short_name} ({target.get_comparison_display()} {value})"


def refuse_removing(activity: Activity) -> None:
    """Only what nobody gave and no year was closed with goes for good."""
    if years := years_given(activity):
        words = _("Counts of %(year)s were given already; switch it off instead.")
        raise Refusal(words % {"year": years[0]})
    for year in RatingYear.objects.exclude(frozen=None).order_by("pk"):
        if activity.code in {one["code"] for one in (year.frozen or {}).get(FROZEN, ())}:
            words = _("Year %(year)s was closed with it; switch it off instead.")
            raise Refusal(words % {"year": year.pk})


def years_given(activity: Activity) -> list[int]:
    """The years of which somebody gave it, or noted its total on paper."""
    if not activity.pk:
        return []
    rows = (model.objects.filter(activity=activity.pk) for model in (ActivityCount, PaperTotal))
    return sorted({year for found in rows for year in found.order_by().values_list("year_id", flat=True)})
