"""How each sheet of an upload is read: as the user decided, by its headings, or by a layout."""

from collections.abc import Collection
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace

from assessments.workbooks.layouts.encoding import has_old_headings, samples, suspected
from assessments.workbooks.layouts.header_rows import period_in_titles
from assessments.workbooks.layouts.mapping import Mapping
from assessments.workbooks.layouts.reading import in_unicode, read_mapped, signatures
from assessments.workbooks.layouts.waiting import holds_a_table
from assessments.workbooks.loading.known import known_table
from resolution03.lib.workbooks.reading import Sheet
from resolution03.lib.workbooks.table import Table

SKIP = "skip"


@dataclass(frozen=True, slots=True)
class KnownLayout:
    """A layout that an office had remembered."""

    pk: int
    name: str
    mapping: Mapping


@dataclass(frozen=True, slots=True)
class Choices:
    """What a user decided about a file, over `Upload.choices`."""

    stored: dict = field(default_factory=dict)

    def of_sheet(self, name: str) -> dict:
        return self.stored.get("sheets", {}).get(name, {})


Layouts = MappingOf[str, KnownLayout]
"""The layouts of one office by their signatures."""


def read_sheet(
    sheet: Sheet, index: int, choices: Choices, layouts: Layouts, ignored: Collection[str]
) -> tuple[Table | None, dict]:
    """The table of a sheet that a user can be asked about, and a note of how it was read.

    What the user decided holds first, then headings that are known, then a remembered layout.
    A sheet whose headings are of an old font too is not read before the user said how it stands.
    """
    chosen = choices.of_sheet(sheet.name)
    note: dict[str, object] = {"index": index}
    if chosen.get("mapping") != SKIP and "encoding" not in chosen and not recognized(sheet, layouts):
        if (font := suspected(sheet)) and has_old_headings(sheet):
            return None, note | {"encoding": font, "samples": samples(sheet, font)}
    if chosen.get("mapping") == SKIP:
        return None, note | {"skipped": True}
    if chosen.get("mapping"):
        mapping = Mapping.of_json(chosen["mapping"])
        return read_mapped(sheet, mapping), note | {"mapped": True, "layout": chosen.get("layout", "")}
    if chosen.get("encoding"):
        note |= {"decoded": chosen["encoding"]}
    table = known_table(in_unicode(sheet, chosen.get("encoding", "")), ignored)
    if table is not None and not table.faults:
        return table, note
    if found := recognized(sheet, layouts):
        layout, mapping = found
        note |= {"layout": layout.name, "layout_key": layout.pk}
        if mapping.is_outdated:
            return None, note | {"is_outdated": True}
        if mapping.missing:
            return None, note | {"is_incomplete": True}
        return read_mapped(sheet, mapping), note
    is_table = table is not None or holds_a_table(sheet)
    return table, note | {"unknown" if is_table else "no_table": True}


def recognized(sheet: Sheet, layouts: Layouts) -> tuple[KnownLayout, Mapping] | None:
    """The remembered layout whose headings the sheet has, and its mapping there."""
    for row, rows, found in signatures(sheet) if layouts else ():
        layout = layouts.get(found)
        if layout and layout.mapping.header_rows == rows:
            mapping = layout.mapping.at(row)
            return layout, replace(mapping, period=period_in_titles(sheet, mapping))
    return None
