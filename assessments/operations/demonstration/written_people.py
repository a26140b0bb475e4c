"""Writes the invented villages, members and heads."""

from collections.abc import Collection

from assessments.operations.demonstration.heads import Head
from assessments.operations.demonstration.inserting import Ids, dated, ids_of, insert, stretches
from assessments.operations.demonstration.population import Fellow
from assessments.operations.demonstration.village import Village
from members.models import Member, Membership, VillageHead
from orgs.models import Coverage
from orgs.models import Village as VillageRow
from resolution03.lib.bulk import update, upsert


def write_villages(villages: Collection[Village], ids: Ids) -> Ids:
    insert(
        [
            VillageRow(
                code=village.code,
                name=village.name,
                kind=village.kind,
                ends_on=village.ends_on,
                ending_decision=village.decision,
                committee_id=ids[village.commune],
                cell_id=ids.get(village.stretches[-1].cell),
                position=position,
                **dated("starts", village.founded),
            )
            for position, village in enumerate(villages, start=1)
        ]
    )
    stored = ids_of(VillageRow)
    into = [(stored[one.code], stored[one.merged_into]) for one in villages if one.merged_into]
    update(VillageRow, ["merged_into"], into)
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


def write_members(fellows: list[Fellow], ids: Ids) -> Ids:
    insert([_member(fellow, ids) for fellow in fellows])
    stored = ids_of(Member)
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
        **dated("born", fellow.born),
        **dated("admitted", fellow.admitted),
    )


def write_heads(heads: list[Head], villages: Ids, members: Ids) -> None:
    insert(
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
