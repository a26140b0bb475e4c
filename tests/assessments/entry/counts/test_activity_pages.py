"""A unit's Excel to fill in, and the Board's list of what is counted."""

from io import BytesIO

import openpyxl
import pytest

from accounts.actors import Actor
from accounts.models import Role
from assessments.review.rulebook.counted_actions import save_activity
from assessments.roster.models.counts import ActivityCount
from assessments.rules.models.counts import Activity
from assessments.rules.models.years import RatingYear
from assessments.workbooks.loading.files import Source
from assessments.workbooks.loading.run import Options, load
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
from tests.assessments.registers.confirming import send
from tests.assessments.year import opened
from tests.pages import flat

CODE = "thematic_meetings"


@pytest.fixture
def year(world):
    return opened(world)


def give(organization, count, code=CODE):
    ActivityCount.objects.create(
        year_id=2018,
        organization=organization,
        grassroots=organization,
        unit_id=organization.unit_id,
        count=count,
        activity=Activity.objects.get(code=code),
    )


def test_a_units_excel_is_filled_in_and_loaded_back(year, world, client_of, tmp_path):
    give(world.alpha.commune, 7)
    workbook = openpyxl.load_workbook(
        BytesIO(client_of(year.officer).get("/counts/2018/units/A/?export=xlsx").content)
    )
    path, by = tmp_path / "back.xlsx", Actor.of(year.officer)
    workbook.save(path)
    options = Options(unit="A", hides=True)
    plan = load([Source(path, path.name)], by=by, options=options)
    assert (plan.has_errors, dict(plan.counts)) == (False, {"unchanged": 1})
    row = next(row for row in workbook.active.iter_rows() if row[2].value == "A.X01")
    heading = next(row for row in workbook.active.iter_rows() if row[2].value == "Mã")
    column = [cell.value for cell in heading].index("Cuộc kiểm tra, giám sát đã thực hiện")
    row[column].value = 3
    workbook.save(path)
    assert dict(load([Source(path, path.name)], by=by, options=options).counts) == {"updated": 1}
    assert ActivityCount.objects.get(activity__code="checks_done").count == 3


@pytest.mark.parametrize("role", [Role.BOARD, Role.OFFICER, Role.CLERK, Role.VIEWER])
def test_all_read_what_is_counted_and_the_board_edits_it(role, world, client_as):
    page = client_as(role, world.province).get("/counts/activities/").content.decode()
    assert "Chi bộ có chi ủy" in page and ("Thêm số liệu đếm" in page) == (role == Role.BOARD)


@pytest.fixture
def board(world, client_as):
    return client_as(Role.BOARD, world.province)


NEW = {"name": "Cấp ủy viên được bồi dưỡng", "short_name": "Được bồi dưỡng", "document": "NQ, mục III.3"}


def test_the_board_adds_renames_and_ends_a_count_with_its_history(board):
    send(board, "/counts/activities/add/", NEW | {"first_year": "2019"})
    added = Activity.objects.get(short_name="Được bồi dưỡng")
    assert (added.position, added.first_year, added.last_year) == (73, 2019, None)
    send(board, f"/counts/activities/{added.pk}/", NEW | {"first_year": "2019", "last_year": "2024"})
    page = board.get("/counts/activities/").content.decode()
    assert "2019–2024" in page and "thêm mới" in page
    assert AuditEntry.objects.filter(object_type="assessments.activity").count() == 2


def test_counts_are_ordered(board):
    first, second = Activity.objects.order_by("position")[:2]
    board.post(f"/counts/activities/{second.pk}/move/", {"up": "1"})
    assert list(Activity.objects.order_by("position")[:2]) == [second, first]
    board.post(f"/counts/activities/{second.pk}/move/", {"up": "1"})
    assert Activity.objects.order_by("position").first() == second


@pytest.mark.parametrize(
    "name", ["Chi bộ có chi uỷ", "Cuộc sinh hoạt  chuyên đề", "Mã đảng viên", "Số lượng", "Ghi chú", "12"]
)
def test_a_name_heads_one_column_only(board, name):
    page = board.post("/counts/activities/add/", NEW | {"name": name})
    assert list(page.context["form"].errors) == ["name"]
    assert Activity.objects.count() == 72


@pytest.mark.parametrize(("field", "value"), [("first_year", 2019), ("last_year", 2017)])
def test_years_with_counts_keep_their_count(year, world, actor, field, value):
    give(world.alpha.commune, 7)
    activity = Activity.objects.get(code=CODE)
    setattr(activity, field, value)
    with pytest.raises(Refusal) as refused:
        save_activity(activity, by=actor)
    assert refused.value.field == field


def test_a_reported_year_has_no_table(world, client_as, db):
    RatingYear.objects.create(year=2016, state="reported", province=world.province)
    client = client_as(Role.BOARD, world.province)
    assert "không có danh sách tổ chức cơ sở đảng" in flat(client.get("/counts/2016/"))
