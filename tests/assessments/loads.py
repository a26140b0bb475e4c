"""Loads small workbooks in tests and says what came of it."""

from itertools import count

from accounts.actors import Actor
from assessments.workbooks.loading.files import Source
from assessments.workbooks.loading.plan import Plan
from assessments.workbooks.loading.run import Options, load
from tests.assessments.years import is_what_everything_says
from tests.workbooks import book

_numbers = count(1)


class Loader:
    """Loads sheets as the command line does, and sees that rosters and figures follow; `errors` are
    (row, column, code)."""

    def __init__(self, folder):
        self.folder = folder
        self.by = Actor(name="thử nghiệm")

    def __call__(self, sheets, by=None, **options) -> Plan:
        path = book(self.folder / f"{next(_numbers)}.xlsx", sheets)
        plan = load([Source(path, path.name)], by=by or self.by, options=Options(**options))
        if plan.applied:
            is_what_everything_says(self.by)
        return plan

    def errors(self, sheets, **options):
        return errors(self(sheets, **options))

    def counts(self, sheets, **options):
        plan = self(sheets, **options)
        assert not plan.has_errors, errors(plan)
        return dict(plan.counts)


def errors(plan):
    return [(fault.row, fault.column, fault.code) for sheet in plan.sheets for fault in sheet.errors]
