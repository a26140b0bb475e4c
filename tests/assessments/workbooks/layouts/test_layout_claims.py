"""Who or what is meant has to agree with all that a sheet says of it, however few bear the name."""

from dataclasses import replace
from datetime import date

import pytest
from openpyxl.utils import range_boundaries

from assessments.roster.models.lines import MemberLine
from assessments.workbooks.kinds.listed import every
from assessments.workbooks.layouts.directory import Directory
from assessments.workbooks.layouts.guessing import guess
from assessments.workbooks.layouts.naming import resolve_names
from assessments.workbooks.layouts.reading import read_mapped
from assessments.workbooks.layouts.spelling import chain, group_name, spelled
from members.models import Member
from resolution03.lib.workbooks.reading import Sheet
from tests import factories
from tests.assessments.odd_sheets import odd, page_of_sheet, proposal
from tests.assessments.year import opened

TITLE = ["XẾP LOẠI ĐẢNG VIÊN NĂM 2018"]
NAMES = sorted(kind.name for kind in every())
HEAD = ["TT", "Họ và tên đảng viên", "Năm sinh", "Xếp loại"]
PYA = [1, "A Pyă", None, "HTTNV"]


@pytest.fixture
def entry(world, settings, tmp_path):
    """A Pyă, born 4/5/1967, is the only one of the name, in the second commune; two A Lơi are in
    one cell of the first."""
    settings.VAR_DIR = tmp_path
    two = factories.organization(world.alpha.unit, code="A.X02", name="Đảng bộ xã Đắk Hai")
    factories.cell(world.alpha.commune, code="A.X01.3", name="Chi bộ thôn 1")
    cell = factories.cell(two, code="A.X02.1", name="Chi bộ thôn 1")
    factories.member(cell, code="K1", full_name="A Pyă", born_on=date(1967, 5, 4))
    for code, born in (("H1", date(1975, 9, 4)), ("H2", date(1988, 1, 16))):
        factories.member(world.alpha.cells[0], code=code, full_name="A Lơi", born_on=born)
    for parent, code in ((world.alpha.unit, "A.C01"), (two, "A.X02.9")):
        factories.cell(parent, code=code, name="Chi bộ Thanh tra")
    factories.village(two, cell, code="T.A.2", name="Làng Hai")
    return opened(world)


def planned(client, user, folder, rows, merged=(), **changes):
    """The address of the plan of a sheet whose proposed columns are used, but for `changes`."""
    address = page_of_sheet(client, user, odd(folder, {"XL": rows}, merged=merged))
    answer = client.post(address, proposal(client, address, remember="", **changes))
    assert answer.status_code == 302, answer.context["desk"].mapping_form.errors
    return answer.url


def named(rows, merged=(), kind="", year=2018, name="XL"):
    """As `told`, of a sheet that is read and resolved as proposed, without the pages."""
    spans = [range_boundaries(place) for place in merged]
    merged = [(top, left, bottom, right) for left, top, right, bottom in spans]
    sheet = Sheet(name, rows=list(enumerate(rows, 1)), merged=merged, fonts=[])
    mapping = guess(sheet, NAMES, kind, tree=Directory("A").organizations).mapping
    table = read_mapped(sheet, replace(mapping, year=mapping.needs_year and year or None))
    resolve_names([table], "A")
    names = [name["text"] for name in table.note.get("names", ())]
    return names, [row.given(table.kind.code_key) for row in table.rows if not row.fault]


def batch_of(client, plan):
    return client.get(plan).context["batch"]


def told(client, plan):
    """What is asked, and the codes of the rows that would be stored or are so already."""
    batch = batch_of(client, plan)
    names = [name["text"] for sheet in batch.sheets for name in sheet["note"].get("names", ())]
    return names, [row.code for row in batch.rows.order_by("pk") if row.status != "skipped"]


def with_column(heading, text, *, born=None):
    row = [1, "A Pyă", born, text, "HTTNV"]
    return [TITLE, ["TT", "Họ và tên", "Ngày sinh", heading, "Xếp loại"], row]


