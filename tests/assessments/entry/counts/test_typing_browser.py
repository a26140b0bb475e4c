"""Counts typed with the keyboard: each is saved by itself, nothing typed is lost, and what is said beside
them comes from the server."""

import pytest

from accounts.models import Role
from assessments.entry.counts.tags import COUNTS
from assessments.roster.following import follow_registers
from assessments.roster.models.counts import ActivityCount, PaperTotal
from assessments.rules.models.counts import Activity
from orgs.models import Form, Organization
from tests import factories
from tests.assessments.entry.counts.keyboard import Counts
from tests.assessments.year import opened, organization_line
from tests.places import ROOT

ASKED = ("issues_raised", "issues_solved", "checks_planned", "checks_done", "record_books", "admitted_women")
ONE, OVER = "/counts/2018/entry/A.X01/", "/counts/2018/entry/count/issues_raised/"


def counts() -> dict:
    rows = ActivityCount.objects.values_list("organization__code", "activity__code", "count")
    return {(code, one): count for code, one, count in rows}


@pytest.fixture
def entry(reference, world, actor):
    """Five counts are asked, one is told by the registers; of two organizations one is a single cell."""
    factories.organization(
        world.alpha.unit, Form.CELL, code="A.C1", name="Chi bộ Văn phòng", position=999_999
    )
    Activity.objects.exclude(code__in=ASKED).update(is_off=True)
    found = opened(world)
    follow_registers(by=actor)
    return found


@pytest.fixture
def open_counts(page_of):
    """A function that opens a page as an account; at the end everything typed is answered."""
    opened_pages = []

    def open_as(user, address=ONE) -> Counts:
        opened_pages.append(Counts(page_of(user, address)).ready())
        return opened_pages[-1]

    yield open_as
    for one in opened_pages[-1:]:
        one.settle()


@pytest.fixture
def page_of_one(entry, open_counts) -> Counts:
    return open_counts(entry.officer)


@pytest.fixture
def key(entry):
    """The key of a count of A.X01, or of another line."""
    return lambda code, line=entry.line: f"{line.pk}:{code}"


def test_every_module_of_the_page_is_asked_for_at_once():
    assert {path.stem for path in (ROOT / "static/js/entry/counts").glob("*.js")} == set(COUNTS)


def test_keys_move_each_field_is_saved_and_the_head_follows(page_of_one, key):
    page = page_of_one
    assert "còn 5 ô trống" in page.title()
    page.field(key("issues_raised")).focus()
    page.type("14").press("Enter").type("7").press("ArrowDown")
    page.says(key("issues_solved"), "7/14 · 50,00%")
    assert page.at() == key("checks_planned")
    page.press("ArrowUp")
    assert page.at() == key("issues_solved")
    page.type("9").press("Shift+Enter")
    page.says(key("issues_solved"), "9/14")
    assert page.at() == key("issues_raised") and "còn 3 ô trống" in page.title()
    page.settle()
    assert counts() == {("A.X01", "issues_raised"): 14, ("A.X01", "issues_solved"): 9}
    assert page.page.locator("[data-given]").inner_text() == "2/5"


def test_a_refused_number_stands_red_until_what_it_contradicts_is_right(page_of_one, key):
    page = page_of_one
    page.field(key("issues_raised")).focus()
    page.type("14").press("Enter").type("16").press("Enter")
    page.says(key("issues_solved"), "Chưa lưu: 16 lớn hơn 14")
    assert "1 ô sai" in page.title() and "bad" in page.cell(key("issues_solved")).get_attribute("class")
    page.press("f")
    assert page.at() == key("issues_solved") and page.field(key("issues_solved")).input_value() == "16"
    page.press("ArrowUp").type("20").press("Enter")
    page.says(key("issues_solved"), "16/20")
    page.settle()
    assert counts() == {("A.X01", "issues_raised"): 20, ("A.X01", "issues_solved"): 16}


def test_what_is_above_the_plan_is_stored_and_asks_for_a_reason(page_of_one, key):
    page = page_of_one
    page.field(key("checks_planned")).focus()
    page.type("6").press("Enter").type("7").press("Enter")
    page.says(key("checks_done"), "cần lý do")
    assert "1 ô cần lý do" in page.title()
    page.press("f")
    assert page.at() == f"why-{key('checks_done')}"
    page.type("Một cuộc đột xuất").press("Enter")
    page.says(key("checks_done"), "đã ghi lý do")
    assert "cần lý do" not in page.title()
    row = ActivityCount.objects.get(activity__code="checks_done")
    assert (row.count, row.reason) == (7, "Một cuộc đột xuất")


def test_a_single_cell_answers_yes_or_no_by_key(entry, open_counts, key):
    page = open_counts(entry.officer, "/counts/2018/entry/A.C1/")
    own = key("record_books", organization_line(Organization.objects.get(code="A.C1")))
    page.field(own).focus()
    page.press("c")
    page.says(own, "1/1")
    page.press("k")
    page.says(own, "0/1")
    page.press("Enter")
    page.settle()
    assert counts() == {("A.C1", "record_books"): 0}


