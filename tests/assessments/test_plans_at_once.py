"""Two plans at once, a plan beside people who save, a plan that is killed: wholly or not at all."""

import json
from contextlib import suppress
from subprocess import TimeoutExpired

import pytest

from orgs.models import Organization
from tests.assessments.test_many_at_once import LOOP, assert_sound, province  # noqa: F401  # a fixture
from tests.assessments.workbooks.reorganizing.plans import new_unit, plan, row
from tests.at_once import process
from tests.workbooks import book

DAY = "1/7/2018"
ENDED = ("A", "A.X0", "A.X1", "A.X2", "B.X0")
pytestmark = pytest.mark.long


@pytest.fixture
def path(province, tmp_path):  # noqa: F811
    new = [new_unit("A.X0", on=DAY)]
    new[0][4] = province.code
    others = [row(code, "M", on=DAY) for code in ENDED[2:]]
    return book(tmp_path / "sx.xlsx", plan(*new, *others, row("A", province.code, on=DAY)))


def reorganize(*arguments):
    return process(["manage.py", "reorganize", *map(str, arguments), "--json"])


def is_carried_out() -> bool:
    """Whether all of it stands; a part of it is a failure."""
    founded = Organization.objects.filter(code="M").count()
    ended = Organization.objects.filter(code__in=ENDED, dissolved_on__isnull=False).count()
    assert (founded, ended) in ((0, 0), (1, len(ENDED))), (founded, ended)
    assert_sound()
    return bool(founded)


def test_killed_at_any_moment_it_is_whole_or_nothing(path):
    seen = set()
    for tenths in (8, 12, 16, 20, 24, 28):
        running = reorganize(path)
        with suppress(TimeoutExpired):
            running.wait(tenths / 10)
        running.kill()
        running.communicate(timeout=60)
        seen.add(is_carried_out())
    reorganize(path).communicate(timeout=120)
    assert is_carried_out() and False in seen


def test_of_two_at_once_one_is_carried_out_once(path):
    both = [reorganize(path) for _twice in range(2)]
    told = [json.loads(one.communicate(timeout=120)[0]) for one in both]
    assert sorted(len(one["bodies"]) for one in told) == [0, len(ENDED)], told
    assert is_carried_out() and Organization.objects.get(code="M").merged.count() == 4


def test_beside_people_who_save_nothing_is_lost(path):
    savers = [
        process(
            ["-W", "ignore", "-c", LOOP, "save", str(seed), "12"], DJANGO_SETTINGS_MODULE="tests.settings"
        )
        for seed in range(4)
    ]
    done = json.loads(reorganize(path).communicate(timeout=120)[0])
    assert done["applied"]
    undone = reorganize("--undo", done["number"])
    told = undone.communicate(timeout=120)
    assert undone.returncode == 0, told
    for saver in savers:
        out, error = saver.communicate(timeout=120)
        assert saver.returncode == 0 and int(out) > 0, error[-600:]
    assert not is_carried_out()
