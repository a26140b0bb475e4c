"""Sizes and registers' numbers beside a plain recount over the registers themselves."""

from datetime import date
from types import SimpleNamespace

import pytest

from assessments.roster.counts.places import Places
from assessments.roster.counts.registers import registers_of
from assessments.roster.counts.sizes import sizes_of
from assessments.roster.following import follow_registers
from assessments.roster.models.discipline import Discipline
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.counts import Register, Size
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear
from members.models import Member, VillageHead
from orgs.models import Form, Organization, Village
from tests import factories
from tests.assessments.year import opened

YEAR, LAST = 2018, date(2018, 12, 31)


def found(level="grassroots", period="year", of=sizes_of, year=YEAR):
    """Number by organization and code."""
    year = RatingYear.objects.get(pk=year)
    lines = OrganizationLine.objects.filter(year=year).in_roster()
    if level == "cell":
        lines = lines.filter(form=Form.CELL)
    elif level == "grassroots":
        lines = lines.filter(kind="grassroots")
    within = {line.unit_id for line in lines} if level == "unit" else None
    places = Places(year, list(within), level) if within else Places.of(year, lines, level)
    return of(places, period) if of is sizes_of else of(places)


def follow(actor) -> None:
    follow_registers(by=actor)


@pytest.fixture
def year(world):
    return opened(world)


def recounted(commune) -> dict[str, int]:
    """The sizes of a grassroots organization as one would count them from the registers by hand."""
    cells = [row for row in Organization.objects.filter(parent=commune) if row.form == Form.CELL]
    own = [*cells, commune] if commune.form == Form.CELL else cells
    months = [13 - one.established_on.month if _is_of(one.established_on) else 12 for one in own]
    members = [row for row in Member.objects.filter(cell__in=own) if row.is_present_on(LAST)]
    official = {cell.pk: 0 for cell in own}
    for row in members:
        official[row.cell_id] += bool(row.official_on and row.official_on <= LAST)
    villages = list(Village.objects.filter(committee=commune, ends_on=None))
    in_post = [row for village in villages for row in _heads(village, LAST)]
    at_first = [row for village in villages for row in _heads(village, date(YEAR, 1, 1))]
    return {
        Size.GRASSROOTS: 1,
        Size.ORGANIZATIONS: len(cells) + 1,
        Size.CELLS: len(own),
        Size.CELLS_ALL_YEAR: sum(count == 12 for count in months),
        Size.CELL_MONTHS: sum(months),
        Size.CELLS_OF_NINE: sum(count >= 9 for count in official.values()),
        Size.VILLAGE_CELLS: len({village.cell_id for village in villages} - {None}),
        Size.MEMBERS: len(members),
        Size.MEMBERS_NOT_EXEMPT: sum(not row.is_exempt for row in members),
        Size.VILLAGES: len(villages),
        Size.HEADS_IN_POST: len(in_post),
        Size.HEADS_NOT_MEMBERS: sum(not _was_member(row, date(YEAR, 1, 1)) for row in at_first),
        Size.ADMITTED: sum(_is_of(row.admitted_on) and not row.admitted_outside for row in members),
    }


def _is_of(day) -> bool:
    return bool(day and day.year == YEAR)


def _heads(village, day) -> list[VillageHead]:
    return [
        row for row in village.heads.all() if row.starts_on <= day and (not row.ends_on or row.ends_on >= day)
    ]


def _was_member(head, day) -> bool:
    return head.member.is_present_on(day) if head.member else head.is_member


