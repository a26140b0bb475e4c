"""Many organizations and villages written at once, as the demonstration and workbooks do it.

The caller has judged the changes by `orgs.rules`; the audit trail gets a row for each object.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Max

from accounts.actors import Actor
from orgs.actions import former
from orgs.actions.bulk_trail import BulkChange, record
from orgs.models import FormerForm, FormerName, Level, Organization, Placement
from orgs.rules import level_under, unit_of
from orgs.versions import writing
from resolution03.lib import bulk


@dataclass
class Tree:
    """Primary keys, paths and levels by code, as they are while a load is written."""

    pks: dict[str, int] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    levels: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Tree":
        tree = cls()
        for pk, code, path, level in Organization.objects.order_by().values_list(
            "pk", "code", "path", "level"
        ):
            tree.pks[code], tree.paths[code], tree.levels[code] = pk, path, level
        return tree

    def pk(self, code: str | None) -> int | None:
        """The key of an organization; None without a code, and for one that is not there."""
        return self.pks.get(code) if code else None

    def unit_id(self, code: str | None) -> int | None:
        return unit_of(self.paths[code]) if code else None


ORGANIZATION_FIELDS = (
    "name",
    "form",
    "type_label",
    "established_on",
    "established_precision",
    "dissolved_on",
    "dissolved_precision",
    "dissolution_decision",
)


PLACE = {"parent", "level"}
"""What a placement says; `level` is the own one."""


@writing()
def save_organizations(*, by: Actor, changes: Collection[BulkChange]) -> Tree:
    """Found and change organizations; returns the tree as it stands then.

    New ones come in the order of their depth; one whose parent is not there is left out.
    """
    tree = Tree.read()
    new = [change for change in changes if change.stored is None]
    old = [change for change in changes if change.stored is not None]
    founded = _found(new, tree)
    _lead_on(founded, tree)
    _rewrite(old, tree)
    _replace(old, tree)
    _reform(old)
    if any(PLACE & change.values.keys() for change in old):
        tree = refresh_places()
    _record([*founded, *old], tree, by=by)
    return tree


def _found(changes: list[BulkChange], tree: Tree) -> list[BulkChange]:
    """Insert generation by generation, for a child needs its parent's key."""
    position = Organization.objects.aggregate(last=Max("position"))["last"] or 0
    positions = {change.code: position + i for i, change in enumerate(changes, start=1)}
    founded, waiting = [], changes
    while waiting:
        ready = [change for change in waiting if _has_parent(change, tree)]
        if not ready:
            break
        _insert(ready, tree, positions)
        founded += ready
        waiting = [change for change in waiting if change.code not in tree.pks]
    return founded


def _has_parent(change: BulkChange, tree: Tree) -> bool:
    parent = change.values.get("parent")
    return parent is None or parent in tree.pks


def _insert(changes: list[BulkChange], tree: Tree, positions: Mapping[str, int]) -> None:
    made = [_organization(change, tree, positions) for change in changes]
    bulk.insert(made)
    codes = {change.code: change.values.get("parent") for change in changes}
    own = {change.code: change.values.get("level", "") for change in changes}
    pks = Organization.objects.filter(path="").order_by().values_list("code", "pk")
    for code, pk in pks:
        above = codes[code] or ""
        tree.pks[code] = pk
        tree.paths[code] = f"{tree.paths.get(above, '/')}{pk}/"
        tree.levels[code] = level_under(tree.levels.get(above), own[code])
    placed = [(tree.pks[code], tree.paths[code], tree.levels[code]) for code in codes]
    bulk.update(Organization, ["path", "level"], placed)
    bulk.insert(
        [
            Placement(
                organization_id=tree.pks[change.code],
                parent_id=tree.pk(change.values.get("parent")),
                own_level=own[change.code],
                decision=change.values.get("decision", ""),
            )
            for change in changes
        ]
    )


def _organization(change: BulkChange, tree: Tree, positions: Mapping[str, int]) -> Organization:
    values = {name: change.values[name] for name in ORGANIZATION_FIELDS if name in change.values}
    made = Organization(
        code=change.code,
        parent_id=tree.pk(change.values.get("parent")),
        own_level=change.values.get("level", ""),
        position=positions[change.code],
        **values,
    )
    made.refresh_keys()
    return made


def _lead_on(changes: list[BulkChange], tree: Tree) -> None:
    """Name what new ones went into, which may be as new."""
    into = [(tree.pks[c.code], tree.pk(c.values.get("merged_into"))) for c in changes]
    bulk.update(Organization, ["merged_into"], [row for row in into if row[1]])


