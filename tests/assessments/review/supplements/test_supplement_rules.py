"""What a supplement may change, at its edges, word by word."""

from dataclasses import replace
from datetime import date

import pytest

from assessments.review.supplements.rules import decision_faults, line_faults, year_fault
from tests.assessments.rules.test_ratings import FREE, LEVELS, TODAY

pytestmark = pytest.mark.usefixtures("in_english")


def faults(before, after, **standing):
    line = replace(FREE, year_is_open=False, **standing)
    return [str(fault) for fault in line_faults(before, after, line, LEVELS)]


def rated(decided="", reason="", self_rated=""):
    return {"decided": decided, "reason": reason, "self_rated": self_rated}


def test_a_supplement_corrects_a_line():
    assert faults(rated("HTTNV"), rated("HTXSNV")) == []
    assert faults(rated("HTTNV"), rated(reason="x")) == []
    same = "Nothing changes in this row: choose another level or take the row out."
    assert faults(rated("HTTNV"), rated("HTTNV")) == [same]
    one = "Choose a level, or leave it not rated and write the reason; one of the two."
    assert faults(rated("HTTNV"), rated()) == faults(rated(), rated("HTTNV", "x")) == [one]
    foreign = "TSVM is not in the levels of 2018: HTXSNV, HTTNV."
    assert faults(rated("HTTNV"), rated("TSVM")) == [foreign]


def test_some_lines_take_no_supplement():
    change = rated("HTTNV"), rated("HTXSNV")
    dropped = ["No longer in the roster of 31/12/2018."]
    assert faults(*change, is_dropped=True, is_exempt=True) == dropped
    assert faults(*change, is_exempt=True) == ["An exempt member is not rated."]
    total = "A reported total stands for this row; correct the total instead."
    assert faults(*change, is_covered=True) == [total]


def test_its_decision_has_an_end_and_a_day():
    decision = {"deciding_body": "x" * 160, "decision_number": "", "decided_on": TODAY}
    assert decision_faults(decision, today=TODAY) == []
    late = decision | {"deciding_body": "x" * 161, "decided_on": date(2019, 1, 11)}
    assert [str(fault) for fault in decision_faults(late, today=TODAY)] == [
        "At most 160 characters, found 161.",
        "The decision date 11/01/2019 lies in the future.",
    ]


def test_only_a_closed_year_takes_one():
    assert year_fault(2018, is_closed=True, is_open=False) == ""
    assert year_fault(2018, is_closed=False, is_open=True) == (
        "Year 2018 is open: enter ratings in its lists; a supplement is for a closed year."
    )
    assert year_fault(2018, is_closed=False, is_open=False) == (
        "Year 2018 has reported totals only: correct the totals instead."
    )
