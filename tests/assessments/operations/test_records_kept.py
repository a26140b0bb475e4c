"""Files of documents and events: the doctor misses those that are gone, pruning takes those of nobody."""

import os
import time

import pytest

from accounts.actors import Actor
from assessments.entry.records.actions import Filing
from assessments.entry.records.files import read
from assessments.operations.checkup import findings
from assessments.operations.pruning import prune
from resolution03.lib.keeping import RECORDS
from tests.assessments.entry.records.keeping import enter
from tests.assessments.year import opened


@pytest.fixture
def made(world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    opened(world)
    return enter(world.alpha.unit, "plan", filing=Filing(read("kh.pdf", b"%PDF-1")))


def about_records() -> list[str]:
    return [found["message"] for found in findings() if found["code"] == "records"]


def test_a_file_that_is_gone_or_changed_is_found_by_the_doctor(made):
    assert about_records() == []
    path = RECORDS.path_of(made.stored_as)
    path.write_bytes(b"%PDF-2")
    assert len(about_records()) == 1 and "A, 7-KH/HU" in about_records()[0]
    path.unlink()
    assert len(about_records()) == 1


def test_only_an_old_file_of_no_record_goes(made):
    stray, fresh = (RECORDS.keep(b"%PDF-3").stored_as for _ in range(2))
    old = time.time() - 3 * 24 * 3600
    for name in (stray, made.stored_as):
        os.utime(RECORDS.folder / name, (old, old))
    prune(by=Actor(name="đêm"))
    assert {path.name for path in RECORDS.folder.iterdir()} == {fresh, made.stored_as}
