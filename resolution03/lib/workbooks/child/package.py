"""The package of a workbook: its sheets, styles and shared texts."""

import posixpath
from datetime import date

from archive import DAMAGE
from formats import what_is_packed
from limits import Problem
from markup import local, new_parser
from parts import parse
from strings import SharedStrings
from styles import Styles

EPOCH = date(1899, 12, 30).toordinal()


class Workbook:
    """The parts of the package that all sheets share."""

    def __init__(self, archive):
        self.archive = archive
        self.sheets = []
        self.epoch = EPOCH
        self._found: list = []
        try:
            self.part = self._workbook_part()
            self._parse(self.part, self._on_workbook)
            targets = self._relations(self.part)
        except (Problem, *DAMAGE) as error:
            raise Problem(what_is_packed(archive)) from error
        for name, state, relation in self._found:
            kind, target = targets.get(relation, ("", ""))
            if kind.endswith("/worksheet"):
                self.sheets.append((name, state in ("hidden", "veryHidden"), target))
        self._parts = {kind.rsplit("/", 1)[-1]: target for kind, target in targets.values()}

    def read_shared(self, *, is_careful):
        """Styles, and the shared texts, which are said."""
        self.styles, self.strings = Styles(), SharedStrings(is_careful)
        for part, reader in (("styles", self.styles), ("sharedStrings", self.strings)):
            if part in self._parts:
                with self.archive.open(self._parts[part]) as stream:
                    reader.read(stream)

    def _parse(self, part, on_start):
        parser = new_parser(lambda name, attributes: on_start(local(name), attributes))
        with self.archive.open(part) as stream:
            parse(parser, stream)

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
