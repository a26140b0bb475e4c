"""Whether a finished workbook vouches for itself: its control sheet, read back from the file."""

from io import BytesIO

import openpyxl
from django.utils.translation import gettext as _

from assessments.reports.sheets.control import AGREES, NAME
from resolution03.lib.errors import Refusal
from resolution03.lib.forms_xlsx import BODY

_NAMED = 5


class NotVouchedFor(Refusal):
    """The control sheet of a report does not agree: it must not leave."""

    def __init__(self, cells: list[str]):
        named = "; ".join(cells[:_NAMED]) + ("; …" if len(cells) > _NAMED else "")
        super().__init__(
            _(
                "The report was not issued and nothing was kept: in %(n)d places its forms differ from what "
                "the system counts (%(cells)s). Ask the administrator to run “manage.py doctor”."
            )
            % {"n": len(cells), "cells": named}
        )


def disagreements(content: bytes) -> list[str]:
    """`01 TCCSĐ!D11` of each line of the control sheet on which the value of the formula, the kept
    value and the system's differ, or whose result does not say that they agree. A workbook without
    a control sheet does not agree."""
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    if NAME not in book.sheetnames:
        return [NAME]
    rows = book[NAME].iter_rows(min_row=BODY + 1, max_col=8, values_only=True)
    return [
        f"{sheet}!{cell}" if cell else str(sheet)
        for _number, sheet, cell, _words, formula, cached, system, result in rows
        if sheet and not (_same(formula, cached) and _same(cached, system) and result == AGREES)
    ]


def _same(one, other) -> bool:
    """Blank and empty text are one."""
    return one == other or (one in (None, "") and other in (None, ""))
