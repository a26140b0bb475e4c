"""What is wrong with the headings of a sheet."""

from django.utils.translation import gettext as _

from resolution03.lib.text import match_key
from resolution03.lib.workbooks.faults import Fault, cell_name
from resolution03.lib.workbooks.headings import Header, column_of


def header_faults(header: Header) -> list[Fault]:
    """Required columns that are not there, and headings that nobody knows."""
    missing = [
        Fault(
            header.row,
            column.heading,
            None,
            "missing_column",
            _("this column is required"),
            cell_name(header.row, header.width),
        )
        for column in header.missing
    ]
    known = "; ".join(column.heading for column in header.kind.columns)
    unknown = [
        Fault(
            header.row,
            written,
            None,
            "unknown_column",
            _given_twice(header, index, written)
            or _(
                "no such column; known are: %(known)s. Delete it, or have it left out (on the page: "
                "what each column is; in a command: --ignore)"
            )
            % {"known": known},
            header.cell_of(index),
        )
        for index, written in header.unknown
    ]
    return missing + unknown


def _given_twice(header: Header, index: int, written: str) -> str:
    """Where a heading stands that another column bears already; empty for any other."""
    column = column_of(header.kind, written, match_key(written))
    if column is None:
        return ""
    text = _("this heading stands twice, in columns %(first)s and %(second)s: keep one of them")
    first, second = (cell_name(0, at).rstrip("0") for at in (header.places[column.key], index))
    return text % {"first": first, "second": second}
