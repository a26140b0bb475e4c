"""The package that is changed: its parts, their relations, and the new archive."""

import posixpath
import shutil
import zipfile

from limits import Problem
from outline import Part, escaped, with_prefix

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
TYPES = "[Content_Types].xml"


class Package:
    """Parts by name; what was changed or added is kept beside the archive."""

    def __init__(self, archive):
        self.archive = archive
        self.changed = {}
        self.names = {info.filename for info in archive.infolist()}

    def part(self, name):
        return Part(self.changed[name] if name in self.changed else self.archive.read(name))

    def put(self, name, data):
        self.changed[name] = data
        self.names.add(name)

    def free_name(self, pattern):
        """`pattern` with the first number that no part bears."""
        taken = {name.lower() for name in self.names}
        number = 1
        while (pattern % number).lower() in taken:
            number += 1
        return pattern % number

    def relations(self, part):
        """Id, type and target of the relations inside the package."""
        name = relations_name(part)
        if name not in self.names:
            return []
        folder = posixpath.dirname(part)
        return [
            (node.get("Id"), node.get("Type"), resolved(folder, node.get("Target")))
            for node in self.part(name).outline().all("Relationship")
            if node.get("TargetMode") != "External"
        ]

    def related(self, part, kind):
        """The part that stands in a relation of this kind, or None."""
        return next((to for _id, type_, to in self.relations(part) if type_.endswith("/" + kind)), None)

    def relate(self, part, kind, target):
        """Add a relation; its id."""
        name = relations_name(part)
        if name not in self.names:
            self.put(name, b'<Relationships xmlns="%s"/>' % RELATIONS.encode())
        part = self.part(name)
        root = part.outline()
        taken = {node.get("Id") for node in root.children}
        key = next(f"rIdNQ{number}" for number in range(1, 10**6) if f"rIdNQ{number}" not in taken)
        new = f'<Relationship Id="{key}" Type="{kind}" Target="/{target}"/>'.encode()
        part.insert_into(root, with_prefix(new, part.prefix))
        self.put(name, part.edited())
        return key

    def declare(self, name, content_type):
        """Say what a new part holds."""
        part = self.part(TYPES)
        new = f'<Override PartName="/{name}" ContentType="{content_type}"/>'.encode()
        part.insert_into(part.outline(), with_prefix(new, part.prefix))
        self.put(TYPES, part.edited())

    def declare_extension(self, name, extension, content_type):
        """Say what a new part holds by the end of its name, as Excel does for drawings."""
        part = self.part(TYPES)
        root = part.outline()
        known = [
            node.get("ContentType")
            for node in root.all("Default")
            if node.get("Extension", "").lower() == extension
        ]
        if known and known[0] != content_type:
            self.declare(name, content_type)
        elif not known:
            new = f'<Default Extension="{extension}" ContentType="{content_type}"/>'.encode()
            part.insert_into(root, with_prefix(new, part.prefix))
            self.put(TYPES, part.edited())

    def write(self, path):
        """Everything that was not changed goes over byte for byte."""
        entries = {info.filename: info for info in self.archive.infolist()}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for name, info in entries.items():
                if name in self.changed:
                    out.writestr(copied(info), self.changed[name])
                else:
                    with self.archive.open(info) as old, out.open(copied(info), "w") as new:
                        shutil.copyfileobj(old, new, 1 << 20)
            for name in self.changed.keys() - entries.keys():
                out.writestr(
                    zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), self.changed[name], zipfile.ZIP_DEFLATED
                )


class Workbook:
    """The workbook part: its sheets by name, and the namespaces it is written in."""

    def __init__(self, package):
        self.package = package
        found = [
            (kind, target)
            for _id, kind, target in package.relations("")
            if kind.endswith("/officeDocument") and target.endswith(".xml")
        ]
        if not found:
            raise Problem("no_workbook")
        kind, self.name = found[0]
        self.relations = kind.rsplit("/", 1)[0]
        self.is_strict = "purl.oclc.org" in self.relations
        targets = {key: (kind, to) for key, kind, to in package.relations(self.name)}
        self.kinds = {kind.rsplit("/", 1)[-1] for kind, _to in targets.values()}
        sheets = package.part(self.name).outline().find("sheets")
        self.sheets: dict[str, str] = {}
        for node in sheets.all("sheet"):
            kind, target = targets.get(node.get("id"), ("", ""))
            if kind.endswith("/worksheet"):
                self.sheets.setdefault(node.get("name"), target)

    @property
    def main(self):
        """The namespace of the sheets."""
        if self.is_strict:
            return "http://purl.oclc.org/ooxml/spreadsheetml/main"
        return "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

    def add_sheet(self, name, data):
        """A new sheet behind the last one."""
        target = self.package.free_name("xl/worksheets/sheet%d.xml")
        self.package.put(target, data)
        self.package.declare(target, SHEET_TYPE)
        key = self.package.relate(self.name, self.relations + "/worksheet", target)
        part = self.package.part(self.name)
        root = part.outline()
        sheets = root.find("sheets")
        number = 1 + max((int(node.get("sheetId", 0)) for node in sheets.children), default=0)
        new = b'<sheet name="%s" sheetId="%d" xmlns:r="%s" r:id="%s"/>' % (
            escaped(name),
            number,
            self.relations.encode(),
            key.encode(),
        )
        part.insert_into(sheets, with_prefix(new, part.prefix))
        if root.find("bookViews") is None:
            views = with_prefix(b"<bookViews><workbookView/></bookViews>", part.prefix)
            part.replace(sheets.start, sheets.start, views)
        self.package.put(self.name, part.edited())


def relations_name(part):
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")


def resolved(folder, target):
    return posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")


def copied(info):
    """An entry of the new archive like that of the old."""
    new = zipfile.ZipInfo(info.filename, info.date_time)
    new.compress_type = info.compress_type
    new.external_attr = info.external_attr
    new.create_system = info.create_system
    new.comment = info.comment
    return new
