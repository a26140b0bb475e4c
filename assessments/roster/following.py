"""The yearly roster: follows the registers while a year is open, frozen by closing.

`follow_registers` belongs in the transaction of every change of a register.
"""

from accounts.actors import Actor
from assessments.roster import people, places, tallies
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.movements import Movement, MovementKind
from assessments.roster.models.village_lines import VillageLine
from assessments.roster.sync import RosterChange, sync, sync_rated
from assessments.roster.tree import Tree
from assessments.rules.holding import hold_years
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.of_year import rules_of
from orgs import audit
from orgs.versions import writing
from resolution03.lib.dates import year_end

__all__ = ["RosterChange", "Tree", "follow_registers", "refresh", "refresh_units"]


@writing()
def follow_registers(*, by: Actor) -> RosterChange:
    """Bring every open year to the registers; closed years never follow."""
    change = RosterChange()
    for year in hold_years():
        if year.is_open:
            change += refresh(year, by=by)
    return change


@writing()
def refresh(year: RatingYear, *, by: Actor) -> RosterChange:
    """Bring the lines of an open year to the registers as of 31 December, and its tallies."""
    tree = Tree(year_end(year.pk))
    everyone = people.People(tree)
    change = sync_rated(
        OrganizationLine,
        year,
        "organization_id",
        places.ORGANIZATION_FIELDS,
        places.organization_lines(tree),
    )
    change += sync_rated(MemberLine, year, "member_id", people.MEMBER_FIELDS, people.member_lines(everyone))
    change += sync(
        VillageLine,
        year,
        "village_id",
        places.VILLAGE_FIELDS,
        places.village_lines(places.Villages(everyone)),
    )
    change += _refresh_movements(year, everyone)
    refresh_units(year, tree)
    _record_dropped(change, by)
    tallies.recount(year)
    return change


def _record_dropped(change: RosterChange, by: Actor) -> None:
    audit.record(
        [audit.Change(line, {"dropped": False}, {"dropped": True}, line.unit_id) for line in change.dropped],
        by=by,
        action="roster.drop",
    )


def refresh_units(year: RatingYear, tree: Tree) -> None:
    """The province's name and the units in whose names the year is reported."""
    province = tree.province
    if province and (year.province_id, year.province_name) != (province.id, province.name):
        year.province_id, year.province_name = province.id, province.name
        year.save(update_fields=["province", "province_name"])
    units = {unit.id: unit for unit in tree.units} | {pk: tree.nodes[pk] for pk in _used(year)}
    wanted = {unit.id: (unit.code, unit.name, unit.position) for unit in units.values()}
    begun = Submission.objects.filter(year=year).exclude(state="not_begun")
    kept = begun.values_list("unit_id", "code", "name", "position")
    wanted = {row[0]: row[1:] for row in kept} | wanted
    sync(Submission, year, "unit_id", ("code", "name", "position"), wanted)


def _used(year: RatingYear) -> set[int]:
    """Units under which something is listed, also one dissolved without its branch."""
    return {
        unit
        for model in (OrganizationLine, MemberLine, VillageLine)
        for unit in model.objects.filter(year=year).order_by().values_list("unit", flat=True).distinct()
    }


def _refresh_movements(year: RatingYear, everyone: people.People) -> RosterChange:
    term = rules_of(year).term
    change = RosterChange()
    for kind in MovementKind:
        wanted = people.movements(everyone, kind, term)
        change += sync(Movement, year, "member_id", people.MOVEMENT_FIELDS, wanted, kind=kind.value)
    return change
