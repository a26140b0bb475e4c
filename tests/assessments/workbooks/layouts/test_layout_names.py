"""Names in a sheet that stand for codes: exact ones resolve, others are asked, never guessed."""

from datetime import date

import pytest

from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.workbooks.models import Upload
from members.models import Member
from tests import factories
from tests.assessments.odd_sheets import (
    BY_NAME,
    MEMBERS_IN_GROUPS,
    odd,
    page_of_sheet,
    proposal,
    sent,
)
from tests.assessments.year import opened
from tests.queries import queries


@pytest.fixture
def entry(world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return opened(world)


def mapped(client, user, folder, rows, **changes):
    """The plan of a sheet whose proposed columns are used as they are, but for `changes`."""
    address = page_of_sheet(client, user, odd(folder, {"Biểu": rows}))
    answer = client.post(address, proposal(client, address, **changes))
    assert answer.status_code == 302, answer.context["desk"].mapping_form.errors
    return answer.url


def batch_of(client, plan):
    return client.get(plan).context["batch"]


def open_names(client, plan):
    note = batch_of(client, plan).sheets[0]["note"]
    return [(name["text"], name["count"]) for name in note.get("names", [])]


def confirm(client, plan):
    return client.post(f"{plan}apply/", {"plan": batch_of(client, plan).first.plan_hash})


def test_an_exact_name_resolves_and_others_are_asked(client, entry, tmp_path):
    plan = mapped(client, entry.officer, tmp_path, BY_NAME)
    assert open_names(client, plan) == [("Chi bộ Anpha 2", 1), ("Chi bộ Beta 1", 1)]
    batch = batch_of(client, plan)
    assert (batch.totals["undecided"], batch.totals["errors"], batch.faults) == (2, 0, [])
    undecided = [(fault["row"], fault["code"]) for fault in batch.sheets[0]["errors"]]
    assert undecided == [(5, "undecided"), (6, "undecided")]
    confirm(client, plan)
    assert not OrganizationLine.objects.filter(decided__isnull=False).exists()


def test_suggestions_come_from_inside_the_unit_alone(client, entry, tmp_path):
    plan = mapped(client, entry.officer, tmp_path, BY_NAME)
    page = client.get(f"{plan}names/")
    suggested = [[entry.code for entry in row.suggestions] for row in page.context["rows"]]
    assert suggested[0][0] == "A.X01.2"
    assert all(code.startswith("A") for codes in suggested for code in codes)
    assert "B.X01" not in page.content.decode()


def fields(client, plan):
    return [row.id for row in client.get(f"{plan}names/").context["rows"]]


def answers(client, plan, *chosen):
    sent = zip(fields(client, plan), chosen, strict=False)
    return client.post(f"{plan}names/", {f"n{name}": value for name, value in sent})


def test_an_answer_holds_for_all_rows_and_is_stored_with_the_plan(client, entry, tmp_path):
    rows = [*BY_NAME[:5], [3, "Chi bộ Anpha 2", "HTNV"]]
    plan = mapped(client, entry.officer, tmp_path, rows[:5])
    answers(client, plan, "A.X01.2")
    assert batch_of(client, plan).faults == []
    confirm(client, plan)
    rated = OrganizationLine.objects.filter(decided__isnull=False)
    assert set(rated.values_list("organization__code", flat=True)) == {"A.X01.1", "A.X01.2"}


def test_rows_of_a_name_are_left_out(client, entry, tmp_path):
    plan = mapped(client, entry.officer, tmp_path, BY_NAME)
    answers(client, plan, "A.X01.2", "-")
    batch = batch_of(client, plan)
    assert (batch.faults, batch.changes, batch.totals["skipped"]) == ([], 2, 2)


@pytest.mark.parametrize("foreign", ["B.X01.1", "NOT.THERE"])
def test_a_code_outside_the_unit_is_as_unknown_as_one_that_is_not_there(client, entry, tmp_path, foreign):
    plan = mapped(client, entry.officer, tmp_path, BY_NAME)
    name = fields(client, plan)[0]
    answer = client.post(f"{plan}names/", {f"n{name}": "other", f"t{name}": foreign})
    assert [(row.typed, row.error) for row in answer.context["errors"]] == [
        (foreign, "Không có mã này trong đơn vị.")
    ]
    assert not Upload.objects.get().choices.get("names")


def test_a_code_that_is_typed_is_taken(client, entry, tmp_path):
    plan = mapped(client, entry.officer, tmp_path, BY_NAME)
    first, second = fields(client, plan)
    client.post(f"{plan}names/", {f"t{first}": " a.x01.2 ", f"n{second}": "-"})
    assert batch_of(client, plan).faults == []


def test_two_places_that_differ_by_a_mark_are_two_places(client, entry, world, tmp_path):
    factories.cell(world.alpha.commune, code="L1", name="Chi bộ Đắk Long")
    factories.cell(world.alpha.commune, code="L2", name="Chi bộ Đăk Long")
    rows = [*BY_NAME[:3], [1, "Chi bộ Đăk Long", "HTNV"], [2, "Chi bộ Đak Long", "HTNV"]]
    plan = mapped(client, entry.officer, tmp_path, rows)
    assert open_names(client, plan) == [("Chi bộ Đak Long", 1)]
    page = client.get(f"{plan}names/")
    assert {entry.code for entry in page.context["rows"][0].suggestions} >= {"L1", "L2"}


def test_equal_names_are_told_apart_by_the_group_above(client, entry, world, tmp_path):
    other = factories.organization(world.alpha.unit, code="A.X02", name="Đảng bộ xã Hai")
    for commune, code in ((world.alpha.commune, "A.X01.9"), (other, "A.X02.9")):
        factories.cell(commune, code=code, name="Chi bộ thôn 1")
    rows = [
        *BY_NAME[:3],
        [1, "Chi bộ thôn 1", "HTNV"],
        ["II", "Đảng bộ xã Hai"],
        [1, "Chi bộ thôn 1", "HTTNV"],
    ]
    plan = mapped(client, entry.officer, tmp_path, rows)
    assert open_names(client, plan) == []
    without = [row for row in rows if row[0] not in ("I", "II")]
    assert open_names(client, mapped(client, entry.officer, tmp_path, without)) == [("Chi bộ thôn 1", 1)] * 2


def test_members_are_found_by_name_and_birth(client, entry, world, tmp_path):
    cell = world.alpha.cells[0]
    for code, year in (("K1", 1970), ("K2", 1980)):
        factories.member(cell, code=code, full_name="A Trùng", born_on=date(year, 5, 1))
    rows = [
        ["TT", "Họ và tên đảng viên", "Ngày sinh", "Ngày vào Đảng", "Sinh hoạt tại chi bộ"],
        [1, "A Trùng", "1/5/1980", "1/1/2010", "Chi bộ Alpha 1"],
        [2, "A Trùng", None, "1/1/2010", "Chi bộ Alpha 1"],
    ]
    plan = mapped(client, entry.officer, tmp_path, rows)
    assert open_names(client, plan) == [("A Trùng", 1)]
    answers(client, plan, "K1")
    batch = batch_of(client, plan)
    assert batch.faults == []
    assert [row.code for row in batch.rows.order_by("pk")] == ["K2", "K1"]
    assert Member.objects.filter(full_name="A Trùng").count() == 2


def test_ratings_of_members_by_name(client, entry, tmp_path):
    rows = [["XẾP LOẠI NĂM 2018"], ["TT", "Họ tên đảng viên", "Xếp loại"], [1, "Y Alpha 1", "HTTNV"]]
    plan = mapped(client, entry.officer, tmp_path, rows)
    confirm(client, plan)
    assert MemberLine.objects.get(decided__isnull=False).member.code == "A1"


def test_names_of_another_unit_are_not_found(client, entry, tmp_path):
    plan = mapped(client, entry.officer, tmp_path, BY_NAME)
    client.force_login(entry.stranger)
    assert client.get(f"{plan}names/").status_code == 404
    assert client.post(f"{plan}names/", {}).status_code == 404
    assert not Upload.objects.get().choices.get("names")


def test_an_unknown_code_is_told_its_nearest_inside_the_unit(client, entry, tmp_path):
    rows = [["Năm", "Mã", "Mức xếp loại"], [2018, "A.X10", "HTTNV"], [2018, "B.X10", "HTTNV"]]
    page = client.get(sent(client, entry.officer, odd(tmp_path, {"Biểu": rows})))
    near = [[entry.code for entry in fault["near"]] for _, _, fault in page.context["faults"].rows]
    assert near[0] == ["A.X01"]
    assert all(code.startswith("A") for codes in near for code in codes)


def test_queries_do_not_grow_with_names(client, entry, world, tmp_path):
    few = mapped(client, entry.officer, tmp_path, BY_NAME)
    rows = [*BY_NAME, *([place, f"Chi bộ lạ {place}", "HTNV"] for place in range(60))]
    many = mapped(client, entry.officer, tmp_path, rows)
    assert queries(client, f"{few}names/") == queries(client, f"{many}names/")
    assert queries(client, few) == queries(client, many)


def test_only_some_names_are_asked_at_once(client, entry, tmp_path):
    rows = [*BY_NAME[:3], *([place, f"Chi bộ lạ {place}", "HTNV"] for place in range(60))]
    plan = mapped(client, entry.officer, tmp_path, rows)
    page = client.get(f"{plan}names/")
    assert (page.context["count"], len(page.context["rows"])) == (60, 40)
    assert answers(client, plan, *["-"] * 40).url.endswith("/names/")
    assert answers(client, plan, *["-"] * 40).url == plan


def test_one_text_in_two_groups_is_asked_for_each(client, entry, world, tmp_path):
    other = factories.organization(world.alpha.unit, code="A.X02", name="Đảng bộ xã Hai")
    factories.cell(other, code="A.X02.2", name="Chi bộ Alpha 2")
    rows = [*BY_NAME[:3], [1, "CB anfa 2", "HTNV"], ["II", "Đảng bộ xã Hai"], [1, "CB anfa 2", "HTNV"]]
    plan = mapped(client, entry.officer, tmp_path, rows)
    page = client.get(f"{plan}names/")
    assert [row.suggestions[0].code for row in page.context["rows"]] == ["A.X01.2", "A.X02.2"]


def test_group_rows_name_the_cell_and_two_columns_the_sex(client, entry, tmp_path):
    merged = ("A2:A3", "B2:B3", "C2:D2", "E2:E3")
    file = odd(tmp_path, {"DS": MEMBERS_IN_GROUPS}, merged=merged)
    address = page_of_sheet(client, entry.officer, file)
    data = proposal(client, address)
    assert (data["c2"], data["c3"]) == ("sex@m", "sex@f")
    assert client.post(address, data).context["desk"].mapping_form.errors
    plan = client.post(address, data | {"has_groups": "on"}).url
    field = client.get(f"{plan}names/").context["rows"][0]
    assert (field.text, field.above) == ("A Mới Đến", "1991 · A.X01.2 · XÃ ALPHA")
    client.post(f"{plan}names/", {f"n{field.id}": "+"})
    confirm(client, plan)
    old, new = Member.objects.get(code="A1"), Member.objects.get(full_name="A Mới Đến")
    assert (old.sex, old.born_on.year, old.cell.code) == ("f", 1990, "A.X01.1")
    assert (new.sex, new.born_on.year, new.cell.code) == ("m", 1991, "A.X01.2")


def test_the_whole_sheet_is_of_one_cell_and_a_layout_asks_for_the_next(client, entry, tmp_path):
    rows = [["Họ và tên", "Ngày vào Đảng"], ["Y Alpha 1", "1/1/2010"], ["Y Alpha 2", "1/1/2010"]]
    plan = mapped(
        client,
        entry.officer,
        tmp_path,
        rows,
        kind="members",
        c0="code@name",
        c1="admitted_on",
        place="Chi bộ Alpha 2",
    )
    assert open_names(client, plan) == [("Y Alpha 1", 1), ("Y Alpha 2", 1)]
    answers(client, plan, "A1", "A2")
    assert [row.code for row in batch_of(client, plan).rows.order_by("pk")] == ["A1", "A2"]
    confirm(client, plan)
    assert {member.cell.code for member in Member.objects.filter(code__in=["A1", "A2"])} == {"A.X01.2"}
    again = sent(client, entry.officer, odd(tmp_path, {"Biểu": rows}))
    assert "/sheet/0/" in again
    assert client.get(again).context["desk"].mapping_form["place"].value() == ""


@pytest.mark.parametrize("cells", [("x", "x"), (1990, 1991)])
def test_both_sexes_are_an_error(client, entry, tmp_path, cells):
    rows = [*MEMBERS_IN_GROUPS[:4], [1, "Y Alpha 1", *cells, "1/1/2010"]]
    merged = ("A2:A3", "B2:B3", "C2:D2", "E2:E3")
    address = page_of_sheet(client, entry.officer, odd(tmp_path, {"DS": rows}, merged=merged))
    plan = client.post(address, proposal(client, address) | {"has_groups": "on"}).url
    assert [fault["code"] for _, _, fault in batch_of(client, plan).faults] == ["bad_choice"]


def test_a_year_that_found_a_member_does_not_replace_the_day(client, entry, world, tmp_path):
    factories.member(world.alpha.cells[0], code="K1", full_name="A Rõ", born_on=date(1970, 5, 1))
    rows = [
        ["TT", "Họ và tên đảng viên", "Năm sinh", "Ngày vào Đảng", "Sinh hoạt tại chi bộ"],
        [1, "A Rõ", 1970, "1/1/2010", "Chi bộ Alpha 1"],
    ]
    plan = mapped(client, entry.officer, tmp_path, rows)
    assert [(row.code, row.status) for row in batch_of(client, plan).rows] == [("K1", "unchanged")]
