"""What the Board asks offices to count: adding, changing, switching off and on, ordering, removing it."""

from collections.abc import Collection, Iterable, Sequence

from django.db.models import Max

from accounts.actors import Actor
from assessments.entry.counts.rules import kept
from assessments.review.rulebook.counted_refusing import (
    refuse_away,
    refuse_code,
    refuse_faults,
    refuse_names,
    refuse_other_meaning,
    refuse_removing,
    refuse_years,
)
from assessments.rules.count_rule import CheckRule
from assessments.rules.counts_of_year import OF_CHECKS, all_counts, arranged, rule_of
from assessments.rules.holding import writing_years
from assessments.rules.models.counts import Activity, CountCheck
from orgs import audit
from resolution03.lib.errors import Refusal
from resolution03.lib.text import clean, match_key

FIELDS = (
    "name", "short_name", "group", "clause", "document", "measure", "level", "period", "source", "register",
    "denominator", "less", "size", "is_monthly", "is_average", "direction", "of_villages", "adds_up",
    "form", "first_year", "last_year",
)  # fmt: skip
"""What the Board says of a count beside its code and its checks."""
_SAID = ("is_off", *FIELDS)


@writing_years()
def save_activity(activity: Activity, *, by: Actor, checks: Sequence[CheckRule] | None = None) -> None:
    """Add a count to the end of its group, or change one; `checks`: all of its checks, None leaves them.
    Years with counts keep it; its code never changes.

    Raises Refusal for a name that another count or a column of another workbook bears, for years that would
    leave counts outside, for another level or period of what was given, and for a whole or a check that
    contradicts (`rules.count_declared`), of a check with its row.
    """
    others = list(Activity.objects.select_for_update(no_key=True).exclude(pk=activity.pk))
    stored = Activity.objects.filter(pk=activity.pk).first() if activity.pk else None
    before = _state(stored) if stored else {}
    if stored is None:
        activity.code = activity.code or _next_code(others)
        activity.position = max((one.position for one in others), default=0) + 1
        refuse_code(activity, others)
    else:
        refuse_other_meaning(activity, stored)
    activity.group = _spelled(activity.group, others)
    refuse_names(activity, others)
    refuse_years(activity, stored)
    _refuse_contradictions(activity, others, checks)
    activity.save()
    if checks is not None:
        _write_checks(activity, checks, others)
    _record(activity, before, by=by)


