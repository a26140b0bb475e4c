"""The tree and dated rows, at their edges."""

from datetime import date

from orgs import rules

FIRST, LAST = date(2018, 1, 1), date(2018, 1, 2)


def test_a_life_may_be_one_day_long():
    assert rules.in_order(FIRST, FIRST) and rules.in_order(FIRST, LAST)
    assert not rules.in_order(LAST, FIRST)
    assert rules.in_order(None, FIRST) and rules.in_order(FIRST, None)


def test_a_change_on_the_day_of_the_last_one_replaces_it():
    assert rules.follows(FIRST, None) and rules.follows(FIRST, FIRST) and rules.follows(LAST, FIRST)
    assert not rules.follows(FIRST, LAST)


def test_a_path_tells_the_chain_and_the_unit():
    assert rules.chain_of("/1/2/20/") == [1, 2, 20]
    assert [rules.unit_of(path) for path in ("/", "/1/", "/1/2/", "/1/2/20/")] == [None, None, 2, 2]


def test_each_role_has_its_depth():
    roles = ("clerk", "officer", "board", "viewer", "administrator")
    assert [rules.posting_depth(role) for role in roles] == [3, 2, 1, 1, 1]


def test_the_name_of_an_account_is_short_and_plain():
    for name in ("a", "canbo.tm", "x" * 60, "a.b-c_d1"):
        assert rules.is_account_name(name) is True, name
    for name in ("", "Canbo", "can bo", "canbộ", "x" * 61, "a/b", "a@b", "a\n", "a\x00"):
        assert rules.is_account_name(name) is False, name
