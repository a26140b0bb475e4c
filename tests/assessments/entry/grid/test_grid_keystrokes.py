"""How many keystrokes the entry takes: a key, a click or a chord counts one each.

Exceptions stand evenly; the list is filled like last year, then each is reached by the last digit
of its row's number (Alt and the digit) and given its level. Nothing but keys is used.
"""

import pytest

from accounts.actors import Actor
from assessments.review.years.actions import open_year
from assessments.roster.models.lines import MemberLine, OrganizationLine
from tests import factories
from tests.assessments.entry.grid import many
from tests.assessments.year import opened

BY = Actor(name="thử nghiệm")


def rate_exceptions(grid, exceptions: list[int], key: str) -> None:
    """From the first row on; a digit once for the next row that ends with it, twice for the
    second."""
    at = 0
    for number in exceptions:
        digit = number % 10
        first = next(row for row in range(at + 1, number + 1) if row % 10 == digit)
        for _ in range((number - first) // 10 + 1):
            grid.press(f"Alt+{digit}")
        grid.press(key)
        at = number


def evenly(rows: int, count: int) -> list[int]:
    return [round((number + 0.5) * rows / count) for number in range(count)]


def codes(grid) -> list[str]:
    return grid.page.evaluate(
        "() => JSON.parse(document.getElementById('rows').content.textContent).rows.map(r => r[2])"
    )


def test_sixty_organizations_in_twenty_five_keystrokes(reference, world, open_grid):
    for number in range(2, 61):
        factories.organization(world.alpha.unit, code=f"A.X{number:02}", name=f"Đảng bộ {number}")
    open_year(2018, by=BY)
    many.rate_all(OrganizationLine, 2018, "organization", "HTTNV")
    entry = opened(world, 2019)
    grid = open_grid(entry.officer, "/ratings/2019/grassroots/")
    exceptions = evenly(60, 10)
    grid.press("l", "Enter")
    rate_exceptions(grid, exceptions, "3")
    grid.settle()
    assert grid.keys <= 25
    lines = OrganizationLine.objects.filter(year=2019, unit=world.alpha.unit, kind="grassroots")
    found = [line.decided.code for line in lines.select_related("decided")]
    assert [at for at, code in enumerate(found, start=1) if code == "HTNV"] == exceptions
    assert found.count("HTTNV") == 50


@pytest.mark.long
def test_two_thousand_members_in_four_keystrokes_an_exception(reference, world, open_grid):
    many.members(world.alpha.cells, 2_197)
    open_year(2018, by=BY)
    many.rate_all(MemberLine, 2018, "member", "HTTNV")
    entry = opened(world, 2019)
    grid = open_grid(entry.officer, "/ratings/2019/members/")
    order = codes(grid)
    assert len(order) == 2_200
    exceptions = evenly(2_200, 150)
    grid.press("l", "Enter")
    rate_exceptions(grid, exceptions, "3")
    grid.settle()
    assert grid.keys <= 4 * 150 + 20
    lines = MemberLine.objects.filter(year=2019, unit=world.alpha.unit)
    found = dict(lines.values_list("member__code", "decided__code"))
    assert [at for at, code in enumerate(order, start=1) if found[code] == "HTNV"] == exceptions
    assert list(found.values()).count("HTTNV") == 2_050


def test_with_the_mouse_an_exception_takes_a_click_and_a_key(reference, world, open_grid):
    for number in range(2, 61):
        factories.organization(world.alpha.unit, code=f"A.X{number:02}", name=f"Đảng bộ {number}")
    open_year(2018, by=BY)
    many.rate_all(OrganizationLine, 2018, "organization", "HTTNV")
    entry = opened(world, 2019)
    grid = open_grid(entry.officer, "/ratings/2019/grassroots/")
    grid.click(grid.button("Điền 60 dòng như năm 2018"))
    for number in evenly(60, 10):
        grid.page.mouse.wheel(0, 120)
        grid.click(grid.cell(number))
        grid.press("3")
    grid.settle()
    assert grid.keys <= 25
    rated = OrganizationLine.objects.filter(year=2019, decided__code="HTNV")
    assert rated.count() == 10
