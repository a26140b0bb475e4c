from django.urls import reverse

from accounts.models import Role
from accounts.permissions import Permission
from assessments.figures.overview import more
from tests.assessments.rated import rated_year


def _urls(client, address: str) -> list[str]:
    return [link.url for link in client.get(address).context["further"]]


def test_whoever_sees_every_unit_opens_the_provinces_pages_and_each_units(world, client_as):
    rated_year(world)
    client = client_as(Role.VIEWER, world.province)
    assert reverse("assessments:history", args=[2018]) in _urls(client, "/years/2018/")
    assert reverse("assessments:unit_history", args=[2018, "B"]) in _urls(client, "/years/2018/units/B/")


def test_each_link_opens_for_whom_it_is_offered(world, client_as):
    rated_year(world)
    for role, place, addresses in (
        (Role.BOARD, world.province, ("/years/2018/", "/years/2018/units/A/")),
        (Role.VIEWER, world.province, ("/years/2018/", "/years/2018/units/A/")),
        (Role.OFFICER, world.alpha.unit, ("/years/2018/units/A/",)),
    ):
        client = client_as(role, place)
        for url in (url for address in addresses for url in _urls(client, address)):
            assert client.get(url).status_code == 200, (role, url)


def test_a_page_is_offered_only_to_its_role(world, client_as, monkeypatch):
    rated_year(world)
    narrow = more.Further("review_year", "…", "eye", permission=Permission.REVIEW)
    monkeypatch.setattr(more, "FURTHER", (narrow,))
    assert _urls(client_as(Role.BOARD, world.province), "/years/2018/") == ["/review/2018/"]
    assert _urls(client_as(Role.VIEWER, world.province), "/years/2018/") == []
