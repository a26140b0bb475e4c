"""What may be written into a line, at its edges and word by word."""

from copy import copy, deepcopy
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

from assessments.rules.entry_rule import Code
from assessments.rules.models.years import Submission, SubmissionState
from assessments.rules.ratings import (
    DRAFT_FIELDS,
    LEVEL_FIELDS,
    TEXT_FIELDS,
    Standing,
    change_faults,
    entry_faults,
    reading_faults,
    standing_faults,
)

TODAY = date(2019, 1, 10)
LEVELS = ["HTXSNV", "HTTNV"]
FREE = Standing(
    year=2018, year_is_open=True, is_submitted=False, is_accepted=False, is_dropped=False,
    is_exempt=False, is_covered=False,
)  # fmt: skip


def told(faults) -> list[tuple[Code, str]]:
    return [(fault.rule, str(fault)) for fault in faults]


def changed(changes, *, drafts_only=False, **standing):
    return told(
        change_faults(changes, replace(FREE, **standing), LEVELS, drafts_only=drafts_only, today=TODAY)
    )


def test_a_line_is_closed_to_its_writer_for_one_reason():
    closed = (Code.YEAR_CLOSED, "Year 2018 is closed.")
    dropped = (Code.LEFT_ROSTER, "No longer in the roster of 31/12/2018.")
    everything = {
        "year_is_open": False,
        "is_dropped": True,
        "is_submitted": True,
        "is_accepted": True,
    }
    assert told(standing_faults(FREE, binding=True)) == []
    assert told(standing_faults(replace(FREE, **everything), binding=True)) == [closed]
    assert told(standing_faults(replace(FREE, is_dropped=True, is_accepted=True), binding=True)) == [dropped]


def test_the_standing_of_a_line_and_the_one_judge_of_an_entry():
    line = SimpleNamespace(year_id=2018, accepted=False, dropped=False, is_exempt=False)
    assert Standing.of(line, is_open=True) == FREE
    for state in SubmissionState:
        is_locked = state in ("submitted", "accepted")
        assert Standing.of(line, is_open=True, state=state).is_submitted is is_locked, state
        assert Submission(state=state).is_locked is is_locked, state
    line.accepted = line.dropped = line.is_exempt = True
    kept = Standing.of(line, is_open=False, is_covered=True)
    assert kept == replace(
        FREE, year_is_open=False, is_accepted=True, is_dropped=True, is_exempt=True, is_covered=True
    )
    asked = {"level_codes": LEVELS, "drafts_only": False, "today": TODAY}
    for standing, binding, rules in (
        (FREE, True, [Code.FOREIGN_LEVEL]),
        (replace(FREE, is_submitted=True), True, [Code.SUBMITTED]),
        (replace(FREE, is_submitted=True), False, [Code.FOREIGN_LEVEL]),
        (kept, False, [Code.YEAR_CLOSED]),
        (replace(FREE, is_exempt=True), True, [Code.FOREIGN_LEVEL, Code.EXEMPT_RATED]),
    ):
        found = entry_faults({"decided": "?"}, standing, binding=binding, **asked)
        assert [fault.rule for fault in found] == rules, (standing, binding)


def test_the_one_judge_hands_on_who_writes_and_the_day():
    asked = {"level_codes": LEVELS, "binding": True, "today": TODAY}
    decided = {"decided": "HTTNV"}
    assert not entry_faults(decided, FREE, drafts_only=False, **asked)
    assert entry_faults(decided, FREE, drafts_only=True, **asked)
    ahead = {"decided_on": date(2099, 1, 1)}
    assert entry_faults(ahead, FREE, drafts_only=False, **asked)


def test_a_submission_binds_all_but_the_command_line():
    waits = "The unit's year is submitted; it can be changed after the Board returns it."
    stands = "The row is accepted; it can be changed after the Board returns it."
    for state, rule, words in (
        ("is_submitted", Code.SUBMITTED, waits), ("is_accepted", Code.ACCEPTED, stands),
    ):  # fmt: skip
        line = replace(FREE, **{state: True})
        assert told(standing_faults(line, binding=True)) == [(rule, words)]
        assert told(standing_faults(line, binding=False)) == []


def test_a_level_is_one_of_the_years():
    words = "TSVM is not in the levels of 2018: HTXSNV, HTTNV."
    for field in LEVEL_FIELDS:
        assert changed({field: "TSVM"}) == [(Code.FOREIGN_LEVEL, words)], field
        assert changed({field: "HTTNV"}) == changed({field: ""}) == changed({field: None}) == []


def test_who_is_exempt_is_not_rated():
    found = [(Code.EXEMPT_RATED, "An exempt member is not rated.")]
    for field in LEVEL_FIELDS:
        assert changed({field: "HTTNV"}, is_exempt=True) == found, field
        assert changed({field: ""}, is_exempt=True) == [], field
    assert changed({"note": "x"}, is_exempt=True) == []


def test_no_decided_level_beside_a_reported_total():
    words = "A reported total stands for this row; a rating beside it would count twice."
    assert changed({"decided": "HTTNV"}, is_covered=True) == [(Code.BESIDE_TOTAL, words)]
    assert changed({"self_rated": "HTTNV", "decided": ""}, is_covered=True) == []


def test_a_clerk_enters_drafts():
    words = "A clerk enters drafts; the unit enters the decided level."
    drafts = {"self_rated": "HTTNV", "proposed": "HTTNV", "reason": "x", "note": "x"}
    assert set(drafts) == DRAFT_FIELDS
    assert changed(drafts, drafts_only=True) == []
    assert changed({**drafts, "deciding_body": ""}, drafts_only=True) == [(Code.DRAFTS_ONLY, words)]


def test_texts_have_an_end():
    assert TEXT_FIELDS == {"reason": 200, "note": 200, "deciding_body": 160, "decision_number": 80}
    for field, limit in TEXT_FIELDS.items():
        words = f"At most {limit} characters, found {limit + 1}."
        assert changed({field: "x" * limit}) == changed({field: None}) == []
        assert changed({field: "x" * (limit + 1)}) == [(Code.TEXT_TOO_LONG, words)]


def test_a_decision_is_of_today_at_the_latest():
    assert changed({"decided_on": TODAY}) == changed({"decided_on": None}) == []
    words = "The decision date 11/01/2019 lies in the future."
    assert changed({"decided_on": date(2019, 1, 11)}) == [(Code.FUTURE_DATE, words)]


def test_exemplary_counts_as_strong():
    assert reading_faults(["A"], ["A", "B"]) == reading_faults([], []) == []
    words = "A, C would count as exemplary without counting as strong."
    assert told(reading_faults(["A", "B", "C"], ["B"])) == [(Code.EXEMPLARY_NOT_STRONG, words)]


def test_a_fault_is_copied_with_its_rule():
    fault = standing_faults(replace(FREE, is_dropped=True), binding=True)[0]
    assert told([copy(fault), deepcopy(fault)]) == told([fault, fault])
