"""The superior is never proposed as the row, nor the row as its superior; without a database."""

from itertools import product

import pytest

from assessments.workbooks.kinds.listed import every
from assessments.workbooks.layouts.directory import Entry, Register
from assessments.workbooks.layouts.guessing import guess
from resolution03.lib.text import match_key
from resolution03.lib.workbooks.reading import Sheet
from tests import short
from tests.assessments.odd_sheets import odd, proposal, sent
from tests.assessments.year import opened

pytestmark = pytest.mark.once


ROW_HEADINGS = (
    "Tên tổ chức đảng",
    "Tổ chức đảng",
    "Chi bộ",
    "Tên chi bộ",
    "Chi bộ trực thuộc",
    "Tên tổ chức",
    "CB",
    "Tổ chức đảng được đánh giá, xếp loại",
    "Chi bộ thuộc đảng bộ",
    "Tên chi bộ trực thuộc đảng ủy cơ sở",
    "Đơn vị",
    "Tên đơn vị",
    "Chi, đảng bộ",
    "Chi bộ thôn, làng",
    "Tổ chức đảng trực thuộc",
)
SUPERIOR_HEADINGS = (
    "Thuộc đảng bộ",
    "Đảng bộ",
    "Đảng bộ cơ sở",
    "Đảng ủy cấp trên",
    "Trực thuộc",
    "Tổ chức đảng cấp trên",
    "TCCSĐ",
    "Đơn vị",
    "Thuộc",
    "Cấp trên trực tiếp",
    "Đảng ủy",
    "ĐBCS",
    "Trực thuộc Đảng ủy",
    "Thuộc TCCSĐ",
    "Đảng bộ xã, phường, thị trấn",
    "Xã",
    "Đảng bộ cấp trên trực tiếp",
    "Tên đảng bộ",
    "Thuộc ĐB",
    "Đơn vị trực thuộc",
    "Tổ chức cơ sở đảng",
    "Nơi trực thuộc",
    "ĐU cơ sở",
    "Tên đơn vị",
    "Cấp ủy cấp trên",
    "Huyện ủy, đảng ủy cấp trên",
)
CELLS = ("Chi bộ làng Một", "Chi bộ làng Hai", "Chi bộ thôn 2", "Chi bộ thôn 2")
COMMITTEES = ("Đảng bộ xã Đắk Na", "Đảng bộ xã Măng Ri", "Đảng bộ xã Đắk Sao", "Đảng bộ xã Đắk Hà")
ORDERS = ("trul", "turl", "ulr", "tlru")
TREE = Register(
    [
        *(Entry(f"X{place}", name) for place, name in enumerate(COMMITTEES)),
        *(
            Entry(f"X{place}.1", cell, (above,), frozenset({f"X{place}", match_key(above)}))
            for place, (cell, above) in enumerate(zip(CELLS, COMMITTEES, strict=True))
        ),
    ]
)
SPELLINGS = {
    "as they are": lambda name: name,
    "short": lambda name: name.replace("Chi bộ", "CB").replace("Đảng bộ", "ĐB"),
    "by the committee": lambda name: name.replace("Đảng bộ", "Đảng ủy"),
    "of the place": lambda name: name.replace("Chi bộ ", "").replace("Đảng bộ ", ""),
    "bare": lambda name: name.replace("Chi bộ ", "").replace("Đảng bộ xã ", ""),
}
FIXED = tuple(kind.name for kind in every() if not kind.common)
PAIR = ("code@name", "above@name")


def roles(order, heads, columns, kinds=FIXED, tree=None):
    """The roles of the columns of a sheet by their letters in `order` (t a number, l a level)."""
    heads = {"t": "TT", "l": "Mức xếp loại"} | heads
    count = len(next(iter(columns.values())))
    columns = {"t": range(1, count + 1), "l": ["Hoàn thành tốt nhiệm vụ"] * count} | columns
    rows = [["KẾT QUẢ NĂM 2025"], [], [heads[letter] for letter in order]]
    rows += [[columns[letter][place] for letter in order] for place in range(count)]
    found = guess(Sheet("S", rows=list(enumerate(rows, 1)), merged=[], fonts=[]), kinds, tree=tree)
    given = {letter: found.mapping.columns.get(order.index(letter)) for letter in order}
    return found.mapping.kind, given, sorted(order[place] for place in found.unclear)


KINDS = ("organizations", "organization_ratings", "member_ratings")


def pairs(cells, committees, tree, rows=ROW_HEADINGS, uppers=SUPERIOR_HEADINGS):
    """(what was read, roles of row and superior, what is unclear) of all pairs of headings, the
    columns in turn in another order."""
    for place, (row, upper) in enumerate(product(rows, uppers)):
        if row != upper:
            heads, columns, order = {"r": row, "u": upper}, {"r": cells, "u": committees}, ORDERS[place % 4]
            kind, given, unclear = roles(order, heads, columns, KINDS, tree)
            yield (row, upper, order, kind), (given["r"], given["u"]), unclear


