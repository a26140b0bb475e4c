"""The yearly roster: follows the registers while a year is open, frozen by closing.

`follow` belongs in the transaction of every change of a register: it looks at what the change bears on
and at nothing else. `follow_registers` looks at everything, as whoever writes thousands of rows wants it.
"""

from collections.abc import Collection

from accounts.actors import Actor
from assessments.roster import noting, people, places, tallies
from assessments.roster.changes import RosterChange
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.movements import Movement, MovementKind
from assessments.roster.models.village_lines import VillageLine
from assessments.roster.reach import Reach, only, reach_of
from assessments.roster.rows import RegisterRows
from assessments.roster.sync import sync, sync_rated
from assessments.roster.tree import Tree
from assessments.roster.units import refresh_units
from assessments.rules.holding import hold_years
from assessments.rules.models.years import RatingYear
from assessments.rules.of_year import rules_of_years
from assessments.rules.year_rules import YearRules
from orgs import audit
from orgs.touched import Touched
from orgs.versions import writing
from resolution03.lib.dates import year_end

__all__ = ["RosterChange", "Tree", "follow", "follow_registers", "refresh"]


@writing()
def follow(touched: Touched, *, by: Actor) -> RosterChange:
    """Bring every open year to the rows of the registers that an act wrote; closed years never follow."""
    years = [year for year in hold_years() if year.is_open]
    if not (touched and years):
        return RosterChange()
    reach = reach_of(touched)
    return _bring(years, None if reach.is_far else reach, by=by)


@writing()
def follow_registers(*, by: Actor, unnoted: Collection[int] = ()) -> RosterChange:
    """Bring every open year to the registers as they are. `unnoted`: submissions whose lists are only put
    back, so that nothing of them is noted as a change."""
    return _bring([year for year in hold_years() if year.is_open], None, by=by, unnoted=unnoted)


@writing()
def refresh(year: RatingYear, *, by: Actor) -> RosterChange:
    """Bring the lines of an open year to the registers as of 31 December, and its tallies."""
    return _bring([year], None, by=by)


def _bring(
    years: list[RatingYear], reach: Reach | None, *, by: Actor, unnoted: Collection[int] = ()
) -> RosterChange:
    """The lines in reach (None: all) of open years, and the tallies by what became of them."""
    rows = RegisterRows.everything() if reach is None else RegisterRows.within(reach)
    counted = None if reach is None else tallies.count_rows(years, reach)
    change = RosterChange()
    rules = rules_of_years(years)
    for year in years:
        change += _lines(year, rows, rules[year.pk])
    _record_dropped(change, by)
    noting.note(change, by=by, unnoted=unnoted)
    if counted is None:
        tallies.recount(*years)
    elif change.lines:
        tallies.shift(tallies.count_rows(years, reach), counted)
    return change


def _lines(year: RatingYear, rows: RegisterRows, rules: YearRules) -> RosterChange:
    tree = Tree(year_end(year.pk), rows.branches)
    everyone = people.People(tree, rows)
    reach = rows.reach
    change = sync_rated(
        OrganizationLine,
        year,
        "organization_id",
        places.ORGANIZATION_FIELDS,
        places.organization_lines(tree, rows),
        only(reach, "organizations"),
    )
    change += sync_rated(
        MemberLine,
        year,
        "member_id",
        people.MEMBER_FIELDS,
        people.member_lines(everyone),
        only(reach, "members"),
    )
    change += sync(
        VillageLine,
        year,
        "village_id",
        places.VILLAGE_FIELDS,
        places.village_lines(places.Villages(everyone, rows)),
        only(reach, "villages"),
    )
    change += _movements(year, everyone, rules, reach)
    units = None if reach is None else {*reach.organizations, *_gained_or_lost(change)}
    refresh_units(year, tree, units)
    return change


def _movements(
    year: RatingYear, everyone: people.People, rules: YearRules, reach: Reach | None
) -> RosterChange:
    change, within = RosterChange(), only(reach, "members")
    for kind in MovementKind:
        wanted = people.movements(everyone, kind, rules)
        change += sync(Movement, year, "member_id", people.MOVEMENT_FIELDS, wanted, within, kind=kind.value)
    return change


def _gained_or_lost(change: RosterChange) -> set[int]:
    """Units that got a line which they had not, or lost one."""
    return {
        unit for line in change.lines if line.old("unit_id") != line.new("unit_id") for unit in line.units
    }


def _record_dropped(change: RosterChange, by: Actor) -> None:
    audit.record(
        [audit.Change(line, {"dropped": False}, {"dropped": True}, line.unit_id) for line in change.dropped],
        by=by,
        action="roster.drop",
    )
