"""The sheet that lists what was marked, with a link to each cell."""

import re

from marked_sheet import name_of
from outline import cell_text, escaped, local, make_parser

NAME = "Lỗi"
NAMED = re.compile(r"Lỗi(?: \((\d+)\))?")
TAB = "FFC0143C"
LINE, MOST_LINES = 16, 12
MOST_LINKS = 65_000
LONGEST = 2_000
HEAD = (
    f'<sheetPr><tabColor rgb="{TAB}"/><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>'
    '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
    'state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView>'
    '</sheetViews><sheetFormatPr defaultRowHeight="16"/>'
)
FOOT = (
    '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
)


def listing(namespace, rows, widths, formats):
    """The XML of the sheet. `rows`: (format, texts, link), a link being a sheet and a cell that
    the second text leads to."""
    pieces = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n']
    pieces.append(f'<worksheet xmlns="{namespace}">{HEAD}<cols>')
    for number, width in enumerate(widths, 1):
        pieces.append(f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>')
    pieces.append("</cols><sheetData>")
    links: list[str] = []
    for number, (form, texts, link) in enumerate(rows, 1):
        height = LINE * max([1, *(lines(*pair) for pair in zip(texts, widths, strict=False))])
        cells = _cells(number, form, texts, link, formats)
        pieces.append(f'<row r="{number}" ht="{height}" customHeight="1">{cells}</row>')
        if link and len(links) < MOST_LINKS:
            links.append(_link(number, *link))
    pieces.append("</sheetData>")
    if links:
        pieces += ("<hyperlinks>", *links, "</hyperlinks>")
    pieces += (FOOT, "</worksheet>")
    return "".join(pieces).encode()


def _cells(number, form, texts, link, formats):
    cells = []
    for column, text in enumerate(texts, 1):
        if text:
            style = formats["link" if link and column == 2 else form]
            shown = cell_text(text[:LONGEST]).decode()
            cells.append(
                f'<c r="{name_of(number, column)}" s="{style}" t="inlineStr"><is>'
                f'<t xml:space="preserve">{shown}</t></is></c>'
            )
    return "".join(cells)


def lines(text, width):
    """How many lines a text takes in a column of so many letters."""
    found = sum(1 + int(len(line) * 0.95 / width) for line in text[:LONGEST].split("\n"))
    return min(found, MOST_LINES)


def _link(number, sheet, cell):
    quoted = sheet.replace("'", "''")
    place = escaped(f"'{quoted}'!{cell}").decode()
    return f'<hyperlink ref="B{number}" location="{place}" display="{cell}"/>'


def is_listing(data):
    """Whether a sheet is one that an earlier marking made: it bears the color of its tab."""
    found = []

    def on_start(name, attributes):
        if local(name) == "tabColor":
            found.append(attributes.get("rgb", "").upper())
        elif local(name) == "sheetData":
            raise StopIteration

    try:
        make_parser(on_start, None).Parse(data, True)
    except StopIteration:
        pass
    return found == [TAB]


def free_name(taken):
    """The name of the list: `Lỗi`, or with a number where a sheet bears that name."""
    taken = {name.casefold() for name in taken}
    names = [NAME, *(f"{NAME} ({number})" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name.casefold() not in taken)