@pytest.mark.once
def test_the_row_and_its_superior_are_told_apart_in_any_words_and_order():
    for name, spell in short.some(list(SPELLINGS.items())):
        for tree in (None, TREE) if name == "bare" else (None,):
            cells, committees = list(map(spell, CELLS)), list(map(spell, COMMITTEES))
            for what, found, unclear in pairs(cells, committees, tree):
                if name == "bare" and tree is None:
                    assert found in (PAIR, ("code@name", None), (None, None)), (name, what, found)
                    assert unclear or found[0], what
                else:
                    assert (found, what[-1]) == (PAIR, "organization_ratings"), (name, tree is None, what)


@pytest.mark.once
def test_committees_under_districts_are_told_apart():
    districts = ["Huyện ủy Đắk Hà", "Huyện ủy Đắk Hà", "Đảng bộ huyện Ia H'Drai", "Thành ủy Kon Tum"]
    rows = ("Tên tổ chức đảng", "Tổ chức cơ sở đảng", "TCCSĐ", "Đảng bộ cơ sở", "Tên đơn vị", "Đảng bộ")
    uppers = ("Thuộc", "Đảng bộ cấp trên trực tiếp", "Huyện, thành phố", "Đảng bộ huyện", "Thuộc đảng bộ")
    for what, found, _unclear in pairs(list(COMMITTEES), districts, None, rows, uppers):
        assert found == PAIR, what


@pytest.mark.once
def test_where_headings_and_values_contradict_each_other_nothing_is_proposed():
    for upper, order in product(("Thuộc đảng bộ", "Đảng ủy cấp trên", "Đảng bộ cơ sở", "Trực thuộc"), ORDERS):
        for row in ("Tên tổ chức đảng", "Tên chi bộ"):
            heads, columns = {"r": row, "u": upper}, {"r": COMMITTEES, "u": CELLS}
            _kind, given, unclear = roles(order, heads, columns, ("organization_ratings",), TREE)
            assert (given["r"], given["u"], unclear) == (None, None, ["r", "u"]), (row, upper, order)


@pytest.mark.once
def test_a_superior_alone_is_never_the_row():
    for upper in ("Thuộc đảng bộ", "Trực thuộc", "Đảng ủy cấp trên", "Cấp trên trực tiếp", "Huyện ủy"):
        heads, columns = {"u": upper}, {"u": COMMITTEES}
        _kind, given, _unclear = roles("tul", heads, columns, ("organization_ratings",), TREE)
        assert given["u"] == "above@name", upper


@pytest.mark.once
def test_the_code_of_a_superior_is_never_the_row_s():
    own, upper = [f"X{place}.1" for place in range(4)], [f"X{place}" for place in range(4)]
    columns = {"o": own, "p": upper, "r": CELLS, "u": COMMITTEES}
    for heads, order, wanted in (
        ({"p": "Mã đảng bộ", "u": "Đảng bộ", "o": "Mã chi bộ", "r": "Tên chi bộ"}, "tpuorl", (None, "code")),
        ({"o": "Mã chi bộ", "r": "Chi bộ", "p": "Mã TCCSĐ", "u": "TCCSĐ"}, "torpul", (None, "code")),
        ({"p": "Mã đảng bộ", "r": "Tên chi bộ"}, "tprl", ("above@name", "")),
        ({"p": "Mã cấp trên", "r": "Tên tổ chức đảng"}, "trpl", ("above@name", "")),
        ({"p": "Mã đơn vị", "r": "Tên chi bộ"}, "tprl", ("above@name", "")),
        ({"p": "Mã", "r": "Tên tổ chức đảng"}, "tprl", ("above@name", "")),
        ({"p": "Mã số", "r": "Tên tổ chức đảng"}, "trpl", ("above@name", "")),
        ({"o": "Mã", "r": "Tên tổ chức đảng"}, "torl", ("", "code")),
        ({"p": "Mã", "u": "Tên tổ chức đảng"}, "tpul", ("code", "")),
        ({"p": "Mã đảng bộ", "u": "Tên đảng bộ"}, "tpul", ("code", "")),
        ({"p": "Mã đơn vị", "u": "Tên đơn vị"}, "tupl", ("code", "")),
        ({"o": "Mã số", "r": "Tên tổ chức đảng", "u": "Thuộc"}, "torul", ("", "code")),
    ):
        _kind, given, _unclear = roles(order, heads, columns, KINDS, TREE)
        assert (given.get("p", ""), given.get("o", "")) == wanted, heads


