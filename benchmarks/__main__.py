"""`python -m benchmarks GROUP [--runs N]`: prints the table of one group of budgets.

It runs on the database of DATABASE_URL, which must be a demonstration (`manage.py demo`).
"""

import argparse
import os
from functools import partial
from pathlib import Path

import django
from django.test.utils import override_settings


def main() -> None:
    os.environ.setdefault("DATABASE_URL", "sqlite:///var/demo.sqlite3")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resolution03.settings")
    django.setup()
    groups = _groups()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("group", choices=[*groups, "load", "b8", *_APART])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--samples", type=Path, help="folder of the clean sample workbooks")
    asked = parser.parse_args()
    if asked.group == "load":
        if not asked.samples:
            parser.error("load needs --samples")
        from benchmarks.loading import province

        print(province(asked.runs, asked.samples))
        return
    if asked.group == "b8":
        from benchmarks.reading import workbook

        print(workbook(asked.runs))
        return
    if asked.group in _APART:
        from benchmarks import imports

        print(getattr(imports, _APART[asked.group])(asked.runs))
        return
    _require_demonstration(parser)
    with override_settings(ROOT_URLCONF="benchmarks.urls"):
        print(groups[asked.group](asked.runs))


_APART = {"b9": "first_load", "b10": "second_load"}
"""Groups that make databases of their own."""


def _groups() -> dict:
    from benchmarks import figures, grid, jobs, memory, pages, registers, reports, saving
    from benchmarks.tenfold import in_tenfold

    return {
        "b1": figures.dashboard,
        "b1x10": partial(in_tenfold, figures.dashboard),
        "b2": pages.dashboard,
        "b3": pages.lists,
        "b4": pages.search,
        "b5": pages.entry,
        "b6": saving.many,
        "b7": grid.entry_page,
        "b11": reports.files,
        "b12": figures.recount,
        "b13": memory.memory,
        "b18": jobs.acts,
        "b17": registers.corrections,
        "b17p": registers.previews,
    }


def _require_demonstration(parser: argparse.ArgumentParser) -> None:
    from assessments.operations.demonstration import database

    if database.state() is not database.State.MARKED:
        parser.error("DATABASE_URL is no demonstration; make one with “manage.py demo --no-serve”")


if __name__ == "__main__":
    main()
