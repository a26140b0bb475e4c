"""One order of locks (ADR 10): years first, rows after them, the data version last."""

import re

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.models import Role
from assessments.review.years.actions import open_year
from assessments.rules.models.years import RatingYear
from orgs import versions
from orgs.models import DataVersion
from tests import short
from tests.assessments.registers.test_registers import typed_pages
from tests.places import ROOT
from tests.trail_cases import CASES, Scene

YEARS, VERSION = RatingYear._meta.db_table, DataVersion._meta.db_table
_WRITE = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
OWN = {
    "assessments_documenttemplate",
    "assessments_layout",
    "assessments_office",
    "assessments_plannedrow",
    "assessments_preparedworkbook",
    "assessments_unitgroup",
    "assessments_upload",
}
"""Tables of which no figure of a year is made: they may be written without one. Where years are held,
they come after."""


class Recorder:
    """What actions lock and write, a list for each transaction. SQLite locks no rows, so the asking
    is recorded; what PostgreSQL's bulk writes pass by is recorded there, too."""

    def __init__(self, monkeypatch):
        self.transactions: list[list[str]] = [[]]
        real = QuerySet.select_for_update

        def asked(rows, *args, **kwargs):
            assert kwargs.get("no_key"), f"{rows.model._meta.label}: foreign keys would wait"
            self.transactions[-1].append(f"lock {rows.model._meta.db_table}")
            return real(rows, *args, **kwargs)

        monkeypatch.setattr(QuerySet, "select_for_update", asked)

    def __call__(self, execute, sql, params, many, context):
        if found := versions._is_open.get() and _WRITE.match(sql):
            self.transactions[-1].append(f"write {found[1]}")
            if found[1] == VERSION:
                self.transactions.append([])
        return execute(sql, params, many, context)

    def faults(self, guarded: re.Pattern) -> list[str]:
        found = []
        for steps in self.transactions:
            held = f"lock {YEARS}" in steps
            if held and steps[0] != f"lock {YEARS}":
                found.append(f"{steps[0]} before the years")
            if not held and (bare := [step for step in steps if guarded.match(step)]):
                found.append(f"{bare[0]} without a year")
        return found


@pytest.fixture
def recorder(monkeypatch):
    return Recorder(monkeypatch)


@pytest.mark.once
def test_every_action_that_leaves_a_trace_holds_years_first(world, tmp_path, settings, recorder):
    """Registers are guarded by the pages that change them (below)."""
    settings.VAR_DIR = tmp_path
    scene = Scene(world, tmp_path)
    guarded = re.compile(rf"(lock|write) (?!{'|'.join(OWN)})assessments_")
    with connection.execute_wrapper(recorder):
        for _actions, act in CASES:
            recorder.transactions = [[]]
            act(scene)
            assert not recorder.faults(guarded), act.__name__
            assert len(recorder.transactions) > 1, act.__name__


@pytest.mark.once
def test_every_page_that_changes_a_register_holds_years_first(client_as, world, actor, recorder):
    pages = typed_pages(world)
    open_year(2018, by=actor)
    board = client_as(Role.BOARD, world.province)
    guarded = re.compile(r"(lock|write) (assessments|orgs|members)_")
    for address, data in short.some(list(pages.values())):
        recorder.transactions, before = [[]], transaction.savepoint()
        with connection.execute_wrapper(recorder):
            board.post(address, data)
        assert recorder.transactions[0], address
        assert not recorder.faults(guarded), address
        transaction.savepoint_rollback(before)


def test_years_are_held_in_one_place():
    """No other module asks for the row of a year: hold_year and hold_years keep the order."""
    for path in (ROOT / "assessments").rglob("*.py"):
        if path.name != "holding.py":
            assert "RatingYear.objects.select_for_update" not in path.read_text("utf-8"), path.name
