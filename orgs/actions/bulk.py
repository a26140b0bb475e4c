"""Many organizations and villages written at once, as the demonstration and workbooks do it.

The caller has judged the changes by `orgs.rules`; the audit trail gets a row for each object.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Max

from accounts.actors import Actor
from orgs.actions import former
from orgs.actions.bulk_trail import BulkChange, record
from orgs.models import FormerForm, FormerName, Organization, Placement
from orgs.rules import unit_of
from orgs.versions import writing
from resolution03.lib import bulk


@dataclass
class Tree:
    """Primary keys and paths by code, as they are while a load is written."""

    pks: dict[str, int] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Tree":
        tree = cls()
        for pk, code, path in Organization.objects.order_by().values_list("pk", "code", "path"):
            tree.pks[code], tree.paths[code] = pk, path
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


@writing()
def save_organizations(*, by: Actor, changes: Collection[BulkChange]) -> Tree:
    """Found and change organizations; returns the tree as it stands then.

    New ones come in the order of their depth; one whose parent is not there is left out.
    """
    tree = Tree.read()
    new = [change for change in changes if change.stored is None]
    old = [change for change in changes if change.stored is not None]
    founded = _found(new, tree)
    _rewrite(old, tree)
    _replace(old, tree)
    _reform(old)
    if any("parent" in change.values for change in old):
        tree = refresh_paths()
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
    pks = Organization.objects.filter(path="").order_by().values_list("code", "pk")
    for code, pk in pks:
        tree.pks[code] = pk
        tree.paths[code] = f"{tree.paths.get(codes[code] or '', '/')}{pk}/"
    bulk.update(Organization, ["path"], [(tree.pks[code], tree.paths[code]) for code in codes])
    bulk.insert(
        [
            Placement(
                organization_id=tree.pks[change.code],
                parent_id=tree.pk(change.values.get("parent")),
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
        position=positions[change.code],
        **values,
    )
    made.refresh_keys()
    return made


def _rewrite(changes: list[BulkChange], tree: Tree) -> None:
    fields = (*ORGANIZATION_FIELDS, "parent", "search_key")
    rows = []
    for change in changes:
        values = change.merged
        found = Organization(code=change.code, name=values["name"])
        found.refresh_keys()
        parent = tree.pks.get(values["parent"])
        rows.append((values["pk"], *(values[n] for n in ORGANIZATION_FIELDS), parent, found.search_key))
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
        is_move = change.on and "parent" in change.values and change.on != change.known["placed_from"]
        if is_move:
            moved.append(change)
        elif "parent" in change.values or "decision" in change.values:
            corrected.append(change)
    _correct(Placement, "placement", ("parent",), corrected, tree)
    bulk.update(Placement, ["ends_on"], [(c.known["placement"], c.on) for c in moved])
    bulk.insert(
        [
            Placement(
                organization_id=change.known["pk"],
                parent_id=tree.pks.get(change.values["parent"]),
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


def _correct(model, stretch: str, places: tuple[str, ...], changes, tree: Tree) -> None:
    """Correct the latest stretch; a decision of another number has another date, which no sheet tells."""
    bulk.update(
        model,
        (*places, "decision"),
        [
            (
                change.stored[stretch],
                *(tree.pks.get(change.merged[place]) for place in places),
                change.merged.get("decision", ""),
            )
            for change in changes
        ],
    )
    redecided = [change.stored[stretch] for change in changes if "decision" in change.values]
    bulk.update(model, ["decided_on"], [(pk, None) for pk in redecided])


def refresh_paths() -> Tree:
    """Write the paths of all whose chain of parents is another now."""
    parents: dict[int, int | None] = {}
    stored, codes = {}, {}
    rows = Organization.objects.order_by().values_list("pk", "parent_id", "path", "code")
    for pk, parent, path, code in rows:
        parents[pk], stored[pk], codes[pk] = parent, path, code
    paths: dict[int, str] = {}

    def path_of(pk: int | None) -> str:
        if pk is None:
            return "/"
        if pk not in paths:
            paths[pk] = f"{path_of(parents[pk])}{pk}/"
        return paths[pk]

    bulk.update(Organization, ["path"], [(pk, path_of(pk)) for pk in parents if path_of(pk) != stored[pk]])
    return Tree({code: pk for pk, code in codes.items()}, {code: paths[pk] for pk, code in codes.items()})


def _record(changes: Iterable[BulkChange], tree: Tree, *, by: Actor) -> None:
    record(
        Organization,
        changes,
        by=by,
        action="organization.load",
        pk_of=lambda change: tree.pks[change.code],
        unit_of=lambda change: tree.unit_id(change.code),
        references={"parent": tree.pks},
    )
