"""The styles part: a clone of each marked cell's format with a fill, and the way back.

The clone's parent is a hidden cell style that holds the original format and is named after the
original parent (`Lỗi 3: Normal`). Excel and LibreOffice number formats anew when they save, but keep
cell styles by name, and a sorted or moved cell takes its format along: so the original is found
again wherever the cell went.
"""

import re

from outline import ATTRIBUTE, Part, escaped, tag_at, with_attributes, with_prefix

ERROR, WARNING = "error", "warning"
COLORS = {ERROR: "FFFF9C9C", WARNING: "FFFFF0B8"}
MARKER = re.compile(r"Lỗi (\d+): (.*)", re.DOTALL)
MOST_FORMATS = 64_000
ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)
FIRST = {
    "fonts": b'<font><sz val="11"/><name val="Times New Roman"/></font>',
    "fills": b'<fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill>',
    "borders": b"<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellStyleXfs": b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
    "cellXfs": b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
    "cellStyles": b'<cellStyle name="Normal" xfId="0" builtinId="0"/>',
}
LIST_FONT = b'<font>%s<sz val="12"/>%s<name val="Times New Roman"/><family val="1"/></font>'
LIST_FONTS = {
    "text": LIST_FONT % (b"", b""),
    "bold": LIST_FONT % (b"<b/>", b""),
    "link": LIST_FONT % (b"<u/>", b'<color rgb="FF0563C1"/>'),
}
LINE = (
    b'<border><left/><right/><top/><bottom style="hair"><color rgb="FFA6A6A6"/></bottom><diagonal/></border>'
)
XF = (
    b'<xf numFmtId="49" fontId="%d" fillId="%d" borderId="%d" xfId="0" applyNumberFormat="1" '
    b'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="top"%s/></xf>'
)


class Section:
    """One list of the part: its items as they are written, new ones behind."""

    def __init__(self, name, node, part):
        self.name = name
        self.node = node
        self.nodes = node.children if node else []
        self.items = [part.raw(child) for child in self.nodes]
        self.new = len(self.items)
        if not self.items:
            first = Part(with_prefix(b"<a>" + FIRST[name] + b"</a>", part.prefix))
            self.nodes = first.outline().children
            self.items = [first.raw(child) for child in self.nodes]
        self.given = len(self.items)
        self.known: dict[bytes, int] = {}
        for index, item in enumerate(self.items):
            self.known.setdefault(same(item), index)

    @property
    def has_new(self):
        return len(self.items) > self.given

    @property
    def written(self):
        """The items that the part does not have."""
        return b"".join(self.items[self.new :])

    def index(self, item):
        """The place of an item, which is added where there is none like it."""
        key = same(item)
        if key not in self.known:
            self.known[key] = len(self.items)
            self.items.append(item)
        return self.known[key]