def in_group(*groups, born=None):
    return [TITLE, HEAD, *groups, [1, "A Pyă", born, "HTTNV"]]


BORN_SPLIT = ["TT", "Họ và tên", "Ngày sinh", None, None, "Xếp loại"]
BORN_PARTS = [None, None, "Ngày", "Tháng", "Năm", None]
BORN_SEXES = [None, None, "Nam", "Nữ", None, None]
SPLIT = ("A2:A3", "B2:B3", "C2:E2", "F2:F3")

SOMEBODY_ELSE = {
    "the group row is another cell's": in_group(["I", "Chi bộ Alpha 1"]),
    "the group row is written short": in_group(["I. CB Alpha 1 (23 đảng viên):"]),
    "the group row is in capitals": in_group([None, "CHI BỘ ALPHA 1"]),
    "the group row counts its members": in_group(["I", "Chi bộ Alpha 1", None, 23]),
    "the group row names the place of a cell": in_group(["1", "Alpha 1"]),
    "a bracket names another commune": in_group(["I", "Chi bộ thôn 1 (xã Alpha)"]),
    "a bracket says to what it belongs": in_group(["Chi bộ: thôn 1 (thuộc Đảng bộ xã Alpha)"]),
    "the title ends with the district": [["ĐẢNG VIÊN ĐẢNG BỘ XÃ ALPHA, HUYỆN BÊTA NĂM 2018"], HEAD, PYA],
    "the group row ends with the district": in_group(["Chi bộ Alpha 1 - xã Alpha - huyện Alpha"]),
    "the title goes on": [["ĐẢNG VIÊN ĐẢNG BỘ XÃ ALPHA - QUÝ IV/2018"], HEAD, PYA],
    "the group row holds values": in_group(["1", "Chi bộ Alpha 1", "12 ĐV", "x"]),
    "a bullet before the group's name": in_group(["- Chi bộ Alpha 1"]),
    "a label before the group's name": in_group(["+ Đơn vị: CB Alpha 1"]),
    "words before the group's name": in_group([None, "Danh sách đảng viên Chi bộ Alpha 1 (3 đ/c)"]),
    "the title names the place of another commune": [["ĐẢNG VIÊN XÃ ALPHA NĂM 2018"], HEAD, PYA],
    "the commune behind a comma": in_group(["I", "Chi bộ thôn 1, xã Alpha (9 đảng viên)"]),
    "the group row names another commune": in_group(["A", "Đảng ủy xã Alpha"]),
    "a group within a group": in_group(["I", "Đảng bộ xã Alpha"], [1, "Chi bộ thôn 1"]),
    "a group below the cell's": in_group(["I", "Chi bộ Alpha 1"], ["a", "Đảng viên chính thức"]),
    "a total between group and row": in_group(["I", "Chi bộ Alpha 1"], [None, "Cộng", None, 3]),
    "the column of cells": with_column("Chi bộ", "Chi bộ Alpha 2"),
    "the column of cells, short": with_column("Sinh hoạt tại CB", "CB Alpha 2"),
    "the column of committees": with_column("Đảng bộ", "ĐB xã Alpha"),
    "a column of both": with_column("Nơi sinh hoạt", "Chi bộ thôn 1, Đảng bộ xã Alpha"),
    "a column of both, the committee first": with_column("Tổ chức đảng", "ĐB xã Alpha - Chi bộ thôn 1"),
    "the title names another cell": [["ĐẢNG BỘ XÃ ALPHA"], ["CHI BỘ ALPHA 1"], HEAD, PYA],
    "the title ends with another cell": [["DANH SÁCH CHI BỘ ALPHA 2 NĂM 2018"], HEAD, PYA],
    "the year of birth": in_group(["I", "Chi bộ thôn 1"], born=1950),
    "the day of birth": in_group(["I", "Chi bộ thôn 1"], born="05/05/1967"),
    "a real date of birth": in_group(born=date(1967, 4, 5)),
}
THE_ONE = {
    "no word of a place": in_group(),
    "the group row is the cell's": in_group(["I", "Chi bộ thôn 1"], born=1967),
    "the group row in the commune's": in_group(["I", "ĐB xã Đắk Hai"], [1, "CB thôn 1 (9 đ/c)"]),
    "a bullet before the cell's name": in_group(["* Chi bộ thôn 1:"]),
    "a group of many cells": in_group(["I", "Các chi bộ trực thuộc đảng bộ"]),
    "the title names the place of the commune": [["ĐẢNG VIÊN XÃ ĐẮK HAI"], HEAD, PYA],
    "a bracket names its commune": in_group(["I", "Chi bộ thôn 1 (Đắk Hai)"]),
    "a bracket is a remark": in_group(["I", "Chi bộ thôn 1 (tiếp theo)"]),
    "the commune behind a dash": in_group(["I", "Chi bộ thôn 1 - xã Đắk Hai"]),
    "a group that is no organization": in_group(["I", "Khối nông thôn"], born="4/5/1967"),
    "groups of persons within": in_group(["I", "CB thôn 1"], [None, "Đảng viên dự bị"], born="5/1967"),
    "the next group": in_group(["I", "Chi bộ Alpha 1"], ["II", "Đảng bộ xã Đắk Hai"]),
    "the next group without numerals": in_group(["Chi bộ Alpha 1"], ["Chi bộ thôn 1"]),
    "the column of cells": with_column("Chi bộ", "Chi bộ thôn 1", born="4.5.1967"),
    "a column of both": with_column("Nơi sinh hoạt", "CB thôn 1 thuộc ĐB xã Đắk Hai"),
    "the title": [["ĐẢNG BỘ XÃ ĐẮK HAI"], HEAD, PYA],
    "the title is the unit": [["HUYỆN ỦY ALPHA"], ["BAN TỔ CHỨC"], HEAD, PYA],
}


