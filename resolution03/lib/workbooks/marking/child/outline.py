"""XML parts as bytes with the places of their elements, so that they can be changed in place.

Nothing is written anew but what changes: an edit replaces a stretch of bytes, everything around it
stays as it was typed.
"""

import codecs
import re
from xml.parsers import expat

TAG = re.compile(rb"<[^\s/>]+(?:\s+[^\s=/>]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*(/?)>")


def name_in(tag):
    """The name in a start tag, its prefix included."""
    found = re.match(rb"<([^\s/>]+)", tag)
    if found is None:
        raise ValueError(tag)
    return found[1]


def tag_at(data, start=0):
    """The start tag at a place, which expat has read as one."""
    found = TAG.match(data, start)
    if found is None:
        raise ValueError(start)
    return found


ATTRIBUTE = re.compile(rb"\s+([^\s=/>]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
DECLARED = re.compile(rb"\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([\w.-]+)[\"']")
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Node:
    """An element: `start` to `open_end` is its start tag, `close` begins its end tag."""

    __slots__ = ("attributes", "children", "close", "end", "name", "open_end", "start")

    def __init__(self, name, attributes, start, open_end):
        self.name = name
        self.attributes = attributes
        self.start = start
        self.open_end = self.close = self.end = open_end
        self.children = []

    def find(self, name):
        return next((child for child in self.children if child.name == name), None)

    def all(self, name):
        return [child for child in self.children if child.name == name]

    def get(self, name, default=None):
        """An attribute by its local name."""
        found = (value for key, value in self.attributes.items() if local(key) == name)
        return next(found, default)


class Part:
    """The bytes of an XML part as UTF-8, and the edits that are to be made in them."""

    def __init__(self, data):
        self.data = as_utf8(data)
        self.edits = []

    def outline(self):
        """The tree of the elements; ExpatError or ValueError for what is no plain XML."""
        open_nodes: list[Node] = []
        roots: list[Node] = []

        def on_start(name, attributes):
            start = parser.CurrentByteIndex
            node = Node(local(name), attributes, start, tag_at(self.data, start).end())
            (open_nodes[-1].children if open_nodes else roots).append(node)
            open_nodes.append(node)

        def on_end(name):
            node, index = open_nodes.pop(), parser.CurrentByteIndex
            if self.data[node.open_end - 2 : node.open_end] != b"/>":
                node.close, node.end = index, self.data.index(b">", index) + 1

        parser = make_parser(on_start, on_end)
        parser.Parse(self.data, True)
        return roots[0]

    @property
    def prefix(self):
        """What stands before the names of elements (`x:`), taken from the root."""
        root = re.search(rb"<([\w.-]+:)?[\w.-]+[\s/>]", self.data)
        return (root and root[1]) or b""

    def raw(self, node):
        return self.data[node.start : node.end]

    def replace(self, start, end, new):
        self.edits.append((start, end, new))

    def insert_into(self, node, new):
        """Put `new` behind the last child of an element, which may be written as empty."""
        tag = self.data[node.start : node.open_end]
        if tag.endswith(b"/>"):
            name = name_in(tag)
            self.replace(node.start, node.open_end, tag[:-2].rstrip() + b">" + new + b"</" + name + b">")
        else:
            self.replace(node.close, node.close, new)

    def edited(self):
        pieces: list[bytes] = []
        at = 0
        for start, end, new in sorted(self.edits, key=lambda edit: edit[:2]):
            pieces += (self.data[at:start], new)
            at = end
        pieces.append(self.data[at:])
        return b"".join(pieces)


def make_parser(on_start, on_end):
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    return parser


def refuse_doctype(*arguments):
    raise ValueError("document type declaration")


def local(name):
    return name.rsplit(":", 1)[-1]


def as_utf8(data):
    """A part in UTF-8 without a byte order mark; ValueError for an encoding that no part may have."""
    if data.startswith(codecs.BOM_UTF8):
        return data[3:]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _declared_as_utf8(data.decode("utf-16").encode())
    if data[:2] in (b"<\0", b"\0<"):
        return _declared_as_utf8(data.decode("utf-16-le" if data[1] == 0 else "utf-16-be").encode())
    declared = DECLARED.match(data[:200])
    name = declared[1].lower() if declared else b"utf-8"
    if name in (b"utf-8", b"us-ascii", b"ascii"):
        return data
    if name == b"iso-8859-1":
        return _declared_as_utf8(data.decode("iso-8859-1").encode())
    raise ValueError("encoding")


def _declared_as_utf8(data):
    declared = DECLARED.match(data[:200])
    return data[: declared.start(1)] + b"UTF-8" + data[declared.end(1) :] if declared else data


def with_attributes(tag, **wanted):
    """A start tag with attributes set; None takes one away."""
    for name, value in wanted.items():
        found = [one for one in ATTRIBUTE.finditer(tag) if one[1] == name.encode()]
        new = b"" if value is None else b' %s="%s"' % (name.encode(), escaped(str(value)))
        if found:
            tag = tag[: found[0].start()] + new + tag[found[0].end() :]
        else:
            end = len(tag) - (2 if tag.endswith(b"/>") else 1)
            tag = tag[:end].rstrip() + new + tag[end:]
    return tag


def with_prefix(xml, prefix):
    """Elements written without a prefix, given one."""
    return re.sub(rb"<(/?)(?=\w)", rb"<\1" + prefix, xml) if prefix else xml


def escaped(text):
    """Text for an element or an attribute."""
    text = NOT_XML.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").encode()


def cell_text(text):
    """Text of a cell or a comment, where `_x0041_` would stand for a letter."""
    return escaped(LOOKS_ESCAPED.sub("_x005F_", text))