class Styles:
    fonts: Section
    fills: Section
    borders: Section
    cellStyleXfs: Section
    cellXfs: Section
    cellStyles: Section

    def __init__(self, data):
        self.part = Part(data)
        self.root = self.part.outline()
        self.prefix = self.part.prefix
        for name in FIRST:
            setattr(self, name, Section(name, self.root.find(name), self.part))
        self.marked_as = {}
        self.markers = self._markers()
        self.is_full = False
        self.earlier = self._earlier()

    def marked(self, style, level):
        """The number of the format of a marked cell, `style` being that of the cell before."""
        style = style if 0 <= style < len(self.cellXfs.items) else 0
        key = style, level
        if key not in self.marked_as:
            if len(self.cellXfs.items) >= MOST_FORMATS:
                self.is_full = True
                return style
            self.marked_as[key] = self._clone(self.cellXfs.items[style], level)
        return self.marked_as[key]

    def for_list(self):
        """The formats of the list of errors by their purpose."""
        fonts = {name: self.fonts.index(self._own(font)) for name, font in LIST_FONTS.items()}
        head = self.fills.index(self._own(solid("FFD9D9D9")))
        line = self.borders.index(self._own(LINE))
        wrap = b' wrapText="1"'
        found = {
            "text": XF % (fonts["text"], 0, line, wrap),
            "link": XF % (fonts["link"], 0, line, b""),
            "bold": XF % (fonts["bold"], 0, 0, b""),
            "head": XF % (fonts["bold"], head, line, wrap),
        }
        return {name: self.cellXfs.index(self._own(xf)) for name, xf in found.items()}

    @property
    def has_new(self):
        return any(getattr(self, name).has_new for name in FIRST)

    def edited(self):
        """The part with what is new, and with the lists that it lacked."""
        for place, name in enumerate(ORDER):
            section = getattr(self, name, None)
            if section and section.node is None:
                self._add(place, section)
            elif section and section.has_new:
                self._extend(section)
        return self.part.edited()

    def _extend(self, section):
        node, data = section.node, self.part.data
        tag = with_attributes(data[node.start : node.open_end], count=len(section.items))
        if tag.endswith(b"/>"):
            name = self.prefix + section.name.encode()
            self.part.replace(node.start, node.end, tag[:-2] + b">" + section.written + b"</%s>" % name)
        else:
            self.part.replace(node.start, node.open_end, tag)
            self.part.replace(node.close, node.close, section.written)

    def _add(self, place, section):
        name = self.prefix + section.name.encode()
        whole = b'<%s count="%d">%s</%s>' % (name, len(section.items), section.written, name)
        later = [node for node in self.root.children if node.name in ORDER[place + 1 :]]
        if later:
            self.part.replace(later[0].start, later[0].start, whole)
        else:
            self.part.insert_into(self.root, whole)

    def _own(self, xml):
        return with_prefix(xml, self.prefix)

    def _clone(self, xf, level):
        tag, rest = opened(xf)
        given = attributes(tag)
        parent = int(given.get("xfId", 0))
        marker = self._marker(with_attributes(tag, xfId=None) + rest, self._name_of(parent))
        fill = self.fills.index(self._own(solid(COLORS[level])))
        font = self._dark(int(given.get("fontId", 0)))
        clone = with_attributes(tag, fillId=fill, applyFill=1, fontId=font, xfId=marker)
        return self.cellXfs.index(clone + rest)

    def _dark(self, font):
        """A font that can be read on a pale fill."""
        items = self.fonts.items
        found = LIGHT.search(items[font]) if font < len(items) else None
        if not found:
            return font
        dark = (
            items[font][: found.start()] + self._own(b'<color rgb="FF9C0006"/>') + items[font][found.end() :]
        )
        return self.fonts.index(dark)

    def _marker(self, xf, parent):
        """The cell style that holds an original format."""
        key = same(xf), parent
        if key not in self.markers:
            index = len(self.cellStyleXfs.items)
            self.cellStyleXfs.items.append(xf)
            number = 1 + max((one[0] for one in self.numbers), default=0)
            self.numbers.append((number, index))
            name = escaped(f"Lỗi {number}: {parent}")
            new = b'<cellStyle name="%s" xfId="%d" hidden="1"/>' % (name, index)
            self.cellStyles.items.append(self._own(new))
            self.markers[key] = index
        return self.markers[key]

    def _name_of(self, parent):
        found = (node.get("name") for node in self.cellStyles.nodes if node.get("xfId") == str(parent))
        return next(found, "Normal")

    def _markers(self):
        """Earlier marks' cell styles: by format and parent the place among cell styles."""
        self.numbers, self.parents, found = [], {}, {}
        items = self.cellStyleXfs.items
        places = {node.get("name"): int(node.get("xfId", 0)) for node in self.cellStyles.nodes}
        for name, index in places.items():
            marker = MARKER.fullmatch(name or "")
            if marker and index < len(items):
                self.numbers.append((int(marker[1]), index))
                self.parents[index] = places.get(marker[2], 0)
                found[same(items[index]), marker[2]] = index
        return found

    def _earlier(self):
        """Formats that an earlier marking made → the original ones."""
        fills = {index for index, item in enumerate(self.fills.items) if is_ours(item)}
        found = {}
        for index, item in enumerate(list(self.cellXfs.items)):
            given = attributes(opened(item)[0])
            parent = int(given.get("xfId", 0))
            if parent in self.parents and int(given.get("fillId", 0)) in fills:
                found[index] = self.cellXfs.index(self._restored(item, parent))
        return found

    def _restored(self, xf, marker):
        tag, rest = opened(xf)
        original = attributes(opened(self.cellStyleXfs.items[marker])[0])
        tag = with_attributes(
            tag,
            fillId=original.get("fillId", 0),
            applyFill=original.get("applyFill"),
            fontId=original.get("fontId", 0),
            xfId=self.parents[marker],
        )
        return tag + rest


LIGHT = re.compile(
    rb"<[\w.:-]*color\s[^>]*?(?:theme=[\"']0[\"']|rgb=[\"'](?:..)?[C-Fc-f].[C-Fc-f].[C-Fc-f].[\"'])[^>]*/>"
)
FILL_COLOR = re.compile(rb"fgColor\s[^>]*?rgb=[\"']([0-9A-Fa-f]{8})[\"']")
MINIMAL = b'<styleSheet xmlns="%s"></styleSheet>'


def solid(color):
    return (
        b'<fill><patternFill patternType="solid"><fgColor rgb="%s"/><bgColor indexed="64"/>'
        b"</patternFill></fill>" % color.encode()
    )


def is_ours(fill):
    """Whether a fill has a color of a mark, as another program may have written it."""
    found = FILL_COLOR.search(fill)
    return found is not None and found[1].decode().upper() in COLORS.values()


def opened(xml):
    """The start tag of an element, and the rest."""
    tag = tag_at(xml)[0]
    return tag, xml[len(tag) :]


def attributes(tag):
    return {one[1].decode(): one[2][1:-1].decode() for one in ATTRIBUTE.finditer(tag)}


def same(xml):
    """What two ways to write one element have in common."""
    tag, rest = opened(xml)
    given = attributes(tag)
    if given.get("xfId") == "0":
        del given["xfId"]
    return frozenset(given.items()), rest.strip()
