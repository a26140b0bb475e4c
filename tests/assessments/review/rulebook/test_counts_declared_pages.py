"""The Board's pages of what is counted: read in groups, seen before it is confirmed, taken back later."""

import pytest
from django.utils.html import escape

from accounts.models import Role
from assessments.registers.undoing.models import ActDone
from assessments.review.rulebook.counted_forms import ActivityForm
from assessments.review.rulebook.tables import TABLES
from assessments.review.years.actions import close_year, reopen_year
from assessments.roster.counts.given import YearCounts
from assessments.roster.models.counts import ActivityCount
from assessments.rules.counts_of_year import counts_of
from assessments.rules.models.counts import Activity, CountCheck
from assessments.rules.models.years import RatingYear
from orgs.models import AuditEntry
from tests.assessments.registers.confirming import send
from tests.assessments.year import opened
from tests.pages import text_of
from tests.queries import queries

LIST = "/counts/activities/"
NEW = {
    "code": "classes", "name": "Số lớp học", "short_name": "Lớp học", "group": "Đảng viên",
    "level": "grassroots", "period": "year", "source": "typed", "adds_up": "on",
    "checks-TOTAL_FORMS": "1", "checks-INITIAL_FORMS": "0",
}  # fmt: skip


def check(row=0, relation="le", **values) -> dict:
    values = values if "away" in values else {"relation": relation} | values
    return {f"checks-{row}-{name}": str(value) for name, value in values.items()}


@pytest.fixture
def board(world, client_as):
    return client_as(Role.BOARD, world.province)


@pytest.fixture
def year(world):
    return opened(world)


def count(code) -> Activity:
    return Activity.objects.get(code=code)


def page_of(code) -> str:
    return f"{LIST}{count(code).pk}/"


def give(world, code, number) -> None:
    commune = world.alpha.commune
    ActivityCount.objects.create(
        year_id=2018, organization=commune, grassroots=commune, unit_id=commune.unit_id,
        activity=count(code), count=number,
    )  # fmt: skip


def stored() -> dict:
    return {model._meta.label: sorted(map(repr, model._base_manager.values_list())) for model in TABLES}


def typed(code, **other) -> dict:
    """The form of a count as a browser sends it back."""
    form = ActivityForm(instance=count(code))
    rows = [*form.checks.forms]
    names = {bound.html_name: bound.value() for row in (form, *rows) for bound in row}
    sent = {name: value for name, value in names.items() if value not in (None, False, "")}
    return sent | {"checks-TOTAL_FORMS": len(rows), "checks-INITIAL_FORMS": 0} | other


def undo_latest(board):
    return board.post(f"/rules/acts/{ActDone.objects.latest('pk').pk}/undo/")


def test_the_list_tells_everything_in_words(year, world, board):
    give(world, "meetings_held", 3)
    switched = count("issues_solved")
    switched.is_off = True
    switched.save()
    page = text_of(board.get(LIST))
    for words in (
        "Sinh hoạt chi bộ", "/ chi bộ có cả năm × 12 tháng (6 tháng: × 6)", "6 tháng và cả năm · nhập tay",
        "12 × số này ≤ Cuộc sinh hoạt định kỳ", "≤ Vướng mắc đã nêu: sai thì từ chối",
        "tính từ sổ: tổ chức không kết nạp được trong năm", "1 năm có số", "1 trong 10 số đang tắt",
        "số này + Học việc tại ban tổ chức ≤ Bí thư “học việc”: sai thì từ chối",
        "bình quân mỗi: chi bộ", "càng ít càng tốt",
        "/ Đã giới thiệu về nơi cư trú − Giới thiệu nhưng miễn sinh hoạt",
    ):  # fmt: skip
        assert words in page, words


