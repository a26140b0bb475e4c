"""Rows read by expat, whatever way they are written."""

import re
from xml.parsers import expat

from limits import say
from markup import local, new_parser
from places import column_number, row_number

KEPT_COLUMNS = 1_000
HEADER_ROWS = 40
MOST_MERGED = 20_000


class CarefulRows:
    """Handlers of the elements of a sheet; rows with content are kept until `flush`."""

    def __init__(self, cells, used):
        self.cells = cells
        self.used = used
        self.merged = []
        self.hidden = []
        self.batch = []
        self._begin(row=0)

    def _begin(self, row):
        self.row, self.column, self.found, self.is_hidden = row, 0, [], False
        self.kind = self.style = self.value = self.formula = self.texts = None
        self.is_phonetic = False

    def parser(self):
        parser = new_parser(None, None, self.on_text)

        def on_first(name, attributes):
            """Element names may bear a prefix; most files have none and pay nothing for it."""
            if ":" in name:
                parser.StartElementHandler = lambda name, found: self.on_start(local(name), found)
                parser.EndElementHandler = lambda name: self.on_end(local(name))
            else:
                parser.StartElementHandler = self.on_start
                parser.EndElementHandler = self.on_end

        parser.StartElementHandler = on_first
        return parser

    def read_one(self, row):
        """Whether expat accepts this row, given without its end tag."""
        kept, last = len(self.batch), self.row
        try:
            self.parser().Parse(b"<sheetData>" + row + b"</row></sheetData>", True)
        except expat.ExpatError:
            del self.batch[kept:]
            self._begin(last)
            return False
        return True

    def on_start(self, name, attributes):
        if name == "c":
            reference = attributes.get("r")
            if reference:
                self.column = column_number(reference.rstrip("0123456789"))
            else:
                self.column += 1
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "0")
            self.value = self.formula = None
        elif name == "v" or name == "t" or name == "f":
            self.texts = None if self.is_phonetic else []
        elif name == "row":
            number = attributes.get("r")
            self.row = row_number(number) if number else self.row + 1
            self.column, self.is_hidden = 0, attributes.get("hidden") in ("1", "true")
        elif name == "rPh":
            self.is_phonetic = True
        elif name == "mergeCell":
            self._merge(attributes["ref"])

    def on_text(self, data):
        if self.texts is not None:
            self.texts.append(data)

    def on_end(self, name):
        if name == "v":
            self.value, self.texts = "".join(self.texts or ()), None
        elif name == "c":
            if self.value is not None or self.formula is not None:
                cell = self.cells.cell(self.kind, self.style, self.value, self.formula)
                if cell is not None:
                    self.found.append((self.column, cell))
        elif name == "t":
            if self.texts is not None:
                self.value, self.texts = (self.value or "") + "".join(self.texts or ()), None
        elif name == "f":
            self.formula, self.texts = "".join(self.texts or ()), None
        elif name == "row":
            if self.found:
                self._keep(self.found)
                self.found = []
        elif name == "rPh":
            self.is_phonetic = False

    def _keep(self, cells):
        dense = [None] * min(max(column for column, _ in cells), KEPT_COLUMNS)
        for column, cell in cells:
            if column not in self.used:
                self.used.add(column)
            if column <= KEPT_COLUMNS:
                dense[column - 1] = cell
        self.batch.append([self.row, dense])
        if self.is_hidden:
            self.hidden.append(self.row)

    def flush(self):
        if self.batch:
            say({"rows": self.batch})
            self.batch = []

    def _merge(self, reference):
        """Keep the merged ranges that may belong to a header, and those over several rows."""
        first, _, last = reference.partition(":")
        top, bottom = (int(re.sub(r"\D", "", corner) or 0) for corner in (first, last or first))
        if (top <= HEADER_ROWS or bottom > top) and len(self.merged) < MOST_MERGED:
            left, right = (column_number(corner.rstrip("0123456789")) for corner in (first, last or first))
            self.merged.append([top, left, bottom, right])
