"""B8: reading a workbook of 33,000 rows and 20 columns, the child process included."""

import datetime
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
import python_calamine
import xlsxwriter

from benchmarks.measure import in_turn, table
from resolution03.lib.workbooks.reading import CHILD, read_workbook

ROWS = 33_000
LEVELS = ("Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ", "Hoàn thành nhiệm vụ")
_PEAK = (
    "import resource, subprocess, sys\n"
    "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)\n"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
)


def workbook(runs: int) -> str:
    """Four readers of the same file in turn, and the memory of our child."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "members.xlsx"
        _write(path)
        sides = {
            "read_workbook, with its child": lambda: read_workbook(path),
            "openpyxl": lambda: _rows(openpyxl.load_workbook(path)),
            "openpyxl read-only": lambda: _rows(openpyxl.load_workbook(path, read_only=True)),
            "python-calamine": lambda: python_calamine.load_workbook(path).get_sheet_by_index(0).to_python(),
        }
        measured = in_turn(sides, runs, warm_up=False)
        peak = _peak(path)
    return table(
        f"B8 reading {ROWS} rows of 20 columns",
        measured,
        to="read_workbook, with its child",
        lines=(f"Peak memory of the child: {peak} MB. Processor time is without the child's.",),
    )


def _rows(book: openpyxl.Workbook) -> list[tuple]:
    return list(book.worksheets[0].iter_rows(values_only=True))


def _peak(path: Path) -> int:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _PEAK, *CHILD.command((str(path), "plain"))],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


def _write(path: Path) -> None:
    chosen = random.Random(8)  # noqa: S311 (invented rows)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Đảng viên")
        date = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, [f"Cột {place}" for place in range(1, 21)])
        for row in range(1, ROWS + 1):
            sheet.write_row(row, 0, [row, f"DV{row:06d}", f"Nguyễn Văn {row % 977}"])
            for column in (3, 4, 5):
                born = datetime.date(1950, 1, 1) + datetime.timedelta(chosen.randrange(25_000))
                sheet.write_datetime(row, column, born, date)
            sheet.write_row(row, 6, [chosen.choice(("Nam", "Nữ")), chosen.choice(("x", ""))])
            sheet.write(row, 8, f"DH.X{row % 99:02d}.{row % 7:02d}")
            sheet.write_row(row, 9, chosen.choices(LEVELS, k=5))
            sheet.write_row(row, 14, [chosen.randrange(1_000) for _ in range(4)])
            sheet.write_row(row, 18, [chosen.random(), f"Ghi chú {row}"])
