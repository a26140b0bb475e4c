"""One sheet's XML with the formats of its marked cells changed, in one pass over the bytes."""

import re
from bisect import bisect_left

from outline import Part, local, make_parser, name_in, tag_at, with_attributes, with_prefix

MERGE = re.compile(rb"<(?:[\w.-]+:)?mergeCell\s[^>]*?\bref\s*=\s*[\"']([A-Z]+\d+):([A-Z]+\d+)[\"']")
BEHIND_DRAWING = {
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
}
USUAL_WIDTH = 64


class LocalNames(dict):
    """Local names by full ones; there are few, and each is asked for a million times."""

    def __missing__(self, name):
        self[name] = local(name)
        return self[name]


class MarkedSheet:
    """`wanted`: level by (row, column), both from 1. `styles` gives formats their marked clones."""

    def __init__(self, data, styles):
        self.part = Part(data)
        self.styles = styles
        self.prefix = self.part.prefix
        self.drawing = self.drawing_place = self.sheet_data = None
        self.columns = []
        self.names = LocalNames()

    def anchor_cells(self, cells):
        """Cells → where a mark can be seen: of a merged range its first cell."""
        rows = sorted({row for row, _column in cells})
        by_row: dict[int, list[int]] = {}
        for row, column in cells:
            by_row.setdefault(row, []).append(column)
        found = {cell: cell for cell in cells}
        for merge in MERGE.finditer(self.part.data):
            (top, left), (bottom, right) = map(place, (merge[1].decode(), merge[2].decode()))
            for row in rows[bisect_left(rows, top) : bisect_left(rows, bottom + 1)]:
                for column in by_row[row]:
                    if left <= column <= right:
                        found[row, column] = (top, left)
        return found

    def mark(self, wanted):
        """Put all edits into the part."""
        self.rows: dict[int, dict[int, str]] = {}
        for (row, column), level in wanted.items():
            self.rows.setdefault(row, {})[column] = level
        self.left_rows = sorted(self.rows, reverse=True)
        self.depth = self.row_number = self.column = 0
        self.is_inside = False
        self.row = None
        self.parser = make_parser(self._on_start, self._on_end)
        self.parser.Parse(self.part.data, True)

    def draw_from(self, relation, namespace):
        """Refer to the drawing with the boxes of the comments."""
        if self.drawing is None:
            new = b'<legacyDrawing xmlns:r="%s" r:id="%s"/>' % (namespace.encode(), relation.encode())
            self.part.replace(self.drawing_place, self.drawing_place, with_prefix(new, self.prefix))

    def width(self, column):
        """The width of a column, from 0, in pixels."""
        given = (width for first, last, _style, width in self.columns if first <= column + 1 <= last)
        return max(int(next(given, USUAL_WIDTH)), 1)

    def _on_start(self, name, attributes):
        name = self.names[name]
        self.depth += 1
        if self.is_inside:
            if name == "c":
                if self.row or self.styles.earlier:
                    self._on_cell(attributes, self.parser.CurrentByteIndex)
            elif name == "row":
                self._on_row(attributes, self.parser.CurrentByteIndex)
        elif self.depth == 2:
            self._on_part(name, attributes, self.parser.CurrentByteIndex)
        elif name == "col":
            self._on_column(attributes, self.parser.CurrentByteIndex)

    def _on_end(self, name):
        self.depth -= 1
        name = self.names[name]
        if name == "row" and self.is_inside:
            self._end_row()
        elif name == "sheetData" and self.is_inside:
            self.is_inside = False
            rows = b"".join(self._new_row(self.left_rows.pop()) for _ in list(self.left_rows))
            self._insert_at_end(self.sheet_data, rows)
        elif self.depth == 0 and self.drawing_place is None:
            self.drawing_place = self.parser.CurrentByteIndex

    def _on_part(self, name, attributes, index):
        if name == "sheetData":
            self.is_inside, self.sheet_data = True, index
        elif name == "legacyDrawing":
            self.drawing = next(value for key, value in attributes.items() if local(key) == "id")
        elif self.drawing_place is None and name in BEHIND_DRAWING:
            self.drawing_place = index
        elif self.drawing_place is None and name == "AlternateContent" and self.sheet_data:
            self.drawing_place = index

    def _on_column(self, attributes, index):
        style = int(attributes.get("style", 0))
        earlier = self.styles.earlier.get(style)
        if earlier is not None:
            self._restyle(index, style=earlier)
        width = 0 if attributes.get("hidden") in ("1", "true") else float(attributes.get("width", 9)) * 7 + 5
        first, last = int(attributes["min"]), int(attributes["max"])
        self.columns.append((first, last, style if earlier is None else earlier, width))

    def _on_row(self, attributes, index):
        given = attributes.get("r")
        self.row_number = int(given) if given else self.row_number + 1
        self.column = 0
        while self.left_rows and self.left_rows[-1] < self.row_number:
            self._insert(index, self._new_row(self.left_rows.pop()))
        is_wanted = bool(self.left_rows) and self.left_rows[-1] == self.row_number
        style = int(attributes.get("s", 0))
        earlier = self.styles.earlier.get(style)
        self.row_style = None
        if attributes.get("customFormat") in ("1", "true"):
            self.row_style = style if earlier is None else earlier
        self.row = None
        if is_wanted:
            self.left_rows.pop()
            self.row = sorted(self.rows[self.row_number].items(), reverse=True)
        self.row_index, self.row_changes = index, {}
        if earlier is not None:
            self.row_changes["s"] = earlier

    def _on_cell(self, attributes, index):
        style = int(attributes.get("s", 0))
        earlier = self.styles.earlier.get(style)
        level = None
        if self.row:
            given = attributes.get("r")
            self.column = place(given)[1] if given else self.column + 1
            while self.row and self.row[-1][0] < self.column:
                self._insert(index, self._new_cell(*self.row.pop()))
                self.row_changes["spans"] = None
            if self.row and self.row[-1][0] == self.column:
                level = self.row.pop()[1]
        if level is not None:
            self._restyle(index, s=self.styles.marked(style if earlier is None else earlier, level))
        elif earlier is not None:
            self._restyle(index, s=earlier)

    def _end_row(self):
        new = b"".join(self._new_cell(*self.row.pop()) for _ in list(self.row)) if self.row else b""
        self._insert_at_end(self.row_index, new, self.row_changes)
        self.row = None

    def _insert_at_end(self, index, new, changes=()):
        """Put `new` before the end tag of the element that began at `index`, and change its tag."""
        if not new and not changes:
            return
        tag = tag_at(self.part.data, index)
        start = with_attributes(tag[0], **dict(changes), **({"spans": None} if new else {}))
        if tag[1]:
            if new:
                name = name_in(start)
                start = start[:-2].rstrip() + b">" + new + b"</" + name + b">"
            self.part.replace(index, tag.end(), start)
            return
        if start != tag[0]:
            self.part.replace(index, tag.end(), start)
        if new:
            self._insert(self.parser.CurrentByteIndex, new)

    def _insert(self, index, new):
        self.part.replace(index, index, new)

    def _restyle(self, index, **style):
        tag = tag_at(self.part.data, index)
        self.part.replace(index, tag.end(), with_attributes(tag[0], **style))

    def _new_row(self, number):
        self.row_style, self.row_number = None, number
        cells = b"".join(self._new_cell(*one) for one in sorted(self.rows[number].items()))
        return with_prefix(b'<row r="%d">' % number, self.prefix) + cells + b"</%srow>" % self.prefix

    def _new_cell(self, column, level):
        style = self.row_style
        if style is None:
            given = (style for first, last, style, _width in self.columns if first <= column <= last)
            style = next(given, 0)
        name = name_of(self.row_number, column).encode()
        new = b'<c r="%s" s="%d"/>' % (name, self.styles.marked(style, level))
        return with_prefix(new, self.prefix)


def place(reference):
    """`B19` → (19, 2)."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter.upper()) - 64
    return int(reference[len(letters) :]), column


def name_of(row, column):
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"
