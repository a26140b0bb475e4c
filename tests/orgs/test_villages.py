from datetime import date

import pytest

from orgs.actions import villages
from orgs.models import AuditEntry
from resolution03.lib.dates import PartialDate
from resolution03.lib.errors import Refusal

DAY = date(2019, 7, 1)


def test_a_village_comes_with_its_coverage(world, actor):
    made = villages.found(
        by=actor,
        code="t.a.9",
        name="Làng  Kram",
        kind="lang",
        committee=world.alpha.commune,
        cell=world.alpha.cells[1],
        starts_on=PartialDate(DAY),
    )
    assert (made.code, made.name, made.search_key) == ("T.A.9", "Làng Kram", "t.a.9 lang kram")
    assert made.coverages.get().cell == world.alpha.cells[1]
    assert AuditEntry.objects.get().unit == world.alpha.unit


def test_another_cell_covers_from_its_day_on(world, actor):
    village = world.alpha.village
    villages.cover(
        by=actor, village=village, committee=world.alpha.commune, cell=None, on=DAY, decision="3-QĐ"
    )
    past, present = village.coverages.all()
    assert (past.cell, past.ends_on) == (world.alpha.cells[0], DAY)
    assert (present.cell, present.starts_on, present.decision) == (None, DAY, "3-QĐ")


def test_correcting_the_cell_leaves_one_stretch(world, actor):
    villages.correct(by=actor, village=world.alpha.village, cell=world.alpha.cells[1])
    assert world.alpha.village.coverages.get().cell == world.alpha.cells[1]


@pytest.mark.parametrize(
    ("committee", "cell", "field"), [("cell", None, "committee"), ("commune", "commune", "cell")]
)
def test_a_committee_holds_and_a_cell_covers(world, actor, committee, cell, field):
    holders = {"cell": world.alpha.cells[0], "commune": world.alpha.commune, None: None}
    with pytest.raises(Refusal) as caught:
        villages.found(by=actor, code="T9", name="Thôn", committee=holders[committee], cell=holders[cell])
    assert caught.value.field == field


def test_a_taken_code_is_refused(world, actor):
    with pytest.raises(Refusal) as caught:
        villages.found(by=actor, code="T.B.1", name="Thôn", committee=world.alpha.commune)
    assert caught.value.field == "code"
    assert "Beta" not in str(caught.value)


def test_the_last_day_counts_and_the_next_does_not(world, actor):
    village = villages.end(by=actor, village=world.alpha.village, on=DAY)
    villages.cover(by=actor, village=village, committee=world.alpha.commune, cell=None, on=DAY)
    with pytest.raises(Refusal) as caught:
        villages.end(by=actor, village=village, on=date(2019, 7, 2))
    assert caught.value.field == "on"


def test_dates_stay_in_order(world, actor):
    villages.end(by=actor, village=world.alpha.village, on=DAY)
    with pytest.raises(Refusal):
        villages.correct(by=actor, village=world.alpha.village, starts_on=PartialDate(date(2020, 1, 1)))
