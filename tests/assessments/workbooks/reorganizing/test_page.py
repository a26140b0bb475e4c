"""The page of a plan: seen, confirmed by the number typed once more, taken back."""

from django.urls import reverse

from orgs.models import Organization
from tests.assessments.workbooks.batches.test_upload import upload, workbook
from tests.assessments.workbooks.reorganizing.plans import new_unit, row
from tests.pages import text_of
from tests.workbooks import REORGANIZATIONS


def planned(client, user, *rows) -> str:
    """The address of the plan."""
    answer = upload(client, user, workbook(*rows, headings=REORGANIZATIONS))
    assert answer.status_code == 302, answer.status_code
    return answer.url


def is_carried_out() -> bool:
    return Organization.objects.filter(code="M").exists()


def test_seen_confirmed_and_taken_back(world, entry, client):
    rows = (new_unit("A.X01"), row("A", world.province.code))
    page = planned(client, entry.board, *rows)
    seen = text_of(client.get(page))
    assert "Xác nhận 2 tổ chức" in seen and "Đảng bộ xã M" in seen and not is_carried_out()
    first = client.get(page).context["first"]
    apply = reverse("assessments:upload_apply", args=[first.batch])
    for typed in ("", "3", "hai"):
        client.post(apply, {"plan": first.plan_hash, "bodies": typed})
        assert not is_carried_out()
    client.post(apply, {"plan": first.plan_hash, "bodies": "2"})
    assert is_carried_out() and "Kéo theo và còn lại" in text_of(client.get(page))
    client.post(reverse("assessments:upload_undo", args=[first.batch]))
    assert not is_carried_out()


def test_an_officer_plans_the_own_unit_alone(entry, client):
    page = planned(client, entry.officer, row("B.X01", "B.X01", "Mới"))
    [(_kind, _sheet, fault)] = client.get(page).context["batch"].faults
    assert (fault["code"], fault["column"]) == ("unknown_code", "Mã cũ")
