"""Another committee or cell of a village in workbooks: a move on a day, or a correction (reading 8)."""

from datetime import date

import pytest

from assessments.workbooks.batches.actions import store
from assessments.workbooks.loading.files import Source
from assessments.workbooks.loading.run import Options
from assessments.workbooks.models import Upload
from assessments.workbooks.undoing.actions import undo
from orgs.models import AuditEntry, Village
from tests.workbooks import VILLAGES, book

DAY = date(2018, 7, 1)


def village(committee="A.X1", cell="A.X1.1", day=None, decision=None, code="A.T1") -> dict:
    return {"thon": [VILLAGES, [code, "Thôn 1", "Thôn", committee, cell, None, None, day, decision]]}


def stretches(code="A.T1") -> list[tuple]:
    rows = Village.objects.get(code=code).coverages
    return list(rows.values_list("committee__code", "cell__code", "starts_on", "ends_on", "decision"))


def test_a_move_on_a_day_keeps_what_was(province):
    file = village("B.X1", "B.X1.1", "1/7/2018", "12-QĐ")
    assert province.counts(file) == {"updated": 1}
    assert stretches() == [("A.X1", "A.X1.1", None, DAY, ""), ("B.X1", "B.X1.1", DAY, None, "12-QĐ")]
    assert province.counts(file) == {"unchanged": 1}


def test_without_a_day_the_latest_was_wrong_from_its_start(province):
    assert province.counts(village(cell="A.X1.2", day="1/7/2018")) == {"updated": 1}
    assert province.counts(village("A.X2", cell="A.X1.2", decision="9-QĐ")) == {"updated": 1}
    assert stretches() == [("A.X1", "A.X1.1", None, DAY, ""), ("A.X2", "A.X1.2", DAY, None, "9-QĐ")]


def test_the_day_of_the_latest_move_corrects_it_and_an_earlier_one_is_refused(province):
    assert province.counts(village(cell="A.X1.2", day="1/7/2018")) == {"updated": 1}
    assert province.counts(village("A.X2", "A.X1.2", "1/7/2018")) == {"updated": 1}
    assert len(stretches()) == 2
    assert province.errors(village("B.X1", "A.X1.2", "30/6/2018")) == [(2, "Áp dụng từ ngày", "inconsistent")]


def test_moves_loaded_again_change_nothing(province):
    files = village(cell="A.X1.2", day="1/7/2017"), village("A.X2", "A.X1.2", "1/7/2018")
    assert [province.counts(file) for file in files] == [{"updated": 1}] * 2
    assert [province.counts(file) for file in files] == [{"unchanged": 1}] * 2
    assert len(stretches()) == 3


@pytest.mark.parametrize("word", ["xoá", "Xóa"])
def test_the_cell_ends_on_a_day(province, word):
    assert province.counts(village(cell=word, day="1/7/2018")) == {"updated": 1}
    assert stretches() == [("A.X1", "A.X1.1", None, DAY, ""), ("A.X1", None, DAY, None, "")]
    assert Village.objects.get(code="A.T1").cell is None


def test_a_move_is_taken_back_whole_and_told(province, tmp_path):
    before = stretches()
    path = book(tmp_path / "sổ.xlsx", village("B.X1", "B.X1.1", "1/7/2018", "12-QĐ"))
    assert store(by=province.by, sources=[Source(path, path.name)], options=Options()).applied
    told = AuditEntry.objects.filter(action="village.load").latest("pk")
    assert told.after["decision"] == "12-QĐ"
    undo(by=province.by, uploads=[Upload.objects.latest("pk")])
    assert stretches() == before
