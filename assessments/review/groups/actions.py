"""The Board puts units into groups, by which the province's tables are folded."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.rules.models.groups import UnitGroup
from orgs import audit
from orgs.models import Organization
from orgs.versions import writing
from resolution03.lib.errors import Refusal
from resolution03.lib.text import clean

LONGEST = 120


@writing()
def group_units(*, by: Actor, names: Mapping[int, str]) -> int:
    """Give each unit (by key) its group, or none for a blank name; how many changed. Refusal, and nothing
    stored, where a name is too long or the organization is no unit."""
    units = {unit.pk: unit for unit in Organization.objects.units().filter(pk__in=names)}
    rows = {
        row.unit_id: row for row in UnitGroup.objects.select_for_update(no_key=True).filter(unit__in=names)
    }
    wanted = {pk: clean(name) for pk, name in names.items()}
    _check(wanted, units)
    changes = []
    for pk, name in wanted.items():
        row = rows.get(pk)
        before = row.name if row else ""
        if name == before:
            continue
        _store(row or UnitGroup(unit=units[pk]), name)
        changes.append(audit.Change(units[pk], {"group": before}, {"group": name}, pk, units[pk].code))
    audit.record(changes, by=by, action="unit.group")
    return len(changes)


def _check(wanted: Mapping[int, str], units: Mapping[int, Organization]) -> None:
    if wanted.keys() - units.keys():
        raise Refusal(_("Only an organization directly under the province is a unit."))
    text = _("%(unit)s: at most %(limit)s characters, found %(found)s.")
    long = [
        text % {"unit": units[pk].name, "limit": LONGEST, "found": len(name)}
        for pk, name in wanted.items()
        if len(name) > LONGEST
    ]
    if long:
        raise Refusal(*long)


def _store(row: UnitGroup, name: str) -> None:
    if not name:
        row.delete()
        return
    row.name = name
    row.save()