def test_the_sizes_are_what_one_counts_by_hand(year, world, actor):
    commune, first, second = world.alpha.commune, *world.alpha.cells
    world.alpha.head.member = world.alpha.members[0]
    world.alpha.head.save()
    late = factories.cell(commune, established_on=date(2018, 4, 20))
    factories.cell(commune, established_on=date(2017, 12, 31))
    for number in range(9):
        factories.member(late, official_on=date(2011, 1, 1))
        factories.member(second, official_on=date(2011, 1, 1) if number else None)
    factories.member(first, admitted_on=date(2018, 3, 1), sex="f")
    factories.member(first, admitted_on=date(2018, 3, 1), admitted_outside=True, arrived_on=date(2018, 5, 1))
    factories.member(first, admitted_on=date(2010, 3, 1), left_on=date(2018, 5, 1), leaving_reason="died")
    for cell, head in ((late, {"is_member": True}), (late, {"is_member": False}), (None, None)):
        village = factories.village(commune, cell)
        if head:
            factories.head(village, **head)
    gone = factories.village(commune, second)
    factories.head(gone, starts_on=date(2017, 1, 1), ends_on=date(2018, 6, 30))
    factories.head(gone, starts_on=date(2018, 7, 1), member=world.alpha.members[1])
    exempt = world.alpha.members[2]
    exempt.is_exempt = True
    exempt.save()
    follow(actor)
    expected = {str(name): count for name, count in recounted(commune).items()}
    assert expected["cells_of_nine"] == 1 and expected["heads_not_members"] == 2
    got = dict(found()[commune.pk])
    assert got.pop("good_cells") == 0
    assert {str(name): count for name, count in got.items()} == expected


@pytest.mark.parametrize(
    ("founded", "months", "half"),
    [
        (None, 12, 6), (date(2017, 12, 31), 12, 6), (date(2018, 1, 1), 12, 6), (date(2018, 1, 31), 12, 6),
        (date(2018, 2, 1), 11, 5), (date(2018, 6, 30), 7, 1), (date(2018, 7, 1), 6, 0),
        (date(2018, 12, 31), 1, 0),
    ],
)  # fmt: skip
def test_a_cell_counts_the_months_from_its_own_on(year, world, actor, founded, months, half):
    cell = factories.cell(world.beta.commune, established_on=founded)
    follow(actor)
    for period, count, whole in (("year", months, 12), ("half", half, 6)):
        own = found("cell", period).get(cell.pk, {})
        assert own.get(Size.CELL_MONTHS, 0) == count, period
        assert own.get(Size.CELLS_ALL_YEAR, 0) == (count == whole), period
        assert own.get(Size.CELLS, 0) == (count > 0), period
        above = found(period=period)[world.beta.commune.pk]
        assert above[Size.CELL_MONTHS] == 2 * whole + count
        assert above[Size.CELLS] == 2 + (count > 0)


@pytest.mark.parametrize(("officials", "probationary", "of_nine"), [(8, 5, 0), (9, 0, 1), (9, 3, 1)])
def test_from_nine_official_members_on_a_cell_elects_a_committee(
    year, world, actor, officials, probationary, of_nine
):
    for _number in range(officials):
        factories.member(world.beta.cells[1], official_on=date(2012, 1, 1))
    for _number in range(probationary):
        factories.member(world.beta.cells[1], admitted_on=date(2018, 2, 1))
    follow(actor)
    assert found("cell")[world.beta.cells[1].pk][Size.CELLS_OF_NINE] == of_nine
    assert found()[world.beta.commune.pk][Size.CELLS_OF_NINE] == of_nine
    assert found("unit")[world.beta.unit.pk][Size.CELLS_OF_NINE] == of_nine


@pytest.mark.parametrize(
    ("rating_year", "good"),
    [(2017, {"TSVMTB", "TSVM", "HTTNV"}), (2018, {"HTXSNV", "HTTNV"})],
)
def test_good_cells_are_by_the_scheme_of_the_year(world, rating_year, good):
    opened(world, rating_year)
    scheme = RatingYear.objects.get(pk=rating_year).scheme
    line = OrganizationLine.objects.get(year=rating_year, organization=world.alpha.cells[0])
    above = OrganizationLine.objects.get(year=rating_year, organization=world.alpha.commune)
    for level in Level.objects.filter(scheme=scheme, subject="organization"):
        OrganizationLine.objects.filter(pk__in=[line.pk, above.pk]).update(decided=level)
        told = found(year=rating_year)[world.alpha.commune.pk][Size.GOOD_CELLS]
        assert told == (level.code in good), level.code


def test_a_cell_directly_under_a_unit_is_one_cell_and_one_organization(year, world, actor):
    alone = factories.cell(world.alpha.unit)
    factories.member(alone)
    follow(actor)
    sizes = found()[alone.pk]
    assert (sizes[Size.CELLS], sizes[Size.ORGANIZATIONS], sizes[Size.GRASSROOTS], sizes[Size.MEMBERS]) == (
        1,
    ) * 4
    assert Size.VILLAGES not in sizes


