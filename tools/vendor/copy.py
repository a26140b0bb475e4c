#!/usr/bin/env python3
"""Fetch the browser files pinned in package.json and put them into static/vendor.

    python3 tools/vendor/copy.py      # needs node; the results are committed

Source map comments are cut (the static files manifest would look for the maps),
the icons in use become one sprite, the font gets an own style sheet with only the
subsets that are shipped, and MANIFEST.json records where each file came from.
"""

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MODULES = HERE / "node_modules"
VENDOR = ROOT / "static" / "vendor"
TESTS = ROOT / "tests" / "vendor"

ICONS = """
    arrow-counterclockwise arrow-down-right arrow-left-right arrow-repeat arrow-up-right bell
    check-circle-fill
    check-lg chevron-down chevron-right circle-half clock dash-lg download
    exclamation-triangle-fill eye file-earmark-excel file-earmark-text flag info-circle lock
    pencil people person-dash plus-lg printer question-circle reply search unlock upload
    wifi-off x-lg x-octagon-fill
""".split()
FONT = "@fontsource-variable/inter"
FONT_SUBSETS = ["vietnamese", "latin-ext", "latin"]
FONT_FACE = """@font-face {{
  font-family: "Inter Variable"; font-weight: 100 900; font-display: swap;
  src: url("{file}") format("woff2");
  unicode-range: {unicode_range};
}}
"""
COPIES = [
    ("bootstrap", "dist/css/bootstrap.min.css", VENDOR / "bootstrap" / "bootstrap.min.css"),
    ("bootstrap", "LICENSE", VENDOR / "bootstrap" / "LICENSE"),
    (FONT, "LICENSE", VENDOR / "inter" / "LICENSE"),
    ("bootstrap-icons", "LICENSE", VENDOR / "bootstrap-icons" / "LICENSE"),
    ("axe-core", "axe.min.js", TESTS / "axe.min.js"),
    ("axe-core", "LICENSE", TESTS / "LICENSE"),
]


def main() -> None:
    npm = shutil.which("npm") or exit("npm is needed to update the browser files")
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit"], cwd=HERE, check=True)  # noqa: S603
    for folder in (VENDOR, TESTS):
        shutil.rmtree(folder, ignore_errors=True)
    origins = {target: package for package, _, target in COPIES}
    for package, source, target in COPIES:
        put(target, without_source_map((MODULES / package / source).read_bytes()))
    origins |= dict.fromkeys(copy_font(), FONT)
    origins |= dict.fromkeys(draw_sprite(), "bootstrap-icons")
    write_manifest(origins)


def put(target: Path, content: bytes) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return target


def without_source_map(content: bytes) -> bytes:
    return re.sub(rb"\n?(/\*|//)# sourceMappingURL=\S+( ?\*/)?\n?", b"\n", content)


def copy_font() -> list[Path]:
    """The woff2 files of our subsets, and a style sheet that names only them."""
    ranges = json.loads((MODULES / FONT / "unicode.json").read_text())
    made, faces = [], ""
    for subset in FONT_SUBSETS:
        name = f"inter-{subset}-wght-normal.woff2"
        content = (MODULES / FONT / "files" / name).read_bytes()
        made.append(put(VENDOR / "inter" / name, content))
        faces += FONT_FACE.format(file=name, unicode_range=ranges[subset])
    return [*made, put(VENDOR / "inter" / "inter.css", faces.encode())]


def draw_sprite() -> list[Path]:
    """One SVG file with a symbol for each icon in use."""
    symbols = ""
    for name in ICONS:
        drawing = (MODULES / "bootstrap-icons" / "icons" / f"{name}.svg").read_text()
        shape = re.search(r"<svg[^>]*>(.*)</svg>", drawing, re.DOTALL)[1].strip()
        symbols += f'<symbol id="{name}" viewBox="0 0 16 16">{shape}</symbol>\n'
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}</svg>\n'
    return [put(VENDOR / "bootstrap-icons" / "icons.svg", sprite.encode())]


def write_manifest(origins: dict[Path, str]) -> None:
    versions = json.loads((HERE / "package.json").read_text())["dependencies"]
    files = {
        path.relative_to(ROOT).as_posix(): {
            "package": package,
            "version": versions[package],
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path, package in sorted(origins.items())
    }
    put(VENDOR / "MANIFEST.json", (json.dumps(files, indent=1) + "\n").encode())


if __name__ == "__main__":
    main()
