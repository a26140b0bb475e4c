"""Loads small workbooks in tests and says what came of it."""

from itertools import count

from accounts.actors import Actor
from assessments.workbooks.loading.files import Source
from assessments.workbooks.loading.plan import Plan
from assessments.workbooks.loading.run import Options, load
from tests.workbooks import book

_numbers = count(1)


class Loader:
    """Loads sheets as the command line does; `errors` are (row, column, code)."""

    def __init__(self, folder):
        self.folder = folder
        self.by = Actor(name="thử nghiệm")

    def __call__(self, sheets, by=None, **options) -> Plan:
        path = book(self.folder / f"{next(_numbers)}.xlsx", sheets)
        return load([Source(path, path.name)], by=by or self.by, options=Options(**options))

    def errors(self, sheets, **options):
        return errors(self(sheets, **options))

    def counts(self, sheets, **options):
        plan = self(sheets, **options)
        assert not plan.has_errors, errors(plan)
        return dict(plan.counts)


def errors(plan):
    return [(fault.row, fault.column, fault.code) for sheet in plan.sheets for fault in sheet.errors]