def test_a_unit_is_the_sum_of_its_organizations_and_these_of_their_cells(year, world, actor):
    other = factories.organization(world.alpha.unit)
    cells = [factories.cell(other), factories.cell(other, established_on=date(2018, 9, 9))]
    factories.member(cells[0], admitted_on=date(2018, 5, 5), sex="f")
    factories.head(factories.village(other, cells[1]))
    follow(actor)
    unit = found("unit")[world.alpha.unit.pk]
    grassroots, own = found(), found("cell")
    for size in Size:
        parts = [grassroots[one.pk].get(size, 0) for one in (world.alpha.commune, other)]
        assert unit.get(size, 0) == sum(parts), size
        if size not in (Size.ORGANIZATIONS, Size.GRASSROOTS):
            assert sum(own[cell.pk].get(size, 0) for cell in cells) == parts[1], size


def test_where_no_members_are_listed_nothing_is_known_of_them(year, world, actor, settings):
    empty = factories.organization(world.alpha.unit)
    factories.cell(empty)
    follow(actor)
    of_members = {Size.MEMBERS, Size.MEMBERS_NOT_EXEMPT, Size.CELLS_OF_NINE, Size.ADMITTED}
    assert not of_members & found()[empty.pk].keys() and of_members <= found()[world.alpha.commune.pk].keys()
    of_registers = {Register.ADMITTED_WOMEN, Register.EXPELLED, Register.ADMITTED_NOBODY}
    assert not of_registers & found(of=registers_of)[empty.pk].keys()
    settings.STORE_NAMES = False
    assert not of_members & found()[world.alpha.commune.pk].keys()
    assert not of_registers & found(of=registers_of)[world.alpha.commune.pk].keys()


def test_who_left_the_list_is_of_no_size(year, world, actor):
    before = found()[world.alpha.commune.pk]
    world.alpha.cells[1].dissolved_on = date(2018, 8, 1)
    world.alpha.cells[1].save()
    world.alpha.members[0].left_on, world.alpha.members[0].leaving_reason = date(2018, 8, 1), "expelled"
    world.alpha.members[0].save()
    follow(actor)
    sizes = found()[world.alpha.commune.pk]
    assert sizes[Size.CELLS] == before[Size.CELLS] - 1
    assert sizes[Size.MEMBERS] == before[Size.MEMBERS] - 1


def test_the_registers_tell_heads_cells_admissions_and_expulsions(year, world, actor):
    alpha = world.alpha
    alpha.head.is_secretary, alpha.head.member, alpha.head.is_member = True, alpha.members[0], True
    alpha.head.save()
    new = factories.cell(alpha.commune, established_on=date(2018, 12, 31))
    old = factories.cell(alpha.commune, established_on=date(2017, 12, 31))
    admitted = factories.member(new, admitted_on=date(2018, 6, 1), sex="f")
    later = factories.member(new, admitted_on=date(2018, 6, 1), sex="m")
    outside = factories.member(
        new, admitted_on=date(2018, 6, 1), sex="f", admitted_outside=True, arrived_on=date(2018, 8, 1)
    )
    for village, who, days in (
        (factories.village(alpha.commune, new), admitted, (date(2018, 6, 1), None)),
        (factories.village(alpha.commune, new), later, (date(2018, 6, 2), None)),
        (factories.village(alpha.commune, old), outside, (date(2018, 1, 1), None)),
    ):
        factories.head(village, starts_on=days[0], ends_on=days[1], member=who)
    for reason, cell in (
        ("expelled", alpha.cells[0]),
        ("expelled", alpha.cells[1]),
        ("died", alpha.cells[0]),
    ):
        factories.member(cell, left_on=date(2018, 7, 1), leaving_reason=reason)
    factories.member(alpha.cells[0], left_on=date(2017, 12, 31), leaving_reason="expelled")
    follow(actor)
    numbers = found(of=registers_of)
    own = SimpleNamespace(**{str(name): count for name, count in numbers[alpha.commune.pk].items()})
    assert (own.heads_secretaries, own.cells_founded, own.heads_admitted) == (1, 1, 1)
    assert (own.admitted_women, own.expelled, own.admitted_nobody) == (1, 2, 0)
    other = numbers[world.beta.commune.pk]
    assert (other[Register.ADMITTED_NOBODY], other[Register.CELLS_FOUNDED], other[Register.EXPELLED]) == (
        1,
        0,
        0,
    )
    assert Register.ADMITTED_NOBODY not in found("cell", of=registers_of)[alpha.cells[0].pk]
    assert Register.ADMITTED_NOBODY not in found("unit", of=registers_of)[alpha.unit.pk]
    unit = found("unit", of=registers_of)[alpha.unit.pk]
    for register in (
        Register.HEADS_WHO_ARE_SECRETARIES,
        Register.CELLS_FOUNDED,
        Register.HEADS_ADMITTED,
        Register.ADMITTED_WOMEN,
        Register.EXPELLED,
    ):
        assert unit[register] == numbers[alpha.commune.pk][register], register


