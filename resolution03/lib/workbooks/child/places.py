"""Where rows and columns stand, and how many columns are in use."""

from functools import lru_cache

from limits import COLUMNS, Problem

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384


def row_number(text):
    number = int(text)
    if not 1 <= number <= LAST_ROW:
        raise Problem("damaged")
    return number


@lru_cache(maxsize=20_000)
def column_number(letters):
    """`A` is 1, `XFD` the last one."""
    column = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z" or column > LAST_COLUMN:
            raise Problem("damaged")
        column = column * 26 + ord(letter) - 64
    if not 1 <= column <= LAST_COLUMN:
        raise Problem("damaged")
    return column


def column_letters(column):
    letters = b""
    while column:
        column, place = divmod(column - 1, 26)
        letters = bytes([65 + place]) + letters
    return letters


class UsedColumns(set):
    """Columns with content; too many of them are a problem."""

    def add(self, column):
        super().add(column)
        if len(self) > COLUMNS:
            raise Problem("columns")
