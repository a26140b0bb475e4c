"""XML without entities, and the texts of cells in it."""

import re
from xml.parsers import expat

from limits import CHARACTERS

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def new_parser(on_start=None, on_end=None, on_text=None):
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.CharacterDataHandler = on_text
    return parser


def local(name):
    return name.rsplit(":", 1)[-1]


def refuse_doctype(*arguments):
    raise ValueError("document type declaration")


def within_limit(text):
    """The text, its escapes resolved; None when it is too long for a cell."""
    if len(text) > CHARACTERS:
        return None
    if "_x" in text:
        return ESCAPED.sub(unescaped, text)
    return text


def unescaped(match):
    """The letter that `_xHHHH_` stands for; control characters and surrogates are dropped."""
    number = int(match[1], 16)
    if number < 32 and number not in (9, 10, 13) or 0xD800 <= number <= 0xDFFF:
        return ""
    return chr(number)
