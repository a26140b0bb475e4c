"""The roster's intervals against the plainest reading: walk the days one by one."""

from datetime import date, timedelta
from random import Random

import pytest

from assessments.roster.models.lines import MemberLine
from assessments.roster.models.village_lines import VillageLine
from members.models import VillageHead
from orgs.models import Village
from tests import factories
from tests.assessments.years import opened

pytestmark = pytest.mark.django_db
DAYS = [date(2018, 12, 20) + timedelta(days=n) for n in range(18)]
LAST = date(2018, 12, 31)


def some_day(random, *, none=0.4):
    return None if random.random() < none else random.choice(DAYS)


def life(random):
    """A start and an end in order; either may be open."""
    starts, ends = some_day(random), some_day(random)
    return (ends, starts) if starts and ends and ends < starts else (starts, ends)


def within(day, starts, ends, *, last_counts=False):
    if starts and day < starts:
        return False
    return ends is None or day < ends or (last_counts and day == ends)


def move(rows, random, **to):
    """Perhaps one move on some day, as two stretches."""
    day = some_day(random, none=0.5)
    if day:
        rows.update(ends_on=day)
        rows.create(starts_on=day, **to)


@pytest.fixture
def random_province(world, request):
    random = Random(request.param)  # noqa: S311
    commune = world.alpha.commune
    cells = []
    for _ in range(4):
        starts, ends = life(random)
        cells.append(factories.cell(commune, established_on=starts, dissolved_on=ends))
    for _ in range(8):
        joined, left = life(random)
        member = factories.member(
            random.choice(cells),
            admitted_on=joined or date(2010, 1, 1),
            left_on=left,
            is_exempt=random.random() < 0.2,
        )
        move(member.memberships, random, cell=random.choice(cells))
    for _ in range(8):
        starts, ends = life(random)
        covering = random.choice([*cells, None])
        village = factories.village(commune, covering, starts_on=starts, ends_on=ends)
        move(village.coverages, random, committee=commune, cell=random.choice([*cells, None]))
        if random.random() < 0.7:
            starts, ends = life(random)
            factories.head(village, starts or date(2015, 1, 1), ends_on=ends)
    return world


def stretch(rows, day):
    return next(row for row in rows if within(day, row.starts_on, row.ends_on))


def cell_on(village, day):
    """The cell that covers the village that day, as long as both exist."""
    cell = stretch(village.coverages.all(), day).cell
    if cell is None or not within(day, cell.established_on, cell.dissolved_on):
        return None
    return cell if within(day, village.starts_on, village.ends_on, last_counts=True) else None


def members_on(cell, members, day):
    return [
        member
        for member in members
        if within(day, member.admitted_on, member.left_on)
        and stretch(member.memberships.all(), day).cell_id == cell.pk
    ]


@pytest.mark.parametrize("random_province", range(25), indirect=True)
def test_villages_as_the_days_tell(random_province, actor):
    opened(2018, actor)
    members = list(type(random_province.alpha.members[0]).objects.all())
    earlier = [day for day in DAYS if day < LAST]
    listed = {line.village_id: line for line in VillageLine.objects.all()}
    for village in Village.objects.all():
        exists = within(LAST, village.starts_on, village.ends_on, last_counts=True)
        assert (village.pk in listed) is exists
        if not exists:
            continue
        line = listed[village.pk]
        cell = cell_on(village, LAST)
        covers = {day: found for day in earlier if (found := cell_on(village, day))}
        assert line.cell_id == (cell and cell.pk)
        assert line.has_member is bool(cell and members_on(cell, members, LAST))
        assert line.had_cell is bool(covers)
        assert line.had_member is any(members_on(found, members, day) for day, found in covers.items())


@pytest.mark.parametrize("random_province", range(25, 35), indirect=True)
def test_members_and_heads_as_the_days_tell(random_province, actor):
    opened(2018, actor)
    for line in VillageLine.objects.all():
        in_post = [
            head
            for head in VillageHead.objects.filter(village=line.village_id)
            if within(LAST, head.starts_on, head.ends_on, last_counts=True)
        ]
        assert line.head_id == (in_post[0].pk if in_post else None)
    listed = dict(MemberLine.objects.values_list("member_id", "cell_id"))
    for member in type(random_province.alpha.members[0]).objects.all():
        present = within(LAST, member.admitted_on, member.left_on)
        cell = stretch(member.memberships.all(), LAST).cell_id
        assert listed.get(member.pk) == (cell if present else None)
