"""An officer's overview: the province's numbers and the own unit's, each headed, never mixed."""

import re

from django.utils.html import strip_tags

from accounts.models import Role
from assessments.roster.models.lines import OrganizationLine
from tests.assessments.rated import rated_year

PROVINCE = "/years/2018/"


def _page(client, address=PROVINCE) -> str:
    return " ".join(strip_tags(client.get(address).content.decode()).split())


def test_the_roster_of_the_province_stands_beside_that_of_the_unit(world, client_as):
    """2 and 1 grassroots organizations, 4 and 2 affiliated, 6 and 3 members, 2 and 1 villages."""
    rated_year(world)
    client = client_as(Role.OFFICER, world.alpha.unit)
    lines = client.get(PROVINCE).context["roster_lines"]
    assert [
        (
            line.heading,
            *(line.roster[subject].roster for subject in ("grassroots", "affiliated", "member")),
            line.villages,
        )
        for line in lines
    ] == [("Toàn tỉnh", 2, 4, 6, 2), ("Huyện ủy Alpha", 1, 2, 3, 1)]


def test_what_the_board_accepted_is_of_the_own_unit_and_stands_under_its_name(world, client_as):
    year = rated_year(world)
    OrganizationLine.objects.filter(year=year, organization=world.beta.commune).update(accepted=True)
    province, own = client_as(Role.OFFICER, world.alpha.unit).get(PROVINCE).context["roster_lines"]
    assert province.accepted is None and own.accepted == (0, 1)
    (line,) = client_as(Role.BOARD, world.province).get(PROVINCE).context["roster_lines"]
    assert (line.heading, line.accepted) == ("", (1, 2))


def test_every_block_says_whose_it_is(world, client_as):
    rated_year(world)
    page = _page(client_as(Role.OFFICER, world.alpha.unit))
    for heading in (
        "Toàn tỉnh. Năm 2018:",
        "Cần xử lý: Huyện ủy Alpha",
        "Tiến độ gửi: Huyện ủy Alpha",
        "Số liệu đơn vị bên cạnh toàn tỉnh",
    ):
        assert heading in page, heading
    assert re.search(r"Tám mục tiêu của [^,]*, toàn tỉnh", page)


def test_whoever_sees_all_units_needs_no_headings(world, client_as):
    rated_year(world)
    for role in (Role.BOARD, Role.VIEWER):
        page = _page(client_as(role, world.province))
        assert "Toàn tỉnh. Năm" not in page and "Cần xử lý:" not in page


def test_the_units_page_holds_the_units_numbers_alone(world, client_as):
    rated_year(world)
    response = client_as(Role.OFFICER, world.alpha.unit).get("/years/2018/units/A/")
    (line,) = response.context["roster_lines"]
    assert (line.heading, line.roster["grassroots"].roster, line.accepted) == ("", 1, (0, 1))
    assert response.context["own_name"] == ""


def test_one_posted_below_a_unit_meets_the_provinces_roster_and_the_own_things_to_do(world, client_as):
    rated_year(world)
    response = client_as(Role.OFFICER, world.alpha.commune).get(PROVINCE)
    (line,) = response.context["roster_lines"]
    assert line.heading == "Toàn tỉnh" and response.context["own_name"] == "Đảng bộ xã Alpha"
