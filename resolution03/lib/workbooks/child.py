"""Reads one .xlsx in a process of its own and writes its rows as JSON lines.

Run as a script, alone and isolated: a hostile file may kill this process, never the server. It
imports the standard library only. Each line on standard output is one JSON object:

    {"sheet": name, "hidden": bool}       a worksheet begins
    {"rows": [[number, [cell, …]], …]}    rows with content; empty ones are left out
    {"merged": [[top, left, bottom, right], …]}
    {"problem": code, "sheet": name}      and nothing after it

A cell is null, a text, a number, a boolean, {"d": day as a proleptic ordinal} or
{"f": formula, "v": cached cell or null}. Rows and columns are numbered from 1.
"""

import json
import posixpath
import re
import sys
import zipfile
from datetime import date
from xml.parsers import expat

MB = 1024 * 1024
STORED = 30 * MB
INFLATED = 300 * MB
ROWS = 200_000
COLUMNS = 500
CHARACTERS = 32_767
KEPT_COLUMNS = 1_000
HEADER_ROWS = 40
MEMORY = 600 * MB
CPU_SECONDS = 30
BATCH = 2_000

BUILTIN_DATES = {14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)}
NOT_SHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
EPOCH = date(1899, 12, 30).toordinal()
LAST_SERIAL = 2_958_465
LIMITS = {"rows", "columns", "characters", "inflated", "stored"}


class Problem(Exception):
    """The file cannot be read; `code` says why."""

    def __init__(self, code, sheet=None):
        super().__init__(code)
        self.code = code
        self.sheet = sheet


def main(path):
    limit_itself()
    try:
        read(path)
    except Problem as problem:
        say({"problem": problem.code, "sheet": problem.sheet})


def limit_itself():
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def say(message):
    sys.stdout.write(json.dumps(message, separators=(",", ":")))
    sys.stdout.write("\n")


def read(path):
    with open(path, "rb") as stream:
        archive = open_archive(stream)
        workbook = Workbook(archive)
        for name, hidden, part in workbook.sheets:
            say({"sheet": name, "hidden": hidden})
            if not hidden:
                try:
                    read_sheet(workbook, part)
                except Problem as problem:
                    raise Problem(problem.code, name) from problem
                except (expat.ExpatError, zipfile.BadZipFile, *DAMAGE) as error:
                    raise Problem("damaged", name) from error


DAMAGE = (KeyError, ValueError, EOFError, OSError, RuntimeError, NotImplementedError, zipfile.zlib.error)


def open_archive(stream):
    if stream.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Problem("ole")
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, *DAMAGE) as error:
        raise Problem("not_zip") from error
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise Problem("encrypted")
    if stream.seek(0, 2) > STORED:
        raise Problem("stored")
    if sum(entry.file_size for entry in entries) > INFLATED:
        raise Problem("inflated")
    return archive


class Workbook:
    """The parts of the package that all sheets share."""

    def __init__(self, archive):
        self.archive = archive
        self.sheets = []
        self.epoch = EPOCH
        self._found = []
        try:
            self.part = self._workbook_part()
            self._parse(self.part, self._on_workbook)
            targets = self._relations(self.part)
        except (expat.ExpatError, zipfile.BadZipFile, Problem, *DAMAGE) as error:
            raise Problem("no_workbook") from error
        for name, state, relation in self._found:
            kind, target = targets.get(relation, ("", ""))
            if kind.endswith("/worksheet"):
                self.sheets.append((name, state in ("hidden", "veryHidden"), target))
        self._read_shared(targets)

    def _read_shared(self, targets):
        parts = {kind.rsplit("/", 1)[-1]: target for kind, target in targets.values()}
        try:
            self.dates = self._date_styles(parts.get("styles"))
            self.strings = self._shared_strings(parts.get("sharedStrings"))
        except (expat.ExpatError, zipfile.BadZipFile, *DAMAGE) as error:
            raise Problem("damaged") from error

    def _parse(self, part, on_start, on_end=None, on_text=None):
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = refuse_doctype
        parser.StartElementHandler = lambda name, attributes: on_start(local(name), attributes)
        if on_end:
            parser.EndElementHandler = lambda name: on_end(local(name))
            parser.CharacterDataHandler = on_text
        with self.archive.open(part) as stream:
            parser.ParseFile(stream)

    def _workbook_part(self):
        for kind, target in self._relations("").values():
            if kind.endswith("/officeDocument") and target.endswith(".xml"):
                return target
        raise Problem("no_workbook")

    def _relations(self, part):
        folder, name = posixpath.split(part)
        found = {}

        def on_start(tag, attributes):
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.join("/" + folder, attributes["Target"])
                target = posixpath.normpath(target).lstrip("/")
                found[attributes["Id"]] = (attributes["Type"], target)

        self._parse(posixpath.join(folder, "_rels", name + ".rels"), on_start)
        return found

    def _on_workbook(self, tag, attributes):
        if tag == "sheet":
            relation = next((v for k, v in attributes.items() if local(k) == "id"), None)
            self._found.append((attributes["name"], attributes.get("state"), relation))
        elif tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.epoch = EPOCH + 1462

    def _date_styles(self, part):
        """The numbers of the cell styles that show a date."""
        formats, styles, inside = {}, [], []

        def on_start(tag, attributes):
            if tag == "numFmt":
                formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
            elif tag in ("cellXfs", "cellStyleXfs"):
                inside[:] = [tag]
            elif tag == "xf" and inside == ["cellXfs"]:
                styles.append(int(attributes.get("numFmtId", 0)))

        if part:
            self._parse(part, on_start)
        return {str(i) for i, number in enumerate(styles) if is_date(number, formats)}

    def _shared_strings(self, part):
        texts, pieces, state = [], [], {"phonetic": 0, "text": False}

        def on_start(tag, attributes):
            if tag == "si":
                pieces.clear()
            elif tag == "rPh":
                state["phonetic"] += 1
            elif tag == "t":
                state["text"] = not state["phonetic"]

        def on_end(tag):
            state["text"] = False
            if tag == "rPh":
                state["phonetic"] -= 1
            elif tag == "si":
                texts.append(within_limit("".join(pieces)))

        def on_text(data):
            if state["text"]:
                pieces.append(data)

        if part:
            self._parse(part, on_start, on_end, on_text)
        return texts


