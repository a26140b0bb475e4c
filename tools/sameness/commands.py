"""What the commands of a house answer, its addresses and its tables."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command, get_commands
from django.core.management.base import CommandError
from django.db import connection
from django.urls import URLPattern, get_resolver

from sameness.house import ROOMS, nothing_stays
from sameness.reading import Answer, document, plain, read

UNITS = ("TP", "IH")
OUT = "OUT"


def reports() -> list[tuple[str, ...]]:
    """Every report of the newest year and of one three years before, of the province and two units."""
    years = _years()
    slugs = [line.split("\t")[0] for line in _told(("report", "--list")).splitlines()]
    scopes = [(), *(("--unit", unit) for unit in UNITS)]
    return [
        ("report", slug, str(year), *scope, "--out", OUT, "--purpose", "so sánh")
        for year in sorted({years[-1], years[max(-4, -len(years))]})
        for slug in slugs
        for scope in scopes
    ]


def others() -> list[tuple[str, ...]]:
    """Figures of all years, where each stands, and what each command takes."""
    years = [str(year) for year in _years()]
    own = sorted(name for name, app in get_commands().items() if app in ROOMS)
    return [
        *(("indicators", year, "--json") for year in years),
        *(("indicators", years[-1], "--unit", unit) for unit in UNITS),
        *(("period", "status", year, "--json") for year in [*years, "1990"]),
        ("doctor", "--json"),
        ("recount", "--check"),
        ("report", "--list"),
        *((name, "--help") for name in own),
    ]


def run(words: tuple[str, ...]) -> Answer:
    with TemporaryDirectory() as folder, nothing_stays():
        out = Path(folder, "out.xlsx")
        status, told = _call(tuple(str(out) if word == OUT else word for word in words))
        told = told.replace(folder, "")
        if out.exists():
            return read(status, "file", out.read_bytes())
    try:
        return Answer(status, "application/json", document(json.loads(told)))
    except ValueError:
        return Answer(status, "text/plain", plain(told).splitlines())


def _call(words: tuple[str, ...]) -> tuple[int, str]:
    told = io.StringIO()
    with redirect_stdout(told), redirect_stderr(told):
        try:
            call_command(*words, stdout=told, stderr=told)
        except CommandError as error:
            return error.returncode, told.getvalue() + str(error)
        except SystemExit as end:
            return int(end.code or 0), told.getvalue()
    return 0, told.getvalue()


def _told(words: tuple[str, ...]) -> str:
    return _call(words)[1]


def _years() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT year FROM assessments_ratingyear ORDER BY year")
        return [year for (year,) in cursor.fetchall()]


def house() -> dict[str, Answer]:
    """The addresses and the tables of the house."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
        tables = [" ".join(map(str, row)) for row in cursor.fetchall()]
    return {
        "addresses": Answer(0, "text/plain", sorted(_patterns(get_resolver().url_patterns, "", ""))),
        "tables": Answer(0, "text/plain", tables),
    }


def _patterns(patterns, path: str, prefix: str):
    for pattern in patterns:
        here = f"{path}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield f"{here} {prefix}{pattern.name}"
        else:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _patterns(pattern.url_patterns, here, inner)
