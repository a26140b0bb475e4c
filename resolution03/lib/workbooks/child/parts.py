"""A large part cut at the end tags of its elements, so that the common shape needs no XML parser.

Whoever reads the pieces may stop anywhere; expat then reads what is left, behind the same head, and
decides what is well-formed. UTF-8 alone is cut, and nothing beyond a comment, CDATA or instruction.
"""

import re

from limits import Problem

CHUNK = 1 << 18
LONGEST = 1 << 20
_OTHER_ENCODING = re.compile(rb"""encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)


class Part:
    """One part of the package. `opening` is the start tag of its elements' parent, `end` the end
    tag of one element."""

    def __init__(self, stream, opening, end, *, is_plain=True):
        self.stream = stream
        self.end = end
        start = stream.read(CHUNK)
        found = opening.search(start)
        head = start[: found.end()] if found else b""
        self.is_plain = is_plain and head and b"<!" not in head and not _OTHER_ENCODING.search(head)
        self.head = head if self.is_plain else b""
        self.rest = start[len(self.head) :]

    def blocks(self):
        """Elements up to an end tag, many at once, as far as they are plain."""
        data = b" "
        while self.is_plain and data and len(self.rest) < LONGEST:
            data = self.stream.read(CHUNK)
            block, end, rest = (self.rest + data).rpartition(self.end)
            if b"<!" in block or b"<?" in block:
                self.rest = block + end + rest
                return
            self.rest = rest
            if end:
                yield block + end

    def cut(self, block):
        """The elements of a block without their end tags."""
        return block.split(self.end)[:-1]

    def put_back(self, elements):
        """What was not understood is left for expat, and all that follows."""
        self.rest = b"".join(element + self.end for element in elements) + self.rest
        self.is_plain = False

    def finish(self, parser):
        """Let expat read what is left; yields now and then."""
        yield from parsing(parser, self.stream, self.head + self.rest)


def parsing(parser, stream, start=b""):
    """Give expat what is at the start and then the stream; yields now and then.

    A tag that does not end costs expat the square of its length; none is as long as LONGEST.
    """
    given, data = 0, start or stream.read(CHUNK)
    while data:
        parser.Parse(data, False)
        given += len(data)
        if given - parser.CurrentByteIndex > len(data) + LONGEST:
            raise Problem("damaged")
        yield
        data = stream.read(CHUNK)
    parser.Parse(b"", True)


def parse(parser, stream):
    for _given_so_far in parsing(parser, stream):
        pass
