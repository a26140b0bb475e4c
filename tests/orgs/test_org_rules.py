from datetime import date

import pytest

from orgs import rules


@pytest.mark.parametrize(("chain", "loops"), [([1, 2], False), ([1, 2, 20], True), ([20], True)])
def test_nothing_stands_below_itself(chain, loops):
    assert rules.closes_loop(20, chain) is loops


def test_only_cells_have_no_children():
    assert not rules.may_have_children("cell")
    assert rules.may_have_children("section")


@pytest.mark.parametrize(("root", "second"), [(None, False), (7, False), (8, True)])
def test_one_root(root, second):
    assert rules.is_second_root(7, root) is second


def test_dissolved_is_the_first_day_no_longer_counted():
    begin, end = date(2017, 1, 1), date(2018, 12, 31)
    assert rules.exists_on(begin, begin, end)
    assert rules.exists_on(date(2018, 12, 30), begin, end)
    assert not rules.exists_on(end, begin, end)
    assert not rules.exists_on(date(2016, 12, 31), begin, end)


@pytest.mark.parametrize(("path", "unit"), [("/1/", None), ("/1/20/", 20), ("/1/2/20/", 2), ("", None)])
def test_unit_of_a_path(path, unit):
    assert rules.unit_of(path) == unit
