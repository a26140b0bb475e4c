"""Sets of targets and quotas of units: stored and taken away by the Board."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.review.rulebook.actions import DOCUMENT, remove_rule, save_rule
from assessments.review.rulebook.target_actions import TARGET_FIELDS, remove_quotas
from assessments.rules.holding import writing_years
from assessments.rules.models.target_sets import Quota, TargetSet
from assessments.rules.models.targets import Target
from orgs.audit import Change, Keyed, record
from resolution03.lib.errors import Refusal

SET_FIELDS = ("code", "name", "title", "short_name", *DOCUMENT)


@writing_years()
def save_set(row: TargetSet, *, by: Actor) -> None:
    """Add a set of targets, or change its words. Raises Refusal for a code that another one bears."""
    if TargetSet.objects.select_for_update(no_key=True).filter(code=row.code).exclude(pk=row.pk).exists():
        raise Refusal(_("Another set of targets bears the code %(code)s.") % {"code": row.code}, field="code")
    row.title, row.short_name = row.title or row.name, row.short_name or row.code
    save_rule(row, SET_FIELDS, by=by, code=row.code)


@writing_years()
def remove_set(row: TargetSet, *, by: Actor) -> None:
    """Take a set away with its targets and quotas; closed years keep it. Refusal for the default one."""
    if row.is_default:
        raise Refusal(_("The default set stays: forms and pages speak of it."))
    for target in Target.objects.filter(set=row):
        remove_quotas(target, by=by)
        remove_rule(target, TARGET_FIELDS, by=by, code=target.indicator)
    remove_rule(row, SET_FIELDS, by=by, code=row.code)


@writing_years()
def save_quotas(target: Target, assigned: Mapping[int, int | None], *, by: Actor) -> None:
    """What units are assigned of a target, by unit; None takes a quota away, units not named keep theirs."""
    stored = {row.unit_id: row for row in Quota.objects.filter(target=target).select_related("unit")}
    changes = list(_changes(target, stored, assigned))
    new, changed = ([one for one in changes if bool(one.before) is before] for before in (False, True))
    record(new, by=by, action="rules.add")
    record(changed, by=by, action="rules.change")


def _changes(
    target: Target, stored: Mapping[int, Quota], assigned: Mapping[int, int | None]
) -> Iterator[Change]:
    for unit, value in assigned.items():
        row = stored.get(unit) or Quota(target=target, unit_id=unit)
        was = row.value if row.pk else None
        if value == was:
            continue
        before, after = ({} if one is None else _told(target, one) for one in (was, value))
        if value is None:
            yield Change(Keyed(row.pk, row._meta), before, after, unit, row.unit.code)
            row.delete()
        else:
            row.value = value
            row.save()
            yield Change(row, before, after, unit, row.unit.code)


def _told(target: Target, value: int) -> dict:
    return {"value": value, "indicator": target.indicator}
