"""The boxes of comments, in the VML that Excel keeps for them.

VML is HTML's cousin and not always well-formed, so it is searched, not parsed: shapes of comments
are cut out whole, new ones go before the end of the root.
"""

import re

NUMBERS = 1024
NAMESPACES = {
    b"v": b"urn:schemas-microsoft-com:vml",
    b"o": b"urn:schemas-microsoft-com:office:office",
    b"x": b"urn:schemas-microsoft-com:office:excel",
}
EMPTY = b"<xml %s></xml>" % b" ".join(b'xmlns:%s="%s"' % pair for pair in NAMESPACES.items())
BOX = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    b'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
SHAPE = (
    b'<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;z-index:1;'
    b'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    b'<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    b'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    b'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    b"<x:Anchor>%s</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row>"
    b"<x:Column>%d</x:Column></x:ClientData></v:shape>"
)
SHAPES = re.compile(rb"<v:shape\s.*?</v:shape>\s*", re.DOTALL)
PLACE = re.compile(rb"<x:Row>\s*(\d+)\s*</x:Row>\s*<x:Column>\s*(\d+)\s*</x:Column>")
IDMAP = re.compile(rb"(<o:idmap\b[^>]*?\bdata=[\"'])([\d,\s]*)([\"'])")
NUMBERED = re.compile(rb"\b_x0000_s(\d+)\b")
WIDTH, LINE, LETTERS = 300, 17, 40
LAST_ROW = 1_048_575


def blocks_of(data):
    """The blocks of shape numbers that a drawing has taken."""
    found = {int(number) for one in IDMAP.finditer(data) for number in one[2].split(b",") if number.strip()}
    return found | {int(number) // NUMBERS for number in NUMBERED.findall(data)}


def draw(data, removed, boxes, first_block):
    """The drawing without the boxes of the cells `removed`, with new ones.

    `boxes`: (row, column, text, widths) counted from 0; `first_block`: from here on no drawing of
    the workbook has taken numbers. ValueError for what is no drawing.
    """
    data = SHAPES.sub(lambda shape: b"" if place_of(shape[0]) in removed else shape[0], data)
    if not boxes:
        return data
    end = data.rfind(b"</xml>")
    if end < 0:
        raise ValueError("no drawing")
    shapes = [] if b'id="_x0000_t202"' in data else [BOX]
    for index, (row, column, text, widths) in enumerate(boxes):
        block, place = divmod(index, NUMBERS - 1)
        number = (first_block + block) * NUMBERS + place + 1
        shapes.append(SHAPE % (number, anchor(row, column, text, widths), row, column))
    blocks = range(first_block, first_block + blocks_for(len(boxes)))
    return with_namespaces(with_blocks(data[:end] + b"".join(shapes) + data[end:], blocks))


def blocks_for(count):
    return -(-count // (NUMBERS - 1))


def place_of(shape):
    found = PLACE.search(shape) if b'"Note"' in shape else None
    return found and (int(found[1]), int(found[2]))


def anchor(row, column, text, widths):
    """Where the box lies: columns and rows with offsets in pixels, wide enough for the text."""
    lines = sum(1 + len(line) // LETTERS for line in text.split("\n")) + 1
    last, left = column + 1, WIDTH
    while left > widths(last):
        left -= widths(last)
        last += 1
    top = max(row - 1, 0)
    height = lines * LINE
    bottom = min(top + height // 20 + 1, LAST_ROW)
    corners = (column + 1, 12, top, 4, last, left, bottom, height % 20)
    return b", ".join(b"%d" % number for number in corners)


def with_blocks(data, blocks):
    """Say which blocks of numbers the drawing uses."""
    new = b",".join(b"%d" % block for block in blocks)
    found = IDMAP.search(data)
    if found:
        return data[: found.end(2)] + b"," + new + data[found.end(2) :]
    layout = b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%s"/></o:shapelayout>' % new
    root = data.index(b">", data.index(b"<xml")) + 1
    return data[:root] + layout + data[root:]


def with_namespaces(data):
    start = data.index(b"<xml")
    root = data[start : data.index(b">", start)]
    missing = b"".join(
        b' xmlns:%s="%s"' % pair for pair in NAMESPACES.items() if b"xmlns:%s=" % pair[0] not in root
    )
    return data[: start + 4] + missing + data[start + 4 :]