def test_one_of_the_name_is_not_taken_where_the_sheet_says_otherwise(entry):
    for why, rows in SOMEBODY_ELSE.items():
        assert named(rows) == (["A Pyă"], []), why


def test_who_bears_the_name_is_shown_and_not_chosen(client, entry, tmp_path):
    rows = SOMEBODY_ELSE["the group row is another cell's"]
    plan = planned(client, entry.officer, tmp_path, [*rows, [2, "A Mới", 1990, "HTNV"]])
    assert told(client, plan) == (["A Pyă", "A Mới"], [])
    page = client.get(f"{plan}names/")
    words = page.content.decode()
    assert [entry.code for entry in page.context["rows"][0].suggestions][:1] == ["K1"]
    assert "checked" not in words and "04/05/1967" in words and "Đảng bộ xã Đắk Hai" in words
    client.post(f"{plan}apply/", {"plan": batch_of(client, plan).first.plan_hash})
    assert not MemberLine.objects.filter(decided__isnull=False).exists()


def test_one_of_the_name_is_taken_where_all_agrees(entry):
    for why, rows in THE_ONE.items():
        assert named(rows) == ([], ["K1"]), why


def test_a_list_of_persons_with_the_code_of_their_cell_rates_no_cell(entry):
    rows = [TITLE, ["TT", "Họ tên", "Mã chi bộ", "Xếp loại"], [1, "A Pyă", "A.X02.1", "HTNV"]]
    assert named(rows) == ([], ["K1"])
    assert named([*rows[:2], [1, "A Pyă", "A.X01.3", "HTNV"]]) == (["A Pyă"], [])


def test_a_birth_under_a_sex_is_checked_though_nothing_is_merged(entry):
    over_two = [TITLE, ["TT", "Họ và tên", "Năm sinh", None, "Xếp loại"], [None, None, "Nam", "Nữ", None]]
    in_one = [TITLE, ["TT", "Họ và tên", "Năm sinh nam", "Năm sinh nữ", "Xếp loại"]]
    for head in (over_two, in_one):
        assert named([*head, [1, "A Pyă", 1967, None, "HTNV"]]) == ([], ["K1"]), head
        assert named([*head, [1, "A Pyă", None, 1950, "HTNV"]]) == (["A Pyă"], []), head


