"""What the page of one sheet shows: its rows, the forms as they are filled, a preview."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.http import QueryDict

from assessments.workbooks.kinds.judging.levels import Years
from assessments.workbooks.kinds.roles import ABOVE
from assessments.workbooks.layouts.directory import Directory, Register
from assessments.workbooks.layouts.forms import HeaderForm, MappingForm, RememberForm, ValuesForm
from assessments.workbooks.layouts.guessing import Guess, guess
from assessments.workbooks.layouts.header_rows import period_in_titles, year_in_titles
from assessments.workbooks.layouts.mapping import Mapping
from assessments.workbooks.layouts.reading import in_unicode, read_mapped, shown
from assessments.workbooks.layouts.sheets import SKIP, Choices, Layouts, recognized
from assessments.workbooks.layouts.values import asked_values
from resolution03.lib.workbooks.reading import Sheet

RAW_ROWS, RAW_COLUMNS = 12, 12
PREVIEWED = 8


@dataclass
class Desk:
    """One sheet and what the user has chosen about it so far. `sent`: the request's data, by
    GET (headings and kind) or POST (everything); `unit`: the code of the user's, None for all."""

    sheet: Sheet
    choices: Choices
    layouts: Layouts
    kinds: dict[str, str]
    sent: QueryDict
    is_posted: bool
    unit: str | None = None

    @cached_property
    def start(self) -> Mapping:
        """What the forms begin with: as decided, as remembered, else as it seems."""
        if self.sent.get("header"):
            form = HeaderForm(self.sent, kinds=self.kinds)
            if form.is_valid():
                given = form.cleaned_data
                known = self._known
                if known and (known.kind, known.header_row, known.header_rows) == tuple(
                    given[name] for name in ("kind", "header", "rows")
                ):
                    return known
                return self._guessed(given["kind"], given["header"], given["rows"])
        return self._known or self._guessed()

    @cached_property
    def _known(self) -> Mapping | None:
        chosen = self.choices.of_sheet(self.sheet.name).get("mapping")
        if chosen and chosen != SKIP:
            return Mapping.of_json(chosen)
        found = recognized(self.sheet, self.layouts)
        if found is None:
            return None
        known = replace(found[1], year=year_in_titles(self.sheet, found[1].header_row))
        return self._anew(known) if known.is_outdated else known

    def _anew(self, known: Mapping) -> Mapping:
        """A remembered layout with what is proposed today; what its user chose besides stays."""
        sheet = in_unicode(self.sheet, known.encoding)
        found = guess(sheet, self.kinds, known.kind, known.header_row, known.header_rows, self._tree)
        proposed = found.mapping.columns
        kept = {
            index: role
            for index, role in known.columns.items()
            if index not in {*proposed, *found.unclear} and role not in proposed.values()
        }
        return replace(known, columns={**proposed, **kept}, is_checked=True)

    @cached_property
    def _encoding(self) -> str:
        return self.choices.of_sheet(self.sheet.name).get("encoding", "")

    @cached_property
    def _tree(self) -> Register:
        return Directory(self.unit).organizations

    def _guess(self, kind: str, row: int, rows: int) -> Guess:
        return guess(in_unicode(self.sheet, self._encoding), self.kinds, kind, row, rows, self._tree)

    @property
    def unclear(self) -> list[str]:
        """The headings of columns of names of which nothing says which is the row and which stands
        above it; none once the user has chosen."""
        start = self.start
        if self._known or self.is_posted:
            return []
        found = self._guess(start.kind, start.header_row, start.header_rows)
        return [self.mapping_form.headings.get(index, "") for index in found.unclear]

    def _guessed(self, kind: str = "", row: int = 0, rows: int = 0) -> Mapping:
        encoding = self._encoding
        sheet = in_unicode(self.sheet, encoding)
        found = self._guess(kind, row, rows).mapping
        year = year_in_titles(sheet, found.header_row) if found.needs_year else None
        return replace(found, year=year, period=period_in_titles(sheet, found), encoding=encoding)

    @cached_property
    def header_form(self) -> HeaderForm:
        return HeaderForm.of(self.start, self.kinds)

    @cached_property
    def mapping_form(self) -> MappingForm:
        data = self.sent if self.is_posted else None
        return MappingForm(data, sheet=in_unicode(self.sheet, self.start.encoding), start=self.start)

    @cached_property
    def values_form(self) -> ValuesForm | None:
        """None while the columns are not chosen, or nothing needs a meaning."""
        mapping = self.mapping_form.mapping if self._is_mapped else self.start
        if self.is_posted and not self._is_mapped or mapping.missing:
            return None
        asked = asked_values(self.sheet, mapping, Years())
        has_seen = set(self.sent.get("seen", "").split(","))
        data = self.sent if {column.key for column in asked} <= has_seen else None
        return ValuesForm(data, asked=asked, start=self.start) if asked else None

    @cached_property
    def remember_form(self) -> RememberForm:
        data = self.sent if self.is_posted else {"remember": "on", "name": self.sheet.name}
        return RememberForm(data)

    @property
    def _is_mapped(self) -> bool:
        return self.is_posted and self.mapping_form.is_valid()

    @property
    def is_ready(self) -> bool:
        """Everything is chosen, and the user has seen all values that need a meaning."""
        if not self._is_mapped or not self.remember_form.is_valid():
            return False
        form = self.values_form
        return form is None or (form.is_valid() if form.is_bound else form.is_settled)

    @property
    def mapping(self) -> Mapping:
        """As chosen; call it once the columns are."""
        if not self.is_posted:
            return self.start
        form = self.values_form
        values = form.values if form and form.is_bound and form.is_valid() else self.start.values
        return replace(self.mapping_form.mapping, values=values)

    @property
    def raw(self) -> list[tuple[int, list[str]]]:
        """The first rows as they stand, each with its number."""
        last = max(RAW_ROWS, self.start.header_row + 3)
        top = replace(self.sheet, rows=[pair for pair in self.sheet.rows if pair[0] <= last])
        rows = [(number, cells[:RAW_COLUMNS]) for number, cells in in_unicode(top, self.start.encoding).rows]
        width = max((len(cells) for _number, cells in rows), default=0)
        filled = ((number, [*cells, *[None] * (width - len(cells))]) for number, cells in rows)
        return [
            (number, ["" if cell is None else shown(cell)[:40] for cell in cells]) for number, cells in filled
        ]

    @cached_property
    def preview(self) -> dict | None:
        """The first rows as they would be read; None while that cannot be said."""
        mapping = self.mapping if self._is_mapped or not self.is_posted else None
        if mapping is None or not mapping.columns:
            return None
        table = read_mapped(self.sheet, mapping)
        columns = [column for _index, column in table.header.columns if column.key != ABOVE]
        if mapping.place or mapping.has_groups:
            columns.append(table.kind.by_key[mapping.place_role])
        rows = [
            (row.number, [_cell(row, column.key) for column in columns], row.fault)
            for row in table.rows[:PREVIEWED]
        ]
        return {
            "headings": [column.heading for column in columns],
            "rows": rows,
            "count": len(table.rows),
            "skipped": table.skipped,
        }


def _cell(row, key: str) -> str:
    """A value as it would be read; what is not understood as it stands, with its fault."""
    value = row.given(key)
    if value is None:
        return shown(row.cells[key]) if key in row.cells else ""
    return "x" if value is True else str(value)
