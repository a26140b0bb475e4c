"""What the browser gets: pinned files, and nothing from another host."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = json.loads((ROOT / "static/vendor/MANIFEST.json").read_text("utf-8"))
LOADS = re.compile(r"""(?:src|href|action)=["']?(?:https?:)?//|url\(["']?(?:https?:)?//|@import""")
SCRIPTED = re.compile(r"""(?:fetch|import|open)\(\s*["'`]https?://|(?:src|href)\s*=\s*["'`]https?://""")
INLINE = re.compile(r"<[^>{%]*\s(?:style|on[a-z]+)\s*=|<style|<script(?![^>]*\ssrc=)")


def ours(pattern: str) -> list[Path]:
    return [path for folder in ("static", "templates") for path in (ROOT / folder).rglob(pattern)]


@pytest.mark.parametrize("name", MANIFEST)
def test_a_vendored_file_is_the_one_that_was_fetched(name):
    assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == MANIFEST[name]["sha256"]


def test_every_vendored_file_is_in_the_manifest_at_its_pinned_version():
    pins = json.loads((ROOT / "tools/vendor/package.json").read_text())["dependencies"]
    folders = [ROOT / "static/vendor", ROOT / "tests/vendor"]
    found = {p.relative_to(ROOT).as_posix() for folder in folders for p in folder.rglob("*.*")}
    licences = {name for name in MANIFEST if name.endswith("LICENSE")}
    assert found - {"static/vendor/MANIFEST.json"} == MANIFEST.keys() - licences
    assert {one["package"] for one in MANIFEST.values()} == pins.keys()
    assert all(one["version"] == pins[one["package"]] for one in MANIFEST.values())


@pytest.mark.parametrize("kind", ["*.html", "*.css", "*.js", "*.svg"])
def test_nothing_is_loaded_from_another_host(kind):
    for path in ours(kind):
        text = path.read_text("utf-8")
        found = LOADS.search(text) or (kind == "*.js" and SCRIPTED.search(text))
        assert not found, (path, found[0])


def test_templates_hold_no_inline_style_or_script():
    for path in ours("*.html"):
        found = INLINE.search(path.read_text("utf-8"))
        assert not found, (path, found[0])


def test_every_icon_in_use_is_in_the_sprite():
    sprite = (ROOT / "static/vendor/bootstrap-icons/icons.svg").read_text()
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    for path in ours("*.html"):
        used = set(re.findall(r'{% icon "([\w-]+)"', path.read_text("utf-8")))
        assert used <= drawn, (path, used - drawn)


def test_a_partial_says_what_it_needs():
    for path in (ROOT / "templates").rglob("_*.html"):
        assert re.match(r"{#|{% comment %}", path.read_text("utf-8")), path
