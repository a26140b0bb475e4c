"""What follows while one types: counts, targets, caps, warnings and the buttons that filter by them."""

from playwright.sync_api import expect

from accounts.actors import Actor
from assessments.review.years.actions import open_year
from assessments.roster.models.lines import MemberLine, OrganizationLine
from tests import factories
from tests.assessments.entry.grid.grid import stored
from tests.assessments.year import opened


def offers(grid, **buttons: str) -> None:
    """Waits until the buttons that filter say so; one without words is hidden."""
    for name, words in buttons.items():
        found = grid.page.locator(f"[data-filter={name}]")
        expect(found).to_have_text(words) if words else expect(found).to_be_hidden()


def test_counts_targets_and_caps_follow_while_typing(grid):
    head = grid.page.locator("#gridhead")
    grid.focus(1)
    for _ in range(4):
        grid.press("3", "ArrowDown")
    assert "4 / 12" in head.inner_text()
    assert "thiếu 2" in head.inner_text()
    for _ in range(4):
        grid.press("2", "ArrowDown")
    assert "4 / 8" in head.inner_text() and "đạt" in head.inner_text()
    offers(grid, blank="Chỉ dòng trống: 4")
    grid.press("Control+z", "Control+z")
    assert "2 / 6" in head.inner_text()


def test_a_group_over_its_cap_is_said_and_asks_for_reasons(entry, open_grid):
    """2019 has a cap of 20% on HTXSNV of a unit."""
    open_year(2019, by=Actor(name="thử nghiệm"))
    grid = open_grid(entry.officer, "/ratings/2019/grassroots/")
    grid.focus(1)
    for _ in range(3):
        grid.press("1", "ArrowDown")
    assert "được 0, đang 3" in grid.page.locator("#gridhead").inner_text()
    offers(grid, over="Vượt trần: 3", owed="Cần lý do: 3")
    grid.says(3, "vượt trần, cần ghi lý do")
    grid.focus(3, "note")
    grid.type("Đơn vị thí điểm")
    grid.press("Enter")
    grid.settle()
    offers(grid, owed="Cần lý do: 2")
    for _ in range(9):
        grid.press("ArrowDown", "ArrowLeft", "3", "ArrowRight")
    grid.settle()
    assert "được 2, đang 3" in grid.page.locator("#gridhead").inner_text()
    offers(grid, over="Vượt trần: 3", owed="")


def test_a_level_above_the_self_rating_asks_for_a_reason(grid):
    grid.focus(1, "self_rated").press("3", "ArrowRight", "2")
    grid.says(1, "cần ghi lý do")
    offers(grid, differs="Khác tự xếp loại: 1")
    offers(grid, owed="Cần lý do: 1", warning="")
    grid.page.locator("#about").get_by_text("Quyết định cao hơn tự xếp loại").wait_for()
    grid.press("ArrowRight")
    grid.type("Xét lại theo kết quả quý IV")
    grid.press("Enter")
    grid.saved(1)
    assert stored(1).note == "Xét lại theo kết quả quý IV"
    offers(grid, owed="", warning="Có cảnh báo: 1")


def test_filters_list_some_rows_and_keep_them_while_one_works(entry, open_grid):
    returned = OrganizationLine.objects.filter(code__in=["A.X03", "A.X04"])
    returned.update(return_reason="Đề nghị xem lại")
    returned.filter(code="A.X03").update(version=1)
    grid = open_grid(entry.officer, "/ratings/2018/grassroots/?filter=returned")
    assert grid.shown() == ["A.X04"]
    assert "Trả lại: Đề nghị xem lại" in grid.page.locator("#grid .st").inner_text()
    grid.page.locator("#grid [data-field=decided]").first.focus()
    grid.press("3")
    grid.page.locator("#grid .st").get_by_text("đã sửa, chờ gửi lại").wait_for()
    grid.page.goto(grid.page.url.replace("returned", "mended"))
    assert grid.ready().shown() == ["A.X03", "A.X04"]
    assert "đã sửa, chờ gửi lại" in grid.page.locator("#grid .st").last.inner_text()
    grid.page.locator("[data-filter=mended]").click()
    grid.focus(2).press("2")
    grid.saved(2)
    grid.page.locator("[data-filter=blank]").click()
    assert "A.X02" not in grid.shown() and len(grid.shown()) == 10
    assert "filter=blank" in grid.page.url
    grid.page.locator("#grid [data-field=decided]").first.focus()
    grid.press("3")
    grid.settle()
    assert len(grid.shown()) == 10
    grid.page.reload()
    grid.ready()
    assert len(grid.shown()) == 9


def test_the_cap_of_members_is_that_of_the_group_one_is_on(reference, world, open_grid):
    other = factories.organization(world.alpha.unit, code="A.X02", name="Đảng bộ xã Hai")
    own = factories.cell(other, code="A.X02.1", name="Chi bộ Hai 1")
    for number in range(3):
        factories.member(own, code=f"H{number}", full_name=f"Y Hai {number}")
    entry = opened(world, 2019)
    grid = open_grid(entry.officer, "/ratings/2019/members/")
    cap = grid.page.locator("[data-cap]")
    grid.focus(1).press("1")
    grid.page.get_by_text("được 0, đang 1").wait_for()
    assert "Đảng bộ xã Alpha · số nhóm vượt trần: 1" in cap.inner_text()
    grid.press("Control+End")
    assert "được 0, đang 0" in cap.inner_text()
    assert "Đảng bộ xã Hai · số nhóm vượt trần: 1" in cap.inner_text()
    grid.settle()
    assert MemberLine.objects.filter(decided__code="HTXSNV").count() == 1


def test_a_target_says_whether_the_cap_lets_it_be_reached(entry, open_grid):
    """Twelve: two exemplary are needed. With all twelve strong the cap of 2025 allows two, with less it does
    not; when six are rated not even one can ever be."""
    open_year(2025, by=Actor(name="thử nghiệm"))
    grid = open_grid(entry.officer, "/ratings/2025/grassroots/")
    reach = grid.page.locator("[data-goal] [data-reach]", has_text="trần")
    grid.focus(1)
    for _ in range(5):
        grid.press("2", "ArrowDown")
    expect(reach).to_have_text("trần mặc định không cho tới: nhiều nhất 0")
    grid.press("3", "ArrowDown")
    expect(reach).to_have_text("trần mặc định chỉ cho tới khi thêm 1 HTTNV")
    grid.settle()
    grid.page.reload()
    expect(reach).to_have_text("trần mặc định chỉ cho tới khi thêm 1 HTTNV")
    grid.ready().focus(6).press("2")
    expect(reach).to_have_count(0)
