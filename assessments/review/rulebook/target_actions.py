"""Targets: stored and taken away by the Board."""

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.figures.count_indicators import indicator_of
from assessments.figures.indicator import Indicator
from assessments.review.rulebook.actions import DOCUMENT, remove_rule, save_rule
from assessments.review.rulebook.refusing import refuse_overlap, refuse_years, rivals_of
from assessments.rules.holding import writing_years
from assessments.rules.models.target_sets import Quota, TargetScope
from assessments.rules.models.targets import Target
from orgs.audit import Change, record
from resolution03.lib.errors import Refusal

TARGET_FIELDS = (
    "set",
    "indicator",
    "scope",
    "comparison",
    "value",
    "first_year",
    "last_year",
    "due",
    "is_guiding",
    "article",
    *DOCUMENT,
)


@writing_years()
def save_target(target: Target, *, by: Actor) -> None:
    """Add or change a target. Raises Refusal when two would hold in one year, or it cannot be
    reached by anything (more than 100%)."""
    indicator = indicator_of(target.indicator)
    if indicator is None:
        raise Refusal(_("There is no such indicator."), field="indicator")
    refuse_years(target)
    _refuse_value(target)
    if indicator.counted.is_share and target.value is not None and target.value > 100:
        raise Refusal(_("A share cannot be asked to exceed 100%."), field="value")
    if indicator.counted.is_limited and target.comparison != "<=":
        raise Refusal(_limited(indicator), field="comparison")
    refuse_overlap(target, rivals_of(target, Target.objects.select_for_update(no_key=True)))
    if target.pk and target.scope != TargetScope.QUOTA:
        remove_quotas(target, by=by)
    save_rule(target, TARGET_FIELDS, by=by, code=target.indicator)


def _limited(indicator: Indicator) -> str:
    if indicator.is_of_villages:
        return _("Villages in this state are limited from above: use ≤.")
    return _("Less is better of this count: use ≤.")


def _refuse_value(target: Target) -> None:
    """A quota is of each unit, and of no set that all are judged by."""
    if target.scope != TargetScope.QUOTA:
        if target.value is None:
            raise Refusal(_("A target has a value."), field="value")
        return
    if target.set.is_default:
        raise Refusal(
            _("Quotas of units stand in a set of their own, not in the default one."), field="scope"
        )
    if target.value is not None:
        raise Refusal(_("Each unit has its own quota; leave the value empty."), field="value")


@writing_years()
def remove_target(target: Target, *, by: Actor) -> None:
    """Remove a target with its quotas; closed years keep the one they were judged by."""
    remove_quotas(target, by=by)
    remove_rule(target, TARGET_FIELDS, by=by, code=target.indicator)


def remove_quotas(target: Target, *, by: Actor) -> None:
    """Within the action that takes the target away, or makes something else of it."""
    rows = list(Quota.objects.filter(target=target).select_related("unit"))
    told = [
        Change(row, {"value": row.value, "indicator": target.indicator}, {}, row.unit_id, row.unit.code)
        for row in rows
    ]
    if told:
        record(told, by=by, action="rules.remove")
        Quota.objects.filter(target=target).delete()