def _rewrite(changes: list[BulkChange], tree: Tree) -> None:
    fields = (*ORGANIZATION_FIELDS, "merged_into", "parent", "own_level", "search_key")
    rows = []
    for change in changes:
        values = change.merged
        found = Organization(code=change.code, name=values["name"])
        found.refresh_keys()
        parent = tree.pks.get(values["parent"])
        kept = (values[name] for name in ORGANIZATION_FIELDS)
        into = tree.pk(values["merged_into"])
        rows.append((values["pk"], *kept, into, parent, values["level"], found.search_key))
    bulk.update(Organization, fields, rows)
    redecided = [c.known["pk"] for c in changes if "dissolution_decision" in c.values]
    bulk.update(Organization, ["dissolution_decided_on"], [(pk, None) for pk in redecided])
    bulk.upsert(
        FormerName,
        ("organization", "name", "until", "decision", "decided_on"),
        [
            (c.known["pk"], c.known["name"], c.on, c.merged["decision"], None)
            for c in changes
            if c.on and "name" in c.values
        ],
        unique=("organization", "until"),
        update=("decision", "decided_on"),
    )


def _replace(changes: list[BulkChange], tree: Tree) -> None:
    """Move from a day on, or correct the latest placement from its own start."""
    moved, corrected = [], []
    for change in changes:
        is_placed = PLACE & change.values.keys()
        if change.on and is_placed and change.on != change.known["placed_from"]:
            moved.append(change)
        elif is_placed or "decision" in change.values:
            corrected.append(change)
    _correct(corrected, tree)
    bulk.update(Placement, ["ends_on"], [(c.known["placement"], c.on) for c in moved])
    bulk.insert(
        [
            Placement(
                organization_id=change.known["pk"],
                parent_id=tree.pks.get(change.merged["parent"]),
                own_level=change.merged["level"],
                starts_on=change.on,
                decision=change.values.get("decision", ""),
            )
            for change in moved
        ]
    )


def _reform(changes: list[BulkChange]) -> None:
    """The old form is kept until the day of a dated change; without a day the latest one was wrong."""
    former.begin_many(
        FormerForm,
        "organization",
        (
            former.Begun(
                change.known["pk"],
                change.known["former_forms"],
                change.known["form"],
                change.merged["form"],
                change.on,
                change.values.get("form_decision", change.values.get("decision", "")),
            )
            for change in changes
            if change.on and {"form", "form_decision"} & change.values.keys()
        ),
    )


def _correct(changes, tree: Tree) -> None:
    """Correct the latest stretch; a decision of another number has another date, which no sheet tells."""
    bulk.update(
        Placement,
        ("parent", "own_level", "decision"),
        [
            (
                change.stored["placement"],
                tree.pks.get(change.merged["parent"]),
                change.merged["level"],
                change.merged.get("decision", ""),
            )
            for change in changes
        ],
    )
    redecided = [change.stored["placement"] for change in changes if "decision" in change.values]
    bulk.update(Placement, ["decided_on"], [(pk, None) for pk in redecided])


def refresh_places() -> Tree:
    """Write path and level of all whose chain of parents is another now."""
    columns = ("pk", "parent_id", "own_level", "code", "path", "level")
    stored = {row[0]: row for row in Organization.objects.order_by().values_list(*columns)}
    places: dict[int | None, tuple[str, str | None]] = {None: ("/", None)}

    def place_of(pk: int | None) -> tuple[str, str | None]:
        if pk is not None and pk not in places:
            _pk, parent, own, *_rest = stored[pk]
            path, level = place_of(parent)
            places[pk] = f"{path}{pk}/", level_under(level, own)
        return places[pk]

    changed = [(pk, *place_of(pk)) for pk, row in stored.items() if place_of(pk) != row[4:]]
    bulk.update(Organization, ["path", "level"], changed)
    tree = Tree()
    for pk, _parent, _own, code, *_was in stored.values():
        path, level = place_of(pk)
        tree.pks[code], tree.paths[code], tree.levels[code] = pk, path, level or Level.PROVINCE
    return tree


def _record(changes: Iterable[BulkChange], tree: Tree, *, by: Actor) -> None:
    record(
        Organization,
        changes,
        by=by,
        action="organization.load",
        pk_of=lambda change: tree.pks[change.code],
        unit_of=lambda change: tree.unit_id(change.code),
        references={"parent": tree.pks, "merged_into": tree.pks},
    )
