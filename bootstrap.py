"""Sets up a machine that has only python3: a virtual environment in .venv, and Chromium.

Only the standard library. The environment is stamped with the hash of the requirements, so a
second start rebuilds nothing. A folder `wheels/` beside this file is used instead of the network.
A .venv that was made otherwise, as an office makes its own, is left alone: ours is then .venv-own.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
MADE_HERE, STAMP_NAME = "made-by-bootstrap", "requirements.sha256"


def own_environment(root: Path) -> Path:
    """Where bootstrap may build: .venv, unless somebody else made it."""
    usual = root / ".venv"
    is_ours = any((usual / name).exists() for name in (MADE_HERE, STAMP_NAME))
    return usual if is_ours or not usual.exists() else root / ".venv-own"


VENV = own_environment(ROOT)
STAMP = VENV / STAMP_NAME
CHROMIUM_TRIED = VENV / "chromium-tried"
REQUIREMENTS = ["requirements.txt", "requirements-runtime.txt", "constraints.txt"]
CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge"]
CHROMIUM_ON_WINDOWS = [
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
]


def enter_environment(arguments: list[str]) -> None:
    """Return inside an interpreter that has all requirements; else build .venv and restart in it."""
    if _runs_in_venv() and _is_stamped():
        return
    if not _runs_in_venv() and _has_all_requirements():
        return
    if not _is_stamped():
        _build()
    _restart([str(_venv_python()), *arguments])


def run_tests(arguments: list[str]) -> None:
    """Leave with pytest's exit status. Paths among the arguments are relative to manage.py."""
    if not find_chromium() and not CHROMIUM_TRIED.exists():
        _install("chromium")
        if VENV.exists():
            CHROMIUM_TRIED.touch()
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    os.chdir(ROOT)
    _restart([sys.executable, "-m", "pytest", *_on_all_cores(arguments), *arguments])


def _on_all_cores(arguments: list[str]) -> list[str]:
    """pytest's arguments for all cores; none where somebody watches one process or chose himself."""
    alone = re.compile(r"-n|--numprocesses|--pdb|--trace|-s$|--capture=no|-[qvx]+s")
    if any(alone.match(argument) for argument in arguments):
        return []
    return ["-n", "auto", "--dist", "worksteal"]


def find_chromium() -> str:
    """The path of a Chromium, Chrome or Edge: $CHROMIUM, PATH, the usual places; empty if none."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        return named if Path(named).exists() else ""
    on_path = (shutil.which(name) for name in CHROMIUM_NAMES)
    usual = (place for place in CHROMIUM_ON_WINDOWS if Path(place).exists())
    return next(filter(None, [*on_path, *usual]), "")


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")
    sys.stderr.flush()


def _restart(command: list[str]) -> None:
    if os.name == "nt":
        sys.exit(subprocess.run(command).returncode)  # noqa: S603
    os.execv(command[0], command)  # noqa: S606


def _venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _runs_in_venv() -> bool:
    return Path(sys.prefix).resolve() == VENV.resolve()


def _wanted_stamp() -> str:
    digest = hashlib.sha256(sys.version.encode())
    for name in REQUIREMENTS:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _is_stamped() -> bool:
    return STAMP.exists() and STAMP.read_text() == _wanted_stamp() and _venv_python().exists()


def _has_all_requirements() -> bool:
    """Whether this interpreter has each pinned requirement, for example in a container."""
    pins = "".join((ROOT / name).read_text("utf-8") for name in REQUIREMENTS[:2])
    for name, version in re.findall(r"^([\w-]+)(?:\[\w+\])?==([\w.]+)", pins, re.MULTILINE):
        try:
            if importlib.metadata.version(name) != version:
                return False
        except importlib.metadata.PackageNotFoundError:
            return False
    return True


def _build() -> None:
    _say("Chuẩn bị môi trường Python trong %s (chỉ lần đầu)…" % VENV.name)
    if not _can_make_venv():
        _install_venv_package()
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir()
    (VENV / MADE_HERE).touch()
    _run([sys.executable, "-m", "venv", str(VENV)])
    wheels = ROOT / "wheels"
    source = ["--no-index", "--find-links", str(wheels)] if wheels.is_dir() else []
    packages = ["-r", str(ROOT / "requirements.txt"), "-c", str(ROOT / "constraints.txt")]
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check"]
    _run([str(_venv_python()), "-m", "pip", "install", *quiet, *source, *packages])
    STAMP.write_text(_wanted_stamp())


def _can_make_venv() -> bool:
    """Debian and Ubuntu ship Python without ensurepip unless python3-venv is installed."""
    return all(importlib.util.find_spec(module) for module in ("venv", "ensurepip"))


def _run(command: list[str]) -> None:
    """Run a step of the set-up; what it prints goes to standard error."""
    surroundings = {**os.environ, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
    done = subprocess.run(command, stdout=sys.stderr, env=surroundings)  # noqa: S603
    if done.returncode:
        sys.exit("Chưa chuẩn bị được môi trường: lệnh trên báo lỗi. Sửa rồi chạy lại lệnh cũ.")


def _install_venv_package() -> None:
    package = "python%d.%d-venv" % sys.version_info[:2]
    _install(package)
    importlib.invalidate_caches()
    if not _can_make_venv():
        sys.exit("Thiếu gói %s. Hãy chạy: sudo apt-get install %s" % (package, package))


def _install(package: str) -> bool:
    """Install a Debian package if that is possible without a question; say how it went."""
    prefix = _administrator_prefix()
    if prefix is None or not shutil.which("apt-get"):
        return False
    _say("Cài gói %s…" % package)
    surroundings = ["env", "DEBIAN_FRONTEND=noninteractive"]
    for step in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", package]):
        command = [*prefix, *surroundings, "apt-get", *step]
        status = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    return status.returncode == 0


def _administrator_prefix():
    """[] as root, the words of a sudo that asks nothing, or None."""
    if os.name != "posix":
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0:  # noqa: S603
        return [sudo, "-n"]
    return None
