"""What the cells of a sheet hold, one by one or a column of many rows at once."""

from datetime import date, time

from limits import CHARACTERS, Problem, all_cells
from markup import within_limit
from package import EPOCH

LAST_DAY = date.max.toordinal()
FIRST_SURE_SERIAL = 60
EXACT = 2**53
SECONDS = 24 * 60 * 60


class Cells:
    """Makes cells as they go over the pipe, null where there is nothing but blanks."""

    def __init__(self, workbook):
        self.strings = workbook.strings
        self.dates = workbook.styles.dates
        self.epoch = workbook.epoch
        self.fonts = workbook.styles.fonts
        self.end_of_days = LAST_DAY + 1 - self.epoch
        self.text_styles = set()

    def fonts_of_texts(self):
        """The names of the fonts in which texts stand."""
        return sorted({self.fonts.get(style, "") for style in self.text_styles} - {""})

    def cell(self, kind, style, value, formula):
        all_cells.add(1)
        plain = None if value is None else self.plain(kind, style, value)
        return plain if formula is None else {"f": "=" + short(formula), "v": plain}

    def plain(self, kind, style, value):
        if kind == "n":
            return self.number(style, value)
        if kind == "s":
            return self.shared(style, value)
        if kind == "b":
            return value.strip() in ("1", "true")
        if kind == "d":
            return self.iso(style, value)
        return self.text(style, value)

    def number(self, style, value):
        try:
            number: int | float = int(short(value))
        except ValueError:
            if not value.strip():
                return None
            real = float(value)
            if real != real or real in (float("inf"), float("-inf")):
                return value
            number = int(real) if real == int(real) else real
        if style in self.dates and 0 < number < self.end_of_days:
            return self.moment(number)
        return number

    def moment(self, number):
        """A serial as its day; the seconds behind midnight are told where there are any."""
        serial, seconds = divmod(round(number * SECONDS), SECONDS)
        if serial >= self.end_of_days:
            return number
        return with_seconds(self.day(serial), seconds)

    def iso(self, style, value):
        """A day, with its time or not; a time alone is a text."""
        day, _, clock = value.strip().partition("T")
        try:
            ordinal = date.fromisoformat(day).toordinal()
        except ValueError:
            return self.text(style, value)
        return with_seconds(ordinal, seconds_of(clock))

    def day(self, serial):
        """The ordinal of a serial; Excel believes in a 29th of February 1900."""
        return self.epoch + serial + (serial < FIRST_SURE_SERIAL and self.epoch == EPOCH)

    def shared(self, style, value):
        if not value.strip():
            return None
        number = int(value)
        if not self.strings.holds_text(number):
            return None
        self.text_styles.add(style)
        return {"s": number}

    def text(self, style, value):
        text = within_limit(value)
        if text is None:
            raise Problem("characters")
        if not text or text.isspace():
            return None
        self.text_styles.add(style)
        return text

    def column(self, way, values, cached=None):
        """The cells of a column as (how they are written, values); None when all are empty.

        `values`: bytes, or None in a row without such a cell; `cached` likewise for formulas.
        """
        present = [value for value in values if value is not None]
        if not present:
            return None
        all_cells.add(len(present))
        if way.form == "formula":
            found = "cells", self._formulas(way, values, cached)
        elif way.kind == "s":
            found = self._shared_column(way, values, present)
        elif way.kind == "n":
            found = self._numbers(way, values, present)
        else:
            found = "cells", self._each(way, values)
        return found if any(value is not None for value in found[1]) else None

    def _shared_column(self, way, values, present):
        try:
            numbers = list(map(int, present))
        except ValueError:
            numbers = []
        if not numbers or not self.strings.are_texts(numbers):
            cells = self._each(way, values)
            return "shared", [cell and cell["s"] for cell in cells]
        self.text_styles.add(way.style)
        return "shared", spread(numbers, values)

    def _numbers(self, way, values, present):
        numbers = whole_or_not(present)
        if numbers is None:
            return "cells", self._each(way, values)
        if way.style not in self.dates:
            return "plain", spread(numbers, values)
        is_sure = min(numbers) >= FIRST_SURE_SERIAL and max(numbers) < self.end_of_days
        if is_sure and not any(type(number) is float for number in numbers):
            return "days", spread([self.epoch + number for number in numbers], values)
        return "cells", self._each(way, values)

    def _each(self, way, values):
        return [
            None if value is None else self.plain(way.kind, way.style, value.decode()) for value in values
        ]

    def _formulas(self, way, values, cached):
        plain = self._each(way, cached)
        return [
            whole and {"f": "=" + short(formula_text(whole)), "v": cell}
            for whole, cell in zip(values, plain, strict=True)
        ]


def with_seconds(ordinal, seconds):
    return {"d": ordinal, "t": seconds} if seconds else {"d": ordinal}


def seconds_of(clock):
    """The seconds behind midnight of an ISO time, 0 for what is none."""
    try:
        found = time.fromisoformat(clock)
    except ValueError:
        return 0
    return found.hour * 3600 + found.minute * 60 + found.second


def short(text):
    if len(text) > CHARACTERS:
        raise Problem("characters")
    return text


def whole_or_not(values):
    """Integers, and floats where there is a fraction; None when `number` must decide."""
    try:
        return list(map(int, values))
    except ValueError:
        pass
    try:
        floats = list(map(float, values))
    except ValueError:
        return None
    if all(-EXACT < number < EXACT for number in floats):
        return [int(number) if number.is_integer() else number for number in floats]
    return None


def formula_text(element):
    """What stands in an `f` element without entities, empty for one that only refers."""
    return "" if element.endswith(b"/>") else element[element.index(b">") + 1 : -4].decode()


def spread(found, values):
    """`found`, with None where `values` has it."""
    if len(found) == len(values):
        return found
    following = iter(found)
    return [None if value is None else next(following) for value in values]
