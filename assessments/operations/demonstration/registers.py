"""Writes the invented registers: many rows in one statement, one audit row a register."""

from collections import defaultdict
from collections.abc import Iterable

from assessments.operations.demonstration.bodies import Body, Province
from assessments.operations.demonstration.inserting import Ids, dated, ids_of, insert, stretches
from assessments.operations.demonstration.world import World
from assessments.operations.demonstration.written_people import write_heads, write_members, write_villages
from orgs.actions.bulk import refresh_places
from orgs.models import FormerName, Level, Organization, Placement
from resolution03.lib.bulk import update, upsert

PHONE = "0260 3000 {:03}"


def write(world: World) -> Ids:
    """Store the registers in an empty database; returns how many rows of each."""
    organizations = _organizations(world.province)
    villages = write_villages(world.villages.by_code.values(), organizations)
    members = write_members(world.fellows, organizations)
    write_heads(world.heads, villages, members)
    return {
        "organizations": len(organizations),
        "villages": len(villages),
        "members": len(members),
        "village_heads": len(world.heads),
    }


def _organizations(province: Province) -> Ids:
    ids: Ids = {}
    positions = {body.code: n for n, body in enumerate(_in_office_order(province), start=1)}
    for generation in _generations(province):
        insert([_organization(province, body, ids, positions) for body in generation])
        ids = ids_of(Organization)
    _write_lineage(province, ids)
    _write_places(province, ids)
    refresh_places()
    return ids


def _last_parent(body: Body) -> str | None:
    return body.moves[-1].parent if body.moves else body.parent


def _generations(province: Province) -> Iterable[list[Body]]:
    """Organizations below their latest parents, generation by generation."""
    by_parent = defaultdict(list)
    for body in province.bodies.values():
        by_parent[_last_parent(body)].append(body)
    generation = by_parent[None]
    while generation:
        yield generation
        generation = [child for body in generation for child in by_parent[body.code]]


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


def _own_level(province: Province, parent: str | None) -> str:
    is_of_province = parent is not None and province.bodies[parent].parent is None
    return Level.UNIT if is_of_province else ""


def _organization(province: Province, body: Body, ids: Ids, positions: dict[str, int]) -> Organization:
    is_office = "." not in body.code
    return Organization(
        code=body.code,
        name=body.name,
        form=body.form,
        type_label=body.type_label,
        parent_id=ids.get(_last_parent(body)),
        own_level=_own_level(province, _last_parent(body)),
        position=positions[body.code],
        dissolved_on=body.dissolved_on,
        dissolution_decision=body.decision,
        phone=PHONE.format(positions[body.code] % 1000) if is_office else "",
        **dated("established", body.founded),
    )


def _write_lineage(province: Province, ids: Ids) -> None:
    into = [(ids[body.code], ids[body.merged_into]) for body in province.bodies.values() if body.merged_into]
    update(Organization, ["merged_into"], into)


def _write_places(province: Province, ids: Ids) -> None:
    bodies = province.bodies.values()
    upsert(
        Placement,
        ("organization", "parent", "own_level", "starts_on", "ends_on", "decision"),
        (
            (ids[body.code], ids.get(parent), _own_level(province, parent), *stretch)
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
