"""The tree and dated rows, at their edges."""

from datetime import date

import pytest

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


def test_the_level_follows_but_of_a_child_of_the_province():
    assert rules.level_under(None) == rules.level_under(None, "grassroots") == "province"
    assert [rules.level_under("province", own) for own in ("", "unit", "grassroots")] == [
        "unit", "unit", "grassroots",
    ]  # fmt: skip
    below = [rules.level_under(above, "unit") for above in ("unit", "grassroots", "affiliated")]
    assert below == ["grassroots", "affiliated", "affiliated"]


UNIT, GRASSROOTS, AFFILIATED = ["province", "unit"], ["province", "grassroots"], "affiliated"
PLACES = {
    "province": (["province"], False),
    "unit": (UNIT, False),
    "commune of a unit": ([*UNIT, "grassroots"], False),
    "cell that is grassroots": ([*UNIT, "grassroots"], True),
    "cell of a commune": ([*UNIT, "grassroots", AFFILIATED], True),
    "unit that is grassroots": (GRASSROOTS, False),
    "section of such a unit": ([*GRASSROOTS, AFFILIATED], False),
    "cell of such a unit": ([*GRASSROOTS, AFFILIATED], True),
    "cell of its section": ([*GRASSROOTS, AFFILIATED, AFFILIATED], True),
}


@pytest.mark.parametrize(
    ("role", "fits"),
    [
        ("administrator", {"province"}),
        ("board", {"province"}),
        ("viewer", {"province"}),
        ("officer", {"unit", "unit that is grassroots"}),
        (
            "clerk",
            {"commune of a unit", "cell that is grassroots", "cell of such a unit", "cell of its section"},
        ),
    ],
)
def test_a_role_stands_where_it_belongs(role, fits):
    found = {
        name for name, (levels, is_cell) in PLACES.items() if rules.may_stand(role, levels, is_cell=is_cell)
    }
    assert found == fits


def test_the_name_of_an_account_is_short_and_plain():
    for name in ("a", "canbo.tm", "x" * 60, "a.b-c_d1"):
        assert rules.is_account_name(name) is True, name
    for name in ("", "Canbo", "can bo", "canbộ", "x" * 61, "a/b", "a@b", "a\n", "a\x00"):
        assert rules.is_account_name(name) is False, name
