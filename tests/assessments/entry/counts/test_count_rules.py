"""Yearly counts beside the lists, at their edges, word by word."""

from types import SimpleNamespace

import pytest

from assessments.entry.counts.rules import warnings
from assessments.roster.counts.given import CELLS, OF_THE_ADMITTED, Known

pytestmark = pytest.mark.usefixtures("in_english")

KNOWN = Known(cells=1200, admitted=1000)


def counted(code, count, known=KNOWN):
    return warnings([SimpleNamespace(code=code, short_name="N")], {code: count}, known)


def test_no_more_than_were_admitted():
    words = "N: 1,001, but 1,000 were admitted in the year by the list."
    for code in OF_THE_ADMITTED:
        assert counted(code, 1000) == [], code
        assert counted(code, 1001) == [words], code
        assert counted(code, 1001, Known(cells=1200)) == [], code


def test_no_more_than_there_are_cells():
    for code in (CELLS, "cells_meeting_monthly"):
        assert counted(code, 1200) == [], code
        assert counted(code, 1201) == ["N: 1,201, but the organization has 1,200 cells."], code


def test_blank_and_other_counts_contradict_nothing():
    assert counted(CELLS, None) == counted("other", 9999) == []
