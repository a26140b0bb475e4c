"""What may stand in a document or an event, held on both sides of each limit."""

from datetime import date

import pytest

from assessments.entry.records.kinds import KINDS, MOST, NUMBERS
from assessments.entry.records.models import Record, RecordKind
from assessments.entry.records.rules import faults
from resolution03.lib.bulk import column

TODAY = date(2018, 6, 15)
CONTEST = {"on": TODAY, "level": "unit", "participants": 14, "prizes": 14}
TRAINING = {"on": TODAY, "classes": 2, "persons": 80, "school_persons": 80, "funds": 0}


def wrong(kind, values, year=2018):
    return [field for field, _words in faults(KINDS[kind], values, year=year, today=TODAY)]


def test_every_kind_is_declared_once_with_fields_of_the_table():
    assert list(KINDS) == list(RecordKind.values)
    for kind in KINDS.values():
        assert {column(Record, name).name for name in kind.fields} == set(kind.fields)
        assert set(kind.needed) <= set(kind.fields)
        assert {one for part in kind.parts for one in (part.part, part.whole)} <= set(kind.fields)
    assert {name for kind in KINDS.values() for name in kind.numbers} == set(NUMBERS)


@pytest.mark.parametrize("kind", ["programme", "plan"])
def test_a_plan_has_a_day_and_a_number(kind):
    assert wrong(kind, {"on": TODAY, "number": "12-KH/HU"}) == []
    assert wrong(kind, {"on": TODAY, "number": ""}) == ["number"]
    assert wrong(kind, {"on": None, "number": "12-KH/HU"}) == ["on"]


@pytest.mark.parametrize("kind", ["programme", "plan", "interim", "final"])
def test_nothing_carries_the_resolution_out_before_it(kind):
    assert wrong(kind, {"on": date(2016, 8, 8), "number": "1"}, year=2016) == []
    assert wrong(kind, {"on": date(2016, 8, 7), "number": "1"}, year=2016) == ["on"]


def test_a_contest_may_be_older_than_the_resolution():
    assert wrong("contest", CONTEST | {"on": date(2016, 3, 1)}, year=2016) == []


def test_a_day_is_of_the_year_and_not_ahead():
    assert wrong("interim", {"on": TODAY}) == []
    assert wrong("interim", {"on": date(2018, 6, 16)}) == ["on"]
    assert wrong("interim", {"on": date(2017, 12, 31)}) == ["on"]
    [(_field, words)] = faults(KINDS["interim"], {"on": date(2017, 12, 31)}, year=2018, today=TODAY)
    assert "31/12/2017" in words and "2018" in words and "năm 2017" in words


def test_there_are_no_more_prizes_than_took_part():
    assert wrong("contest", CONTEST) == []
    assert wrong("contest", CONTEST | {"prizes": None}) == []
    assert wrong("contest", CONTEST | {"prizes": 15}) == ["prizes"]
    [(_field, words)] = faults(KINDS["contest"], CONTEST | {"prizes": 15}, year=2018, today=TODAY)
    assert "15 giải trên 14 người dự thi" in words


def test_the_school_trained_no_more_than_were_trained():
    assert wrong("training", TRAINING) == []
    assert wrong("training", TRAINING | {"school_persons": 81}) == ["school_persons"]


@pytest.mark.parametrize("name", ["classes", "persons"])
def test_a_class_has_somebody_in_it(name):
    given = TRAINING | {"school_persons": None}
    assert wrong("training", given | {name: 1}) == []
    assert wrong("training", given | {name: 0}) == [name]
    assert wrong("training", given | {name: None}) == [name]


def test_a_count_has_bounds():
    assert wrong("training", TRAINING | {"funds": MOST}) == []
    assert wrong("training", TRAINING | {"funds": MOST + 1}) == ["funds"]
    assert wrong("training", TRAINING | {"funds": -1}) == ["funds"]
    assert wrong("contest", CONTEST | {"participants": 0, "prizes": 0}) == ["participants"]
    assert wrong("contest", CONTEST | {"level": ""}) == ["level"]