@pytest.mark.once
def test_of_persons_the_cell_and_the_committee_are_told_apart():
    people = ["A Thử", "Y Thử", "A Mẫu", "Y Mẫu"]
    for cell, upper in (
        ("Chi bộ", "Đảng bộ"),
        ("Sinh hoạt tại chi bộ", "Thuộc đảng bộ"),
        ("Đơn vị", "TCCSĐ"),
        ("CB", "ĐB"),
        ("Tổ chức đảng sinh hoạt", "Trực thuộc"),
        ("Thuộc chi bộ", "Thuộc đảng bộ"),
        ("Chi bộ", "Đơn vị"),
        ("Nơi sinh hoạt", "Xã"),
        ("Tổ chức đảng", "Đảng ủy cấp trên"),
    ):
        heads = {"p": "Họ và tên", "b": "Năm sinh", "c": cell, "u": upper, "a": "Ngày vào Đảng"}
        columns = {"p": people, "b": [1970] * 4, "c": CELLS, "u": COMMITTEES, "a": ["1/1/2000"] * 4}
        for order in ("tpbcul", "lucbp", "tupcbl"):
            kind, given, _unclear = roles(order, heads, columns, tree=TREE)
            assert (kind, given["p"], given["b"], given["c"], given["u"]) == (
                "member_ratings",
                "code@name",
                "born_on",
                "above@name",
                "higher@name",
            ), (cell, upper, order)
        kind, given, _unclear = roles("tpbcua", heads, columns)
        assert (kind, given["c"], given["u"]) == ("members", "cell@name", "above@name"), (cell, upper)
    for cell in ("Chi bộ", "Đơn vị", "Tổ chức đảng", "Đảng bộ", "Thuộc chi bộ"):
        kind, given, _unclear = roles("tpbua", heads | {"u": cell}, columns)
        assert given["u"] not in ("cell@name", "village@name"), (cell, given)


@pytest.mark.once
def test_villages_and_communes_are_told_apart():
    villages, people = ["Thôn 1", "Làng Hai", "Tổ dân phố 3", "Thôn 1"], ["A Thử"] * 4
    for village, commune in (
        ("Thôn", "Xã"),
        ("Tên thôn, làng", "Xã, phường, thị trấn"),
        ("Thôn, tổ dân phố", "Thuộc xã"),
        ("Thôn (làng)", "Đảng bộ xã"),
        ("Địa bàn", "Đảng ủy"),
        ("Thôn", "Đơn vị"),
        ("Khu dân cư", "Trực thuộc"),
        ("Tên thôn thuộc xã", "Đảng bộ"),
    ):
        heads = {"p": "Họ và tên thôn trưởng", "v": village, "u": commune, "s": "Từ ngày", "m": "Đảng viên"}
        columns = {
            "p": people,
            "v": villages,
            "u": COMMITTEES,
            "s": ["1/1/2020"] * 4,
            "m": ["x"] * 4,
        }
        for order in ("tpuvms", "tpvums"):
            kind, given, _unclear = roles(order, heads, columns)
            assert (kind, given["v"], given["u"]) == ("village_heads", "village@name", "above@name"), village
        _kind, given, _unclear = roles("tuvs", heads, columns, ("villages",))
        assert (given["v"], given["u"]) == ("code@name", "committee@name"), (village, commune)


@pytest.mark.once
def test_a_column_of_levels_is_no_place_and_the_decided_level_is_the_last():
    people, levels = ["A Thử", "Y Thử", "A Mẫu", "Y Mẫu"], ["HTTNV", "HTNV", "HTTNV", "HTXSNV"]
    heads = {
        "p": "Họ và tên đảng viên",
        "s": "Đảng viên tự đánh giá, xếp loại",
        "m": "Chi ủy đánh giá, xếp loại",
        "d": "Chi bộ đánh giá, xếp loại",
        "o": "Xếp loại năm 2024",
    }
    columns = {"p": people, **dict.fromkeys("smdo", levels)}
    _kind, given, _unclear = roles("tpsmdo", heads, columns)
    assert [given[letter] for letter in "psmdo"] == ["code@name", "self_rated", None, "decided", None]


def test_where_it_is_not_clear_the_page_asks(client, world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    entry = opened(world)
    rows = [
        ["NĂM 2018"],
        ["TT", "Đơn vị", "Đảng bộ", "Mức xếp loại"],
        [1, "Sở Một", "Khối A", "HTTNV"],
        [2, "Sở Hai", "Khối B", "HTTNV"],
    ]
    address = sent(client, entry.officer, odd(tmp_path, {"XL": rows}))
    page = client.get(address)
    desk = page.context["desk"]
    assert desk.unclear == ["Đơn vị", "Đảng bộ"]
    assert desk.start.columns == {3: "decided"}
    assert "Chưa rõ" in page.content.decode()
    answer = client.post(address, proposal(client, address))
    assert answer.status_code == 200 and answer.context["desk"].mapping_form.errors
    chosen = proposal(client, address, c1="code@name", c2="above@name")
    assert client.post(address, chosen).status_code == 302
