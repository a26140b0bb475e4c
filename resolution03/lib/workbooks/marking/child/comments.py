"""The comments of a sheet: the file's own stay, earlier marks go, new ones come.

A mark begins with a line of its own, by which it is found again after any program has saved the
file; before that line stands what the file had.
"""

import re

from outline import Part, cell_text, escaped, with_prefix

AUTHOR = "Nghị quyết 03"
FIRST_LINE = f"— {AUTHOR} —"
EMPTY = b'<comments xmlns="%s"><authors/><commentList/></comments>'
RUN = b'<r><rPr><sz val="10"/><rFont val="Tahoma"/><family val="2"/></rPr><t xml:space="preserve">%s</t></r>'
TEXTS = re.compile(rb"<(?:[\w.-]+:)?t(?:\s[^>]*)?>([^<]*)")
BLANK_END = re.compile(rb"(?:\s|&#10;|&#13;|&#xA;|&#xD;)+$", re.IGNORECASE)


class Comments:
    """`removed`: cells whose comment was only a mark; `added`: cells that had no comment."""

    def __init__(self, data):
        self.part = Part(data)
        root = self.part.outline()
        self.list = root.find("commentList")
        self.authors = root.find("authors")
        self.kept = {}
        self.removed = set()
        self.added = []
        for node in self.list.all("comment"):
            at = self._place_of_mark(node)
            last = self._last_text(node, at) if at >= 0 else None
            if at >= 0 and last is None:
                self.removed.add(node.get("ref"))
                self.part.replace(node.start, node.end, b"")
            else:
                self.kept[node.get("ref")] = node, last

    def mark(self, texts):
        """`texts` by cell; a comment that is there already gets the text behind its own."""
        for cell, (node, last) in self.kept.items():
            if last:
                self._cut(node, last)
            if cell in texts:
                self._append(node.find("text"), f"\n{FIRST_LINE}\n{texts[cell]}")
        self.added = [cell for cell in texts if cell not in self.kept]
        if self.added:
            author = self._author()
            new = b"".join(self._new(cell, author, texts[cell]) for cell in self.added)
            self.part.insert_into(self.list, self._own(new))

    def _append(self, body, text):
        """Put a run behind a text, which becomes a run itself where it is none yet."""
        for plain in body.all("t"):
            self.part.replace(plain.start, plain.start, self._own(b"<r>"))
            self.part.replace(plain.end, plain.end, self._own(b"</r>"))
        self.part.insert_into(body, self._own(RUN % cell_text(text)))

    def _author(self):
        """The number of our name among the authors."""
        for number, node in enumerate(self.authors.children):
            if self.part.data[node.open_end : node.close] == escaped(AUTHOR):
                return number
        self.part.insert_into(self.authors, self._own(b"<author>%s</author>" % escaped(AUTHOR)))
        return len(self.authors.children)

    def _new(self, cell, author, text):
        run = RUN % cell_text(f"{FIRST_LINE}\n{text}")
        return b'<comment ref="%s" authorId="%d"><text>%s</text></comment>' % (cell.encode(), author, run)

    def _place_of_mark(self, node):
        """Where an earlier mark begins in a comment; below 0 in one without."""
        body = node.find("text")
        return self.part.data.find(FIRST_LINE.encode(), body.open_end, body.close) if body else -1

    def _last_text(self, node, end):
        """(start, end) of the last text of a comment before a place, without blanks at its end."""
        data, found = self.part.data, None
        for text in TEXTS.finditer(data, node.find("text").open_end, end):
            kept = BLANK_END.sub(b"", data[text.start(1) : min(text.end(1), end)])
            found = (text.start(1), text.start(1) + len(kept)) if kept else found
        return found

    def _cut(self, node, last):
        """Keep of a comment what ends at the text `last`."""
        start, end = last
        for run in node.find("text").children:
            if run.start > start:
                self.part.replace(run.start, run.end, b"")
            elif run.end > end:
                text = TEXTS.search(self.part.data, run.start, run.end)
                self.part.replace(end, text.end(1) if text else end, b"")

    def _own(self, xml):
        return with_prefix(xml, self.part.prefix)


def is_marked(data):
    """Whether comments bear earlier marks."""
    return FIRST_LINE.encode() in data
