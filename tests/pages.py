"""What a page says, whatever white space its templates leave between words and attributes."""

import re
from html import unescape

from django.http import HttpResponse


def flat(page: HttpResponse) -> str:
    """The page with each run of white space as one space, as a browser shows it."""
    return " ".join(page.content.decode().split())


def text_of(page: HttpResponse) -> str:
    """What is read on the page: its text without tags, each run of white space as one space."""
    body = re.sub(r"(?s)<(script|style|svg)\b.*?</\1>", "", page.content.decode())
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", body).split())).replace(" ,", ",")
