"""The Board switches soft rules of entry off and on again, for one year at a time (ADR 11)."""

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.rules.catalog import soft_codes
from assessments.rules.holding import hold_open_year
from assessments.rules.models.switches import RuleSwitch
from orgs import audit
from orgs.versions import writing
from resolution03.lib.errors import Refusal
from resolution03.lib.text import clean

LONGEST_REASON = 300


@writing()
def switch_rule(*, by: Actor, year: int, rule: str, is_on: bool, reason: str) -> RuleSwitch:
    """Let a soft rule ask for reasons in an open year, or not.

    Raises Refusal for a year that is not open, a rule that cannot be switched, and without a
    reason. The same again changes nothing.
    """
    found = hold_open_year(year)
    reason = clean(reason)
    if rule not in soft_codes(year):
        raise Refusal(_("This rule is always asked for; it cannot be switched."))
    if not reason:
        raise Refusal(_("Write why: it stands beside the rule."), field="reason")
    if len(reason) > LONGEST_REASON:
        text = _("At most %(limit)s characters, found %(found)s.")
        raise Refusal(text % {"limit": LONGEST_REASON, "found": len(reason)}, field="reason")
    row = RuleSwitch.objects.filter(year=found, rule=rule).first() or RuleSwitch(year=found, rule=rule)
    if row.is_on == is_on:
        return row
    row.is_on = is_on
    row.save()
    change = audit.Change(row, {"is_on": not is_on}, {"is_on": is_on}, code=rule)
    audit.record([change], by=by, action="rules.switch", reason=reason)
    return row
