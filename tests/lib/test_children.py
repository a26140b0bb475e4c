"""A child that opens what came from outside is bounded in time, memory and answer."""

import time

import pytest

from resolution03.lib.children import process
from resolution03.lib.children.process import MB, Child, ChildDied

pytestmark = pytest.mark.once
HEAD = "import json, sys\n"
ECHO = "json.dump([json.load(sys.stdin), sys.argv[1:]], sys.stdout)"


@pytest.fixture
def child(tmp_path):
    def made(program, **limits):
        (tmp_path / "__main__.py").write_text(HEAD + program)
        return Child(tmp_path, **{"memory": 200 * MB, "cpu_seconds": 5, "seconds": 20} | limits)

    return made


def test_it_answers_what_it_was_asked_and_says_line_by_line(child):
    large = {"words": "ă" * 300_000}
    assert child(ECHO).answers(large, "FILE") == [large, ["FILE"]]
    lines = child("print('{\"n\": 1}', flush=True); print('{\"n\": 2}')").says(until=time.monotonic() + 20)
    assert list(lines) == [{"n": 1}, {"n": 2}]


def test_it_has_no_package_unless_it_sees_them(child):
    with pytest.raises(ChildDied):
        child("import django; " + ECHO).answers({})
    assert child("import django; " + ECHO, sees_packages=True).answers({}) == [{}, []]


@pytest.mark.parametrize(
    ("program", "limits"),
    [
        ("x = bytearray(400 * 1024 * 1024); " + ECHO, {}),
        ("while True: pass", {"cpu_seconds": 1}),
        ("import time; time.sleep(30)", {"seconds": 1}),
        ("sys.exit(3)", {}),
        ("print('{\"half')", {}),
    ],
)
def test_one_that_takes_too_much_dies_soon(child, program, limits):
    begin = time.monotonic()
    with pytest.raises(ChildDied):
        child(program, **limits).answers({})
    assert time.monotonic() - begin < 15


def test_an_answer_without_end_is_cut_off(child, monkeypatch):
    monkeypatch.setattr(process, "ANSWER", MB)
    with pytest.raises(ChildDied):
        child("while True: sys.stdout.write('x' * 4096)").answers({})
