import pytest
from django.urls import reverse

from accounts.models import Role
from assessments.review.groups.actions import group_units
from assessments.rules.models.groups import UnitGroup
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
from tests.assessments.rated import ACTOR

pytestmark = pytest.mark.django_db


def _posted(world, **groups: str) -> dict[str, str]:
    return {f"group-{getattr(world, name).unit.pk}": text for name, text in groups.items()}


def _stored() -> dict[str, str]:
    return dict(UnitGroup.objects.values_list("unit__code", "name"))


def test_the_board_groups_units_changes_and_takes_away(world, client_as):
    client, page = client_as(Role.BOARD, world.province), reverse("assessments:unit_groups")
    client.post(page, _posted(world, alpha=" Huyện cũ  A ", beta="Huyện cũ B"))
    assert _stored() == {"A": "Huyện cũ A", "B": "Huyện cũ B"}
    client.post(page, _posted(world, alpha="", beta="Huyện cũ B"))
    assert _stored() == {"B": "Huyện cũ B"}
    told = AuditEntry.objects.filter(action="unit.group").order_by("pk")
    assert [(one.object_code, one.before, one.after) for one in told] == [
        ("A", {"group": ""}, {"group": "Huyện cũ A"}),
        ("B", {"group": ""}, {"group": "Huyện cũ B"}),
        ("A", {"group": "Huyện cũ A"}, {"group": ""}),
    ]


@pytest.mark.parametrize(("length", "is_stored"), [(120, True), (121, False)])
def test_a_name_too_long_stores_nothing_and_loses_nothing_typed(world, client_as, length, is_stored):
    client = client_as(Role.BOARD, world.province)
    typed = "x" * length
    response = client.post(reverse("assessments:unit_groups"), _posted(world, alpha="Khu vực 1", beta=typed))
    assert (_stored() != {}) == is_stored
    if not is_stored:
        page = response.content.decode()
        assert "Huyện ủy Beta: tối đa 120 ký tự, đang có 121." in page
        assert typed in page and "Khu vực 1" in page


def test_what_is_no_unit_is_refused(world):
    with pytest.raises(Refusal):
        group_units(by=ACTOR, names={world.alpha.commune.pk: "Khu vực 1"})
    assert _stored() == {}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.VIEWER])
def test_nobody_else_groups(world, client_as, role):
    client = client_as(role, world.province)
    assert client.post(reverse("assessments:unit_groups"), _posted(world, alpha="x")).status_code == 403
    assert _stored() == {}
