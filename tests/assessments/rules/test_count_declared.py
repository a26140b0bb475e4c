"""What the declaration of a count may not say, fault by fault, word by word."""

import pytest

from assessments.rules.count_declared import MOST_TIMES, Declared, Fault, faults, resting_on
from assessments.rules.count_rule import CheckRule, CountRule

AGAINST_NOTHING = "Say one thing to which it is held: a count, a size of the list or a registers' number."
ITSELF = "A count cannot be held against itself."


def rule(code="a", **values) -> CountRule:
    return CountRule(code, f"Name {code}", f"Short {code}", **values)


def declared(*rules: CountRule, off=()) -> Declared:
    return Declared({one.code: one for one in rules}, frozenset(off))


ALL = declared(
    rule("b"),
    rule("c", denominator="b"),
    rule("of_cell", level="cell"),
    rule("off"),
    rule("back", denominator="a"),
    rule("far", denominator="back"),
    rule("lessened", denominator="b", less="a"),
    off=["off"],
)


def found(one: CountRule) -> list[tuple[str, str]]:
    assert all(fault.row is None for fault in faults(one, ALL))
    return [(fault.field, fault.words) for fault in faults(one, ALL)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"denominator": "b"}, []),
        ({"denominator": "b", "less": "c"}, []),
        ({"size": "cells", "is_monthly": True}, []),
        ({"size": "cells", "is_average": True}, []),
        ({"denominator": "b", "is_average": True}, []),
        ({"source": "computed", "register": "expelled"}, []),
        ({"source": "compared", "register": "expelled"}, []),
        (
            {"denominator": "b", "size": "cells"},
            [("size", "The whole is either another count or a size of the list, not both.")],
        ),
        ({"size": "cells", "less": "b"}, [("less", "Only a whole that is another count can be lessened.")]),
        ({"denominator": "b", "less": "b"}, [("less", "Nothing would be left of the whole.")]),
        ({"denominator": "a"}, [("denominator", ITSELF)]),
        ({"denominator": "unknown"}, [("denominator", ITSELF)]),
        ({"denominator": "b", "less": "a"}, [("less", ITSELF)]),
        ({"denominator": "of_cell"}, [("denominator", "“Short of_cell” is counted at another level: cell.")]),
        (
            {"denominator": "b", "less": "of_cell"},
            [("less", "“Short of_cell” is counted at another level: cell.")],
        ),
        ({"denominator": "off"}, [("denominator", "“Short off” is switched off.")]),
        ({"is_monthly": True}, [("is_monthly", "Only a size of the list is taken for each month.")]),
        (
            {"denominator": "b", "is_monthly": True},
            [("is_monthly", "Only a size of the list is taken for each month.")],
        ),
        ({"size": "cell_months", "is_monthly": True}, [("is_monthly", "These are months already.")]),
        ({"is_average": True}, [("is_average", "So many for each one of what? Choose a whole.")]),
        (
            {"register": "expelled"},
            [("register", "A count that is only typed has no number of the registers.")],
        ),
        ({"source": "computed"}, [("register", "Say which number the registers tell.")]),
        ({"source": "compared"}, [("register", "Say which number the registers tell.")]),
    ],
)
def test_each_contradiction_stands_at_its_field(values, expected):
    assert found(rule(**values)) == expected


@pytest.mark.parametrize(
    ("code", "way"),
    [
        ("back", "Short a → Short back → Short a"),
        ("far", "Short a → Short far → Short back → Short a"),
        ("lessened", "Short a → Short lessened → Short a"),
    ],
)
def test_a_count_is_no_part_of_itself(code, way):
    words = f"The count would be a part of itself: {way}."
    assert found(rule(denominator=code)) == [("denominator", words)]
    assert found(rule(denominator="b", less=code)) == [("less", words)]


def test_counts_that_lead_to_each_other_elsewhere_end_the_search():
    ring = declared(rule("b", denominator="c"), rule("c", denominator="b"))
    assert list(faults(rule(denominator="b"), ring)) == []
    gone = declared(rule("b", denominator="gone"))
    assert list(faults(rule(denominator="b"), gone)) == []


