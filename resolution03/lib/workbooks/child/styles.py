"""The styles of cells: which show a date, and the names of their fonts."""

import re

from limits import Problem
from markup import local, new_parser
from parts import parse

MOST = 300_000
LONGEST = 255
BUILTIN_DATES = {14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)}
NOT_SHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')


class Styles:
    """`dates`: the numbers of the styles that show a date; `fonts`: number → name of its font.

    Numbers are texts, as the cells give them.
    """

    def __init__(self):
        self.dates, self.fonts = set(), {}
        self._formats, self._styles, self._names = {}, [], []
        self._inside = ""

    def read(self, stream):
        parse(new_parser(self._on_start), stream)
        sorts = {number: is_date(number, self._formats) for number, _ in set(self._styles)}
        for place, (number, font) in enumerate(self._styles):
            if sorts[number]:
                self.dates.add(str(place))
            if font < len(self._names):
                self.fonts[str(place)] = self._names[font]

    def _on_start(self, name, attributes):
        tag = local(name)
        if tag == "numFmt":
            self._formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")[:LONGEST]
        elif tag in ("cellXfs", "cellStyleXfs", "fonts", "dxfs"):
            self._inside = tag
        elif tag == "xf" and self._inside == "cellXfs":
            style = int(attributes.get("numFmtId", 0)), int(attributes.get("fontId", 0))
            self._styles.append(style)
            if len(self._styles) > MOST:
                raise Problem("died")
        elif tag == "font" and self._inside == "fonts":
            self._names.append("")
        elif tag == "name" and self._inside == "fonts":
            self._names[-1] = attributes.get("val", "")


def is_date(number, formats):
    if number not in formats:
        return number in BUILTIN_DATES
    shown = NOT_SHOWN.sub("", formats[number]).split(";")[0].lower()
    return any(letter in shown for letter in "dmy") and "general" not in shown