@pytest.mark.parametrize(("button", "kept"), [("Giữ 8 của tôi", 8), ("Lấy 3", 3)])
def test_the_later_of_two_sees_both_and_chooses(entry, page_of_one, key, world, button, kept):
    page = page_of_one
    colleague = factories.user(Role.OFFICER, world.alpha.unit, full_name="Nguyễn Thị Thử")
    ActivityCount.objects.create(
        year_id=2018,
        organization=entry.line.organization,
        grassroots=entry.line.organization,
        unit_id=entry.line.unit_id,
        activity=Activity.objects.get(code="record_books"),
        count=3,
        changed_by=colleague,
    )
    page.field(key("record_books")).focus()
    page.type("8").press("Enter")
    page.says(key("record_books"), "Người khác vừa đổi")
    more = page.page.locator(".conflict-more").inner_text()
    assert "Nguyễn Thị Thử" in more and "8" in more and "3" in more
    page.button(button).click()
    page.page.locator(".conflict-more").wait_for(state="detached")
    page.settle()
    assert counts() == {("A.X01", "record_books"): kept} and page.kept() == {}


def test_nothing_is_lost_when_the_line_is_down(page_of_one, key):
    page = page_of_one
    page.field(key("issues_raised")).focus()
    page.page.context.set_offline(True)
    page.type("14").press("Enter")
    page.says(key("issues_raised"), "mất kết nối")
    assert "Mất kết nối: 1 ô chưa lưu" in page.notice("trouble").inner_text()
    assert "14" in str(page.kept()) and "Alpha" not in str(page.kept())
    page.page.context.set_offline(False)
    page.notice("trouble").wait_for(state="detached")
    page.settle()
    assert (counts(), page.kept()) == ({("A.X01", "issues_raised"): 14}, {})


def test_what_was_typed_is_sent_from_whichever_page_is_opened_next(entry, page_of_one, open_counts, key):
    page = page_of_one
    page.page.route("**/save/**", lambda route: route.abort())
    page.field(key("issues_raised")).focus()
    page.type("14").press("Enter")
    page.says(key("issues_raised"), "mất kết nối")
    page.page.reload()
    page.ready()
    assert "1 ô gõ trước đây" in page.notice("restored").inner_text()
    assert page.field(key("issues_raised")).input_value() == "14"
    page.page.unroute("**/save/**")
    other = open_counts(entry.officer, "/counts/2018/entry/A.C1/")
    other.page.wait_for_function("() => localStorage.length === 0")
    assert counts() == {("A.X01", "issues_raised"): 14}


def test_a_column_is_pasted_downward_or_by_code_and_undone(entry, open_counts, key):
    page = open_counts(entry.officer, OVER)
    single = key("issues_raised", organization_line(Organization.objects.get(code="A.C1")))
    page.field(key("issues_raised")).focus()
    page.paste("4\n1.200\n9")
    page.page.get_by_text("Đã dán 2 ô.").wait_for()
    assert "thừa 1 dòng" in page.notice("pasted").inner_text()
    page.settle()
    assert counts() == {("A.X01", "issues_raised"): 4, ("A.C1", "issues_raised"): 1200}
    assert page.page.locator("[data-sum]").inner_text() == "1.204"
    page.field(key("issues_raised")).focus()
    page.paste("A.C1\tChi bộ Văn phòng\t7\nA.X01\tĐảng bộ xã Alpha\t5\nKHÔNG\tlạ\t5")
    assert "KHÔNG" in page.notice("pasted").inner_text()
    page.settle()
    assert counts() == {("A.X01", "issues_raised"): 5, ("A.C1", "issues_raised"): 7}
    page.button("Hoàn tác").click()
    page.page.get_by_text("Đã hoàn tác 2 ô.").wait_for()
    page.settle()
    assert page.field(single).input_value() == "1200"
    assert counts() == {("A.X01", "issues_raised"): 4, ("A.C1", "issues_raised"): 1200}


def test_the_sum_follows_and_differs_from_the_paper_in_words(entry, open_counts, key):
    page = open_counts(entry.officer, OVER)
    page.page.get_by_label("Giá trị").fill("3")
    page.button("Điền 3 vào 2 ô trống").click()
    paper = f"paper:{entry.submission.unit_id}:issues_raised"
    page.field(paper).focus()
    page.type("7").press("Tab")
    page.page.get_by_text("thiếu 1 so với giấy").wait_for()
    page.field(key("issues_raised")).focus()
    page.type("4").press("Enter")
    page.page.get_by_text("khớp với giấy").wait_for()
    page.settle()
    assert PaperTotal.objects.get().total == 7
    assert sorted(counts().values()) == [3, 4]
    by_script = [page.result(key("issues_raised")), page.page.locator("[data-difference]").inner_text()]
    page.page.reload()
    page.ready()
    assert page.page.locator("[data-difference]").inner_text() == by_script[1]
