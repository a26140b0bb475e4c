"""The limits of a workbook, and how the child says what it found."""

import json
import sys

MB = 1024 * 1024
STORED = 30 * MB
INFLATED = 300 * MB
ROWS = 200_000
COLUMNS = 500
CHARACTERS = 32_767
ALL_CELLS = 8_000_000
ALL_TEXTS = 5_000_000


class Problem(Exception):
    """The file cannot be read; `code` says why."""

    def __init__(self, code, sheet=None):
        super().__init__(code)
        self.code = code
        self.sheet = sheet


class Total:
    """What all sheets hold together: it must find room in the server."""

    def __init__(self, limit):
        self.left = limit

    def add(self, count):
        self.left -= count
        if self.left < 0:
            raise Problem("died")


all_cells, all_texts = Total(ALL_CELLS), Total(ALL_TEXTS)


def say(message):
    line = json.dumps(message, separators=(",", ":"), ensure_ascii=False)
    sys.stdout.buffer.write(line.encode() + b"\n")
