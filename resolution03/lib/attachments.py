"""A made file as an answer or on disk."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from resolution03.lib.xlsx import Book, ListSheet, write_list

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def respond(filename: str, sheet: ListSheet) -> HttpResponse:
    """A download of `sheet`; `filename` ends in `.xlsx`."""
    return attachment(filename, dump(sheet))


def attachment(filename: str, content: bytes, content_type: str = CONTENT_TYPE) -> HttpResponse:
    """A download of a finished workbook, or of another document."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, filename)
    return response


def dump(sheet: ListSheet) -> bytes:
    """The workbook of one list."""
    book = Book(sheet.title)
    write_list(book, sheet)
    return book.finish()
