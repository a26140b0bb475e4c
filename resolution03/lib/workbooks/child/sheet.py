"""One sheet: its rows with content, read in one pass and said in batches."""

import re
from datetime import date
from xml.parsers import expat

from limits import CHARACTERS, COLUMNS, ROWS, Problem, say
from package import EPOCH, local, refuse_doctype, within_limit

KEPT_COLUMNS = 1_000
HEADER_ROWS = 40
BATCH = 2_000
LAST_SERIAL = 2_958_465


def read_sheet(workbook, part):
    reader = SheetReader(workbook)
    with workbook.archive.open(part) as stream:
        reader.parser.ParseFile(stream)
    reader.flush()
    say({"merged": reader.merged, "fonts": reader.fonts_of_texts()})


class SheetReader:
    """Handlers of one sheet; counts what the limits count."""

    def __init__(self, workbook):
        self.strings = workbook.strings
        self.dates = workbook.dates
        self.epoch = workbook.epoch
        self.fonts = workbook.fonts
        self.text_styles = set()
        self.columns = {}
        self.used_columns = set()
        self.count = 0
        self.batch = []
        self.merged = []
        self.row_number = self.column = 0
        self.cells = []
        self.kind = self.style = self.value = self.formula = None
        self.texts = None
        self.is_phonetic = False
        self.parser = self._parser()

    def _parser(self):
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = refuse_doctype
        parser.StartElementHandler = self.on_first
        parser.CharacterDataHandler = self.on_text
        return parser

    def on_first(self, name, attributes):
        """Element names may bear a prefix; most files have none and pay nothing for it."""
        if ":" in name:
            self.parser.StartElementHandler = lambda name, found: self.on_start(local(name), found)
            self.parser.EndElementHandler = lambda name: self.on_end(local(name))
        else:
            self.parser.StartElementHandler = self.on_start
            self.parser.EndElementHandler = self.on_end

    def on_start(self, name, attributes):
        if name == "c":
            reference = attributes.get("r")
            self.column = self.column_of(reference) if reference else self.column + 1
            self.kind, self.style = attributes.get("t"), attributes.get("s")
            self.value = self.formula = None
        elif name == "v" or name == "t" or name == "f":
            self.texts = None if self.is_phonetic else []
        elif name == "row":
            number = attributes.get("r")
            self.row_number = int(number) if number else self.row_number + 1
            self.column = 0
        elif name == "rPh":
            self.is_phonetic = True
        elif name == "mergeCell":
            self.merge(attributes["ref"])

    def on_text(self, data):
        if self.texts is not None:
            self.texts.append(data)

    def on_end(self, name):
        if name == "v":
            self.value, self.texts = "".join(self.texts), None
        elif name == "c":
            if self.value is not None or self.formula is not None:
                cell = self.cell()
                if cell is not None:
                    self.cells.append((self.column, cell))
        elif name == "t":
            if self.texts is not None:
                self.value, self.texts = (self.value or "") + "".join(self.texts), None
        elif name == "f":
            self.formula, self.texts = "".join(self.texts), None
        elif name == "row":
            if self.cells:
                self.row(self.row_number, self.cells)
                self.cells = []
        elif name == "rPh":
            self.is_phonetic = False

    def column_of(self, reference):
        letters = reference.rstrip("0123456789")
        column = self.columns.get(letters)
        if column is None:
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter.upper()) - 64
            self.columns[letters] = column
        return column

    def cell(self):
        """The cell as it goes over the pipe; None when it holds nothing."""
        plain = self.plain(self.kind, self.style, self.value)
        if self.formula is None:
            return plain
        return {"f": "=" + self.formula[:CHARACTERS], "v": plain}

    def plain(self, kind, style, value):
        if value is None:
            return None
        if kind is None or kind == "n":
            return self.number(style, value)
        if kind == "s":
            text = self.strings[int(value)]
        elif kind == "b":
            return value.strip() in ("1", "true")
        elif kind == "d":
            return {"d": date.fromisoformat(value[:10]).toordinal()}
        else:
            text = within_limit(value)
        if text is None:
            raise Problem("characters")
        if not text or text.isspace():
            return None
        self.text_styles.add(style)
        return text

    def fonts_of_texts(self):
        """The names of the fonts in which texts stand."""
        return sorted({self.fonts.get(style or "0", "") for style in self.text_styles} - {""})

    def number(self, style, value):
        try:
            number = int(value)
        except ValueError:
            if not value.strip():
                return None
            number = float(value)
            if number != number or number in (float("inf"), float("-inf")):
                return value
            if number == int(number):
                number = int(number)
        if style in self.dates and 0 < number <= LAST_SERIAL:
            return {"d": self.epoch + int(number) + (1 if number < 60 and self.epoch == EPOCH else 0)}
        return number

    def row(self, number, cells):
        self.count += 1
        if self.count > ROWS:
            raise Problem("rows")
        used = {column for column, _ in cells} - self.used_columns
        if used:
            self.used_columns |= used
            if len(self.used_columns) > COLUMNS:
                raise Problem("columns")
        dense = [None] * min(max(column for column, _ in cells), KEPT_COLUMNS)
        for column, cell in cells:
            if column <= KEPT_COLUMNS:
                dense[column - 1] = cell
        self.batch.append([number, dense])
        if len(self.batch) >= BATCH:
            self.flush()

    def flush(self):
        if self.batch:
            say({"rows": self.batch})
            self.batch = []

    def merge(self, reference):
        """Keep the merged ranges that may belong to a header."""
        first, _, last = reference.partition(":")
        top, bottom = (int(re.sub(r"\D", "", corner) or 0) for corner in (first, last or first))
        if top <= HEADER_ROWS and len(self.merged) < BATCH:
            left, right = (self.column_of(corner) for corner in (first, last or first))
            self.merged.append([top, left, bottom, right])
