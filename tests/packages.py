"""What makes Excel offer to repair a workbook, looked for in the package itself.

The XML schemas say nothing of references: a style, a shared text or a relation that is not there, two
merged areas that overlap, a name given twice. `faults` names each; `invalid` asks the schemas.
"""

import posixpath
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from openpyxl.utils.cell import column_index_from_string, range_boundaries
from openxml_audit import FileFormat, OpenXmlValidator

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]|^'|'$")
ACTIVE = re.compile(r"vbaProject|externalLink|activeX|embeddings/|connections|customXml|queryTable")


def invalid(content: bytes, suffix: str = ".xlsx") -> list[str]:
    """What the schemas of Office 2010 and the SDK's semantic rules find wrong."""
    with tempfile.NamedTemporaryFile(suffix=suffix) as file:
        file.write(content)
        file.flush()
        result = OpenXmlValidator(FileFormat.OFFICE_2010).validate(Path(file.name))
        return [str(error) for error in result.errors]


def faults(content: bytes) -> list[str]:
    """Every known cause of a repair, in words; none in a sound workbook."""
    return list(Package(content).faults())


def texts(content: bytes) -> str:
    """Every part of a package as text, whatever its kind."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


class Package:
    """The parts of a workbook, parsed."""

    def __init__(self, content: bytes):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            self.names = archive.namelist()
            self.parts = {name: archive.read(name) for name in self.names}
        self.trees = {
            name: ElementTree.fromstring(part)  # noqa: S314
            for name, part in self.parts.items()
            if name.endswith((".xml", ".rels"))
        }
        self.workbook = self.trees["xl/workbook.xml"]
        self.styles = self.trees["xl/styles.xml"]

    def faults(self) -> Iterator[str]:
        yield from (f"{name}: twice" for name, n in Counter(self.names).items() if n > 1)
        yield from (f"{name}: active content" for name in self.names if ACTIVE.search(name))
        yield from self._types()
        yield from self._relations()
        yield from self._names()
        yield from self._style_counts()
        for name, tree in self.sheets():
            for fault in self._sheet(tree):
                yield f"{name}: {fault}"
        yield from self._tables()

    def sheets(self) -> Iterator[tuple[str, ElementTree.Element]]:
        """(sheet name, tree) in the order of the workbook."""
        targets = self.relations("xl/workbook.xml")
        for sheet in self.workbook.iter(f"{MAIN}sheet"):
            yield sheet.get("name"), self.trees[targets[sheet.get(RELATION)]]

    def relations(self, part: str) -> dict[str, str]:
        folder, name = posixpath.split(part)
        tree = self.trees.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {
            one.get("Id"): posixpath.normpath(posixpath.join("/", folder, one.get("Target"))).strip("/")
            for one in ([] if tree is None else tree)
            if one.get("TargetMode") != "External"
        }

    def _types(self) -> Iterator[str]:
        types = self.trees["[Content_Types].xml"]
        parts = {one.get("PartName", "").strip("/") for one in types}
        endings = {one.get("Extension") for one in types}
        for name in self.names:
            if name not in parts and name.rpartition(".")[2] not in endings:
                yield f"{name}: no content type"
        yield from (f"{name}: a type without a part" for name in parts - {"", *self.names})

    def _relations(self) -> Iterator[str]:
        for rels in (name for name in self.names if name.endswith(".rels")):
            folder, name = posixpath.split(rels)
            owner = posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))
            for target in self.relations(owner).values():
                if target not in self.parts:
                    yield f"{rels}: {target} is not there"
            external = [one for one in self.trees[rels] if one.get("TargetMode") == "External"]
            if external:
                yield f"{rels}: points outside"
            if len(self.trees[rels]) > 65_530:
                yield f"{rels}: too many links"

    def _names(self) -> Iterator[str]:
        names = [name for name, _tree in self.sheets()]
        for name in names:
            if not 0 < len(name) <= 31 or NOT_IN_NAMES.search(name):
                yield f"{name}: no sheet name for Excel"
        if len({name.casefold() for name in names}) != len(names):
            yield "two sheets of one name"
        if all(sheet.get("state", "visible") != "visible" for sheet in self.workbook.iter(f"{MAIN}sheet")):
            yield "no visible sheet"
        defined = Counter(
            (one.get("name").casefold(), one.get("localSheetId"))
            for one in self.workbook.iter(f"{MAIN}definedName")
        )
        yield from (f"{name}: defined twice" for (name, _sheet), n in defined.items() if n > 1)
        for one in self.workbook.iter(f"{MAIN}definedName"):
            if int(one.get("localSheetId") or 0) >= len(names) or "#REF!" in (one.text or ""):
                yield f"{one.get('name')}: defined for no sheet"

    def _style_counts(self) -> Iterator[str]:
        for group in ("fonts", "fills", "borders", "cellXfs", "numFmts", "dxfs"):
            found = self.styles.find(f"{MAIN}{group}")
            if found is not None and int(found.get("count")) != len(found):
                yield f"{group}: {len(found)}, counted as {found.get('count')}"
        if len(self.styles.find(f"{MAIN}cellXfs")) > 65_490:
            yield "too many cell formats"
        for one in self.styles.iter(f"{MAIN}numFmt"):
            if len(one.get("formatCode")) > 255:
                yield "a number format is too long"
        texts = self.trees.get("xl/sharedStrings.xml")
        if texts is not None and int(texts.get("uniqueCount")) != len(texts):
            yield "shared texts are counted wrong"

    def _sheet(self, tree: ElementTree.Element) -> Iterator[str]:
        yield from self._cells(tree)
        yield from _overlaps(tree)
        for width in tree.iter(f"{MAIN}col"):
            if float(width.get("width", 1)) > 255:
                yield "a column is too wide"
        for tag in ("oddHeader", "oddFooter"):
            for one in tree.iter(f"{MAIN}{tag}"):
                if len(one.text or "") > 255:
                    yield f"{tag} is longer than 255 characters"
        for one in tree.iter(f"{MAIN}dataValidation"):
            limits = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 255}
            yield from (f"{name} too long" for name, most in limits.items() if len(one.get(name, "")) > most)
            for formula in one:
                if len(formula.text or "") > 255:
                    yield "a list of choices is longer than 255 characters"
        formats = self.styles.find(f"{MAIN}dxfs")
        for one in tree.iter(f"{MAIN}cfRule"):
            if one.get("dxfId") and int(one.get("dxfId")) >= len(formats):
                yield "a conditional format is not there"

    def _cells(self, tree: ElementTree.Element) -> Iterator[str]:
        texts, formats = self.trees.get("xl/sharedStrings.xml"), len(self.styles.find(f"{MAIN}cellXfs"))
        last_row = 0
        for row in tree.iter(f"{MAIN}row"):
            number, last_column = int(row.get("r")), 0
            if number <= last_row or number > 1_048_576 or float(row.get("ht", 1)) > 409.5:
                yield f"row {number} out of order, or too high"
            last_row = number
            for cell in row:
                column = column_index_from_string(cell.get("r").rstrip("0123456789"))
                if column <= last_column or cell.get("r").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != str(number):
                    yield f"{cell.get('r')} out of order"
                last_column = column
                if int(cell.get("s", 0)) >= formats:
                    yield f"{cell.get('r')}: no such format"
                yield from _cell(cell, 0 if texts is None else len(texts))

    def _tables(self) -> Iterator[str]:
        found = [tree for name, tree in self.trees.items() if name.startswith("xl/tables/")]
        names = Counter(tree.get("displayName").casefold() for tree in found)
        yield from (f"{name}: two tables of this name" for name, n in names.items() if n > 1)
        for tree in found:
            columns = [one.get("name") for one in tree.iter(f"{MAIN}tableColumn")]
            left, _top, right, _bottom = range_boundaries(tree.get("ref"))
            if len({name.casefold() for name in columns}) != len(columns) or len(columns) != right - left + 1:
                yield f"{tree.get('displayName')}: its columns"


def _cell(cell: ElementTree.Element, texts: int) -> Iterator[str]:
    formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
    where = cell.get("r")
    if cell.get("t") == "s" and int(value.text) >= texts:
        yield f"{where}: no such shared text"
    number = value.text if value is not None and cell.get("t", "n") == "n" else None
    if number and not re.fullmatch(r"-?[\d.]+(E[-+]?\d+)?", number):
        yield f"{where}: {number!r} is no number"
    if formula is not None:
        text = formula.text or ""
        if not text or text.startswith("=") or len(text) > 8192:
            yield f"{where}: no formula for Excel"
        if value is None or value.text in {"#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#N/A"}:
            yield f"{where}: keeps no value, or an error"


def _overlaps(tree: ElementTree.Element) -> Iterator[str]:
    areas = [range_boundaries(one.get("ref")) for one in tree.iter(f"{MAIN}mergeCell")]
    for number, (left, top, right, bottom) in enumerate(areas):
        if (left, top) == (right, bottom):
            yield "a single cell is merged"
        for other in areas[:number]:
            if left <= other[2] and other[0] <= right and top <= other[3] and other[1] <= bottom:
                yield "merged areas overlap"
