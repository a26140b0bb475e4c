"""Builds the demonstration in one transaction: all of it, or nothing."""

import gc
from collections.abc import Callable
from contextlib import contextmanager
from random import Random

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.operations.demonstration import (
    accounts,
    database,
    joined,
    records,
    registers,
    reorganizing,
    supplements,
    target_sets,
    ways,
    workflow,
    world,
    years,
)
from assessments.operations.demonstration.province import FIRST_YEAR, LAST_YEAR
from assessments.operations.demonstration.stories import Story
from orgs import audit
from orgs.models import Installation
from orgs.versions import writing

ACTOR = Actor(name="Bản trình diễn")


def build(
    seed: int,
    *,
    story: Story = Story.PLAIN,
    scale: float = 1.0,
    reset: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> list[accounts.Account]:
    """Fill the database and mark it; returns the accounts with their passwords.

    Deterministic for a seed and a story, passwords apart. `reset` first removes what a marked database holds;
    `scale` in (0, 1] makes a smaller province, for tests. `say` is told what is being done.
    """
    database.prepare()
    with _without_collector(), writing():
        return _build(seed, story, scale, reset, say)


def _build(seed: int, story: Story, scale: float, reset: bool, say: Callable[[str], None]) -> list:
    if reset:
        database.empty()
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True, "note": story.note})
    say(_("Inventing the province…"))
    planned = world.plan(seed, scale)
    if story is Story.MERGED:
        joined.add(planned, Random(f"{seed}/joined"), scale)
    _write_registers(planned, seed)
    target_sets.enter()
    records.ask()
    created = accounts.create()
    qualities = years.qualities({one.code: one.quality for one in planned.fellows})
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        say(_("Year %(year)s…") % {"year": year})
        years.live(year, qualities, seed, by=ACTOR)
    workflow.date_years()
    ways.choose(by=ACTOR)
    supplements.file_one()
    if story is not Story.PLAIN:
        created += reorganizing.carry_out(story, by=ACTOR, say=say)
    return created


@contextmanager
def _without_collector():
    """Hundreds of thousands of rows and no cycles: looking for some takes a quarter of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _write_registers(planned: world.World, seed: int) -> None:
    """One audit row for the whole batch, which says so."""
    counts = registers.write(planned)
    audit.record(
        [audit.Change(Installation.objects.get(pk=1), {}, counts, code=f"seed {seed}")],
        by=ACTOR,
        action="demonstration.build",
        reason=_("All registers of the demonstration in one batch, one row for all of it."),
    )
