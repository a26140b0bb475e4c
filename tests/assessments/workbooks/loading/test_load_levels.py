"""The level of a child of the province in workbooks (INTERFACE, reading 3), and what it lets stand below."""

from datetime import date

import pytest

from orgs.models import Organization
from tests.workbooks import AFFILIATED, GRASSROOTS, ORGANIZATIONS, UNIT


def row(code, parent, level, form="Đảng bộ", founded=None, day=None) -> list:
    return [code, f"Đảng bộ {code}", parent, level, form, None, founded, None, day, None]


def sheet(*rows) -> dict:
    return {"tc": [ORGANIZATIONS, *rows]}


def levels(*codes) -> list[str]:
    found = dict(Organization.objects.values_list("code", "level"))
    return [found[code] for code in codes]


def test_a_grassroots_organization_directly_under_the_province(province):
    new = sheet(
        row("X", "KT", GRASSROOTS), row("X.1", "X", AFFILIATED, "Chi bộ"), row("Y", "KT", None),
        row("Y.1", "Y", None, "Chi bộ"), row("Y.2", "Y", GRASSROOTS, "Chi bộ"),
    )  # fmt: skip
    assert province.counts(new) == {"created": 5}
    assert levels("X", "X.1", "Y", "Y.1", "Y.2") == [
        "grassroots",
        "affiliated",
        "unit",
        "grassroots",
        "grassroots",
    ]
    assert province.counts(new) == {"unchanged": 5}


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([row("X", "KT", AFFILIATED)], 2),
        ([row("X", "KT", "Đảng bộ tỉnh")], 2),
        ([row("X", "KT", GRASSROOTS), row("X.1", "X", GRASSROOTS, "Chi bộ")], 3),
        ([row("X", "KT", UNIT), row("X.1", "X", AFFILIATED, "Chi bộ")], 3),
    ],
)
def test_a_level_that_does_not_follow(province, rows, place):
    assert province.errors(sheet(*rows)) == [(place, "Cấp", "inconsistent")]


def test_a_level_from_a_day_on_and_what_stands_below_on_its_own_day(province):
    assert province.counts(sheet(row("X", "KT", UNIT), row("X.1", "X", GRASSROOTS, "Chi bộ"))) == {
        "created": 2
    }
    changed = row("X", "KT", GRASSROOTS, day="26/7/2026")
    young = row("X.2", "X", AFFILIATED, "Chi bộ", founded="1/8/2026")
    old = row("X.3", "X", GRASSROOTS, "Chi bộ", founded="25/7/2026")
    dated = row("X.1", "X", AFFILIATED, "Chi bộ", day="26/7/2026")
    file = sheet(dated, changed, young, old)
    assert province.counts(file) == {"unchanged": 1, "updated": 1, "created": 2}
    assert province.counts(file) == {"unchanged": 4}
    assert levels("X", "X.1", "X.2", "X.3") == ["grassroots", "affiliated", "affiliated", "affiliated"]
    places = Organization.objects.get(code="X").placements.values_list("own_level", "starts_on", "ends_on")
    assert list(places) == [("unit", None, date(2026, 7, 26)), ("grassroots", date(2026, 7, 26), None)]
    # Without a day it is judged on the start of its latest placement, the beginning.
    assert province.counts(sheet(row("X.1", "X", GRASSROOTS, "Chi bộ"))) == {"unchanged": 1}
    assert province.errors(sheet(row("X.1", "X", AFFILIATED, "Chi bộ"))) == [(2, "Cấp", "inconsistent")]
    assert province.errors(sheet(row("X", "KT", UNIT, day="25/7/2026"))) == [
        (2, "Áp dụng từ ngày", "inconsistent")
    ]


def test_two_changes_loaded_again_change_nothing(province):
    assert province.counts(sheet(row("X", "KT", UNIT))) == {"created": 1}
    first, second = (
        row("X", "KT", level, day=day) for level, day in ((GRASSROOTS, "1/7/2025"), (UNIT, "1/7/2026"))
    )
    assert [province.counts(sheet(one)) for one in (first, second)] == [{"updated": 1}] * 2
    assert [province.counts(sheet(one)) for one in (first, second)] == [{"unchanged": 1}] * 2
    assert Organization.objects.get(code="X").placements.count() == 3


def test_without_a_day_the_level_was_wrong_from_the_start(province):
    assert province.counts(sheet(row("X", "KT", UNIT), row("X.1", "X", None, "Chi bộ"))) == {"created": 2}
    assert province.counts(sheet(row("X", "KT", GRASSROOTS))) == {"updated": 1}
    assert levels("X", "X.1") == ["grassroots", "affiliated"]
    assert Organization.objects.get(code="X").placements.get().own_level == "grassroots"


def test_below_the_province_nothing_keeps_a_level_of_its_own(province):
    assert province.counts(sheet(row("X", "KT", GRASSROOTS), row("Y", "KT", UNIT))) == {"created": 2}
    assert province.counts(sheet(row("X", "Y", GRASSROOTS, day="1/1/2020"))) == {"updated": 1}
    found = Organization.objects.get(code="X")
    assert (found.level, found.own_level) == ("grassroots", "")
