"""The package of a workbook: its sheets, styles and shared texts."""

import posixpath
import re
import struct
import zipfile
import zlib
from datetime import date
from xml.parsers import expat

from limits import CHARACTERS, INFLATED, STORED, Problem

BUILTIN_DATES = {14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)}
NOT_SHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
EPOCH = date(1899, 12, 30).toordinal()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DAMAGE = (
    expat.ExpatError, zipfile.BadZipFile, zlib.error, struct.error, LookupError, ArithmeticError,
    ValueError, EOFError, OSError, RuntimeError, NotImplementedError,
)


def open_archive(stream):
    if stream.read(8) == OLE:
        raise Problem("ole")
    try:
        archive = zipfile.ZipFile(stream)
    except DAMAGE as error:
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
        except (Problem, *DAMAGE) as error:
            raise Problem("no_workbook") from error
        for name, state, relation in self._found:
            kind, target = targets.get(relation, ("", ""))
            if kind.endswith("/worksheet"):
                self.sheets.append((name, state in ("hidden", "veryHidden"), target))
        self._read_shared(targets)

    def _read_shared(self, targets):
        parts = {kind.rsplit("/", 1)[-1]: target for kind, target in targets.values()}
        try:
            self.dates, self.fonts = self._styles(parts.get("styles"))
            self.strings = self._shared_strings(parts.get("sharedStrings"))
        except DAMAGE as error:
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

    def _styles(self, part):
        """The numbers of the cell styles that show a date, and the font's name of each style."""
        formats, styles, fonts, inside = {}, [], [], []

        def on_start(tag, attributes):
            if tag == "numFmt":
                formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
            elif tag in ("cellXfs", "cellStyleXfs", "fonts", "dxfs"):
                inside[:] = [tag]
            elif tag == "xf" and inside == ["cellXfs"]:
                styles.append((int(attributes.get("numFmtId", 0)), int(attributes.get("fontId", 0))))
            elif tag == "font" and inside == ["fonts"]:
                fonts.append("")
            elif tag == "name" and inside == ["fonts"]:
                fonts[-1] = attributes.get("val", "")

        if part:
            self._parse(part, on_start)
        dates = {str(i) for i, (number, _) in enumerate(styles) if is_date(number, formats)}
        return dates, {str(i): fonts[font] for i, (_, font) in enumerate(styles) if font < len(fonts)}

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