def test_statements_do_not_grow_with_counts(board):
    queries(board, LIST)
    few = queries(board, LIST)
    for number in range(9):
        row = Activity.objects.create(
            code=f"c{number}",
            name=f"Tên {number}",
            short_name=f"T{number}",
            group="Mới",
            position=90 + number,
        )
        CountCheck.objects.create(activity=row, size="cells")
    assert queries(board, LIST) == few
    own = queries(board, page_of("households"))
    for size in ("cells", "members", "villages"):
        CountCheck.objects.create(activity=count("households"), size=size)
    assert queries(board, page_of("households")) == own


def test_a_count_is_declared_with_all_of_it(board):
    sent = NEW | {
        "clause": "III.2", "measure": "lớp", "document": "KH 5", "period": "half", "first_year": "2019",
        "denominator": "households", "less": "households_covered", "direction": "up", "of_villages": "on",
        "checks-TOTAL_FORMS": "3",
    }  # fmt: skip
    sent |= check(0, times=2, against="count:households", less="households_covered", is_hard="on")
    sent |= check(2, relation="ge", against="size:cells", is_monthly="on", plus="members_sent")
    assert send(board, f"{LIST}add/", sent).status_code == 302
    (rule,) = (one for one in counts_of(RatingYear(pk=2019)) if one.code == "classes")
    told = (rule.group, rule.clause, rule.measure, rule.document, rule.period, rule.direction)
    assert told == ("Đảng viên", "III.2", "lớp", "KH 5", "half", "up")
    assert (rule.denominator, rule.less, rule.size, rule.of_villages, rule.adds_up) == (
        "households", "households_covered", "", True, True,
    )  # fmt: skip
    first, second = rule.checks
    assert (first.times, first.other, first.less, first.relation, first.is_hard) == (
        2, "households", "households_covered", "le", True,
    )  # fmt: skip
    assert (second.size, second.is_monthly, second.relation, second.plus, second.is_hard) == (
        "cells", True, "ge", "members_sent", False,
    )  # fmt: skip
    assert all(one.code != "classes" for one in counts_of(RatingYear(pk=2018)))


@pytest.mark.parametrize("code", ["households", "meetings_held", "expulsions", "members_213_introduced"])
def test_a_form_sent_back_as_it_came_changes_nothing(board, code):
    stood = stored()
    assert send(board, page_of(code), typed(code)).status_code == 302
    assert (stored(), ActDone.objects.count()) == (stood, 0)


def test_a_check_goes_when_it_is_ticked_away_or_emptied(board):
    assert count("cells_with_committee").checks.count() == 2
    sent = typed("cells_with_committee") | check(0, away="on")
    assert send(board, page_of("cells_with_committee"), sent).status_code == 302
    assert [row.relation for row in count("cells_with_committee").checks.all()] == ["ge"]
    sent = typed("cells_with_committee") | check(0, against="")
    sent = {name: value for name, value in sent.items() if name != "checks-0-relation"}
    assert send(board, page_of("cells_with_committee"), sent).status_code == 302
    assert not count("cells_with_committee").checks.exists()


def test_one_more_row_keeps_what_was_typed_and_judges_nothing(board):
    sent = NEW | {"name": "", "more": "1"} | check(0, times="12", against="count:households", plus="sources")
    page = board.post(f"{LIST}add/", sent)
    form = page.context["form"]
    assert not form.errors and "Trường này" not in page.content.decode()
    assert [row["against"].value() for row in form.checks] == ["count:households", None]
    assert (form["short_name"].value(), form["level"].value()) == ("Lớp học", "grassroots")
    assert "12 × số này + Quần chúng học nhận thức về Đảng ≤ Tổng số hộ" in text_of(page)
    away = board.post(f"{LIST}add/", sent | check(0, away="on"))
    assert [row["against"].value() for row in away.context["form"].checks] == [None]
    assert not Activity.objects.filter(short_name="Lớp học").exists()


