"""The set-up of a bare machine, as far as it can be tried without one."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap

ROOT = Path(__file__).resolve().parent.parent
BASE_PYTHON = getattr(sys, "_base_executable", sys.executable)
FILES = ["requirements-runtime.txt", "requirements.txt", "requirements-dev.txt"]
PIN = re.compile(r"^([\w-]+)(?:\[\w+\])?==(\S+)\s*(#.*)?$")


def pins(name: str) -> dict[str, tuple[str, str]]:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    found = [PIN.match(line) for line in lines if not line.startswith(("#", "-r"))]
    assert all(found), name
    return {one[1].lower(): (one[2], one[3]) for one in found}


def versions() -> dict[str, str]:
    return {name.replace("_", "-"): pin[0] for name, pin in pins("constraints.txt").items()}


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_pinned_constrained_and_says_why(name):
    for package, (version, reason) in pins(name).items():
        assert versions()[package] == version, package
        assert reason, package


def test_this_interpreter_has_what_the_requirements_ask_for():
    assert bootstrap._has_all_requirements() or bootstrap._runs_in_venv()


def test_the_stamp_changes_with_the_requirements(tmp_path, monkeypatch):
    for name in bootstrap.REQUIREMENTS:
        (tmp_path / name).write_text("Django==5.2.19\n")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    before = bootstrap._wanted_stamp()
    (tmp_path / "constraints.txt").write_text("Django==5.2.20\n")
    assert bootstrap._wanted_stamp() != before


def test_the_named_browser_comes_first_and_must_exist(tmp_path, monkeypatch):
    named = tmp_path / "my chromium"
    monkeypatch.setenv("CHROMIUM", str(named))
    assert bootstrap.find_chromium() == ""
    named.touch()
    assert bootstrap.find_chromium() == str(named)


def test_without_ensurepip_or_administrator_the_missing_line_is_printed(monkeypatch):
    monkeypatch.setattr(bootstrap, "_can_make_venv", lambda: False)
    monkeypatch.setattr(bootstrap, "_administrator_prefix", lambda: None)
    with pytest.raises(SystemExit, match=r"sudo apt-get install python3\.\d+-venv"):
        bootstrap._build()


def test_the_test_command_leaves_with_the_status_of_pytest(tmp_path):
    surroundings = os.environ | {"CHROMIUM": sys.executable}
    for arguments, status in ((["--version"], 0), (["tests/nowhere"], 4)):
        done = subprocess.run(  # noqa: S603
            [sys.executable, ROOT / "manage.py", "test", *arguments],
            cwd=tmp_path, env=surroundings, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == status


def test_an_environment_that_somebody_else_made_is_left_alone(tmp_path):
    """The project in a folder with an office's .venv and no index of packages within reach."""
    for name in ("manage.py", "bootstrap.py", *bootstrap.REQUIREMENTS):
        shutil.copy(ROOT / name, tmp_path)
    office = tmp_path / ".venv" / "lib" / "django.py"
    office.parent.mkdir(parents=True)
    office.write_text("the office's")
    (tmp_path / "wheels").mkdir()
    done = subprocess.run(  # noqa: S603
        [BASE_PYTHON, tmp_path / "manage.py", "test"], capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode and office.read_text() == "the office's"
    assert (tmp_path / ".venv-own" / bootstrap.MADE_HERE).exists()


def test_an_environment_of_ours_is_built_where_it_stands(tmp_path):
    assert bootstrap.own_environment(tmp_path) == tmp_path / ".venv"
    (tmp_path / ".venv").mkdir()
    assert bootstrap.own_environment(tmp_path) == tmp_path / ".venv-own"
    for mark in (bootstrap.MADE_HERE, bootstrap.STAMP_NAME):
        (tmp_path / ".venv" / mark).touch()
        assert bootstrap.own_environment(tmp_path) == tmp_path / ".venv"
        (tmp_path / ".venv" / mark).unlink()


def test_all_cores_unless_somebody_watches():
    assert bootstrap._on_all_cores(["tests/orgs", "-q"]) == ["-n", "auto", "--dist", "worksteal"]
    for chosen in (["-n0"], ["-n", "4"], ["--pdb"], ["-s"], ["-x", "-vs"], ["--capture=no"]):
        assert bootstrap._on_all_cores(chosen) == [], chosen


def test_an_old_python_hears_one_line():
    source = (ROOT / "manage.py").read_text("utf-8")
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", f"import sys; sys.version_info = (3, 9, 2)\n{source}"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "3.11" in done.stderr and "3.9" in done.stderr