def test_the_name_of_the_sheet_counts_where_nothing_nearer_does(entry):
    rows = [TITLE, HEAD, PYA]
    for name, wanted in (
        ("Chi bộ Alpha 1", (["A Pyă"], [])),
        ("Xã Alpha", (["A Pyă"], [])),
        ("Sheet1", ([], ["K1"])),
        ("xã Đắk Hai", ([], ["K1"])),
        ("Đảng viên", ([], ["K1"])),
    ):
        assert named(rows, name=name) == wanted, name
    assert named(in_group(["I", "Chi bộ thôn 1"]), name="Xã Đắk Hai") == ([], ["K1"])


def test_the_place_of_a_row_may_be_told_by_its_code(entry):
    """Two cells of one name: the column of codes says in which commune each of them lies."""
    rows = [TITLE, ["TT", "Mã", "Tên tổ chức đảng", "Xếp loại"]]
    rows += [[1, "A.X02", "Chi bộ thôn 1", "HTNV"], [2, "a.x01 ", "Chi bộ thôn 1", "HTNV"]]
    assert named(rows) == ([], ["A.X02.1", "A.X01.3"])


def test_another_name_beside_a_code_is_noticed_under_any_heading(client, entry, tmp_path):
    head = ["Số hiệu", "Mã ĐV", "Họ tên đảng viên", "Kết quả xếp loại"]
    rows = [TITLE, head, [1, "K1", "Nguyễn Văn Khác", "HTNV"], [2, "H1", "A LƠI", "HTNV"]]
    plan = planned(client, entry.officer, tmp_path, rows)
    warned = [fault for sheet in batch_of(client, plan).sheets for fault in sheet["warnings"]]
    assert [(fault["row"], fault["code"]) for fault in warned] == [(3, "name_differs")]


def test_a_birth_in_parts_or_under_the_sexes_is_checked(entry):
    for lower, cells, is_asked in (
        (BORN_PARTS, (4, 5, 1967), False),
        (BORN_PARTS, ("04", "05", "1967"), False),
        (BORN_PARTS, (None, 5, 1967), False),
        (BORN_PARTS, (None, None, 1966), True),
        (BORN_PARTS, (5, 4, 1967), True),
        (BORN_SEXES, (1967, None, None), False),
        (BORN_SEXES, (None, "4/5/1967", None), False),
        (BORN_SEXES, (1968, None, None), True),
    ):
        rows = [TITLE, BORN_SPLIT, lower, [1, "A Pyă", *cells, "HTTNV"]]
        assert named(rows, SPLIT) == ((["A Pyă"], []) if is_asked else ([], ["K1"])), cells


def test_two_of_one_name_in_one_cell_are_told_apart_by_birth(entry):
    heads = ["TT", "Họ và tên đảng viên", "Ngày sinh", "Chi bộ", "Xếp loại"]
    for births in (("04/09/1975", "16/01/1988"), (1975, 1988), (date(1975, 9, 4), "1988")):
        rows = [
            TITLE,
            heads,
            *([place, "A Lơi", born, "Chi bộ Alpha 1", "HTTNV"] for place, born in enumerate(births, 1)),
        ]
        assert named(rows) == ([], ["H1", "H2"]), births


def test_two_of_one_name_without_birth_are_answered_row_by_row(client, entry, tmp_path):
    rows = [TITLE, HEAD, ["I", "Chi bộ Alpha 1"], [1, "A Lơi", None, "HTTNV"], [2, "A Lơi", None, "HTNV"]]
    plan = planned(client, entry.officer, tmp_path, rows)
    asked = client.get(f"{plan}names/").context["rows"]
    assert [(name.text, name.rows, name.above) for name in asked] == [
        ("A Lơi", [4], "Chi bộ Alpha 1"),
        ("A Lơi", [5], "Chi bộ Alpha 1"),
    ]
    client.post(f"{plan}names/", {f"n{asked[0].id}": "H2", f"n{asked[1].id}": "H1"})
    assert told(client, plan) == ([], ["H2", "H1"])
    client.post(f"{plan}apply/", {"plan": batch_of(client, plan).first.plan_hash})
    lines = MemberLine.objects.filter(member__code__in=["H1", "H2"]).order_by("member__code")
    assert [line.decided.code for line in lines] == ["HTNV", "HTTNV"]


