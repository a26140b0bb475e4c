#!/usr/bin/env python3
"""Pictures of the first printed page of each report, for docs/forms/.

    python tools/form_pictures.py YEAR [SLUG…]

Reads the database of DATABASE_URL, which must be a demonstration; needs soffice and pdftoppm.
"""

import os
import subprocess
import sys
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "forms"
DOTS_PER_INCH = "75"


def main(year: str, *slugs: str) -> None:
    """Build the workbooks, print them with LibreOffice in one go, keep each first page as PNG."""
    found = reports(slugs)
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        books = [build(report, year, Path(folder)) for report in found]
        run(
            program("soffice"),
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            *map(str, books),
        )
        for book in books:
            run(
                program("pdftoppm"),
                "-r",
                DOTS_PER_INCH,
                "-png",
                "-gray",
                "-singlefile",
                str(book.with_suffix(".pdf")),
                str(FOLDER / book.stem),
            )
    if not slugs:
        (FOLDER / "README.md").write_text(index(found, year), "utf-8")


def reports(slugs: tuple[str, ...]) -> list:
    """The reports asked for, or all that name no person; a picture shows invented data only."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resolution03.settings")
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from assessments.reports.declared import REPORTS
    from orgs.models import Installation

    if not Installation.objects.filter(is_demonstration=True).exists():
        sys.exit("This database is no demonstration.")
    return [r for r in REPORTS if (r.slug in slugs if slugs else not r.is_of_persons)]


def build(report, year: str, folder: Path) -> Path:
    book = folder / f"{report.slug}{report.suffix}"
    run(sys.executable, str(ROOT / "manage.py"), "report", report.slug, year, "--out", str(book))
    return book


def index(found: list, year: str) -> str:
    """What stands in the folder, in the order of the reports."""
    from django.utils import translation

    with translation.override("vi"):
        lines = [
            f"## {report.title} (`{report.slug}`)\n\n![{report.title}]({report.slug}.png)\n"
            for report in found
        ]
    head = (
        f"# The forms, as they print\n\nFirst pages of the demonstration's reports of {year}; all data are "
        f"invented.\nMade by `python tools/form_pictures.py {year}`.\n"
    )
    return "\n".join([head, *lines])


def program(name: str) -> str:
    found = which(name)
    return found or sys.exit(f"{name} is not installed.")


def run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