@pytest.mark.parametrize(
    ("level", "sizes", "registers"),
    [
        ("unit", [], ["admitted_nobody"]),
        ("grassroots", [], []),
        ("cell", ["grassroots", "organizations"], ["admitted_nobody"]),
    ],
)
def test_a_size_or_a_registers_number_is_of_the_level(level, sizes, registers):
    labels = {
        "grassroots": "grassroots organizations",
        "organizations": "organizations, itself included",
        "cells": "cells",
        "villages": "villages",
        "admitted_nobody": "organizations that admitted nobody in the year",
        "expelled": "members who left as expelled",
    }
    for size in ("grassroots", "organizations", "cells", "villages"):
        words = f"“{labels[size]}” says nothing of one {level}."
        expected = [words] if size in sizes else []
        assert list(faults(rule(level=level, size=size), ALL)) == [Fault("size", one) for one in expected]
        check = rule(level=level, checks=(CheckRule(size=size),))
        assert list(faults(check, ALL)) == [Fault("checks", one, 0) for one in expected]
    for register in ("admitted_nobody", "expelled"):
        words = f"“{labels[register]}” says nothing of one {level}."
        expected = [words] if register in registers else []
        computed = rule(level=level, source="computed", register=register)
        assert [(one.field, one.words) for one in faults(computed, ALL)] == [
            ("register", one) for one in expected
        ]
        check = rule(level=level, checks=(CheckRule(register=register),))
        assert list(faults(check, ALL)) == [Fault("checks", one, 0) for one in expected]


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ({"other": "b"}, ""),
        ({"other": "b", "less": "c", "plus": "c"}, "A count stands twice in this check."),
        ({"other": "b", "less": "b"}, "A count stands twice in this check."),
        ({"other": "b", "less": "c", "plus": "back"}, ""),
        ({"size": "cells", "is_monthly": True}, ""),
        ({"register": "expelled"}, ""),
        ({}, AGAINST_NOTHING),
        ({"other": "b", "size": "cells"}, AGAINST_NOTHING),
        ({"other": "b", "register": "expelled"}, AGAINST_NOTHING),
        ({"size": "cells", "register": "expelled"}, AGAINST_NOTHING),
        ({"other": "b", "times": 1}, ""),
        ({"other": "b", "times": MOST_TIMES}, ""),
        ({"other": "b", "times": 0}, "How many times: a whole number from 1 to 366."),
        ({"other": "b", "times": MOST_TIMES + 1}, "How many times: a whole number from 1 to 366."),
        ({"size": "cells", "less": "b"}, "Only another count can be lessened."),
        ({"other": "b", "is_monthly": True}, "Only a size of the list is taken for each month."),
        ({"register": "expelled", "is_monthly": True}, "Only a size of the list is taken for each month."),
        ({"size": "cell_months", "is_monthly": True}, "These are months already."),
        ({"other": "a"}, ITSELF),
        ({"other": "b", "plus": "a"}, ITSELF),
        ({"other": "b", "less": "a"}, ITSELF),
        ({"other": "off"}, "“Short off” is switched off."),
        ({"other": "b", "plus": "off"}, "“Short off” is switched off."),
        ({"other": "b", "less": "off"}, "“Short off” is switched off."),
        ({"other": "of_cell"}, "“Short of_cell” is counted at another level: cell."),
    ],
)
def test_each_fault_of_a_check_stands_at_its_row(check, words):
    good = CheckRule(size="members")
    assert list(faults(rule(checks=(good, CheckRule(**check))), ALL)) == [
        Fault("checks", words, 1) for words in filter(None, [words])
    ]


def test_the_same_check_stands_once():
    one, other = CheckRule(other="b"), CheckRule(other="b", is_hard=True)
    assert list(faults(rule(checks=(one, other, one, one)), ALL)) == [
        Fault("checks", "The same check stands above.", 2),
        Fault("checks", "The same check stands above.", 3),
    ]
    twice = rule(checks=(CheckRule(), CheckRule()))
    assert [one.words for one in faults(twice, ALL)] == [AGAINST_NOTHING] * 2


def test_everything_that_is_wrong_is_told():
    one = rule(source="computed", denominator="off", size="cells", is_monthly=False, checks=(CheckRule(),))
    assert [fault.field for fault in faults(one, ALL)] == ["register", "size", "denominator", "checks"]


def test_what_is_off_itself_may_rest_on_what_is_off():
    off = declared(rule("b"), off=["a", "b"])
    assert list(faults(rule(denominator="b", checks=(CheckRule(other="b"),)), off)) == []


def test_who_rests_on_a_count():
    whole, less = rule("whole", denominator="a"), rule("less", denominator="b", less="a")
    checks = [
        rule(name, checks=(CheckRule(size="cells"), CheckRule(**{"other": "b", name: "a"})))
        for name in ("plus", "other", "less")
    ]
    rules = [rule("a", checks=(CheckRule(other="b", plus="a"),)), rule("b"), whole, less, *checks]
    assert resting_on("a", rules) == [whole, less, *checks]
    assert resting_on("x", rules) == []