def test_one_name_twice_in_a_list_of_ratings_is_answered_row_by_row(client, entry, tmp_path):
    rows = [TITLE, ["TT", "Tên tổ chức đảng", "Xếp loại"]]
    rows += [[1, "Chi bộ thôn 1", "HTNV"], [2, "Chi bộ  thôn 1", "HTTNV"]]
    plan = planned(client, entry.officer, tmp_path, rows)
    asked = client.get(f"{plan}names/").context["rows"]
    assert [name.rows for name in asked] == [[3], [4]]
    chosen = zip(asked, ("A.X02.1", "A.X01.3"), strict=True)
    client.post(f"{plan}names/", {f"n{name.id}": code for name, code in chosen})
    assert told(client, plan) == ([], ["A.X02.1", "A.X01.3"])


def test_a_place_that_is_not_known_is_asked_once_before_its_rows(client, entry, tmp_path):
    rows = in_group(["I", "Chi bộ thôn Mộtt"])
    plan = planned(client, entry.officer, tmp_path, [*rows, [2, "A Lơi", 1975, "HTTNV"]])
    assert told(client, plan) == (["Chi bộ thôn Mộtt"], [])
    for answer, wanted in (("A.X02.1", (["A Lơi"], ["K1"])), ("*", ([], ["K1", "H1"])), ("-", ([], []))):
        plan = planned(client, entry.officer, tmp_path, [*rows, [2, "A Lơi", 1975, "HTTNV"]])
        [place] = client.get(f"{plan}names/").context["rows"]
        client.post(f"{plan}names/", {f"n{place.id}": answer})
        assert told(client, plan) == wanted, answer


ORGANIZATIONS = {
    "the column of parents": [
        ["TT", "Tên tổ chức đảng", "Thuộc đảng bộ", "Mức xếp loại"],
        [1, "Chi bộ Alpha 2", "Đảng bộ xã Đắk Hai", "HTNV"],
    ],
    "the column of parents, short": [
        ["ĐB cấp trên", "Mức xếp loại", "Chi bộ"],
        ["ĐU xã Đắk Hai", "HTNV", "CB Alpha 2"],
    ],
    "the group row": [
        ["TT", "Tên tổ chức đảng", "Mức xếp loại"],
        ["II", "Đảng bộ xã Đắk Hai"],
        [1, "Chi bộ Alpha 2", "HTNV"],
    ],
    "the name's own words": [
        ["TT", "Tên tổ chức đảng", "Mức xếp loại"],
        [1, "Chi bộ Alpha 2, Đảng bộ xã Đắk Hai", "HTNV"],
    ],
}


def test_an_organization_lies_where_the_sheet_says(entry):
    for why, rows in ORGANIZATIONS.items():
        names, codes = named(rows, kind="organization_ratings")
        assert (len(names), codes) == (1, []), why
        right = [[str(cell).replace("xã Đắk Hai", "xã Alpha") for cell in row] for row in rows]
        assert named(right, kind="organization_ratings") == ([], ["A.X01.2"]), why


def test_a_village_lies_where_the_sheet_says(entry):
    heads = ["TT", "Họ và tên thôn trưởng", "Thôn, làng", "Đảng bộ xã", "Từ ngày"]
    for commune, wanted in (("Đảng ủy xã Alpha", (["Làng Hai"], [])), ("ĐB xã Đắk Hai", ([], ["T.A.2"]))):
        assert named([heads, [1, "A Mới", "Làng Hai", commune, "1/1/2017"]]) == wanted
        grouped = [[*heads[:3], "Từ ngày"], ["I", commune], [1, "A Mới", "Làng Hai", "1/1/2017"]]
        assert named(grouped) == wanted


