import re
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from members.models import Member
from resolution03.lib.paging import numbered, page_of
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


def told(page, address="/x/?q=a%26b"):
    shown = render_to_string("_pager.html", {"page": page}, RequestFactory().get(address))
    return re.search(r"<span>(.*?)</span>", shown)[1], re.findall(r'href="(.*?)"', shown)


def test_both_kinds_of_pages_are_shown_alike(cell):
    for number in range(5):
        factories.member(cell, code=f"M{number}", full_name="Lê Văn Trùng")
    rows = Member.objects.order_by("code")
    second = page_of(rows, {"after": page_of(rows, {}, SORTS, 2).next}, SORTS, 2)
    words, addresses = told(second, "/x/?q=1&after=k")
    assert words == "2 trong 5" and [address.partition("=")[0] for address in addresses] == ["?q"] * 4
    assert addresses[0] == "?q=1" and "before=" in addresses[1] and "after=" in addresses[2]
    assert told(numbered(rows, "2", 2)) == ("3–4 trong 5", ["?q=a%26b&amp;page=1", "?q=a%26b&amp;page=3"])
    ends = numbered(list(rows), 1, 2, name="faults", has_ends=True)
    assert told(ends) == ("2 trong 5", ["?q=a%26b&amp;faults=2", "?q=a%26b&amp;faults=3"])


def test_a_number_that_is_none_gives_the_nearest_page(cell, django_assert_num_queries):
    factories.member(cell, code="M0")
    rows = Member.objects.order_by("code")
    assert [numbered(rows, asked, 2).number for asked in (None, "x", "9", "-1")] == [1, 1, 1, 1]
    with django_assert_num_queries(1):
        page = numbered(rows, None, 2, count=3)
        assert (len(page.rows), page.paginator.count, len(page.links)) == (1, 3, 1)
