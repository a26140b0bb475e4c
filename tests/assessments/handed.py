"""Takes prepared workbooks through the page, changes them as an office does, loads them again."""

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl.worksheet.worksheet import Worksheet

HEADER = 5


def take(client, user, unit, part="all", year=2018) -> bytes:
    client.force_login(user)
    answer = client.post(reverse("assessments:prepared_take", args=[year, unit.code, part]))
    assert answer.status_code == 200, answer.content
    return answer.content


def opened_book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def saved(book: openpyxl.Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def columns(sheet: Worksheet) -> dict[str, int]:
    """The column of each heading; of several `Ghi chú` the last."""
    return {cell.value: cell.column for cell in sheet[HEADER] if cell.value}


def row_of(sheet: Worksheet, code: str) -> int:
    """The row in which a code stands."""
    return next(cell.row for row in sheet.iter_rows(min_row=HEADER + 1) for cell in row if cell.value == code)


def put(sheet: Worksheet, row: int, **values) -> None:
    """Write under headings, in which `_` stands for a space."""
    at = columns(sheet)
    for heading, value in values.items():
        sheet.cell(row, at[heading.replace("_", " ")], value)


def first_free(sheet: Worksheet) -> int:
    filled = [cell.row for row in sheet.iter_rows(min_row=HEADER) for cell in row if cell.value is not None]
    return max(filled) + 1


def load(client, user, content: bytes):
    """Upload through the page; the address of the plan."""
    client.force_login(user)
    file = SimpleUploadedFile("mẫu.xlsx", content)
    answer = client.post(reverse("assessments:upload"), {"files": [file]})
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def resaved(content: bytes, folder: Path) -> bytes:
    """The workbook as LibreOffice saves it; skips where it is not installed, except in CI."""
    soffice = shutil.which("soffice")
    if soffice is None and not os.environ.get("CI"):
        pytest.skip("LibreOffice is not installed here; CI has it")
    assert soffice, "CI needs LibreOffice"
    (folder / "in.xlsx").write_bytes(content)
    out = folder / "out"
    out.mkdir(exist_ok=True)
    profile = (folder / "profile").as_uri()
    subprocess.run(  # noqa: S603
        [
            soffice,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(out),
            str(folder / "in.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=170,
    )
    return (out / "in.xlsx").read_bytes()
