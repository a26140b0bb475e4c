"""Reading report workbooks in tests: cells, formulas, all bytes, and LibreOffice's own results."""

import atexit
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def values(content: bytes) -> dict[tuple[str, str], object]:
    """(sheet, cell) → the value that the cell keeps; empty text counts as blank."""
    book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


def formulas(content: bytes) -> dict[tuple[str, str], str]:
    """(sheet, cell) → formula."""
    book = openpyxl.load_workbook(BytesIO(content))
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def readable(content: bytes) -> str:
    """Everything in the file: sheets, shared strings, names, properties."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        return "\n".join(book.read(name).decode("utf-8") for name in book.namelist())


def column(content: bytes, sheet: str, heading: str) -> list:
    """The values below a heading of a form, the number row left out, down to the first blank."""
    book = openpyxl.load_workbook(BytesIO(content), data_only=True)[sheet]
    at = next(c for row in book.iter_rows(8, 9) for c in row if c.value == heading)
    found = []
    for row in range(11, book.max_row + 1):
        value = book.cell(row, at.column).value
        if value in (None, ""):
            break
        found.append(value)
    return found


def without_cached_values(content: bytes) -> bytes:
    """The same workbook with every formula's cached value replaced by a wrong one."""
    spoiled = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as book, zipfile.ZipFile(spoiled, "w") as out:
        for name in book.namelist():
            part = book.read(name).decode("utf-8")
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(r"(</f>)<v>[^<]*</v>", r"\1<v>-987</v>", part)
                part = re.sub(r' t="str"(><f>)', r"\1", part)
            out.writestr(name, part)
    return spoiled.getvalue()


@cache
def _profile() -> Path:
    """A profile of LibreOffice's own that recalculates; made once, a first start takes long."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE)
    return folder


def recalculated(content: bytes, folder: Path) -> dict[tuple[str, str], object]:
    """What LibreOffice computes; skips where it is not installed, except in CI."""
    return recalculated_together({"in": content}, folder)["in"]


def recalculated_together(
    contents: dict[str, bytes], folder: Path
) -> dict[str, dict[tuple[str, str], object]]:
    """The same of many workbooks in one run, by their names."""
    paths = [folder / f"{name}.xlsx" for name in contents]
    for path in paths:
        path.write_bytes(contents[path.stem])
    convert(paths, "xlsx", folder / "out")
    return {path.stem: values((folder / "out" / path.name).read_bytes()) for path in paths}


def convert(paths: list[Path], kind: str, out: Path) -> None:
    """Let LibreOffice convert files; skips where it or a part of it is not installed, except in CI."""
    soffice = shutil.which("soffice")
    if soffice is None and not os.environ.get("CI"):
        pytest.skip("LibreOffice is not installed here; CI has it")
    assert soffice, "CI needs LibreOffice"
    out.mkdir(exist_ok=True)
    subprocess.run(  # noqa: S603
        [
            soffice,
            f"-env:UserInstallation={_profile().as_uri()}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(out),
            *map(str, paths),
        ],
        check=True,
        capture_output=True,
        timeout=400,
    )
    made = [out / f"{path.stem}.{kind}" for path in paths]
    if not all(path.exists() for path in made) and not os.environ.get("CI"):
        pytest.skip("LibreOffice is here without the part that opens these files; CI has it")