def test_a_rating_is_of_who_stood_in_the_roster_of_its_year(entry, world):
    """Where several agree; a member who moved since is found where they stood."""
    factories.cell(world.alpha.commune, code="A.X01.8", name="Chi bộ Alpha 2")
    factories.member(world.alpha.cells[0], code="K8", full_name="A Pyă")
    assert named([TITLE, HEAD, PYA]) == ([], ["K1"])
    head = ["TT", "Tên tổ chức đảng", "Mức xếp loại"]
    assert named([["NĂM 2018"], head, [1, "Chi bộ Alpha 2", "HTNV"]]) == ([], ["A.X01.2"])
    assert named([[], head, [1, "Chi bộ Alpha 2", "HTNV"]], year=2017) == (["Chi bộ Alpha 2"], [])
    Member.objects.filter(code="K1").update(cell=world.alpha.cells[1])
    assert named(in_group(["I", "Chi bộ thôn 1"], born=1967)) == ([], ["K1"])


def test_under_a_heading_of_grassroots_organizations_they_are_meant(entry):
    row = [1, "CB Thanh tra", "HTNV"]
    for heading, wanted in (("Tên TCCSĐ", ([], ["A.C01"])), ("Tổ chức đảng", (["CB Thanh tra"], []))):
        assert named([["NĂM 2018"], ["TT", heading, "Mức xếp loại"], row]) == wanted, heading


def test_the_cell_of_a_village_lies_in_its_commune(entry):
    row = [1, "Thôn Rất Mới", "ĐB xã Đắk Hai", "CB thôn 1", "1/9/2018"]
    assert named([["TT", "Tên thôn", "Xã", "Chi bộ", "Ngày thành lập"], row], kind="villages")[0] == [
        "Thôn Rất Mới"
    ]


def test_a_member_in_another_cell_is_asked_unless_the_full_birth_is_the_same(entry):
    heads = ["TT", "Họ và tên đảng viên", "Ngày sinh", "Ngày vào Đảng", "Chi bộ"]
    for born, admitted, is_move in (
        ("4/5/1967", "1/1/2010", True),
        ("1967", "1/1/2010", False),
        (None, "1/1/2010", False),
        ("4/5/1967", "1/1/2011", False),
    ):
        rows = [heads, [1, "A Pyă", born, admitted, "Chi bộ Alpha 2"]]
        assert named(rows) == (([], ["K1"]) if is_move else (["A Pyă"], [])), born


@pytest.mark.once
def test_names_are_spelled_as_offices_shorten_them():
    same = (
        (
            "Đảng bộ xã Măng Ri",
            "ĐB xã Măng Ri",
            "Đảng ủy xã Măng Ri",
            "ĐẢNG UỶ XÃ MĂNG RI",
            "Đ.B xã Măng Ri",
            "BCH Đảng bộ xã Măng Ri",
            "ĐBCS xã Măng Ri",
            "ĐU x. Măng Ri",
        ),
        ("Chi bộ tổ dân phố 4", "CB TDP 4", "C.B tổ dân phố 4", "CB. TDP 4", "Chi bộ: tổ dân phố 4"),
        ("Đảng bộ huyện Đắk Hà", "Huyện ủy Đắk Hà", "HU Đắk Hà", "ĐB huyện Đắk Hà"),
        ("Chi bộ Phòng Tài chính - Kế hoạch", "CB Phòng Tài chính – Kế hoạch"),
    )
    for spellings in same:
        assert len(set(map(spelled, spellings))) == 1, spellings
    assert spelled("Đảng bộ xã Đắk Long") != spelled("Đảng bộ xã Đăk Long")
    assert chain("Chi bộ Phòng Tài chính - Kế hoạch") == ("Chi bộ Phòng Tài chính - Kế hoạch",)
    for text in (
        "CB thôn 1, ĐB xã A",
        "ĐB xã A - CB thôn 1",
        "CB thôn 1 (ĐB xã A)",
        "CB thôn 1 thuộc ĐB xã A",
    ):
        assert chain(text) == ("CB thôn 1", "ĐB xã A"), text
    for text in ("I. Chi bộ thôn 1:", "1. Chi bộ thôn 1 (23 đảng viên)", "A/ Chi bộ thôn 1 - 23 đ/c"):
        assert group_name(text) == "Chi bộ thôn 1", text
