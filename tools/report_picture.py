#!/usr/bin/env python3
"""A picture of one printed page of a report, for the documents.

    python tools/report_picture.py 2021 docs/target-sheet.png [PAGE]

Reads the database of DATABASE_URL, which must be a demonstration; needs soffice and pdftoppm.
"""

import os
import subprocess
import sys
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
DOTS_PER_INCH = "100"


def main(year: str, picture: str, page: str = "1") -> None:
    """Build the workbook, print it with LibreOffice, keep one page as PNG."""
    require_demonstration()
    with TemporaryDirectory() as folder:
        book = Path(folder, "report.xlsx")
        run(sys.executable, str(ROOT / "manage.py"), "report", "steering-committee", year,
            "--out", str(book))
        run(program("soffice"), f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--headless", "--convert-to", "pdf", "--outdir", folder, str(book))
        run(program("pdftoppm"), "-r", DOTS_PER_INCH, "-png", "-gray", "-singlefile",
            "-f", page, "-l", page, str(book.with_suffix(".pdf")), str(Path(picture).with_suffix("")))


def require_demonstration() -> None:
    """A picture in the documents shows invented data only."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resolution03.settings")
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from orgs.models import Installation

    if not Installation.objects.filter(is_demonstration=True).exists():
        sys.exit("This database is no demonstration.")


def program(name: str) -> str:
    found = which(name)
    return found or sys.exit(f"{name} is not installed.")


def run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(*sys.argv[1:])
