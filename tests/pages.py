"""What a page says, whatever white space its templates leave between words and attributes."""

from django.http import HttpResponse


def flat(page: HttpResponse) -> str:
    """The page with each run of white space as one space, as a browser shows it."""
    return " ".join(page.content.decode().split())