def local(name):
    return name.rsplit(":", 1)[-1]


def refuse_doctype(*arguments):
    raise ValueError("document type declaration")


def is_date(number, formats):
    if number not in formats:
        return number in BUILTIN_DATES
    shown = NOT_SHOWN.sub("", formats[number]).split(";")[0].lower()
    return any(letter in shown for letter in "dmy") and "general" not in shown


def within_limit(text):
    """The text, its escapes resolved; None when it is too long for a cell."""
    if len(text) > CHARACTERS:
        return None
    if "_x" in text:
        return ESCAPED.sub(unescaped, text)
    return text


def unescaped(match):
    """The letter that `_xHHHH_` stands for; control characters and surrogates are dropped."""
    number = int(match[1], 16)
    if number < 32 and number not in (9, 10, 13) or 0xD800 <= number <= 0xDFFF:
        return ""
    return chr(number)


class SheetReader:
    """Handlers of one sheet; says the rows in batches and counts what the limits count."""

    def __init__(self, workbook):
        self.strings = workbook.strings
        self.dates = workbook.dates
        self.epoch = workbook.epoch
        self.columns = {}
        self.used_columns = set()
        self.count = 0
        self.batch = []
        self.merged = []

    def parser(self):
        """The expat parser; closures, for this is the one loop that must be fast."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = refuse_doctype
        row_number = column = 0
        cells, texts = [], []
        kind = style = value = formula = None
        collecting = phonetic = False
        column_of = self.column_of

        def on_start(name, attributes):
            nonlocal row_number, column, kind, style, value, formula, collecting, phonetic
            if name == "c":
                reference = attributes.get("r")
                column = column_of(reference) if reference else column + 1
                kind, style = attributes.get("t"), attributes.get("s")
                value = formula = None
            elif name == "v" or name == "t" or name == "f":
                collecting = not phonetic
                texts.clear()
            elif name == "row":
                number = attributes.get("r")
                row_number = int(number) if number else row_number + 1
                column = 0
            elif name == "rPh":
                phonetic = True
            elif name == "mergeCell":
                self.merge(attributes["ref"])

        def on_text(data):
            if collecting:
                texts.append(data)

        def on_end(name):
            nonlocal value, formula, collecting, phonetic, cells
            if name == "v":
                value, collecting = "".join(texts), False
            elif name == "c":
                if value is not None or formula is not None:
                    cell = self.cell(kind, style, value, formula)
                    if cell is not None:
                        cells.append((column, cell))
            elif name == "t":
                if collecting:
                    value, collecting = (value or "") + "".join(texts), False
            elif name == "f":
                formula, collecting = "".join(texts), False
            elif name == "row":
                if cells:
                    self.row(row_number, cells)
                    cells = []
            elif name == "rPh":
                phonetic = False

        def on_first(name, attributes):
            if ":" in name:
                parser.StartElementHandler = lambda name, found: on_start(local(name), found)
                parser.EndElementHandler = lambda name: on_end(local(name))
            else:
                parser.StartElementHandler, parser.EndElementHandler = on_start, on_end

        parser.StartElementHandler = on_first
        parser.CharacterDataHandler = on_text
        return parser

    def column_of(self, reference):
        letters = reference.rstrip("0123456789")
        column = self.columns.get(letters)
        if column is None:
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter.upper()) - 64
            self.columns[letters] = column
        return column

    def cell(self, kind, style, value, formula):
        """The cell as it goes over the pipe; None when it holds nothing."""
        if formula is not None:
            return {"f": "=" + formula[:CHARACTERS], "v": self.plain(kind, style, value)}
        return self.plain(kind, style, value)

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
        return text if text and not text.isspace() else None

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


def read_sheet(workbook, part):
    reader = SheetReader(workbook)
    parser = reader.parser()
    with workbook.archive.open(part) as stream:
        parser.ParseFile(stream)
    reader.flush()
    say({"merged": reader.merged})


if __name__ == "__main__":
    main(sys.argv[1])
