"""How many keystrokes the counts of a unit take: a key or a click counts one each."""

import random

import pytest

from accounts.actors import Actor
from assessments.review.years.actions import open_year
from assessments.roster.models.counts import ActivityCount
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.counts import Activity
from tests import factories
from tests.assessments.entry.counts.keyboard import Counts
from tests.assessments.year import opened

BY = Actor(name="thử nghiệm")
COUNTS = """
    committees_complete rules_reviewed record_books secretaries_first_elected
    meetings_held cells_meeting_monthly thematic_meetings cells_attended
    attendances_province attendances_unit attendances_grassroots issues_raised
    members_with_tasks inspections_of_members_planned sources checks_planned
    checkers_trained front_bodies committee_members training_attendances
""".split()


@pytest.mark.long
def test_forty_five_organizations_with_twenty_counts_two_thirds_as_last_year(reference, world, page_of):
    """Digits, one click a changed cell, and no more than sixty."""
    for number in range(2, 46):
        factories.organization(world.alpha.unit, code=f"A.X{number:02}", name=f"Đảng bộ {number}")
    Activity.objects.exclude(code__in=COUNTS).update(is_off=True)
    open_year(2018, by=BY)
    given_last_year()
    entry = opened(world, 2019)
    page = Counts(page_of(entry.officer, "/counts/2019/entry/"))
    wanted, digits = others(random.Random(45))  # noqa: S311
    page.click(page.button("Điền 900 ô trống như năm 2018"))
    page.click(page.page.get_by_role("link", name="Đảng bộ xã Alpha"))
    lines = OrganizationLine.objects.filter(year=2019, unit=world.alpha.unit, kind="grassroots")
    for line in lines.order_by("position", "pk"):
        page.ready()
        for code, count in wanted[line.organization_id].items():
            page.click(page.field(f"{line.pk}:{code}"))
            page.type(str(count))
        page.click(page.page.locator("[data-next]"))
    page.page.wait_for_function("() => localStorage.length === 0", timeout=20_000)
    assert sum(map(len, wanted.values())) == 300
    assert page.keys <= digits + 300 + 60
    rows = ActivityCount.objects.filter(year=2019)
    found = {
        (place, code): count
        for place, code, count in rows.values_list("organization", "activity__code", "count")
    }
    assert len(found) == 900
    for place, changed in wanted.items():
        assert {code: found[place, code] for code in changed} == changed
    assert sum(found[place, code] == last for (place, code), last in stored(2018).items()) == 600


def stored(year: int) -> dict:
    rows = ActivityCount.objects.filter(year=year).order_by(
        "organization__position", "organization", "activity"
    )
    return {
        (place, code): count
        for place, code, count in rows.values_list("organization", "activity__code", "count")
    }


def given_last_year() -> None:
    lines = OrganizationLine.objects.filter(year=2018, kind="grassroots", unit__code="A")
    ActivityCount.objects.bulk_create(
        ActivityCount(
            year_id=2018,
            organization_id=line.organization_id,
            grassroots_id=line.organization_id,
            unit_id=line.unit_id,
            activity=activity,
            count=activity.pk % 7,
        )
        for line in lines
        for activity in Activity.objects.filter(code__in=COUNTS)
    )


def others(chance: random.Random) -> tuple[dict[int, dict[str, int]], int]:
    """Every third count is another number this year; and how many digits that takes."""
    wanted: dict[int, dict[str, int]] = {}
    for at, ((place, code), last) in enumerate(stored(2018).items()):
        wanted.setdefault(place, {})
        if at % 3 == 0:
            wanted[place][code] = last + chance.randint(1, 120)
    return wanted, sum(len(str(count)) for changed in wanted.values() for count in changed.values())