def test_a_check_that_is_wrong_says_so_at_its_row_and_loses_nothing(board):
    sent = NEW | {"checks-TOTAL_FORMS": "3"} | check(0, against="size:cells")
    sent |= check(2, times="3", against="size:cell_months", is_monthly="on")
    page = board.post(f"{LIST}add/", sent)
    form = page.context["form"]
    assert [bool(row.errors) for row in form.checks] == [False, False, True]
    assert "Phép kiểm tra 2: Đây đã là số tháng." in text_of(page)
    assert form.checks[2]["times"].value() == "3" and form["name"].value() == "Số lớp học"
    assert not Activity.objects.filter(code="classes").exists()


@pytest.mark.parametrize(
    ("sent", "row"),
    [({"times": "0", "against": "size:cells"}, True), ({"times": "x", "against": "size:cells"}, True),
     ({"times": "367", "against": "size:cells"}, True), ({"against": "size:nothing"}, True),
     ({"against": "count:nothing"}, True), ({"less": "households"}, True),
     ({"against": "size:cells", "relation": ""}, True), ({"against": "size:cells", "relation": "lt"}, True)],
)  # fmt: skip
def test_what_is_no_check_is_refused_at_its_row(board, sent, row):
    page = board.post(f"{LIST}add/", NEW | check(0, **sent))
    assert page.status_code == 200 and bool(page.context["form"].checks[0].errors) is row
    assert not page.context["preview"] and not Activity.objects.filter(code="classes").exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"denominator": "households", "size": "cells"}, "size"), ({"less": "households"}, "less"),
        ({"is_monthly": "on"}, "is_monthly"), ({"source": "compared"}, "register"),
        ({"code": "Lớp"}, "code"), ({"code": "households"}, "code"), ({"level": "nobody"}, "level"),
        ({"first_year": "2020", "last_year": "2019"}, "last_year"),
        ({"denominator": "nothing"}, "denominator"),
    ],
)  # fmt: skip
def test_a_fault_stands_at_its_field(board, values, field):
    page = board.post(f"{LIST}add/", NEW | values)
    assert [*page.context["form"].errors] == [field]
    assert not Activity.objects.filter(code="classes").exists()


def test_what_follows_is_seen_before(year, world, board):
    give(world, "households", 40)
    give(world, "households_covered", 10)
    sent = typed("households_covered", size="villages") | check(1, against="size:villages")
    sent |= {"denominator": "", "checks-TOTAL_FORMS": "2"}
    stood = stored()
    sentences = board.post(page_of("households_covered"), sent).context["preview"].sentences
    assert stored() == stood
    assert "2018, Hộ được phụ trách, tỷ lệ: 25,00% → 1.000,00%" in sentences
    assert "2018, Hộ được phụ trách: số tổ chức vướng phép kiểm tra: 0 → 1" in sentences
    added = board.post(f"{LIST}add/", NEW).context["preview"].sentences
    assert "2018, Lớp học: số tổ chức phải báo: 0 → 2" in added


def test_one_count_is_switched_off_and_on_again(year, world, board):
    give(world, "cells_told", 2)
    one = count("cells_told")
    shown = board.post(f"{LIST}switch/", {"one": one.pk, "off": "1"})
    assert shown.context["title"] == "Tắt: Chi bộ được quán triệt"
    assert "2018, Chi bộ được quán triệt: không còn phải báo; số tổ chức đã có số: 1" in (
        shown.context["preview"].sentences
    )
    assert not count("cells_told").is_off
    assert send(board, f"{LIST}switch/", {"one": one.pk, "off": "1"}).url == LIST
    assert count("cells_told").is_off and ActivityCount.objects.count() == 1
    assert "cells_told" not in {rule.code for rule in counts_of(RatingYear.objects.get(pk=2018))}
    assert undo_latest(board).status_code == 302 and not count("cells_told").is_off
    send(board, f"{LIST}switch/", {"one": one.pk, "off": "1"})
    send(board, f"{LIST}switch/", {"one": one.pk, "off": ""})
    assert not count("cells_told").is_off


