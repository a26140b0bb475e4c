"""The shared texts of a workbook."""

import re
from xml.parsers import expat

from limits import CHARACTERS, Problem, all_texts, say
from markup import local, new_parser, within_limit
from parts import Part

TEXT, BLANK, TOO_LONG = range(3)
OPENING = re.compile(rb"<sst(?: [^<>]*[^/<>])?>")
PLAIN = re.compile(r"<si><t(?: [^<>]*)?>([^<&\r\x00-\x08\x0b\x0c\x0e-\x1f]*)</t></si>")
TAGS = 4


class SharedStrings:
    """Says the texts in their order, null for a blank one, and then knows them by number."""

    def __init__(self, is_careful):
        self.is_careful = is_careful
        self.sorts = bytearray()
        self.is_odd = False
        self.batch = []

    def read(self, stream):
        part = Part(stream, OPENING, b"</si>", is_plain=not self.is_careful)
        for block in part.blocks():
            if not self._take_plain(block.decode()):
                elements = part.cut(block)
                taken = self._take_each(elements)
                if taken < len(elements):
                    part.put_back(elements[taken:])
            self._flush()
        for _read_so_far in part.finish(text_parser(self.add)):
            self._flush()

    def holds_text(self, number):
        """Whether a cell may refer to the text, which is not blank."""
        if not 0 <= number < len(self.sorts):
            raise Problem("damaged")
        if self.sorts[number] == TOO_LONG:
            raise Problem("characters")
        return self.sorts[number] == TEXT

    def are_texts(self, numbers):
        """Whether `holds_text` is surely true of all `numbers`."""
        return not self.is_odd and min(numbers) >= 0 and max(numbers) < len(self.sorts)

    def add(self, text):
        text = within_limit(text)
        sort = TOO_LONG if text is None else TEXT if text and not text.isspace() else BLANK
        self.sorts.append(sort)
        if sort != TEXT:
            self.is_odd, text = True, None
        self.batch.append(text)

    def _take_plain(self, block):
        """Whether the block holds nothing but plain texts of which none is odd."""
        texts = PLAIN.findall(block)
        if TAGS * len(texts) != block.count("<") or "_x" in block:
            return False
        if max(map(len, texts)) > CHARACTERS or any(not t or t.isspace() for t in texts):
            return False
        self.sorts += bytes(len(texts))
        self.batch += texts
        return True

    def _take_each(self, elements):
        """How many of the elements were understood."""
        for place, element in enumerate(elements):
            texts = texts_of(element)
            if texts is None:
                return place
            for text in texts:
                self.add(text)
        return len(elements)

    def _flush(self):
        if self.batch:
            all_texts.add(len(self.batch))
            say({"strings": self.batch})
            self.batch = []


def texts_of(piece):
    """The texts of one element with runs, entities and the like; None where expat objects."""
    found: list[str | None] = []
    try:
        text_parser(found.append).Parse(b"<sst>" + piece + b"</si></sst>", True)
    except expat.ExpatError:
        return None
    return found


def text_parser(add):
    """A parser that adds the text of each `si`, without its phonetic runs."""
    pieces: list[str] = []
    state = {"phonetic": 0, "text": False}

    def on_start(name, attributes):
        tag = local(name)
        if tag == "si":
            pieces.clear()
        elif tag == "rPh":
            state["phonetic"] += 1
        elif tag == "t":
            state["text"] = not state["phonetic"]

    def on_end(name):
        tag = local(name)
        state["text"] = False
        if tag == "rPh":
            state["phonetic"] -= 1
        elif tag == "si":
            add("".join(pieces))

    def on_text(data):
        if state["text"]:
            pieces.append(data)

    return new_parser(on_start, on_end, on_text)
