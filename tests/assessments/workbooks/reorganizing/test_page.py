"""The page of a plan: seen, confirmed by the number typed once more, taken back."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from assessments.operations.retention import due_uploads, is_overdue
from assessments.roster.models.list_changes import ListChange
from assessments.rules.models.years import Submission
from assessments.workbooks.models import Upload
from assessments.workbooks.reorganizing.actions import Due, carry_out_due
from assessments.workbooks.reorganizing.told import WHAT
from orgs.models import AuditEntry, Organization
from tests.assessments.workbooks.batches.test_upload import upload, workbook
from tests.assessments.workbooks.reorganizing.plans import new_unit, row
from tests.pages import text_of
from tests.places import ROOT
from tests.workbooks import REORGANIZATIONS

AHEAD = date(2099, 7, 1)


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


def test_what_is_left_behind_is_confirmed_first(entry, client):
    cell = entry.cells[0].organization
    page = planned(client, entry.board, row(cell.code, "A.X01"))
    batch = client.get(page).context["batch"]
    assert [(one["code"], one["members"]) for one in batch.left_behind] == [(cell.code, cell.members.count())]
    assert "Còn sót" in text_of(client.get(page)) and batch.totals["errors"] == 1
    client.post(reverse("assessments:reorganization_leave", args=[batch.first.batch]))
    seen = client.get(page).context["batch"]
    assert (seen.totals["errors"], seen.left_behind, len(seen.reorganization.bodies)) == (0, [], 1)
    apply = reverse("assessments:upload_apply", args=[seen.first.batch])
    client.post(apply, {"plan": seen.first.plan_hash, "bodies": "1"})
    cell.refresh_from_db()
    assert cell.merged_into.code == "A.X01" and cell.members.exists()


def ahead(client, user) -> tuple[str, Upload]:
    """A plan of a day to come, kept until then."""
    page = planned(client, user, row("A.X01", "A.X01", "Xã sau này", on=f"{AHEAD:%d/%m/%Y}"))
    first = client.get(page).context["first"]
    confirmed = {"plan": first.plan_hash, "bodies": "1", "when": "later"}
    client.post(reverse("assessments:upload_apply", args=[first.batch]), confirmed)
    return page, Upload.objects.get(pk=first.pk)


def name() -> str:
    return Organization.objects.get(code="A.X01").name


def test_a_day_to_come_is_kept_and_carried_out_on_it(entry, client):
    before = name()
    page, kept = ahead(client, entry.board)
    assert (kept.due_on, kept.applied_at, name()) == (AHEAD, None, before)
    assert f"thực hiện vào hoặc sau ngày {AHEAD:%d/%m/%Y}" in text_of(client.get(page))
    assert carry_out_due(AHEAD - timedelta(days=1)) == [] and name() == before
    assert carry_out_due(AHEAD) == [Due(kept.pk)] and name() == "Xã sau này"
    assert carry_out_due(AHEAD) == []
    told = AuditEntry.objects.filter(object_code="A.X01", action="organization.load").latest("pk")
    assert told.actor == entry.board


def test_one_that_no_longer_fits_stays_and_says_why(entry, client):
    _page, kept = ahead(client, entry.board)
    Organization.objects.filter(code="A.X01").update(dissolved_on=date(2020, 1, 1))
    [due] = carry_out_due(AHEAD)
    assert due.number == kept.pk and due.refused
    assert Upload.objects.get(pk=kept.pk).applied_at is None


def test_it_need_not_wait(entry, client):
    _page, kept = ahead(client, entry.board)
    client.post(reverse("assessments:reorganization_wait", args=[kept.batch]))
    assert Upload.objects.get(pk=kept.pk).due_on is None and carry_out_due(AHEAD) == []


def typed(**more):
    head = {"on": "1/7/2025", "decision": "12-NQ"}
    return head | more


def test_a_plan_is_composed_on_a_page(world, entry, client):
    client.force_login(entry.board)
    address = reverse("assessments:reorganization_compose") + f"?under={entry.submission.unit_id}"
    commune = Organization.objects.get(code="A.X01")
    assert "A.X01" in text_of(client.get(address))
    nothing = client.post(address, typed())
    assert "Hãy chọn việc" in text_of(nothing)
    half = client.post(address, typed(**{f"what-{commune.pk}": "rename", "decision": "34-QĐ"}))
    assert "hãy ghi tên mới" in text_of(half) and 'value="34-QĐ"' in half.content.decode()
    answer = client.post(address, typed(**{f"what-{commune.pk}": "rename", f"name-{commune.pk}": "Xã Mới"}))
    batch = client.get(answer.url).context["batch"]
    assert [(one["old"], one["what"], one["new_name"]) for one in batch.reorganization.bodies] == [
        ("A.X01", "rename", "Xã Mới")
    ]


def test_bodies_are_chosen_in_ones_own_scope(world, entry, client):
    client.force_login(entry.officer)
    other = Organization.objects.get(code="B.X01")
    page = client.get(reverse("assessments:reorganization_compose"), {"under": other.parent_id})
    assert {line.body.code for line in page.context["plan"].lines} >= {"A.X01"}
    assert "B.X01" not in text_of(page)


def test_the_file_of_a_plan_that_waits_is_not_pruned(entry, client):
    _page, kept = ahead(client, entry.board)
    Upload.objects.filter(pk=kept.pk).update(at=timezone.now() - timedelta(days=400))
    assert kept not in due_uploads() and not is_overdue()
    Upload.objects.filter(pk=kept.pk).update(due_on=None)
    assert kept in due_uploads() and is_overdue()


def test_taken_back_no_list_seems_changed(world, entry, client):
    known = {"state": "accepted", "submitted_at": "2019-01-05T00:00:00Z"}
    Submission.objects.filter(unit=entry.submission.unit).update(**known)
    rows = (new_unit("A.X01"), row("A", world.province.code))
    page = planned(client, entry.board, *([*one[:7], "1/7/2018", one[8]] for one in rows))
    first = client.get(page).context["first"]
    confirmed = {"plan": first.plan_hash, "bodies": "2"}
    client.post(reverse("assessments:upload_apply", args=[first.batch]), confirmed)
    assert not Submission.objects.filter(unit=entry.submission.unit).exists()
    client.post(reverse("assessments:upload_undo", args=[first.batch]))
    assert Submission.objects.get(unit=entry.submission.unit).state == "accepted"
    assert not ListChange.objects.exists()


def test_a_divided_cell_names_each_part_once(world, entry, client):
    client.force_login(entry.board)
    cell = entry.cells[0].organization
    address = reverse("assessments:reorganization_compose") + f"?add={cell.code.lower()}"
    new = {"found-code-1": "A.X01.N", "found-name-1": "Chi bộ mới", "found-parent-1": "A.X01"}
    asked = typed(**{f"what-{cell.pk}": "split"}, **new, **{"found-form-1": "Chi bộ"})
    parts = client.get(address).context["plan"].parts
    refused = client.post(address, asked | {f"cell-{parts[0].key}": "A.X01.N"})
    assert f"còn {len(parts) - 1} phần chưa ghi nơi nhận" in text_of(refused)
    assert 'value="A.X01.N"' in refused.content.decode()
    placed = client.post(address, asked | {f"cell-{part.key}": "A.X01.N" for part in parts})
    batch = client.get(placed.url).context["batch"]
    assert batch.totals["errors"] == 0, batch.faults
    apply = reverse("assessments:upload_apply", args=[batch.first.batch])
    client.post(apply, {"plan": batch.first.plan_hash, "bodies": "1"})
    new_cell = Organization.objects.get(code="A.X01.N")
    assert new_cell.members.count() == sum(not part.is_village for part in parts)
    cell.refresh_from_db()
    assert cell.dissolved_on and not cell.members.exists()


def test_icons_are_in_the_sprite_and_targets_bear_their_unit(entry, client):
    page = client.get(planned(client, entry.board, row("A.X01", "A.X01", "Mới")))
    plan = page.context["batch"].reorganization
    sprite = (ROOT / "static/vendor/bootstrap-icons/icons.svg").read_text("utf-8")
    assert all(f'id="{icon}"' in sprite for _words, icon in WHAT.values())
    targets = {one.before["code"]: one.target for one in plan.years[0].rows}
    assert list(targets.values())[:2] == ["≥ 50%", "> 15%"] and targets["villages_without_cell"] == "≤ 0"
