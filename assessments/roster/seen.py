"""What the Board sees of a row of a list: the values on which the list or a figure rests.

A row may stand in several tables of the roster, each a part of it: a member's line, their admission.
A corrected spelling of a name is no change of the list, another place is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Model

from assessments.roster.changes import LineChange
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.list_changes import Listed
from assessments.roster.models.village_lines import VillageLine
from members.models import Member
from orgs.models import Organization, Village

Values = Mapping[str, object]
State = dict[str, Values | None]
"""Part → its values; None where the row is not in that table."""

_MOVEMENT = ("unit_id", "on", "in_province", "in_term", "leaving_reason")
SEEN: dict[str, tuple[str, ...]] = {
    "organization": ("unit_id", "grassroots_id", "parent_id", "kind", "form"),
    "member": ("unit_id", "grassroots_id", "cell_id", "is_exempt", "is_probationary"),
    "village": (
        "unit_id",
        "committee_id",
        "cell_id",
        "has_member",
        "had_cell",
        "had_member",
        "head_id",
        "head_state",
        "head_is_secretary",
        "head_is_probationary",
    ),
    "admission": _MOVEMENT,
    "arrival": _MOVEMENT,
    "leaving": _MOVEMENT,
}
COUNTED_BESIDE = {
    "village": ("cell_is_shared", "official_members"),
    "admission": ("in_current_term", "in_ended_term"),
}
"""Kept with them, because tallies need it: it follows from other rows, which are changes themselves."""

PARTS: dict[type[Model], str] = {
    OrganizationLine: "organization",
    MemberLine: "member",
    VillageLine: "village",
}
"""Of a movement its kind is the part."""

PLACES = ("unit_id", "grassroots_id", "parent_id", "cell_id", "committee_id")
"""The organizations in which a row stands."""

RECORDS: dict[str, type[Model]] = {
    Listed.ORGANIZATION: Organization,
    Listed.MEMBER: Member,
    Listed.VILLAGE: Village,
}
LISTED = {"organization": Listed.ORGANIZATION, "village": Listed.VILLAGE}


@dataclass
class RowChange:
    """What one act did to a row of a list, in all its parts."""

    listed: str
    who: int
    before: State = field(default_factory=dict)
    after: State = field(default_factory=dict)

    @property
    def units(self) -> set[int]:
        """The units in whose lists it stood or stands."""
        parts = (*self.before.values(), *self.after.values())
        return {values["unit_id"] for values in parts if values}  # type: ignore[misc]

    def is_seen_in(self, unit: int) -> bool:
        return differ(in_unit(self.before, unit), in_unit(self.after, unit))


def rows(lines: Iterable[LineChange]) -> list[RowChange]:
    """The rows of a year of which the Board would see a difference, each with all its parts."""
    found: dict[tuple[str, int], RowChange] = {}
    for line in lines:
        part = part_of(line)
        before, after = (_kept(part, values) for values in line.states)
        if _seen(part, before) != _seen(part, after):
            row = found.setdefault(row_of(line), RowChange(*row_of(line)))
            row.before[part], row.after[part] = before, after
    return list(found.values())


def part_of(line: LineChange) -> str:
    return line.kind or PARTS[line.model]


def row_of(line: LineChange) -> tuple[str, int]:
    """Whose row the line is a part of, and the key of who is listed."""
    return LISTED.get(part_of(line), Listed.MEMBER).value, line.who


def in_unit(state: State, unit: int) -> State:
    """The row as the list of one unit has it: what stands elsewhere is not there."""
    return {part: values if values and values["unit_id"] == unit else None for part, values in state.items()}


def differ(one: State, other: State) -> bool:
    return any(_seen(part, one.get(part)) != _seen(part, other.get(part)) for part in {*one, *other})


def rebased(base: State, before: State, after: State) -> State:
    """`base` with what the Board itself changed from `before` to `after`: it need not confirm that. What
    waits because it came is not confirmed by being changed."""
    found = dict(base)
    for part, values in after.items():
        old, was = base.get(part, before[part]), before[part]
        if values and was:
            new = {key: value for key, value in values.items() if value != was.get(key)}
            found[part] = {**old, **new} if old else None
        else:
            found[part] = values
    return found


def _kept(part: str, values: Values | None) -> Values | None:
    names = SEEN[part] + COUNTED_BESIDE.get(part, ())
    return None if values is None else {name: _plain(values[name]) for name in names}


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _seen(part: str, values: Values | None) -> list | None:
    return None if values is None else [values[name] for name in SEEN[part]]
