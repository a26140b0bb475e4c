"""Rows of the common shape, read by a regular expression that is learned from them.

A pattern knows, for each column, the ways in which its cells were written so far (attributes, and
value, inline text or formula) and accepts a row only as a whole, to its last byte. The values of
many rows are then turned into cells column by column. What no pattern accepts is left for expat.
"""

import re

from limits import COLUMNS, say
from places import column_letters, column_number, row_number

CELL = re.compile(
    rb'<c r="(?P<letters>[A-Z]{1,3})[0-9]+"(?P<attributes>(?: [a-zA-Z:]+="[^"<>&]*")*)'
    rb" ?(?:/>|></c>|><v ?/></c>|><v>(?P<value>[^<&]*)</v></c>"
    rb"|><is><t(?: [^<>]*)?>(?P<inline>[^<&\r]*)</t></is></c>"
    rb"|>(?P<formula><f[^<>]*/>|<f[^<>]*>[^<&\r]*</f>)(?:<v>[^<&\r]*</v>|<v ?/>)?</c>)"
)
HIDDEN = re.compile(rb' hidden="(?:1|true)"').search
ROW = rb'\s*<row r="([0-9]+)"[^<>]*>'
EMPTY = rb"[^<>]*(?:/>|></c>|><v ?/></c>)"
EMPTY_ROWS = re.compile(rb"(?:\s*<row(?: [^<>]*)?/>)*\s*").fullmatch
FORMS = {
    "value": rb"><v>([^<&]*)</v></c>",
    "inline": rb"><is><t(?: [^<>]*)?>([^<&\r]*)</t></is></c>",
    "formula": rb">(<f[^<>]*/>|<f[^<>]*>[^<&\r]*</f>)(?:<v>([^<&\r]*)</v>|<v ?/>)?</c>",
}
EMPTY_FORM = "attributes"
ATTRIBUTE = re.compile(rb' ([a-zA-Z:]+)="([^"]*)"')
MOST_WAYS = 6_000
BATCH = 1_000
BATCH_CELLS = 60_000
BATCH_BYTES = 4_000_000


class Way:
    """One way in which cells of a column are written."""

    def __init__(self, attributes, form):
        found = dict(ATTRIBUTE.findall(attributes))
        self.attributes, self.form = attributes, form
        self.kind = "inlineStr" if form == "inline" else found.get(b"t", b"n").decode()
        self.style = found.get(b"s", b"0").decode()

    def pattern(self):
        return re.escape(self.attributes) + FORMS[self.form]


class Pattern:
    """What was learned of a sheet's rows. `match` takes one row without its end tag."""

    def __init__(self):
        self.ways = {}
        self.known = set()
        self.left = MOST_WAYS
        self.match = re.compile(ROW).fullmatch
        self.order = []
        self.batch = BATCH

    def learn(self, row):
        """Know the ways of this row as well; False when it is no row of the common shape."""
        found = self._ways_of(row)
        known = self.known
        if not found or found <= known:
            return False
        self.known = known | found
        self.left -= len(self.known)
        if self.left < 0:
            return False
        for letters, attributes, form in sorted(found - known):
            column = column_number(letters.decode())
            ways = self.ways.setdefault(column, [])
            if form != EMPTY_FORM:
                ways.append(Way(attributes, form))
        self._compile()
        return True

    def _ways_of(self, row):
        head = re.match(ROW, row)
        if not head:
            return None
        end, ways = head.end(), set()
        while end < len(row):
            cell = CELL.match(row, end)
            if not cell or column_number(cell["letters"].decode()) > COLUMNS:
                return None
            end, form = cell.end(), cell.lastgroup
            attributes = b"" if form == EMPTY_FORM else cell["attributes"]
            ways.add((cell["letters"], attributes, form))
        return ways

    def _compile(self):
        parts = [ROW]
        self.order = []
        for column, ways in sorted(self.ways.items()):
            choices = b"|".join([*(way.pattern() for way in ways), EMPTY])
            parts.append(rb'(?:<c r="%s[0-9]+"(?:%s))?' % (column_letters(column), choices))
            self.order += [(column, way) for way in ways]
        self.batch = max(20, min(BATCH, BATCH_CELLS // (len(self.order) or 1)))
        self.match = re.compile(b"".join(parts)).fullmatch


class PlainRows:
    """Rows of the common shape, kept until a batch of them is said. `last`: the match of the last
    one, None before it; `hidden`: the numbers of those with content that are not shown."""

    def __init__(self, cells, used):
        self.cells = cells
        self.used = used
        self.pattern = Pattern()
        self.batch, self.size = [], 0
        self.last = None
        self.hidden = []

    def take(self, row):
        """Whether the row, without its end tag, is understood."""
        found = self.pattern.match(row) or self._match_or_learn(row)
        if not found:
            return False
        self.last = found
        if (found.lastindex or 0) > 1:
            self.batch.append(found.groups())
            if HIDDEN(found.string, 0, found.string.index(b">")):
                self.hidden.append(row_number(found[1]))
            self.size += len(row)
            if len(self.batch) >= self.pattern.batch or self.size > BATCH_BYTES:
                self.flush()
        return True

    def _match_or_learn(self, row):
        start = row.rfind(b"<row")
        if start > 0 and EMPTY_ROWS(row[:start]):
            row = row[start:]
            if found := self.pattern.match(row):
                return found
        self.flush()
        return self.pattern.match(row) if self.pattern.learn(row) else None

    def flush(self):
        if not self.batch:
            return
        numbers, *rest = zip(*self.batch, strict=True)
        self.batch, self.size = [], 0
        columns, vectors = [], iter(rest)
        for column, way in self.pattern.order:
            values = next(vectors)
            cached = next(vectors) if way.form == "formula" else None
            found = self.cells.column(way, values, cached)
            if found:
                self.used.add(column)
                columns.append([column, *found])
        say({"numbers": list(map(row_number, numbers)), "columns": columns})