@writing_years()
def switch_activities(keys: Collection[int], *, by: Actor, is_off: bool) -> None:
    """Ask no longer for counts in open years, or again. Raises Refusal where the whole or a check of another
    count or a target rests on one that goes, and where one that comes rests on what is off."""
    rows = list(Activity.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    changed = [row for row in rows if row.is_off != is_off]
    codes = {row.code for row in changed}
    if is_off:
        refuse_away(codes)
    for row in changed:
        row.is_off = is_off
    Activity.objects.bulk_update(changed, ["is_off"])
    if not is_off:
        _refuse_resting_on_off(codes)
    audit.record(
        [
            audit.Change(row, {"is_off": not is_off}, {"is_off": is_off}, code=row.short_name)
            for row in changed
        ],
        by=by,
        action="rules.change",
    )


@writing_years()
def remove_activity(activity: Activity, *, by: Actor) -> None:
    """Take away a count that nobody gave and no year was closed with; Refusal for any other."""
    refuse_removing(activity)
    refuse_away({activity.code})
    change = audit.Change(activity, _filled(_state(activity)), {}, code=activity.short_name)
    audit.record([change], by=by, action="rules.remove")
    activity.delete()


@writing_years()
def move_activity(activity: Activity, *, by: Actor, up: bool) -> None:
    """Let it change places with its neighbour in its group; nothing happens at the end of the group."""
    rows = arranged(Activity.objects.select_for_update(no_key=True).filter(group=activity.group))
    at = next(n for n, row in enumerate(rows) if row.pk == activity.pk)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(rows):
        return
    pair = [rows[at], rows[other]]
    before = [row.position for row in pair]
    for row, position in zip(pair, reversed(before), strict=True):
        row.position = position
    Activity.objects.bulk_update(pair, ["position"])
    audit.record(
        [
            audit.Change(row, {"position": was}, {"position": row.position}, code=row.short_name)
            for row, was in zip(pair, before, strict=True)
        ],
        by=by,
        action="rules.change",
    )


def refuse_contradictions(keys: Iterable[int]) -> None:
    """As they stand now: counts of `keys`, and those that rest on them."""
    found = all_counts()
    off = {row.code for row, _rule in found if row.is_off}
    rules = [rule for _row, rule in found]
    codes = {row.code for row, _rule in found if row.pk in set(keys)}
    for row, rule in found:
        if row.code in codes:
            refuse_names(row, [other for other, _rule in found if other.pk != row.pk])
        if not row.is_off and (rule.code in codes or codes & _rests_on(rule)):
            refuse_faults(rule, rules, off)


def _rests_on(rule) -> set[str]:
    named = {code for check in rule.checks for code in (check.plus, check.other, check.less)}
    return {rule.denominator, rule.less, *named}


def _next_code(others: list[Activity]) -> str:
    taken = {one.code for one in others}
    number = (Activity.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    while f"count_{number}" in taken:
        number += 1
    return f"count_{number}"


def _spelled(group: str, others: list[Activity]) -> str:
    """A group that is there already, as it is spelled there."""
    group = clean(group)
    return next((one.group for one in others if match_key(one.group) == match_key(group)), group)


def _refuse_contradictions(activity: Activity, others: list[Activity], checks) -> None:
    codes = {one.pk: one.code for one in others}
    rules = dict(all_counts())
    if checks is None:
        checks = next((rule.checks for row, rule in rules.items() if row.pk == activity.pk), ())
    off = {one.code for one in (*others, activity) if one.is_off}
    beside = [rule for row, rule in rules.items() if row.pk != activity.pk]
    refuse_faults(rule_of(activity, codes, tuple(checks)), beside, off)


def _refuse_resting_on_off(codes: set[str]) -> None:
    found = all_counts()
    off = {row.code for row, _rule in found if row.is_off}
    for _row, rule in found:
        if rule.code in codes:
            try:
                refuse_faults(rule, [one for _other, one in found], off)
            except Refusal as refusal:
                words = [f"{rule.short_name}: {reason}" for reason in refusal.reasons]
                raise Refusal(*words) from refusal


def _write_checks(activity: Activity, checks: Sequence[CheckRule], others: list[Activity]) -> None:
    """Row by row in their order; what is left over goes."""
    keys = {one.code: one.pk for one in others}
    stored = list(CountCheck.objects.filter(activity=activity).order_by("pk"))
    for row in stored[len(checks) :]:
        row.delete()
    for n, check in enumerate(checks):
        row = stored[n] if n < len(stored) else CountCheck(activity=activity)
        for name in OF_CHECKS:
            setattr(row, name, getattr(check, name))
        for name in ("plus", "other", "less"):
            setattr(row, f"{name}_id", keys.get(getattr(check, name)))
        row.save()


def _state(activity: Activity) -> dict:
    found = next(((row, rule) for row, rule in all_counts() if row.pk == activity.pk), None)
    if found is None:
        return {}
    row, rule = found
    names = {one.code: one.short_name for one in Activity.objects.all()}
    return audit.state(row, _SAID) | {"checks": [kept(check, names) for check in rule.checks]}


def _filled(state: dict) -> dict:
    """Without what says nothing."""
    return {name: value for name, value in state.items() if value not in ("", None, False, [])}


def _record(activity: Activity, before: dict, *, by: Actor) -> None:
    after = _state(activity)
    if before != after:
        change = audit.Change(activity, before, after if before else _filled(after), code=activity.short_name)
        audit.record([change], by=by, action="rules.change" if before else "rules.add")