def test_a_group_is_switched_in_one_act(board):
    group = "Kiểm tra, giám sát"
    shown = board.post(f"{LIST}switch/", {"group": group, "off": "1"})
    entries = [entry for entry in shown.context["preview"].entries]
    assert len(entries) == Activity.objects.filter(group=group).count() > 8
    send(board, f"{LIST}switch/", {"group": group, "off": "1"})
    assert set(Activity.objects.filter(is_off=True).values_list("group", flat=True)) == {group}
    assert not Activity.objects.filter(group=group, is_off=False).exists()
    stood = stored()
    send(board, f"{LIST}switch/", {"group": group, "off": ""})
    assert not Activity.objects.filter(is_off=True).exists()
    assert undo_latest(board).status_code == 302 and stored() == stood


def test_what_others_rest_on_is_named_and_stays(board):
    page = board.post(f"{LIST}switch/", {"one": count("households").pk, "off": "1"})
    assert "Hộ được phụ trách" in text_of(page) and not page.context["preview"]
    assert not count("households").is_off
    assert board.post(f"{LIST}switch/", {}).url == LIST
    assert board.post(f"{LIST}switch/", {"one": 99999, "off": "1"}).status_code == 404
    assert not Activity.objects.filter(is_off=True).exists()


def test_every_act_is_taken_back_whole(board):
    send(
        board,
        f"{LIST}add/",
        NEW | {"code": "kept", "name": "Giữ", "short_name": "Giữ"} | check(against="size:cells"),
    )
    pk = count("kept").pk
    sent = (
        NEW
        | {"checks-TOTAL_FORMS": "2"}
        | check(0, against="count:households")
        | check(1, against="size:members")
    )
    for act, address, values in (
        ("added", f"{LIST}add/", sent),
        (
            "changed",
            page_of("cells_with_committee"),
            typed("cells_with_committee", name="Khác") | check(0, away="on"),
        ),
        ("checks alone", page_of("sources"), typed("sources") | check(0, against="size:cells")),
        ("switched", f"{LIST}switch/", {"group": "Thôn, làng", "off": "1"}),
        ("removed", f"{LIST}{pk}/remove/", {}),
    ):
        stood = stored()
        assert send(board, address, values).status_code == 302, act
        assert stored() != stood, act
        assert undo_latest(board).status_code == 302 and stored() == stood, act
        assert AuditEntry.objects.filter(action="rules.undo").exists(), act
    page = text_of(board.get(LIST))
    assert "đã hoàn tác" in page


def test_what_was_given_since_keeps_a_new_count(year, world, board):
    send(board, f"{LIST}add/", NEW)
    give(world, "classes", 1)
    page = undo_latest(board)
    assert page.status_code == 200 and page.context["refusal"]
    assert count("classes")


def test_what_rests_on_it_since_keeps_a_definition(board):
    """Its whole was taken from a count that was switched off since; then the whole does not come back."""
    send(
        board,
        page_of("households_covered"),
        typed("households_covered", denominator="") | check(0, away="on"),
    )
    act = ActDone.objects.latest("pk")
    send(board, f"{LIST}switch/", {"one": count("households").pk, "off": "1"})
    stood = stored()
    page = board.post(f"/rules/acts/{act.pk}/undo/")
    assert page.status_code == 200 and "“Tổng số hộ” đang tắt." in text_of(page) and stored() == stood


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({"period": "half"}, {"period": "year"}, "Năm 2018 đã có số: hãy kết thúc số đếm này"),
        ({"level": "cell"}, {"level": "grassroots"}, "Năm 2018 đã có số: hãy kết thúc số đếm này"),
        ({"last_year": "2017"}, {"last_year": ""}, "2018"),
        ({"measure": "lớp"}, {"measure": "buổi"}, ""),
    ],
)
def test_what_was_given_since_keeps_its_meaning(year, world, board, before, after, words):
    send(board, f"{LIST}add/", NEW | before)
    assert send(board, page_of("classes"), typed("classes") | after).status_code == 302
    give(world, "classes", 1)
    stood = stored()
    page = undo_latest(board)
    if not words:
        assert page.status_code == 302 and count("classes").measure == "lớp"
        return
    assert page.status_code == 200 and words in text_of(page) and stored() == stood


