from datetime import date

import pytest

from members.models import Member
from resolution03.lib.paging import page_of
from tests import factories

SORTS = {"name": "sort_key", "admitted": "admitted_on"}


@pytest.fixture
def cell(db):
    return factories.cell(factories.province())


def walk(queryset, way, size, asked=(), **how):
    """All pages from one end to the other, each as a list of codes."""
    pages, asked = [], dict(asked)
    while True:
        page = page_of(queryset, asked, SORTS, size, **how)
        pages.append([row["code"] if "columns" in how else row.code for row in page.rows])
        key = getattr(page, way)
        if key is None:
            return pages
        asked = {name: value for name, value in asked.items() if name == "sort"}
        asked["after" if way == "next" else "before"] = key


def test_every_row_is_met_once_in_both_directions(cell):
    for number in range(7):
        factories.member(cell, code=f"M{number}", full_name="Lê Văn Trùng")
    forward = walk(Member.objects.all(), "next", 3)
    assert forward == [["M0", "M1", "M2"], ["M3", "M4", "M5"], ["M6"]]
    backward = walk(Member.objects.all(), "previous", 3, {"last": "1"})
    assert [code for page in reversed(backward) for code in page] == [f"M{n}" for n in range(7)]


def test_the_order_can_be_turned(cell):
    for year in (2001, 2003, 2002):
        factories.member(cell, code=f"M{year}", admitted_on=date(year, 1, 1))
    pages = walk(Member.objects.all(), "next", 2, {"sort": "-admitted"})
    assert pages == [["M2003", "M2002"], ["M2001"]]


@pytest.mark.parametrize("few", [0, 9])
def test_rows_can_be_plain_values_and_few_of_a_large_table(cell, monkeypatch, few):
    monkeypatch.setattr("resolution03.lib.paging.FEW", few)
    for number in range(5):
        factories.member(cell, code=f"M{number}", full_name="Lê Văn Trùng")
    rows = Member.objects.exclude(code="M2")
    pages = walk(rows, "next", 2, columns=["pk", "code", "sort_key"], is_large=True)
    assert pages == [["M0", "M1"], ["M3", "M4"]]


def test_a_known_count_is_not_counted(cell, django_assert_num_queries):
    factories.member(cell)
    with django_assert_num_queries(1):
        assert page_of(Member.objects.all(), {}, SORTS, count=7).count == 7


@pytest.mark.parametrize(
    "asked", [{"sort": "cell__name"}, {"after": "nonsense"}, {"after": "x|y"}, {"sort": "-"}]
)
def test_what_is_not_understood_gives_the_first_page(cell, asked):
    factories.member(cell, code="M1")
    page = page_of(Member.objects.all(), asked, SORTS)
    assert ([row.code for row in page.rows], page.sort, page.is_first) == (["M1"], "name", True)


def test_counting_stops(cell, monkeypatch):
    monkeypatch.setattr("resolution03.lib.paging.COUNTED", 2)
    for number in range(4):
        factories.member(cell, code=f"M{number}")
    page = page_of(Member.objects.all(), {}, SORTS)
    assert (page.count, page.is_more) == (2, True)


def test_an_empty_list_has_no_neighbours(db):
    page = page_of(Member.objects.all(), {}, SORTS)
    assert (page.rows, page.count) == ([], 0)
    assert (page.first, page.previous, page.next, page.last) == (None,) * 4