@pytest.mark.parametrize(
    ("starts", "ends", "counts"),
    [
        (date(2018, 6, 1), None, 1), (date(2018, 6, 2), None, 0), (date(2015, 1, 1), date(2018, 6, 1), 1),
        (date(2015, 1, 1), date(2018, 5, 31), 0),
    ],
)  # fmt: skip
def test_a_head_is_admitted_while_in_post_both_days_included(year, world, actor, starts, ends, counts):
    who = factories.member(world.beta.cells[0], admitted_on=date(2018, 6, 1))
    factories.head(factories.village(world.beta.commune), starts_on=starts, ends_on=ends, member=who)
    follow(actor)
    assert found(of=registers_of)[world.beta.commune.pk][Register.HEADS_ADMITTED] == counts


def test_a_head_of_two_terms_is_admitted_once(year, world, actor):
    who = factories.member(world.beta.cells[0], admitted_on=date(2018, 6, 1))
    for _number in range(2):
        factories.head(factories.village(world.beta.commune), member=who)
    follow(actor)
    assert found(of=registers_of)[world.beta.commune.pk][Register.HEADS_ADMITTED] == 1


def test_expulsions_are_those_of_members_in_all_its_organizations(year, world):
    for cell, of, form, count in (
        (world.alpha.cells[0], "member", "expulsion", 2), (world.alpha.cells[1], "member", "expulsion", 3),
        (world.alpha.commune, "member", "expulsion", 0), (world.alpha.cells[0], "member", "warning", 7),
        (world.alpha.cells[0], "committee", "any", 9),
    ):  # fmt: skip
        line = OrganizationLine.objects.get(year=2018, organization=cell)
        Discipline.objects.create(line=line, of=of, form=form, count=count)
    assert found(of=registers_of)[world.alpha.commune.pk][Register.EXPULSIONS] == 5
    assert found("unit", of=registers_of)[world.alpha.unit.pk][Register.EXPULSIONS] == 5
    assert found("cell", of=registers_of)[world.alpha.cells[1].pk][Register.EXPULSIONS] == 3
    assert Register.EXPULSIONS not in found(of=registers_of)[world.beta.commune.pk]


@pytest.mark.parametrize(
    ("starts", "ends", "counts"),
    [
        (date(2018, 1, 1), None, 1), (date(2018, 1, 2), None, 0), (date(2015, 1, 1), date(2018, 1, 1), 1),
        (date(2015, 1, 1), date(2017, 12, 31), 0),
    ],
)  # fmt: skip
def test_heads_not_members_are_in_post_on_new_years_day(year, world, actor, starts, ends, counts):
    VillageHead.objects.filter(village=world.beta.village).update(is_member=True)
    factories.head(factories.village(world.beta.commune), starts_on=starts, ends_on=ends)
    follow(actor)
    assert found()[world.beta.commune.pk][Size.HEADS_NOT_MEMBERS] == counts


@pytest.mark.parametrize(("admitted", "counts"), [(date(2018, 1, 1), 0), (date(2018, 1, 2), 1)])
def test_a_head_on_the_list_of_members_is_one_from_the_admission_on(year, world, actor, admitted, counts):
    VillageHead.objects.filter(village=world.beta.village).update(is_member=True)
    who = factories.member(world.beta.cells[0], admitted_on=admitted)
    factories.head(factories.village(world.beta.commune), member=who)
    follow(actor)
    assert found()[world.beta.commune.pk][Size.HEADS_NOT_MEMBERS] == counts
