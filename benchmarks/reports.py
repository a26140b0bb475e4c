"""B11: reports beside XlsxWriter writing the same cells from memory.

The other side replays what the report told XlsxWriter: the same values, formulas with their cached
values, formats, merged cells and widths, all of it in memory before the clock starts.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from assessments.reports import declared
from assessments.rules.models.years import RatingYear
from benchmarks.measure import in_turn, statements, table

REPORTS = {"steering-committee": (2018, 3.0), "members-list": (2025, 1.5)}
"""Slug → year and budget."""
TOLD = (
    "write_string",
    "write_number",
    "write_blank",
    "write_formula",
    "write_datetime",
    "merge_range",
    "set_row",
    "set_column",
    "set_footer",
    "set_landscape",
    "set_paper",
    "fit_to_pages",
    "set_margins",
    "center_horizontally",
    "hide_gridlines",
    "repeat_rows",
    "freeze_panes",
    "autofilter",
    "print_area",
)
CELLS = ("write_string", "write_number", "write_blank", "write_formula", "write_datetime")


class Recording:
    """What was told to XlsxWriter: formats, sheets, and calls in their order."""

    def __init__(self):
        self.formats: list[dict] = []
        self.sheets: list[str] = []
        self.calls: list[tuple[int, str, tuple, dict]] = []
        self._places: dict[int, int] = {}
        self._depth = 0

    @contextmanager
    def on(self) -> Iterator[None]:
        """Listen while the block runs; a call inside a call is not told again."""
        kept = {name: getattr(Worksheet, name) for name in TOLD}
        book = Workbook.add_format, Workbook.add_worksheet
        for name, method in kept.items():
            setattr(Worksheet, name, self._telling(name, method))
        Workbook.add_format, Workbook.add_worksheet = self._formatting(book[0]), self._adding(book[1])
        try:
            yield
        finally:
            for name, method in kept.items():
                setattr(Worksheet, name, method)
            Workbook.add_format, Workbook.add_worksheet = book

    def replay(self) -> bytes:
        """The same workbook by XlsxWriter alone."""
        stream = BytesIO()
        with Workbook(stream, {"in_memory": True}) as book:
            formats = [book.add_format(properties) for properties in self.formats]
            sheets = [book.add_worksheet(name) for name in self.sheets]
            methods = [{name: getattr(sheet, name) for name in TOLD} for sheet in sheets]
            for place, name, arguments, options in self.calls:
                arguments = [formats[a.n] if type(a) is _Look else a for a in arguments]
                methods[place][name](*arguments, **options)
        return stream.getvalue()

    @property
    def cells(self) -> int:
        return sum(name in CELLS for _place, name, _arguments, _options in self.calls)

    def _telling(self, name: str, method: Callable) -> Callable:
        @wraps(method)
        def told(sheet, *arguments, **options):
            if not self._depth:
                plain = tuple(_Look(a.told) if isinstance(a, Format) else a for a in arguments)
                self.calls.append((self._places[id(sheet)], name, plain, options))
            self._depth += 1
            try:
                return method(sheet, *arguments, **options)
            finally:
                self._depth -= 1

        return told

    def _formatting(self, method: Callable) -> Callable:
        def add_format(book, properties=None):
            made = method(book, properties)
            if "xf_index" not in (properties or {}):  # those that every workbook has of itself
                made.told = len(self.formats)
                self.formats.append(properties or {})
            return made

        return add_format

    def _adding(self, method: Callable) -> Callable:
        def add_worksheet(book, name=None):
            made = method(book, name)
            self._places[id(made)] = len(self.sheets)
            self.sheets.append(name)
            return made

        return add_worksheet


class _Look:
    """A format of the recording."""

    __slots__ = ("n",)

    def __init__(self, n: int):
        self.n = n


def files(runs: int) -> str:
    """The whole report of a year for the province, and the list of all its members."""
    return "\n".join(_file(slug, *asked, runs) for slug, asked in REPORTS.items())


def _file(slug: str, year: int, budget: float, runs: int) -> str:
    report = declared.BY_SLUG[slug]
    recording = Recording()
    with recording.on():
        content = _build(report, year)
    replayed = recording.replay()
    sides = {"report": lambda: _build(report, year), "XlsxWriter alone": recording.replay}
    measured = in_turn(sides, runs)
    return table(
        f"B11 {slug}, {year}, budget {budget} times",
        measured,
        to="XlsxWriter alone",
        lines=(
            f"{len(recording.sheets)} sheets, {recording.cells} cells, {len(recording.formats)} formats; "
            f"{len(content)} and {len(replayed)} bytes; "
            f"{statements(lambda: _build(report, year))} statements.",
        ),
    )


def _build(report: declared.Report, year: int) -> bytes:
    found = RatingYear.objects.select_related("province").get(pk=year)
    return report.build(declared.matter_of(found, found.province, None))
