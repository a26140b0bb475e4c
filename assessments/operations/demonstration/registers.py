"""Writes the invented registers: many rows in one statement, one audit row a register."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from assessments.operations.demonstration.heads import Head
from assessments.operations.demonstration.population import Fellow
from assessments.operations.demonstration.province import Body, Province
from assessments.operations.demonstration.villages import Village
from assessments.operations.demonstration.world import World
from members.models import Member, Membership, VillageHead
from orgs.models import Coverage, FormerName, Organization, Placement
from orgs.models import Village as VillageRow
from resolution03.lib.bulk import upsert
from resolution03.lib.dates import PartialDate, Precision

PHONE = "0260 3000 {:03}"
Stretch = tuple[date | None, date | None, str]


Ids = dict[str | None, int]
"""Primary keys by code; none by None."""


def write(world: World) -> Ids:
    """Store the registers in an empty database; returns how many rows of each."""
    organizations = _organizations(world.province)
    villages = _villages(world.villages.by_code.values(), organizations)
    members = _members(world.fellows, organizations)
    _heads(world.heads, villages, members)
    return {
        "organizations": len(organizations),
        "villages": len(villages),
        "members": len(members),
        "village_heads": len(world.heads),
    }


def stretches(starts: Sequence[date | None], decisions: Sequence[str]) -> Iterable[Stretch]:
    """First day, first day no longer held, decision: contiguous, the last one open."""
    return zip(starts, [*starts[1:], None], decisions, strict=True)


def _ids(model) -> Ids:
    return dict(model.objects.order_by().values_list("code", "pk"))


def _dated(name: str, value: PartialDate | None) -> dict:
    if value is None:
        return {f"{name}_on": None, f"{name}_precision": Precision.DAY.value}
    return {f"{name}_on": value.day, f"{name}_precision": value.precision.value}


def _insert(objects: list) -> None:
    """Store objects of one model, with the keys by which they are found."""
    model = type(objects[0])
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    for obj in objects:
        obj.refresh_keys()
    names, columns = [field.name for field in fields], [field.attname for field in fields]
    upsert(model, names, ([getattr(obj, column) for column in columns] for obj in objects))


def _organizations(province: Province) -> Ids:
    ids: Ids = {}
    paths: dict[str | None, str] = {}
    positions = {body.code: n for n, body in enumerate(_in_office_order(province), start=1)}
    for level in _levels(province):
        first = not ids
        _insert([_organization(body, ids, positions) for body in level])
        ids = _ids(Organization)
        for body in level:
            above = "/" if first else paths[_last_parent(body)]
            paths[body.code] = f"{above}{ids[body.code]}/"
    _place(ids, paths)
    _write_places(province, ids)
    return ids


def _last_parent(body: Body) -> str | None:
    return body.moves[-1].parent if body.moves else body.parent


def _levels(province: Province) -> Iterable[list[Body]]:
    """Organizations whose latest parent stands a level higher, level by level."""
    by_parent = defaultdict(list)
    for body in province.bodies.values():
        by_parent[_last_parent(body)].append(body)
    level = by_parent[None]
    while level:
        yield level
        level = [child for body in level for child in by_parent[body.code]]


def _in_office_order(province: Province) -> list[Body]:
    """The units in their order; below each, by code."""
    units = [code for code in province.bodies if "." not in code]
    return sorted(
        province.bodies.values(),
        key=lambda body: (units.index(body.code.split(".")[0]), _rank(body.code), body.code),
    )


def _rank(code: str) -> tuple:
    """Communes first, then other committees, then cells; each with what is below it."""
    return tuple("XDC".find(part[0]) for part in code.split(".")[1:2])


def _organization(body: Body, ids: Ids, positions: dict[str, int]) -> Organization:
    is_unit = body.parent is not None and "." not in body.code
    return Organization(
        code=body.code,
        name=body.name,
        form=body.form,
        type_label=body.type_label,
        parent_id=ids.get(_last_parent(body)),
        position=positions[body.code],
        dissolved_on=body.dissolved_on,
        dissolution_decision=body.decision,
        phone=PHONE.format(positions[body.code] % 1000) if is_unit else "",
        **_dated("established", body.founded),
    )


def _place(ids: Ids, paths: dict[str | None, str]) -> None:
    """Give each organization its path, which needs the ids of all above it."""
    rows = Organization.objects.in_bulk(ids.values())
    for code, path in paths.items():
        rows[ids[code]].path = path
    Organization.objects.bulk_update(rows.values(), ["path"], batch_size=400)


def _write_places(province: Province, ids: Ids) -> None:
    bodies = province.bodies.values()
    upsert(
        Placement,
        ("organization", "parent", "starts_on", "ends_on", "decision"),
        (
            (ids[body.code], ids.get(parent), *stretch)
            for body in bodies
            for parent, stretch in zip(
                [body.parent, *(move.parent for move in body.moves)],
                stretches(
                    [None, *(move.on for move in body.moves)], ["", *(move.decision for move in body.moves)]
                ),
                strict=True,
            )
        ),
    )
    upsert(
        FormerName,
        ("organization", "name", "until", "decision"),
        ((ids[body.code], *former) for body in bodies for former in body.former_names),
    )


def _villages(villages: Iterable[Village], ids: Ids) -> Ids:
    _insert(
        [
            VillageRow(
                code=village.code,
                name=village.name,
                kind=village.kind,
                ends_on=village.ends_on,
                committee_id=ids[village.commune],
                cell_id=ids.get(village.stretches[-1].cell),
                position=position,
                **_dated("starts", village.founded),
            )
            for position, village in enumerate(villages, start=1)
        ]
    )
    stored = _ids(VillageRow)
    upsert(
        Coverage,
        ("village", "committee", "cell", "starts_on", "ends_on", "decision"),
        (
            (stored[village.code], ids[village.commune], ids.get(held.cell), *stretch)
            for village in villages
            for held, stretch in zip(
                village.stretches,
                stretches(
                    [held.on for held in village.stretches], [held.decision for held in village.stretches]
                ),
                strict=True,
            )
        ),
    )
    return stored


def _members(fellows: list[Fellow], ids: Ids) -> Ids:
    _insert([_member(fellow, ids) for fellow in fellows])
    stored = _ids(Member)
    upsert(
        Membership,
        ("member", "cell", "starts_on", "ends_on", "decision"),
        (
            (stored[fellow.code], ids[stay.cell], *stretch)
            for fellow in fellows
            for stay, stretch in zip(
                fellow.stays,
                stretches([stay.on for stay in fellow.stays], [stay.decision for stay in fellow.stays]),
                strict=True,
            )
        ),
    )
    return stored


def _member(fellow: Fellow, ids: Ids) -> Member:
    return Member(
        code=fellow.code,
        full_name=fellow.name,
        sex=fellow.sex,
        cell_id=ids[fellow.cell],
        admitted_outside=fellow.admitted_outside,
        arrived_on=fellow.arrived_on,
        official_on=fellow.official_on,
        is_exempt=fellow.is_exempt,
        left_on=fellow.left_on,
        leaving_reason=fellow.reason,
        **_dated("born", fellow.born),
        **_dated("admitted", fellow.admitted),
    )


def _heads(heads: list[Head], villages: Ids, members: Ids) -> None:
    _insert(
        [
            VillageHead(
                village_id=villages[head.village],
                full_name=head.name,
                member_id=members[head.fellow.code] if head.fellow else None,
                is_member=head.is_member_on(head.starts_on),
                is_secretary=head.is_secretary,
                starts_on=head.starts_on,
                ends_on=head.ends_on,
            )
            for head in heads
        ]
    )
