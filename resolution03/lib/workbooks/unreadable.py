"""Files that are no workbook, or one that cannot be read, in words."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

SAVE_AS = _("open it in Excel or LibreOffice, choose Save As… and the type Excel Workbook (*.xlsx)")
NOT_A_WORKBOOK = {
    "missing": _("there is no such file"),
    "folder": _("this is a folder, not a file"),
    "denied": _("the file cannot be opened"),
    "encrypted": _("the file has a password: save it without one"),
    "cut": _("only a part of the file is there: copy or send it again"),
    "not_zip": _("this is no .xlsx workbook"),
    "other": _("this is a document, a picture or a presentation, no .xlsx workbook"),
    "no_workbook": _("this is no .xlsx workbook, or a damaged one"),
}
SAVED_OTHERWISE = {
    "xls": _("this is a workbook of the old kind .xls: %(save_as)s"),
    "csv": _("this is text with separators (.csv), no workbook: %(save_as)s"),
    "ods": _("this is an OpenDocument file (.ods): %(save_as)s"),
    "xlsb": _("this is a binary workbook (.xlsb): %(save_as)s"),
    "html": _("this is a web page or an XML table under another name: %(save_as)s"),
    "numbers": _("this is a Numbers document: export it as Excel (*.xlsx)"),
}
UNREADABLE = {
    "damaged": _("the file is damaged: open it in Excel and save it again"),
    "stored": _("the file is over 30 MB"),
    "inflated": _("the file unpacks to over 300 MB"),
    "rows": _("a sheet has over 200,000 rows"),
    "columns": _("a sheet has over 500 columns"),
    "characters": _("a cell has over 32,767 characters"),
    "died": _("the file takes too much memory or time to read"),
    "no_table": _("no sheet has a row of headings that is known"),
}


class NotAWorkbook(Exception):
    """What was given is no .xlsx workbook; the message says what it is."""


class Unreadable(Exception):
    """A workbook that cannot be taken: damaged, without a table or over a limit."""


def require_file(path: Path) -> None:
    if path.is_dir():
        raise failure("folder")
    if not path.exists():
        raise failure("missing")
    try:
        path.open("rb").close()
    except OSError as error:
        raise failure("denied") from error


def failure(problem: str, sheet: str | None = None) -> Exception:
    if problem in NOT_A_WORKBOOK:
        return NotAWorkbook(str(NOT_A_WORKBOOK[problem]))
    if problem in SAVED_OTHERWISE:
        return NotAWorkbook(str(SAVED_OTHERWISE[problem]) % {"save_as": SAVE_AS})
    message = str(UNREADABLE[problem])
    return Unreadable(f"{message} ({sheet})" if sheet else message)