def test_a_year_closed_since_keeps_a_definition(year, world, board, actor):
    send(board, page_of("sources"), typed("sources") | check(0, against="size:cells"))
    close_year(2018, by=actor, reason="thử")
    page = undo_latest(board)
    assert "2018 đã khóa sau đó" in text_of(page) and count("sources").checks.count() == 1


def test_changes_are_readable_in_words(board):
    sent = typed("sources", level="cell", name="Quần chúng học lớp") | check(
        0, against="size:cells", is_hard="on"
    )
    send(board, page_of("sources"), sent)
    page = text_of(board.get(LIST))
    for words in (
        "cấp: tổ chức cơ sở đảng → chi bộ",
        "phép kiểm tra: – → Quần chúng học nhận thức về Đảng ≤ chi bộ: sai thì từ chối",
    ):
        assert words in page, words
    trail = text_of(board.get("/trail/"))
    assert "Quần chúng học nhận thức về Đảng ≤ chi bộ: sai thì từ chối" in trail


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CLERK, Role.VIEWER])
def test_all_read_and_only_the_board_changes(role, world, client_as, board):
    send(board, f"{LIST}add/", NEW)
    place = {Role.OFFICER: world.alpha.unit, Role.CLERK: world.alpha.commune}.get(role, world.province)
    client = client_as(role, place)
    page = client.get(LIST).content.decode()
    assert escape("12 × số này ≤ Cuộc sinh hoạt định kỳ") in page
    assert "<button" not in page[page.index("<h1>") :] and "/add/" not in page
    pk, stood = count("classes").pk, stored()
    acts = {
        f"{LIST}add/": NEW, f"{LIST}{pk}/": typed("classes", name="Khác"), f"{LIST}{pk}/remove/": {},
        f"{LIST}{pk}/move/": {"up": "1"}, f"{LIST}switch/": {"one": pk, "off": "1"},
        f"/rules/acts/{ActDone.objects.latest('pk').pk}/undo/": {},
    }  # fmt: skip
    assert {send(client, address, sent).status_code for address, sent in acts.items()} == {403}
    assert stored() == stood


def test_of_two_at_once_the_second_sees_what_the_first_did(board, world, client_as):
    other = client_as(Role.BOARD, world.province)
    sent = typed("sources", name="Tên của B")
    shown = other.post(page_of("sources"), sent).context["preview"]
    first = typed("sources") | check(0, against="size:members")
    assert send(board, page_of("sources"), first).status_code == 302
    again = other.post(page_of("sources"), sent | {"sure": shown.key})
    assert again.status_code == 200, "what it would do now is another thing, and is shown"
    told = [value.label for entry in again.context["preview"].entries for value in entry.values]
    assert "phép kiểm tra" in told and count("sources").checks.count() == 1
    send(other, page_of("sources"), sent)
    assert count("sources").name == "Tên của B" and not count("sources").checks.exists()


def test_a_closed_year_reads_as_it_was_closed_until_it_is_reopened(year, world, board, actor):
    give(world, "households", 40)
    give(world, "households_covered", 10)
    close_year(2018, by=actor, reason="thử")
    pages = {address: text_of(board.get(address)) for address in ("/counts/2018/", "/counts/2018/units/A/")}
    sent = typed("households_covered", name="Tên khác", short_name="Khác", denominator="", size="villages")
    assert send(board, page_of("households_covered"), sent | check(0, away="on")).status_code == 302
    assert send(board, f"{LIST}switch/", {"one": count("households").pk, "off": "1"}).status_code == 302
    board.get(LIST)
    for address, stood in pages.items():
        assert text_of(board.get(address)) == stood, address
    reopen_year(2018, by=actor, reason="thử")
    found = YearCounts.under(RatingYear.objects.get(pk=2018), world.province)
    rules = {rule.code: rule for rule in found.rules}
    assert "households" not in rules
    assert (rules["households_covered"].short_name, rules["households_covered"].size) == ("Khác", "villages")
